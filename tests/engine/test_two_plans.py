"""Two plans, one after the other, in one process and one engine: nothing of the first is left in the second."""

from __future__ import annotations

from pathlib import Path

from songhanh.core.compute import Level, compute
from songhanh.core.table import read_table
from songhanh.engine import Backend, compute_file, compute_frame, load
from songhanh.plan import load as load_plan
from tests.core.test_worked_cases import EDITION, THREE
from tests.oracle.worked_cases import CASES, observations

OTHER = load_plan(Path(__file__).parent.parent / "plan" / "second_edition")
COLUMNS = "element,area,org,period,kind,state,value"
"""Households N4, of them N3 without clean water; meetings N6 by quarter; leaflets N7."""
FIGURES = "\n".join(
    (
        COLUMNS,
        "N4,M01,,2027,,GIA_TRI,100",
        "N3,M01,,2027,,GIA_TRI,10",
        "N4,M02,,2027,,GIA_TRI,60",
        "N3,M02,,2027,,GIA_TRI,14",
        *(f"N6,{area},,2027-Q{quarter},,GIA_TRI,2" for area in ("M01", "M02") for quarter in (1, 2, 3, 4)),
        *(f"N6,M03,,2027-Q{quarter},,GIA_TRI,{quarter % 3}" for quarter in (1, 2, 3, 4)),
        "",
    )
).encode()


def test_each_plan_is_computed_by_its_own_definitions(engine: Backend) -> None:
    areas = OTHER.area_map(2027)
    rows = read_table(FIGURES, rules=OTHER.rules, areas=areas)
    case = next(case for case in CASES if case.name.startswith("MT3.CT2a"))
    others = read_table(observations(case.rows), rules=EDITION.rules, areas=THREE)
    for _ in range(2):
        load(engine, rows)
        found = compute_frame(engine, rules=OTHER.rules, areas=areas, year=2027)
        assert found == compute(rows, rules=OTHER.rules, areas=areas, year=2027)
        load(engine, others)
        found = compute_frame(engine, rules=EDITION.rules, areas=THREE, year=2026)
        assert found == compute(others, rules=EDITION.rules, areas=THREE, year=2026)


def test_the_other_plan_says_what_a_person_works_out_by_hand() -> None:
    """Water: 24 of 160 households are 15 %, told of two communes out of three. Meetings: M03 holds two in Q2 only."""
    found = compute_file(
        FIGURES, rules=OTHER.rules, areas=OTHER.area_map(2027), year=2027, level=Level.PROVINCE
    )
    said = {
        (row.criterion, row.period): (row.value, row.numerator, row.denominator, row.silent) for row in found
    }
    assert said["A.2a", "2027"] == ("15.000000", "24", "160", "M03")
    assert said["B.1a", "2027"] == ("66.666667", "2", "3", "")
    assert said["B.1a", "2027-Q2"] == ("100.000000", "3", "3", "")
    assert said["A.1", "2027"] == ("", "", "", "")
