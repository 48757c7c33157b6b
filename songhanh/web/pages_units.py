"""The pages of those who report: all of them, and one with what it has reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from songhanh.core.collation import in_order
from songhanh.core.indicators import Criterion, EveryQuarter
from songhanh.core.results import ResultRow
from songhanh.plan.edition import Assignment, Target
from songhanh.web import pages_words as words
from songhanh.web.pages import (
    Book,
    anchor,
    commune_noun,
    exact,
    silent_units,
    unit_name,
    unit_of,
    url,
)
from songhanh.web.pages_figures import Figure, Line, figures_url, line
from songhanh.web.pages_target import quarters_passed


@dataclass(frozen=True, slots=True)
class Owner:
    """A unit in the list of units."""

    name: str
    url: str
    lacking: int


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """All who report."""

    noun: str
    communes: tuple[Owner, ...]
    agencies: tuple[Owner, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """A criterion for which the unit has not sent all its figures."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class OwnResult:
    """A commune's own value of a criterion."""

    code: str
    name: str
    value: str
    period: str
    numerator: str
    denominator: str
    url: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A target the agency has a part in, with the clause that says so."""

    role: str
    code: str
    title: str
    url: str
    clause: str
    clause_url: str


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit."""

    code: str
    name: str
    kind: str
    facts: tuple[tuple[str, str], ...]
    duties: tuple[Duty, ...]
    owed: tuple[Owed, ...]
    results: tuple[OwnResult, ...]
    lines: tuple[Line, ...]


def units_page(book: Book) -> UnitsPage:
    """Return the list of communes and agencies, in Vietnamese order, with how many criteria each still owes."""
    lacking: dict[str, int] = {}
    for row in book.rows:
        if row.area == book.province and row.period == str(book.year):
            for code in silent_units(row):
                lacking[code] = lacking.get(code, 0) + 1

    def owner(code: str) -> Owner:
        return Owner(unit_name(book.edition, code), url("unit", book, code), lacking.get(code, 0))

    communes = book.edition.area_map(book.year).communes
    agencies = [agency.code for agency in book.edition.agencies.values() if not agency.is_class]
    return UnitsPage(
        noun=commune_noun(book.edition),
        communes=tuple(in_order((owner(area.code) for area in communes), lambda one: one.name)),
        agencies=tuple(owner(code) for code in agencies),
    )


def unit_page(book: Book, code: str, figures: Sequence[Figure]) -> UnitPage | None:
    """Return the page of a commune, an agency or the province; None when the code names nobody."""
    edition = book.edition
    if code not in edition.places and code not in edition.agencies:
        return None
    return UnitPage(
        code=code,
        name=unit_name(edition, code),
        kind=_kind(book, code),
        facts=_facts(book, code),
        duties=tuple(duty for target in edition.targets for duty in _duties(book, target, code)),
        owed=tuple(
            Owed(row.criterion, edition.wording[row.criterion].name, url("target", book, row.target))
            for row in book.rows
            if row.area == book.province and row.period == str(book.year) and code in silent_units(row)
        ),
        results=tuple(_results(book, code)),
        lines=tuple(line(book, figure) for figure in figures),
    )


def _kind(book: Book, code: str) -> str:
    place = book.edition.places.get(code)
    if place is None:
        return "Cơ quan, tổ chức"
    return "Đơn vị hành chính cấp xã" if code != book.province else "Tỉnh"


def _facts(book: Book, code: str) -> tuple[tuple[str, str], ...]:
    edition = book.edition
    if code not in edition.places:
        agency = edition.agencies[code]
        return (
            ("Mã", code),
            ("Kế hoạch nêu tại", f"mục {agency.clause}" if agency.clause else "Kế hoạch không nêu"),
        )
    former = [area.name for area in edition.former_areas if any(one.code == code for one in area.successors)]
    facts = [("Mã đơn vị hành chính", code)]
    if former:
        facts.append(("Hình thành từ", ", ".join(former)))
    return tuple(facts)


def _duties(book: Book, target: Target, code: str) -> list[Duty]:
    """Return the parts an agency has in a target."""
    parts: list[tuple[str, Assignment]] = []
    if target.lead:
        parts.append(("Chủ trì", target.lead))
    parts += [("Phối hợp", one) for one in target.coordinators]
    parts += [("Cung cấp số liệu", one) for one in target.suppliers]
    return [
        Duty(
            role,
            target.code,
            target.title,
            url("target", book, target.code),
            one.clause or "",
            f"{url('plan', book)}#{anchor(one.clause)}" if one.clause else "",
        )
        for role, one in parts
        if one.agency == code
    ]


def _value(book: Book, criterion: Criterion, row: ResultRow) -> str:
    """Return a commune's value in words; how many quarters pass where each quarter counts."""
    if isinstance(criterion.definition, EveryQuarter):
        return quarters_passed(book.commune_rows(row.criterion), row)[1]
    value = exact(row)
    return words.STATES[row.state] if value is None else words.figure(value, unit_of(book, criterion))


def _results(book: Book, code: str) -> list[OwnResult]:
    found: list[OwnResult] = []
    if code == book.province:
        return found
    for row in book.rows:
        if row.area != code or row.period != str(book.year):
            continue
        criterion = book.edition.criterion(row.criterion)
        found.append(
            OwnResult(
                code=row.criterion,
                name=book.edition.wording[row.criterion].name,
                value=_value(book, criterion, row),
                period=row.period,
                numerator=row.numerator,
                denominator=row.denominator,
                url=figures_url(book, criterion, unit=code),
            )
        )
    return found
