"""What can go wrong around any command that works on the register, told in sentences and an exit code."""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Callable, Iterable
from typing import Final

from django.db import OperationalError

from songhanh.core.problems import Refused
from songhanh.files import NotWritten
from songhanh.observations.commands import is_full
from songhanh.plan import BrokenEdition
from songhanh.plan.check import sentence
from songhanh.results.editions import EditionChanged
from songhanh.web.messages import report_line

DONE: Final = 0
FAILED: Final = 1
REFUSED: Final = 2

Run = Callable[[argparse.Namespace], int]


def told_in_sentences(*, full_disk: str) -> Callable[[Run], Run]:
    """Return a decorator for the `run` of a command; `full_disk` says what was not done for want of room."""

    def around(run: Run) -> Run:
        @functools.wraps(run)
        def told(options: argparse.Namespace) -> int:
            try:
                return run(options)
            except Refused as refusal:
                return tell(REFUSED, map(report_line, refusal.problems))
            except BrokenEdition as broken:
                return tell(REFUSED, map(sentence, broken.problems))
            except EditionChanged as changed:
                return tell(REFUSED, [str(changed)])
            except NotWritten as problem:
                return tell(FAILED, [str(problem)])
            except OperationalError as error:
                if not is_full(error):
                    raise
                return tell(FAILED, [f"Ổ đĩa đã đầy, {full_disk}"])

        return told

    return around


def tell(code: int, lines: Iterable[str]) -> int:
    """Print lines where complaints go and return the exit code."""
    for line in lines:
        print(line, file=sys.stderr)
    return code
