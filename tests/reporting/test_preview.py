"""The report as LibreOffice prints it: `make test` installs LibreOffice, poppler-utils and a font of the measure."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from songhanh.reporting import annual, preview
from tests.reporting import fixture
from tests.reporting.paper import Paper

SIGNATURE_OF_PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def docx() -> bytes:
    return annual.build(fixture.release(illustrative=True), issued=date(2026, 12, 28), number="123")


@pytest.fixture(scope="module")
def printed(docx: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the text of each printed page, laid out as on paper."""
    document = preview.pdf(docx, tmp_path_factory.mktemp("pdf"))
    text = subprocess.run(
        ["pdftotext", "-layout", str(document), "-"], check=True, capture_output=True, text=True
    )
    return text.stdout.split("\f")[:-1]


def on_one_line(page: str, words: str) -> bool:
    spaced = r"\s+".join(re.escape(word) for word in words.split())
    return any(re.search(spaced, line) for line in page.splitlines())


def test_quoc_hieu_and_day_are_one_printed_line_each(printed: list[str]) -> None:
    assert on_one_line(printed[0], "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert on_one_line(printed[0], "TỈNH LẠNG SƠN Độc lập - Tự do - Hạnh phúc")
    assert on_one_line(printed[0], "Số: 123/BC-UBND Lạng Sơn, ngày 28 tháng 12 năm 2026")
    assert on_one_line(printed[0], "của phụ nữ năm 2026; phương hướng, nhiệm vụ năm 2027")


def test_recipients_and_power_are_on_one_printed_line(printed: list[str]) -> None:
    assert any(on_one_line(page, "Nơi nhận: TM. ỦY BAN NHÂN DÂN") for page in printed)


def test_the_number_of_pages_is_sensible_and_every_page_is_marked(printed: list[str]) -> None:
    assert 10 <= len(printed) <= 16
    assert all("SỐ LIỆU MINH HỌA" in page for page in printed)


def test_pages_count_on_and_each_appendix_begins_again(printed: list[str]) -> None:
    numbers = []
    for page in printed:
        second = page.strip().splitlines()[1].strip()
        numbers.append(int(second) if second.isdigit() else 1)
    starts = [n for n, number in enumerate(numbers) if number == 1]
    assert len(starts) == 3
    assert "Phụ lục I" in printed[starts[1]]
    assert "Phụ lục II" in printed[starts[2]]
    ends = [*starts[1:], len(numbers)]
    for first, end in zip(starts, ends, strict=True):
        assert numbers[first:end] == list(range(1, end - first + 1))


def beginning(printed: list[str], name: str) -> int:
    """Return the index of the page on which an appendix begins."""
    return next(n for n, page in enumerate(printed) if re.search(rf"^ +{name}$", page, re.MULTILINE))


def test_the_head_of_the_table_is_on_each_of_its_pages(printed: list[str]) -> None:
    start, end = beginning(printed, "Phụ lục I"), beginning(printed, "Phụ lục II")
    assert end - start >= 3
    assert all("Mục tiêu, chỉ tiêu (nguyên văn)" in page for page in printed[start:end])


def test_no_word_of_the_text_is_lost_in_print(docx: bytes, printed: list[str]) -> None:
    body = Paper(docx).text().partition("TM. ỦY BAN NHÂN DÂN")[0]
    on_paper = set(re.findall(r"\w+", "\n".join(printed)))
    assert set(re.findall(r"\w+", body)) <= on_paper


def test_a_single_page_of_white_is_never_printed(printed: list[str]) -> None:
    assert all(len(page.split()) > 20 for page in printed)


def test_pages_are_pictures_in_order(docx: bytes, printed: list[str], tmp_path: Path) -> None:
    pages = preview.pages(docx, tmp_path / "trang")
    assert pages.absence is None
    assert [page.name for page in pages] == [f"trang-{n:02d}.png" for n in range(1, len(printed) + 1)]
    assert all(page.read_bytes().startswith(SIGNATURE_OF_PNG) for page in pages)


def test_without_libreoffice_the_reason_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    pages = preview.pages(b"", tmp_path / "trang")
    assert list(pages) == []
    assert pages.absence == preview.NO_OFFICE
    assert "DOCX vẫn tải được" in preview.NO_OFFICE


def program(folder: Path, name: str, does: str) -> None:
    """Put a small program in a folder."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)


@pytest.mark.parametrize("does", ["exit 1", "exit 0"])
def test_an_office_that_fails_or_writes_nothing_gives_a_reason(
    does: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program(tmp_path, "soffice", does)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert preview.pages(b"", tmp_path / "trang").absence == preview.FAILED


def test_an_office_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program(tmp_path, "soffice", "exec /bin/sleep 60")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(preview, "_SECONDS", 0.2)
    assert preview.pages(b"", tmp_path / "trang").absence == preview.FAILED


def test_without_pdftoppm_the_reason_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program(tmp_path, "soffice", 'while [ "$1" != --outdir ]; do shift; done; : > "$2/bao-cao.pdf"')
    monkeypatch.setenv("PATH", str(tmp_path))
    assert preview.pages(b"", tmp_path / "trang").absence == preview.NO_PICTURES
