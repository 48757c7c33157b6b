"""The parts every official document has: head, kind and subject, addressee, recipients, signature, appendix head.

Each function returns blocks to put one below the other. What stands in them is data of the document's kind.
Source: NĐ 30/2020/NĐ-CP, Phụ lục I (numbers of the boxes in brackets), Phụ lục III.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from songhanh.core import printing
from songhanh.reporting import layout
from songhanh.reporting.layout import GAP, Cell, Line, paragraph, rule

Blocks = list[BaseOxmlElement]

PORTRAIT_MM: Final = (210.0, 297.0)
NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
END_SIGN: Final = "./."
_LEFT_SHARE: Final = 0.4  # of the text width: 66 of 165 mm, so that Quốc hiệu stands on one line
_RULE_SHARE: Final = 0.42  # between one third and one half of the line above
_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
_ADDRESSEES_MM: Final = 35.0  # where `Kính gửi:` begins when a list follows
_SIGNING_ROOM_PT: Final = 84.0  # for signature and seal


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says. `number` and `day` are None in a draft and stay blank; `year` then stands alone."""

    parent: str | None
    issuer: Sequence[str]
    place: str
    symbol: str
    number: str | None
    day: date | None
    year: int


def letter(index: int) -> str:
    """Return the letter of a điểm, counted from 0, in the Vietnamese alphabet; after `y` come `aa`, `ab`."""
    rounds, rest = divmod(index, len(_LETTERS))
    return ("" if rounds == 0 else _LETTERS[rounds - 1]) + _LETTERS[rest]


def written_number(number: str | None, symbol: str) -> str:
    """Return `05/BC-UBND`; four blanks stand for a number that is not given yet."""
    if number is None:
        return f"{GAP * 4}/{symbol}"
    return f"{number.zfill(2)}/{symbol}"


def written_day(day: date | None, year: int) -> str:
    """Return `ngày 05 tháng 4 năm 2026`, with day and month left blank while there is no day."""
    return printing.day_in_words(day) if day else f"ngày{GAP * 5}tháng{GAP * 5}năm {year}"


def head(head_: Head, room_mm: float) -> Blocks:
    """Return the table of two columns above the title (boxes 1 to 4)."""
    left = round(room_mm * _LEFT_SHARE, 1)
    right = room_mm - left
    above = [paragraph(head_.parent, layout.PARENT)] if head_.parent else []
    issuer = [paragraph(line, layout.ISSUER) for line in head_.issuer]
    short = rule(left, layout.longest_mm(head_.issuer, layout.ISSUER) * _RULE_SHARE, layout.RULE)
    nation = [paragraph(NATION, layout.NATION), paragraph(MOTTO, layout.MOTTO)]
    full = rule(right, layout.longest_mm([MOTTO], layout.MOTTO), layout.RULE)
    number = f"Số: {written_number(head_.number, head_.symbol)}"
    day = f"{head_.place}, {written_day(head_.day, head_.year)}"
    lines = (
        Line((Cell((*above, *issuer, short)), Cell((*nation, full)))),
        Line((layout.cell(number, layout.SYMBOL), layout.cell(day, layout.DAY))),
    )
    return [layout.table((left, right), lines, ruled=False, padding_mm=0)]


def title(kind: str, subject: Sequence[str], room_mm: float) -> Blocks:
    """Return kind, subject line by line, and the rule below (box 5a)."""
    length = min(room_mm, layout.longest_mm(subject, layout.SUBJECT)) * _RULE_SHARE
    return [
        paragraph(kind, layout.KIND),
        *(paragraph(line, layout.SUBJECT) for line in subject),
        rule(room_mm, length, layout.RULE),
    ]


def addressed_to(addressees: Sequence[str]) -> Blocks:
    """Return `Kính gửi`: one addressee on the same line, several as a list aligned under the colon (box 9a)."""
    if len(addressees) == 1:
        return [paragraph(f"Kính gửi: {addressees[0]}", layout.ADDRESSEE)]
    ends = [";"] * (len(addressees) - 1) + ["."]
    listed = (f"- {name}{end}" for name, end in zip(addressees, ends, strict=True))
    colon = _ADDRESSEES_MM + layout.longest_mm(["Kính gửi"], layout.ADDRESSEES)
    return [
        paragraph("Kính gửi:", layout.indented(layout.ADDRESSEES, _ADDRESSEES_MM)),
        *(paragraph(line, layout.indented(layout.ADDRESSEES, colon)) for line in listed),
    ]


def bases(words: Sequence[str]) -> Blocks:
    """Return the legal bases, each on its line, closed by `;`, the last by `.` (box 6)."""
    ends = [";"] * (len(words) - 1) + ["."]
    return [paragraph(basis + end, layout.BASIS) for basis, end in zip(words, ends, strict=True)]


def recipients(names: Sequence[str], filing: str, *, addressed: bool) -> list[str]:
    """Return the lines of `Nơi nhận`; `Như trên` comes first when the document is addressed to somebody (box 9b)."""
    first = ["Như trên"] if addressed else []
    return [*(f"- {name};" for name in (*first, *names)), f"- Lưu: {filing}."]


def foot(
    listed: Sequence[str], lines: Sequence[str], post: str | None, name: str | None, room_mm: float
) -> Blocks:
    """Return recipients on the left and the signature block on the right, on one level (boxes 7 and 9b)."""
    left = round(room_mm * 0.48, 1)
    names = [
        paragraph("Nơi nhận:", layout.RECIPIENTS),
        *(paragraph(line, layout.RECIPIENT) for line in listed),
    ]
    powers = [paragraph(line, layout.POWER) for line in lines]
    signer = layout.replace_before(layout.SIGNER, _SIGNING_ROOM_PT)
    signed = (
        [paragraph(post, signer), paragraph(name or "", layout.SIGNER)]
        if post
        else [paragraph(name or "", signer)]
    )
    line = Line((Cell(names), Cell((*powers, *signed))))
    return [layout.table((left, room_mm - left), (line,), ruled=False, padding_mm=0)]


def annex_head(name: str, words: str, document: str, issuer: str, room_mm: float) -> Blocks:
    """Return name, title, the document it belongs to with its issuer, and the rule below."""
    lines = layout.broken(words.upper(), layout.ANNEX_TITLE, room_mm)
    length = layout.longest_mm(lines, layout.ANNEX_TITLE) * _RULE_SHARE
    return [
        paragraph(name, layout.ANNEX),
        *(paragraph(line, layout.ANNEX_TITLE) for line in lines),
        _enclosed(f"(Kèm theo {document}", f"của {issuer})", room_mm),
        rule(room_mm, length, layout.RULE),
    ]


def _enclosed(document: str, issuer: str, room_mm: float) -> BaseOxmlElement:
    """Return the reference to the document on one line, or broken before its issuer."""
    if layout.longest_mm([f"{document} {issuer}"], layout.ANNEX_OF) <= room_mm:
        return paragraph(f"{document} {issuer}", layout.ANNEX_OF)
    return layout.two_lines(document, issuer, layout.ANNEX_OF)


def annex_name(index: int, count: int) -> str:
    """Return `Phụ lục`, or `Phụ lục II` when there are several; `index` counts from 0."""
    return "Phụ lục" if count == 1 else f"Phụ lục {printing.roman(index + 1)}"
