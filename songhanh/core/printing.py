"""How a figure, a day and a period are written for a Vietnamese reader, and how a written figure is read back.

Decimal comma, thousands dot; one rounding, half up, on the exact value, here and nowhere else. Whoever prints a
figure (page, report, export for readers) prints it with these functions, so that the same figure looks the same
everywhere.
Source: NĐ 30/2020/NĐ-CP, Phụ lục I, khoản 4 Mục II Phần I (days); Luật Kế toán (comma and dot).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

Figure = int | Decimal | Fraction
"""What can be printed. Never a float: its last digits are nobody's claim."""

MOST_DECIMALS: Final = 6
"""No figure of the house carries more decimals (compute contract §3.1, §11)."""

PERCENT: Final = "%"
PERCENT_POINTS: Final = "điểm %"

_WRITTEN = re.compile(r"-?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
_MACHINE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_ROMAN: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class NotANumber(ValueError):
    """The text is not a figure in the writing asked for."""

    def __init__(self, text: str) -> None:
        super().__init__(f"not a number: {text!r}")
        self.text = text


def exact(text: str) -> Fraction:
    """Return the figure behind machine text such as `62.35`.

    Raises: NotANumber, also for Vietnamese writing, signs other than a leading minus, and exponents.
    """
    if not _MACHINE.fullmatch(text):
        raise NotANumber(text)
    return Fraction(text)


def half_up(value: Figure, decimals: int) -> Decimal:
    """Return the value rounded once to `decimals` places, halves away from zero; never minus zero."""
    scaled = abs(Fraction(value)) * 10**decimals
    digits = int(scaled + Fraction(1, 2))
    return Decimal(-digits if value < 0 else digits).scaleb(-decimals)


def number(value: Figure, decimals: int = 0) -> str:
    """Return the value with exactly `decimals` places: `1.234.567,89`."""
    rounded = half_up(value, decimals)
    whole, _, places = f"{abs(rounded):f}".partition(".")
    sign = "-" if rounded < 0 else ""
    return sign + f"{int(whole):,}".replace(",", ".") + (f",{places}" if places else "")


def plain(value: Figure) -> str:
    """Return the value with as many places as it has, at most six: a count stays `1.234`, a mean becomes `15,5`."""
    return number(
        value, next(d for d in range(MOST_DECIMALS + 1) if _exact_at(value, d) or d == MOST_DECIMALS)
    )


def _exact_at(value: Figure, decimals: int) -> bool:
    return Fraction(half_up(value, decimals)) == Fraction(value)


def padded(count: int) -> str:
    """Return a count for running text, where officials write one digit as two: `04 tin, bài`. Never in tables."""
    return f"0{count}" if 0 < count < 10 else number(count)


def parse(text: str) -> Decimal:
    """Return the figure written in Vietnamese: `1.234,5` is 1234.5, `1.234` is 1234, a trailing `%` is dropped.

    Raises: NotANumber. Grouping must be complete: `12.34` and `1234.567` are refused, not guessed.
    """
    bare = text.removesuffix(PERCENT)
    if not _WRITTEN.fullmatch(bare):
        raise NotANumber(text)
    return Decimal(bare.replace(".", "").replace(",", "."))


def faithful_decimals(value: Figure, threshold: Figure, decimals: int) -> int:
    """Return the fewest places, from `decimals` up, at which the printed value stands where the exact one stands.

    74.96 against 75 needs two places: `75,0` would look reached. At six places it stops.
    """
    side = _sign(Fraction(value) - Fraction(threshold))
    for places in range(decimals, MOST_DECIMALS):
        if _sign(Fraction(half_up(value, places)) - Fraction(threshold)) == side:
            return places
    return MOST_DECIMALS


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def visible_decimals(value: Figure, decimals: int) -> int:
    """Return the fewest places, from `decimals` up, at which a value other than 0 does not print as 0."""
    places = (d for d in range(decimals, MOST_DECIMALS) if value == 0 or half_up(value, d) != 0)
    return next(places, MOST_DECIMALS)


def with_unit(written: str, unit: str) -> str:
    """Return a written figure followed by its unit: `62,35%`, `42/100.000 trẻ sinh sống`, `1,4 lần`.

    No space stands before `%` and before a unit that begins with a stroke.
    """
    if not unit:
        return written
    return written + unit if unit.startswith((PERCENT, "/")) else f"{written} {unit}"


def amount(value: Figure, decimals: int, unit: str) -> str:
    """Return the value with `decimals` places and its unit."""
    return with_unit(number(value, decimals), unit)


def distance(value: Figure, decimals: int, unit: str) -> str:
    """Return the size of a difference without its direction: `2,5 điểm %`, `0,04 lần`.

    A difference other than 0 is never printed as 0.
    """
    size = abs(Fraction(value))
    of = PERCENT_POINTS if unit == PERCENT else unit
    return amount(size, visible_decimals(size, decimals), of)


def change(now: Figure, before: Figure, decimals: int, unit: str) -> str:
    """Return in words how a figure moved: `tăng 1,2 điểm %`, `giảm 0,04 lần`, `không thay đổi`.

    The difference is that of the exact values, so it may differ by one in the last place from the difference of
    two printed ones.
    """
    moved = Fraction(now) - Fraction(before)
    if moved == 0:
        return "không thay đổi"
    return f"{'tăng' if moved > 0 else 'giảm'} {distance(moved, decimals, unit)}"


def day_in_words(day: date) -> str:
    """Return `ngày 05 tháng 4 năm 2026`: days below 10 and the months 1 and 2 get a zero, no other month."""
    return f"ngày {day.day:02d} {month_in_words(day)}"


def month_in_words(day: date) -> str:
    """Return the month of the day: `tháng 4 năm 2026`."""
    return f"tháng {_month(day.month)} năm {day.year:04d}"


def short_day(day: date) -> str:
    """Return `05/4/2026`, padded as in the long form."""
    return f"{day.day:02d}/{_month(day.month)}/{day.year:04d}"


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)


def clock(moment: datetime) -> str:
    """Return the time of day as in prose: `08 giờ 30 phút`."""
    return f"{moment.hour:02d} giờ {moment.minute:02d} phút"


def short_clock(moment: datetime) -> str:
    """Return the time of day as in tables: `08:30`."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def roman(value: int) -> str:
    """Return the Roman numeral of 1 to 39."""
    if not 0 < value < 40:
        raise ValueError(value)
    letters = ""
    for worth, sign in _ROMAN:
        letters += sign * (value // worth)
        value %= worth
    return letters


def quarter(value: int) -> str:
    """Return `quý II`."""
    return f"quý {roman(value)}"


_STEADY: Final = (
    (re.compile(r"(\d{4})"), r"năm \1"),
    (re.compile(r"(\d{4})-S1"), r"6 tháng đầu năm \1"),
    (re.compile(r"(\d{4})-S2"), r"6 tháng cuối năm \1"),
    (re.compile(r"(\d{4})-11-15/P31D"), r"Tháng hành động năm \1"),
)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_YEARS = re.compile(r"(\d{4})-(01|09)-01/P([1-9])Y")
_ADMINISTRATIVE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-15/P(?:(1)Y|([1-9])M)")


def period(written: str) -> str:
    """Return a period of the register in words: `quý II/2026`, `năm học 2025 - 2026`, `ngày 31/12/2026`.

    A period in another writing comes back as it stands.
    """
    for pattern, words in _STEADY:
        if found := pattern.fullmatch(written):
            return found.expand(words)
    if found := _QUARTER.fullmatch(written):
        return f"{quarter(int(found[2]))}/{found[1]}"
    if found := _MONTH.fullmatch(written):
        return f"tháng {_month(int(found[2]))}/{found[1]}"
    if _DAY.fullmatch(written):
        return f"ngày {short_day(date.fromisoformat(written))}"
    if found := _YEARS.fullmatch(written):
        return _years(int(found[1]), int(found[3]), school=found[2] == "09")
    if found := _ADMINISTRATIVE.fullmatch(written):
        return _from_the_15th(int(found[1]), int(found[2]), 12 if found[3] else int(found[4]))
    return written


def _years(first: int, count: int, *, school: bool) -> str:
    if school:
        return f"năm học {first} - {first + count}"
    return f"giai đoạn {first} - {first + count - 1}"


def _from_the_15th(year: int, month: int, months: int) -> str:
    """Return the days of an administrative period, which runs from a 15th to a 14th (NĐ 09/2019/NĐ-CP)."""
    years, before = divmod(month - 1 + months, 12)
    return f"từ {short_day(date(year, month, 15))} đến {short_day(date(year + years, before + 1, 14))}"
