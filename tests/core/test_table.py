"""Reading a file of observations: what is refused, where, and under which code (contract §3)."""

import pytest

from songhanh.core.problems import Refused
from songhanh.core.results import State, Status
from songhanh.core.table import read_table
from tests.core.book import AREAS, RULES

HEADER = "element,area,org,period,sex,age,ethnicity,kind,state,value,status"


def read(text: str | bytes) -> list:
    data = text.encode() if isinstance(text, str) else text
    return read_table(data, rules=RULES, areas=AREAS)


def refused(text: str | bytes) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(Refused) as caught:
        read(text)
    return [(problem.code.value, problem.line, problem.column) for problem in caught.value.problems]


def row(text: str) -> str:
    """Turn `element area org period sex age ethnicity kind state value status` (. = empty) into a file of one row."""
    return HEADER + "\n" + ",".join("" if cell == "." else cell for cell in text.split()) + "\n"


GOOD = """
X1  00001 .   2026       _T _T     _T   _T GIA_TRI         12       .
X1  00001 .   2026       F  .      .    .  GIA_TRI         0        UOC
X1  00001 .   2026       _T Y15T17 DTTS K2 KHONG_PHAT_SINH .        SO_BO
X1  90    .   2026       .  .      .    .  GIA_TRI         12       .
X1  00002 .   2026       .  .      .    .  KHONG_AP_DUNG   .        .
X1  00001 .   2027-Q3    .  .      .    .  CHUA_CO_SO_LIEU .        .
XO1 90    CAT 2026-06    .  .      .    .  GIA_TRI         3        .
OF  90    CAT 2026-12-31 .  .      .    .  GIA_TRI         1        .
OF  90    .   2026-12-31 .  .      .    .  GIA_TRI         17       .
XF  90    .   2026-12-31 .  .      .    .  GIA_TRI         64       .
XF  00001 .   2026-12-31 .  .      .    .  GIA_TRI         1.000000 .
PH  90    .   2026       .  .      .    .  GIA_TRI         84       .
PH  90    .   2026       .  .      .    .  GIA_TRI         0.000001 .
PR  90    .   2026       .  .      .    .  GIA_TRI         100.000  .
PR  00001 .   2026       .  .      .    .  GIA_TRI         5        .
PK  90    .   2026       .  .      .    K1 GIA_TRI         999999999999999 .
PA  90    .   2026-05    .  .      .    DAI_1 KHONG_AP_DUNG .       .
N1  00001 SNV 2026       F  .      .    BAT_KY KHONG_PHAT_SINH .    .
N1  90    .   2026       .  .      .    .  GIA_TRI         1.5      .
C1  90    .   2026       .  .      .    .  GIA_TRI         7        .
"""

BAD = """
??  00001 .   2026       . . . .   GIA_TRI         1    .   E_ELEMENT element
x1  00001 .   2026       . . . .   GIA_TRI         1    .   E_ELEMENT element
W1  00001 .   2026       . . . .   GIA_TRI         1    .   E_ELEMENT element
X1  00009 .   2026       . . . .   GIA_TRI         1    .   E_AREA area
X1  1     .   2026       . . . .   GIA_TRI         1    .   E_AREA area
X1  00001 .   2026-Q5    . . . .   GIA_TRI         1    .   E_PERIOD period
X1  00001 .   2026-02-30 . . . .   GIA_TRI         1    .   E_PERIOD period
X1  00001 .   2026       X . . .   GIA_TRI         1    .   E_KIND sex
X1  00001 .   2026       . Y1 . .  GIA_TRI         1    .   E_KIND age
X1  00001 .   2026       . . HOA . GIA_TRI         1    .   E_KIND ethnicity
X1  00001 .   2026       . . . K9  GIA_TRI         1    .   E_KIND kind
P1  90    .   2026       . . . K1  GIA_TRI         1    .   E_KIND kind
PK  90    .   2026       . . . .   GIA_TRI         1    .   E_KIND kind
PK  90    .   2026       . . . K3  GIA_TRI         1    .   E_KIND kind
PA  90    .   2026-01    . . . đài GIA_TRI         1    .   E_KIND kind
N1  90    .   2026       . . . thường GIA_TRI      1    .   E_KIND kind
X1  00001 .   2026       . . . .   CO_GIA_TRI      1    .   E_STATE state
X1  00001 .   2026       . . . .   GIA_TRI         .    .   E_STATE value
X1  00001 .   2026       . . . .   KHONG_PHAT_SINH 0    .   E_STATE value
X1  00001 .   2026       . . . .   CHUA_CO_SO_LIEU 5    .   E_STATE value
X1  00001 .   2026       . . . .   GIA_TRI         1    MOI E_STATE status
P1  90    .   2026       . . . .   KHONG_PHAT_SINH .    .   E_STATE state
P1  90    .   2026       . . . .   KHONG_AP_DUNG   .    .   E_STATE state
XF  00001 .   2026-12-31 . . . .   KHONG_AP_DUNG   .    .   E_STATE state
X1  00001 .   2026       . . . .   GIA_TRI         1.234.567 . E_NUMBER value
X1  00001 .   2026       . . . .   GIA_TRI         62%  .   E_NUMBER value
X1  00001 .   2026       . . . .   GIA_TRI         -1   .   E_NUMBER value
X1  00001 .   2026       . . . .   GIA_TRI         +1   .   E_NUMBER value
X1  00001 .   2026       . . . .   GIA_TRI         1e3  .   E_NUMBER value
X1  00001 .   2026       . . . .   GIA_TRI         007  .   E_NUMBER value
X1  00001 .   2026       . . . .   GIA_TRI         .5   .   E_NUMBER value
X1  00001 .   2026       . . . .   GIA_TRI         5.   .   E_NUMBER value
X1  00001 .   2026       . . . .   GIA_TRI         ١٢   .   E_NUMBER value
PR  90    .   2026       . . . .   GIA_TRI         1.0000001 . E_NUMBER value
X1  00001 .   2026       . . . .   GIA_TRI         1234567890123456 . E_NUMBER value
X1  00001 .   2026       . . . .   GIA_TRI         1.5  .   E_RANGE value
XF  00001 .   2026-12-31 . . . .   GIA_TRI         2    .   E_RANGE value
OF  90    CAT 2026-12-31 . . . .   GIA_TRI         2    .   E_RANGE value
OF  90    .   2026-12-31 . . . .   GIA_TRI         1.5  .   E_RANGE value
PH  90    .   2026       . . . .   GIA_TRI         0    .   E_RANGE value
PH  90    .   2026       . . . .   GIA_TRI         84.1 .   E_RANGE value
PR  90    .   2026       . . . .   GIA_TRI         100.000001 . E_RANGE value
XO1 00001 CAT 2026       . . . .   GIA_TRI         1    .   E_ORG org
X1  90    CAT 2026       . . . .   GIA_TRI         1    .   E_ORG org
P1  90    CAT 2026       . . . .   GIA_TRI         1    .   E_ORG org
XO1 90    cat 2026       . . . .   GIA_TRI         1    .   E_ORG org
XO1 90    C   2026       . . . .   GIA_TRI         1    .   E_ORG org
"""


@pytest.mark.parametrize("line", GOOD.strip().split("\n"))
def test_a_row_that_keeps_the_rules_is_read(line: str) -> None:
    assert len(read(row(line))) == 1


@pytest.mark.parametrize("line", BAD.strip().split("\n"))
def test_a_row_that_breaks_a_rule_is_named_with_code_line_and_column(line: str) -> None:
    *cells, code, column = line.split()
    assert (code, 2, column) in refused(row(" ".join(cells)))


def test_columns_may_stand_in_any_order_and_optional_ones_may_be_absent() -> None:
    [found] = read("value,state,period,area,element,x_ghi_chu\n7,GIA_TRI,2026,00001,X1,ghi chú\n")
    assert (found.value.whole, found.sex, found.org, found.status) == (7, "_T", "", Status.OFFICIAL)
    assert found.extra == {"x_ghi_chu": "ghi chú"}


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("element,area,period,state", "value"),
        ("element,area,period,state,value,value", "value"),
        ("element,area,period,state,value,x_a,x_a", "x_a"),
        ("element,area,period,state,value,ghi_chu", "ghi_chu"),
        ("Element,area,period,state,value", "Element"),
        ("element ,area,period,state,value", "element"),
    ],
)
def test_a_header_that_cannot_be_used_is_refused_with_the_column_it_is_about(
    header: str, column: str
) -> None:
    assert ("E_COLUMN", 1, column) in refused(header + "\n")


def test_an_empty_file_is_refused() -> None:
    assert refused(b"") == [("E_COLUMN", 1, None)]
    assert refused(b"\n\n") == [("E_COLUMN", 1, None)]


def test_a_file_in_an_old_encoding_is_refused_and_says_so() -> None:
    assert (
        refused("element,area,period,state,value,x_a\nX1,00001,2026,GIA_TRI,1,Lạng\n".encode("utf-16")) != []
    )
    assert refused(b"element,area,period,state,value,x_a\nX1,00001,2026,GIA_TRI,1,\xf2\n") == [
        ("E_COLUMN", 2, None)
    ]


def test_byte_order_mark_windows_line_ends_blank_lines_and_quotes_change_nothing() -> None:
    plain = read("element,area,period,state,value\nX1,00001,2026,GIA_TRI,1\nX1,00002,2026,GIA_TRI,2\n")
    windows = read(
        b'\xef\xbb\xbfelement,area,period,state,value\r\n"X1",00001,2026,GIA_TRI,"1"\r\n\r\nX1,00002,2026,GIA_TRI,2'
    )
    assert [(o.key, o.value) for o in plain] == [(o.key, o.value) for o in windows]
    assert [o.line for o in windows] == [2, 4]


def test_lines_are_counted_in_the_file_even_when_a_cell_runs_over_two_of_them() -> None:
    text = (
        'element,area,period,state,value,x_a\nX1,00001,2026,GIA_TRI,1,"hai\ndòng"\nX1,00009,2026,GIA_TRI,1,\n'
    )
    assert refused(text) == [("E_AREA", 4, "area")]


def test_a_line_with_more_or_fewer_cells_than_the_header_is_named_and_the_others_are_still_checked() -> None:
    text = HEADER + "\nX1,00001\nX1,00009,,2026,,,,,GIA_TRI,1,\nX1,00001,,2026,,,,,GIA_TRI,1,,\n"
    assert refused(text) == [("E_COLUMN", 2, None), ("E_AREA", 3, "area"), ("E_COLUMN", 4, None)]


def test_nothing_is_trimmed() -> None:
    assert refused("element,area,period,state,value\nX1, 00001,2026,GIA_TRI,1\n") == [("E_AREA", 2, "area")]


def test_a_quote_that_never_closes_is_refused() -> None:
    assert refused('element,area,period,state,value\nX1,00001,2026,GIA_TRI,"1\n') == [("E_COLUMN", 2, None)]


def test_the_second_row_of_a_key_is_named_with_the_first() -> None:
    text = HEADER + "\nX1,00001,,2026,,,,,GIA_TRI,1,\nX1,00001,,2026,_T,_T,_T,_T,CHUA_CO_SO_LIEU,,\n"
    with pytest.raises(Refused) as caught:
        read(text)
    [problem] = caught.value.problems
    assert (problem.code.value, problem.line, problem.data["first"]) == ("E_DUPLICATE", 3, "2")


PARTS = "X1,00001,,2026,{},_T,_T,{},{},{},\n"


@pytest.mark.parametrize(
    ("rows", "differs"),
    [
        ("_T _T GIA_TRI 5|F _T GIA_TRI 2|M _T GIA_TRI 3", False),
        ("_T _T GIA_TRI 5|F _T GIA_TRI 2|M _T GIA_TRI 2", True),
        ("_T _T GIA_TRI 2|F _T GIA_TRI 2|M _T KHONG_PHAT_SINH ", False),
        ("_T _T GIA_TRI 5|F _T GIA_TRI 9", False),  # one part alone says nothing
        ("_T _T GIA_TRI 5|F _T GIA_TRI 2|M _T CHUA_CO_SO_LIEU ", False),  # an unanswered part says nothing
        ("_T _T GIA_TRI 5|F _T GIA_TRI 2|M _T KHONG_AP_DUNG ", False),
        ("_T _T KHONG_PHAT_SINH |F _T GIA_TRI 2|M _T GIA_TRI 3", False),  # the total has no number
        ("_T _T GIA_TRI 6|_T K1 GIA_TRI 1|_T K2 GIA_TRI 2|_T K3 GIA_TRI 3", False),
        ("_T _T GIA_TRI 7|_T K1 GIA_TRI 1|_T K2 GIA_TRI 2|_T K3 GIA_TRI 3", True),
        (
            "_T _T GIA_TRI 5|F K1 GIA_TRI 2|M K1 GIA_TRI 9",
            False,
        ),  # parts of a part are not parts of the total
    ],
)
def test_a_total_is_held_against_its_parts_only_when_all_of_them_are_answered(
    rows: str, differs: bool
) -> None:
    lines = [PARTS.format(*line.split(" ")) for line in rows.split("|")]
    text = HEADER + "\n" + "".join(lines)
    if differs:
        assert refused(text) == [("E_SUM", 2, "value")]
    else:
        assert len(read(text)) == len(lines)


def test_the_four_states_stay_four() -> None:
    text = HEADER + "\n"
    for area, state, value in (
        ("00001", "GIA_TRI", "0"),
        ("00002", "KHONG_PHAT_SINH", ""),
        ("00003", "KHONG_AP_DUNG", ""),
    ):
        text += f"X1,{area},,2026,,,,,{state},{value},\n"
    zero, nil, not_owed = read(text)
    assert (zero.state, zero.value.whole) == (State.VALUE, 0)
    assert (nil.state, nil.value) == (State.NIL, None)
    assert not_owed.state is State.NOT_APPLICABLE
