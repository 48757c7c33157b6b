"""The traps of the plan's figures, one test each; `docs/reference/traps.md` numbers them and points here.

The figures are computed with the plain reference on the built-in edition, for an invented province of three communes.
"""

from __future__ import annotations

import ast
import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest

from songhanh.core.areas import Area, AreaMap
from songhanh.core.compute import compute
from songhanh.core.problems import Refused
from songhanh.core.results_csv import results_csv
from songhanh.core.table import read_table
from songhanh.plan import load
from tests.plan.tables import table

EDITION = load()
ROOT = Path(__file__).parents[2]
TRAPS = ROOT / "docs" / "reference" / "traps.md"
FIRST = date(2025, 7, 1)
AREAS = AreaMap(
    Area("P", "Tỉnh", "province", "", FIRST),
    tuple(Area(code, f"Xã {code}", "commune", "P", FIRST) for code in "ABC"),
)
STATES = {"nil": "KHONG_PHAT_SINH", "?": "CHUA_CO_SO_LIEU", "n/a": "KHONG_AP_DUNG"}
COLUMNS = ("element", "area", "org", "period", "sex", "kind", "state", "value")


def results(figures: str, year: int = 2026) -> dict[tuple[str, str, str], dict[str, str]]:
    """Compute a table of figures; a value is a number or one of nil, ?, n/a. By criterion, area, period."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    for row in table(figures):
        value = row.pop("value")
        state = STATES.get(value, "GIA_TRI")
        writer.writerow({**row, "state": state, "value": "" if value in STATES else value})
    rows = read_table(out.getvalue().encode(), rules=EDITION.rules, areas=AREAS)
    text = results_csv(compute(rows, rules=EDITION.rules, areas=AREAS, year=year)).decode()
    return {(r["criterion"], r["area"], r["period"]): r for r in csv.DictReader(io.StringIO(text))}


def province(figures: str, criterion: str, year: int = 2026) -> dict[str, str]:
    """Return the province's row of the year."""
    return results(figures, year)[criterion, "P", str(year)]


def refusals(figures: str) -> set[str]:
    with pytest.raises(Refused) as refused:
        results(figures)
    return {problem.code for problem in refused.value.problems}


# --- rules that hold for all --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "criterion", "evaluation"),
    [
        ("element|area|period|value\nK01|P|2026|100\nK02|P|2026|60", "MT2.CT1", "TIEM_CAN"),
        ("element|area|period|value\nK01|P|2026|100\nK03|P|2026|25", "MT2.CT2", "TIEM_CAN"),
        ("element|area|period|value\nB01|P|2026|14\nB02|P|2026|10", "MT3.CT1", "DAT"),
        ("element|area|period|value\nG11|P|2026|100\nG12|P|2026|40", "MT5.CT3", "DAT"),
    ],
)
def test_exactly_the_mark_is_met_or_not_as_the_preposition_says(
    figures: str, criterion: str, evaluation: str
) -> None:
    assert province(figures, criterion)["evaluation"] == evaluation


def test_a_value_that_rounds_up_to_the_mark_is_still_below_it() -> None:
    found = province(
        """
        element | area | period     | value
        L01     | P    | 2026-12-31 | 44
        L02     | P    | 2026-12-31 | 59
        L03     | P    | 2026-12-31 | 1
        L04     | P    | 2026-12-31 | 1
        L05     | A    | 2026-12-31 | 1
        L05     | B    | 2026-12-31 | 1
        L05     | C    | 2026-12-31 | 0
        L06     | P    | 2026-12-31 | 3
        """,
        "MT1.CT1",
    )
    assert (found["value"], found["numerator"], found["denominator"]) == ("74.603175", "47", "63")
    assert found["evaluation"] == "TIEM_CAN"


def test_counts_are_added_before_dividing_never_percentages_averaged() -> None:
    found = province(
        """
        element | area | period | value
        Y07     | A    | 2026   | 1
        R12     | A    | 2026   | 10
        Y07     | B    | 2026   | 9
        R12     | B    | 2026   | 990
        Y07     | C    | 2026   | nil
        R12     | C    | 2026   | 0
        """,
        "MT4.CT3",
    )
    # 10 of 1,000, not the mean of 100 and 9.09
    assert found["value"] == "10.000000"


def test_nothing_happened_missing_and_zero_are_three_things() -> None:
    nil = "element|area|period|value\nM04|P|2026|nil\nM05|P|2026|nil"
    zero = "element|area|period|value\nM04|P|2026|4\nM05|P|2026|0"
    gone = "element|area|period|value\nM04|P|2026|4\nM05|P|2026|?"
    assert province(nil, "MT3.CT3")["state"] == "KHONG_PHAT_SINH"
    assert province(zero, "MT3.CT3")["value"] == "0.000000"
    assert province(gone, "MT3.CT3")["missing"] == "M05"


def test_the_administrative_year_never_stands_in_for_the_calendar_year() -> None:
    figures = "element|area|period|value\nG11|P|2025-12-15/P1Y|100\nG12|P|2025-12-15/P1Y|60"
    assert province(figures, "MT5.CT3")["state"] == "CHUA_CO_SO_LIEU"


def test_a_unit_that_no_longer_exists_has_no_place_in_the_file() -> None:
    former = {unit.code for unit in EDITION.former_areas}
    today = EDITION.area_map(2021).codes
    assert EDITION.area_map(2021) == EDITION.area_map(2026)
    gone = min(former - today)
    data = f"element,area,period,state,value\nT01,{gone},2021,GIA_TRI,1\n".encode()
    with pytest.raises(Refused) as refused:
        read_table(data, rules=EDITION.rules, areas=EDITION.area_map(2021))
    assert {problem.code for problem in refused.value.problems} == {"E_AREA"}


def test_a_published_rate_is_taken_without_counts_and_communes_are_not_read() -> None:
    figures = "element|area|period|value\nK06|P|2026|60.1\nK02|A|2026|5\nK01|A|2026|10"
    found = province(figures, "MT2.CT1")
    assert (found["value"], found["basis"], found["numerator"]) == ("60.100000", "CONG_BO", "")


def test_a_share_of_very_few_shows_its_counts() -> None:
    figures = "element|area|period|value\nTG01|P|2026-12-31|2\nTG02|P|2026-12-31|1"
    found = province(figures, "MT3.CT4")
    assert (found["value"], found["numerator"], found["denominator"]) == ("50.000000", "1", "2")


def test_last_years_figure_is_never_carried_forward() -> None:
    figures = "element|area|period|value\nK06|P|2025|58.2"
    assert province(figures, "MT2.CT1", 2025)["value"] == "58.200000"
    found = province(figures, "MT2.CT1", 2026)
    assert (found["state"], found["value"]) == ("CHUA_CO_SO_LIEU", "")


# --- objective 1 --------------------------------------------------------------------------------------------------


def test_an_agency_with_two_women_among_its_leaders_counts_once() -> None:
    figures = "element|area|org|period|value\nL01|P|SNV|2026-12-31|2"
    assert refusals(figures) == {"E_RANGE"}


def test_people_are_not_counted_where_agencies_are() -> None:
    formula = EDITION.criterion("MT1.CT1").elements
    assert not {"L07", "L08", "L09", "L10", "L11"} & set(formula)


def test_more_agencies_than_the_register_holds_are_refused() -> None:
    figures = """
        element | area | org | period     | value
        L01     | P    | SNV | 2026-12-31 | 1
        L01     | P    | STC | 2026-12-31 | 0
        L02     | P    |     | 2026-12-31 | 1
        L04     | P    |     | 2026-12-31 | 1
        L06     | P    |     | 2026-12-31 | 3
    """
    assert refusals(figures) == {"E_REGISTER"}


# --- objective 2 --------------------------------------------------------------------------------------------------


def test_enterprises_and_cooperatives_are_added_and_each_part_stays_within_its_whole() -> None:
    good = "element|area|period|value\nK07|P|2026|90\nK08|P|2026|20\nK09|P|2026|10\nK10|P|2026|10"
    assert province(good, "MT2.CT3")["value"] == "30.000000"
    bad = "element|area|period|value\nK07|P|2026|90\nK08|P|2026|20\nK09|P|2026|10\nK10|P|2026|11"
    assert refusals(bad) == {"E_PART"}


def test_survey_figures_are_asked_of_the_statistics_office_alone() -> None:
    for code in ("K01", "K02", "K03", "K06", "K06b", "B01", "B02"):
        assert EDITION.catalogue[code].suppliers == ("TKT",), code


# --- objective 3 --------------------------------------------------------------------------------------------------


def test_hours_of_women_are_divided_by_hours_of_men() -> None:
    figures = "element|area|period|value\nB01|P|2026|15.5\nB02|P|2026|8.6\nB01|A|2026|1\nB02|A|2026|80"
    assert province(figures, "MT3.CT1")["value"] == "1.802326"


def test_minutes_a_day_are_refused_where_hours_a_week_are_meant() -> None:
    assert refusals("element|area|period|value\nB01|P|2026|180") == {"E_RANGE"}


def test_the_ratio_may_rise_while_both_hours_fall() -> None:
    before = "element|area|period|value\nB01|P|2026|16\nB02|P|2026|8"
    after = "element|area|period|value\nB01|P|2026|15\nB02|P|2026|7"
    assert province(before, "MT3.CT1")["value"] == "2.000000"
    assert province(after, "MT3.CT1")["value"] == "2.142857"


def test_cases_and_people_are_two_figures_with_two_units() -> None:
    assert EDITION.catalogue["B10"].unit == "vụ"
    assert {EDITION.catalogue[code].unit for code in ("B13", "B14", "B18", "B20", "B21", "B23")} == {"người"}


def test_more_people_helped_than_found_is_refused() -> None:
    figures = "element|area|period|value\nB13|A|2026|10\nB14|A|2026|nil\nB18|A|2026|12"
    assert refusals(figures) == {"E_PART"}


def test_people_known_to_two_offices_are_taken_off_once() -> None:
    figures = """
        element | area | org | period | kind | value
        B13     | A    |     | 2026   |      | 6
        B14     | A    |     | 2026   |      | 0
        B18     | A    |     | 2026   |      | 5
        B13     | B    |     | 2026   |      | nil
        B14     | B    |     | 2026   |      | nil
        B13     | C    |     | 2026   |      | nil
        B14     | C    |     | 2026   |      | nil
        B13     | P    | CAT | 2026   |      | 4
        B18     | P    | CAT | 2026   |      | 4
        B16     | P    |     | 2026   | B17  | 2
        B16     | P    |     | 2026   | B18  | 1
    """
    found = province(figures, "MT3.CT2a")
    # (5 + 4 - 1) of (6 + 4 - 2); B and C owe nothing more, for nobody was found there
    assert (found["numerator"], found["denominator"], found["have"], found["need"]) == ("8", "8", "4", "4")


def test_people_of_the_year_are_never_the_sum_of_the_quarters() -> None:
    rows = "\n".join(f"{e}|A|2026-Q{q}|3" for e in ("B13", "B14", "B18") for q in range(1, 5))
    found = province(f"element|area|period|value\n{rows}", "MT3.CT2a")
    assert found["state"] == "CHUA_CO_SO_LIEU"
    assert "B13" in found["missing"].split(";")


def test_offenders_taken_to_court_leave_the_denominator() -> None:
    figures = """
        element | area | period | value
        B20     | A    | 2026   | 10
        B23     | A    | 2026   | 6
        B20     | B    | 2026   | nil
        B20     | C    | 2026   | nil
        B21     | P    | 2026   | 2
    """
    found = province(figures, "MT3.CT2b")
    assert (found["value"], found["numerator"], found["denominator"]) == ("75.000000", "6", "8")


def test_help_given_by_communes_is_not_added_to_the_receiving_facility() -> None:
    figures = "element|area|period|value\nM04|P|2026|4\nM05|P|2026|4\nM05|A|2026|3"
    found = province(figures, "MT3.CT3")
    assert (found["numerator"], found["denominator"]) == ("4", "4")


# --- objective 4 --------------------------------------------------------------------------------------------------


def test_boys_and_girls_are_added_over_communes_even_where_no_girl_was_born() -> None:
    figures = """
        element | area | period | value
        Y01     | A    | 2026   | 60
        Y02     | A    | 2026   | 50
        Y01     | B    | 2026   | 40
        Y02     | B    | 2026   | 50
        Y01     | C    | 2026   | 9
        Y02     | C    | 2026   | nil
    """
    assert province(figures, "MT4.CT1")["value"] == "109.000000"
    assert not any(criterion == "MT4.CT1" and area in "ABC" for criterion, area, _ in results(figures))


def test_the_published_ratio_wins_over_the_operational_one() -> None:
    figures = "element|area|period|value\nY04|P|2026|111.2\nY01|A|2026|10\nY02|A|2026|10"
    found = province(figures, "MT4.CT1")
    assert (found["value"], found["basis"]) == ("111.200000", "CONG_BO")


def test_maternal_deaths_are_held_against_live_births_of_all_communes_or_not_at_all() -> None:
    births = "\n".join(f"{e}|{area}|2026|500" for e in ("Y01", "Y02") for area in "AB")
    some = f"element|area|period|value\nY05|P|2026|1\n{births}"
    every = f"{some}\nY01|C|2026|250\nY02|C|2026|250"
    assert province(some, "MT4.CT2")["state"] == "CHUA_CO_SO_LIEU"
    found = province(every, "MT4.CT2")
    assert (found["value"], found["numerator"], found["denominator"]) == ("40.000000", "1", "2500")


def test_a_single_death_is_never_shown_for_a_commune() -> None:
    figures = "element|area|period|value\nY05|P|2026|1\nY01|A|2026|100\nY02|A|2026|100"
    assert {area for criterion, area, _ in results(figures) if criterion == "MT4.CT2"} == {"P"}


def test_adolescent_births_are_per_thousand_women_of_the_same_ages() -> None:
    formula = EDITION.criterion("MT4.CT3").definition
    figures = "\n".join(f"{e}|{area}|2026|{v}" for area in "ABC" for e, v in (("Y07", 6), ("R12", 400)))
    found = province(f"element|area|period|value\n{figures}", "MT4.CT3")
    assert EDITION.criterion("MT4.CT3").elements == ("Y07", "R12")
    assert found["value"] == "15.000000"
    assert EDITION.indicators["MT4.CT3"].version == 1
    assert formula == EDITION.indicators["MT4.CT3"].definition


def test_adolescent_births_told_by_age_band_make_up_the_whole_band() -> None:
    (ages, *_) = EDITION.rules.elements["Y07"].rule.partitions  # type: ignore[union-attr]
    assert (ages.dimension, ages.codes) == ("age", ("Y15T17", "Y18T19"))


# --- objective 5 --------------------------------------------------------------------------------------------------


def test_a_cohort_is_held_against_those_who_entered_with_it() -> None:
    figures = """
        element | area | period         | sex | value
        G07     | P    | 2025-09-01/P1Y | M   | 98
        G06     | P    | 2021-09-01/P1Y | M   | 100
        G06     | P    | 2025-09-01/P1Y | M   | 98
    """
    assert province(figures, "MT5.CT2a")["value"] == "98.000000"


def test_without_the_entrants_of_four_years_ago_there_is_no_value() -> None:
    figures = "element|area|period|sex|value\nG07|P|2025-09-01/P1Y|F|98\nG06|P|2025-09-01/P1Y|F|98"
    found = province(figures, "MT5.CT2b")
    assert (found["state"], found["missing"]) == ("CHUA_CO_SO_LIEU", "G06")


def test_a_cohort_may_pass_a_hundred_and_is_told_not_capped() -> None:
    figures = "element|area|period|sex|value\nG09|P|2025-09-01/P1Y|M|106\nG08|P|2022-09-01/P1Y|M|100"
    found = province(figures, "MT5.CT2c")
    assert (found["value"], found["warnings"]) == ("106.000000", "W_COHORT;W_RANGE")


def test_degrees_of_residents_are_not_mixed_with_those_of_officials() -> None:
    figures = """
        element | area | period     | kind   | value
        G13     | P    | 2026-12-31 | CBCCVC | 40
        G14     | P    | 2026-12-31 | CBCCVC | 20
        G13     | P    | 2026-12-31 | DAN_CU | 900
        G14     | P    | 2026-12-31 | DAN_CU | 100
    """
    assert province(figures, "MT5.CT4a")["value"] == "50.000000"
    assert refusals("element|area|period|value\nG13|P|2026-12-31|40") == {"E_KIND"}


# --- objective 6 --------------------------------------------------------------------------------------------------


def test_more_people_reached_than_live_there_is_refused() -> None:
    assert refusals("element|area|period|value\nT01|A|2026|1200\nR06|A|2026|1000") == {"E_PART"}


def test_coverage_of_broadcasts_is_no_figure_of_people_reached() -> None:
    assert EDITION.criterion("MT6.CT1").elements == ("T01", "R06")
    assert EDITION.catalogue["T02"].used_for == ("MT6.CT1",)  # the way of estimating is asked for


def test_informed_and_pledged_is_an_intersection_of_one_register() -> None:
    figures = "\n".join(
        f"{e}|{area}|2026|{value}"
        for e, values in {
            "T05": (10, 10, 10),
            "T06": (10, 9, 10),
            "T07": (10, 10, 9),
            "T08": (10, 9, 9),
        }.items()
        for area, value in zip("ABC", values, strict=True)
    )
    found = province(f"element|area|period|value\n{figures}", "MT6.CT2b")
    assert (found["numerator"], found["denominator"]) == ("28", "30")
    assert refusals("element|area|period|value\nT05|A|2026|5\nT06|A|2026|6") == {"E_PART"}
    assert refusals("element|area|period|value\nT06|A|2026|4\nT08|A|2026|5") == {"E_PART"}


def quarters(**by_commune: str) -> str:
    rows = [
        f"T09|{area}|2026-Q{quarter}|{value}"
        for area, values in by_commune.items()
        for quarter, value in enumerate(values.split(), 1)
        if value != "-"
    ]
    return "\n".join(["element|area|period|value", *rows])


def test_sixteen_items_in_one_quarter_do_not_make_a_year() -> None:
    found = results(quarters(A="4 4 4 4", B="16 0 0 0", C="4 5 6 7"))
    assert found["MT6.CT3", "P", "2026"]["numerator"] == "2"
    assert found["MT6.CT3", "B", "2026"]["value"] == "0.000000"


def test_a_silent_commune_does_not_pass_and_stays_in_the_denominator() -> None:
    found = province(quarters(A="4 4 4 4", B="4 4 4 4", C="4 4 4 -"), "MT6.CT3")
    assert (found["value"], found["have"], found["need"], found["silent"]) == ("66.666667", "2", "3", "C")
    assert found["evaluation"] == "CHUA_DAT"


def test_quarters_that_begin_on_a_fifteenth_are_not_the_quarters_of_the_plan() -> None:
    figures = "element|area|period|value\nT09|A|2025-12-15/P3M|4"
    assert results(figures)["MT6.CT3", "P", "2026-Q1"]["state"] == "CHUA_CO_SO_LIEU"


def test_a_commune_without_loudspeakers_can_comply_by_other_channels() -> None:
    figures = "element|area|period|kind|value\n" + "\n".join(
        f"T09|A|2026-Q1|LH{n}|{4 if n == 5 else 0}" for n in range(1, 9)
    )
    assert results(figures)["MT6.CT3", "A", "2026-Q1"]["value"] == "100.000000"


def test_a_station_must_broadcast_in_every_month_not_twelve_times_in_one() -> None:
    rows = "\n".join(f"T12|P|2026-{month:02}|DAI|{12 if month == 1 else 0}" for month in range(1, 13))
    found = province(f"element|area|period|kind|value\nR14|P|2026-12-31||1\n{rows}", "MT6.CT4a")
    assert (found["value"], found["numerator"], found["denominator"]) == ("0.000000", "0", "1")


def test_more_stations_than_the_register_holds_are_refused() -> None:
    rows = "\n".join(f"T12|P|2026-{m:02}|{k}|1" for m in range(1, 13) for k in ("DAI1", "DAI2"))
    assert refusals(f"element|area|period|kind|value\nR14|P|2026-12-31||1\n{rows}") == {"E_REGISTER"}


def test_loudspeakers_of_communes_count_for_articles_and_not_for_stations() -> None:
    assert EDITION.criterion("MT6.CT3").elements == ("T09",)
    assert EDITION.criterion("MT6.CT4a").elements == ("T12", "R14")
    assert "LH1" in {kind.code for kind in EDITION.catalogue["T09"].kinds}


def test_a_criterion_without_a_mark_is_shown_and_not_judged() -> None:
    figures = "element|area|period|value\nT14|A|2026|7\nT14|B|2026|nil\nT14|C|2026|2"
    found = province(figures, "MT6.CT4b")
    assert (found["value"], found["comparator"], found["evaluation"]) == ("9.000000", "", "")


# --- the list itself ----------------------------------------------------------------------------------------------


def listed() -> list[tuple[str, str, str]]:
    """Return the rows of the page of traps: number, trap, proof."""
    found = re.findall(r"^\| (T\d+) \| (.+?) \| (.+?) \|$", TRAPS.read_text(encoding="utf-8"), re.MULTILINE)
    return [(number, trap, proof) for number, trap, proof in found]


def names_in(file: str) -> set[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_traps_are_numbered_one_after_the_other() -> None:
    numbers = [number for number, _, _ in listed()]
    assert numbers == [f"T{n}" for n in range(1, len(numbers) + 1)]
    assert len(numbers) > 80


def test_every_trap_points_to_a_test_that_exists_or_says_why_there_is_none() -> None:
    for number, _, proof in listed():
        pointers = re.findall(r"`(tests/[^`]+)`", proof)
        if not pointers:
            assert proof.startswith("Không kiểm thử được: "), number
        for pointer in pointers:
            file, name = pointer.split("::")
            assert name in names_in(file), (number, pointer)


def test_every_trap_test_here_is_named_in_the_list() -> None:
    named = {name for _, _, proof in listed() for name in re.findall(r"::(\w+)`", proof)}
    own = {name for name in names_in("tests/plan/test_traps.py") if name.startswith("test_")}
    about_the_list = {
        "test_traps_are_numbered_one_after_the_other",
        "test_every_trap_points_to_a_test_that_exists_or_says_why_there_is_none",
        "test_every_trap_test_here_is_named_in_the_list",
    }
    assert own - about_the_list <= named
