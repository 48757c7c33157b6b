"""The register as a file: what stands, what is owed, and nothing else."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from django.db import transaction

from songhanh.core.compute import compute
from songhanh.core.table import read_table
from songhanh.files import NotWritten, write_whole
from songhanh.observations.export import export
from songhanh.plan import Edition
from songhanh.results import services as results
from songhanh.results.models import Result

from .conftest import Send
from .files import PROV, A, B, figures


def rows(data: bytes) -> list[list[str]]:
    return [line.split(",") for line in data.decode().splitlines()[1:]]


def owed(data: bytes, *elements: str) -> list[str]:
    return [",".join(row[:8]) for row in rows(data) if row[8] == "CHUA_CO_SO_LIEU" and row[0] in elements]


def test_an_empty_register_owes_nothing_and_gives_a_header(db: None, edition: Edition) -> None:
    assert export(edition=edition).decode() == (
        "element,area,org,period,sex,age,ethnicity,kind,state,value,status,"
        "x_reporter,x_submission,x_version,x_approved_at,x_source\n"
    )


def test_history_before_the_plan_is_written_to_the_byte_in_canonical_order(
    send: Send, edition: Edition
) -> None:
    first = f"B02 {PROV} . 2025 . 8.600000\nB01 {PROV} . 2025 . 15.50 SO_BO\nB13 {B} . 2025 F 7"
    send(figures(first), source='Sở "N", 1')
    send(figures(f"B13 {A} . 2025 F nil\nK01 {PROV} . 2025 . 0\nB13 {PROV} CAT 2025 . 7"), source="đợt 2")
    assert export(edition=edition).decode().splitlines()[1:] == [
        "K01,20,,2025,_T,_T,_T,_T,GIA_TRI,0,CHINH_THUC,,,1,2026-03-01T08:00:00+07:00,đợt 2",
        'B01,20,,2025,_T,_T,_T,_T,GIA_TRI,15.5,SO_BO,,,1,2026-03-01T08:00:00+07:00,"Sở ""N"", 1"',
        'B02,20,,2025,_T,_T,_T,_T,GIA_TRI,8.6,CHINH_THUC,,,1,2026-03-01T08:00:00+07:00,"Sở ""N"", 1"',
        "B13,20,CAT,2025,_T,_T,_T,_T,GIA_TRI,7,CHINH_THUC,,,1,2026-03-01T08:00:00+07:00,đợt 2",
        "B13,05977,,2025,F,_T,_T,_T,KHONG_PHAT_SINH,,CHINH_THUC,,,1,2026-03-01T08:00:00+07:00,đợt 2",
        'B13,05983,,2025,F,_T,_T,_T,GIA_TRI,7,CHINH_THUC,,,1,2026-03-01T08:00:00+07:00,"Sở ""N"", 1"',
    ]


def test_in_a_year_of_the_plan_every_cell_that_nobody_sent_is_told(send: Send, edition: Edition) -> None:
    send(figures(f"T01 {A} . 2026 . 5"))
    data = export(edition=edition)
    communes = len(edition.area_map(2026).communes)
    assert len(owed(data, "T01")) == communes - 1
    assert f"T01,{A},,2026,_T,_T,_T,_T" not in owed(data, "T01")
    assert owed(data, "K01") == [f"K01,{PROV},,2026,_T,_T,_T,_T"]
    assert owed(data, "L02") == [f"L02,{PROV},,2026-12-31,_T,_T,_T,_T"]
    assert owed(data, "G14") == [f"G14,{PROV},,2026-12-31,_T,_T,_T,{k}" for k in ("CBCCVC", "DAN_CU")]
    assert len(owed(data, "B16")) == 4
    assert not owed(
        data, "R07", "L01", "T12"
    )  # not read by any criterion; nobody known to owe it; no station known


def test_cohorts_are_owed_for_the_school_years_that_the_year_reads(send: Send, edition: Edition) -> None:
    send(figures(f"K01 {PROV} . 2026 . 5"))
    assert owed(export(edition=edition), "G06", "G07", "G08") == [
        f"G06,{PROV},,2021-09-01/P1Y,F,_T,_T,_T", f"G06,{PROV},,2021-09-01/P1Y,M,_T,_T,_T",
        f"G07,{PROV},,2025-09-01/P1Y,F,_T,_T,_T", f"G07,{PROV},,2025-09-01/P1Y,M,_T,_T,_T",
        f"G08,{PROV},,2022-09-01/P1Y,F,_T,_T,_T", f"G08,{PROV},,2022-09-01/P1Y,M,_T,_T,_T",
    ]  # fmt: skip


def test_parts_quarters_and_months_stand_for_the_cell_and_are_not_hidden(
    send: Send, edition: Edition
) -> None:
    send(
        figures(f"""
            T01 {A} . 2026    F    5
            Y01 {A} . 2026-Q2 .    3
            Y02 {A} . 2026-11 DTTS 1
            M04 {PROV} . 2026-01 . nil
        """)
    )
    data = export(edition=edition)
    assert [row for row in owed(data, "T01", "Y01", "Y02") if A in row] == []
    assert owed(data, "M04") == []


def test_each_quarter_is_owed_by_itself_and_months_stand_for_their_quarter(
    send: Send, edition: Edition
) -> None:
    send(figures(f"T09 {A} . 2026-Q1 . 4\nT09 {A} . 2026-05 . 2"))
    assert [row for row in owed(export(edition=edition), "T09") if A in row] == [
        f"T09,{A},,2026-Q3,_T,_T,_T,_T", f"T09,{A},,2026-Q4,_T,_T,_T,_T",
    ]  # fmt: skip


def test_who_once_reported_owes_from_then_on(send: Send, edition: Edition) -> None:
    send(
        figures(f"""
            L01 {PROV} SNV 2027-12-31 .     1
            L01 {PROV} STC 2026-12-31 .     1
            T12 {PROV} .   2027-02    DAI_1 1
        """)
    )
    data = export(edition=edition)
    assert owed(data, "L01") == [f"L01,{PROV},STC,2027-12-31,_T,_T,_T,_T"]
    months = [row.split(",")[3] for row in owed(data, "T12")]
    assert months == [f"2027-{month:02d}" for month in range(1, 13) if month != 2]


def test_a_declared_gap_or_a_cell_that_does_not_apply_is_not_owed_twice(send: Send, edition: Edition) -> None:
    send(figures(f"K01 {PROV} . 2026 . 9\nT14 {A} . 2026 . ?\nT14 {B} . 2026 . n/a"))
    told = [row for row in rows(export(edition=edition)) if row[0] == "T14" and row[1] in {A, B}]
    assert [(row[1], row[8], row[15]) for row in told] == [
        (A, "CHUA_CO_SO_LIEU", ""),
        (B, "KHONG_AP_DUNG", "Sổ của Lan"),
    ]


def test_entrants_of_this_autumn_do_not_open_the_next_year(send: Send, edition: Edition) -> None:
    send(figures(f"G06 {PROV} . 2026-09-01/P1Y F 10"))
    periods = {row[3] for row in rows(export(edition=edition)) if row[0] in {"K01", "L02", "T01"}}
    assert periods == {"2026", "2026-12-31"}


MIXED = f"""
    T01 {A} . 2026 . 5 UOC
    R06 {A} . 2026 F 5
    R06 {A} . 2026 M 4
    T01 {B} . 2026 . n/a
    R06 {B} . 2026 . n/a
    T09 {A} . 2026-04 LH1 4
    L01 {PROV} SNV 2026-12-31 . 1
    T12 {PROV} . 2026-01 DAI_1 nil
    B13 {PROV} CAT 2026 . ?
    B01 {PROV} . 2025 . 15.5
"""


def test_export_import_export_gives_the_same_bytes(send: Send, edition: Edition) -> None:
    empty = transaction.savepoint()
    send(figures(MIXED, x_reporter="20.05977", x_submission="LS-1"))
    send(figures(f"T01 {A} . 2026 . 6"), at="2026-04-01T08:00:00+07:00")
    first = export(edition=edition)
    transaction.savepoint_rollback(empty)
    assert export(edition=edition).count(b"\n") == 1
    assert send(first, at="2027-01-01T00:00:00+07:00").new == first.count(b"\n") - 1
    assert export(edition=edition) == first
    assert b"T01,05977,,2026,_T,_T,_T,_T,GIA_TRI,6,CHINH_THUC,,,2,2026-04-01T08:00:00+07:00," in first


def test_compute_on_an_export_gives_what_the_product_shows(send: Send, edition: Edition) -> None:
    send(figures(MIXED))
    observations = read_table(export(edition=edition), rules=edition.rules, areas=edition.area_map(2026))
    computed = compute(observations, rules=edition.rules, areas=edition.area_map(2026), year=2026)
    run = results.fresh_run(2026, edition=edition, by="Mai")
    shown = [row.cells() for row in Result.objects.filter(run=run).order_by("order")]
    assert shown == [row.cells() for row in computed]
    assert {row.state for row in computed} >= {"GIA_TRI", "CHUA_CO_SO_LIEU", "KHONG_AP_DUNG"}


def test_an_export_as_of_a_mark_gives_the_old_world(send: Send, edition: Edition) -> None:
    old = send(figures(MIXED)).mark
    then = export(edition=edition)
    send(figures(f"T01 {A} . 2026 . 7\nK01 {PROV} . 2027 . 9"))
    assert export(edition=edition) != then
    assert export(edition=edition, mark=old) == then


def test_a_full_disk_is_told_in_a_sentence_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "so-lieu.csv"
    target.write_bytes(b"cu")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritten, match=r"ổ đĩa đã đầy\. Đề nghị giải phóng dung lượng"):
        write_whole(target, b"moi")
    assert target.read_bytes() == b"cu"
    assert [path.name for path in tmp_path.iterdir()] == ["so-lieu.csv"]


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "ong"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"moi")
    reader.join()
    assert read == [b"moi"]
    assert pipe.is_fifo()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="không có thư mục này"):
        write_whole(tmp_path / "khong-co" / "tep.csv", b"moi")
