"""Figures, days and periods on paper, and figures read back from it."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from songhanh.core import printing


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (Decimal("1234567.891"), 2, "1.234.567,89"),
        (Decimal("-0.004"), 2, "0,00"),
        (Decimal("-0.005"), 2, "-0,01"),
        (Decimal("62.345"), 2, "62,35"),
        (Decimal("62.35"), 1, "62,4"),
        (Decimal("74.96"), 1, "75,0"),
        (Fraction(47, 63) * 100, 2, "74,60"),
        (Fraction(1, 3), 6, "0,333333"),
        (0, 0, "0"),
        (999, 0, "999"),
        (1000, 0, "1.000"),
        (100000, 0, "100.000"),
        (-1234, 0, "-1.234"),
        (Decimal("999.995"), 2, "1.000,00"),
    ],
)
def test_a_number_has_a_comma_dots_and_fixed_places(
    value: printing.Figure, decimals: int, written: str
) -> None:
    assert printing.number(value, decimals) == written


def test_rounding_happens_once_on_the_exact_value() -> None:
    just_below = Fraction(62349999, 1_000_000) + Fraction(
        6, 10_000_000
    )  # 62.3499996, at six places 62.350000
    assert printing.number(just_below, 1) == "62,3"


def test_what_is_printed_can_be_read_back() -> None:
    chance = random.Random(2026)
    for _ in range(10_000):
        decimals = chance.randrange(7)
        value = Decimal(chance.randrange(-(10**12), 10**12)).scaleb(-decimals)
        assert printing.parse(printing.number(value, decimals)) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.234", "1234"),
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        ("62,35%", "62.35"),
        ("04", "4"),
        ("-0,4", "-0.4"),
    ],
)
def test_vietnamese_figures_are_read(written: str, value: str) -> None:
    assert printing.parse(written) == Decimal(value)


@pytest.mark.parametrize(
    "written", ["12.34", "1234.567", "1,234.5", "1 234", "", "%", "1e3", "٣", "--1", "1,"]
)
def test_a_doubtful_figure_is_refused(written: str) -> None:
    with pytest.raises(printing.NotANumber):
        printing.parse(written)


@pytest.mark.parametrize("written", ["1,5", "+1", "1e3", "", "1.", "٣"])
def test_machine_figures_have_one_writing(written: str) -> None:
    with pytest.raises(printing.NotANumber):
        printing.exact(written)


def test_a_count_keeps_no_needless_places_and_a_mean_keeps_its_own() -> None:
    assert [printing.plain(x) for x in (1234, Decimal("15.50"), Fraction(8.75), Fraction(1, 3))] == [
        "1.234",
        "15,5",
        "8,75",
        "0,333333",
    ]


def test_small_counts_in_prose_have_two_digits() -> None:
    assert [printing.padded(n) for n in (0, 1, 9, 10, 1234)] == ["0", "01", "09", "10", "1.234"]


@pytest.mark.parametrize(
    ("value", "threshold", "decimals", "written"),
    [
        ("74.96", "75", 1, "74,96"),  # 75,0 would look reached
        ("74.94", "75", 1, "74,9"),
        ("75", "75", 1, "75,0"),
        ("75.04", "75", 1, "75,04"),  # 75,0 would not look exceeded
        ("60.001", "60", 2, "60,001"),
        ("17.998", "18", 2, "17,998"),
        ("1.404", "1.4", 2, "1,404"),
        ("1.45", "1.4", 2, "1,45"),
        ("99.9999999", "100", 2, "100,000000"),  # six places are the end
    ],
)
def test_rounding_never_contradicts_the_verdict(
    value: str, threshold: str, decimals: int, written: str
) -> None:
    exact = Fraction(value)
    places = printing.faithful_decimals(exact, Fraction(threshold), decimals)
    assert printing.number(exact, places) == written


@pytest.mark.parametrize(
    ("written", "unit", "together"),
    [
        ("62,35", "%", "62,35%"),
        ("42", "/100.000 trẻ sinh sống", "42/100.000 trẻ sinh sống"),
        ("1,4", "lần", "1,4 lần"),
        ("109", "bé trai/100 bé gái", "109 bé trai/100 bé gái"),
        ("18", "ca sinh/1.000 phụ nữ", "18 ca sinh/1.000 phụ nữ"),
        ("5", "", "5"),
    ],
)
def test_the_unit_stands_as_in_the_plan(written: str, unit: str, together: str) -> None:
    assert printing.with_unit(written, unit) == together


@pytest.mark.parametrize(
    ("now", "before", "unit", "decimals", "words"),
    [
        ("52.3", "51.1", "%", 1, "tăng 1,2 điểm %"),
        ("51.1", "52.3", "%", 1, "giảm 1,2 điểm %"),
        ("51.14", "51.1", "%", 1, "tăng 0,04 điểm %"),  # never "tăng 0,0"
        ("1.8", "1.84", "lần", 2, "giảm 0,04 lần"),
        ("112.4", "113.2", "bé trai/100 bé gái", 1, "giảm 0,8 bé trai/100 bé gái"),
        ("1234", "1100", "sản phẩm", 0, "tăng 134 sản phẩm"),
        ("38.2", "45.4", "/100.000 trẻ sinh sống", 1, "giảm 7,2/100.000 trẻ sinh sống"),
        ("7", "7", "%", 1, "không thay đổi"),
    ],
)
def test_a_change_is_told_in_words(now: str, before: str, unit: str, decimals: int, words: str) -> None:
    assert printing.change(Fraction(now), Fraction(before), decimals, unit) == words


def test_every_day_of_a_leap_year_is_padded_as_the_decree_wants() -> None:
    day = date(2028, 1, 1)
    for _ in range(366):
        long, short = printing.day_in_words(day), printing.short_day(day)
        two_digits = f"{day.day:02d}"
        month = {1: "01", 2: "02"}.get(day.month, str(day.month))
        assert long == f"ngày {two_digits} tháng {month} năm 2028"
        assert short == f"{two_digits}/{month}/2028"
        day += timedelta(days=1)
    assert day == date(2029, 1, 1)


@pytest.mark.parametrize(
    ("day", "words", "short"),
    [
        ((2026, 4, 5), "ngày 05 tháng 4 năm 2026", "05/4/2026"),
        ((2020, 1, 5), "ngày 05 tháng 01 năm 2020", "05/01/2020"),
        ((2019, 6, 29), "ngày 29 tháng 6 năm 2019", "29/6/2019"),
        ((2026, 2, 10), "ngày 10 tháng 02 năm 2026", "10/02/2026"),
        ((2026, 12, 25), "ngày 25 tháng 12 năm 2026", "25/12/2026"),
        ((2030, 9, 9), "ngày 09 tháng 9 năm 2030", "09/9/2030"),
        ((2021, 3, 3), "ngày 03 tháng 3 năm 2021", "03/3/2021"),
    ],
)
def test_the_days_of_the_rule_book(day: tuple[int, int, int], words: str, short: str) -> None:
    assert printing.day_in_words(date(*day)) == words
    assert printing.short_day(date(*day)) == short


def test_the_time_of_day_has_two_writings() -> None:
    moment = datetime.fromisoformat("2026-12-10T08:05:00+07:00")
    assert printing.clock(moment) == "08 giờ 05 phút"
    assert printing.short_clock(moment) == "08:05"


def test_quarters_are_roman() -> None:
    assert [printing.quarter(n) for n in (1, 2, 3, 4)] == ["quý I", "quý II", "quý III", "quý IV"]
    assert [printing.roman(n) for n in (5, 9, 14, 39)] == ["V", "IX", "XIV", "XXXIX"]
    with pytest.raises(ValueError, match="0"):
        printing.roman(0)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2026", "năm 2026"),
        ("2026-S1", "6 tháng đầu năm 2026"),
        ("2026-S2", "6 tháng cuối năm 2026"),
        ("2026-Q2", "quý II/2026"),
        ("2026-06", "tháng 6/2026"),
        ("2026-02", "tháng 02/2026"),
        ("2026-12-31", "ngày 31/12/2026"),
        ("2025-09-01/P1Y", "năm học 2025 - 2026"),
        ("2026-01-01/P5Y", "giai đoạn 2026 - 2030"),
        ("2025-12-15/P1Y", "từ 15/12/2025 đến 14/12/2026"),
        ("2025-12-15/P6M", "từ 15/12/2025 đến 14/6/2026"),
        ("2026-09-15/P3M", "từ 15/9/2026 đến 14/12/2026"),
        ("2025-12-15/P1M", "từ 15/12/2025 đến 14/01/2026"),
        ("2026-11-15/P31D", "Tháng hành động năm 2026"),
        ("somewhen", "somewhen"),
    ],
)
def test_a_period_is_told_in_words(written: str, words: str) -> None:
    assert printing.period(written) == words
