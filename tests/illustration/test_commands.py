"""`songhanh illustrate` on the command line."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from songhanh.illustration.commands import main
from songhanh.plan.loader import BUILT_IN

from .conftest import Files


def test_all_files_are_written(tmp_path: Path, files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--out", str(tmp_path / "minh-hoa")]) == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "minh-hoa").iterdir()}
    assert written == dict(files)
    told = capsys.readouterr().out
    assert f"Đã ghi {len(files)} tệp" in told
    assert "không phải số liệu thật" in told


def test_some_years_can_be_asked_for(tmp_path: Path) -> None:
    assert main(["--out", str(tmp_path), "--years", "2025-2026"]) == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert "minh-hoa_2025_SYT.csv" in names
    assert "minh-hoa_2024_SYT.csv" not in names


@pytest.mark.parametrize("years", ["2019", "2026-2021", "2021–2026", "mọi năm"])
def test_years_that_cannot_be_are_refused_with_an_example(
    years: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--out", str(tmp_path), "--years", years]) == 2
    assert "--years 2021-2026" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_an_edition_without_illustration_is_told_in_vietnamese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "bo-khac"
    for path in BUILT_IN.rglob("*"):
        if path.is_file() and path.name != "illustration.yaml":
            copy = other / path.relative_to(BUILT_IN)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    assert main(["--out", str(tmp_path / "ra"), "--edition", str(other)]) == 2
    told = capsys.readouterr().err
    assert "không có tệp illustration.yaml nên không có số liệu minh họa" in told
    assert "Đề nghị bổ sung" in told
    assert not (tmp_path / "ra").exists()


def test_a_broken_edition_points_to_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--out", str(tmp_path / "ra"), "--edition", str(tmp_path)]) == 2
    assert "songhanh plan check" in capsys.readouterr().err


def test_a_full_disk_leaves_older_files_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    older = tmp_path / "minh-hoa_2026_SYT.csv"
    older.write_bytes(b"cu")
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if "2026_SYT" in path.name:
            write(path, data[:10])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    assert main(["--out", str(tmp_path), "--years", "2026"]) == 1
    told = capsys.readouterr().err
    assert "đĩa đã đầy" in told
    assert str(tmp_path) in told
    assert older.read_bytes() == b"cu"
    assert [path.name for path in tmp_path.iterdir()] == [older.name]


def test_a_wrong_command_line_is_answered_in_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([])
    assert left.value.code == 2
    assert "Cách dùng: songhanh illustrate --out" in capsys.readouterr().err


def test_no_django_is_loaded() -> None:
    code = "import sys, songhanh.illustration.commands; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_module_of_the_package_knows_the_province() -> None:
    for path in Path(main.__code__.co_filename).parent.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not any(word in text for word in ("Lạng", "langson", "SYT", "MT1", "R06", "0597"))
