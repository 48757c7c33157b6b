"""The words of the plan: clauses by their numbers, and the search for a quote inside its clause."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_PART = re.compile(r"(?P<number>[IVX]+)\. ")
_SECTION = re.compile(r"(?P<number>[0-9]+)\. ")
_SUBSECTION = re.compile(r"(?P<number>[0-9]+\.[0-9]+)\. ")
_TARGET = re.compile(r"(- )?Chỉ tiêu(?: (?P<number>[0-9]+))?:")

_END = "Nơi nhận:"  # the list of recipients belongs to no clause


def normal(words: str) -> str:
    """Return words in the form in which quotes are compared: NFC, no `**`, white space collapsed."""
    return " ".join(unicodedata.normalize("NFC", words).replace("**", "").split())


class PlanText:
    """The text of a plan, its whole and its clauses in comparable form.

    Clauses are named as the plan numbers them: `II`, `II.2`, `II.2.3`, `II.2.3, chỉ tiêu 2`, `VI.10`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.whole = normal(text)
        self.clauses: dict[str, str] = {
            name: normal("\n".join(lines)) for name, lines in _split(text).items()
        }

    def holds(self, quote: str, clause: str | None = None) -> bool:
        """Say whether the quote stands word for word in the plan, and in the clause when one is named."""
        place = self.whole if clause is None else self.clauses.get(clause, "")
        return normal(quote) in place


def walk(text: str) -> Iterator[tuple[str, str]]:
    """Yield every line with the name of the innermost clause it belongs to, "" outside all clauses."""
    for line, path in _walk(text):
        yield line, _name(path) if path else ""


def _walk(text: str) -> Iterator[tuple[str, list[str]]]:
    path: list[str] = []
    for line in unicodedata.normalize("NFC", text).splitlines():
        path = _path_at(line.replace("**", ""), path)
        yield line, path


def _split(text: str) -> dict[str, list[str]]:
    """Return the lines of every clause; a clause holds the lines of the clauses inside it."""
    clauses: dict[str, list[str]] = {}
    for line, path in _walk(text):
        for depth in range(1, len(path) + 1):
            clauses.setdefault(_name(path[:depth]), []).append(line)
    return clauses


def _path_at(line: str, path: list[str]) -> list[str]:
    if line.startswith(_END):
        return []
    if part := _PART.match(line):
        return [part["number"]]
    if not path:
        return path
    if subsection := _SUBSECTION.match(line):
        return [path[0], subsection["number"].split(".")[0], subsection["number"]]
    if section := _SECTION.match(line):
        return [path[0], section["number"]]
    if target := _TARGET.match(line):
        number = f", chỉ tiêu {target['number']}" if target["number"] else ", chỉ tiêu"
        return [p for p in path if not p.startswith(",")] + [number]
    return path


def _name(path: list[str]) -> str:
    part, *rest = path
    numbers = [p for p in rest if not p.startswith(",")]
    target = "".join(p for p in rest if p.startswith(","))
    return f"{part}.{numbers[-1]}{target}" if numbers else f"{part}{target}"
