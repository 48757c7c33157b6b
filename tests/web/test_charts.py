"""Drawings say what the figures say: time in proportion, gaps left open, thresholds where they belong."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from songhanh.web.charts import Chart, Point, classes, line_chart, spark


def point(year: int, value: int | None) -> Point:
    return Point(
        year, None if value is None else Fraction(value), "" if value is None else f"{value}%", gap="chưa có"
    )


def chart(*points: Point, threshold: int | None = 75, last: int = 2030) -> Chart:
    drawn = line_chart(
        points,
        last=last,
        threshold=None if threshold is None else Fraction(threshold),
        goal_label="Mức năm 2030: 75%",
        description="mẫu",
    )
    assert drawn is not None
    return drawn


def percent(text: str) -> Decimal:
    return Decimal(text.removesuffix("%"))


def test_four_years_are_four_times_as_far_apart_as_one() -> None:
    x = {tick.label: percent(tick.x) for tick in chart(point(2025, 40), point(2026, 50)).years}
    assert abs((x["2030"] - x["2026"]) - 4 * (x["2026"] - x["2025"])) < Decimal("0.05")


def test_a_year_without_a_figure_leaves_a_gap_in_the_line() -> None:
    drawn = chart(point(2021, 40), point(2022, 42), point(2023, None), point(2024, 50), point(2025, 55))
    assert [(s.x1, s.x2) for s in drawn.segments] == [
        (drawn.years[0].x, drawn.years[1].x),
        (drawn.years[3].x, drawn.years[4].x),
    ]
    assert [(gap.x, gap.label) for gap in drawn.gaps] == [(drawn.years[2].x, "chưa có")]
    assert [dot.label for dot in drawn.dots] == ["40%", "42%", "50%", "55%"]


def test_a_greater_value_stands_higher_and_the_threshold_between_them() -> None:
    drawn = chart(point(2025, 60), point(2026, 90))
    low, high = (Decimal(dot.y) for dot in drawn.dots)
    assert drawn.goal is not None
    assert high < Decimal(drawn.goal.y) < low


def test_without_any_value_there_is_no_chart_and_no_line() -> None:
    assert line_chart([point(2026, None)], last=2030, threshold=None, goal_label="", description="") is None
    assert spark([point(2025, None), point(2026, 5)], threshold=None) is None


def test_a_series_that_never_moves_can_be_drawn() -> None:
    drawn = chart(point(2025, 0), point(2026, 0), threshold=None)
    assert len({dot.y for dot in drawn.dots}) == 1


def test_the_small_line_breaks_where_a_year_is_missing() -> None:
    drawn = spark([point(2021, 1), point(2022, 2), point(2023, None), point(2024, 3)], threshold=Fraction(5))
    assert drawn is not None
    assert len(drawn.paths) == 2


@pytest.mark.parametrize(
    ("values", "limits"),
    [
        ([50, 100], [50, 60, 70, 80, 90, 100]),
        ([3, 97], [0, 20, 40, 60, 80, 100]),
        ([88, 88], [88, 89]),
        ([81, 84], [81, 82, 83, 84]),
    ],
)
def test_classes_have_round_limits_and_are_five_at_most(values: list[int], limits: list[int]) -> None:
    found = classes([Fraction(value) for value in values])
    assert found.limits == tuple(map(Fraction, limits))


def test_a_limit_belongs_to_the_class_above_and_the_last_one_to_the_last_class() -> None:
    found = classes([Fraction(50), Fraction(100)])
    assert [found.of(Fraction(value)) for value in (50, 60, 99, 100)] == [1, 2, 5, 5]
