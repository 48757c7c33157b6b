"""What the annual report says, and that it says nothing the release does not."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from songhanh.core import printing
from songhanh.reporting import annual
from songhanh.reporting.reading import UnreadableRelease
from tests.reporting import fixture
from tests.reporting.paper import Paper, cells, numbers, text_of

RELEASE = fixture.release()
YEAR_ROWS = {row["criterion"]: row for row in RELEASE["results"] if row["period"] == "2026"}
LAST_YEAR = {row["criterion"]: row for row in RELEASE["previous"]}
CRITERIA = {criterion["code"]: criterion for criterion in RELEASE["criteria"]}
FACTORS = {"PT": 100, "RATIO": 1, "B_PER_100G": 100, "PER_1K": 1000, "PER_100K": 100000}


@pytest.fixture(scope="module")
def docx() -> bytes:
    return annual.build(RELEASE)


@pytest.fixture(scope="module")
def paper(docx: bytes) -> Paper:
    return Paper(docx)


@pytest.fixture(scope="module")
def results(paper: Paper) -> list[list[str]]:
    return cells(paper.tables()[2])


@pytest.fixture(scope="module")
def by_criterion(results: list[list[str]]) -> dict[str, list[str]]:
    """Return the row of each criterion in the table of results, in the order of the plan."""
    rows = [row for row in results[1:] if len(row) == len(results[0])]
    return dict(zip(CRITERIA, rows, strict=True))


def exact(row: dict[str, Any]) -> Fraction:
    """Return the value of a row before rounding, worked out here again from its counts."""
    factor = FACTORS.get(row["unit"])
    if row["numerator"] and row["denominator"] and factor:
        return Fraction(row["numerator"]) / Fraction(row["denominator"]) * factor
    return Fraction(row["value"])


def half_a_unit(written: str) -> Decimal:
    """Return half a unit of the last place of a written figure."""
    return Decimal(5).scaleb(-len(written.partition(",")[2]) - 1)


def agrees(written: str, value: Fraction) -> bool:
    """Say whether a written figure is the value, rounded half up at the places written."""
    places = len(written.partition(",")[2])
    return printing.parse(written.lstrip("+")) == printing.half_up(value, places)


# --- numbers -------------------------------------------------------------------------------------


def test_every_value_of_the_table_is_the_release_read_back(by_criterion: dict[str, list[str]]) -> None:
    values = 0
    for code, cell in by_criterion.items():
        row = YEAR_ROWS[code]
        if row["state"] == "GIA_TRI":
            assert agrees(cell[8], exact(row)), code
            values += 1
        else:
            assert (
                cell[8] == {"CHUA_CO_SO_LIEU": "chưa có", "KHONG_PHAT_SINH": "không phát sinh"}[row["state"]]
            )
    assert values == 25


def test_numerators_and_denominators_are_exact(by_criterion: dict[str, list[str]]) -> None:
    for code, cell in by_criterion.items():
        for written, key in ((cell[6], "numerator"), (cell[7], "denominator")):
            held = YEAR_ROWS[code][key]
            assert (printing.parse(written) == Decimal(held)) if held else written == "-", code


def test_last_year_and_the_change_are_exact(by_criterion: dict[str, list[str]]) -> None:
    changes = 0
    for code, cell in by_criterion.items():
        before = LAST_YEAR.get(code)
        if before is None or before["state"] != "GIA_TRI":
            assert (cell[5], cell[9]) == ("chưa có", "-")
            continue
        assert agrees(cell[5], exact(before)), code
        if cell[9] != "-":
            assert agrees(cell[9], exact(YEAR_ROWS[code]) - exact(before)), code
            changes += 1
    assert changes == 21


def test_thresholds_and_distances_are_exact(by_criterion: dict[str, list[str]]) -> None:
    for code, cell in by_criterion.items():
        threshold = CRITERIA[code]["threshold"]
        if threshold is None:
            assert cell[3] == "không đặt mức"
            continue
        assert [printing.parse(n) for n in numbers(cell[3])] == [Decimal(threshold)]
        away = numbers(cell[10])
        if away:
            assert agrees(away[0], abs(exact(YEAR_ROWS[code]) - Fraction(threshold))), code


def test_no_printed_value_contradicts_its_verdict(by_criterion: dict[str, list[str]]) -> None:
    assert by_criterion["MT4.CT3"][8] == "17,998"  # not 18,00, since the mark is "below 18"
    assert by_criterion["MT4.CT3"][11] == "đạt"
    assert by_criterion["MT2.CT2"][8] == "25,00"
    assert by_criterion["MT2.CT2"][10:12] == ["mới bằng mức", "tiệm cận"]


def paragraphs_about(paper: Paper) -> dict[str, str]:
    """Return the sentence of each criterion, in the order of the plan."""
    text = (
        paper.text().partition("1. Kết quả thực hiện các mục tiêu")[2].partition("\n2. Kết quả thực hiện")[0]
    )
    found = [
        line
        for line in text.splitlines()
        if re.match(r"(?:[a-dđe]\) )?Chỉ tiêu.*: năm 2026|- Năm 2026", line)
    ]
    return dict(zip(CRITERIA, found, strict=True))


def allowed(code: str) -> list[Fraction]:
    """Return every figure that the sentence of a criterion may hold."""
    row, before, criterion = YEAR_ROWS[code], LAST_YEAR.get(code), CRITERIA[code]
    figures = [Fraction(n) for n in (2025, 2026, 2030, 1, 2, 3, 4)]
    figures += [Fraction(row["have"]), Fraction(row["need"]), Fraction(row["need"]) - Fraction(row["have"])]
    figures += [Fraction(row[key]) for key in ("numerator", "denominator") if row[key]]
    mark = Fraction(criterion["threshold"]) if criterion["threshold"] else None
    values = [exact(one) for one in (row, before) if one and one["state"] == "GIA_TRI"]
    figures += values + ([mark] if mark is not None else [])
    if mark is not None and values:
        figures.append(abs(values[0] - mark))
    if len(values) == 2:
        figures.append(abs(values[0] - values[1]))
    for quarter in (r for r in RELEASE["results"] if r["criterion"] == code and r["period"] != "2026"):
        figures += [exact(quarter), Fraction(quarter["numerator"]), Fraction(quarter["denominator"])]
    if before and before["have"] != before["need"]:
        figures += [Fraction(before["have"]), Fraction(before["need"])]
    return figures


FIXED_WORDS = re.compile(
    r"lớp \d+|từ 15 đến 19 tuổi|/?100 bé gái|/1\.000 phụ nữ|/100\.000 trẻ|vượt 105%|ít nhất 04 tin"
)


def test_every_number_of_the_text_stands_in_the_release(paper: Paper) -> None:
    seen = 0
    for code, sentence in paragraphs_about(paper).items():
        for written in numbers(FIXED_WORDS.sub("", sentence)):
            assert any(agrees(written, figure) for figure in allowed(code)), (code, written, sentence)
            seen += 1
    assert seen > 200


def test_every_value_of_the_release_stands_in_its_sentence(paper: Paper) -> None:
    for code, sentence in paragraphs_about(paper).items():
        row = YEAR_ROWS[code]
        if row["state"] == "GIA_TRI":
            assert any(agrees(written, exact(row)) for written in numbers(sentence)), code
        for key in ("numerator", "denominator"):
            if row[key] and code not in {"MT4.CT4", "MT6.CT4b"}:
                assert any(printing.parse(w) == Decimal(row[key]) for w in numbers(sentence)), (code, key)


# --- words ---------------------------------------------------------------------------------------


def test_each_target_is_told_in_its_place(paper: Paper) -> None:
    told = paper.text()
    assert (
        "Chỉ tiêu: năm 2026, tỷ lệ sở, ban, ngành và UBND các cấp có lãnh đạo chủ chốt là nữ ở mức 74,42% "
        "(64 trong tổng số 86 cơ quan), tăng 3,49 điểm % so với năm 2025 (70,93%); "
        "còn thấp hơn 0,58 điểm % so với mục tiêu đến năm 2030 (75%). Đánh giá: tiệm cận."
    ) in told
    assert (
        "c) Chỉ tiêu 3: năm 2026 không phát sinh nạn nhân bị mua bán trở về được phát hiện có nhu cầu hỗ trợ nên không "
        "tính kết quả; năm 2025 là 100,00%. Đánh giá: không phát sinh."
    ) in told
    assert (
        "Mới có 64/65 xã, phường báo cáo (chưa báo cáo: xã Ba Sơn) nên chưa đánh giá so với mục tiêu của Kế hoạch "
        "(80%). Đánh giá: chưa có số liệu."
    ) in told
    assert "Đánh giá chung chỉ tiêu: đạt một phần (3/4 nội dung đạt)." in told


def test_the_count_of_met_targets_is_the_release_s(paper: Paper, results: list[list[str]]) -> None:
    assert "Năm 2026 có 5/20 chỉ tiêu đạt." in paper.text()
    assert results[-1][0].startswith("Tổng hợp: 5/20 chỉ tiêu đạt\n")
    assert (
        "01 chỉ tiêu đạt và vượt, 04 chỉ tiêu đạt, 04 chỉ tiêu đạt một phần, 04 chỉ tiêu tiệm cận"
        in results[-1][0]
    )


def test_the_outline_of_the_ministry_is_there(paper: Paper) -> None:
    headings = re.findall(r"^[IVX]+\. .+$", paper.text(), re.MULTILINE)
    assert headings == [
        "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, TỔ CHỨC THỰC HIỆN",
        "II. KẾT QUẢ THỰC HIỆN",
        "III. ĐÁNH GIÁ CHUNG",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2027",
        "V. KIẾN NGHỊ, ĐỀ XUẤT",
    ]


def test_what_the_figures_cannot_say_is_left_to_the_drafting_office(paper: Paper) -> None:
    places = re.findall(r"^\[.*\]$", paper.text(), re.MULTILINE)
    assert len(places) == 13
    assert all(place.startswith("[Sở Nội vụ bổ sung: ") and place.endswith(".]") for place in places)


def test_targets_are_listed_by_evaluation(paper: Paper) -> None:
    told = paper.text()
    assert "- 01 chỉ tiêu đạt và vượt: chỉ tiêu 3 Mục tiêu 5." in told
    assert "Ngoài ra có 01 chỉ tiêu không phát sinh: chỉ tiêu 3 Mục tiêu 3." in told
    assert "Còn 14/20 chỉ tiêu chưa đạt đầy đủ hoặc chưa có số liệu để đánh giá:" in told
    assert (
        "- 04 chỉ tiêu tiệm cận: chỉ tiêu của Mục tiêu 1; chỉ tiêu 2 Mục tiêu 2; chỉ tiêu 1 Mục tiêu 4;"
        in told
    )
    assert (
        "Kế hoạch chưa giao cơ quan chủ trì theo dõi, báo cáo đối với chỉ tiêu 2 Mục tiêu 2; chỉ tiêu 1 Mục"
        in told
    )


def test_the_second_appendix_names_who_and_what_is_missing(paper: Paper) -> None:
    units, elements = (cells(table) for table in paper.tables()[3:])
    assert units[1:] == [
        ["1", "Xã Đoàn Kết", "Chỉ tiêu 2 Mục tiêu 4"],
        ["2", "Xã Ba Sơn", "Chỉ tiêu 2 Mục tiêu 4; chỉ tiêu 1, 3 Mục tiêu 6"],
    ]
    assert elements[1:] == [
        ["1", "HTX có giám đốc/chủ tịch HĐQT là nữ", "Sở Tài chính, Hội LHPN tỉnh", "Chỉ tiêu 3 Mục tiêu 2"]
    ]
    assert "Còn 02 đơn vị chưa báo cáo đủ và 01 số liệu chưa được cung cấp./." in paper.text()


def test_when_only_units_are_silent_the_appendix_says_that_no_figure_is_missing() -> None:
    told = Paper(annual.build(fixture.release(missing_elements=[]))).text()
    assert "Không có số liệu còn thiếu." in told
    assert "Còn 02 đơn vị chưa báo cáo đủ./." in told


def test_when_all_have_reported_nothing_is_said_to_be_missing() -> None:
    told = Paper(annual.build(fixture.complete())).text()
    assert "đôn đốc" not in told
    assert "chưa được cung cấp" not in told


# --- the table of results ------------------------------------------------------------------------


def test_the_table_has_bands_lines_rows_and_a_sum(results: list[list[str]]) -> None:
    widths = Counter(len(row) for row in results)
    assert len(results[0]) == 15
    assert widths[15] == 1 + 28  # head, one row per criterion
    assert widths[2] == 6  # objectives
    assert widths[5] == 6  # targets of several criteria: their words run over the columns of figures
    assert widths[1] == 1  # the sum
    assert results[1] == ["I", "Mục tiêu 1: Trong lĩnh vực chính trị"]


def test_the_words_of_the_plan_are_quoted_with_their_misprints(results: list[list[str]]) -> None:
    quotes = [row[1] for row in results if len(row) > 2]
    assert sum("phần đầu" in quote for quote in quotes) == 3
    assert any("có ít nhất có 04 tin, bài" in quote for quote in quotes)


def test_a_target_without_a_lead_says_so(by_criterion: dict[str, list[str]]) -> None:
    assert by_criterion["MT2.CT2"][13:] == [
        "Chưa giao chủ trì; Thống kê tỉnh",
        "Kế hoạch chưa giao cơ quan chủ trì",
    ]


def test_status_and_source_stand_in_the_table(by_criterion: dict[str, list[str]]) -> None:
    assert by_criterion["MT2.CT1"][12] == "sơ bộ, 2026"
    assert by_criterion["MT5.CT3"][12] == "ước thực hiện, 2026"
    assert by_criterion["MT4.CT1"][12] == "chính thức, 2026; số công bố"
    assert by_criterion["MT2.CT3"][12] == "-"


def test_notes_tell_coverage_and_doubts(by_criterion: dict[str, list[str]]) -> None:
    assert by_criterion["MT6.CT1"][14] == "64/65 xã, phường báo cáo"
    assert (
        by_criterion["MT5.CT2c"][14] == "Vượt 105% số em vào đầu khóa, ngoài khoảng thường gặp, cần rà soát"
    )
    assert by_criterion["MT2.CT3"][14] == "Thiếu số liệu đầu vào"


def test_columns_are_data() -> None:
    report = fixture.release()["report"]
    columns = report["appendices"]["results"]["columns"]
    columns[:] = [
        {"key": "quote", "title": "Chỉ tiêu", "width": "200"},
        {"key": "value", "title": "Năm {year}", "width": 52},
    ]
    table = cells(Paper(annual.build(fixture.release(report=report))).tables()[2])
    assert table[0] == ["Chỉ tiêu", "Năm 2026"]
    assert [len(row) for row in table].count(2) >= 28


def test_the_source_of_the_figures_is_named(paper: Paper) -> None:
    assert "Nguồn: bộ số liệu chốt lúc 08 giờ 00 phút ngày 10/12/2026, mã " in paper.text()


# --- the file ------------------------------------------------------------------------------------


def test_the_same_release_gives_the_same_bytes(docx: bytes) -> None:
    assert annual.build(fixture.release()) == docx
    shuffled = dict(reversed(list(fixture.release().items())))
    assert annual.build(shuffled) == docx


def test_another_release_gives_other_bytes(docx: bytes) -> None:
    assert annual.build(fixture.release(created_at="2026-12-10T08:00:01+07:00")) != docx


def test_times_inside_the_file_are_those_of_the_release(paper: Paper) -> None:
    assert {info.date_time for info in paper.zip.infolist()} == {(2026, 12, 10, 1, 0, 0)}
    said = paper.zip.read("docProps/core.xml").decode()
    assert said.count("2026-12-10T01:00:00Z") == 2
    assert "python-docx" not in said
    assert "Ủy ban nhân dân tỉnh Lạng Sơn" in said


def test_a_frozen_release_is_read_like_a_plain_one(docx: bytes) -> None:
    from types import MappingProxyType

    assert annual.build(MappingProxyType(fixture.release())) == docx


@pytest.mark.parametrize(
    "key", ["results", "targets", "criteria", "report", "summary", "edition", "place", "created_at"]
)
def test_a_release_that_lacks_something_is_refused_by_name(key: str) -> None:
    broken = fixture.release()
    broken[key] = None
    with pytest.raises(UnreadableRelease) as refusal:
        annual.build(broken)
    assert refusal.value.key


def test_a_figure_that_is_no_figure_is_refused() -> None:
    broken = fixture.release()
    broken["results"][0]["value"] = "74,4"
    with pytest.raises(UnreadableRelease) as refusal:
        annual.build(broken)
    assert refusal.value.key == "value"


def test_a_criterion_the_report_has_no_words_for_is_named_as_in_the_plan() -> None:
    report = fixture.release()["report"]
    del report["criteria"]
    told = Paper(annual.build(fixture.release(report=report))).text()
    assert "năm 2026, lao động nữ làm công hưởng lương là 52,30% (số liệu sơ bộ)" in told


def test_names_of_units_stand_as_inside_a_sentence() -> None:
    silent = fixture.release()
    for row in silent["results"]:
        if row["criterion"] == "MT6.CT1":
            row["silent"] = ["05983", "05977", "SYT", "20", "XYZ"]
    told = Paper(annual.build(silent)).text()
    assert "(chưa báo cáo: Phường Lương Văn Tri, phường Đông Kinh, Sở Y tế, tỉnh Lạng Sơn, XYZ)" in told


def test_text_of_the_document_is_one_paragraph_a_line(paper: Paper) -> None:
    assert not [p for p in paper.paragraphs() if "\n" in text_of(p)]
