"""The files suppliers would send: always the same, marked, valid, complete."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from itertools import product

import pytest

from songhanh.core.areas import AreaMap
from songhanh.core.rulebook import Rulebook
from songhanh.core.table import read_table
from songhanh.illustration import generate
from songhanh.plan import Edition

from .conftest import Files, Row, as_csv, key_of

# One digest for all files of a year: of every name with its bytes. It changes when illustration.yaml changes, when
# the catalogue's order changes, or when the generator deals differently. The first two are meant: look at the new
# verdicts (test_verdicts.py) and write the digests anew. The third breaks the promise that the same edition gives
# the same bytes everywhere, so find out why before touching this table.
DIGESTS = {
    "2017": "98c472411022bd3d",
    "2018": "6c2ecf8c49dca598",
    "2019": "bd6307e46d82d5e1",
    "2020": "1e6faa9944d603c8",
    "2021": "85eab3256b8a492d",
    "2022": "ef21aa6ae133e02d",
    "2023": "1ee2988c4ee5c3ef",
    "2024": "1e14a14ed38bdbb2",
    "2025": "7c6ca45afa277e31",
    "2026": "9c9dafdd35553aaa",
}


@pytest.mark.parametrize("year", sorted(DIGESTS))
def test_the_files_of_a_year_are_the_same_bytes_on_every_machine(year: str, files: Files) -> None:
    digest = hashlib.sha256()
    for name in sorted(name for name in files if name.split("_")[1] == year):
        digest.update(name.encode() + b"\0" + files[name])
    assert digest.hexdigest()[:16] == DIGESTS[year]


def test_every_year_with_files_has_a_pinned_digest(files: Files) -> None:
    assert {name.split("_")[1] for name in files} == set(DIGESTS)


def test_a_file_does_not_depend_on_the_years_asked_for_with_it(edition: Edition, files: Files) -> None:
    alone = generate(edition, [2026])
    assert alone == {name: files[name] for name in alone}
    assert {name for name in files if "_2026_" in name} <= set(alone)


def test_a_single_year_brings_the_entrants_its_cohorts_are_measured_against(edition: Edition) -> None:
    names = {name for name in generate(edition, [2026]) if "_2026_" not in name}
    assert names == {f"minh-hoa_{year}_SGDDT_dau-cap.csv" for year in (2022, 2023, 2024, 2025)}


def test_every_row_says_that_it_is_illustrative(rows: dict[str, list[Row]]) -> None:
    sources = {row["x_source"] for of_file in rows.values() for row in of_file}
    assert all(source.startswith("SỐ LIỆU MINH HỌA – ") for source in sources)


def test_every_row_names_who_reports_it(rows: dict[str, list[Row]], edition: Edition) -> None:
    for name, of_file in rows.items():
        for row in of_file:
            expected = row["area"] if "_UBND-xa" in name else name.removesuffix(".csv").split("_")[2]
            assert row["x_reporter"] == expected
            assert row["x_reporter"] in edition.places or row["x_reporter"] in edition.agencies


def test_no_file_breaks_the_contract(rows: dict[str, list[Row]], edition: Edition, rules: Rulebook) -> None:
    areas: AreaMap = edition.area_map(edition.term.first)
    for of_file in rows.values():
        assert len(read_table(as_csv(of_file), rules=rules, areas=areas)) == len(of_file)


def test_all_files_fit_a_register_that_is_filled_in_seconds(rows: dict[str, list[Row]]) -> None:
    assert sum(len(of_file) for of_file in rows.values()) < 60_000


def test_every_agency_that_owes_core_figures_sends_a_file_each_year_of_the_plan(
    files: Files, edition: Edition
) -> None:
    owing = {code for element in edition.catalogue.values() if element.core for code in element.suppliers}
    single = {code for code in owing if not edition.agencies[code].is_class}
    assert single <= {name.removesuffix(".csv").split("_")[2] for name in files if "_2026_" in name}
    assert "minh-hoa_2026_UBND-xa.csv" in files


def test_every_element_the_criteria_read_is_told(standing: list[Row], edition: Edition) -> None:
    read = {code for code, element in edition.elements.items() if element.rule}
    assert len(read) == 59
    assert read <= {row["element"] for row in standing}


def test_most_of_the_catalogue_is_told(standing: list[Row], edition: Edition) -> None:
    untold = set(edition.elements) - {row["element"] for row in standing}
    # computed by the product, texts, and figures of surveys that have not been held
    assert untold == {"B17", "B22", "Y03", "T10", "T11", "H33", "H34", "H35", "M06", "T03", "Y11"}


def test_codes_of_kind_are_those_the_catalogue_names(standing: list[Row], edition: Edition) -> None:
    used = {(row["element"], row["kind"]) for row in standing if row["kind"] != "_T"}
    known = {(code, kind.code) for code, element in edition.catalogue.items() for kind in element.kinds}
    assert used <= known


def test_totals_equal_their_parts_for_every_element_not_only_those_that_are_read(standing: list[Row]) -> None:
    partitions = {
        "sex": ("F", "M"),
        "ethnicity": ("KINH", "DTTS"),
        "kind": ("DANG", "CHINH_QUYEN", "CQHC", "BAN_NGANH", "DOAN_THE"),
    }
    amounts = {
        key_of(row): int(row["value"] or 0)
        for row in standing
        if row["value"].isdecimal() or not row["value"]
    }
    answered = {key_of(row) for row in standing if row["state"] in {"GIA_TRI", "KHONG_PHAT_SINH"}}
    places = {key[:4] for key in answered}
    checked: Counter[str] = Counter()
    for place, (name, codes) in product(places, partitions.items()):
        at = ("sex", "age", "ethnicity", "kind").index(name)
        parts = [(*place, *("_T",) * at, code, *("_T",) * (3 - at)) for code in codes]
        total = (*place, "_T", "_T", "_T", "_T")
        if total in answered and answered.issuperset(parts):
            assert sum(amounts[part] for part in parts) == amounts[total], (place, name)
            checked[name] += 1
    assert all(checked[name] > 300 for name in partitions)


def test_the_four_states_and_three_statuses_all_stand_somewhere(standing: list[Row]) -> None:
    states = {row["state"] for row in standing}
    assert states == {"GIA_TRI", "KHONG_PHAT_SINH", "CHUA_CO_SO_LIEU", "KHONG_AP_DUNG"}
    assert {row["status"] for row in standing} == {"UOC", "SO_BO", "CHINH_THUC", ""}
    # a gap has no figure whose firmness could be told
    assert {row["state"] for row in standing if not row["status"]} == {"CHUA_CO_SO_LIEU", "KHONG_AP_DUNG"}


def test_years_gone_by_are_official_and_the_running_year_is_not(standing: list[Row]) -> None:
    statuses = defaultdict(set)
    for row in standing:
        if row["element"] in {"B13", "Y01", "T01", "K01"} and row["status"]:
            statuses[row["element"], row["period"][:4]].add(row["status"])
    assert {statuses[element, "2025"] == {"CHINH_THUC"} for element in ("B13", "Y01", "T01", "K01")} == {True}
    assert statuses["B13", "2026"] == {"SO_BO"}
    assert statuses["T01", "2026"] == {"UOC"}
    assert statuses["K01", "2026"] == {"UOC"}


def test_periods_of_every_form_stand_in_the_files(standing: list[Row]) -> None:
    periods = {row["period"] for row in standing}
    wanted = "2026 2026-12-31 2026-Q4 2026-12 2025-09-01/P1Y 2016-09-01/P1Y 2026-11-15/P31D 2025-12-15/P1Y"
    assert set(wanted.split()) <= periods


def test_a_corrected_file_replaces_figures_that_were_sent_before(rows: dict[str, list[Row]]) -> None:
    corrected = [name for name in rows if name.endswith("_dinh-chinh.csv")]
    assert len(corrected) >= 2
    for name in corrected:
        first = {key_of(row): row for row in rows[name.replace("_dinh-chinh", "")]}
        for row in rows[name]:
            before = first[key_of(row)]
            assert (row["value"], row["status"]) != (before["value"], before["status"])
            assert "đính chính" in row["x_source"]


def test_a_late_file_brings_what_the_first_file_left_out(rows: dict[str, list[Row]]) -> None:
    late = [name for name in rows if name.endswith("_nop-cham.csv")]
    assert late
    for name in late:
        in_time = {key_of(row) for row in rows[name.replace("_nop-cham", "")]}
        assert not in_time & {key_of(row) for row in rows[name]}


def test_within_a_file_every_key_stands_once(rows: dict[str, list[Row]]) -> None:
    for of_file in rows.values():
        assert len({key_of(row) for row in of_file}) == len(of_file)


def test_rows_stand_in_canonical_order(rows: dict[str, list[Row]], edition: Edition) -> None:
    order = list(edition.elements)
    province = edition.area_map(2026).province.code
    of_file = rows["minh-hoa_2026_SYT.csv"]
    keys = [(order.index(row["element"]), row["area"] != province, *key_of(row)[1:]) for row in of_file]
    assert keys == sorted(keys)
