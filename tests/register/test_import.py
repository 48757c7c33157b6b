"""A file comes in whole or not at all, and never against what already stands."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from songhanh.core.problems import Refused
from songhanh.observations import queries, services
from songhanh.observations.commands import is_full
from songhanh.observations.models import Batch, Observation
from songhanh.observations.services import Overtaken, record
from songhanh.plan import Edition
from songhanh.web.messages import report_line

from .conftest import Send
from .files import PROV, WHOLE_PLAN_OF_LABOUR, A, B, C, figures


def refused(send: Send, data: bytes) -> list[str]:
    before = (Observation.objects.count(), Batch.objects.count())
    with pytest.raises(Refused) as caught:
        send(data)
    assert (Observation.objects.count(), Batch.objects.count()) == before
    return [report_line(problem) for problem in caught.value.problems]


def codes(lines: list[str]) -> list[str]:
    return [line.split(":")[0] for line in lines]


def test_a_file_comes_in_whole_with_where_it_came_from(send: Send) -> None:
    recorded = send(WHOLE_PLAN_OF_LABOUR, source="Thống kê tỉnh, niên giám 2026")
    assert (recorded.new, recorded.corrected, recorded.unchanged) == (5, 0, 0)
    entry = queries.current()[3]
    assert (entry.figure.element, str(entry.figure.value), entry.source) == (
        "B01",
        "15.5",
        "Thống kê tỉnh, niên giám 2026",
    )
    (batch,) = queries.batches()
    assert (batch.file_name, batch.count, batch.by, batch.illustrative) == ("lan.csv", 5, "Lan", False)
    assert len(Batch.objects.get().sha256) == 64


def test_one_bad_line_keeps_the_whole_file_out_and_every_problem_is_named(send: Send) -> None:
    lines = refused(
        send,
        figures(f"""
            K01 {PROV} . 2026    . 1000
            K02 {PROV} . 2026-Q7 . 600
            XX9 {PROV} . 2026    . 1
            K03 99999  . 2026    . 12,5
        """),
    )
    assert codes(lines) == [
        "E_PERIOD dòng 3, cột period", "E_ELEMENT dòng 4, cột element", "E_AREA dòng 5, cột area",
        "E_NUMBER dòng 5, cột value",
    ]  # fmt: skip


def test_the_same_file_a_second_time_adds_nothing_and_says_so(send: Send) -> None:
    send(WHOLE_PLAN_OF_LABOUR)
    again = send(WHOLE_PLAN_OF_LABOUR, source="cùng tệp, gửi lại")
    assert (again.new, again.corrected, again.unchanged, again.batch) == (0, 0, 5, None)
    assert Batch.objects.count() == 1


def test_a_firmer_status_is_a_correction_although_the_number_stays(send: Send) -> None:
    send(figures(f"K01 {PROV} . 2026 . 1000 UOC"))
    assert send(figures(f"K01 {PROV} . 2026 . 1000 CHINH_THUC")).corrected == 1


def test_parts_in_a_later_file_must_add_up_to_the_total_that_stands(send: Send) -> None:
    send(figures(f"R06 {A} . 2026 . 100"))
    lines = refused(send, figures(f"R06 {A} . 2026 F 49\nR06 {A} . 2026 M 50"))
    assert codes(lines) == ["E_SUM dòng 2, cột value"]
    assert "100" in lines[0]
    assert "99" in lines[0]
    assert send(figures(f"R06 {A} . 2026 F 49\nR06 {A} . 2026 M 51")).new == 2


def test_total_and_parts_may_be_corrected_together(send: Send) -> None:
    send(figures(f"R06 {A} . 2026 . 100\nR06 {A} . 2026 F 49\nR06 {A} . 2026 M 51"))
    assert codes(refused(send, figures(f"R06 {A} . 2026 . 101"))) == ["E_SUM dòng 2, cột value"]
    assert send(figures(f"R06 {A} . 2026 . 101\nR06 {A} . 2026 M 52")).corrected == 2


def test_a_part_larger_than_the_whole_that_stands_is_refused_with_its_place(send: Send) -> None:
    send(figures(f"R06 {A} . 2026 . 100"))
    (line,) = refused(send, figures(f"T01 {B} . 2026 . 5\nT01 {A} . 2026 . 101"))
    assert line.startswith("E_PART dòng 3")
    assert "101" in line


def test_a_correction_that_makes_the_whole_smaller_than_its_part_is_refused(send: Send) -> None:
    send(figures(f"K01 {PROV} . 2026 . 1000\nK02 {PROV} . 2026 . 600"))
    assert codes(refused(send, figures(f"K01 {PROV} . 2026 . 500"))) == ["E_PART dòng 2"]


def test_a_school_cohort_is_held_against_the_year_that_reads_it(send: Send) -> None:
    send(figures(f"G01 {PROV} . 2025-09-01/P1Y . 400"))
    assert codes(refused(send, figures(f"G02 {PROV} . 2025-09-01/P1Y . 401"))) == ["E_PART dòng 2"]


def test_history_of_years_before_the_plan_stands_on_the_plans_map(send: Send) -> None:
    assert send(figures(f"T01 {A} . 2021 . 5\nR06 {A} . 2021 . 10")).new == 2
    assert codes(refused(send, figures("T01 05974 . 2021 . 5"))) == ["E_AREA dòng 2, cột area"]


def test_columns_of_our_own_exports_must_say_what_they_should(send: Send) -> None:
    bad = figures(f"K01 {PROV} . 2026 . 1000", x_version="hai", x_approved_at="hôm qua")
    assert codes(refused(send, bad)) == [
        "E_COLUMN dòng 2, cột x_approved_at", "E_COLUMN dòng 2, cột x_version",
    ]  # fmt: skip


def test_who_reported_when_and_from_where_is_kept_when_the_file_says_so(send: Send) -> None:
    send(
        figures(
            f"K01 {PROV} . 2026 . 1000",
            x_reporter="TKT", x_submission="LS-2026-01", x_version="3", x_source="Niên giám",
            x_approved_at="2026-02-03T09:00:00+07:00",
        )
    )  # fmt: skip
    (entry,) = queries.current()
    assert (entry.reporter, entry.submission, entry.version, entry.source) == (
        "TKT",
        "LS-2026-01",
        3,
        "Niên giám",
    )
    assert entry.approved_at.isoformat() == "2026-02-03T02:00:00+00:00"
    assert entry.recorded_at.isoformat() == "2026-03-01T01:00:00+00:00"
    send(figures(f"K01 {PROV} . 2026 . 1001", x_version="9"))
    assert queries.current()[0].version == 4


@pytest.mark.parametrize("where", ["file", "batch"])
def test_invented_figures_mark_their_batch(send: Send, where: str) -> None:
    words = "SỐ LIỆU MINH HỌA – bịa"
    if where == "file":
        send(figures(f"K01 {PROV} . 2026 . 1000", x_source=words))
    else:
        send(figures(f"K01 {PROV} . 2026 . 1000"), source=words)
    assert queries.batches()[0].illustrative


def test_the_greatest_number_the_contract_allows_comes_back_to_the_last_digit(send: Send) -> None:
    send(figures(f"H30 {A} . 2026 TONG 999999999999999.999999\nR07 {A} . 2026 . 0.000001"))
    assert [str(f.value) for f in queries.figures()] == ["999999999999999.999999", "0.000001"]


def test_whoever_looked_before_somebody_else_corrected_does_not_overwrite_him(
    send: Send, edition: Edition
) -> None:
    send(figures(f"K01 {PROV} . 2026 . 1000"))
    seen = queries.mark()
    send(figures(f"K01 {PROV} . 2026 . 1010"))
    (row,) = services._read(services.File("", figures(f"K01 {PROV} . 2026 . 1020"), ""), edition).rows
    with pytest.raises(Overtaken) as caught:
        record([row], source="Phúc", seen=seen, by="Phúc")
    assert caught.value.figures == (row,)
    assert [str(f.value) for f in queries.figures()] == ["1010"]
    assert record([row], source="Phúc", seen=queries.mark(), by="Phúc").corrected == 1


def test_saying_the_same_as_somebody_who_was_faster_is_no_conflict(send: Send, edition: Edition) -> None:
    send(figures(f"K01 {PROV} . 2026 . 1010"))
    (row,) = services._read(services.File("", figures(f"K01 {PROV} . 2026 . 1010"), ""), edition).rows
    assert record([row], source="Phúc", seen=0, by="Phúc").unchanged == 1


def test_several_files_come_in_together_and_a_later_one_corrects_an_earlier_one(
    db: None, edition: Edition
) -> None:
    first = services.File("1.csv", figures(f"T01 {A} . 2026 . 5\nR06 {A} . 2026 . 9"), "đợt 1")
    second = services.File("2.csv", figures(f"T01 {A} . 2026 . 6\nT01 {B} . 2026 . 1"), "đợt 2")
    done = services.import_files([first, second], edition=edition, by="Lan")
    assert [(d.new, d.corrected) for d in done] == [(2, 0), (1, 1)]
    (late,) = [e for e in queries.current() if e.figure.area == A and e.figure.element == "T01"]
    assert (str(late.figure.value), late.version) == ("6", 2)


def test_of_several_files_none_comes_in_when_one_is_wrong(db: None, edition: Edition) -> None:
    good = services.File("1.csv", figures(f"R06 {C} . 2026 . 9"), "đợt 1")
    bad = services.File("2.csv", figures(f"T01 {C} . 2026 . 10"), "đợt 2")
    with pytest.raises(Refused):
        services.import_files([good, bad], edition=edition, by="Lan")
    assert not Observation.objects.exists()


def test_a_disk_that_fills_up_half_way_leaves_the_register_as_it_was(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(figures(f"K01 {PROV} . 2026 . 1000"))
    whole = services._insert

    def half(records: list[tuple[object, ...]]) -> None:
        whole(records[: len(records) // 2])
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(services, "_insert", half)
    with pytest.raises(OperationalError) as caught:
        send(figures(f"K02 {PROV} . 2026 . 600\nK03 {PROV} . 2026 . 200"))
    assert is_full(caught.value)
    assert [f.element for f in queries.figures()] == ["K01"]
    assert Batch.objects.count() == 1
