"""Each fault of an edition is told with file, field and remedy: a copy of a good edition is broken by hand."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest

import songhanh.plan
from songhanh.plan import EditionProblem
from songhanh.plan.check import SENTENCES, check, main, sentence
from songhanh.plan.loader import BUILT_IN

SECOND = Path(__file__).parent / "second_edition"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SECOND, tmp_path / "edition"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(folder: Path) -> list[tuple[str, str, str]]:
    return [(problem.file, problem.field, problem.case) for problem in check(folder)]


# file | the words broken | what stands there instead | file, field and case of the problem told
BREAKAGES: list[tuple[str, str, str, tuple[str, str, str]]] = [
    # the form of a file
    ("plan.yaml", "status: Ban hành", "status: [", ("plan.yaml", "", "yaml_syntax")),
    ("plan.yaml", "status: Ban hành", "statsu: Ban hành", ("plan.yaml", "statsu", "field_unknown")),
    ("plan.yaml", "status: Ban hành", "", ("plan.yaml", "status", "field_missing")),
    ("plan.yaml", "status: Ban hành", "status:", ("plan.yaml", "status", "field_empty")),
    ("plan.yaml", "status: Ban hành", "status: a\nstatus: b", ("plan.yaml", "status", "field_twice")),
    ("plan.yaml", "status: Ban hành", "status: [a]", ("plan.yaml", "status", "not_a_value")),
    (
        "plan.yaml",
        "sex: {F: Nữ, M: Nam}",
        "sex: {F: Nữ, F: Nam}",
        ("plan.yaml", "dimensions.sex.F", "field_twice"),
    ),
    (
        "plan.yaml",
        "sex: {F: Nữ, M: Nam}",
        "sex: {F: Nữ, M: }",
        ("plan.yaml", "dimensions.sex.M", "not_a_value"),
    ),
    ("plan.yaml", "sex: {F: Nữ", "sex: {_T: Tổng, F: Nữ", ("plan.yaml", "dimensions.sex", "total_listed")),
    ("plan.yaml", "targets: [B.1]", "targets: B.1", ("plan.yaml", "objectives[B].targets", "not_a_list")),
    ("plan.yaml", "first: 2027", "first: hai nghìn", ("plan.yaml", "term.first", "not_a_whole_number")),
    ("plan.yaml", "first: 2027", "first: 27", ("plan.yaml", "term.first", "number_too_low")),
    ("plan.yaml", "last: 2029", "last: 20290", ("plan.yaml", "term.last", "number_too_high")),
    ("plan.yaml", "last: 2029", "last: 2026", ("plan.yaml", "term.last", "term_reversed")),
    ("plan.yaml", "2027-01-05", "05/01/2027", ("plan.yaml", "day", "not_a_date")),
    ("plan.yaml", "2027-01-05", "2027-02-30", ("plan.yaml", "day", "not_a_date")),
    ("plan.yaml", "id: mai_ha_2027_2029", "id: Mai Hạ", ("plan.yaml", "id", "code_form")),
    ("plan.yaml", "issuer: VP", "issuer: VX", ("plan.yaml", "issuer", "agency_unknown")),
    ("plan.yaml", "code: PT,", "code: COUNT,", ("plan.yaml", "units[COUNT].code", "code_twice")),
    # the plan's words
    (
        "plan.yaml",
        "1.2. Mục tiêu B: Truyền",
        "1.2. Mục tiêu B: Chuyền",
        ("plan.yaml", "objectives[B].quote", "quote_not_found"),
    ),
    (
        "plan.yaml",
        "title: Bình đẳng giới tỉnh",
        "title: Bình đẳng tỉnh",
        ("plan.yaml", "title", "quote_not_found"),
    ),
    ("plan.yaml", "clause: I.1.2", "clause: I.1.1", ("plan.yaml", "objectives[B].quote", "quote_elsewhere")),
    ("plan.yaml", "clause: I.1.2", "clause: I.9", ("plan.yaml", "objectives[B].clause", "clause_unknown")),
    (
        "plan.yaml",
        "quote: không quá 12,5%",
        "quote: không quá … 12,5%",
        ("plan.yaml", "readings[H2].quote", "quote_ellipsis"),
    ),
    (
        "plan.yaml",
        "clause: I.1.1, chỉ tiêu 2",
        "clause: null",
        ("plan.yaml", "readings[H2].quote", "quote_without_clause"),
    ),
    ("text.md", "trên 55%", "trên 50%", ("targets/A.1.yaml", "quote", "quote_not_found")),
    (
        "targets/A.1.yaml",
        "comparator_words: trên 55%",
        "comparator_words: quá 55%",
        ("targets/A.1.yaml", "criteria[A.1].comparator_words", "words_not_in_quote"),
    ),
    (
        "targets/A.2.yaml",
        "quote: 95% trở lên trẻ em gái",
        "quote: 95% trẻ em gái",
        ("targets/A.2.yaml", "criteria[A.2b].quote", "words_not_in_quote"),
    ),
    (
        "plan.yaml",
        "readings:",
        "slips: [{clause: I.1.2, quote: tờ tím, likely: tờ tin}]\nreadings:",
        ("plan.yaml", "slips[1].quote", "quote_not_found"),
    ),
    # codes that point elsewhere
    ("targets/A.1.yaml", "agency: TH", "agency: STH", ("targets/A.1.yaml", "lead.agency", "agency_unknown")),
    (
        "targets/A.1.yaml",
        "agency: XA",
        "agency: XX",
        ("targets/A.1.yaml", "suppliers[1].agency", "agency_unknown"),
    ),
    (
        "targets/A.2.yaml",
        "readings: [H2]",
        "readings: [H9]",
        ("targets/A.2.yaml", "criteria[A.2a].readings", "reading_unknown"),
    ),
    (
        "targets/A.2.yaml",
        "reading: H1",
        "reading: H9",
        ("targets/A.2.yaml", "due.reading", "reading_unknown"),
    ),
    (
        "targets/A.2.yaml",
        "indicator: A.2b",
        "indicator: A.2c",
        ("targets/A.2.yaml", "criteria[A.2b].indicator", "indicator_unknown"),
    ),
    (
        "targets/A.2.yaml",
        "indicator: A.2b",
        "indicator: A.2a",
        ("indicators/A.2b.yaml", "", "indicator_unused"),
    ),
    (
        "targets/A.2.yaml",
        "objective: A",
        "objective: B",
        ("targets/A.2.yaml", "objective", "objective_differs"),
    ),
    ("targets/A.2.yaml", "code: A.2\n", "code: A.3\n", ("targets/A.2.yaml", "code", "file_name")),
    (
        "targets/A.2.yaml",
        "code: A.2b",
        "code: A.2a",
        ("targets/A.2.yaml", "criteria[A.2a].code", "code_twice"),
    ),
    ("plan.yaml", "[A.1, A.2]", "[A.1]", ("targets/A.2.yaml", "", "target_not_listed")),
    ("plan.yaml", "[A.1, A.2]", "[A.1, A.2, A.2]", ("targets/A.2.yaml", "", "target_not_listed")),
    (
        "plan.yaml",
        "[A.1, A.2]",
        "[A.1, A.2, A.3]",
        ("plan.yaml", "objectives[A].targets", "target_without_file"),
    ),
    (
        "plan.yaml",
        "  - code: H1",
        "  - {code: H3, title: t, words: w}\n  - code: H1",
        ("plan.yaml", "readings[H3]", "reading_unused"),
    ),
    (
        "elements/chung.yaml",
        "suppliers: [XA]",
        "suppliers: [XB]",
        ("elements/chung.yaml", "elements[N3].suppliers", "agency_unknown"),
    ),
    (
        "elements/chung.yaml",
        "code: N4",
        "code: N3",
        ("elements/chung.yaml", "elements[N3].code", "code_twice"),
    ),
    (
        "agencies.yaml",
        "clause: II.1",
        "clause: II.7",
        ("agencies.yaml", "agencies[TH].clause", "clause_unknown"),
    ),
    (
        "agencies.yaml",
        "PHÒNG TỔNG HỢP",
        "Phòng Tổng hợp",
        ("agencies.yaml", "agencies[TH].upper", "not_upper_case"),
    ),
    ("agencies.yaml", "bloc: cap_xa", "bloc: xa", ("agencies.yaml", "agencies[XA].bloc", "choice_unknown")),
    (
        "agencies.yaml",
        "is_class: true",
        "is_class: có",
        ("agencies.yaml", "agencies[XA].is_class", "not_true_or_false"),
    ),
    ("reports/annual.yaml", "B.1a", "B.1c", ("reports/annual.yaml", "criteria.B.1c", "criterion_unknown")),
    ("reports/annual.yaml", "B.1a", "B.1c", ("reports/annual.yaml", "criteria.B.1a", "criterion_not_worded")),
    ("reports/annual.yaml", "criteria:", "words:", ("reports/annual.yaml", "criteria", "field_missing")),
    (
        "reports/annual.yaml",
        "B.1a: {}",
        "B.1a: {}\n  B.1a: {}",
        ("reports/annual.yaml", "criteria.B.1a", "field_twice"),
    ),
    # targets and criteria
    (
        "targets/A.2.yaml",
        "threshold: 12.5",
        "threshold: 12,5",
        ("targets/A.2.yaml", "criteria[A.2a].threshold", "not_a_number"),
    ),
    (
        "targets/A.2.yaml",
        "comparator: at_most",
        "comparator: null",
        ("targets/A.2.yaml", "criteria[A.2a].threshold", "comparator_and_threshold"),
    ),
    (
        "targets/A.2.yaml",
        "threshold: 95",
        "threshold: null",
        ("targets/A.2.yaml", "criteria[A.2b].threshold", "comparator_and_threshold"),
    ),
    (
        "targets/A.2.yaml",
        "comparator: at_most",
        "comparator: dưới",
        ("targets/A.2.yaml", "criteria[A.2a].comparator", "choice_unknown"),
    ),
    (
        "targets/A.2.yaml",
        "comparator_words: 95% trở lên",
        "comparator_words: null",
        ("targets/A.2.yaml", "criteria[A.2b].comparator_words", "comparator_without_words"),
    ),
    (
        "targets/B.1.yaml",
        "lead_gap: Kế hoạch chưa giao cơ quan nào chủ trì chỉ tiêu này.",
        "",
        ("targets/B.1.yaml", "lead", "lead_or_gap"),
    ),
    (
        "targets/A.2.yaml",
        "coordinators: []",
        "coordinators: []\nlead_gap: Chưa giao.",
        ("targets/A.2.yaml", "lead", "lead_or_gap"),
    ),
    (
        "targets/A.2.yaml",
        "reading: H1",
        "reading: null",
        ("targets/A.2.yaml", "due.quote", "due_quote_or_reading"),
    ),
    ("targets/A.1.yaml", "year: 2029", "year: 2028", ("targets/A.1.yaml", "due.year", "due_year_differs")),
    ("targets/A.2.yaml", "year: 2029", "year: 2030", ("targets/A.2.yaml", "due.year", "year_outside_term")),
    (
        "targets/A.1.yaml",
        "clause: II.2, quote: Báo cáo hằng quý",
        "note: null",
        ("targets/A.1.yaml", "suppliers[1].note", "quote_or_note"),
    ),
    ("targets/B.1.yaml", "criteria:", "criteria: []\nmore:", ("targets/B.1.yaml", "criteria", "list_empty")),
    (
        "targets/B.1.yaml",
        "indicator: B.1b",
        "indicator: B.1b\n    baseline: {value: 3, quote: null}",
        ("targets/B.1.yaml", "criteria[B.1b].baseline.value", "baseline_half"),
    ),
    # definitions that cannot be computed
    (
        "indicators/A.2a.yaml",
        "kind: pooled",
        "kind: mean",
        ("indicators/A.2a.yaml", "kind", "choice_unknown"),
    ),
    ("indicators/A.2a.yaml", "unit: PT", "unit: KG", ("indicators/A.2a.yaml", "unit", "unit_unknown")),
    (
        "indicators/A.2a.yaml",
        "element: N3",
        "element: N33",
        ("indicators/A.2a.yaml", "numerator[1].element", "element_unknown"),
    ),
    (
        "indicators/A.2a.yaml",
        "element: N3",
        "element: N8",
        ("indicators/A.2a.yaml", "numerator[1].element", "element_not_read"),
    ),
    (
        "indicators/A.2a.yaml",
        "element: N3",
        "element: N2",
        ("indicators/A.2a.yaml", "numerator[1].element", "element_class"),
    ),
    (
        "indicators/A.2a.yaml",
        "element: N3",
        "element: N6",
        ("indicators/A.2a.yaml", "numerator[1].element", "element_period"),
    ),
    ("indicators/A.2a.yaml", "[{element: N3}]", "[]", ("indicators/A.2a.yaml", "numerator", "list_empty")),
    (
        "indicators/A.2a.yaml",
        "denominator: [{element: N4}]\n",
        "",
        ("indicators/A.2a.yaml", "denominator", "field_missing"),
    ),
    (
        "indicators/A.2a.yaml",
        "plausible: [0, 60]",
        "plausible: [60, 0]",
        ("indicators/A.2a.yaml", "plausible", "range_form"),
    ),
    (
        "indicators/A.2a.yaml",
        "plausible: [0, 60]",
        "plausible: [0, sáu mươi]",
        ("indicators/A.2a.yaml", "plausible[2]", "not_a_number"),
    ),
    (
        "indicators/A.2a.yaml",
        "share: true",
        "published: N2",
        ("indicators/A.2a.yaml", "published", "element_not_decimal"),
    ),
    (
        "indicators/A.2a.yaml",
        "denominator_words: Số hộ",
        "",
        ("indicators/A.2a.yaml", "denominator_words", "field_missing"),
    ),
    (
        "indicators/B.1b.yaml",
        "numerator_words: Số tờ tin",
        "numerator_words: Số tờ tin\ndenominator_words: Số xã",
        ("indicators/B.1b.yaml", "denominator_words", "words_without_denominator"),
    ),
    (
        "indicators/A.2b.yaml",
        "unit: PT",
        "unit: PT\ncommune_rows: true",
        ("indicators/A.2b.yaml", "commune_rows", "no_commune_rows"),
    ),
    (
        "indicators/A.2b.yaml",
        "fixed: {kind: HOC, sex: F}",
        "fixed: {sex: F}",
        ("indicators/A.2b.yaml", "numerator[1].fixed", "kind_not_named"),
    ),
    (
        "indicators/A.2b.yaml",
        "kind: HOC",
        "kind: NGHI",
        ("indicators/A.2b.yaml", "numerator[1].fixed", "kind_unknown"),
    ),
    (
        "indicators/A.2b.yaml",
        "kind: HOC, sex: F",
        "kind: HOC, colour: F",
        ("indicators/A.2b.yaml", "numerator[1].fixed", "dimension_unknown"),
    ),
    (
        "indicators/A.2b.yaml",
        "year: -1",
        "year: 1",
        ("indicators/A.2b.yaml", "denominator[1].year", "number_too_high"),
    ),
    (
        "indicators/A.1.yaml",
        "flag: N1",
        "flag: N2",
        ("indicators/A.1.yaml", "groups[1].flag", "element_not_flag"),
    ),
    (
        "indicators/A.1.yaml",
        "flag: N1",
        "flag: N2",
        ("indicators/A.1.yaml", "groups[1].flag", "element_class"),
    ),
    ("indicators/A.1.yaml", "by: org", "by: sở", ("indicators/A.1.yaml", "groups[1].by", "choice_unknown")),
    (
        "indicators/B.1a.yaml",
        "kind: every_quarter",
        "kind: every_month\nregister: N2",
        ("indicators/B.1a.yaml", "element", "element_without_kinds"),
    ),
    (
        "indicators/B.1a.yaml",
        "at_least: 2",
        "at_least: 0",
        ("indicators/B.1a.yaml", "at_least", "number_too_low"),
    ),
    # elements
    (
        "elements/chung.yaml",
        "class: O",
        "class: OO",
        ("elements/chung.yaml", "elements[N1].reading.class", "choice_unknown"),
    ),
    (
        "elements/chung.yaml",
        "content: text",
        "content: text\n    reading: {class: P, at: Y, value: count}",
        ("elements/chung.yaml", "elements[N8].reading", "reading_not_allowed"),
    ),
    (
        "elements/chung.yaml",
        "codes: [F, M]",
        "codes: [F, X]",
        ("elements/chung.yaml", "elements[N5].reading.partitions[1].codes", "code_not_in_dimension"),
    ),
    (
        "elements/chung.yaml",
        "dimension: sex",
        "dimension: gioi",
        ("elements/chung.yaml", "elements[N5].reading.partitions[1].dimension", "dimension_unknown"),
    ),
    (
        "elements/chung.yaml",
        "code: HOC",
        "code: TUOI",
        ("elements/chung.yaml", "elements[N5].kinds[TUOI].code", "code_twice"),
    ),
    (
        "elements/chung.yaml",
        "core: true",
        "of_whom: [G]",
        ("elements/chung.yaml", "elements[N1].of_whom", "sex_unknown"),
    ),
    (
        "elements/chung.yaml",
        "at: Q, value: count",
        "at: Q, value: count, low: 5, high: 1",
        ("elements/chung.yaml", "elements[N6].reading.low", "range_form"),
    ),
    (
        "elements/chung.yaml",
        "at: Q, value: count",
        "at: Q, value: count, low: 0.5",
        ("elements/chung.yaml", "elements[N6].reading.low", "range_not_whole"),
    ),
    (
        "elements/chung.yaml",
        "at: Q, value: count",
        "at: Q, value: count, total_kind: false",
        ("elements/chung.yaml", "elements[N6].reading.total_kind", "no_kinds_at_all"),
    ),
    (
        "elements/chung.yaml",
        "frequencies: [school_year]",
        "frequencies: [hằng năm]",
        ("elements/chung.yaml", "elements[N5].frequencies", "choice_unknown"),
    ),
    # places
    ("areas.csv", "valid_to,", "", ("areas.csv", "valid_to", "column_missing")),
    ("areas.csv", "order", "note", ("areas.csv", "note", "column_unknown")),
    ("areas.csv", "valid_from,valid_to", "valid_from,valid_from", ("areas.csv", "", "column_twice")),
    ("areas.csv", "10000,100,1", "10000,100,1,", ("areas.csv", "", "row_length")),
    ("areas.csv", "2028-06-30", "2028-06-31", ("areas.csv", "valid_to", "not_a_date")),
    ("areas.csv", "2028-06-30", "2019-06-30", ("areas.csv", "valid_to", "dates_reversed")),
    ("areas.csv", "M01,Bãi Đá,commune,M", "M01,Bãi Đá,commune,N", ("areas.csv", "parent", "parent_unknown")),
    ("areas.csv", "M01,", "M02,", ("areas.csv", "code", "area_twice")),
    ("areas.csv", "Mai Hạ,province", "Mai Hạ,commune", ("areas.csv", "level", "no_province")),
    ("areas.csv", "2020-01-01,,tỉnh", "2028-01-01,,tỉnh", ("areas.csv", "level", "no_map")),
    ("areas.csv", "Bãi Đá,10000", "Bãi Đá,mười nghìn", ("areas.csv", "population", "not_a_whole_number")),
    ("former_areas.csv", "M01,part", "M04,part", ("former_areas.csv", "successor", "area_unknown")),
    ("former_areas.csv", "M01,part", "M01,whole", ("former_areas.csv", "part", "whole_and_more")),
    ("former_areas.csv", "M01,part", "M01,một phần", ("former_areas.csv", "part", "choice_unknown")),
    ("tilegrid.csv", "M02,1,0", "M02,0,0", ("tilegrid.csv", "column", "tile_taken")),
    ("tilegrid.csv", "M02,1,0", "M07,1,0", ("tilegrid.csv", "code", "area_unknown")),
    ("tilegrid.csv", "M02,1,0\n", "", ("tilegrid.csv", "code", "tile_missing")),
    ("tilegrid.csv", "M02,1,0", "M02,-1,0", ("tilegrid.csv", "column", "not_a_whole_number")),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), BREAKAGES)
def test_a_fault_is_told_with_its_file_and_field(
    copy: Path, file: str, old: str, new: str, expected: tuple[str, str, str]
) -> None:
    change(copy, file, old, new)
    problems = check(copy)
    assert expected in [(problem.file, problem.field, problem.case) for problem in problems]
    assert all("{" not in sentence(problem) for problem in problems)


def add(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (lambda f: add(f, "ghi chú.txt", b"x"), ("ghi chú.txt", "", "file_unknown")),
        (lambda f: add(f, "targets/A.1.yml", b"x"), ("targets/A.1.yml", "", "file_unknown")),
        (lambda f: add(f, "targets/A.9.yaml", b""), ("targets/A.9.yaml", "", "target_not_listed")),
        (lambda f: add(f, "agencies.yaml", b""), ("agencies.yaml", "", "file_empty")),
        (lambda f: add(f, "agencies.yaml", b"- a\n"), ("agencies.yaml", "", "not_a_mapping")),
        (lambda f: add(f, "reports/annual.yaml", b"- a\n"), ("reports/annual.yaml", "", "not_a_mapping")),
        (lambda f: add(f, "text.md", "Kế hoạch".encode("utf-16")), ("text.md", "", "not_utf8")),
        (lambda f: add(f, "tilegrid.csv", b'a,"' + b"x" * 200_000), ("tilegrid.csv", "", "csv_syntax")),
        (
            lambda f: add(f, "reports/annual.yaml", b"criteria: &x {A.1: *x}"),
            ("reports/annual.yaml", "", "yaml_syntax"),
        ),
        (lambda f: add(f, "agencies.yaml", b"agencies: \x01"), ("agencies.yaml", "", "yaml_syntax")),
        (lambda f: (f / "tilegrid.csv").unlink(), ("tilegrid.csv", "", "file_missing")),
        (lambda f: shutil.rmtree(f / "reports"), ("reports/", "", "file_missing")),
        (lambda f: shutil.rmtree(f / "targets"), ("targets/", "", "file_missing")),
        (lambda f: (f / "plan.yaml").unlink(), ("", "", "not_an_edition")),
        (shutil.rmtree, ("", "", "folder_missing")),
    ],
)
def test_a_wrong_set_of_files_is_told(
    copy: Path, act: Callable[[Path], object], expected: tuple[str, str, str]
) -> None:
    act(copy)
    told = [(file.replace(str(copy), ""), field, case) for file, field, case in found(copy)]
    assert expected in told


def test_all_faults_are_told_at_once_in_the_order_of_files_and_lines(copy: Path) -> None:
    change(copy, "targets/A.1.yaml", "agency: TH", "agency: STH")
    change(copy, "areas.csv", "2028-06-30", "2028-06-31")
    change(copy, "plan.yaml", "2027-01-05", "mùa xuân")
    change(copy, "plan.yaml", "issuer: VP", "issuer: VX")
    assert found(copy) == [
        ("areas.csv", "valid_to", "not_a_date"),
        ("plan.yaml", "day", "not_a_date"),
        ("plan.yaml", "issuer", "agency_unknown"),
        ("targets/A.1.yaml", "lead.agency", "agency_unknown"),
    ]


def test_a_sentence_names_file_line_field_fault_and_remedy(copy: Path) -> None:
    change(copy, "targets/A.1.yaml", "agency: TH", "agency: STH")
    (problem,) = check(copy)
    assert sentence(problem) == (
        "targets/A.1.yaml, dòng 7, mục lead.agency: Không có cơ quan nào mang mã “STH” trong agencies.yaml. "
        "Đề nghị sửa mã hoặc thêm cơ quan."
    )


def test_a_sentence_about_a_table_names_the_column(copy: Path) -> None:
    change(copy, "areas.csv", "2028-06-30", "2028-06-31")
    (problem,) = check(copy)
    assert sentence(problem) == (
        "areas.csv, dòng 4, cột valid_to: “2028-06-31” không phải ngày có thật. "
        "Đề nghị viết năm-tháng-ngày, ví dụ 2026-12-31."
    )


def test_the_command_prints_one_line_per_fault_and_ends_with_two(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(copy, "targets/A.1.yaml", "agency: TH", "agency: STH")
    change(copy, "plan.yaml", "issuer: VP", "issuer: VX")
    assert main([str(copy)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 2 + 1
    assert told.err.endswith("Có 2 chỗ cần sửa; bản kế hoạch chưa dùng được.\n")


def test_the_command_finds_the_built_in_edition_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "6 mục tiêu, 20 chỉ tiêu, 28 tiêu chí, 177 số liệu, 65 xã, phường" in capsys.readouterr().out
    assert main(["a", "b"]) == 2


def test_a_misquotation_of_the_signed_plan_is_found(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(BUILT_IN, tmp_path / "edition"))
    change(copy, "targets/MT4.CT4.yaml", "phần đầu đến năm 2030", "phấn đấu đến năm 2030")
    assert ("targets/MT4.CT4.yaml", "quote", "quote_not_found") in found(copy)


def cases_in_code() -> set[str]:
    """Return every case that the code of the package can tell: the words it hands to `problem`, `add`, `known`."""
    told: set[str] = set()
    for path in Path(songhanh.plan.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                words = [
                    a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
                ]
                if node.func.attr in {"problem", "add", "known"}:
                    told.update(words[-1:])
    return told


def test_every_fault_has_its_sentence_and_every_sentence_its_fault() -> None:
    assert cases_in_code() == SENTENCES.keys()


@pytest.mark.parametrize("case", sorted(SENTENCES))
def test_every_sentence_says_what_to_do(case: str) -> None:
    assert "Đề nghị" in SENTENCES[case]
    names = {name for _, name, _, _ in Formatter().parse(SENTENCES[case]) if name}
    assert sentence(EditionProblem("t.yaml", "f", case, dict.fromkeys(names, "…")))
