"""The plan as signed: its lines taken apart for reading, never altered; chips and editor's notes stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from songhanh.plan.edition import Edition, Reading
from songhanh.plan.words import normal, walk
from songhanh.web.pages import Book, TargetView, anchor, target_view, url
from songhanh.web.pages_words import lower_first

_LONGEST_HEADING = 130
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_ENDS = ("Nơi nhận:",)


class Manner(StrEnum):
    """How a line of the plan is set."""

    PART = "part"
    SECTION = "section"
    SUBSECTION = "subsection"
    TARGET = "target"
    POINT = "point"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line, bold or not."""

    text: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's note beside a line: a reading, or a slip of the pen, which has no `code`."""

    title: str
    words: str
    code: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the plan with what stands beside it; `anchor` is "" for lines inside a clause."""

    manner: Manner
    anchor: str
    runs: tuple[Run, ...]
    target: TargetView | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the outline."""

    title: str
    url: str
    parts: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The page: head and title of the document, its body, its end."""

    head: tuple[str, ...]
    title: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    outline: tuple[Heading, ...]


def plan_page(book: Book) -> PlanPage:
    """Return the plan with the state of each target in the year shown."""
    head, title, body, end = _cut(book.edition.text)
    recipients, signature = _end(end)
    views = {target.clause: target_view(book, target) for target in book.edition.targets}
    paragraphs = tuple(_paragraphs(body, views, _waiting(book.edition)))
    return PlanPage(head, title, paragraphs, recipients, signature, tuple(_outline(paragraphs)))


def _cut(text: str) -> tuple[tuple[str, ...], tuple[str, ...], list[tuple[str, str]], list[str]]:
    """Return the lines before the title, the title, the body with clause names, and the lines after the body."""
    lines = [(line, clause) for line, clause in walk(text) if line.strip()]
    capital = next((n for n, (line, _) in enumerate(lines) if line.isupper()), 0)
    first_end = next((n for n, (line, _) in enumerate(lines) if line.startswith(_ENDS)), len(lines))
    head = tuple(line for line, _ in lines[:capital])
    title = tuple(line for line, _ in lines[capital : capital + 2])
    return head, title, lines[capital + 2 : first_end], [line for line, _ in lines[first_end:]]


def _end(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the recipients and the signature block, which begins with a line in capitals."""
    signed = next((n for n, line in enumerate(lines) if line.isupper()), len(lines))
    return tuple(lines[:signed]), tuple(lines[signed:])


@dataclass(slots=True)
class _Beside:
    """A note that waits for the line it belongs to: the first of its clause that holds its words."""

    clause: str
    quote: str
    note: Note
    placed: bool = False


def _waiting(edition: Edition) -> list[_Beside]:
    """Return the editor's notes: slips of the pen, then readings of words of the plan."""
    slips = [
        _Beside(
            slip.clause,
            normal(slip.quote),
            Note("Có thể là lỗi đánh máy", f"“{slip.quote}” có thể là “{slip.likely}”.", ""),
        )
        for slip in edition.slips
    ]
    readings = [
        _Beside(reading.clause, normal(reading.quote or ""), _reading_note(reading))
        for reading in edition.readings.values()
        if reading.clause
    ]
    return slips + readings


def _reading_note(reading: Reading) -> Note:
    return Note(f"Cách hiểu {reading.code}: {lower_first(reading.title)}", reading.words, reading.code)


def _paragraphs(
    lines: Sequence[tuple[str, str]], views: Mapping[str, TargetView], waiting: Sequence[_Beside]
) -> Iterator[Paragraph]:
    seen: set[str] = set()
    for line, clause in lines:
        opens = bool(clause) and clause not in seen
        seen.add(clause)
        beside = [one for one in waiting if not one.placed and _belongs(one, line, clause)]
        for one in beside:
            one.placed = True
        yield Paragraph(
            manner=_manner(line, clause, opens=opens),
            anchor=anchor(clause) if opens else "",
            runs=tuple(_runs(line)),
            target=views.get(clause) if opens else None,
            notes=tuple(one.note for one in beside),
        )


def _belongs(one: _Beside, line: str, clause: str) -> bool:
    """Say whether the line lies in the note's clause, or in a clause inside it, and holds its words."""
    inside = clause == one.clause or clause.startswith((f"{one.clause}.", f"{one.clause},"))
    return inside and one.quote in normal(line)


def _manner(line: str, clause: str, *, opens: bool) -> Manner:
    if opens and "chỉ tiêu" in clause:
        return Manner.TARGET
    if opens and len(line) <= _LONGEST_HEADING:
        depth = clause.count(".")
        return (Manner.PART, Manner.SECTION, Manner.SUBSECTION)[min(depth, 2)]
    return Manner.POINT if line.startswith("- ") else Manner.TEXT


def _runs(line: str) -> Iterator[Run]:
    for place, text in enumerate(_STRONG.split(line)):
        if text:
            yield Run(text, strong=place % 2 == 1)


def _outline(paragraphs: Sequence[Paragraph]) -> Iterator[Heading]:
    """Yield parts with their sections."""
    parts: list[tuple[Paragraph, list[Heading]]] = []
    for one in paragraphs:
        title = normal("".join(run.text for run in one.runs))
        if one.manner is Manner.PART:
            parts.append((one, []))
        elif one.manner in {Manner.SECTION, Manner.SUBSECTION} and parts:
            parts[-1][1].append(Heading(title, f"#{one.anchor}", ()))
    for part, sections in parts:
        yield Heading(normal("".join(run.text for run in part.runs)), f"#{part.anchor}", tuple(sections))


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A reading with the words it interprets and the criteria that rest on it."""

    code: str
    title: str
    words: str
    quote: str
    clause: str
    clause_url: str
    general: bool
    confirmed_by: str
    criteria: tuple[tuple[str, str], ...]  # code, address


def readings_page(book: Book) -> tuple[ReadingView, ...]:
    """Return every reading of the edition."""
    edition = book.edition
    users: dict[str, list[tuple[str, str]]] = {}
    for criterion in edition.criteria:
        for reading in edition.readings_of(criterion.code):
            address = f"{url('target', book, criterion.target)}#{criterion.code}"
            users.setdefault(reading.code, []).append((criterion.code, address))
    return tuple(
        ReadingView(
            code=one.code,
            title=one.title,
            words=one.words,
            quote=one.quote or "",
            clause=one.clause or "",
            clause_url=f"{url('plan', book)}#{anchor(one.clause)}" if one.clause else "",
            general=one.general,
            confirmed_by=one.confirmed_by or "",
            criteria=() if one.general else tuple(users.get(one.code, ())),
        )
        for one in edition.readings.values()
    )
