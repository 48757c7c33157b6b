"""An observation: one figure or one told gap, about a place, for a period. Source: compute contract §3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from .results import State, Status

MILLION = 1_000_000


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """An exact number with at most six decimals, held as whole part and millionths (0 to 999,999)."""

    whole: int
    micro: int = 0

    @property
    def exact(self) -> Fraction:
        """The number itself."""
        return Fraction(self.whole * MILLION + self.micro, MILLION)

    def __str__(self) -> str:
        """Write the number with a point and without needless zeros."""
        return str(self.whole) + (f".{self.micro:06d}".rstrip("0") if self.micro else "")

    @staticmethod
    def parse(text: str) -> Quantity:
        """Read a number that is known to be well written (contract §3.1)."""
        whole, _, fraction = text.partition(".")
        return Quantity(int(whole), int(fraction.ljust(6, "0")) if fraction else 0)


@dataclass(frozen=True, slots=True)
class Observation:
    """One row of a file or of the register; `value` is there if and only if the state is GIA_TRI.

    `line` is the row's place in the file it came from, 0 when it came from elsewhere. `extra` keeps the `x_…`
    columns, which computing ignores.
    """

    element: str
    area: str
    period: str
    state: State
    value: Quantity | None = None
    org: str = ""
    sex: str = "_T"
    age: str = "_T"
    ethnicity: str = "_T"
    kind: str = "_T"
    status: Status = Status.OFFICIAL
    line: int = 0
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, ...]:
        """The key that occurs once (contract §3.2)."""
        return (self.element, self.area, self.org, self.period, self.sex, self.age, self.ethnicity, self.kind)

    @property
    def answer(self) -> int:
        """The whole number a row of an element of whole numbers stands for: a declared nil counts as 0."""
        return self.value.whole if self.value else 0
