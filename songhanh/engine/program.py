"""Definitions as rows: what the criteria of a rulebook want to read, for one year.

A rulebook is data over a closed set of kinds. Here each criterion becomes cells (which rows make up a figure,
contract §7.1–7.2) and scopes (one sum over units, contract §7.3); `expressions` says in columns what is done with
them, once for all criteria of a kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from songhanh.core.areas import AreaMap
from songhanh.core.elements import DIMENSIONS, TOTAL, ReadAt, ReadRule, ValueKind
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
from songhanh.core.periods import alternatives, months, periods_read, quarter_alternatives, quarters
from songhanh.core.rulebook import Rulebook

Row = tuple[object, ...]
Fixed = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CellKey:
    """A figure of any unit: an element at the first of some groups of periods that is there, some codes fixed."""

    element: str
    groups: tuple[tuple[str, ...], ...]
    fixed: Fixed = ()


@dataclass(frozen=True, slots=True)
class ReadingKey:
    """An element with the year its rows are looked at."""

    element: str
    year: int


@dataclass(frozen=True, slots=True)
class ScopeKey:
    """A sum over units: a criterion, and which of its sums ("" when it has one)."""

    criterion: str
    part: str = ""


SHARE, DEDUPLICATED, EVERY, BOUNDS = "share", "deduplicated", "every", "bounds"
"""Families of expressions (contract §7.3, §9.3, §9.6; BOUNDS carries only pairs of figures that limit each other)."""


@dataclass(frozen=True, slots=True)
class Role:
    """A cell on one side of a scope; `owned`: rows of its element make units and rule out totals."""

    side: str
    cell: CellKey
    reading: ReadingKey
    owned: bool
    by_org: bool
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What is added over which units."""

    family: str
    roles: tuple[Role, ...] = ()
    share: bool = False
    communes: bool = False
    orgs: bool = False
    bounds: tuple[tuple[CellKey, CellKey], ...] = ()
    commune_rows: bool = False

    @property
    def may_use_totals(self) -> bool:
        """True when a total of the province may stand in for its units (contract §7.4)."""
        return self.family in {SHARE, DEDUPLICATED}


def is_supported(rules: Rulebook) -> bool:
    """Say whether the engine's columns hold every figure that the rulebook reads.

    Decimals stand only in figures of the province that are one row (contract §6), and persons counted by several
    sources are read once per element; a rulebook beyond that is left to the reference.
    """
    return all(_fits(rule) for rule in _rules_read(rules)) and all(
        _each_once(criterion.definition.numerator + criterion.definition.denominator)
        for criterion in rules.criteria
        if isinstance(criterion.definition, Deduplicated)
    )


def _rules_read(rules: Rulebook) -> Iterator[ReadRule]:
    return (spec.rule for spec in rules.elements.values() if spec.rule is not None)


def _fits(rule: ReadRule) -> bool:
    whole = rule.value.kind is not ValueKind.DECIMAL
    one_row = rule.at in {ReadAt.I, ReadAt.Y, ReadAt.S} and not rule.partitions
    owned_by_units = rule.area_class.by_commune or rule.area_class.by_org
    return whole or (one_row and not owned_by_units)


def _each_once(terms: Sequence[Term]) -> bool:
    return len({term.element for term in terms}) == len(terms)


@dataclass(slots=True)
class Program:
    """The definitions of a rulebook for one year, as cells, readings and scopes with numbers.

    `kinds` holds the codes found for elements whose units are told apart by `kind`; they are known only after a first
    look at the frame, see `with_kinds`.
    """

    rules: Rulebook
    areas: AreaMap
    year: int
    cells: dict[CellKey, int] = field(default_factory=dict)
    readings: dict[ReadingKey, int] = field(default_factory=dict)
    scopes: dict[ScopeKey, Scope] = field(default_factory=dict)
    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @staticmethod
    def of(rules: Rulebook, areas: AreaMap, year: int) -> Program:
        """Return the program of a rulebook for a year."""
        program = Program(rules, areas, year)
        for criterion in rules.criteria:
            program._add(criterion)
        return program

    def with_kinds(self, found: Mapping[str, Iterable[str]]) -> None:
        """Take note of the codes of `kind` that rows carry, and want their months."""
        for definition in self._by_kind():
            self.kinds[definition.element] = tuple(sorted(found.get(definition.element, ())))
            for kind in self.kinds[definition.element]:
                for month in months(self.year):
                    self._cell(self.month(definition.element, kind, month))

    # What a criterion reads

    def rule(self, element: str) -> ReadRule:
        """Return how an element is read. Raises: KeyError for one that is not read."""
        rule = self.rules.elements[element].rule
        if rule is None:
            raise KeyError(element)
        return rule

    def term(self, term: Term) -> CellKey:
        """Return the cell that a term of a formula reads."""
        return CellKey(
            term.element, alternatives(self.rule(term.element).at, self.year + term.year), term.fixed
        )

    def figure(self, element: str, fixed: Fixed = ()) -> CellKey:
        """Return the cell of an element in the program's year."""
        return self.term(Term(element, 0, fixed))

    def quarter(self, element: str, quarter: str) -> CellKey:
        """Return the cell of a calendar quarter."""
        return CellKey(element, quarter_alternatives(quarter))

    def month(self, element: str, kind: str, month: str) -> CellKey:
        """Return the cell of one code of `kind` in a month."""
        return CellKey(element, ((month,),), (("kind", kind),))

    # Rows of the tables

    def rows(self, totals: frozenset[ScopeKey]) -> dict[str, list[Row]]:
        """Return the rows of every table that is filled from the definitions.

        `totals`: scopes whose units are replaced by the province's own total (contract §7.4).
        """
        numbers = {key: number for number, key in enumerate(self.scopes)}
        return {
            **self._cell_rows(),
            "engine_scope": [self._scope_row(key, numbers[key], totals=key in totals) for key in self.scopes],
            "engine_role": [
                (
                    numbers[key],
                    role.side,
                    self.cells[role.cell],
                    self.readings[role.reading],
                    int(role.by_org),
                    role.mark,
                )
                for key, scope in self.scopes.items()
                for role in scope.roles
            ],
            "engine_bound": [
                (numbers[key], self.cells[low], self.cells[high])
                for key, scope in self.scopes.items()
                for low, high in scope.bounds
            ],
        }

    def reading_rows(self) -> list[Row]:
        """Return the rows of `engine_reading`."""
        by_kind = {definition.element for definition in self._by_kind()}
        return [
            (number, key.element, period, int(key.element in by_kind))
            for key, number in self.readings.items()
            for period in sorted(periods_read(self.rule(key.element).at, key.year))
        ]

    def place_rows(self) -> list[Row]:
        """Return the rows of `engine_place`."""
        return [(self.areas.province.code, 0), *((area.code, 1) for area in self.areas.communes)]

    def _scope_row(self, key: ScopeKey, number: int, *, totals: bool) -> Row:
        scope = self.scopes[key]
        sides = [role.side for role in scope.roles]
        return (
            number,
            scope.family,
            sides.count("N"),
            sides.count("D"),
            int(scope.share),
            int(scope.communes and not totals),
            int(scope.orgs and not totals),
            int(totals or scope.family == BOUNDS),
            int(scope.commune_rows),
        )

    def _cell_rows(self) -> dict[str, list[Row]]:
        """Return the rows that say what makes up each cell: the rows wanted, their slots, spots and spans."""
        wanted: list[Row] = []
        slots: list[Row] = []
        spots: list[Row] = []
        spans: list[Row] = []
        for key, cell in self.cells.items():
            choices = list(_slots(self.rule(key.element), key.fixed))
            for time_rank, group in enumerate(key.groups):
                spans.append((len(spans), cell, time_rank, len(group)))
                for period in group:
                    spots.append((len(spots), len(spans) - 1))
                    for slot_rank, choice in enumerate(choices):
                        slots.append((len(slots), len(spots) - 1, slot_rank, len(choice)))
                        wanted += [(len(slots) - 1, key.element, period, *codes) for codes in choice]
        return {"engine_wanted": wanted, "engine_slot": slots, "engine_spot": spots, "engine_span": spans}

    # Criteria

    def _by_kind(self) -> Iterator[EveryMonthByKind]:
        for criterion in self.rules.criteria:
            if isinstance(criterion.definition, EveryMonthByKind):
                yield criterion.definition

    def _cell(self, key: CellKey) -> CellKey:
        self.cells.setdefault(key, len(self.cells))
        return key

    def _reading(self, element: str, year: int = 0) -> ReadingKey:
        key = ReadingKey(element, self.year + year)
        self.readings.setdefault(key, len(self.readings))
        return key

    def _role(self, side: str, term: Term) -> Role:
        owner = self.rule(term.element).area_class
        return Role(
            side,
            self._cell(self.term(term)),
            self._reading(term.element, term.year),
            owned=owner.by_commune,
            by_org=owner.by_commune and owner.by_org,
        )

    def _roles(self, numerator: Iterable[Term], denominator: Iterable[Term]) -> tuple[Role, ...]:
        sides = (("N", numerator), ("D", denominator))
        return tuple(self._role(side, term) for side, terms in sides for term in terms)

    def _figure(self, element: str) -> CellKey:
        self._reading(element)
        return self._cell(self.figure(element))

    def _bounds(self, pairs: Iterable[tuple[str, str]]) -> tuple[tuple[CellKey, CellKey], ...]:
        return tuple((self._figure(low), self._figure(high)) for low, high in pairs)

    def _add(self, criterion: Criterion) -> None:
        key = ScopeKey(criterion.code)
        match criterion.definition:
            case Ratio() as ratio:
                self._roles(ratio.numerator, ratio.denominator)
                if ratio.published:
                    self._figure(ratio.published)
                self.scopes[key] = Scope(BOUNDS, bounds=self._bounds(ratio.bounds))
            case Pooled() as pooled:
                if pooled.published:
                    self._figure(pooled.published)
                self.scopes[key] = self._over_units(
                    SHARE,
                    self._roles(pooled.numerator, pooled.denominator),
                    share=pooled.share,
                    bounds=self._bounds(pooled.bounds),
                    commune_rows=criterion.commune_rows,
                )
            case Full() as full:
                self._roles(full.numerator, ())
                self.scopes[key] = self._over_units(SHARE, self._roles((), full.denominator))
            case Deduplicated() as counted:
                self._add_deduplicated(key, counted, commune_rows=criterion.commune_rows)
            case Agencies() as agencies:
                self._add_agencies(key, agencies)
            case EveryQuarter() as every:
                self._add_quarters(key, every, commune_rows=criterion.commune_rows)
            case EveryMonthByKind() as every_month:
                self._reading(every_month.element)
                self._figure(every_month.register)

    def _over_units(
        self,
        family: str,
        roles: tuple[Role, ...],
        *,
        share: bool = False,
        bounds: tuple[tuple[CellKey, CellKey], ...] = (),
        commune_rows: bool = False,
    ) -> Scope:
        orgs = any(role.by_org for role in roles)
        return Scope(
            family, roles, share=share, communes=True, orgs=orgs, bounds=bounds, commune_rows=commune_rows
        )

    def _add_deduplicated(self, key: ScopeKey, counted: Deduplicated, *, commune_rows: bool) -> None:
        for code in (counted.numerator_code, counted.denominator_code):
            self._cell(self.figure(counted.duplicates, (("kind", code),)))
        self._reading(counted.duplicates)
        if counted.deducted:
            self._figure(counted.deducted)
        roles = self._roles(counted.numerator, counted.denominator)
        self.scopes[key] = self._over_units(DEDUPLICATED, roles, share=True, commune_rows=commune_rows)

    def _add_agencies(self, key: ScopeKey, agencies: Agencies) -> None:
        for group in agencies.groups:
            self._figure(group.flag)
            self._figure(group.register)
            if group.by != "province":
                by_org = group.by == "org"
                role = replace(self._role("N", Term(group.flag)), owned=True, by_org=by_org)
                scope = Scope(SHARE, (role,), communes=not by_org, orgs=by_org)
                self.scopes[ScopeKey(key.criterion, group.flag)] = scope

    def _add_quarters(self, key: ScopeKey, every: EveryQuarter, *, commune_rows: bool) -> None:
        reading = self._reading(every.element)
        roles = {
            name: Role(
                "N",
                self._cell(self.quarter(every.element, name)),
                reading,
                owned=True,
                by_org=False,
                mark=every.at_least,
            )
            for name in quarters(self.year)
        }
        for name, role in roles.items():
            self.scopes[ScopeKey(key.criterion, name)] = Scope(
                EVERY, (role,), communes=True, commune_rows=commune_rows
            )
        self.scopes[key] = Scope(EVERY, tuple(roles.values()), communes=True, commune_rows=commune_rows)


def _slots(rule: ReadRule, fixed: Fixed) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield the sets of dimension codes that make up a cell, the direct row first (contract §7.1)."""
    base = dict.fromkeys(DIMENSIONS, TOTAL) | dict(fixed)
    yield (tuple(base[name] for name in DIMENSIONS),)
    for partition in rule.partitions_besides(frozenset(dict(fixed))):
        parts = (base | {partition.dimension: code} for code in partition.codes)
        yield tuple(tuple(part[name] for name in DIMENSIONS) for part in parts)
