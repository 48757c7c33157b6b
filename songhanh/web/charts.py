"""Where the marks of a drawing stand. Exact numbers in, texts for SVG attributes out; templates draw them.

A line chart spans the width of the page in percent and its height in pixels, so that its letters keep their size on
a phone. Time is proportional: 2026 and 2030 are four years apart. A year without a figure leaves a gap in the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

LEFT, RIGHT = Fraction(12), Fraction(95)  # percent of the width
TOP, BOTTOM, HEIGHT = Fraction(30), Fraction(214), Fraction(256)  # pixels
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)


@dataclass(frozen=True, slots=True)
class Point:
    """A year of a series: its value, how it is written, and whether the figure may still change."""

    year: int
    value: Fraction | None
    label: str
    firm: bool = True
    gap: str = ""  # why there is no value, in a word or two


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark on the chart. `between` is true for labels that a narrow screen may leave out."""

    x: str
    y: str
    label_y: str
    label: str
    title: str
    firm: bool
    between: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight piece of the line."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A year under the axis, or a gap above it."""

    x: str
    label: str
    between: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """The line of the threshold with its label."""

    y: str
    label_y: str
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished line chart."""

    dots: tuple[Dot, ...]
    segments: tuple[Segment, ...]
    years: tuple[Tick, ...]
    gaps: tuple[Tick, ...]
    goal: Goal | None
    description: str


def _two(value: Fraction) -> str:
    """Write a coordinate with two places and a point."""
    hundredths = int(value * 100 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _percent(value: Fraction) -> str:
    return f"{_two(value)}%"


@dataclass(frozen=True, slots=True)
class _Scale:
    low: Fraction
    high: Fraction
    first: int
    last: int

    def x(self, year: int) -> Fraction:
        if self.last == self.first:
            return (LEFT + RIGHT) / 2
        return LEFT + (RIGHT - LEFT) * Fraction(year - self.first, self.last - self.first)

    def y(self, value: Fraction) -> Fraction:
        return BOTTOM - (BOTTOM - TOP) * (value - self.low) / (self.high - self.low)


def _spread(values: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Return the lowest and highest value shown: some air around, and never a negative for what cannot be one."""
    low, high = min(values), max(values)
    air = (high - low) / 6 or max(high / 5, Fraction(1))
    return max(low - air, Fraction(0)), high + air


def line_chart(
    points: Sequence[Point],
    *,
    last: int,
    threshold: Fraction | None,
    goal_label: str,
    description: str,
) -> Chart | None:
    """Return the chart of a series up to the year `last`; None when no year has a value."""
    values = [point.value for point in points if point.value is not None]
    if not values:
        return None
    low, high = _spread([*values, threshold] if threshold is not None else values)
    scale = _Scale(low, high, min(p.year for p in points), max(last, *(p.year for p in points)))
    shown = [point for point in points if point.value is not None]
    return Chart(
        dots=tuple(_dot(scale, point, first=point is shown[0], last=point is shown[-1]) for point in shown),
        segments=tuple(_segments(scale, points)),
        years=tuple(
            Tick(
                _percent(scale.x(year)),
                str(year),
                between=year not in {scale.first, shown[-1].year, scale.last}
                or (year == shown[-1].year and scale.last - year < 2 and year != scale.last),
            )
            for year in range(scale.first, scale.last + 1)
        ),
        gaps=tuple(Tick(_percent(scale.x(p.year)), p.gap) for p in points if p.value is None),
        goal=_goal(scale, threshold, goal_label) if threshold is not None else None,
        description=description,
    )


def _dot(scale: _Scale, point: Point, *, first: bool, last: bool) -> Dot:
    y = scale.y(point.value or Fraction(0))
    return Dot(
        x=_percent(scale.x(point.year)),
        y=_two(y),
        label_y=_two(y - 12),
        label=point.label,
        title=f"Năm {point.year}: {point.label}",
        firm=point.firm,
        between=not (first or last),
    )


def _segments(scale: _Scale, points: Sequence[Point]) -> list[Segment]:
    """Return the pieces between years that follow one another and both have a value."""
    pieces = []
    for one, two in pairwise(points):
        if one.value is not None and two.value is not None and two.year == one.year + 1:
            pieces.append(
                Segment(
                    _percent(scale.x(one.year)),
                    _two(scale.y(one.value)),
                    _percent(scale.x(two.year)),
                    _two(scale.y(two.value)),
                )
            )
    return pieces


def _goal(scale: _Scale, threshold: Fraction, label: str) -> Goal:
    y = scale.y(threshold)
    return Goal(_two(y), _two(y - 8), label)


SPARK_WIDTH, SPARK_HEIGHT = Fraction(96), Fraction(28)


@dataclass(frozen=True, slots=True)
class Spark:
    """A small line without words beside a figure; `paths` holds one path per run of years without a gap."""

    paths: tuple[str, ...]
    goal_y: str
    dot_x: str
    dot_y: str


def spark(points: Sequence[Point], *, threshold: Fraction | None) -> Spark | None:
    """Return the small line of a series; None when fewer than two years have a value."""
    shown = [point for point in points if point.value is not None]
    if len(shown) < 2:
        return None
    values = [point.value for point in shown if point.value is not None]
    low, high = min(values), max(values)
    if threshold is not None:
        low, high = min(low, threshold), max(high, threshold)
    spread = (high - low) or Fraction(1)
    first, years = points[0].year, max(points[-1].year - points[0].year, 1)

    def x(year: int) -> Fraction:
        return 3 + (SPARK_WIDTH - 6) * Fraction(year - first, years)

    def y(value: Fraction) -> Fraction:
        return SPARK_HEIGHT - 4 - (SPARK_HEIGHT - 8) * (value - low) / spread

    paths: list[str] = []
    before: int | None = None
    for point in shown:
        value = point.value or Fraction(0)
        step = f"{_two(x(point.year))} {_two(y(value))}"
        if before is not None and point.year == before + 1:
            paths[-1] += f"L{step}"
        else:
            paths.append(f"M{step}")
        before = point.year
    return Spark(
        paths=tuple(paths),
        goal_y=_two(y(threshold)) if threshold is not None else "",
        dot_x=_two(x(shown[-1].year)),
        dot_y=_two(y(values[-1])),
    )


@dataclass(frozen=True, slots=True)
class Classes:
    """Up to five classes of equal width for a map: class `n` (from 1) ends below `limits[n]`, the last includes it."""

    limits: tuple[Fraction, ...]

    def of(self, value: Fraction) -> int:
        """Return the class of a value, from 1."""
        for number, upper in enumerate(self.limits[1:], 1):
            if value < upper:
                return number
        return len(self.limits) - 1


def classes(values: Sequence[Fraction], most: int = 5) -> Classes:
    """Return at most `most` classes with round limits that hold all values."""
    low, high = min(values), max(values)
    for step in STEPS:
        start, end = floor(low / step) * step, ceil(high / step) * step
        count = max((end - start) // step, 1)
        if count <= most:
            return Classes(tuple(Fraction(start + step * n) for n in range(count + 1)))
    return Classes((low, high))
