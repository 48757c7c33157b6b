"""The command `songhanh`: finds the command that was asked for and runs it. No Django here.

Each command lives with its owner (see `songhanh.web.commands`) and is imported only when it is called, so that
`songhanh compute` starts without the web framework. Exit codes: 0 done, 2 refused and nothing changed, 1 our failure.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final, NoReturn, Protocol, cast

from songhanh import __version__
from songhanh.web.environment import RefusedSettings

DONE: Final = 0
FAILED: Final = 1
REFUSED: Final = 2


@dataclass(frozen=True, slots=True)
class Command:
    """One command: the words that call it, the module that holds it, what it does in a few words."""

    words: tuple[str, ...]
    module: str
    summary: str
    needs_django: bool = False


_HERE: Final = "songhanh.web.commands"

COMMANDS: Final = (
    Command(("run",), f"{_HERE}.run", "Chuẩn bị cơ sở dữ liệu và mở trang web trên máy này"),
    Command(("plan", "check"), f"{_HERE}.plan_check", "Kiểm tra bộ dữ liệu của kế hoạch"),
    Command(("compute",), f"{_HERE}.compute", "Tính kết quả các chỉ tiêu từ một tệp số liệu"),
    Command(("illustrate",), f"{_HERE}.illustrate", "Tạo các tệp số liệu minh họa"),
    Command(
        ("observations", "import"), f"{_HERE}.observations_import", "Nhập một tệp số liệu", needs_django=True
    ),
    Command(
        ("observations", "export"),
        f"{_HERE}.observations_export",
        "Xuất số liệu hiện hành",
        needs_django=True,
    ),
    Command(
        ("release", "create"),
        f"{_HERE}.release_create",
        "Chốt số liệu của một năm thành một bản",
        needs_django=True,
    ),
    Command(("recompute",), f"{_HERE}.recompute", "Tính lại một bản đã chốt và đối chiếu", needs_django=True),
    Command(("report",), "songhanh.reporting.commands", "Viết báo cáo Word từ một bản đã chốt"),
)


class CommandModule(Protocol):
    """What a module of `songhanh.web.commands` offers."""

    def arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, options: argparse.Namespace) -> int: ...


class VietnameseParser(argparse.ArgumentParser):
    """A parser that explains itself and refuses in Vietnamese."""

    def __init__(self, **settings: object) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **settings)  # type: ignore[arg-type]
        self._positionals.title = "Cần ghi"
        self._optionals.title = "Tùy chọn"
        self.add_argument("-h", "--help", action="help", help="xem hướng dẫn này")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "Cách dùng:", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "Cách dùng:", 1)

    def error(self, message: str) -> NoReturn:
        print(self.format_usage(), file=sys.stderr, end="")
        print(f"{self.prog}: {_in_vietnamese(message)}", file=sys.stderr)
        raise SystemExit(REFUSED)


_ARGPARSE_WORDS: Final = (
    ("the following arguments are required:", "còn thiếu:"),
    ("unrecognized arguments:", "không có tùy chọn:"),
    ("expected one argument", "cần ghi thêm một giá trị"),
    ("expected at least one argument", "cần ghi thêm ít nhất một giá trị"),
    ("invalid choice:", "không nhận giá trị"),
    ("(choose from", "(chọn một trong:"),
    ("invalid int value:", "phải là số nguyên, không nhận"),
    ("not allowed with argument", "không đi cùng"),
    ("ignored explicit argument", "không nhận giá trị"),
    ("argument ", "tùy chọn "),
)


def _in_vietnamese(message: str) -> str:
    """Return argparse's complaint in Vietnamese."""
    for english, vietnamese in _ARGPARSE_WORDS:
        message = message.replace(english, vietnamese)
    return message


def overview() -> str:
    """Return the help of `songhanh` itself: every command with a few words."""
    width = max(len(" ".join(command.words)) for command in COMMANDS) + 2
    lines = [f"  {' '.join(command.words):<{width}}{command.summary}" for command in COMMANDS]
    return "\n".join(
        (
            "Cách dùng: songhanh LỆNH [tùy chọn]",
            "",
            "Song Hành: từ lời văn của kế hoạch và tệp số liệu đến kết quả từng chỉ tiêu và báo cáo của tỉnh.",
            "",
            "Các lệnh:",
            *lines,
            "",
            "Xem cách dùng một lệnh: songhanh LỆNH --help. Xem phiên bản: songhanh --version.",
        )
    )


def find(words: Sequence[str]) -> tuple[Command, list[str]] | None:
    """Return the command that the words call, with the words left over; None when there is no such command."""
    for command in COMMANDS:
        if tuple(words[: len(command.words)]) == command.words:
            return command, list(words[len(command.words) :])
    return None


def parser_of(command: Command) -> tuple[VietnameseParser, CommandModule]:
    """Return the parser of a command with its module, which is imported now."""
    module = cast("CommandModule", import_module(command.module))
    parser = VietnameseParser(prog=f"songhanh {' '.join(command.words)}", description=command.summary + ".")
    module.arguments(parser)
    return parser, module


def start_django() -> None:
    """Set Django up for a command that works on the database.

    Raises: RefusedSettings when a variable of the environment is wrong.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songhanh.web.settings")
    django = import_module("django")
    setup = cast("Callable[[], None]", django.setup)
    setup()


def _run(command: Command, words: Sequence[str]) -> int:
    """Return the exit code of one command."""
    if command.needs_django:
        start_django()
    parser, module = parser_of(command)
    return module.run(parser.parse_args(words))


def main(words: Sequence[str] | None = None) -> int:
    """Return the exit code of the command that was typed; the entry point of `songhanh`."""
    words = sys.argv[1:] if words is None else words
    if not words or words[0] in {"-h", "--help"}:
        print(overview())
        return DONE if words else REFUSED
    if words[0] == "--version":
        print(f"songhanh {__version__}")
        return DONE
    found = find(words)
    if found is None:
        print(f"songhanh: không có lệnh “{' '.join(words[:2])}”.\n\n{overview()}", file=sys.stderr)
        return REFUSED
    try:
        return _run(*found)
    except RefusedSettings as refusal:
        print(f"songhanh: {refusal}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return FAILED
    except Exception:  # noqa: BLE001 - the last net: whatever went wrong is ours, and is told in full
        traceback.print_exc()
        print(
            "songhanh: chương trình gặp lỗi, chưa làm xong việc. Đề nghị gửi các dòng trên cho quản trị.",
            file=sys.stderr,
        )
        return FAILED
