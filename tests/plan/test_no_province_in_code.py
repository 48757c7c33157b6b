"""No program knows which province, how many communes or which criteria there are: all of that is data of an edition."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import songhanh
from songhanh.plan.loader import BUILT_IN

PACKAGE = Path(songhanh.__file__).parent
EDITIONS = PACKAGE / "plan" / "editions"
PROGRAMS = sorted(
    path
    for path in PACKAGE.rglob("*")
    if path.suffix in {".py", ".html", ".js"} and EDITIONS not in path.parents
)


def lines_with(pattern: str) -> list[str]:
    """Return the places in programs and pages where the pattern stands."""
    return [
        f"{path.relative_to(PACKAGE).as_posix()}: {line.strip()}"
        for path in PROGRAMS
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(pattern, line)
    ]


def test_there_are_programs_to_look_at() -> None:
    assert len(PROGRAMS) > 20


@pytest.mark.parametrize(
    "pattern",
    [
        r"Lạng Sơn",
        r"LẠNG SƠN",
        r"\bMT[1-6]\b",  # objectives, targets and criteria of the built-in plan
        r"(?<![\w.#-])65(?![\w%-])",  # the number of communes
        r"\b(0[5-6]\d{3})\b",  # codes of communes
    ],
)
def test_no_program_names_the_province_its_criteria_or_its_communes(pattern: str) -> None:
    assert lines_with(pattern) == []


def test_the_default_edition_is_named_in_one_place() -> None:
    assert len(lines_with(r"(?i)lang_?son")) == 1
    assert BUILT_IN.name in lines_with(r"(?i)lang_?son")[0]


@pytest.mark.parametrize("code", ["K01", "B13", "T09", "L05", "SNV", "SVHTTDL"])
def test_no_program_names_an_element_or_an_agency(code: str) -> None:
    quoted = rf"[\"']{code}[\"']"
    assert lines_with(quoted) == []
