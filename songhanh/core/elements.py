"""What a data element is: where its figures may stand, and what they may be.

Source: compute contract §§3, 5, 6. The elements themselves are data of a plan edition; this module only knows the
shapes such data can take.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

TOTAL = "_T"
"""Code of a dimension that is not broken down."""

DIMENSIONS = ("sex", "age", "ethnicity", "kind")
"""The dimensions of an observation, in the order in which partitions are tried (contract §7.1)."""


class AreaClass(StrEnum):
    """Who a figure of an element belongs to."""

    P = "P"  # one figure for the province
    X = "X"  # one figure per commune
    XO = "XO"  # communes, and organisations at the province
    O = "O"  # noqa: E741  organisations at the province

    @property
    def by_commune(self) -> bool:
        """True when communes own figures of the element."""
        return self in {AreaClass.X, AreaClass.XO}

    @property
    def by_org(self) -> bool:
        """True when organisations own figures of the element."""
        return self in {AreaClass.O, AreaClass.XO}


class ReadAt(StrEnum):
    """At which periods a figure of an element is read for a year Y."""

    I = "I"  # noqa: E741  the instant 31 December Y
    Y = "Y"  # the calendar year
    A = "A"  # additive: the year, else its quarters, else its months
    Q = "Q"  # the four quarters
    M = "M"  # the twelve months
    S = "S"  # the school year that ends in Y


class ValueKind(StrEnum):
    """What a value of an element can be."""

    COUNT = "count"  # a whole number
    FLAG = "flag"  # 0 or 1 for a unit; the number of units in a total row
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class ValueRule:
    """The values an element may take; `low` and `high` are included unless `low_open`."""

    kind: ValueKind
    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False


@dataclass(frozen=True, slots=True)
class Partition:
    """Codes of one dimension that together make up the total."""

    dimension: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadRule:
    """How figures of an element are checked and read (one row of contract §6)."""

    area_class: AreaClass
    at: ReadAt
    value: ValueRule
    nil: bool  # KHONG_PHAT_SINH may stand
    not_applicable: bool  # KHONG_AP_DUNG may stand
    partitions: tuple[Partition, ...] = ()
    kinds: tuple[str, ...] | None = ()  # codes besides _T; None: any code
    total_kind: bool = True  # False: `_T` may not stand as kind

    def partitions_besides(self, fixed: frozenset[str]) -> Iterator[Partition]:
        """Yield the partitions of dimensions that are not fixed, in the order sex, age, ethnicity, kind."""
        for dimension in DIMENSIONS:
            if dimension not in fixed:
                yield from (p for p in self.partitions if p.dimension == dimension)


@dataclass(frozen=True, slots=True)
class ElementSpec:
    """A data element of the catalogue; `rule` is there only when some criterion reads the element."""

    code: str
    name: str
    unit: str
    is_text: bool = False
    is_computed: bool = False
    rule: ReadRule | None = None


@dataclass(frozen=True, slots=True)
class Dimensions:
    """The codes that sex, age and ethnicity may carry, `_T` included (contract §5)."""

    sex: tuple[str, ...]
    age: tuple[str, ...]
    ethnicity: tuple[str, ...]
