"""The closed set of indicator kinds, and criteria that judge them.

A definition says which elements are added, for which periods, and what is divided by what. It is data of a plan
edition; a new kind is a new, tested class here and in the engine, never an expression in a file.
Source: compute contract §§8, 9.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal


class Comparator(StrEnum):
    """How a value is held against its threshold."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    MILESTONE = "milestone"  # at least, once
    MAINTAIN = "maintain"  # at least, every year


@dataclass(frozen=True, slots=True)
class Term:
    """An element read with some dimensions fixed; `year` is the offset to the year of the criterion.

    For elements of a school year, offset 0 is the school year that ends in the criterion's year.
    """

    element: str
    year: int = 0
    fixed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ratio:
    """Province figures: numerator ÷ denominator × factor; a plain count when there is no denominator.

    `published` names the element that holds the published rate, used when the counts are not there. `bounds` are
    pairs of which the first element may not exceed the second. Values above `cohort_limit` get the warning
    W_COHORT.
    """

    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    factor: int = 100
    share: bool = False
    published: str | None = None
    bounds: tuple[tuple[str, str], ...] = ()
    cohort_limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Pooled:
    """Figures of units: sum of numerators ÷ sum of denominators × factor over the units that answered."""

    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    factor: int = 100
    share: bool = False
    published: str | None = None  # wins over the counts when answered
    bounds: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Full:
    """A province figure over the sum of units, given only when every unit answered."""

    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    factor: int = 100
    share: bool = True


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """Persons counted by several sources, less those counted twice, given only when every unit answered.

    `duplicates` is the province element that holds the number counted twice, by `kind`; `deducted` a province
    element taken off the denominator.
    """

    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    duplicates: str
    numerator_code: str
    denominator_code: str
    deducted: str | None = None
    factor: int = 100


@dataclass(frozen=True, slots=True)
class AgencyGroup:
    """Agencies of one sort: `flag` says whether an agency passes, `register` how many there are."""

    flag: str
    register: str
    by: Literal["org", "province", "commune"]


@dataclass(frozen=True, slots=True)
class Agencies:
    """Share of agencies that pass among those that answered."""

    groups: tuple[AgencyGroup, ...]
    factor: int = 100


@dataclass(frozen=True, slots=True)
class EveryQuarter:
    """Share of communes whose figure reaches `at_least` in every quarter they owe."""

    element: str
    at_least: int
    factor: int = 100


@dataclass(frozen=True, slots=True)
class EveryMonthByKind:
    """Share of registered units, told apart by `kind`, that reach `at_least` in every month they owe."""

    element: str
    register: str
    at_least: int
    factor: int = 100


Definition = Ratio | Pooled | Full | Deduplicated | Agencies | EveryQuarter | EveryMonthByKind


@dataclass(frozen=True, slots=True)
class Criterion:
    """A measurable part of a target: an indicator, and the threshold the plan sets for it.

    `unit` is the code of the unit (`PT`, `RATIO`, …); `threshold` is in that unit. Without a comparator the value
    is shown and not judged. `plausible` is the range outside which the value gets the warning W_RANGE.
    """

    code: str
    target: str
    unit: str
    comparator: Comparator | None
    threshold: Decimal | None
    plausible: tuple[Decimal, Decimal] | None
    definition: Definition
    commune_rows: bool = False

    @property
    def elements(self) -> tuple[str, ...]:
        """The criterion's formula: codes of its elements, each once."""
        return tuple(dict.fromkeys(_elements(self.definition)))


def _elements(definition: Definition) -> Iterator[str]:
    match definition:
        case Ratio() | Pooled():
            yield from (term.element for term in definition.numerator + definition.denominator)
            if definition.published:
                yield definition.published
        case Full():
            yield from (term.element for term in definition.numerator + definition.denominator)
        case Deduplicated():
            yield from (term.element for term in definition.numerator + definition.denominator)
            yield definition.duplicates
            if definition.deducted:
                yield definition.deducted
        case Agencies():
            for group in definition.groups:
                yield from (group.flag, group.register)
        case EveryQuarter():
            yield definition.element
        case EveryMonthByKind():
            yield from (definition.element, definition.register)
