"""`songhanh compute`: what a person at the command line sees, and what stands on the disk afterwards."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from songhanh.core.compute import Level, compute
from songhanh.core.results_csv import results_csv
from songhanh.core.table import read_table
from songhanh.engine.commands import main
from songhanh.plan import load
from songhanh.web.messages import report_line
from tests.oracle.worked_cases import CASES, observations

EDITION = load()
AREAS = b"""code,name,level,parent,valid_from,valid_to
20,T\xe1\xbb\x89nh,province,,2025-07-01,
A,X\xc3\xa3 A,commune,20,2025-07-01,
B,X\xc3\xa3 B,commune,20,2025-07-01,
C,X\xc3\xa3 C,commune,20,2025-07-01,
Z,X\xc3\xa3 c\xc5\xa9,commune,20,2020-01-01,2025-06-30
"""
VICTIMS = observations(next(case.rows for case in CASES if case.name.startswith("MT3.CT2a")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a directory with figures, a list of areas, and results of an earlier run."""
    (tmp_path / "so_lieu.csv").write_bytes(VICTIMS)
    (tmp_path / "dia_ban.csv").write_bytes(AREAS)
    (tmp_path / "ket_qua.csv").write_bytes(b"earlier results\n")
    return tmp_path


def run(folder: Path, *more: str, figures: str = "so_lieu.csv", period: str = "2026") -> int:
    """Return the exit code of the command on the files of a directory."""
    words = [
        "--observations",
        str(folder / figures),
        "--period",
        period,
        "--out",
        str(folder / "ket_qua.csv"),
    ]
    return main([*words, "--areas", str(folder / "dia_ban.csv"), *more], report_line)


def results(folder: Path) -> str:
    return (folder / "ket_qua.csv").read_text(encoding="utf-8")


def assert_untouched(folder: Path) -> None:
    assert results(folder) == "earlier results\n"
    assert {path.name for path in folder.iterdir()} <= {
        "so_lieu.csv",
        "dia_ban.csv",
        "ket_qua.csv",
        "var",
        "other.csv",
    }


def test_the_file_of_results_holds_the_bytes_of_the_contract(folder: Path) -> None:
    assert run(folder) == 0
    lines = results(folder).splitlines()
    assert lines[0].startswith("criterion,target,area,period,state,value,unit,")
    assert (
        "MT3.CT2a,MT3.CT2,20,2026,GIA_TRI,90.000000,PT,9,10,TINH,CHINH_THUC,3,3,,,at_least,90,DAT," in lines
    )
    assert len(lines) == 1 + 32 + 3 * 9
    assert b"\r" not in (folder / "ket_qua.csv").read_bytes()


def test_province_level_leaves_the_commune_rows_out(folder: Path) -> None:
    assert run(folder, "--level", "province") == 0
    assert len(results(folder).splitlines()) == 1 + 32


def test_without_a_list_of_areas_the_plan_s_own_places_count(folder: Path) -> None:
    figures = b"element,area,period,state,value\nR06,06637,2026,GIA_TRI,600\nT01,06637,2026,GIA_TRI,500\n"
    (folder / "other.csv").write_bytes(figures)
    out = folder / "ket_qua.csv"
    words = ["--observations", str(folder / "other.csv"), "--period", "2026", "--out", str(out)]
    assert main(words, report_line) == 0
    areas = EDITION.area_map(2026)
    rows = read_table(figures, rules=EDITION.rules, areas=areas)
    assert out.read_bytes() == results_csv(
        compute(rows, rules=EDITION.rules, areas=areas, year=2026, level=Level.ALL)
    )


def test_a_refused_file_names_every_line_and_leaves_earlier_results(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "other.csv").write_bytes(
        b"element,area,period,state,value\nR06,A,2026,GIA_TRI,1.5\nR06,Z,2026,GIA_TRI,7\nR06,B,2026,GIA_TRI,\n"
    )
    assert run(folder, figures="other.csv") == 2
    assert_untouched(folder)
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.split(":")[0] for line in said.err.splitlines()] == [
        "E_RANGE dòng 2, cột value",
        "E_AREA dòng 3, cột area",
        "E_STATE dòng 4, cột value",
    ]


def test_figures_that_contradict_one_another_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "other.csv").write_bytes(
        b"element,area,period,state,value\nR06,A,2026,GIA_TRI,5\nT01,A,2026,GIA_TRI,6\n"
    )
    assert run(folder, figures="other.csv") == 2
    assert_untouched(folder)
    assert capsys.readouterr().err.startswith("E_PART dòng 2: MT6.CT1, A: tử số 6 lớn hơn mẫu số 5.")


@pytest.mark.parametrize("period", ["26", "2026-Q1", "2026-12-31", "0000", "", "hai nghìn"])
def test_only_a_calendar_year_is_computed(
    folder: Path, capsys: pytest.CaptureFixture[str], period: str
) -> None:
    assert run(folder, period=period) == 2
    assert_untouched(folder)
    assert capsys.readouterr().err.startswith("E_PERIOD: Kỳ tính")


def test_a_missing_file_is_said_to_be_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, figures="không có.csv") == 2
    assert_untouched(folder)
    assert "không có.csv. Đề nghị kiểm tra lại đường dẫn" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        (b"code,name\n", "cột level: Bảng thiếu cột này"),
        (
            AREAS.replace(b"20,T", b"30,M,province,,2025-07-01,\n20,T"),
            "có 2 tỉnh đang có hiệu lực, cần đúng một",
        ),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_list_of_areas_that_gives_no_map_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], areas: bytes, said: str
) -> None:
    (folder / "dia_ban.csv").write_bytes(areas)
    assert run(folder) == 2
    assert_untouched(folder)
    assert said in capsys.readouterr().err


def test_an_edition_that_is_not_there_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "--edition", str(folder / "ke_hoach")) == 2
    assert_untouched(folder)
    assert "Không tìm thấy thư mục này" in capsys.readouterr().err


def test_a_full_disk_leaves_earlier_results(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("songhanh.files.os.fsync", full)
    assert run(folder) == 1
    assert_untouched(folder)
    assert "đĩa đã đầy" in capsys.readouterr().err


def test_a_directory_that_is_not_there_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "--out", str(folder / "chưa có" / "ket_qua.csv")) == 1
    assert "không có thư mục này" in capsys.readouterr().err


def test_results_keep_the_permissions_of_the_file_they_replace(folder: Path) -> None:
    (folder / "ket_qua.csv").chmod(0o640)
    assert run(folder) == 0
    assert stat.S_IMODE((folder / "ket_qua.csv").stat().st_mode) == 0o640
    new = folder / "moi.csv"
    assert run(folder, "--out", str(new)) == 0
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(new.stat().st_mode) == 0o666 & ~mask


def test_the_command_starts_without_the_web_framework_and_without_a_compiler(folder: Path) -> None:
    words = [
        "compute",
        "--observations",
        str(folder / "so_lieu.csv"),
        "--period",
        "2026",
        "--out",
        str(folder / "x.csv"),
    ]
    words += ["--areas", str(folder / "dia_ban.csv")]
    code = (
        "import sys; from songhanh.web.cli import main; code = main(sys.argv[1:]); "
        "sys.exit(code or (3 if {'django', 'ibis', 'psycopg'} & sys.modules.keys() else 0))"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
