"""`AREAS.csv`: another map for the same figures."""

from __future__ import annotations

from datetime import date

import pytest

from songhanh.core.areas import map_on
from songhanh.plan import BrokenEdition, read_areas

GOOD = """code,name,level,parent,valid_from,valid_to
20,Tỉnh,province,,2020-01-01,
B,Bê,commune,20,2020-01-01,
A,A,commune,20,2020-01-01,2026-06-30
"""


def cases(text: str) -> list[tuple[str, str, int | None]]:
    with pytest.raises(BrokenEdition) as broken:
        read_areas(text.splitlines(keepends=True))
    return [(problem.case, problem.field, problem.line) for problem in broken.value.problems]


def test_areas_are_read_with_their_days() -> None:
    areas = read_areas(GOOD.splitlines())
    assert [area.code for area in areas] == ["20", "B", "A"]
    assert areas[2].valid_to == date(2026, 6, 30)
    assert [c.code for c in map_on(areas, date(2026, 6, 30)).communes] == ["A", "B"]
    assert [c.code for c in map_on(areas, date(2026, 7, 1)).communes] == ["B"]


def test_columns_may_come_in_any_order_with_others_beside_them_and_a_bom() -> None:
    text = "\ufeffnote,valid_to,valid_from,parent,level,name,code\nx,,2020-01-01,,province,Tỉnh,20\n"
    assert read_areas([text])[0].code == "20"


def test_names_and_parents_may_be_empty_and_any_string_is_a_code() -> None:
    text = (
        "code,name,level,parent,valid_from,valid_to\n01,,province,,2020-01-01,\nxã é,,commune,,2020-01-01,\n"
    )
    assert [area.code for area in read_areas(text.splitlines(keepends=True))] == ["01", "xã é"]
    assert cases(text.replace("xã é", "x;y")) == [("code_form", "code", 3)]


def test_a_missing_column_is_named() -> None:
    assert cases(GOOD.replace("parent,", "", 1)) == [("column_missing", "parent", 1)]


def test_a_day_that_does_not_exist_is_named_with_its_line() -> None:
    assert cases(GOOD.replace("2026-06-30", "2026-06-31")) == [("not_a_date", "valid_to", 4)]


def test_an_end_before_the_beginning_is_named() -> None:
    assert cases(GOOD.replace("2026-06-30", "2019-12-31")) == [("dates_reversed", "valid_to", 4)]


def test_a_place_without_a_province_above_it_is_named() -> None:
    assert cases(GOOD.replace("A,A,commune,20", "A,A,commune,21")) == [("parent_unknown", "parent", None)]


def test_a_level_of_its_own_making_is_refused() -> None:
    assert ("choice_unknown", "level", 4) in cases(GOOD.replace("A,A,commune", "A,A,district"))


def test_the_same_place_twice_at_one_time_is_refused_but_not_one_after_the_other() -> None:
    assert ("area_twice", "code", None) in cases(GOOD + "A,A,commune,20,2026-06-30,\n")
    assert len(read_areas((GOOD + "A,A,commune,20,2026-07-01,\n").splitlines())) == 4


def test_a_row_with_a_comma_too_many_is_named() -> None:
    assert cases(GOOD + "C,Cê,commune,20,2020-01-01,,\n") == [("row_length", "", 5)]


def test_no_province_at_all_is_refused() -> None:
    assert ("no_province", "level", None) in cases("code,name,level,parent,valid_from,valid_to\n")
