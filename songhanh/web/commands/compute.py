"""`songhanh compute`: from a file of figures to the file of results, without a database."""

from __future__ import annotations

import argparse

from songhanh.engine import commands
from songhanh.web.messages import report_line

arguments = commands.arguments


def run(options: argparse.Namespace) -> int:
    """Return the exit code: 0 written, 2 refused and nothing written, 1 our own failure."""
    return commands.run(options, report_line)
