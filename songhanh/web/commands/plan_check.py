"""`songhanh plan check [DIR]`: says what is wrong with an edition, in which file and field, and what to do."""

from __future__ import annotations

import argparse

from songhanh.plan import check


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be said on the command line."""
    parser.add_argument(
        "folder",
        nargs="?",
        metavar="THƯ_MỤC",
        help="thư mục của bản kế hoạch; không nêu thì kiểm tra bản kèm sẵn",
    )


def run(options: argparse.Namespace) -> int:
    """Return 0 when the edition can be used, 2 when something is wrong."""
    return check.main([options.folder] if options.folder else [])
