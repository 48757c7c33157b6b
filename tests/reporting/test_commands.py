"""`songhanh report`, as it is typed."""

from __future__ import annotations

import hashlib
import resource
from pathlib import Path

import pytest

from songhanh.reporting import commands
from songhanh.reporting.annual import build
from songhanh.reporting.reading import Data, canonical
from tests.reporting import fixture


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data directory of its own."""
    folder = tmp_path / "du-lieu"
    (folder / "releases").mkdir(parents=True)
    monkeypatch.setenv("SONGHANH_DATA", str(folder))
    return folder


def file(data: Path, release: Data) -> str:
    """Put a release on file and return its identifier."""
    raw = canonical(release)
    identifier = hashlib.sha256(raw).hexdigest()
    (data / "releases" / f"{identifier}.json").write_bytes(raw)
    return identifier


def test_the_report_of_a_filed_release_is_written(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    identifier = file(data, fixture.release())
    out = tmp_path / "bao-cao.docx"
    assert commands.main(["--release", identifier, "--out", str(out)]) == 0
    assert out.read_bytes() == build(fixture.release())
    assert capsys.readouterr().out == f"Đã ghi báo cáo: {out}\n"


def test_the_first_letters_of_an_identifier_are_enough(data: Path, tmp_path: Path) -> None:
    identifier = file(data, fixture.release())
    assert commands.main(["--release", identifier[:8], "--out", str(tmp_path / "a.docx")]) == 0
    assert commands.main(["--release", f"{identifier}.json", "--out", str(tmp_path / "b.docx")]) == 0


def test_a_directory_gets_a_file_with_a_telling_name(data: Path, tmp_path: Path) -> None:
    identifier = file(data, fixture.release(illustrative=True))
    out = tmp_path / "ra"
    out.mkdir()
    assert commands.main(["--release", identifier, "--out", str(out)]) == 0
    assert [path.name for path in out.iterdir()] == ["bao-cao-binh-dang-gioi-nam-2026-SO-LIEU-MINH-HOA.docx"]


def test_number_and_day_are_taken_over(data: Path, tmp_path: Path) -> None:
    identifier = file(data, fixture.release())
    out = tmp_path / "a.docx"
    assert (
        commands.main(["--release", identifier, "--out", str(out), "--number", "5", "--issued", "2026-12-25"])
        == 0
    )
    from datetime import date

    assert out.read_bytes() == build(fixture.release(), number="5", issued=date(2026, 12, 25))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--number", "x"], "số văn bản phải là số nguyên từ 1, không nhận “x”"),
        (["--issued", "25/12/2026"], "ngày ban hành viết như 2026-12-25, không nhận “25/12/2026”"),
    ],
)
def test_what_cannot_be_a_number_or_day_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], sentence: str
) -> None:
    identifier = file(data, fixture.release())
    out = tmp_path / "a.docx"
    assert commands.main(["--release", identifier, "--out", str(out), *more]) == 2
    assert sentence in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("wanted", ["0" * 64, "1234567", ""])
def test_an_unknown_release_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], wanted: str
) -> None:
    file(data, fixture.release())
    assert commands.main(["--release", wanted, "--out", str(tmp_path / "a.docx")]) == 2
    assert "không có bản đã chốt nào mang mã" in capsys.readouterr().err


def test_without_any_release_the_refusal_says_where_it_looked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SONGHANH_DATA", str(tmp_path / "trống"))
    assert commands.main(["--release", "0" * 64, "--out", str(tmp_path / "a.docx")]) == 2
    assert str(tmp_path / "trống" / "releases") in capsys.readouterr().err


def test_a_release_that_was_tampered_with_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    identifier = file(data, fixture.release())
    place = data / "releases" / f"{identifier}.json"
    place.write_bytes(place.read_bytes().replace(b'"64"', b'"74"', 1))
    out = tmp_path / "a.docx"
    out.write_text("bản cũ")
    assert commands.main(["--release", identifier, "--out", str(out)]) == 2
    assert "đã bị sửa sau khi chốt" in capsys.readouterr().err
    assert out.read_text() == "bản cũ"


def test_a_release_that_says_too_little_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    identifier = file(data, fixture.release(report={}))
    assert commands.main(["--release", identifier, "--out", str(tmp_path / "a.docx")]) == 2
    assert "thiếu hoặc ghi sai mục" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    identifier = file(data, fixture.release())
    assert commands.main(["--release", identifier, "--out", str(tmp_path / "không-có" / "a.docx")]) == 2
    assert "Chưa ghi được tệp" in capsys.readouterr().err


def test_a_full_disk_leaves_the_older_report_as_it_was(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    identifier = file(data, fixture.release())
    out = tmp_path / "a.docx"
    out.write_text("bản cũ")
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, most))
    try:
        code = commands.main(["--release", identifier, "--out", str(out)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))
    assert code == 2
    assert "Chưa ghi được tệp" in capsys.readouterr().err
    assert out.read_text() == "bản cũ"
    assert [path.name for path in tmp_path.glob(".songhanh-*")] == []
