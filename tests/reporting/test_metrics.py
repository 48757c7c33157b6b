"""Widths of Times New Roman, held against the rule book and against a font of the same measure."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from songhanh.reporting.metrics import lines, width_mm

TINOS, LIBERATION = (
    Path("/usr/share/fonts/truetype") / name for name in ("croscore/Tinos", "liberation2/LiberationSerif")
)
SAMPLE = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Lương Văn Tri, phường ẫ ặ ự ỹ ộ ấ ế Ơ ơ Ư ư Đ đ 0123456789 %/:;()-"
)


@pytest.mark.parametrize(
    ("text", "points", "bold", "italic", "millimetres"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False, 88.3),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, False, 95.7),
        ("Độc lập - Tự do - Hạnh phúc", 13, True, False, 56.1),
        ("Độc lập - Tự do - Hạnh phúc", 14, True, False, 60.5),
        ("ỦY BAN NHÂN DÂN", 12, True, False, 39.9),
        ("TỈNH LẠNG SƠN", 13, True, False, 36.7),
        ("UBND TỈNH LẠNG SƠN", 12, False, False, 45.5),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", 13, True, False, 83.8),
        ("Lạng Sơn, ngày 28 tháng 12 năm 2026", 13, False, True, 71.2),
        ("Phường Lương Văn Tri, ngày 28 tháng 12 năm 2026", 13, False, True, 96.8),
    ],
)
def test_the_widths_of_the_rule_book(
    text: str, points: float, bold: bool, italic: bool, millimetres: float
) -> None:
    assert width_mm(text, points, bold=bold, italic=italic) == pytest.approx(millimetres, abs=0.1)


@pytest.mark.parametrize(
    ("face", "bold", "italic"), [("Regular", False, False), ("Bold", True, False), ("Italic", False, True)]
)
def test_every_letter_is_as_wide_as_in_the_font(face: str, bold: bool, italic: bool) -> None:
    advance = advances(same_measure(face))
    for letter in SAMPLE:
        assert width_mm(letter, 2048 / (25.4 / 72), bold=bold, italic=italic) == pytest.approx(
            advance(letter), abs=1
        ), letter


def same_measure(face: str) -> Path:
    """Return the file of a font that has the measures of Times New Roman; `make test` installs one."""
    files = [family.with_name(f"{family.name}-{face}.ttf") for family in (TINOS, LIBERATION)]
    return next(file for file in files if file.is_file())


def advances(path: Path) -> Callable[[str], int]:
    """Return a function that gives the advance width of a letter in a font file."""
    data = path.read_bytes()
    tables = {}
    for place in range(12, 12 + 16 * struct.unpack(">H", data[4:6])[0], 16):
        tag, _, offset, _ = struct.unpack(">4sLLL", data[place : place + 16])
        tables[tag.decode()] = offset
    count = struct.unpack(">H", data[tables["hhea"] + 34 : tables["hhea"] + 36])[0]
    glyphs = _character_map(data, tables["cmap"])

    def advance(letter: str) -> int:
        glyph = min(glyphs(ord(letter)), count - 1)
        at = tables["hmtx"] + 4 * glyph
        return int(struct.unpack(">H", data[at : at + 2])[0])

    return advance


def _character_map(data: bytes, start: int) -> Callable[[int], int]:
    records = struct.unpack(">H", data[start + 2 : start + 4])[0]
    found = (struct.unpack(">HHL", data[start + 4 + 8 * n : start + 12 + 8 * n]) for n in range(records))
    at = start + next(offset for platform, encoding, offset in found if (platform, encoding) == (3, 1))
    segments = struct.unpack(">H", data[at + 6 : at + 8])[0] // 2
    columns = [at + 14, at + 16 + 2 * segments, at + 16 + 4 * segments, at + 16 + 6 * segments]
    ends, starts, deltas, ranges = (
        struct.unpack(f">{segments}H", data[column : column + 2 * segments]) for column in columns
    )

    def glyph(code: int) -> int:
        for n in range(segments):
            if starts[n] <= code <= ends[n]:
                if ranges[n] == 0:
                    return int(code + deltas[n]) & 0xFFFF
                place = columns[3] + 2 * n + ranges[n] + 2 * (code - starts[n])
                return int(struct.unpack(">H", data[place : place + 2])[0])
        return 0

    return glyph


def test_an_unknown_letter_is_taken_for_a_wide_one() -> None:
    assert width_mm("한", 12) == width_mm("M", 12)


def test_text_is_broken_at_spaces_into_lines_that_fit() -> None:
    text = "Kết quả thực hiện công tác bình đẳng giới và vì sự tiến bộ của phụ nữ năm 2026"
    broken = lines(text, 14, 100, bold=True)
    assert " ".join(broken) == text
    assert all(width_mm(line, 14, bold=True) <= 100 for line in broken)
    assert lines("Nghiêng", 14, 1) == ["Nghiêng"]
