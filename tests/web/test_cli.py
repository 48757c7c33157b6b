"""The command line: finds commands, refuses with a sentence, does not load what it does not need."""

from __future__ import annotations

import argparse
import subprocess
import sys
from types import SimpleNamespace

import pytest

from songhanh import __version__
from songhanh.web import cli
from songhanh.web.environment import RefusedSettings


def test_a_command_of_two_words_is_found_with_what_follows() -> None:
    found = cli.find(["plan", "check", "DIR"])
    assert found is not None
    assert (found[0].words, found[1]) == (("plan", "check"), ["DIR"])


def test_no_command_begins_like_another() -> None:
    words = [command.words for command in cli.COMMANDS]
    assert not [(one, other) for one in words for other in words if one != other and other[: len(one)] == one]


@pytest.mark.parametrize("command", cli.COMMANDS, ids=lambda command: " ".join(command.words))
def test_every_command_that_is_listed_is_there(command: cli.Command) -> None:
    parser, module = cli.parser_of(command)
    assert parser.prog == f"songhanh {' '.join(command.words)}"
    assert callable(module.run)


@pytest.mark.parametrize("words", [["--help"], ["-h"]])
def test_help_lists_every_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == cli.DONE
    told = capsys.readouterr().out
    assert all(" ".join(command.words) in told for command in cli.COMMANDS)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == cli.DONE
    assert capsys.readouterr().out == f"songhanh {__version__}\n"


def test_an_unknown_command_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plan", "chek"]) == cli.REFUSED
    told = capsys.readouterr().err
    assert "không có lệnh “plan chek”" in told
    assert "plan check" in told


def run_with(monkeypatch: pytest.MonkeyPatch, run: object) -> int:
    """Return the exit code of a command whose body is `run`."""
    body = SimpleNamespace(arguments=lambda parser: None, run=run)
    monkeypatch.setattr(cli, "import_module", lambda name: body)
    return cli.main(["plan", "check"])


def test_the_exit_code_is_the_command_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_with(monkeypatch, lambda options: 2) == 2
    assert run_with(monkeypatch, lambda options: 0) == 0


def test_settings_that_are_refused_end_with_their_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(options: argparse.Namespace) -> int:
        raise RefusedSettings("Đề nghị đặt SONGHANH_DATA.")

    assert run_with(monkeypatch, refuse) == cli.REFUSED
    assert capsys.readouterr().err == "songhanh: Đề nghị đặt SONGHANH_DATA.\n"


def test_a_failure_of_ours_says_that_it_is_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(options: argparse.Namespace) -> int:
        raise ZeroDivisionError

    assert run_with(monkeypatch, fail) == cli.FAILED
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "chương trình gặp lỗi" in told


@pytest.mark.parametrize("words", [["compute"], ["plan", "check"], ["illustrate"]], ids=" ".join)
def test_what_needs_no_web_framework_does_not_load_it(words: list[str]) -> None:
    program = (
        "import sys\nfrom songhanh.web import cli\n"
        f"cli.parser_of(cli.find({words!r})[0])\n"
        "print([name for name in sys.modules if name.partition('.')[0] in ('django', 'granian', 'docx')])\n"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
