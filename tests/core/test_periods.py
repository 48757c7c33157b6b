"""Writings of periods, against the table of contract §4."""

from datetime import date

import pytest

from songhanh.core.elements import ReadAt
from songhanh.core.periods import alternatives, interval, is_period, is_year, months_of, periods_read

WRITINGS = {
    "2026": ("01/01/2026", "31/12/2026"),
    "2026-S1": ("01/01/2026", "30/06/2026"),
    "2026-S2": ("01/07/2026", "31/12/2026"),
    "2026-Q2": ("01/04/2026", "30/06/2026"),
    "2026-Q4": ("01/10/2026", "31/12/2026"),
    "2026-06": ("01/06/2026", "30/06/2026"),
    "2028-02": ("01/02/2028", "29/02/2028"),
    "2026-12-31": ("31/12/2026", "31/12/2026"),
    "2025-12-15/P1Y": ("15/12/2025", "14/12/2026"),
    "2025-12-15/P6M": ("15/12/2025", "14/06/2026"),
    "2026-06-15/P6M": ("15/06/2026", "14/12/2026"),
    "2025-12-15/P9M": ("15/12/2025", "14/09/2026"),
    "2025-12-15/P3M": ("15/12/2025", "14/03/2026"),
    "2026-03-15/P3M": ("15/03/2026", "14/06/2026"),
    "2026-09-15/P3M": ("15/09/2026", "14/12/2026"),
    "2025-12-15/P1M": ("15/12/2025", "14/01/2026"),
    "2026-11-15/P1M": ("15/11/2026", "14/12/2026"),
    "2025-09-01/P1Y": ("01/09/2025", "31/08/2026"),
    "2026-11-15/P31D": ("15/11/2026", "15/12/2026"),
    "2026-01-01/P5Y": ("01/01/2026", "31/12/2030"),
}

OTHER_WRITINGS = [
    "",
    " 2026",
    "2026 ",
    "26",
    "02026",
    "0000",
    "２０２６",
    "2026-Q5",
    "2026-Q0",
    "2026-q2",
    "2026-S3",
    "2026-13",
    "2026-00",
    "2026-6",
    "2026-02-30",
    "2027-02-29",
    "2026-04-31",
    "2026/06",
    "31/12/2026",
    "2026-01-01/P1Y",  # the calendar year is written 2026
    "2026-01-01/P6M",
    "2026-04-01/P3M",
    "2026-06-01/P1M",
    "2026-12-31/P1D",
    "2025-12-15/P12M",
    "2026-03-15/P9M",
    "2025-09-01/P12M",
    "2026-11-15/P1Y",
    "2026-10-15/P31D",
    "2026-01-01/P4Y",
    "2027-01-01/P5Y",  # not the term of this plan
    "2025-12-15P1Y",
]


@pytest.mark.parametrize("text", WRITINGS)
def test_each_period_of_the_contract_is_read_as_the_days_it_covers(text: str) -> None:
    first, last = (date(int(day[6:]), int(day[3:5]), int(day[:2])) for day in WRITINGS[text])
    assert is_period(text, term_first=2026, term_last=2030)
    assert (interval(text).first, interval(text).last) == (first, last)


@pytest.mark.parametrize("text", OTHER_WRITINGS)
def test_every_other_writing_is_refused(text: str) -> None:
    assert not is_period(text, term_first=2026, term_last=2030)


def test_the_term_is_written_as_the_plan_has_it() -> None:
    assert is_period("2031-01-01/P10Y", term_first=2031, term_last=2040)
    assert not is_period("2026-01-01/P5Y", term_first=2031, term_last=2040)


def test_only_a_calendar_year_can_be_computed() -> None:
    assert is_year("2026")
    assert not any(is_year(text) for text in ("2026-Q1", "2025-12-15/P1Y", "26", "0000", "２０２６"))


def test_an_additive_figure_looks_at_the_year_then_the_quarters_then_the_months() -> None:
    year, quarters, months = alternatives(ReadAt.A, 2026)
    assert year == ("2026",)
    assert quarters == ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
    assert months[0] == "2026-01"
    assert months[-1] == "2026-12"
    assert len(months) == 12


def test_the_administrative_year_never_stands_in_for_the_calendar_year() -> None:
    for at in ReadAt:
        assert not any("12-15" in period for period in periods_read(at, 2026))


def test_a_quarter_has_its_own_three_months() -> None:
    assert months_of("2026-Q4") == ("2026-10", "2026-11", "2026-12")
