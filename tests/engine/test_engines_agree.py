"""Every engine gives the rows of the reference, to the last digit, or sends the figures to it, and never else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songhanh.core.areas import Area, AreaMap
from songhanh.core.compute import Level, compute
from songhanh.core.observations import Observation, Quantity
from songhanh.core.periods import months
from songhanh.core.problems import Refused
from songhanh.core.results import ResultRow, State
from songhanh.core.rulebook import Rulebook
from songhanh.core.table import read_table
from songhanh.engine import Backend, EngineError, SQLiteBackend, compute_frame, load
from songhanh.engine.run import quick
from songhanh.engine.tallies import Doubt
from songhanh.plan import load as load_plan
from tests.core.test_agreement import FIRST
from tests.engine.invented import (
    COMMUNES,
    ELEMENTS,
    PROVINCE,
    RULEBOOK,
    YEAR,
    complete,
    observations_of,
    whole_answers,
    with_codes,
)
from tests.oracle import random_files
from tests.oracle.second_opinion import Areas

LANG_SON = load_plan().rules

many = settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


def by_reference(
    rows: Sequence[Observation], rules: Rulebook, areas: AreaMap, year: int, level: Level
) -> list[ResultRow] | None:
    """Return the rows, None for figures that are refused."""
    try:
        return compute(rows, rules=rules, areas=areas, year=year, level=level)
    except Refused:
        return None


def by_engine(
    backend: Backend, rules: Rulebook, areas: AreaMap, year: int, level: Level
) -> list[ResultRow] | None:
    """Return the rows by the engine alone, None when it wants the reference to look."""
    try:
        return quick(backend, rules=rules, areas=areas, year=year, level=level)
    except Doubt:
        return None


def assert_agreement(
    engines: dict[str, Backend],
    rows: Sequence[Observation],
    level: Level,
    *,
    rules: Rulebook = RULEBOOK,
    areas: AreaMap = COMMUNES,
    year: int = YEAR,
) -> None:
    expected = by_reference(rows, rules, areas, year, level)
    for name, backend in engines.items():
        load(backend, rows)
        found = by_engine(backend, rules, areas, year, level)
        assert (name, found) == (name, expected)


LEVELS = st.sampled_from([Level.ALL, Level.PROVINCE])


@given(observations_of("PA", "PB", "PR", "PS", "PX", "N1"), LEVELS)
@many
def test_figures_of_the_province(engines: dict[str, Backend], rows: list[Observation], level: Level) -> None:
    assert_agreement(engines, rows, level)


@given(observations_of("XA", "XB", "XC", "PX", "PR"), LEVELS)
@many
def test_figures_of_communes(engines: dict[str, Backend], rows: list[Observation], level: Level) -> None:
    assert_agreement(engines, rows, level)


@given(observations_of("OA", "OB", "OC", "XB", "PT", "PX"), LEVELS)
@many
def test_figures_of_communes_and_organisations(
    engines: dict[str, Backend], rows: list[Observation], level: Level
) -> None:
    assert_agreement(engines, rows, level)


@given(observations_of("FO", "FP", "FX", "RO", "RP", "RX", "XQ", "PM", "RM"), LEVELS)
@many
def test_agencies_quarters_and_months(
    engines: dict[str, Backend], rows: list[Observation], level: Level
) -> None:
    assert_agreement(engines, rows, level)


@given(whole_answers(), LEVELS)
@many
def test_figures_that_are_almost_complete(
    engines: dict[str, Backend], rows: list[Observation], level: Level
) -> None:
    assert_agreement(engines, rows, level)


@pytest.mark.parametrize("mode", ["clean", "valid", "wild", "junk"])
@pytest.mark.parametrize("seed", range(7, 11))
def test_random_files_of_the_built_in_plan(engines: dict[str, Backend], mode: str, seed: int) -> None:
    chosen = random_files.random_areas(seed)
    year = 2024 if seed % 3 == 0 else 2026
    areas = area_map(chosen)
    data = random_files.random_file(seed, areas=chosen, year=year, mode=mode)
    try:
        rows = read_table(data, rules=LANG_SON, areas=areas)
    except Refused:
        return
    assert_agreement(engines, rows, Level.ALL, rules=LANG_SON, areas=areas, year=year)


def area_map(areas: Areas) -> AreaMap:
    """Return the places of a random file."""
    province = Area(areas.province, "Tỉnh", "province", "", FIRST)
    communes = (Area(code, code, "commune", province.code, FIRST) for code in sorted(areas.communes))
    return AreaMap(province, tuple(communes))


def test_every_kind_of_indicator_gives_a_value_somewhere(engine: Backend) -> None:
    """A property test that only ever met gaps would prove nothing."""
    rows = []
    for spec in ELEMENTS:
        if spec.rule is None:
            continue
        owner = spec.rule.area_class
        places = [(area.code, "") for area in COMMUNES.communes] if owner.by_commune else []
        places += [(PROVINCE, "SNV")] if owner.by_org else []
        numbers = {
            "RX": 3,
            "RO": 1,
            "RP": 1,
            "RM": 2,
            "FO": 1,
            "FP": 1,
            "FX": 1,
            "XA": 30,
            "PA": 10,
            "OA": 9,
            "XQ": 2,
        }
        for area, org in places or [(PROVINCE, "")]:
            for period, codes in complete(spec):
                value = Quantity(numbers.get(spec.code, 1))
                rows.append(with_codes(Observation(spec.code, area, period, State.VALUE, value, org), codes))
    load(engine, rows)
    found = compute_frame(engine, rules=RULEBOOK, areas=COMMUNES, year=YEAR, level=Level.PROVINCE)
    assert {row.criterion: row.state for row in found} == dict.fromkeys(
        (criterion.code for criterion in RULEBOOK.criteria), "GIA_TRI"
    )


def test_contradicting_figures_are_refused_with_every_problem_named(engine: Backend) -> None:
    commune = COMMUNES.communes[0].code
    rows = [
        Observation("XB", commune, "2026", State.VALUE, Quantity(7), line=2),
        Observation("XA", commune, "2026", State.VALUE, Quantity(5), line=3),
    ]
    load(engine, rows)
    with pytest.raises(Refused) as refusal:
        compute_frame(engine, rules=RULEBOOK, areas=COMMUNES, year=YEAR)
    [problem] = refusal.value.problems
    assert (problem.code, problem.case, problem.line) == ("E_PART", "part.more_than_whole", 2)


def test_sums_beyond_sixty_four_bits_stay_exact(engine: Backend) -> None:
    """SQLite cannot add so far; the reference then adds for it."""
    largest = Quantity(10**15 - 1)
    communes = tuple(Area(f"{n:05d}", "Xã", "commune", "90", FIRST) for n in range(400))
    areas = AreaMap(COMMUNES.province, communes)
    rows = [
        Observation("XA", area.code, month, State.VALUE, largest, kind=kind)
        for area in communes
        for month in months(YEAR)
        for kind in ("K1", "K2")
    ]
    rows += [Observation("XB", area.code, "2026", State.VALUE, Quantity(1)) for area in communes]
    load(engine, rows)
    found = compute_frame(engine, rules=RULEBOOK, areas=areas, year=YEAR, level=Level.PROVINCE)
    [pooled] = [row for row in found if row.criterion == "P1"]
    assert pooled.denominator == str(400 * 24 * (10**15 - 1))
    if isinstance(engine, SQLiteBackend):
        with pytest.raises(EngineError):
            quick(engine, rules=RULEBOOK, areas=areas, year=YEAR)


def test_rows_at_places_outside_the_map_are_not_read(engine: Backend) -> None:
    rows = [Observation("XQ", "99999", "2026-Q1", State.VALUE, Quantity(5))]
    load(engine, rows)
    found = compute_frame(engine, rules=RULEBOOK, areas=COMMUNES, year=YEAR, level=Level.PROVINCE)
    assert {row.state for row in found} == {"CHUA_CO_SO_LIEU"}
