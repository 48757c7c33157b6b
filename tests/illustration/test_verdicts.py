"""What the illustrative province looks like through the plan's criteria."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from songhanh.core.compute import compute
from songhanh.core.observations import Observation
from songhanh.core.results import Evaluation, ResultRow, counts_as_met, evaluate_target
from songhanh.core.results_csv import results_csv
from songhanh.core.rulebook import Rulebook
from songhanh.plan import Edition

from .conftest import Row, as_csv

Results = Mapping[int, list[ResultRow]]
YEARS = range(2021, 2027)

# Intended mixture in 2026, each for a reason an officer meets in practice.
VERDICTS = """
    MT1.CT1 TIEM_CAN            57 of 79 agencies, 60 are needed
    MT2.CT1 CHUA_DAT            a long way to go, an estimate of the survey
    MT2.CT2 CHUA_CO_SO_LIEU     the survey's second figure is not out yet
    MT2.CT3 DAT_VUOT            1456 of 4813
    MT3.CT1 TIEM_CAN            17.9 hours against 12.2
    MT3.CT2 DAT_MOT_PHAN        victims helped, offenders not counselled enough
    MT3.CT3 KHONG_PHAT_SINH     the two victims received declined support
    MT3.CT4 DAT                 2 of 2
    MT4.CT1 CHUA_DAT            the one that gets worse
    MT4.CT2 DAT_VUOT            4 deaths
    MT4.CT3 DAT                 just below 18, never "vượt"
    MT4.CT4 CHUA_DAT            no facility yet
    MT5.CT1 DAT                 all schools since this year
    MT5.CT2 TIEM_CAN            all four parts near
    MT5.CT3 DAT_VUOT            41.3 %
    MT5.CT4 DAT_VUOT            both degrees
    MT6.CT1 CHUA_CO_SO_LIEU     three communes silent
    MT6.CT2 CHUA_CO_SO_LIEU     one organisation silent
    MT6.CT3 CHUA_DAT            silent communes count as not passing
    MT6.CT4 DAT                 every month
"""


@pytest.fixture(scope="module")
def results(observations: list[Observation], edition: Edition, rules: Rulebook) -> Results:
    return {
        year: compute(observations, rules=rules, areas=edition.area_map(year), year=year) for year in YEARS
    }


def province_rows(results: Results, edition: Edition, year: int) -> dict[str, ResultRow]:
    code = edition.area_map(year).province.code
    return {row.criterion: row for row in results[year] if row.area == code and row.period == str(year)}


def verdicts(results: Results, edition: Edition, year: int) -> dict[str, Evaluation]:
    found: dict[str, list[Evaluation]] = {target.code: [] for target in edition.targets}
    for row in province_rows(results, edition, year).values():
        if row.evaluation:
            found[row.target].append(Evaluation(row.evaluation))
    return {target: evaluate_target(parts) for target, parts in found.items()}


def test_targets_of_2026_show_every_word_of_judgement(results: Results, edition: Edition) -> None:
    intended = {line.split()[0]: line.split()[1] for line in VERDICTS.strip().splitlines()}
    found = {target: verdict.value for target, verdict in verdicts(results, edition, 2026).items()}
    assert found == intended
    assert set(found.values()) == {word.value for word in Evaluation}


def test_eight_of_twenty_targets_are_met_in_2026(results: Results, edition: Edition) -> None:
    found = verdicts(results, edition, 2026)
    assert (sum(counts_as_met(verdict) for verdict in found.values()), len(found)) == (8, 20)
    assert Counter(found.values())[Evaluation.NO_DATA] == 3


@pytest.mark.parametrize("year", YEARS)
def test_every_criterion_has_a_value_or_tells_what_is_missing(
    year: int, results: Results, edition: Edition
) -> None:
    found = province_rows(results, edition, year)
    assert len(found) == 28
    for row in found.values():
        assert row.state in {"GIA_TRI", "KHONG_PHAT_SINH"} or row.missing or row.silent
        assert not row.warnings, (row.criterion, row.warnings)


@pytest.mark.parametrize("year", range(2021, 2026))
def test_past_years_have_all_28_values(year: int, results: Results, edition: Edition) -> None:
    assert {row.state for row in province_rows(results, edition, year).values()} == {"GIA_TRI"}


def test_2024_and_2025_are_nearly_complete(results: Results, edition: Edition) -> None:
    for year in (2024, 2025):
        undetermined = [
            t for t, word in verdicts(results, edition, year).items() if word is Evaluation.NO_DATA
        ]
        assert len(undetermined) <= 1


def test_silent_units_of_2026_are_named(results: Results, edition: Edition) -> None:
    found = province_rows(results, edition, 2026)
    silent = {code: row.silent for code, row in found.items() if row.silent}
    assert silent == {
        "MT6.CT1": "06541;06625;06637",
        "MT6.CT2a": "LDLD",
        "MT6.CT2b": "LDLD",
        "MT6.CT3": "06076;06625;06637",
    }
    assert found["MT2.CT2"].missing == "K03;K06b"


def test_most_criteria_get_slowly_better_and_one_gets_worse(results: Results, edition: Edition) -> None:
    better: set[str] = set()
    worse: set[str] = set()
    first, last = (province_rows(results, edition, year) for year in (2024, 2026))
    for criterion in edition.criteria:
        old, new = first[criterion.code], last[criterion.code]
        if not (old.value and new.value and criterion.comparator):
            continue
        downward = criterion.comparator.value in {"at_most", "less_than"}
        change = Decimal(new.value) - Decimal(old.value)
        if change:
            (better if (change < 0) is downward else worse).add(criterion.code)
    assert worse == {"MT4.CT1"}
    assert len(better) >= 18


def test_years_before_communes_reported_stand_on_totals(results: Results, edition: Edition) -> None:
    for year in YEARS:
        bases = {code: row.basis for code, row in province_rows(results, edition, year).items()}
        assert (bases["MT6.CT1"] == "TONG") == (year < 2024)
        assert bases["MT6.CT3"] == "TINH"


def test_the_tile_map_of_2026_has_weak_strong_and_silent_communes(results: Results, edition: Edition) -> None:
    for code in ("MT3.CT2a", "MT6.CT1", "MT6.CT2a", "MT6.CT2b", "MT6.CT3"):
        tiles = [row for row in results[2026] if row.criterion == code and row.period == "2026"][1:]
        assert len(tiles) == len(edition.area_map(2026).communes)
        assert len({row.value or row.state for row in tiles}) >= 3


def independent() -> ModuleType:
    """Return the program that knows the contract and shares no code with ours."""
    path = Path(__file__).parents[1] / "oracle" / "second_opinion.py"
    spec = importlib.util.spec_from_file_location("second_opinion_of_illustration", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_an_independent_program_finds_no_error_and_the_same_results(
    standing: list[Row], results: Results, edition: Edition
) -> None:
    register = "code,name,level,parent,valid_from,valid_to\n" + "".join(
        f"{area.code},{area.name},{area.level},{area.parent},{area.valid_from},{area.valid_to or ''}\n"
        for area in edition.areas
    )
    text, problems = independent().compute(as_csv(standing), "2026", register.encode())
    assert problems == []
    assert text.encode() == results_csv(results[2026])
