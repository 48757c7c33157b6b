"""The reference against a program written by somebody else from the contract alone, on random files.

A file is either refused by both or gives the same bytes in both. Each test takes a range of seeds, so that a failure
names the seed that shows it.
"""

from datetime import date

import pytest

from songhanh.core.areas import Area, AreaMap
from songhanh.core.compute import Level, compute
from songhanh.core.problems import Refused
from songhanh.core.results_csv import results_csv
from songhanh.core.table import read_table
from songhanh.plan import load
from tests.oracle import random_files, second_opinion

RULES = load().rules
FIRST = date(2000, 1, 1)


def ours(data: bytes, areas: AreaMap, year: int, level: str) -> tuple[str | None, set[str]]:
    try:
        rows = read_table(data, rules=RULES, areas=areas)
        return results_csv(
            compute(rows, rules=RULES, areas=areas, year=year, level=Level(level))
        ).decode(), set()
    except Refused as refusal:
        return None, {problem.code.value for problem in refusal.problems}


def disagreements(seeds: range, mode: str) -> list[int]:
    found = []
    for seed in seeds:
        random_areas = random_files.random_areas(seed)
        year, level = (2024, "province") if seed % 5 == 0 else (2026, "all")
        data = random_files.random_file(seed, areas=random_areas, year=year, mode=mode)
        theirs, _ = second_opinion.compute(data, str(year), random_areas, level)
        province = Area(random_areas.province, "Tỉnh", "province", "", FIRST)
        communes = (
            Area(code, code, "commune", province.code, FIRST) for code in sorted(random_areas.communes)
        )
        mine, _ = ours(data, AreaMap(province, tuple(communes)), year, level)
        if mine != theirs:
            found.append(seed)
    return found


@pytest.mark.parametrize("start", range(0, 200, 25))
def test_files_that_mostly_keep_the_rules_give_the_same_bytes(start: int) -> None:
    assert disagreements(range(start, start + 25), "valid") == []


@pytest.mark.parametrize("mode", ["wild", "junk", "bytes"])
@pytest.mark.parametrize("start", range(0, 90, 30))
def test_files_of_any_sort_are_taken_or_refused_alike(mode: str, start: int) -> None:
    assert disagreements(range(start, start + 30), mode) == []


@pytest.mark.parametrize("start", range(0, 130, 26))
def test_one_planted_error_is_refused_under_its_own_code(start: int) -> None:
    for seed in range(start, start + 26):
        random_areas = random_files.random_areas(seed)
        broken = random_files.broken_file(seed, areas=random_areas, year=2026)
        province = Area(random_areas.province, "Tỉnh", "province", "", FIRST)
        communes = (
            Area(code, code, "commune", province.code, FIRST) for code in sorted(random_areas.communes)
        )
        mine, codes = ours(broken.data, AreaMap(province, tuple(communes)), 2026, "all")
        assert (seed, mine, broken.code in codes) == (seed, None, True)
