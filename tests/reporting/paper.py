"""A Word file taken apart for tests: sections, paragraphs with their looks, tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def q(tag: str) -> str:
    """Return the full name of a tag written `w:p`."""
    return W + tag.removeprefix("w:")


@dataclass
class Looks:
    """How a run looks; size in points."""

    text: str
    fonts: tuple[str | None, ...]
    size: float
    bold: bool
    italic: bool


class Paper:
    """A Word file: its parts as trees."""

    def __init__(self, docx: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(docx))
        self.names = self.zip.namelist()
        self.body = self.part("word/document.xml").find(q("body"))
        self.relations = {
            rel.get("Id"): rel.get("Target")
            for rel in parse_xml(self.zip.read("word/_rels/document.xml.rels"))
        }

    def part(self, name: str) -> Any:
        return parse_xml(self.zip.read(name))

    def paragraphs(self) -> list[Any]:
        return list(self.body.iter(q("p")))

    def text(self) -> str:
        return "\n".join(text_of(p) for p in self.paragraphs())

    def starting(self, words: str) -> Any:
        """Return the first paragraph that begins so."""
        return next(p for p in self.paragraphs() if text_of(p).startswith(words))

    def sections(self) -> list[Any]:
        return list(self.body.iter(q("sectPr")))

    def header(self, section: Any, kind: str) -> Any:
        reference = next(h for h in section.findall(q("headerReference")) if h.get(q("type")) == kind)
        return self.part("word/" + str(self.relations[reference.get(R + "id")]))

    def headers(self) -> Iterator[Any]:
        for section in self.sections():
            for kind in ("first", "default"):
                yield self.header(section, kind)

    def tables(self) -> list[Any]:
        return list(self.body.findall(q("tbl")))


def text_of(element: Any) -> str:
    """Return the words as they are read: a space that keeps a line together is a space."""
    return "".join(t.text or "" for t in element.iter(q("t"))).replace("\u00a0", " ")


def value(element: Any, path: str, name: str = "val") -> str | None:
    """Return an attribute of a descendant given by its path of tags."""
    found = element.find("/".join(q(tag) for tag in path.split("/")))
    return None if found is None else found.get(q(name))


def looks(paragraph: Any) -> list[Looks]:
    """Return the looks of the runs that carry text, read from the runs themselves."""
    return [look(run) for run in paragraph.iter(q("r")) if text_of(run)]


def look(run: Any) -> Looks:
    fonts = run.find(f"{q('rPr')}/{q('rFonts')}")
    return Looks(
        text=text_of(run),
        fonts=tuple(fonts.get(q(n)) for n in ("ascii", "hAnsi", "eastAsia", "cs")),
        size=int(value(run, "rPr/sz") or 0) / 2,
        bold=value(run, "rPr/b") == "1",
        italic=value(run, "rPr/i") == "1",
    )


def cells(table: Any) -> list[list[str]]:
    """Return the text of a table, cell by cell; paragraphs of a cell are lines."""
    return [
        ["\n".join(text_of(p) for p in cell.iter(q("p"))) for cell in row.findall(q("tc"))]
        for row in table.findall(q("tr"))
    ]


def numbers(text: str) -> list[str]:
    """Return the Vietnamese figures of a text."""
    return re.findall(r"(?<![\w.,])[+-]?\d+(?:\.\d{3})*(?:,\d+)?(?![\d])", text)
