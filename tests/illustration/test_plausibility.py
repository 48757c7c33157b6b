"""Figures an officer would believe: wholes hold their parts, and the province looks like a province."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

import pytest

from songhanh.plan import Edition

from .conftest import Row

Amounts = dict[tuple[str, str, str], Decimal]
"""Amounts of an element by area, organisation and period, over all codes of kind that are not totals of others."""


@pytest.fixture(scope="session")
def amounts(standing: list[Row]) -> dict[str, Amounts]:
    found: dict[str, Amounts] = defaultdict(dict)
    for row in standing:
        plain = (row["sex"], row["age"], row["ethnicity"], row["kind"]) == ("_T",) * 4
        if plain and row["state"] in {"GIA_TRI", "KHONG_PHAT_SINH"}:
            found[row["element"]][row["area"], row["org"], row["period"]] = Decimal(row["value"] or 0)
    return found


WHOLES = [
    ("L05", "L06"), ("L10", "L09"), ("L11", "L10"), ("L14", "L13"), ("L16", "L15"), ("L18", "L17"),
    ("K02", "K01"), ("K03", "K01"), ("K01", "K04"), ("K08", "K07"), ("K10", "K09"), ("K07", "K11"),
    ("B11", "B10"), ("B18", "B13+B14"), ("B23", "B20"), ("M03", "M02"), ("M04", "M02"), ("M05", "M04"),
    ("TG02", "TG01"), ("Y06", "Y01+Y02"), ("Y05", "Y01+Y02"), ("R12", "R10"), ("R10", "R06"), ("R11", "R06"),
    ("G02", "G01"), ("G04", "G03"), ("G12", "G11"), ("T01", "R06"), ("T06", "T05"), ("T07", "T05"),
    ("T08", "T06"), ("T08", "T07"), ("T16", "T15"), ("H13", "H12"), ("H12", "H11"), ("H21", "H20"),
]  # fmt: skip


def together(
    amounts: dict[str, Amounts], part: str, whole: str
) -> Iterator[tuple[tuple[str, str, str], Decimal, Decimal]]:
    """Yield places where a part and all terms of its whole stand."""
    terms = whole.split("+")
    for place, amount in amounts[part].items():
        if all(place in amounts[term] for term in terms) and not (place[1] and len(terms) > 1):
            yield place, amount, sum((amounts[term][place] for term in terms), Decimal(0))


@pytest.mark.parametrize(("part", "whole"), WHOLES)
def test_no_part_is_larger_than_its_whole(part: str, whole: str, amounts: dict[str, Amounts]) -> None:
    too_large = [(place, a, b) for place, a, b in together(amounts, part, whole) if a > b]
    assert not too_large


def test_organisations_informed_and_pledged_overlap_as_much_as_they_must(amounts: dict[str, Amounts]) -> None:
    for place, both in amounts["T08"].items():
        informed, pledged, scope = (amounts[code][place] for code in ("T06", "T07", "T05"))
        assert informed + pledged - scope <= both <= min(informed, pledged)


def test_where_no_case_of_violence_is_known_nobody_suffers_or_commits_it(amounts: dict[str, Amounts]) -> None:
    for (area, org, period), cases in amounts["B10"].items():
        place = (area, org, period)
        if cases == 0 and not org and place in amounts["B13"]:
            assert amounts["B13"][place] == amounts["B20"][place] == 0


def test_victims_in_need_are_those_received_less_those_who_decline(amounts: dict[str, Amounts]) -> None:
    for place, received in amounts["M02"].items():
        if place in amounts["M04"]:
            assert amounts["M04"][place] == received - amounts["M03"][place]


def test_a_commune_with_a_woman_in_the_lead_counts_her_among_its_leaders(amounts: dict[str, Amounts]) -> None:
    for place, women in amounts["L10"].items():
        assert (women > 0) == (amounts["L05"][place] == 1)


def by_year(amounts: Amounts, year: int) -> Decimal:
    return sum((a for (_, _, period), a in amounts.items() if period.startswith(str(year))), Decimal(0))


def test_the_province_has_the_size_of_the_real_one(amounts: dict[str, Amounts]) -> None:
    for year in range(2021, 2027):
        births = by_year(amounts["Y01"], year) + by_year(amounts["Y02"], year)
        assert 800_000 < by_year(amounts["R06"], year) < 900_000
        assert 10_000 < births < 13_000
    assert by_year(amounts["Y01"], 2026) < by_year(amounts["Y01"], 2021)


def test_communes_are_as_large_as_their_population_says(
    amounts: dict[str, Amounts], edition: Edition
) -> None:
    for (area, _, period), people in amounts["R06"].items():
        if area != edition.area_map(2026).province.code:
            known = edition.places[area].population
            assert abs(people - known) < known * Decimal("0.05"), (area, period)


def test_the_number_of_communes_is_that_of_the_map(amounts: dict[str, Amounts], edition: Edition) -> None:
    for (_, _, period), number in amounts["L06"].items():
        assert number == len(edition.area_map(int(period[:4])).communes)


def test_some_communes_fail_a_single_quarter(amounts: dict[str, Amounts]) -> None:
    weak = defaultdict(set)
    for (area, _, period), items in amounts["T09"].items():
        if period.startswith("2026") and items < 4:
            weak[area].add(period)
    assert 5 < len(weak) < 25
    assert any(len(quarters) == 1 for quarters in weak.values())


def test_some_quarter_of_a_small_commune_has_no_girl_born(amounts: dict[str, Amounts]) -> None:
    assert min(amounts["Y02"].values()) < 8
