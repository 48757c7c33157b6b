"""The Word file itself: page, sections, headers, properties, and bytes that depend on nothing but the content.

python-docx brings the package; its built-in styles, theme and numbering are taken out, because they name other fonts
and number lists in Word's own way.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm

from songhanh.reporting import layout
from songhanh.reporting.layout import element, paragraph, within

MARK: Final = "SỐ LIỆU MINH HỌA"
_SHORT_MM: Final = 210.0
_LONG_MM: Final = 297.0
_MARKED_TOP_MM: Final = 25.0  # the most that is allowed; the mark stands above the page number
_UNUSED_PARTS: Final = (
    "extended-properties",
    "theme",
    "numbering",
    "stylesWithEffects",
    "webSettings",
    "fontTable",
    "customXml",
    "thumbnail",
)
_OLDEST_IN_ZIP: Final = 1980


@dataclass(frozen=True, slots=True)
class Margins:
    """Margins in millimetres."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself; `identifier` names the release."""

    title: str
    author: str
    identifier: str
    made_at: datetime


class Paper:
    """A document being written, section by section."""

    def __init__(self, margins: Margins, *, illustrative: bool) -> None:
        self._document: WordDocument = Document()
        self._margins = margins
        self._illustrative = illustrative
        _strip(self._document)
        self._set_up(self._document.sections[0], landscape=False)

    def add(self, blocks: Iterable[BaseOxmlElement]) -> None:
        """Put blocks below what is there."""
        end = self._sections_end()
        for block in blocks:
            end.addprevious(block)

    def start_annex(self, *, landscape: bool) -> None:
        """Begin a section of its own whose pages count from 1."""
        section = self._document.add_section()
        breaks = self._document.element.body.findall(qn("w:p"))[-1]
        setting = breaks.find(qn("w:pPr"))
        if setting is not None:
            closing = layout.paragraph_properties(layout.RULE)
            for child in reversed(list(closing)):
                setting.insert(0, child)
            setting.insert(0, element("pStyle", val=layout.RULE.id))
        self._set_up(section, landscape=landscape)
        section_end = self._sections_end()
        for counted in section_end.findall(qn("w:pgNumType")):
            section_end.remove(counted)
        margins = section_end.find(qn("w:pgMar"))
        if margins is not None:
            margins.addnext(element("pgNumType", start=1))

    def room_mm(self, *, landscape: bool = False) -> float:
        """Return the width between the margins."""
        return (_LONG_MM if landscape else _SHORT_MM) - self._margins.left - self._margins.right

    def bytes(self, properties: Properties) -> bytes:
        """Return the file; the same content gives the same bytes."""
        _describe(self._document, properties)
        raw = io.BytesIO()
        self._document.save(raw)
        return _repacked(raw.getvalue(), properties.made_at)

    def _sections_end(self) -> BaseOxmlElement:
        found: BaseOxmlElement | None = self._document.element.body.find(qn("w:sectPr"))
        if found is None:
            raise AssertionError("a document ends with its section")
        return found

    def _set_up(self, section: Section, *, landscape: bool) -> None:
        """Set size, margins and header: the page number centred above, none on the first page."""
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        width, height = (_LONG_MM, _SHORT_MM) if landscape else (_SHORT_MM, _LONG_MM)
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.left_margin, section.right_margin = Mm(self._margins.left), Mm(self._margins.right)
        top = _MARKED_TOP_MM if self._illustrative else self._margins.top
        section.top_margin, section.bottom_margin = Mm(top), Mm(self._margins.bottom)
        section.header_distance = Mm(8 if self._illustrative else 10)
        section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True
        number = paragraph(layout.page_number(layout.PAGE), layout.PAGE)
        for header, shown in ((section.header, [number]), (section.first_page_header, [])):
            header.is_linked_to_previous = False
            root = header.part.element
            for old in list(root):
                root.remove(old)
            within(root, *(self._mark() + shown or [paragraph("", layout.PAGE)]))

    def _mark(self) -> list[BaseOxmlElement]:
        return [paragraph([_boxed(MARK)], layout.MARK)] if self._illustrative else []


def _boxed(words: str) -> BaseOxmlElement:
    """Return a run of words in a drawn box."""
    made = layout.run(words, layout.MARK)
    looks = made.find(qn("w:rPr"))
    if looks is not None:
        looks.append(element("bdr", val="single", sz=8, space=2, color="000000"))
    return made


def _strip(document: WordDocument) -> None:
    """Take out everything of the template that names a font or numbers a list, and set our styles."""
    relations = document.part.rels
    package = document.part.package.rels if document.part.package else {}
    for held in (relations, package):
        for key in [k for k, rel in held.items() if any(name in rel.reltype for name in _UNUSED_PARTS)]:
            held.pop(key)
    _restyle(document.styles.element)
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    compatibility = element(
        "compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15
    )
    within(
        settings,
        element("zoom", percent=100),
        element("defaultTabStop", val=720),
        element("characterSpacingControl", val="doNotCompress"),
        within(element("compat"), compatibility),
        element("decimalSymbol", val=","),
        element("listSeparator", val=";"),
    )


def _restyle(styles: BaseOxmlElement) -> None:
    for child in list(styles):
        styles.remove(child)
    looks = layout.run_properties(layout.BODY)
    looks.append(element("lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"))
    defaults = within(
        element("docDefaults"),
        within(element("rPrDefault"), looks),
        within(element("pPrDefault"), element("pPr")),
    )
    normal = within(
        element("style", type="paragraph", default=1, styleId="Normal"),
        element("name", val="Normal"),
        element("qFormat"),
    )
    plain_table = within(
        element("style", type="table", default=1, styleId="TableNormal"),
        element("name", val="Normal Table"),
    )
    within(styles, defaults, normal, plain_table, *map(layout.style_definition, layout.STYLES))


def _describe(document: WordDocument, properties: Properties) -> None:
    said = document.core_properties
    moment = properties.made_at.astimezone(UTC).replace(tzinfo=None)
    said.title, said.author, said.identifier = properties.title, properties.author, properties.identifier
    said.last_modified_by, said.language = properties.author, "vi-VN"
    said.subject = said.keywords = said.category = said.comments = ""
    said.revision, said.created, said.modified = 1, moment, moment


def _repacked(raw: bytes, made_at: datetime) -> bytes:
    """Return the package with the release's time on every member, members in the order of their names."""
    moment = made_at.astimezone(UTC)
    stamp = (max(moment.year, _OLDEST_IN_ZIP), moment.month, moment.day, moment.hour, moment.minute, 0)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (not name.startswith("["), name)):
            member = zipfile.ZipInfo(name, date_time=stamp)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            new.writestr(member, old.read(name))
    return out.getvalue()
