"""The worked cases of the contract, and the places where it can be read in two ways, on the built-in edition."""

import csv
import io
from datetime import date

import pytest

from songhanh.core.areas import Area, AreaMap
from songhanh.core.compute import compute
from songhanh.core.problems import Refused
from songhanh.core.results_csv import results_csv
from songhanh.core.table import read_table
from songhanh.plan import load
from tests.oracle.ambiguities import AMBIGUITIES, Ambiguity
from tests.oracle.worked_cases import CASES, EXACT_LINES, Case, observations, row

EDITION = load()
FIRST = date(2025, 7, 1)
THREE = AreaMap(
    Area("20", "Tỉnh", "province", "", FIRST),
    tuple(Area(code, code, "commune", "20", FIRST) for code in "ABC"),
)


def results(data: bytes, areas: AreaMap = THREE) -> list[dict[str, str]]:
    rows = read_table(data, rules=EDITION.rules, areas=areas)
    text = results_csv(compute(rows, rules=EDITION.rules, areas=areas, year=2026)).decode()
    return list(csv.DictReader(io.StringIO(text)))


def line_of(found: list[dict[str, str]], criterion: str, area: str, period: str) -> dict[str, str]:
    [line] = [r for r in found if (r["criterion"], r["area"], r["period"]) == (criterion, area, period)]
    return line


def areas_of(case: Case) -> AreaMap:
    return THREE if case.areas == "ABC" else EDITION.area_map(2026)


def all_but_one_commune() -> list[str]:
    """Every commune but 06637 answers; one of them with 500 of 600, the others with 0 of 0."""
    codes = [area.code for area in EDITION.area_map(2026).communes if area.code != "06637"]
    people = {code: (500, 600) if code == codes[0] else (0, 0) for code in codes}
    return [
        line
        for code, (reached, all_) in people.items()
        for line in (row("T01", code, "2026", reached), row("R06", code, "2026", all_))
    ]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_contract_is_kept_to_the_letter(case: Case) -> None:
    rows = case.rows if case.rows or case.areas == "ABC" else all_but_one_commune()
    found = results(observations(rows), areas_of(case))
    for criterion, area, period, columns in case.expected:
        line = line_of(found, criterion, area, period)
        assert {name: line[name] for name in columns} == columns


@pytest.mark.parametrize(("rows", "line"), [(rows, line) for rows, _, line in EXACT_LINES])
def test_a_line_of_the_contract_comes_out_byte_for_byte(rows: list[str] | None, line: str) -> None:
    areas = EDITION.area_map(2026)
    data = observations(rows if rows is not None else all_but_one_commune())
    table = read_table(data, rules=EDITION.rules, areas=areas)
    assert line in results_csv(compute(table, rules=EDITION.rules, areas=areas, year=2026)).decode().split(
        "\n"
    )


@pytest.mark.parametrize("case", AMBIGUITIES, ids=[case.key for case in AMBIGUITIES])
def test_where_the_contract_can_be_read_in_two_ways_the_chosen_reading_holds(case: Ambiguity) -> None:
    """What is chosen, and what the other reading would be, stands in tests/oracle/ambiguities.py."""
    if isinstance(case.observed, str):
        with pytest.raises(Refused) as caught:
            results(case.data)
        assert case.observed in {problem.code.value for problem in caught.value.problems}
        return
    criterion, area, period, columns = case.observed
    line = line_of(results(case.data), criterion, area, period)
    assert {name: line[name] for name in columns} == columns


def test_a_year_of_the_province_has_32_rows_and_9_for_each_commune() -> None:
    areas = EDITION.area_map(2026)
    assert len(results(b"element,area,period,state,value\n", areas)) == 32 + len(areas.communes) * 9
