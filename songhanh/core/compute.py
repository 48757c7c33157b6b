"""The plain reference: from observations to results, one criterion after another, nothing clever.

This module says what is right; every engine is held to it. Sums and comparisons are exact.
Source: compute contract §§7–11.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from fractions import Fraction

from .areas import AreaMap
from .frame import ABSENT, Cell, Frame, combine
from .indicators import (
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
from .observations import Observation
from .periods import months, quarter_alternatives, quarters
from .problems import Code, Problem, Refused
from .results import Basis, Caution, ResultRow, State, Status, Tally, settle, weakest
from .rulebook import Rulebook


class Level(StrEnum):
    """Whether commune rows are wanted."""

    ALL = "all"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result row with the exact tally it came from and the observations it was read from, told gaps included."""

    row: ResultRow
    tally: Tally
    sources: tuple[Observation, ...]


def compute(
    observations: Iterable[Observation],
    *,
    rules: Rulebook,
    areas: AreaMap,
    year: int,
    level: Level = Level.ALL,
) -> list[ResultRow]:
    """Return the rows of results of a year, in the order of contract §11.

    Missing: a figure that nobody gave leaves a state, never a 0.
    Raises: Refused, when figures contradict one another (contract §§7.3, 9).
    """
    return [
        outcome.row for outcome in explain(observations, rules=rules, areas=areas, year=year, level=level)
    ]


def explain(
    observations: Iterable[Observation],
    *,
    rules: Rulebook,
    areas: AreaMap,
    year: int,
    level: Level = Level.ALL,
) -> list[Outcome]:
    """Return what `compute` returns, each row with its tally and the observations it was read from.

    Raises: Refused, as `compute`.
    """
    run = _Run(Frame.of(observations, rules=rules, province=areas.province.code), areas, year)
    outcomes = [
        outcome
        for criterion in rules.criteria
        for outcome in _outcomes(run, criterion)
        if level is Level.ALL or outcome.row.area == areas.province.code
    ]
    if run.problems:
        raise Refused(run.problems)
    return outcomes


@dataclass(frozen=True, slots=True)
class Unit:
    """Who owes figures: a commune, an organisation at the province, or the province in place of all of them."""

    code: str
    area: str
    org: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The tally of one place and period, before it is settled."""

    area: str
    period: str
    tally: Tally
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class _Run:
    frame: Frame
    areas: AreaMap
    year: int
    problems: list[Problem] = field(default_factory=list)

    @property
    def province(self) -> str:
        return self.areas.province.code

    @property
    def period(self) -> str:
        return f"{self.year:04d}"

    def complain(self, code: Code, case: str, cells: Sequence[Cell], **data: str) -> None:
        lines = [row.line for cell in cells for row in cell.rows if row.line]
        self.problems.append(Problem(code, case, min(lines, default=None), None, data))

    def term(self, term: Term, unit: Unit) -> Cell:
        return self.frame.figure(term.element, unit.area, unit.org, self.year + term.year, term.fixed)

    def at_province(self, element: str, fixed: tuple[tuple[str, str], ...] = ()) -> Cell:
        return self.frame.figure(element, self.province, "", self.year, fixed)

    def places(self, terms: Iterable[Term]) -> set[tuple[str, str]]:
        """Places with any row for any of the terms, in the periods read."""
        return {
            place
            for term in terms
            for place in self.frame.places_of(
                term.element, self.frame.periods_read(term.element, self.year + term.year)
            )
        }

    def units(self, terms: Sequence[Term]) -> tuple[list[Unit], Basis]:
        """Return the units of a criterion over units (contract §7.3), or the province with its totals (§7.4)."""
        owned = [term for term in terms if self.frame.rule(term.element).area_class.by_commune]
        by_org = [term for term in owned if self.frame.rule(term.element).area_class.by_org]
        places = self.places(owned)
        total = (self.province, "")
        if places == {total}:
            return [Unit(self.province, self.province)], Basis.TOTALS
        orgs = sorted(org for area, org in self.places(by_org) if area == self.province and org)
        communes = [Unit(area.code, area.code) for area in self.areas.communes]
        return communes + [Unit(org, self.province, org) for org in orgs], Basis.COMPUTED


def _outcomes(run: _Run, criterion: Criterion) -> Iterator[Outcome]:
    for found in _found(run, criterion):
        province = found.area == run.province
        row = settle(
            criterion,
            found.tally,
            area=found.area,
            period=found.period,
            year_row=found.period == run.period,
            province=province,
        )
        rows = {id(source): source for cell in found.cells for source in cell.rows}
        yield Outcome(row, found.tally, tuple(rows.values()))


def _found(run: _Run, criterion: Criterion) -> Iterator[Found]:
    match criterion.definition:
        case Ratio() as definition:
            return _ratio(run, criterion, definition)
        case Pooled() as definition:
            return _pooled(run, criterion, definition)
        case Full() as definition:
            return _full(run, criterion, definition)
        case Deduplicated() as definition:
            return _deduplicated(run, criterion, definition)
        case Agencies() as definition:
            return _agencies(run, criterion, definition)
        case EveryQuarter() as definition:
            return _every_quarter(run, criterion, definition)
        case EveryMonthByKind() as definition:
            return _every_month(run, criterion, definition)


def _status(cells: Iterable[Cell]) -> Status | None:
    return weakest(row.status for cell in cells if cell.answered for row in cell.rows)


def _missing(cells: dict[str, list[Cell]]) -> tuple[str, ...]:
    """Elements of which no cell read is answered."""
    return tuple(element for element, read in cells.items() if not any(cell.answered for cell in read))


def _amount(cells: Iterable[Cell]) -> Fraction:
    return sum((cell.amount for cell in cells if cell.answered), Fraction(0))


# --- ratios of province figures ------------------------------------------------------------------------------------


def _ratio(run: _Run, criterion: Criterion, definition: Ratio) -> Iterator[Found]:
    here = Unit(run.province, run.province)
    numerator = [run.term(term, here) for term in definition.numerator]
    denominator = [run.term(term, here) for term in definition.denominator]
    published = run.at_province(definition.published) if definition.published else ABSENT
    counts = numerator + denominator
    _check_ratio(run, criterion, definition, numerator, denominator)
    num, den = _amount(numerator), _amount(denominator)
    complete = all(cell.answered for cell in counts)
    status = _status(counts)
    if complete and (not denominator or den > 0):
        value = num / den * definition.factor if denominator else num
        differs = published.answered and abs(value - published.amount) > Fraction(1, 10)
        tally = Tally(
            State.VALUE,
            1,
            1,
            num,
            den if denominator else None,
            status=status,
            warnings=(Caution.PUBLISHED,) if differs else (),
        )
    elif published.answered:
        tally = _published(published)
    elif denominator and all(cell.answered for cell in denominator) and den == 0:
        tally = Tally(State.NIL, 1, 1, status=status)
    else:
        cells = _by_element(definition.numerator + definition.denominator, counts)
        if definition.published:
            cells[definition.published] = [published]
        tally = Tally(State.MISSING, 0, 1, missing=_missing(cells))
    yield Found(run.province, run.period, tally, (*counts, published))


def _published(cell: Cell) -> Tally:
    return Tally(State.VALUE, 1, 1, value=cell.amount, basis=Basis.PUBLISHED, status=_status([cell]))


def _by_element(terms: Sequence[Term], cells: Sequence[Cell]) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for term, cell in zip(terms, cells, strict=True):
        found.setdefault(term.element, []).append(cell)
    return found


def _check_ratio(
    run: _Run, criterion: Criterion, definition: Ratio, numerator: Sequence[Cell], denominator: Sequence[Cell]
) -> None:
    _check_bounds(run, criterion, definition.bounds, Unit(run.province, run.province))
    if not definition.share or not all(cell.answered for cell in denominator):
        return
    num, den = _amount(numerator), _amount(denominator)
    whole = all(cell.answered for cell in numerator)
    if num > den and (whole or den == 0):
        _too_much(run, criterion, run.province, (num, den), [*numerator, *denominator])


def _check_bounds(run: _Run, criterion: Criterion, bounds: Iterable[tuple[str, str]], unit: Unit) -> None:
    for part, whole in bounds:
        some, most = (run.frame.figure(element, unit.area, unit.org, run.year) for element in (part, whole))
        if some.answered and most.answered and some.amount > most.amount:
            data = {
                "part": part,
                "whole": whole,
                "part_amount": _words(some.amount),
                "whole_amount": _words(most.amount),
            }
            run.complain(
                Code.PART, "part.bound", [some, most], criterion=criterion.code, unit=unit.code, **data
            )


def _too_much(
    run: _Run, criterion: Criterion, unit: str, amounts: tuple[Fraction, Fraction], cells: Sequence[Cell]
) -> None:
    num, den = (_words(amount) for amount in amounts)
    data = {"criterion": criterion.code, "unit": unit, "numerator": num, "denominator": den}
    run.complain(Code.PART, "part.more_than_whole", cells, **data)


def _words(amount: Fraction) -> str:
    return str(amount.numerator) if amount.denominator == 1 else str(float(amount))


# --- sums over units -----------------------------------------------------------------------------------------------


class _Manner(Enum):
    OWES_NOTHING = 0
    ANSWERED = 1
    SILENT = 2


@dataclass(frozen=True, slots=True)
class _Stand:
    """How one unit stands in a criterion: nothing owed, answered with two amounts, or silent."""

    unit: Unit
    manner: _Manner
    cells: tuple[tuple[str, Cell], ...]  # by element
    numerator: Fraction = Fraction(0)
    denominator: Fraction = Fraction(0)

    @property
    def owes(self) -> bool:
        return self.manner is not _Manner.OWES_NOTHING

    @property
    def answered(self) -> bool:
        return self.manner is _Manner.ANSWERED

    @property
    def silent(self) -> bool:
        return self.manner is _Manner.SILENT


def _stand(
    run: _Run,
    criterion: Criterion,
    unit: Unit,
    numerator: Sequence[Term],
    denominator: Sequence[Term],
    *,
    share: bool,
) -> _Stand:
    """Return how a unit stands (contract §7.3) and complain about what cannot be."""
    nums = [run.term(term, unit) for term in numerator]
    dens = [run.term(term, unit) for term in denominator]
    named = tuple(zip((term.element for term in (*numerator, *denominator)), (*nums, *dens), strict=True))
    sides = [combine(nums)] if numerator else []
    sides += [combine(dens)] if denominator else []
    if all(side.not_applicable for side in sides):
        return _Stand(unit, _Manner.OWES_NOTHING, named)
    if any(side.not_applicable for side in sides):
        run.complain(Code.STATE, "state.half_owed", [*nums, *dens], criterion=criterion.code, unit=unit.code)
        return _Stand(unit, _Manner.SILENT, named)
    num = combine(nums) if numerator else Cell(State.NIL)
    den = combine(dens) if denominator else Cell(State.NIL)
    if share and den.answered and den.amount == 0:
        known = _amount(nums)
        if known > 0:
            _too_much(run, criterion, unit.code, (known, den.amount), [*nums, *dens])
        return _Stand(unit, _Manner.ANSWERED, named)
    if num.answered and den.answered:
        if share and num.amount > den.amount:
            _too_much(run, criterion, unit.code, (num.amount, den.amount), [*nums, *dens])
        return _Stand(unit, _Manner.ANSWERED, named, num.amount, den.amount)
    return _Stand(unit, _Manner.SILENT, named)


def _unit_status(stands: Iterable[_Stand], others: Iterable[Cell] = ()) -> Status | None:
    return _status([cell for stand in stands if stand.answered for _, cell in stand.cells] + list(others))


def _elements_read(stands: Iterable[_Stand], elements: Iterable[str]) -> dict[str, list[Cell]]:
    cells: dict[str, list[Cell]] = {element: [] for element in elements}
    for stand in stands:
        for element, cell in stand.cells:
            cells[element].append(cell)
    return cells


def _coverage(stands: Sequence[_Stand]) -> tuple[int, int, tuple[str, ...]]:
    owing = [stand for stand in stands if stand.owes]
    silent = tuple(stand.unit.code for stand in owing if stand.silent)
    return len(owing) - len(silent), len(owing), silent


def _pooled(run: _Run, criterion: Criterion, definition: Pooled) -> Iterator[Found]:
    terms = definition.numerator + definition.denominator
    units, basis = run.units(terms)

    def stand(unit: Unit) -> _Stand:
        return _stand(
            run, criterion, unit, definition.numerator, definition.denominator, share=definition.share
        )

    stands = [stand(unit) for unit in units]
    for unit in units:
        _check_bounds(run, criterion, definition.bounds, unit)
    published = run.at_province(definition.published) if definition.published else ABSENT
    cells = tuple(cell for each in stands for _, cell in each.cells)
    if published.answered:
        yield Found(run.province, run.period, _published(published), (published,))
    else:
        tally = _pool(definition, stands, basis, published)
        yield Found(run.province, run.period, tally, (*cells, published))
    if criterion.commune_rows:
        by_code = {each.unit.code: each for each in stands if basis is Basis.COMPUTED}
        for area in run.areas.communes:
            yield _commune_row(run, by_code.get(area.code) or stand(Unit(area.code, area.code)))


def _pool(definition: Pooled, stands: Sequence[_Stand], basis: Basis, published: Cell) -> Tally:
    have, need, silent = _coverage(stands)
    num = sum((each.numerator for each in stands), Fraction(0))
    den = sum((each.denominator for each in stands), Fraction(0))
    if have == 0 or (definition.denominator and den == 0 and have < need):
        read = _elements_read(
            stands, (term.element for term in definition.numerator + definition.denominator)
        )
        if definition.published:
            read[definition.published] = [published]
        return Tally(State.MISSING, have, need, silent=silent, missing=_missing(read))
    status = _unit_status(stands)
    if definition.denominator and den == 0:
        return Tally(State.NIL, have, need, status=status, silent=silent)
    return Tally(
        State.VALUE,
        have,
        need,
        num,
        den if definition.denominator else None,
        basis=basis,
        status=status,
        silent=silent,
    )


def _commune_row(run: _Run, stand: _Stand) -> Found:
    """Return the row of one commune from its own two sides (contract §11)."""
    cells = tuple(cell for _, cell in stand.cells)
    if not stand.owes:
        tally = Tally(State.NOT_APPLICABLE, 0, 0)
    elif stand.silent:
        tally = Tally(State.MISSING, 0, 1)
    elif stand.denominator == 0:
        tally = Tally(State.NIL, 1, 1, status=_status(cells))
    else:
        tally = Tally(State.VALUE, 1, 1, stand.numerator, stand.denominator, status=_status(cells))
    return Found(stand.unit.code, run.period, tally, cells)


def _full(run: _Run, criterion: Criterion, definition: Full) -> Iterator[Found]:
    units, basis = run.units(definition.denominator)
    stands = [_stand(run, criterion, unit, (), definition.denominator, share=False) for unit in units]
    have, need, silent = _coverage(stands)
    here = Unit(run.province, run.province)
    nums = [run.term(term, here) for term in definition.numerator]
    num, den = _amount(nums), sum((each.denominator for each in stands), Fraction(0))
    complete = have == need > 0
    known = all(cell.answered for cell in nums)
    if definition.share and complete and num > den and (known or den == 0):
        _too_much(run, criterion, run.province, (num, den), nums)
    status = _unit_status(stands, nums)
    if complete and den == 0:
        tally = Tally(State.NIL, have, need, status=status)
    elif complete and known:
        tally = Tally(State.VALUE, have, need, num, den, basis=basis, status=status)
    else:
        read = _elements_read(stands, (term.element for term in definition.denominator))
        read |= _by_element(definition.numerator, nums)
        tally = Tally(State.MISSING, have, need, silent=silent, missing=_missing(read))
    cells = tuple(cell for each in stands for _, cell in each.cells)
    yield Found(run.province, run.period, tally, (*nums, *cells))


# --- persons counted by several sources (contract §9.3) ------------------------------------------------------------


def _deduplicated(run: _Run, criterion: Criterion, definition: Deduplicated) -> Iterator[Found]:
    units, basis = run.units(definition.numerator + definition.denominator)
    stands = [_source(run, criterion, definition, unit) for unit in units]
    tally, cells = _without_duplicates(run, criterion, definition, stands, basis)
    yield Found(run.province, run.period, tally, cells)
    if criterion.commune_rows:
        by_code = {each.unit.code: each for each in stands if basis is Basis.COMPUTED}
        for area in run.areas.communes:
            unit = Unit(area.code, area.code)
            yield _commune_row(run, by_code.get(area.code) or _source(run, criterion, definition, unit))


def _source(run: _Run, criterion: Criterion, definition: Deduplicated, unit: Unit) -> _Stand:
    if not unit.org:
        return _stand(run, criterion, unit, definition.numerator, definition.denominator, share=True)
    terms = definition.numerator + definition.denominator
    place = (run.province, unit.org)
    owed = [term for term in terms if place in run.places([term])]
    cells = {term.element: run.term(term, unit) for term in owed}
    whole = combine(list(cells.values()))
    num = _amount(cells[term.element] for term in definition.numerator if term.element in cells)
    den = _amount(cells[term.element] for term in definition.denominator if term.element in cells)
    if whole.not_applicable:
        return _Stand(unit, _Manner.OWES_NOTHING, tuple(cells.items()))
    manner = _Manner.ANSWERED if whole.answered else _Manner.SILENT
    return _Stand(unit, manner, tuple(cells.items()), num, den)


def _without_duplicates(
    run: _Run, criterion: Criterion, definition: Deduplicated, stands: Sequence[_Stand], basis: Basis
) -> tuple[Tally, tuple[Cell, ...]]:
    have, need, silent = _coverage(stands)
    twice = {
        code: run.at_province(definition.duplicates, (("kind", code),))
        for code in (definition.numerator_code, definition.denominator_code)
    }
    deducted = run.at_province(definition.deducted) if definition.deducted else Cell(State.NIL)
    at_province = (*twice.values(), deducted)
    cells = (*(cell for each in stands for _, cell in each.cells), *at_province)
    num = _less(stands, definition.numerator, twice[definition.numerator_code], "numerator")
    gross = _less(stands, definition.denominator, twice[definition.denominator_code], "denominator")
    den = gross - deducted.amount if gross is not None and deducted.answered else None
    if not silent:
        _check_differences(run, criterion, (num, gross, den), deducted, cells)
    status = _unit_status(stands, at_province)
    if silent or not need or gross is None or (gross and (den is None or num is None)):
        read = _elements_read(
            stands, (term.element for term in definition.numerator + definition.denominator)
        )
        if definition.deducted:
            read[definition.deducted] = [deducted]
        gap = (definition.duplicates,) if not all(cell.answered for cell in twice.values()) else ()
        return Tally(State.MISSING, have, need, silent=silent, missing=_missing(read) + gap), cells
    if not gross or not den:
        return Tally(State.NIL, have, need, status=status), cells
    return Tally(State.VALUE, have, need, num, den, basis=basis, status=status), cells


def _less(stands: Sequence[_Stand], terms: Sequence[Term], twice: Cell, side: str) -> Fraction | None:
    """Return the sum of one side less those counted twice; None when that number is needed and unknown."""
    elements = {term.element for term in terms}
    several = any(
        cell.answered
        for each in stands
        if each.unit.org
        for element, cell in each.cells
        if element in elements
    )
    if several and not twice.answered:
        return None
    total = sum((each.numerator if side == "numerator" else each.denominator for each in stands), Fraction(0))
    return total - twice.amount if twice.answered else total


def _check_differences(
    run: _Run,
    criterion: Criterion,
    amounts: tuple[Fraction | None, Fraction | None, Fraction | None],
    deducted: Cell,
    cells: Sequence[Cell],
) -> None:
    num, gross, den = amounts
    whole = den if gross else gross
    if any(amount is not None and amount < 0 for amount in (num, gross)):
        run.complain(Code.PART, "part.duplicates_exceed", cells, criterion=criterion.code, unit=run.province)
    elif gross is not None and deducted.answered and deducted.amount > gross:
        _too_much(run, criterion, run.province, (deducted.amount, gross), cells)
    elif num is not None and whole is not None and num > whole:
        _too_much(run, criterion, run.province, (num, whole), cells)


# --- agencies (contract §9.1) --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _GroupCount:
    passing: Fraction
    answered: Fraction
    register: Cell
    silent: tuple[str, ...]
    cells: tuple[Cell, ...]
    totals: bool = False


def _agencies(run: _Run, criterion: Criterion, definition: Agencies) -> Iterator[Found]:
    groups = [_group(run, group) for group in definition.groups]
    for group, count in zip(definition.groups, groups, strict=True):
        _check_group(run, criterion, group, count)
    registers = [count.register for count in groups]
    known = all(register.answered for register in registers)
    have = int(sum(count.answered for count in groups)) if known else 0
    need = int(_amount(registers)) if known else 0
    silent = tuple(code for count in groups for code in count.silent)
    cells = tuple(cell for count in groups for cell in count.cells)
    if have == 0:
        read = {group.flag: list(count.cells) for group, count in zip(definition.groups, groups, strict=True)}
        read |= {
            group.register: [count.register] for group, count in zip(definition.groups, groups, strict=True)
        }
        tally = Tally(State.MISSING, have, need, silent=silent, missing=_missing(read))
    else:
        basis = Basis.TOTALS if any(count.totals for count in groups) else Basis.COMPUTED
        passing = sum((count.passing for count in groups), Fraction(0))
        status = _status((*cells, *registers))
        tally = Tally(
            State.VALUE, have, need, passing, Fraction(have), basis=basis, status=status, silent=silent
        )
    yield Found(run.province, run.period, tally, (*cells, *registers))


def _group(run: _Run, group: AgencyGroup) -> _GroupCount:
    register = run.at_province(group.register)
    zero = Fraction(0)
    if group.by == "province":
        cell = run.at_province(group.flag)
        answered = register.amount if cell.answered and register.answered else zero
        silent: tuple[str, ...] = () if cell.answered else (run.province,)
        return _GroupCount(cell.amount if cell.answered else zero, answered, register, silent, (cell,))
    places = run.places([Term(group.flag)])
    if places == {(run.province, "")}:
        cell = run.at_province(group.flag)
        answered = register.amount if cell.answered and register.answered else zero
        return _GroupCount(
            cell.amount if cell.answered else zero, answered, register, (), (cell,), totals=True
        )
    if group.by == "commune":
        units = [Unit(area.code, area.code) for area in run.areas.communes]
    else:
        orgs = sorted(org for area, org in places if area == run.province and org)
        units = [Unit(org, run.province, org) for org in orgs]
    cells = [run.term(Term(group.flag), unit) for unit in units]
    pairs = [(unit, cell) for unit, cell in zip(units, cells, strict=True) if not cell.not_applicable]
    answered = Fraction(sum(1 for _, cell in pairs if cell.answered))
    silent = tuple(unit.code for unit, cell in pairs if not cell.answered)
    return _GroupCount(_amount(cell for _, cell in pairs), answered, register, silent, tuple(cells))


def _check_group(run: _Run, criterion: Criterion, group: AgencyGroup, count: _GroupCount) -> None:
    told = {"criterion": criterion.code, "element": group.register}
    cells = [count.register, *count.cells]
    register = count.register
    if group.by == "commune" and register.answered and register.amount != len(run.areas.communes):
        told |= {"found": _words(register.amount), "expected": str(len(run.areas.communes))}
        run.complain(Code.REGISTER, "register.communes", [register], **told)
    if group.by == "org" and register.answered and count.answered > register.amount:
        told |= {"found": _words(count.answered), "expected": _words(register.amount)}
        run.complain(Code.REGISTER, "register.agencies", cells, **told)
    whole = register.amount if count.totals or group.by == "province" else count.answered
    known = register.answered or not (count.totals or group.by == "province")
    if known and any(cell.answered for cell in count.cells) and count.passing > whole:
        _too_much(run, criterion, run.province, (count.passing, whole), cells)


# --- every sub-period (contract §§9.6, 9.7) ------------------------------------------------------------------------


def _every_quarter(run: _Run, criterion: Criterion, definition: EveryQuarter) -> Iterator[Found]:
    names = quarters(run.year)
    by_commune = {
        area.code: [
            run.frame.first_present(definition.element, area.code, "", quarter_alternatives(quarter))
            for quarter in names
        ]
        for area in run.areas.communes
    }

    def found(period: str, chosen: Sequence[int]) -> Found:
        each = {code: [cells[place] for place in chosen] for code, cells in by_commune.items()}
        tally = _passing(definition.element, definition.at_least, each)
        return Found(run.province, period, tally, tuple(cell for cells in each.values() for cell in cells))

    spans = [(name, (place,)) for place, name in enumerate(names)] + [(run.period, tuple(range(len(names))))]
    for period, chosen in spans:
        yield found(period, chosen)
    if criterion.commune_rows:
        for code, cells in by_commune.items():
            for period, chosen in spans:
                read = tuple(cells[place] for place in chosen)
                yield Found(code, period, _commune_passing(definition.at_least, read), read)


def _owed(cells: Iterable[Cell]) -> list[Cell]:
    return [cell for cell in cells if not cell.not_applicable]


def _passing(element: str, at_least: int, by_unit: dict[str, list[Cell]]) -> Tally:
    """Return how many units reach the mark in every sub-period they owe; silence does not pass (J10)."""
    owing = {code: owed for code, cells in by_unit.items() if (owed := _owed(cells))}
    silent = tuple(code for code, owed in owing.items() if not all(cell.answered for cell in owed))
    have, need = len(owing) - len(silent), len(owing)
    spans = zip(*by_unit.values(), strict=True) if by_unit else iter(())
    heard = [any(cell.answered for cell in cells) for cells in spans]
    every = [cell for cells in by_unit.values() for cell in cells]
    if not heard or not all(heard):
        missing = _missing({element: every})
        return Tally(State.MISSING, have, need, silent=silent, missing=missing, partial_counts=True)
    passing = sum(1 for owed in owing.values() if _passes(owed, at_least))
    return Tally(
        State.VALUE,
        have,
        need,
        Fraction(passing),
        Fraction(need),
        status=_status(every),
        silent=silent,
        partial_counts=True,
    )


def _passes(owed: Iterable[Cell], at_least: int) -> bool:
    return all(cell.answered and cell.amount >= at_least for cell in owed)


def _commune_passing(at_least: int, cells: Sequence[Cell]) -> Tally:
    owed = _owed(cells)
    if not owed:
        return Tally(State.NOT_APPLICABLE, 0, 0)
    if not all(cell.answered for cell in owed):
        return Tally(State.MISSING, 0, 1)
    return Tally(State.VALUE, 1, 1, Fraction(_passes(owed, at_least)), Fraction(1), status=_status(owed))


def _every_month(run: _Run, criterion: Criterion, definition: EveryMonthByKind) -> Iterator[Found]:
    names = months(run.year)
    by_kind = {
        kind: [
            run.frame.cell(definition.element, run.province, "", month, (("kind", kind),)) for month in names
        ]
        for kind in sorted(run.frame.kinds_of(definition.element, names))
    }
    stations = {kind: cells for kind, cells in by_kind.items() if _owed(cells)}
    register = run.at_province(definition.register)
    cells = tuple(cell for each in by_kind.values() for cell in each)
    if register.answered and len(stations) > register.amount:
        data = {
            "element": definition.register,
            "found": str(len(stations)),
            "expected": _words(register.amount),
        }
        run.complain(Code.REGISTER, "register.units", [register], criterion=criterion.code, **data)
    counted = _passing(definition.element, definition.at_least, stations)
    yield Found(
        run.province, run.period, _of_register(definition, counted, register, cells), (*cells, register)
    )


def _of_register(
    definition: EveryMonthByKind, counted: Tally, register: Cell, cells: Sequence[Cell]
) -> Tally:
    """Set the units that pass against the register instead of against those that were heard of."""
    status = _status((*cells, register))
    need = int(register.amount) if register.answered else 0
    if register.answered and need == 0:
        return Tally(State.NIL, counted.have, 0, status=status, partial_counts=True)
    if register.answered and counted.state is State.VALUE:
        return Tally(
            State.VALUE,
            counted.have,
            need,
            counted.numerator,
            Fraction(need),
            status=status,
            silent=counted.silent,
            partial_counts=True,
        )
    missing = _missing({definition.element: list(cells), definition.register: [register]})
    return Tally(
        State.MISSING, counted.have, need, silent=counted.silent, missing=missing, partial_counts=True
    )
