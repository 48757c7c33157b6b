"""A file read by DuckDB as sets gives what the reference gives, line by line: the same rows or the same refusal."""

from __future__ import annotations

import csv
import io
import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songhanh.core.areas import AreaMap
from songhanh.core.compute import compute
from songhanh.core.problems import Refused
from songhanh.core.results import ResultRow
from songhanh.core.results_csv import results_csv
from songhanh.core.rulebook import Rulebook
from songhanh.core.table import read_table
from songhanh.engine import Backend, EngineError, compute_file, compute_frame, load
from songhanh.engine.files import compute_file_quickly
from songhanh.engine.survey import survey
from songhanh.engine.tallies import Doubt
from tests.core.test_worked_cases import EDITION, THREE, all_but_one_commune, areas_of
from tests.engine.invented import COMMUNES, RULEBOOK, YEAR
from tests.engine.test_engines_agree import LANG_SON, area_map
from tests.oracle import random_files
from tests.oracle.ambiguities import AMBIGUITIES, Ambiguity
from tests.oracle.worked_cases import CASES, Case, observations


def by_reference(data: bytes, rules: Rulebook, areas: AreaMap, year: int) -> list[ResultRow] | None:
    """Return the rows, None for a file that is refused."""
    try:
        return compute(read_table(data, rules=rules, areas=areas), rules=rules, areas=areas, year=year)
    except Refused:
        return None


def quickly(data: bytes, rules: Rulebook, areas: AreaMap, year: int) -> list[ResultRow] | None:
    """Return the rows by DuckDB alone, None when it wants the reference to look."""
    try:
        return compute_file_quickly(data, rules=rules, areas=areas, year=year)
    except (Doubt, EngineError):
        return None


# --- the contract's cases ------------------------------------------------------------------------------------------


def table(found: list[ResultRow]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(results_csv(found).decode())))


def assert_expected(found: list[ResultRow], case: Case) -> None:
    lines = {(line["criterion"], line["area"], line["period"]): line for line in table(found)}
    for criterion, area, period, columns in case.expected:
        line = lines[criterion, area, period]
        assert {name: line[name] for name in columns} == columns


def rows_of(case: Case) -> bytes:
    return observations(case.rows if case.rows or case.areas == "ABC" else all_but_one_commune())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_worked_case_from_its_file(case: Case) -> None:
    found = compute_file_quickly(rows_of(case), rules=EDITION.rules, areas=areas_of(case), year=2026)
    assert_expected(found, case)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_worked_case_on_every_engine(engine: Backend, case: Case) -> None:
    areas = areas_of(case)
    load(engine, read_table(rows_of(case), rules=EDITION.rules, areas=areas))
    assert_expected(compute_frame(engine, rules=EDITION.rules, areas=areas, year=2026), case)


@pytest.mark.parametrize("case", AMBIGUITIES, ids=[case.key for case in AMBIGUITIES])
def test_what_can_be_read_in_two_ways_is_read_as_the_reference_does(case: Ambiguity) -> None:
    found = quickly(case.data, EDITION.rules, THREE, 2026)
    assert found in (by_reference(case.data, EDITION.rules, THREE, 2026), None)


# --- the writing of a file -----------------------------------------------------------------------------------------

HEADER = "element,area,period,state,value,x_note"
GOOD = ["XA,00001,2026,GIA_TRI,10,a", "XB,00001,2026,GIA_TRI,4,b", "XB,00002,2026,KHONG_PHAT_SINH,,c"]


def file_of(*lines: str, end: str = "\n", last: str = "\n") -> bytes:
    return (end.join(lines) + last).encode()


PLAIN = {
    "line feeds": file_of(HEADER, *GOOD),
    "carriage returns and line feeds": file_of(HEADER, *GOOD, end="\r\n", last="\r\n"),
    "no line end at the end": file_of(HEADER, *GOOD, last=""),
    "a byte order mark": b"\xef\xbb\xbf" + file_of(HEADER, *GOOD),
    "empty lines": file_of(HEADER, "", GOOD[0], "", "", GOOD[1], ""),
    "empty lines with carriage returns": file_of(
        HEADER, "", GOOD[0], "", "", GOOD[1], "", end="\r\n", last="\r\n"
    ),
    "every cell quoted": file_of(
        *(",".join(f'"{cell}"' for cell in line.split(",")) for line in (HEADER, *GOOD))
    ),
    "a comma in quotes": file_of(HEADER, GOOD[0][:-1] + '"Sở Y tế, phòng 2"'),
    "doubled quotes": file_of(HEADER, GOOD[0][:-1] + '"nói ""có"""', GOOD[1]),
    "a line end in quotes": file_of(HEADER, GOOD[0][:-1] + '"một\nhai\n\n"', GOOD[1]),
    "line ends of Windows in quotes": file_of(
        HEADER, GOOD[0][:-1] + '"một\r\nhai"', GOOD[1], end="\r\n", last="\r\n"
    ),
    "columns in another order": file_of("value,x_a,state,period,area,element", "3,,GIA_TRI,2026,00001,XA"),
    "no rows": file_of(HEADER),
    "letters of Vietnamese": file_of(HEADER, GOOD[0][:-1] + "Ủy ban nhân dân xã Đồng Đăng"),
    "all columns": file_of(
        "element,area,org,period,sex,age,ethnicity,kind,state,value,status",
        "OA,90,SNV,2026,F,_T,,,GIA_TRI,3,UOC",
        "OA,90,SNV,2026,M,,_T,,GIA_TRI,3,",
        "PR,90,,2026,,,,,GIA_TRI,12.345678,SO_BO",
    ),
}


@pytest.mark.parametrize("data", PLAIN.values(), ids=PLAIN)
def test_a_file_well_written_in_any_way_is_read_without_a_detour(data: bytes) -> None:
    expected = by_reference(data, RULEBOOK, COMMUNES, YEAR)
    assert expected is not None
    assert quickly(data, RULEBOOK, COMMUNES, YEAR) == expected


ODD = {
    "line ends of two sorts": (HEADER + "\r\n" + GOOD[0] + "\n" + GOOD[1] + "\r\n").encode(),
    "a lone carriage return": file_of(HEADER, GOOD[0] + "\r" + GOOD[1]),
    "a lone carriage return in quotes": file_of(HEADER, GOOD[0][:-1] + '"a\rb"'),
    "a header inside another line": file_of("", HEADER, GOOD[0]),
    "a line end in the header": file_of('element,area,period,state,value,"x_\nnote"', GOOD[0]),
}


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
def test_an_oddly_written_file_that_may_be_read_gives_the_same_rows(data: bytes) -> None:
    expected = by_reference(data, RULEBOOK, COMMUNES, YEAR)
    assert quickly(data, RULEBOOK, COMMUNES, YEAR) in (expected, None)
    if expected is not None:
        assert compute_file(data, rules=RULEBOOK, areas=COMMUNES, year=YEAR) == expected


BROKEN = {
    "nothing at all": b"",
    "a byte that is no letter": file_of(HEADER) + b"XA,00001,2026,GIA_TRI,1,\xff\n",
    "a byte that is no letter in a column that is not read": file_of(HEADER, GOOD[0])
    + b"XB,00001,2026,GIA_TRI,1,\xc3\n",
    "a cell too many": file_of(HEADER, GOOD[0] + ",x"),
    "an empty cell too many": file_of(HEADER, GOOD[0] + ","),
    "an empty cell too many in one line and a cell too few in another": file_of(
        HEADER, GOOD[0] + ",", "XB,00001,2026,GIA_TRI,10"
    ),
    "a cell too few": file_of(HEADER, "XA,00001,2026,GIA_TRI,10"),
    "a blank that makes a line": file_of(HEADER, GOOD[0], " "),
    "a quote in the middle": file_of(HEADER, GOOD[0] + '"'),
    "two quotes in the middle": file_of(HEADER, GOOD[0] + '"b"'),
    "letters behind a quote": file_of(HEADER, GOOD[0][:-1] + '"a"b'),
    "a quote that never closes": file_of(HEADER, GOOD[0][:-1] + '"a', GOOD[1]),
    "a column twice": file_of(HEADER + ",area", GOOD[0] + ",00001"),
    "an unknown column": file_of(HEADER + ",note", GOOD[0] + ",x"),
    "a missing column": file_of("element,area,period,state", "XA,00001,2026,KHONG_PHAT_SINH"),
    "another separator": file_of(HEADER, GOOD[0]).replace(b",", b";"),
    "the same key twice": file_of(HEADER, GOOD[0], GOOD[1], GOOD[0].replace("10", "11")),
    "the same key twice, the total written and not": file_of(
        HEADER + ",sex", "XA,00001,2026,GIA_TRI,1,,", "XA,00001,2026,GIA_TRI,1,,_T"
    ),
    "a total that differs": file_of(
        HEADER + ",kind",
        "XA,00001,2026,GIA_TRI,5,,",
        "XA,00001,2026,GIA_TRI,2,,K1",
        "XA,00001,2026,GIA_TRI,2,,K2",
    ),
    "a total that differs where a part is nil, in a period that is not read": file_of(
        HEADER + ",kind",
        "XA,00001,2019,GIA_TRI,5,,",
        "XA,00001,2019,GIA_TRI,2,,K1",
        "XA,00001,2019,KHONG_PHAT_SINH,,,K2",
    ),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused(data: bytes) -> None:
    assert quickly(data, RULEBOOK, COMMUNES, YEAR) is None
    with pytest.raises(Refused):
        compute_file(data, rules=RULEBOOK, areas=COMMUNES, year=YEAR)


CELLS = {
    "element": ["XA", "xa", "XA ", "N1", "C1", "", "K9", "L'"],
    "area": ["00001", "90", "1", "00001 ", "", "99999"],
    "org": ["", "SNV", "snv", "A", "S_1", "SNV ", "X" * 21],
    "period": [
        "2026", "2026-Q1", "2026-Q5", "2026-06", "2026-6", "2026-02-30", "2024-02-29", "2025-02-29", "0000", "2026-S2",
        "2026-01-01/P5Y", "2025-09-01/P1Y", "2026-11-15/P31D", " 2026", "", "2026-12-15/P1M", "2026-12-31", "２０２６",
    ],
    "sex": ["", "_T", "F", "M", "f", "X"],
    "age": ["", "_T", "Y15T17", "Y99"],
    "ethnicity": ["", "_T", "KINH", "DTTS", "TAY"],
    "kind": ["", "_T", "K1", "K2", "K3", "k1", "S1", "9" * 21],
    "state": ["GIA_TRI", "KHONG_PHAT_SINH", "CHUA_CO_SO_LIEU", "KHONG_AP_DUNG", "", "gia_tri", "0"],
    "value": [
        "", "0", "1", "12", "007", "1.5", "1.", ".5", "1,5", "-1", "+1", "1e3", " 1", "1 ", "0.000001", "0.0000001",
        "999999999999999", "1000000000000000", "12.500000", "٣", "1_000", "0x1", "NaN", "inf", "100.000001", "0.0",
    ],
    "status": ["", "UOC", "SO_BO", "CHINH_THUC", "uoc"],
    "x_note": ["", "a", "Sở", "x" * 300],
}  # fmt: skip

cells = st.fixed_dictionaries({name: st.sampled_from(choices) for name, choices in CELLS.items()})


@given(
    st.sampled_from([code for code in RULEBOOK.elements if code != "N1"]),
    st.lists(cells, min_size=1, max_size=3),
    st.sets(st.sampled_from(list(CELLS)), max_size=2),
)
@settings(max_examples=80)
def test_a_cell_is_taken_or_refused_alike(element: str, rows: list[dict[str, str]], odd: set[str]) -> None:
    """All cells but up to two columns are good ones, so that a single fault is met often enough."""
    sound = {
        "element": element,
        "area": "00001",
        "org": "",
        "period": "2026",
        "sex": "",
        "age": "",
        "ethnicity": "",
        "kind": "",
        "state": "GIA_TRI",
        "value": "1",
        "status": "",
        "x_note": "",
    }
    out = io.StringIO()
    writer = csv.DictWriter(out, sound, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sound | {name: row[name] for name in odd} for row in rows)
    data = out.getvalue().encode()
    expected = by_reference(data, RULEBOOK, COMMUNES, YEAR)
    assert quickly(data, RULEBOOK, COMMUNES, YEAR) == expected


@given(st.lists(st.sampled_from(["a", '"', ",", "\n", "\r\n", "é"]), max_size=7).map("".join))
@settings(max_examples=80)
def test_any_quoting_is_taken_or_refused_alike(text: str) -> None:
    data = file_of(HEADER, GOOD[0], GOOD[1][:-1] + text, GOOD[2])
    found = quickly(data, RULEBOOK, COMMUNES, YEAR)
    expected = by_reference(data, RULEBOOK, COMMUNES, YEAR)
    assert found == expected or (found is None and "\r" in text)


@pytest.mark.parametrize("mode", ["clean", "valid", "wild", "junk", "bytes"])
@pytest.mark.parametrize("seed", range(40, 44))
def test_random_files_are_taken_or_refused_alike(mode: str, seed: int) -> None:
    chosen = random_files.random_areas(seed)
    data = random_files.random_file(seed, areas=chosen, year=2026, mode=mode)
    expected = by_reference(data, LANG_SON, area_map(chosen), 2026)
    found = quickly(data, LANG_SON, area_map(chosen), 2026)
    assert found == expected or (found is None and mode in {"bytes", "junk"})


@pytest.mark.parametrize("seed", range(60, 75))
def test_one_planted_error_is_seen(seed: int) -> None:
    chosen = random_files.random_areas(seed)
    broken = random_files.broken_file(seed, areas=chosen, year=2026)
    assert quickly(broken.data, LANG_SON, area_map(chosen), 2026) is None, broken.what


def test_quoted_line_ends_are_counted_right_in_a_file_of_many_blocks(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    kinds = "XA,00001,2026,GIA_TRI,1"
    lines = [
        f'N1,00001,{1000 + n // 12}-{n % 12 + 1:02d},GIA_TRI,{n},"dòng {n}\n\nhết, ""{n}"""'
        for n in range(50_000)
    ]
    path.write_bytes(file_of(HEADER, *lines, kinds + ","))
    layout = survey(path)
    assert (layout.records, layout.quotes) == (50_001, True)
    found = compute_file_quickly(path, rules=RULEBOOK, areas=COMMUNES, year=YEAR)
    assert found == by_reference(path.read_bytes(), RULEBOOK, COMMUNES, YEAR)


# --- where a file comes from ---------------------------------------------------------------------------------------


def test_a_name_that_looks_like_a_pattern_names_one_file(tmp_path: Path) -> None:
    for name in ("số [1] *.csv", "số 1 x.csv"):
        (tmp_path / name).write_bytes(file_of(HEADER, GOOD[0 if "*" in name else 1]))
    found = compute_file_quickly(tmp_path / "số [1] *.csv", rules=RULEBOOK, areas=COMMUNES, year=YEAR)
    assert found == by_reference(file_of(HEADER, GOOD[0]), RULEBOOK, COMMUNES, YEAR)


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    data = file_of(HEADER, *GOOD)
    writer = threading.Thread(target=lambda: pipe.write_bytes(data))
    writer.start()
    found = compute_file(pipe, rules=RULEBOOK, areas=COMMUNES, year=YEAR)
    writer.join()
    assert found == by_reference(data, RULEBOOK, COMMUNES, YEAR)


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        compute_file(tmp_path / "không có.csv", rules=RULEBOOK, areas=COMMUNES, year=YEAR)


def test_nothing_is_left_behind_in_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    compute_file_quickly(file_of(HEADER, *GOOD), rules=RULEBOOK, areas=COMMUNES, year=YEAR)
    assert list(tmp_path.iterdir()) == [tmp_path / "var"] * (tmp_path / "var").exists()


def test_without_duckdb_the_same_rows_come_from_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    data = file_of(HEADER, *GOOD)
    found = compute_file(data, rules=RULEBOOK, areas=COMMUNES, year=YEAR)
    assert found == by_reference(data, RULEBOOK, COMMUNES, YEAR)
