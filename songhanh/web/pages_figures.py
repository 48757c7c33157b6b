"""The figures behind a number: which elements go in, which observations were read, who has sent nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.urls import reverse

from songhanh.core import printing
from songhanh.core.collation import sort_key
from songhanh.core.elements import DIMENSIONS, TOTAL
from songhanh.core.indicators import (
    Agencies,
    Criterion,
    Deduplicated,
    EveryMonthByKind,
    EveryQuarter,
    Full,
    Pooled,
    Ratio,
    Term,
)
from songhanh.core.results import State
from songhanh.plan.edition import Edition
from songhanh.web import pages_words as words
from songhanh.web.pages import Book, silent_units, unit_name, url

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation as the register holds it; `value` is written with a point, "" when there is no number.

    `id` is 0 and the times are None for a figure that a unit owes and nobody has sent.
    """

    id: int
    element: str
    area: str
    org: str
    period: str
    sex: str
    age: str
    ethnicity: str
    kind: str
    state: str
    value: str
    status: str
    source: str
    reporter: str
    recorded_at: datetime | None
    approved_at: datetime | None
    version: int
    illustrative: bool

    @property
    def unit(self) -> str:
        """The code of whoever the figure belongs to."""
        return self.org or self.area

    @property
    def answer(self) -> Fraction | None:
        """The number the row stands for: a declared nil counts as 0; None when nobody answered."""
        if self.state == State.NIL:
            return Fraction(0)
        return Fraction(self.value) if self.state == State.VALUE else None


@dataclass(frozen=True, slots=True)
class Part:
    """An element in the formula of a criterion: its role, what was read of it, where the rows are."""

    role: str
    code: str
    name: str
    note: str
    rows: int
    total: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table of figures."""

    id: int
    unit: str
    unit_url: str
    element: str
    element_name: str
    period: str
    breakdown: str
    value: str
    is_number: bool
    status: str
    source: str
    url: str
    left_out: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A link of a filter."""

    label: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """The table of figures behind a criterion, filtered."""

    lines: tuple[Line, ...]
    count: int
    criteria: tuple[Choice, ...]
    elements: tuple[Choice, ...]
    unit: str
    all_units_url: str
    total: str
    left_out: int
    silent: tuple[tuple[str, str], ...]
    page: int
    pages: int
    before_url: str
    after_url: str


def roles(criterion: Criterion) -> Iterator[tuple[str, Term]]:
    """Yield the terms of a criterion's formula with the part each plays."""
    match criterion.definition:
        case Ratio() | Pooled() as found:
            yield from _over(found)
            if found.published:
                yield "Tỷ lệ đã công bố", Term(found.published)
        case Full() as found:
            yield from _over(found)
        case Deduplicated() as found:
            yield from _over(found)
            if found.deducted:
                yield "Trừ khỏi mẫu số", Term(found.deducted)
            yield "Trừ phần đếm trùng", Term(found.duplicates)
        case Agencies() as found:
            for group in found.groups:
                yield "Tử số", Term(group.flag)
                yield "Mẫu số", Term(group.register)
        case EveryQuarter() as found:
            yield "Xét từng quý", Term(found.element)
        case EveryMonthByKind() as found:
            yield "Xét từng tháng", Term(found.element)
            yield "Mẫu số", Term(found.register)


def _over(found: Ratio | Pooled | Full | Deduplicated) -> Iterator[tuple[str, Term]]:
    for term in found.numerator:
        yield ("Tử số" if found.denominator else "Cộng"), term
    for term in found.denominator:
        yield "Mẫu số", term


def parts(book: Book, criterion: Criterion, figures: Sequence[Figure]) -> tuple[Part, ...]:
    """Return the elements behind a criterion with the number of observations read and what they add up to."""
    silent = left_out(book, criterion)
    found = []
    for role, term in roles(criterion):
        rows = [figure for figure in figures if matches(figure, term)]
        counted = [figure for figure in rows if figure.unit not in silent]
        found.append(
            Part(
                role=role,
                code=term.element,
                name=book.edition.catalogue[term.element].name,
                note=_note(book, term),
                rows=len(rows),
                total=total(counted) if adds_up(criterion) else "",
                url=figures_url(book, criterion, element=term.element, sex=dict(term.fixed).get("sex", "")),
            )
        )
    return tuple(found)


def figures_url(
    book: Book, criterion: Criterion, *, element: str = "", unit: str = "", sex: str = "", page: int = 1
) -> str:
    """Return the address of the table of figures behind a criterion, filtered."""
    return url(
        "target-figures",
        book,
        criterion.target,
        **{
            "tieu-chi": criterion.code,
            "thanh-phan": element,
            "gioi": sex,
            "don-vi": unit,
            "trang": str(page) if page > 1 else "",
        },
    )


def matches(figure: Figure, term: Term) -> bool:
    """Say whether an observation belongs to a term: its element, and the dimensions the term fixes."""
    return figure.element == term.element and all(getattr(figure, name) == code for name, code in term.fixed)


def adds_up(criterion: Criterion) -> bool:
    """Say whether the figures of an element are summed."""
    return not isinstance(criterion.definition, EveryQuarter | EveryMonthByKind)


def left_out(book: Book, criterion: Criterion) -> frozenset[str]:
    """Return the units whose figures were left out of both sides because some of them are missing."""
    if isinstance(criterion.definition, Pooled | Deduplicated | Full):
        return frozenset(silent_units(book.row(criterion.code)))
    return frozenset()


def total(figures: Iterable[Figure]) -> str:
    """Return the sum of the answers, "" when nobody answered."""
    answers = [figure.answer for figure in figures if figure.answer is not None]
    return printing.plain(sum(answers, Fraction(0))) if answers else ""


def _note(book: Book, term: Term) -> str:
    """Return what a term fixes beyond its element: girls, entrants of earlier years."""
    said = [dimension_word(book.edition, name, code) for name, code in term.fixed]
    if term.year:
        said.append(f"kỳ của {-term.year} năm trước")
    return ", ".join(said)


def dimension_word(edition: Edition, dimension: str, code: str) -> str:
    """Return the words of a code of a dimension, the code itself when there are none."""
    return edition.dimension_names.get(dimension, {}).get(code, code)


def kind_word(edition: Edition, element: str, code: str) -> str:
    """Return the words of a code of `kind`, which belong to its element."""
    entry = edition.catalogue.get(element)
    known = {kind.code: kind.name for kind in entry.kinds} if entry else {}
    return known.get(code) or dimension_word(edition, "kind", code)


def breakdown(edition: Edition, figure: Figure) -> str:
    """Return the dimensions of a figure in words, "" for a total."""
    said = []
    for name in DIMENSIONS:
        code = getattr(figure, name)
        if code != TOTAL:
            said.append(
                kind_word(edition, figure.element, code)
                if name == "kind"
                else dimension_word(edition, name, code)
            )
    return ", ".join(said)


def value_words(figure: Figure) -> str:
    """Return the figure as it is read: a number in Vietnamese, or the state in words."""
    return (
        printing.plain(Fraction(figure.value)) if figure.state == State.VALUE else words.STATES[figure.state]
    )


def line(book: Book, figure: Figure, *, left_out: bool = False) -> Line:
    """Return an observation as a row of a table."""
    edition = book.edition
    return Line(
        id=figure.id,
        unit=unit_name(edition, figure.unit),
        unit_url=url("unit", book, figure.unit),
        element=figure.element,
        element_name=edition.catalogue[figure.element].name,
        period=printing.period(figure.period),
        breakdown=breakdown(edition, figure),
        value=value_words(figure),
        is_number=figure.state == State.VALUE,
        status=words.STATUSES.get(figure.status, "") if figure.state == State.VALUE else "",
        source=figure.source,
        url=reverse("figure", args=[figure.id]) if figure.id else "",
        left_out=left_out,
    )


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader asked for."""

    criterion: Criterion
    element: str
    unit: str
    sex: str
    page: int


def figures_page(book: Book, asked: Filter, figures: Sequence[Figure]) -> FiguresPage:
    """Return the table of figures behind a criterion, in the order of the formula, units in Vietnamese order."""
    criterion, out = asked.criterion, left_out(book, asked.criterion)
    chosen = [
        figure
        for figure in figures
        if (not asked.element or figure.element == asked.element)
        and (not asked.unit or figure.unit == asked.unit)
        and (not asked.sex or figure.sex == asked.sex)
    ]
    order = {code: place for place, code in enumerate(criterion.elements)}
    names = {figure.unit: sort_key(unit_name(book.edition, figure.unit)) for figure in chosen}
    chosen.sort(key=lambda f: (order[f.element], names[f.unit], f.period, f.kind, f.sex))
    pages = max((len(chosen) + PER_PAGE - 1) // PER_PAGE, 1)
    page = min(max(asked.page, 1), pages)
    shown = chosen[(page - 1) * PER_PAGE : page * PER_PAGE]
    one = len({figure.element for figure in chosen}) == 1 and adds_up(criterion)

    def address(number: int) -> str:
        return figures_url(
            book, criterion, element=asked.element, unit=asked.unit, sex=asked.sex, page=number
        )

    return FiguresPage(
        lines=tuple(line(book, figure, left_out=figure.unit in out) for figure in shown),
        count=len(chosen),
        criteria=_criteria(book, criterion),
        elements=_elements(book, asked),
        unit=unit_name(book.edition, asked.unit) if asked.unit else "",
        all_units_url=figures_url(book, criterion, element=asked.element, sex=asked.sex),
        total=total(f for f in chosen if f.unit not in out) if one else "",
        left_out=sum(figure.unit in out for figure in chosen),
        silent=tuple(
            (unit_name(book.edition, code), url("unit", book, code))
            for code in silent_units(book.row(criterion.code))
        ),
        page=page,
        pages=pages,
        before_url=address(page - 1) if page > 1 else "",
        after_url=address(page + 1) if page < pages else "",
    )


def _criteria(book: Book, chosen: Criterion) -> tuple[Choice, ...]:
    codes = book.edition.target(chosen.target).criteria
    if len(codes) == 1:
        return ()
    return tuple(
        Choice(
            label=f"{code} {book.edition.wording[code].name}",
            url=figures_url(book, book.edition.criterion(code)),
            chosen=code == chosen.code,
        )
        for code in codes
    )


def _elements(book: Book, asked: Filter) -> tuple[Choice, ...]:
    every = Choice("Tất cả", figures_url(book, asked.criterion, unit=asked.unit), not asked.element)
    return (
        every,
        *(
            Choice(
                label=f"{code} {book.edition.catalogue[code].name}",
                url=figures_url(book, asked.criterion, element=code, unit=asked.unit, sex=asked.sex),
                chosen=code == asked.element,
            )
            for code in asked.criterion.elements
        ),
    )
