"""An edition: everything a plan says, as frozen data. Built by `loader`, checked before anybody sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from songhanh.core.areas import Area, AreaMap, map_day, map_on
from songhanh.core.elements import Dimensions, ElementSpec
from songhanh.core.indicators import Criterion, Definition
from songhanh.core.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Term:
    """First and last year of the plan."""

    first: int
    last: int

    @property
    def years(self) -> range:
        """Return the years of the plan."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement: its words, the factor that leads to it, and how its values are printed.

    `difference` words the difference of two values ("điểm %"); `decimals` is how many places a page shows.
    """

    code: str
    words: str
    factor: int
    decimals: int
    difference: str


@dataclass(frozen=True, slots=True)
class Objective:
    """A heading under which the plan groups its targets."""

    code: str
    clause: str
    quote: str
    title: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """An agency and the words of the plan that give it a part in a target.

    `clause` and `quote` are None when the plan does not name the agency there; `note` then says where the part
    comes from.
    """

    agency: str
    clause: str | None
    quote: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """The year by which a target is due: from the plan's own words, or from a reading when they name none."""

    year: int
    quote: str | None
    reading: str | None


@dataclass(frozen=True, slots=True)
class Baseline:
    """The starting value that the plan itself names, with the words that name it."""

    value: Decimal
    quote: str


@dataclass(frozen=True, slots=True)
class CriterionText:
    """The words of a criterion: where the plan says it, how it is named, how it is read."""

    code: str
    target: str
    name: str
    quote: str
    indicator: str
    comparator_words: str | None
    baseline: Baseline | None
    readings: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A target of the plan. `lead` is None when the plan names nobody; `lead_gap` then says so in a sentence."""

    code: str
    objective: str
    clause: str
    quote: str
    title: str
    due: Due
    lead: Assignment | None
    lead_gap: str | None
    coordinators: tuple[Assignment, ...]
    suppliers: tuple[Assignment, ...]
    gaps: tuple[str, ...]
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured: a definition over the closed set of kinds, and the same in words."""

    code: str
    version: int
    unit: str
    unit_words: str
    definition: Definition
    plausible: tuple[Decimal, Decimal] | None
    commune_rows: bool
    words: str
    numerator_words: str
    denominator_words: str | None
    traps: tuple[str, ...]


class Content(StrEnum):
    """What an element holds."""

    NUMBER = "number"
    TEXT = "text"  # words, never computed with
    COMPUTED = "computed"  # worked out from others, never typed


class Frequency(StrEnum):
    """How often an element is asked for."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    TERM = "term"  # once in a term of office
    FIVE_YEARS = "five_years"
    ROUND = "round"  # when a survey is held
    ON_CHANGE = "on_change"  # a register, kept up to date
    EACH_TIME = "each_time"  # with the figures it explains


@dataclass(frozen=True, slots=True)
class KindCode:
    """A code of the dimension `kind`, with the words a form shows for it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Element:
    """An entry of the catalogue of data elements: what is asked, of whom, how often, how it is checked."""

    code: str
    name: str
    unit: str
    content: Content
    supplier_words: str
    suppliers: tuple[str, ...]
    frequency_words: str
    frequencies: tuple[Frequency, ...]
    breakdown: str | None
    check: str | None
    used_for: tuple[str, ...]
    core: bool
    kinds: tuple[KindCode, ...]
    of_whom: tuple[str, ...]  # codes of sex reported beside the total ("trong đó nữ")
    readings: tuple[str, ...]


class Bloc(StrEnum):
    """The system of offices an agency belongs to; it decides who signs how."""

    GOVERNMENT = "chinh_quyen"
    SECTOR = "nganh_doc"
    PARTY = "dang"
    FRONT = "mat_tran_doan_the"
    COMMUNE = "cap_xa"
    OTHER = "khac"


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency, or a class of agencies (`is_class`), with the wording documents use for it.

    `name` is the full name, `document` the wording inside a sentence, `short` the usual abbreviation, `upper` the
    lines of the head of its own documents; `clause` is None when the plan does not name it.
    """

    code: str
    name: str
    document: str
    short: str
    upper: tuple[str, ...]
    bloc: Bloc
    clause: str | None
    is_class: bool
    order: int


@dataclass(frozen=True, slots=True)
class Place:
    """A province or commune with what documents need to say about it.

    `full_name` as it stands inside a sentence; `document_place` as it stands before the date of a document.
    """

    code: str
    name: str
    full_name: str
    type: str
    document_place: str
    population: int
    area_km2: Decimal
    order: int


@dataclass(frozen=True, slots=True)
class Successor:
    """A commune of today that took over a former unit: `whole`, a `part`, or the `rest` of it."""

    code: str
    part: str


@dataclass(frozen=True, slots=True)
class FormerArea:
    """A unit that no longer exists. Its code may have been given again to one of today's communes."""

    code: str
    name: str
    district_code: str
    district: str
    valid_from: date | None
    valid_to: date
    successors: tuple[Successor, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """The square of a commune on the tile map; column and row count from 0, from the north-west."""

    code: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How unclear words of the plan are read until somebody who may say so confirms it.

    `quote` are the words interpreted, None when the plan is silent. `general` readings apply to every criterion.
    """

    code: str
    title: str
    clause: str | None
    quote: str | None
    words: str
    general: bool
    confirmed_by: str | None


@dataclass(frozen=True, slots=True)
class Slip:
    """Words of the plan that look like a slip of the pen: quoted as they stand, with what was `likely` meant."""

    clause: str
    quote: str
    likely: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A plan as data. `digest` changes with every byte of its files; `folder` is where they lie."""

    id: str
    digest: str
    folder: Path
    text: str
    title: str
    number: str | None
    day: date | None
    issued: str
    term: Term
    issuer: str
    status: str
    units: Mapping[str, Unit]
    dimensions: Dimensions
    dimension_names: Mapping[str, Mapping[str, str]]
    objectives: tuple[Objective, ...]
    targets: tuple[Target, ...]
    criteria: tuple[Criterion, ...]
    wording: Mapping[str, CriterionText]
    indicators: Mapping[str, Indicator]
    elements: Mapping[str, ElementSpec]
    catalogue: Mapping[str, Element]
    agencies: Mapping[str, Agency]
    areas: tuple[Area, ...]
    places: Mapping[str, Place]
    former_areas: tuple[FormerArea, ...]
    tiles: tuple[Tile, ...]
    readings: Mapping[str, Reading]
    slips: tuple[Slip, ...]
    reports: Mapping[str, Mapping[str, object]]

    @property
    def rules(self) -> Rulebook:
        """The part of the edition that computing reads."""
        return Rulebook(self.elements, self.criteria, self.dimensions, self.term.first, self.term.last)

    def area_map(self, year: int) -> AreaMap:
        """Return the province and communes on which figures of `year` stand (contract §2, J1)."""
        return map_on(self.areas, map_day(year, self.term.first))

    def target(self, code: str) -> Target:
        """Return a target. Raises: KeyError, when the plan has no target of that code."""
        for target in self.targets:
            if target.code == code:
                return target
        raise KeyError(code)

    def criterion(self, code: str) -> Criterion:
        """Return a criterion. Raises: KeyError, when the plan has no criterion of that code."""
        for criterion in self.criteria:
            if criterion.code == code:
                return criterion
        raise KeyError(code)

    def readings_of(self, criterion: str) -> tuple[Reading, ...]:
        """Return the readings a criterion rests on: its own, of its elements and due year, then the general ones."""
        words = self.wording[criterion]
        own = {*words.readings, self.target(words.target).due.reading}
        for element in self.criterion(criterion).elements:
            own.update(self.catalogue[element].readings)
        return tuple(r for r in self.readings.values() if r.code in own) + tuple(
            r for r in self.readings.values() if r.general and r.code not in own
        )
