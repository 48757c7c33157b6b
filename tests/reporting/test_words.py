"""The sentences of the report, word for word, for each evaluation, unit and direction."""

from __future__ import annotations

from fractions import Fraction

import pytest

from songhanh.core.results import Evaluation, State, Status
from songhanh.reporting import words
from songhanh.reporting.reading import Criterion, Element, Row
from songhanh.reporting.words import Case, Phrase


def criterion(
    unit: str = "%", comparator: str | None = "at_least", threshold: str | None = "75", places: int = 1
) -> Criterion:
    return Criterion(
        code="A",
        target="A",
        name="Tỷ lệ hộ có bể nước",
        quote="",
        unit=unit,
        decimals=places,
        comparator=comparator,
        threshold=Fraction(threshold) if threshold else None,
        baseline=None,
        denominator_words="Số hộ",
        readings=(),
    )


def row(value: str | None, evaluation: str = "", **changes: object) -> Row:
    over, _, under = (value or "").partition("/")
    known = Fraction(over) / Fraction(under) * 100 if under else Fraction(over) if value else None
    facts: dict[str, object] = {
        "criterion": "A",
        "period": "2026",
        "state": State.VALUE if value else State.MISSING,
        "value": known,
        "numerator": Fraction(over) if under else None,
        "denominator": Fraction(under) if under else None,
        "published": False,
        "status": Status.OFFICIAL if value else None,
        "have": 1,
        "need": 1,
        "silent": (),
        "missing": (),
        "evaluation": Evaluation(evaluation) if evaluation else None,
        "warnings": (),
    }
    return Row(**{**facts, **changes})  # type: ignore[arg-type]


def about(now: Row, before: Row | None = None, what: Criterion | None = None, **changes: object) -> str:
    facts: dict[str, object] = {
        "year": 2026,
        "criterion": what or criterion(),
        "phrase": Phrase(
            "tỷ lệ hộ có bể nước", "là", "{numerator} trong tổng số {denominator} hộ", "xã", "hộ", None
        ),
        "now": now,
        "before": before,
        "quarters": (),
        "missing": (),
        "goal_name": "mục tiêu đến năm 2030",
        "elsewhere": "Phụ lục II",
        "most_named": 2,
    }
    return words.about(Case(**{**facts, **changes}))  # type: ignore[arg-type]


# unit | comparator | threshold | now | before | evaluation | sentence
JUDGED = [
    (
        "%", "at_least", "75", "80", "70", "DAT_VUOT",
        ("Năm 2026, tỷ lệ hộ có bể nước là 80,0%, tăng 10,0 điểm % so với năm 2025 (70,0%); "
        "cao hơn 5,0 điểm % so với mục tiêu đến năm 2030 (75%). Đánh giá: đạt và vượt."),
    ),
    (
        "%", "at_least", "75", "75", "75", "DAT",
        ("Năm 2026, tỷ lệ hộ có bể nước là 75,0%, không thay đổi so với năm 2025 (75,0%); "
        "bằng mục tiêu đến năm 2030 (75%). Đánh giá: đạt."),
    ),
    (
        "%", "at_least", "75", "74.96", "80", "TIEM_CAN",
        ("Năm 2026, tỷ lệ hộ có bể nước là 74,96%, giảm 5,0 điểm % so với năm 2025 (80,0%); "
        "còn thấp hơn 0,04 điểm % so với mục tiêu đến năm 2030 (75%). Đánh giá: tiệm cận."),
    ),
    (
        "%", "more_than", "60", "52.3", "51.1", "CHUA_DAT",
        ("Năm 2026, tỷ lệ hộ có bể nước là 52,3%, tăng 1,2 điểm % so với năm 2025 (51,1%); "
        "còn thấp hơn 7,7 điểm % so với mục tiêu đến năm 2030 (trên 60%). Đánh giá: chưa đạt."),
    ),
    (
        "%", "more_than", "60", "60", "61", "TIEM_CAN",
        ("Năm 2026, tỷ lệ hộ có bể nước là 60,0%, giảm 1,0 điểm % so với năm 2025 (61,0%); "
        "mới bằng 60%, chưa vượt mức này như mục tiêu đến năm 2030 (trên 60%) yêu cầu. Đánh giá: tiệm cận."),
    ),
    (
        "%", "less_than", "25", "20", "26.5", "DAT",
        ("Năm 2026, tỷ lệ hộ có bể nước là 20,0%, giảm 6,5 điểm % so với năm 2025 (26,5%); "
        "thấp hơn 5,0 điểm % so với mục tiêu đến năm 2030 (dưới 25%). Đánh giá: đạt."),
    ),
    (
        "%", "less_than", "25", "25", "26", "TIEM_CAN",
        ("Năm 2026, tỷ lệ hộ có bể nước là 25,0%, giảm 1,0 điểm % so với năm 2025 (26,0%); "
        "mới bằng 25%, chưa thấp hơn mức này như mục tiêu đến năm 2030 (dưới 25%) yêu cầu. Đánh giá: tiệm cận."),
    ),
    (
        "lần", "at_most", "1.4", "1.8", "1.7", "CHUA_DAT",
        ("Năm 2026, tỷ lệ hộ có bể nước là 1,8 lần, tăng 0,1 lần so với năm 2025 (1,7 lần); "
        "còn cao hơn 0,4 lần so với mục tiêu đến năm 2030 (không quá 1,4 lần). Đánh giá: chưa đạt."),
    ),
    (
        "bé trai/100 bé gái", "at_most", "109", "108", "110", "DAT_VUOT",
        ("Năm 2026, tỷ lệ hộ có bể nước là 108,0 bé trai/100 bé gái, giảm 2,0 bé trai/100 bé gái so với năm 2025 "
        "(110,0 bé trai/100 bé gái); thấp hơn 1,0 bé trai/100 bé gái so với mục tiêu đến năm 2030 "
        "(không quá 109 bé trai/100 bé gái). Đánh giá: đạt và vượt."),
    ),
    (
        "/100.000 trẻ sinh sống", "at_most", "42", "42", "45.5", "DAT",
        ("Năm 2026, tỷ lệ hộ có bể nước là 42,0/100.000 trẻ sinh sống, giảm 3,5/100.000 trẻ sinh sống so với năm 2025 "
        "(45,5/100.000 trẻ sinh sống); bằng mục tiêu đến năm 2030 (không quá 42/100.000 trẻ sinh sống). "
        "Đánh giá: đạt."),
    ),
    (
        "ca sinh/1.000 phụ nữ", "less_than", "18", "17.96", "18", "DAT",
        ("Năm 2026, tỷ lệ hộ có bể nước là 17,96 ca sinh/1.000 phụ nữ, giảm 0,04 ca sinh/1.000 phụ nữ so với năm 2025 "
        "(18,0 ca sinh/1.000 phụ nữ); thấp hơn 0,04 ca sinh/1.000 phụ nữ so với mục tiêu đến năm 2030 "
        "(dưới 18 ca sinh/1.000 phụ nữ). Đánh giá: đạt."),
    ),
    (
        "%", "milestone", "100", "100", "90", "DAT",
        ("Năm 2026, tỷ lệ hộ có bể nước là 100,0%, tăng 10,0 điểm % so với năm 2025 (90,0%); "
        "bằng mục tiêu đến năm 2030 (100%). Đánh giá: đạt."),
    ),
    (
        "%", "maintain", "100", "50", "100", "CHUA_DAT",
        ("Năm 2026, tỷ lệ hộ có bể nước là 50,0%, giảm 50,0 điểm % so với năm 2025 (100,0%); "
        "còn thấp hơn 50,0 điểm % so với mục tiêu đến năm 2030 (duy trì 100%). Đánh giá: chưa đạt."),
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", JUDGED, ids=lambda case: f"{case[1]} {case[3]} {case[0]}")
def test_a_judged_figure(case: tuple[str, ...]) -> None:
    unit, comparator, threshold, now, before, evaluation, sentence = case
    said = about(row(now, evaluation), row(before, "CHUA_DAT"), criterion(unit, comparator, threshold))
    assert said == sentence


def test_a_count_is_told_without_places() -> None:
    said = about(row("0", "CHUA_DAT"), row("0", "CHUA_DAT"), criterion("cơ sở", "milestone", "1", 0))
    assert said == (
        "Năm 2026, tỷ lệ hộ có bể nước là 0 cơ sở, không thay đổi so với năm 2025 (0 cơ sở); "
        "còn thấp hơn 1 cơ sở so với mục tiêu đến năm 2030 (ít nhất 01 cơ sở). Đánh giá: chưa đạt."
    )


def test_what_a_figure_is_made_of_stands_in_brackets() -> None:
    said = about(row("3/4", "DAT"), row("75", "DAT"))
    assert "là 75,0% (03 trong tổng số 04 hộ), không thay đổi" in said


def test_an_estimate_and_a_preliminary_figure_are_called_so() -> None:
    assert "ước là 80,0%" in about(row("80", "DAT_VUOT", status=Status.ESTIMATE))
    assert "là 80,0% (số liệu sơ bộ)" in about(row("80", "DAT_VUOT", status=Status.PRELIMINARY))
    assert "(sơ bộ 70,0%)" in about(row("80", "DAT_VUOT"), row("70", "CHUA_DAT", status=Status.PRELIMINARY))


def test_a_published_figure_is_not_compared_with_a_counted_one_without_saying_so() -> None:
    said = about(row("80", "DAT_VUOT", published=True), row("70", "CHUA_DAT"))
    assert said.startswith(
        "Năm 2026, tỷ lệ hộ có bể nước là 80,0% (theo số liệu công bố), tăng 10,0 điểm % so với năm 2025 "
        "(70,0%; hai năm khác nguồn số liệu nên chỉ để tham khảo);"
    )


def test_without_last_year_nothing_is_compared() -> None:
    assert about(row("80", "DAT_VUOT")) == (
        "Năm 2026, tỷ lệ hộ có bể nước là 80,0%, cao hơn 5,0 điểm % so với mục tiêu đến năm 2030 (75%); "
        "năm 2025 chưa có số liệu. Đánh giá: đạt và vượt."
    )
    nil = about(row("80", "DAT_VUOT"), row(None, "KHONG_PHAT_SINH", state=State.NIL))
    assert "; năm 2025 không phát sinh. Đánh giá" in nil


def test_a_partial_last_year_is_named_but_not_compared() -> None:
    said = about(row("80", "DAT_VUOT"), row("70", "CHUA_CO_SO_LIEU", have=60, need=65))
    assert "; năm 2025 là 70,0%, tính trên 60/65 xã đã báo cáo. Đánh giá: đạt và vượt." in said
    assert "tăng" not in said


def test_partial_coverage_is_said_and_not_judged() -> None:
    now = row("500/600", "CHUA_CO_SO_LIEU", have=64, need=65, silent=("xã Ba Sơn",))
    assert about(now, row("78", "DAT_VUOT")) == (
        "Năm 2026, tính trên 64/65 xã đã báo cáo, tỷ lệ hộ có bể nước là 83,3% (500 trong tổng số 600 hộ); "
        "năm 2025 là 78,0%. Mới có 64/65 xã báo cáo (chưa báo cáo: xã Ba Sơn) nên chưa đánh giá so với mục tiêu đến "
        "năm 2030 (75%). Đánh giá: chưa có số liệu."
    )


def test_missing_figures_are_named_with_who_owes_them() -> None:
    now = row(None, "CHUA_CO_SO_LIEU", have=0, missing=("K10",))
    owed = (Element("K10", "HTX có giám đốc là nữ", "Sở Tài chính"),)
    assert about(now, row("28.4", "CHUA_DAT"), missing=owed) == (
        "Năm 2026, chưa có đủ số liệu để tính tỷ lệ hộ có bể nước: còn thiếu số liệu về HTX có giám đốc là nữ, "
        "do Sở Tài chính cung cấp; năm 2025 là 28,4%. Đánh giá: chưa có số liệu."
    )


def test_silent_units_are_named_when_few_and_listed_elsewhere_when_many() -> None:
    few = about(row(None, "CHUA_CO_SO_LIEU", have=63, need=65, silent=("xã Ba Sơn", "xã Đoàn Kết")))
    assert "mới có 63/65 xã báo cáo (chưa báo cáo: xã Ba Sơn, xã Đoàn Kết); năm 2025 chưa có số liệu." in few
    many = about(row(None, "CHUA_CO_SO_LIEU", have=62, need=65, silent=("xã A", "xã B", "xã C")))
    assert "mới có 62/65 xã báo cáo (danh sách tại Phụ lục II);" in many
    assert "xã A" not in many


def test_many_missing_figures_are_listed_elsewhere() -> None:
    owed = tuple(Element(code, f"Số {code}", "") for code in ("L02", "L04", "L06"))
    said = about(row(None, "CHUA_CO_SO_LIEU", have=0, need=0), missing=owed)
    assert "còn thiếu 03 số liệu nêu tại Phụ lục II" in said


def test_nothing_happened_is_neither_zero_nor_a_hundred() -> None:
    said = about(row(None, "KHONG_PHAT_SINH", state=State.NIL), row("100", "DAT"))
    assert (
        said
        == "Năm 2026 không phát sinh hộ nên không tính kết quả; năm 2025 là 100,0%. Đánh giá: không phát sinh."
    )


def test_what_has_no_mark_is_shown_and_not_judged() -> None:
    said = about(row("1234"), row("1100"), criterion("sản phẩm", None, None, 0))
    assert said == (
        "Năm 2026, tỷ lệ hộ có bể nước là 1.234 sản phẩm, tăng 134 sản phẩm so với năm 2025 (1.100 sản phẩm). "
        "Kế hoạch không đặt mức cụ thể cho nội dung này nên không đánh giá."
    )


def test_silent_units_that_count_as_failing_are_told() -> None:
    now = row("63/65", "TIEM_CAN", have=64, need=65, silent=("xã Ba Sơn",))
    quarters = (
        row("65/65", "DAT", period="2026-Q1"),
        row(None, "CHUA_CO_SO_LIEU", period="2026-Q2"),
    )
    said = about(now, what=criterion(threshold="100"), quarters=quarters)
    assert "Theo từng quý: quý I 100,0% (65/65 xã), quý II chưa có số liệu." in said
    assert "Trong đó 01 xã (xã Ba Sơn) chưa báo cáo đủ nên được tính là chưa đạt. Đánh giá: tiệm cận." in said


def test_a_warning_is_told_in_words() -> None:
    said = about(row("106", "DAT_VUOT", warnings=("W_COHORT", "W_RANGE")))
    assert "Số liệu vượt 105% số em vào đầu khóa, ngoài khoảng thường gặp, cần rà soát." in said


@pytest.mark.parametrize(
    ("verdict", "parts", "sentence"),
    [
        ("DAT_MOT_PHAN", ["DAT", "CHUA_DAT"], "Đánh giá chung chỉ tiêu: đạt một phần (1/2 nội dung đạt)."),
        ("DAT", ["DAT", "DAT_VUOT"], "Đánh giá chung chỉ tiêu: đạt."),
        ("DAT_VUOT", ["DAT_VUOT", "DAT_VUOT"], "Đánh giá chung chỉ tiêu: đạt và vượt."),
        ("TIEM_CAN", ["TIEM_CAN", "TIEM_CAN"], "Đánh giá chung chỉ tiêu: tiệm cận."),
        ("CHUA_DAT", ["CHUA_DAT", "TIEM_CAN"], "Đánh giá chung chỉ tiêu: chưa đạt."),
        (
            "CHUA_CO_SO_LIEU",
            ["DAT", "CHUA_CO_SO_LIEU"],
            "Đánh giá chung chỉ tiêu: chưa có số liệu (1/2 nội dung chưa đủ số liệu để đánh giá).",
        ),
        ("KHONG_PHAT_SINH", ["KHONG_PHAT_SINH"], "Đánh giá chung chỉ tiêu: không phát sinh."),
        ("DAT", ["DAT", ""], "Đánh giá chung chỉ tiêu: đạt."),
    ],
)
def test_a_target_of_several_criteria_ends_with_its_own_verdict(
    verdict: str, parts: list[str], sentence: str
) -> None:
    assert words.target_verdict(Evaluation(verdict), [row("1", part) for part in parts]) == sentence


def test_every_official_word_is_there() -> None:
    assert set(words.EVALUATIONS) == set(Evaluation)
    assert set(words.STATUSES) == set(Status)


def test_words_are_joined_as_in_speech() -> None:
    assert [words.joined(w) for w in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a và b",
        "a, b và c",
    ]


def test_abbreviations_keep_their_capitals_inside_a_sentence() -> None:
    assert words.lower_first("HTX có giám đốc là nữ") == "HTX có giám đốc là nữ"
    assert words.lower_first("Tỷ lệ nữ") == "tỷ lệ nữ"
