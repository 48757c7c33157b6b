"""Chance that falls the same way everywhere, and totals shared out to the last unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhanh.illustration.chance import Chance, apportion


def test_draws_are_the_same_under_every_python() -> None:
    chance = Chance("seed")
    assert [chance.below(100, "a", place) for place in range(6)] == [90, 83, 95, 50, 8, 96]


def test_a_draw_does_not_depend_on_other_draws() -> None:
    chance = Chance("seed")
    first = chance.between(1, 1000, "commune", 7)
    chance.between(1, 1000, "commune", 6)
    assert chance.between(1, 1000, "commune", 7) == first


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, [1, 1], [5, 5]),
        (10, [1, 1, 1], [4, 3, 3]),  # the odd one to the earlier place
        (7, [1, 2, 4], [1, 2, 4]),
        (5, [3, 0, 1], [4, 0, 1]),  # 3.75 and 1.25: the larger remainder rounds up
        (0, [1, 1], [0, 0]),
        (3, [0, 0], [0, 0]),  # nobody to share with
    ],
)
def test_totals_are_shared_by_largest_remainder(total: int, weights: list[int], parts: list[int]) -> None:
    assert apportion(total, weights) == parts


def test_what_a_full_place_cannot_take_goes_to_the_others() -> None:
    assert apportion(10, [8, 1, 1], [4, 10, 10]) == [4, 3, 3]


def test_what_nobody_can_take_is_left_out() -> None:
    assert apportion(10, [1, 1], [2, 3]) == [2, 3]


@given(
    st.integers(0, 500),
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 60)), min_size=1, max_size=8),
)
def test_parts_add_up_and_stay_under_their_caps(total: int, places: list[tuple[int, int]]) -> None:
    weights, caps = [w for w, _ in places], [c for _, c in places]
    parts = apportion(total, weights, caps)
    assert sum(parts) == min(total, sum(cap for cap, weight in zip(caps, weights, strict=True) if weight))
    assert all(0 <= part <= cap for part, cap in zip(parts, caps, strict=True))


def test_scattered_cases_never_fall_where_there_is_no_room() -> None:
    hits = Chance("seed").scatter(9, [5, 5, 0, 5], [2, 3, 9, 9], "cases")
    assert sum(hits) == 9
    assert hits[2] == 0
    assert hits[0] <= 2
    assert hits[1] <= 3


def test_cases_without_a_place_are_dropped() -> None:
    assert Chance("seed").scatter(5, [1, 1], [1, 2], "cases") == [1, 2]
