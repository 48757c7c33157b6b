"""Tổng quan: what stands, what needs attention, the 20 targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from songhanh.core.collation import in_order
from songhanh.core.results import Evaluation
from songhanh.web import pages_words as words
from songhanh.web.pages import (
    Book,
    ObjectiveView,
    TargetView,
    commune_noun,
    exact,
    met,
    objective_views,
    silent_units,
    threshold,
    unit_name,
    url,
)

MOST_ITEMS = 6


@dataclass(frozen=True, slots=True)
class Count:
    """How many targets have an evaluation."""

    tag: words.Tag
    number: int


@dataclass(frozen=True, slots=True)
class Item:
    """Something that needs attention: what, where it stands, why, and who leads."""

    code: str
    title: str
    url: str
    tag: words.Tag
    sentence: str
    lead: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many communes have sent everything that was read, and which have not."""

    have: int
    need: int
    noun: str
    silent: tuple[tuple[str, str], ...]  # name, address

    @property
    def width(self) -> str:
        """The share as a text for the width of a bar."""
        return f"{100 * self.have // self.need if self.need else 0}%"


@dataclass(frozen=True, slots=True)
class Overview:
    """The page."""

    met: int
    of: int
    counts: tuple[Count, ...]
    objectives: tuple[ObjectiveView, ...]
    items: tuple[Item, ...]
    coverage: Coverage


def overview(book: Book) -> Overview:
    """Return the page of the year."""
    objectives = objective_views(book)
    targets = [target for objective in objectives for target in objective.targets]
    return Overview(
        met=met(targets),
        of=len(targets),
        counts=tuple(
            Count(words.tag(evaluation), number)
            for evaluation in Evaluation
            if (number := sum(target.evaluation == evaluation for target in targets))
        ),
        objectives=objectives,
        items=tuple(attention(book, targets)[:MOST_ITEMS]),
        coverage=coverage(book),
    )


def coverage(book: Book) -> Coverage:
    """Return how many communes have sent all figures that criteria of the year ask of communes."""
    communes = book.edition.area_map(book.year).communes
    codes = {commune.code for commune in communes}
    silent = {unit for row in book.rows if row.area == book.province for unit in silent_units(row)} & codes
    named = in_order(((unit_name(book.edition, c), c) for c in silent), lambda pair: pair[0])
    return Coverage(
        have=len(codes) - len(silent),
        need=len(codes),
        noun=commune_noun(book.edition),
        silent=tuple((name, url("unit", book, code)) for name, code in named),
    )


def attention(book: Book, targets: Sequence[TargetView]) -> list[Item]:
    """Return targets to look at first: not met, farthest from the threshold first; then near; then without data."""
    order = (Evaluation.NOT_MET, Evaluation.PARTLY_MET, Evaluation.NO_DATA, Evaluation.NEAR)
    chosen = [target for target in targets if target.evaluation in order]
    chosen.sort(key=lambda target: (order.index(Evaluation(target.evaluation)), -_gap(book, target)))
    return [_item(book, target) for target in chosen]


def _gap(book: Book, target: TargetView) -> Fraction:
    """Return the greatest distance of a criterion from its threshold, as a share of the threshold."""
    gaps = [Fraction(0)]
    for view in target.criteria:
        value = exact(book.row(view.code))
        goal = threshold(book.edition.criterion(view.code))
        if value is not None and goal:
            gaps.append(abs(value - goal) / goal)
    return max(gaps)


def _item(book: Book, target: TargetView) -> Item:
    return Item(
        code=target.code,
        title=target.title,
        url=target.url,
        tag=target.tag,
        sentence=" ".join(_sentences(book, target)),
        lead="" if target.lead_missing else target.lead,
    )


def _sentences(book: Book, target: TargetView) -> list[str]:
    """Return what holds the target back, a sentence per criterion that does."""
    found = []
    many = len(target.criteria) > 1
    for view in target.criteria:
        row = book.row(view.code)
        held = row is None or row.evaluation in {
            Evaluation.NOT_MET,
            Evaluation.NEAR,
            Evaluation.NO_DATA,
        }
        if not view.goal or not held:
            continue
        name = f"{view.name}: " if many else ""
        if row is None or not view.has_value:
            found.append(f"{name}chưa có số liệu.")
        elif row.evaluation == Evaluation.NO_DATA:
            found.append(f"{name}{view.value}, mới có {row.have}/{row.need} đơn vị có số liệu.")
        else:
            found.append(f"{name}{view.value}, Kế hoạch cần {view.goal}.")
    return [words.upper_first(sentence) for sentence in found]
