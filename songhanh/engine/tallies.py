"""The last step: from what an engine found to the tally of each criterion (contract §§8, 9).

Every contradiction that the error rules of a criterion name is only noticed here, not described: `Doubt` sends the
figures to the reference, which names each problem with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from songhanh.core.compute import Level
from songhanh.core.indicators import (
    Agencies,
    AgencyGroup,
    Criterion,
    Deduplicated,
    EveryMonthByKind,
    EveryQuarter,
    Full,
    Pooled,
    Ratio,
    Term,
)
from songhanh.core.periods import months, quarters
from songhanh.core.results import Basis, Caution, ResultRow, State, Status, Tally, settle, weakest

from .facts import CommuneStand, Coverage, Facts, Figure
from .program import Program, ScopeKey
from .tables import ANSWERED, OWES_NOTHING, SILENT

_UNHEARD = CommuneStand(SILENT, 0, 0, None)
"""A commune without any row where the province's total stands in for all communes."""


class Doubt(Exception):
    """Figures contradict one another; the reference says which."""


@dataclass(frozen=True, slots=True)
class Found:
    """The tally of the province for one period."""

    period: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class _Desk:
    program: Program
    facts: Facts
    level: Level

    @property
    def province(self) -> str:
        return self.program.areas.province.code

    @property
    def period(self) -> str:
        return f"{self.program.year:04d}"

    def terms(self, terms: Iterable[Term]) -> list[Figure]:
        return [self.facts.figure(self.program.term(term)) for term in terms]

    def at_province(self, element: str, fixed: tuple[tuple[str, str], ...] = ()) -> Figure:
        return self.facts.figure(self.program.figure(element, fixed))

    def scopes(self, criterion: Criterion) -> dict[str, ScopeKey]:
        """The sums of a criterion over units by the periods of its rows, in their order."""
        names = quarters(self.program.year) if isinstance(criterion.definition, EveryQuarter) else ()
        return {name: ScopeKey(criterion.code, name) for name in names} | {
            self.period: ScopeKey(criterion.code)
        }

    def basis(self, scope: ScopeKey) -> Basis:
        return Basis.TOTALS if scope in self.facts.totals else Basis.COMPUTED

    def unheard(self, scope: ScopeKey) -> Iterator[str]:
        """Elements of a scope that no unit answered."""
        heard: dict[str, int] = {}
        for role in self.program.scopes[scope].roles:
            element = role.cell.element
            heard[element] = heard.get(element, 0) + self.facts.heard(scope, role.cell)
        return (element for element, units in heard.items() if not units)


def result_rows(program: Program, facts: Facts, level: Level) -> list[ResultRow]:
    """Return the rows of results in the order of contract §11.

    Raises: Doubt, when the error rules of some criterion are broken.
    """
    if facts.over_bounds or any(coverage.wrong for coverage in facts.coverage.values()):
        raise Doubt
    desk = _Desk(program, facts, level)
    return [row for criterion in program.rules.criteria for row in _rows(desk, criterion)]


def _found(desk: _Desk, criterion: Criterion) -> Iterator[Found]:
    match criterion.definition:
        case Ratio() as definition:
            return _ratio(desk, definition)
        case Pooled() as definition:
            return _pooled(desk, criterion, definition)
        case Full() as definition:
            return _full(desk, criterion, definition)
        case Deduplicated() as definition:
            return _deduplicated(desk, criterion, definition)
        case Agencies() as definition:
            return _agencies(desk, criterion, definition)
        case EveryQuarter():
            return _every_quarter(desk, criterion)
        case EveryMonthByKind() as definition:
            return _every_month(desk, definition)


def _rows(desk: _Desk, criterion: Criterion) -> Iterator[ResultRow]:
    """Yield the rows of a criterion: those of the province, then, if wanted, the communes' own."""
    settled: dict[CommuneStand, ResultRow] = {}  # thousands of communes stand in few ways
    for found in _found(desk, criterion):
        yield settle(
            criterion,
            found.tally,
            area=desk.province,
            period=found.period,
            year_row=found.period == desk.period,
            province=True,
        )
    if not criterion.commune_rows or desk.level is Level.PROVINCE:
        return
    spans = {period: desk.facts.communes.get(key, {}) for period, key in desk.scopes(criterion).items()}
    for area in desk.program.areas.communes:
        for period, stands in spans.items():
            stand = stands.get(area.code, _UNHEARD)
            if stand not in settled:
                tally = _commune_tally(stand)
                settled[stand] = settle(
                    criterion, tally, area=area.code, period=period, year_row=False, province=False
                )
            yield replace(settled[stand], area=area.code, period=period)


def _amount(figures: Iterable[Figure]) -> Fraction:
    return sum((figure.amount for figure in figures if figure.answered), Fraction(0))


def _all_answered(figures: Iterable[Figure]) -> bool:
    return all(figure.answered for figure in figures)


def _status(figures: Iterable[Figure], *more: Status | None) -> Status | None:
    known = [figure.status for figure in figures if figure.answered]
    return weakest(status for status in (*known, *more) if status is not None)


def _unanswered(terms: Sequence[Term], figures: Sequence[Figure]) -> Iterator[str]:
    """Elements of which no figure is answered."""
    answered = {term.element for term, figure in zip(terms, figures, strict=True) if figure.answered}
    return (element for element in dict.fromkeys(term.element for term in terms) if element not in answered)


def _doubt_if(*, wrong: bool) -> None:
    if wrong:
        raise Doubt


def _published(figure: Figure) -> Tally:
    return Tally(State.VALUE, 1, 1, value=figure.amount, basis=Basis.PUBLISHED, status=figure.status)


# --- ratios of province figures ------------------------------------------------------------------------------------


def _ratio(desk: _Desk, definition: Ratio) -> Iterator[Found]:
    upper, lower = desk.terms(definition.numerator), desk.terms(definition.denominator)
    num, den = _amount(upper), _amount(lower)
    if definition.share and _all_answered(lower):
        _doubt_if(wrong=num > den and (den == 0 or _all_answered(upper)))
    published = desk.at_province(definition.published) if definition.published else Figure()
    yield Found(desk.period, _ratio_tally(definition, upper, lower, published))


def _ratio_tally(definition: Ratio, upper: list[Figure], lower: list[Figure], published: Figure) -> Tally:
    num, den = _amount(upper), _amount(lower)
    status = _status(upper + lower)
    if _all_answered(upper + lower) and (not lower or den > 0):
        value = num / den * definition.factor if lower else num
        differs = published.answered and abs(value - published.amount) > Fraction(1, 10)
        warnings = (Caution.PUBLISHED,) if differs else ()
        return Tally(State.VALUE, 1, 1, num, den if lower else None, status=status, warnings=warnings)
    if published.answered:
        return _published(published)
    if lower and _all_answered(lower) and den == 0:
        return Tally(State.NIL, 1, 1, status=status)
    missing = list(_unanswered(definition.numerator + definition.denominator, upper + lower))
    missing += [definition.published] if definition.published else []
    return Tally(State.MISSING, 0, 1, missing=tuple(missing))


# --- sums over units -----------------------------------------------------------------------------------------------


def _pooled(desk: _Desk, criterion: Criterion, definition: Pooled) -> Iterator[Found]:
    key = ScopeKey(criterion.code)
    published = desk.at_province(definition.published) if definition.published else Figure()
    tally = _published(published) if published.answered else _pool(desk, key, definition)
    yield Found(desk.period, tally)


def _pool(desk: _Desk, key: ScopeKey, definition: Pooled) -> Tally:
    sums = desk.facts.sums(key)
    divided = bool(definition.denominator)
    tally = Tally(State.VALUE, sums.have, sums.need, status=sums.status, silent=sums.silent)
    if sums.have == 0 or (divided and sums.den == 0 and sums.have < sums.need):
        missing = (*desk.unheard(key), *((definition.published,) if definition.published else ()))
        return replace(tally, state=State.MISSING, missing=missing)
    if divided and sums.den == 0:
        return replace(tally, state=State.NIL)
    num, den = Fraction(sums.num), Fraction(sums.den) if divided else None
    return replace(tally, numerator=num, denominator=den, basis=desk.basis(key))


def _commune_tally(stand: CommuneStand) -> Tally:
    """Return the tally of one commune from its own two sides (contract §11)."""
    if stand.standing == OWES_NOTHING:
        return Tally(State.NOT_APPLICABLE, 0, 0)
    if stand.standing != ANSWERED:
        return Tally(State.MISSING, 0, 1)
    if stand.den == 0:
        return Tally(State.NIL, 1, 1, status=stand.status)
    return Tally(State.VALUE, 1, 1, Fraction(stand.num), Fraction(stand.den), status=stand.status)


def _full(desk: _Desk, criterion: Criterion, definition: Full) -> Iterator[Found]:
    key = ScopeKey(criterion.code)
    sums, upper = desk.facts.sums(key), desk.terms(definition.numerator)
    num, den = _amount(upper), Fraction(sums.den)
    complete = sums.have == sums.need > 0
    known = _all_answered(upper)
    _doubt_if(wrong=definition.share and complete and num > den and (known or den == 0))
    status = _status(upper, sums.status)
    if complete and den == 0:
        tally = Tally(State.NIL, sums.have, sums.need, status=status)
    elif complete and known:
        tally = Tally(State.VALUE, sums.have, sums.need, num, den, basis=desk.basis(key), status=status)
    else:
        missing = (*desk.unheard(key), *_unanswered(definition.numerator, upper))
        tally = Tally(State.MISSING, sums.have, sums.need, silent=sums.silent, missing=missing)
    yield Found(desk.period, tally)


# --- persons counted by several sources (contract §9.3) ------------------------------------------------------------


def _deduplicated(desk: _Desk, criterion: Criterion, definition: Deduplicated) -> Iterator[Found]:
    key = ScopeKey(criterion.code)
    yield Found(desk.period, _without_duplicates(desk, key, definition))


def _without_duplicates(desk: _Desk, key: ScopeKey, definition: Deduplicated) -> Tally:
    sums = desk.facts.sums(key)
    twice = [
        desk.at_province(definition.duplicates, (("kind", code),))
        for code in (definition.numerator_code, definition.denominator_code)
    ]
    deducted = desk.at_province(definition.deducted) if definition.deducted else Figure(State.NIL)
    num = _less(desk, key, definition.numerator, sums.num, twice[0])
    gross = _less(desk, key, definition.denominator, sums.den, twice[1])
    den = gross - deducted.amount if gross is not None and deducted.answered else None
    if not sums.silent:
        _check_differences(num, gross, den, deducted)
    if sums.silent or not sums.need or gross is None or (gross and (den is None or num is None)):
        missing = list(desk.unheard(key))
        missing += [definition.deducted] if definition.deducted and not deducted.answered else []
        missing += [definition.duplicates] if not _all_answered(twice) else []
        return Tally(State.MISSING, sums.have, sums.need, silent=sums.silent, missing=tuple(missing))
    status = _status([*twice, deducted], sums.status)
    if not gross or not den:
        return Tally(State.NIL, sums.have, sums.need, status=status)
    return Tally(State.VALUE, sums.have, sums.need, num, den, basis=desk.basis(key), status=status)


def _less(desk: _Desk, key: ScopeKey, terms: Sequence[Term], total: int, twice: Figure) -> Fraction | None:
    """Return a sum less those counted twice; None when that number is needed and unknown."""
    several = any(desk.facts.heard_of_organisations(key, desk.program.term(term)) for term in terms)
    if not twice.answered:
        return None if several else Fraction(total)
    return total - twice.amount


def _check_differences(
    num: Fraction | None, gross: Fraction | None, den: Fraction | None, deducted: Figure
) -> None:
    _doubt_if(wrong=any(amount is not None and amount < 0 for amount in (num, gross, den)))
    _doubt_if(wrong=gross == 0 and deducted.answered and deducted.amount > 0)
    whole = Fraction(0) if gross == 0 else den
    _doubt_if(wrong=num is not None and whole is not None and num > whole)


# --- agencies (contract §9.1) --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    passing: Fraction
    answered: Fraction
    register: Figure
    status: Status | None
    heard: bool
    silent: tuple[str, ...]
    totals: bool = False


def _agencies(desk: _Desk, criterion: Criterion, definition: Agencies) -> Iterator[Found]:
    groups = [_group(desk, criterion, group) for group in definition.groups]
    for asked, group in zip(definition.groups, groups, strict=True):
        _check_group(desk, asked, group)
    registers = [group.register for group in groups]
    known = _all_answered(registers)
    have = int(sum(group.answered for group in groups)) if known else 0
    need = int(_amount(registers)) if known else 0
    silent = tuple(code for group in groups for code in group.silent)
    if have == 0:
        missing = [
            asked.flag for asked, group in zip(definition.groups, groups, strict=True) if not group.heard
        ]
        missing += [
            asked.register
            for asked, group in zip(definition.groups, groups, strict=True)
            if not group.register.answered
        ]
        tally = Tally(State.MISSING, have, need, silent=silent, missing=tuple(missing))
    else:
        tally = Tally(
            State.VALUE,
            have,
            need,
            sum((group.passing for group in groups), Fraction(0)),
            Fraction(have),
            basis=Basis.TOTALS if any(group.totals for group in groups) else Basis.COMPUTED,
            status=_status(registers, *(group.status for group in groups)),
            silent=silent,
        )
    yield Found(desk.period, tally)


def _group(desk: _Desk, criterion: Criterion, group: AgencyGroup) -> _Group:
    register = desk.at_province(group.register)
    key = ScopeKey(criterion.code, group.flag)
    totals = key in desk.facts.totals
    if group.by == "province" or totals:
        figure = desk.at_province(group.flag)
        answered = register.amount if figure.answered and register.answered else Fraction(0)
        silent = () if figure.answered or totals else (desk.province,)
        status = figure.status if figure.answered else None
        return _Group(_amount([figure]), answered, register, status, figure.answered, silent, totals)
    sums = desk.facts.sums(key)
    return _Group(Fraction(sums.num), Fraction(sums.have), register, sums.status, sums.have > 0, sums.silent)


def _check_group(desk: _Desk, asked: AgencyGroup, group: _Group) -> None:
    register = group.register
    if register.answered:
        _doubt_if(wrong=asked.by == "commune" and register.amount != len(desk.program.areas.communes))
        _doubt_if(wrong=asked.by == "org" and group.answered > register.amount)
    against_register = group.totals or asked.by == "province"
    whole = register.amount if against_register else group.answered
    known = register.answered or not against_register
    _doubt_if(wrong=known and group.heard and group.passing > whole)


# --- every sub-period (contract §§9.6, 9.7) ------------------------------------------------------------------------


def _every_quarter(desk: _Desk, criterion: Criterion) -> Iterator[Found]:
    for period, key in desk.scopes(criterion).items():
        yield Found(period, _spans(desk, key))


def _spans(desk: _Desk, key: ScopeKey) -> Tally:
    sums = desk.facts.sums(key)
    roles = desk.program.scopes[key].roles
    heard = all(desk.facts.heard(key, role.cell) for role in roles)
    return _passing(sums, tuple(desk.unheard(key)), heard=heard)


def _passing(sums: Coverage, missing: tuple[str, ...], *, heard: bool) -> Tally:
    """Return how many units reach the mark in every span they owe; silence does not pass (J10)."""
    tally = Tally(
        State.MISSING, sums.have, sums.need, silent=sums.silent, missing=missing, partial_counts=True
    )
    if not heard:
        return tally
    num, den = Fraction(sums.num), Fraction(sums.den)
    return replace(tally, state=State.VALUE, numerator=num, denominator=den, status=sums.status, missing=())


def _every_month(desk: _Desk, definition: EveryMonthByKind) -> Iterator[Found]:
    register = desk.at_province(definition.register)
    by_kind = {
        kind: [
            desk.facts.figure(desk.program.month(definition.element, kind, month))
            for month in months(desk.program.year)
        ]
        for kind in desk.program.kinds.get(definition.element, ())
    }
    stations = {kind: owed for kind, figures in by_kind.items() if (owed := _owed(figures))}
    _doubt_if(wrong=register.answered and len(stations) > register.amount)
    tally = _stations(definition, by_kind, stations, register)
    yield Found(desk.period, tally)


def _owed(figures: Iterable[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.state is not State.NOT_APPLICABLE]


def _stations(
    definition: EveryMonthByKind,
    by_kind: Mapping[str, list[Figure]],
    stations: Mapping[str, list[Figure]],
    register: Figure,
) -> Tally:
    figures = [figure for each in by_kind.values() for figure in each]
    silent = tuple(kind for kind, owed in stations.items() if not _all_answered(owed))
    have, need = len(stations) - len(silent), int(register.amount) if register.answered else 0
    status = _status([*figures, register])
    if register.answered and need == 0:
        return Tally(State.NIL, have, 0, status=status, partial_counts=True)
    tally = Tally(State.MISSING, have, need, silent=silent, partial_counts=True)
    months_heard = zip(*(by_kind[kind] for kind in stations), strict=True)
    heard = bool(stations) and all(any(figure.answered for figure in month) for month in months_heard)
    if register.answered and heard:
        mark = definition.at_least
        passing = sum(1 for owed in stations.values() if all(f.answered and f.amount >= mark for f in owed))
        return replace(
            tally, state=State.VALUE, numerator=Fraction(passing), denominator=Fraction(need), status=status
        )
    missing = [] if any(figure.answered for figure in figures) else [definition.element]
    missing += [] if register.answered else [definition.register]
    return replace(tally, missing=tuple(missing))
