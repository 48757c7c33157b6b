"""The looks of an official document: styles, paragraphs, drawn rules and tables, as NĐ 30/2020/NĐ-CP wants them.

Every paragraph has a named style, so an officer changes a size once in Word; every run also carries font, size and
weight itself, so that text copied into another document keeps its looks. Sizes are points, lengths millimetres.
Source: NĐ 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from songhanh.core.printing import PERCENT_POINTS
from songhanh.reporting.metrics import lines, width_mm

FONT: Final = "Times New Roman"
GAP: Final = "\u00a0"
"""A blank of fixed width; line ends and justification leave it alone."""
UNBROKEN_POINTS: Final = PERCENT_POINTS.replace(" ", GAP)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. `line` is in lines, `first_line` in millimetres, `outline` the level in the navigator."""

    name: str
    id: str
    size: float
    bold: bool = False
    italic: bool = False
    align: str = "both"
    first_line: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    line: float = 1
    outline: int | None = None
    keep_next: bool = False


_TEXT: Final = 12.7  # first-line indent of running text
NATION = Style("Quốc hiệu", "QuocHieu", 12, bold=True, align="center")
MOTTO = Style("Tiêu ngữ", "TieuNgu", 13, bold=True, align="center")
PARENT = Style("Cơ quan chủ quản", "CoQuanChuQuan", 12, align="center")
ISSUER = Style("Cơ quan ban hành", "CoQuanBanHanh", 12, bold=True, align="center")
SYMBOL = Style("Số, ký hiệu", "SoKyHieu", 13, align="center", before=3)
DAY = Style("Địa danh, ngày tháng", "NgayThang", 13, italic=True, align="center", before=3)
RULE = Style("Dòng kẻ", "DongKe", 2, align="center", before=2)
KIND = Style("Tên loại", "TenLoai", 14, bold=True, align="center", before=12, keep_next=True)
SUBJECT = Style("Trích yếu", "TrichYeu", 14, bold=True, align="center", keep_next=True)
ADDRESSEE = Style("Kính gửi", "KinhGui", 14, align="center", before=12, after=12)
ADDRESSEES = Style("Nơi kính gửi", "NoiKinhGui", 14, align="left", after=6)
BASIS = Style("Căn cứ", "CanCu", 14, italic=True, first_line=_TEXT, after=6, line=1.15)
BODY = Style("Nội dung", "NoiDung", 14, first_line=_TEXT, after=6, line=1.15)
LAST = Style("Nội dung cuối", "NoiDungCuoi", 14, first_line=_TEXT, after=6, line=1.15, keep_next=True)
HEADING = Style(
    "Mục La Mã", "MucLaMa", 14, bold=True, first_line=_TEXT, after=6, line=1.15, outline=0, keep_next=True
)
CLAUSE = Style(
    "Khoản có tiêu đề",
    "Khoan",
    14,
    bold=True,
    first_line=_TEXT,
    after=6,
    line=1.15,
    outline=1,
    keep_next=True,
)
SUBCLAUSE = Style(
    "Khoản con", "KhoanCon", 14, bold=True, first_line=_TEXT, after=6, line=1.15, outline=2, keep_next=True
)
POWER = Style("Quyền hạn, chức vụ", "ChucVu", 14, bold=True, align="center", keep_next=True)
SIGNER = Style("Họ tên người ký", "HoTen", 14, bold=True, align="center")
RECIPIENTS = Style("Nơi nhận", "NoiNhan", 12, bold=True, italic=True, align="left")
RECIPIENT = Style("Danh sách nơi nhận", "NoiNhanDong", 11, align="left")
PAGE = Style("Số trang", "SoTrang", 14, align="center")
MARK = Style("Dấu minh họa", "MinhHoa", 12, bold=True, align="center")
ANNEX = Style("Phụ lục", "PhuLuc", 14, bold=True, align="center", outline=0, keep_next=True)
ANNEX_TITLE = Style("Tên phụ lục", "TenPhuLuc", 14, bold=True, align="center", keep_next=True)
ANNEX_OF = Style("Kèm theo", "KemTheo", 14, italic=True, align="center", keep_next=True)
TABLE_TITLE = Style("Tên bảng", "TenBang", 13, bold=True, align="left", before=9, after=6, keep_next=True)
COLUMN = Style("Đầu cột", "DauCot", 9, bold=True, align="center", before=1, after=1)
BAND = Style("Dòng mục tiêu", "DongMucTieu", 9.5, bold=True, align="left", keep_next=True, before=1, after=1)
MIDDLE_BOLD = Style(
    "Số mục tiêu", "SoMucTieu", 9.5, bold=True, align="center", keep_next=True, before=1, after=1
)
CELL = Style("Ô chữ", "OChu", 9.5, align="left", before=1, after=1)
FIGURE = Style("Ô số", "OSo", 9.5, align="right", before=1, after=1)
MIDDLE = Style("Ô giữa", "OGiua", 9.5, align="center", before=1, after=1)
WIDE_COLUMN = Style("Đầu cột bảng dọc", "DauCotDoc", 12, bold=True, align="center", before=1, after=1)
WIDE_CELL = Style("Ô chữ bảng dọc", "OChuDoc", 12, align="left", before=1, after=1)
WIDE_MIDDLE = Style("Ô giữa bảng dọc", "OGiuaDoc", 12, align="center", before=1, after=1)
NOTE = Style("Ghi chú", "GhiChu", 10, align="both", before=1, after=1)
END = Style("Dòng kết phụ lục", "KetPhuLuc", 13, align="both", before=6, after=6)

STYLES: Final = (
    NATION, MOTTO, PARENT, ISSUER, SYMBOL, DAY, RULE, KIND, SUBJECT, ADDRESSEE, ADDRESSEES, BASIS, BODY, LAST, HEADING,
    CLAUSE, SUBCLAUSE, POWER, SIGNER, RECIPIENTS, RECIPIENT, PAGE, MARK, ANNEX, ANNEX_TITLE, ANNEX_OF, TABLE_TITLE,
    COLUMN, BAND, MIDDLE_BOLD, CELL, FIGURE, MIDDLE, WIDE_COLUMN, WIDE_CELL, WIDE_MIDDLE, NOTE, END,
)  # fmt: skip


def twips(mm: float) -> int:
    """Return millimetres in twentieths of a point."""
    return round(mm * 1440 / 25.4)


def element(tag: str, **attributes: object) -> BaseOxmlElement:
    """Return an element of the main namespace, its attributes in the same namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def within(parent: BaseOxmlElement, *children: BaseOxmlElement) -> BaseOxmlElement:
    """Return the parent after its new children."""
    parent.extend(children)
    return parent


def run_properties(style: Style) -> BaseOxmlElement:
    """Return the looks of a run: font for every script, weight, size."""
    looks = within(element("rPr"), element("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT))
    for on, tags in ((style.bold, ("b", "bCs")), (style.italic, ("i", "iCs"))):
        looks.extend(element(tag, val=int(on)) for tag in tags)
    looks.extend(element(tag, val=round(style.size * 2)) for tag in ("sz", "szCs"))
    return looks


def paragraph_properties(style: Style) -> BaseOxmlElement:
    """Return how a paragraph of the style is set, in the order of the schema."""
    setting = element("pPr")
    if style.keep_next:
        setting.append(element("keepNext"))
    setting.append(element("widowControl"))
    setting.append(
        element(
            "spacing",
            before=round(style.before * 20),
            after=round(style.after * 20),
            line=round(240 * style.line),
            lineRule="auto",
        )
    )
    setting.append(
        element("ind", left=twips(style.left), right=twips(style.right), firstLine=twips(style.first_line))
    )
    setting.append(element("jc", val=style.align))
    if style.outline is not None:
        setting.append(element("outlineLvl", val=style.outline))
    return setting


def run(words: str, style: Style) -> BaseOxmlElement:
    """Return a run of text, composed (NFC), in the looks of the style; no line ends between "điểm" and "%"."""
    letters = element("t")
    letters.text = unicodedata.normalize("NFC", words).replace(PERCENT_POINTS, UNBROKEN_POINTS)
    letters.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return within(element("r"), run_properties(style), letters)


def two_lines(first: str, second: str, style: Style) -> BaseOxmlElement:
    """Return one paragraph that begins a new line before its second part."""
    breaking = within(element("r"), run_properties(style), element("br"))
    return paragraph([run(f"{first} ", style), breaking, run(second, style)], style)


def page_number(style: Style) -> list[BaseOxmlElement]:
    """Return the runs of a field that shows the number of the page."""
    instruction = element("instrText")
    instruction.text = "PAGE"
    inner = (
        element("fldChar", fldCharType="begin"),
        instruction,
        element("fldChar", fldCharType="separate"),
        element("fldChar", fldCharType="end"),
    )
    return [within(element("r"), run_properties(style), part) for part in inner]


def paragraph(content: str | Iterable[BaseOxmlElement], style: Style) -> BaseOxmlElement:
    """Return a paragraph of words, or of runs made before."""
    setting = paragraph_properties(style)
    setting.insert(0, element("pStyle", val=style.id))
    setting.append(run_properties(style))
    runs = ([run(content, style)] if content else []) if isinstance(content, str) else content
    return within(element("p"), setting, *runs)


def rule(room_mm: float, length_mm: float, style: Style) -> BaseOxmlElement:
    """Return a drawn solid line of the given length, centred in the room: an empty paragraph with an upper border."""
    side = max(0.0, (room_mm - length_mm) / 2)
    made = paragraph("", replace(style, left=side, right=side))
    line = within(element("pBdr"), element("top", val="single", sz=6, space=1, color="000000"))
    setting = made.find(qn("w:pPr"))
    if setting is not None:
        setting.insert(setting.index(setting.find(qn("w:spacing"))), line)
    return made


def longest_mm(words: Iterable[str], style: Style) -> float:
    """Return the width of the longest line in the style."""
    return max(width_mm(line, style.size, bold=style.bold, italic=style.italic) for line in words)


def broken(words: str, style: Style, room_mm: float) -> list[str]:
    """Return the words in lines that fit into the room, no line much shorter than the others."""
    fitting = _lines(words, style, room_mm)
    for tenths in range(5, 10):
        balanced = _lines(words, style, room_mm * tenths / 10)
        if len(balanced) == len(fitting):
            return balanced
    return fitting


def _lines(words: str, style: Style, room_mm: float) -> list[str]:
    return lines(words, style.size, room_mm, bold=style.bold, italic=style.italic)


def kept(style: Style) -> Style:
    """Return the style with its paragraph kept on the page of the next."""
    return replace(style, keep_next=True)


def indented(style: Style, left_mm: float) -> Style:
    """Return the style with its paragraph moved to the right."""
    return replace(style, left=left_mm)


def replace_before(style: Style, points: float) -> Style:
    """Return the style with another space before its paragraph."""
    return replace(style, before=points)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its paragraphs, and how many columns it spans."""

    blocks: Sequence[BaseOxmlElement]
    span: int = 1


def cell(words: str, style: Style, span: int = 1) -> Cell:
    """Return a cell of one paragraph."""
    return Cell((paragraph(words, style),), span)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table; a `head` row is repeated on every page."""

    cells: Sequence[Cell]
    head: bool = False


def table(
    widths_mm: Sequence[float], rows: Iterable[Line], *, ruled: bool, padding_mm: float
) -> BaseOxmlElement:
    """Return a table of fixed columns, with all borders drawn or none; no row breaks over two pages."""
    made = within(element("tbl"), _table_properties(sum(widths_mm), ruled=ruled, padding_mm=padding_mm))
    made.append(within(element("tblGrid"), *(element("gridCol", w=twips(width)) for width in widths_mm)))
    made.extend(_row(line, widths_mm) for line in rows)
    return made


def _table_properties(width_mm_: float, *, ruled: bool, padding_mm: float) -> BaseOxmlElement:
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    line: dict[str, object] = (
        {"val": "single", "sz": 4, "space": 0, "color": "000000"} if ruled else {"val": "nil"}
    )
    margins = within(
        element("tblCellMar"),
        *(
            element(side, w=twips(padding_mm) if side in {"left", "right"} else 0, type="dxa")
            for side in edges[:4]
        ),
    )
    return within(
        element("tblPr"),
        element("tblW", w=twips(width_mm_), type="dxa"),
        element("jc", val="center"),
        within(element("tblBorders"), *(element(edge, **line) for edge in edges)),
        element("tblLayout", type="fixed"),
        margins,
    )


def _row(line: Line, widths_mm: Sequence[float]) -> BaseOxmlElement:
    properties = within(element("trPr"), element("cantSplit"))
    if line.head:
        properties.append(element("tblHeader"))
    made = within(element("tr"), properties)
    at = 0
    for entry in line.cells:
        made.append(_cell(entry, sum(widths_mm[at : at + entry.span]), middle=line.head))
        at += entry.span
    return made


def _cell(entry: Cell, width: float, *, middle: bool) -> BaseOxmlElement:
    properties = within(element("tcPr"), element("tcW", w=twips(width), type="dxa"))
    if entry.span > 1:
        properties.append(element("gridSpan", val=entry.span))
    properties.append(element("vAlign", val="center" if middle else "top"))
    return within(element("tc"), properties, *entry.blocks)


def style_definition(style: Style) -> BaseOxmlElement:
    """Return the definition of a paragraph style."""
    made = within(
        element("style", type="paragraph", customStyle=1, styleId=style.id), element("name", val=style.name)
    )
    return within(made, element("qFormat"), paragraph_properties(style), run_properties(style))
