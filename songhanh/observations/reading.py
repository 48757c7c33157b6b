"""What an edition asks of the register: the years that read a figure, and the cells that units owe.

No database here: figures and editions in, periods and cells out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from songhanh.core.areas import AreaMap
from songhanh.core.elements import DIMENSIONS, TOTAL, ReadAt, ReadRule
from songhanh.core.frame import Fixed, Frame
from songhanh.core.indicators import Deduplicated, Full, Pooled, Ratio, Term
from songhanh.core.observations import Observation
from songhanh.core.periods import alternatives, interval, months, periods_read, quarter_alternatives, quarters
from songhanh.core.results import State
from songhanh.core.rulebook import Rulebook
from songhanh.plan import Edition

Groups = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Readers:
    """Who reads an element: for which offset to the year of the criterion, with which dimensions fixed."""

    rules: Rulebook
    _years: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict)

    @cached_property
    def terms(self) -> Mapping[str, tuple[Term, ...]]:
        """Terms of the criteria by element; one bare term where a criterion names an element without any."""
        found: dict[str, dict[Term, None]] = {}
        for criterion in self.rules.criteria:
            definition = criterion.definition
            if isinstance(definition, Ratio | Pooled | Full | Deduplicated):
                for term in definition.numerator + definition.denominator:
                    found.setdefault(term.element, {})[term] = None
            for element in criterion.elements:
                found.setdefault(element, {}) or found[element].update({Term(element): None})
        return {element: tuple(terms) for element, terms in found.items()}

    def years(self, element: str, period: str) -> frozenset[int]:
        """Return the years whose results read rows of an element at a period; none when nobody reads them."""
        known = self._years.get((element, period))
        if known is None:
            known = self._years[element, period] = frozenset(self._find_years(element, period))
        return known

    def _find_years(self, element: str, period: str) -> Iterator[int]:
        spec = self.rules.elements.get(element)
        if spec is None or spec.rule is None:
            return
        days = interval(period)
        for year in {days.first.year, days.last.year}:
            if period in periods_read(spec.rule.at, year):
                yield from (year - term.year for term in self.terms.get(element, ()))

    def by_year(self, figures: Iterable[Observation], years: Collection[int]) -> dict[int, list[Observation]]:
        """Return for each of some years the figures that its results read, in the order given."""
        found: dict[int, list[Observation]] = {year: [] for year in years}
        for row in figures:
            for year in self.years(row.element, row.period) & found.keys():
                found[year].append(row)
        return found

    def variants(self, element: str, rule: ReadRule) -> tuple[tuple[int, Fixed], ...]:
        """Return the offsets and fixed dimensions at which units owe figures of an element.

        An element that never stands in total is owed for each of its kinds; the others as criteria read them.
        """
        terms = self.terms.get(element, ())
        offsets = tuple(dict.fromkeys(term.year for term in terms))
        if not rule.total_kind and rule.kinds is not None:
            return tuple((offset, (("kind", kind),)) for offset in offsets for kind in rule.kinds)
        return tuple(dict.fromkeys((term.year, term.fixed) for term in terms))


def first_year(period: str) -> int:
    """Return the calendar year in which a period begins."""
    return interval(period).first.year


def owed(figures: Iterable[Observation], *, edition: Edition, latest: int | None = None) -> list[Observation]:
    """Return a row CHUA_CO_SO_LIEU for every cell that a unit owes and that has no row at all.

    Owed are, for each year of the plan up to the latest one in which any figure of the register begins: a figure of
    the province for each class P element, one of each commune of that year's map for each X and XO element, and one
    of each organisation that has reported an O element up to that year; stations likewise by `kind`. A cell counts
    as there when contract §§7.1, 7.2 find any row for it, so that an owed row never hides parts. `latest` stands for
    the latest year where only part of the register is at hand.
    """
    figures = list(figures)
    rules = edition.rules
    if latest is None:
        reported = {row.period for row in figures if row.state is not State.MISSING}
        latest = max((first_year(period) for period in reported), default=0)
    years = [year for year in edition.term.years if year <= latest]
    if not years:
        return []
    asked = _Asked(figures, edition, rules)
    found = {row.key: row for year in years for row in asked.of_year(year)}
    return list(found.values())


class _Asked:
    """Cells that are asked for in a year and are not there."""

    def __init__(self, figures: Sequence[Observation], edition: Edition, rules: Rulebook) -> None:
        self.edition = edition
        self.readers = Readers(rules)
        province = edition.area_map(edition.term.first).province.code
        self.province = province
        self.frame = Frame.of(figures, rules=rules, province=province)
        self.rules = {code: spec.rule for code, spec in rules.elements.items() if spec.rule is not None}
        self.orgs: dict[str, dict[str, int]] = {}
        self.kinds: dict[str, dict[str, int]] = {}
        for row in figures:
            rule = self.rules.get(row.element)
            if rule is not None and row.area == province and row.org and not rule.area_class.by_commune:
                _note_first(self.orgs, row.element, row.org, row.period)
            if rule is not None and rule.kinds is None and row.area == province and not row.org:
                _note_first(self.kinds, row.element, row.kind, row.period)

    def of_year(self, year: int) -> Iterator[Observation]:
        areas = self.edition.area_map(year)
        for element, rule in self.rules.items():
            for offset, fixed in self._variants(element, rule, year):
                for groups in _groups(rule.at, year + offset):
                    for area, org in self._units(element, rule, areas, year):
                        if not self.frame.first_present(element, area, org, groups, fixed).present:
                            yield _gap(element, area, org, groups[0][0], fixed)

    def _variants(self, element: str, rule: ReadRule, year: int) -> Iterator[tuple[int, Fixed]]:
        if rule.kinds is None and not rule.total_kind:
            for kind, first in self.kinds.get(element, {}).items():
                if first <= year:
                    yield 0, (("kind", kind),)
        else:
            yield from self.readers.variants(element, rule)

    def _units(self, element: str, rule: ReadRule, areas: AreaMap, year: int) -> Iterator[tuple[str, str]]:
        if rule.area_class.by_commune:
            yield from ((commune.code, "") for commune in areas.communes)
        elif rule.area_class.by_org:
            orgs = self.orgs.get(element, {})
            yield from ((areas.province.code, org) for org, first in orgs.items() if first <= year)
        else:
            yield areas.province.code, ""


def _note_first(seen: dict[str, dict[str, int]], element: str, code: str, period: str) -> None:
    year = first_year(period)
    codes = seen.setdefault(element, {})
    codes[code] = min(codes.get(code, year), year)


def _groups(at: ReadAt, year: int) -> Iterator[Groups]:
    """Yield for each owed figure of a year the groups of periods that would give it, the preferred one first."""
    if at is ReadAt.Q:
        yield from (quarter_alternatives(quarter) for quarter in quarters(year))
    elif at is ReadAt.M:
        yield from (((month,),) for month in months(year))
    else:
        yield alternatives(at, year)


def _gap(element: str, area: str, org: str, period: str, fixed: Fixed) -> Observation:
    codes = dict.fromkeys(DIMENSIONS, TOTAL) | dict(fixed)
    sex, age, ethnicity, kind = (codes[name] for name in DIMENSIONS)
    return Observation(element, area, period, State.MISSING, None, org, sex, age, ethnicity, kind)
