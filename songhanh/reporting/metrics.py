"""How wide a text stands in Times New Roman.

Advance widths in 1/2048 of the size, as in the font itself and in the fonts made to its measure (Liberation Serif,
Tinos). Tone and shape marks do not change the width of a letter; the horn of ơ and ư and the stroke of đ do. With
these the length of a drawn rule and the breaks of a head are known before anything is rendered.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_REGULAR: Final = {
    369: "'",
    410: "|",
    512: " ,.",
    569: "/:;\\ijlt",
    614: "²",
    682: "!()-I[]`fr‘’",
    797: "Js",
    819: "°",
    836: '"',
    909: "?acez“”",
    961: "^",
    983: "{}",
    1024: "#$*0123456789_bdghknopquvxyđ–",
    1083: "ơ",
    1108: "~",
    1110: "ư",
    1124: "≥≤÷",
    1139: "FPS",
    1155: "+<=>×",
    1251: "ELTZ",
    1366: "BCR",
    1479: "ADGHKNOQUVXYwĐƠ",
    1589: "Ư",
    1593: "&m",
    1706: "%",
    1821: "M",
    1886: "@",
    1933: "W",
    2048: "—…",
}
_BOLD: Final = {
    451: "|",
    512: " ,.",
    569: "'/\\il",
    614: "²",
    682: "!()-:;[]`fjt‘’",
    797: "Is",
    807: "{}",
    819: "°",
    909: "cerz",
    1024: "#$*0123456789?J_agovxy–“”",
    1065: "~",
    1124: "≥≤÷",
    1134: "ơ",
    1137: '"',
    1139: "Sbdhknpquđ",
    1167: "+<=>×",
    1190: "^",
    1229: "ư",
    1251: "FP",
    1366: "BELTZ",
    1479: "ACDNRUVXYwĐ",
    1593: "GHKOQƠ",
    1630: "Ư",
    1706: "&m",
    1905: "@",
    1933: "M",
    2048: "%W—…",
}
_ITALIC: Final = {
    438: "'",
    512: " ,.",
    563: "|",
    569: "/\\fijlt",
    614: "²",
    682: "!()-:;I`‘’",
    797: "[]rsz",
    819: "{}°",
    860: '"',
    864: "^",
    909: "Jcekvxy",
    1024: "#$*0123456789?S_abdghnopquđ–",
    1093: "ơ",
    1108: "~",
    1117: "ư",
    1124: "≥≤÷",
    1139: "LTYZ“”",
    1251: "ABEFPRVX",
    1366: "CKNw",
    1382: "+<=>×",
    1479: "DGHOQUmĐƠ",
    1544: "Ư",
    1593: "&",
    1706: "%MW",
    1821: "—…",
    1884: "@",
}
_HORN: Final = "\u031b"
_MM_PER_POINT: Final = 25.4 / 72


def _by_letter(groups: dict[int, str]) -> dict[str, int]:
    return {letter: width for width, letters in groups.items() for letter in letters}


_WIDTHS: Final = {
    (False, False): _by_letter(_REGULAR),
    (True, False): _by_letter(_BOLD),
    (False, True): _by_letter(_ITALIC),
}


def _base(letter: str) -> str:
    """Return the letter whose width counts: without marks, but with the horn."""
    decomposed = unicodedata.normalize("NFD", letter)
    kept = decomposed[0] + (_HORN if _HORN in decomposed else "")
    return unicodedata.normalize("NFC", kept)


def width_mm(text: str, points: float, *, bold: bool = False, italic: bool = False) -> float:
    """Return the width in millimetres of one line of text.

    Missing: a letter outside the table counts as wide as `M`, so that no text is taken for narrower than it is.
    """
    table = _WIDTHS[bold, italic]
    units = sum(table.get(_base(c), table["M"]) for c in unicodedata.normalize("NFC", text))
    return units / 2048 * points * _MM_PER_POINT


def lines(text: str, points: float, room_mm: float, *, bold: bool = False, italic: bool = False) -> list[str]:
    """Return the text broken at spaces into lines no wider than `room_mm`; a longer word stands alone."""
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and width_mm(longer, points, bold=bold, italic=italic) <= room_mm:
            found[-1] = longer
        else:
            found.append(word)
    return found
