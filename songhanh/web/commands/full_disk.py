"""A full disk is told in a sentence, whichever part of the database noticed it first."""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Callable

from django.db import OperationalError

from songhanh.observations.commands import is_full

FAILED = 1
Run = Callable[[argparse.Namespace], int]


def tells_full_disk(sentence: str) -> Callable[[Run], Run]:
    """Return a decorator for the `run` of a command that prints the sentence when the disk is full, and fails."""

    def around(run: Run) -> Run:
        @functools.wraps(run)
        def told(options: argparse.Namespace) -> int:
            try:
                return run(options)
            except OperationalError as error:
                if not is_full(error):
                    raise
                print(f"Ổ đĩa đã đầy, {sentence}", file=sys.stderr)
                return FAILED

        return told

    return around
