"""Tells words that are not Vietnamese from words that are, and what a person sees of a page from what they do not.

A word passes when it is spelt like Vietnamese syllables, is a number or a code in capitals, stands in the plan, or is
one of the few loan words below. Most English sentences trip over their second word.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from html.parser import HTMLParser
from typing import Final

from tests.architecture.tree import ROOT

# Loan words and names that stand in Vietnamese texts of this office, and what people type at the command line.
LOAN_WORDS: Final = frozenset({
    "web", "excel", "word", "internet", "email", "website", "csv", "docx", "pdf", "json", "yaml", "https", "http",
    "sqlite", "postgresql", "libreoffice", "duckdb", "songhanh", "ctrl", "dir", "file", "utf", "nginx",
    "smartphone", "facebook", "tiktok", "youtube", "zalo",
    "run", "plan", "check", "compute", "illustrate", "observations", "import", "export", "release", "create",
    "recompute", "report", "help", "version", "all", "province",
})  # fmt: skip

# Words spelt like Vietnamese, or capitals that look like codes, that no page of ours says.
ENGLISH: Final = frozenset({
    "the", "not", "error", "errors", "none", "null", "true", "false", "warning", "debug", "invalid", "required",
    "found", "page", "server", "home", "next", "previous", "back", "search", "loading", "this", "that", "with",
    "from", "for", "and", "or", "is", "are", "was", "be", "you", "your", "please", "enter", "select",
})  # fmt: skip
ENGLISH_SENTENCES: Final = (
    "Not Found",
    "Server Error",
    "Bad Request",
    "Forbidden",
    "Method Not Allowed",
    "CSRF",
)

_TONES: Final = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_ONSETS: Final = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x"
_OPEN: Final = (
    "uyê|uyu|oai|oay|oao|oeo|uây|uêu|iêu|yêu|uôi|ươi|ươu|uya|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oa|oe|oi|ôi|ơi|ua|uê|ui|uơ|uy"
    "|ưa|ưi|ưu|ya|a|e|ê|i|o|ô|ơ|u|ư|y"
)
_CLOSED: Final = "(?:uyê|iê|yê|uô|ươ|oa|oă|oe|oo|uâ|uê|uy|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)(?:ch|c|m|ng|nh|n|p|t)"
_SYLLABLE: Final = re.compile(f"(?:{_ONSETS})?(?:{_CLOSED}|{_OPEN})|gi(?:n|m|ch|êng|êt|êc|êm|ên|êp)?")
_WORD: Final = re.compile(r"[^\W\d_]+")
_CODE: Final = re.compile(
    r"\bX-[A-Z][\w-]+|\b[A-ZĐ]{1,4}[0-9][\w.-]*|\b[A-ZĐ0-9]+(?:[_.-][A-ZĐ0-9]+)+\b|\b\w+\.(?:csv|docx|yaml|md)\b"
)
_ADDRESS: Final = re.compile(
    r"\b[\w.+-]+@[\w.-]+|\b(?:https?|postgresql|sqlite)://\S+|--[a-z-]+|\bsha256:\w+|\b[0-9a-f]{8,}\b"
)


def _without_tone(word: str) -> str:
    """Return the word in small letters without tone marks; ă â ê ô ơ ư đ stay what they are."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", word.lower()) if letter not in _TONES)
    return unicodedata.normalize("NFC", bare)


@cache
def plan_words() -> frozenset[str]:
    """Return every word of the plans that ship with the program, misprints and loan words included."""
    texts = (ROOT / "songhanh/plan/editions").glob("*/text.md")
    return frozenset(
        word.lower() for text in texts for word in _WORD.findall(text.read_text(encoding="utf-8"))
    )


def is_vietnamese(word: str) -> bool:
    """Return whether a word may stand before a Vietnamese reader."""
    small = word.lower()
    if small in ENGLISH:
        return False
    if _SYLLABLE.fullmatch(_without_tone(word)):
        return True
    capitals = word.isupper() and word.replace("Đ", "D").isascii()
    return capitals or len(word) == 1 or small in LOAN_WORDS or small in plan_words()


def foreign_words(text: str) -> list[str]:
    """Return the words of a visible text that are not Vietnamese, in order, each with its neighbours."""
    text = _CODE.sub(" ", _ADDRESS.sub(" ", unicodedata.normalize("NFC", text)))
    found = [f"“{sentence}”" for sentence in ENGLISH_SENTENCES if re.search(rf"\b{sentence}\b", text)]
    for match in _WORD.finditer(text):
        if not is_vietnamese(match[0]):
            around = " ".join(text[max(0, match.start() - 30) : match.end() + 30].split())
            found.append(f"{match[0]} (… {around} …)")
    return found


class _Visible(HTMLParser):
    """Gathers what a person sees or hears of a page."""

    SILENT: Final = frozenset({"script", "style", "template", "code", "pre", "kbd"})
    SPOKEN: Final = frozenset({"alt", "title", "aria-label", "placeholder", "aria-description", "label"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.language: str | None = None
        self.links: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in self.SILENT:
            self._silent += 1
        if tag == "html":
            self.language = given.get("lang")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        self.words.extend(given[name] for name in self.SPOKEN & given.keys())
        if tag == "meta" and given.get("name") == "description":
            self.words.append(given.get("content", ""))
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.words.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.SILENT:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


class Page:
    """A page as a person meets it: what is seen, in which language it says it is, where it leads."""

    def __init__(self, html: str) -> None:
        reader = _Visible()
        reader.feed(html)
        self.text = "\n".join(reader.words)
        self.language = reader.language
        self.links = tuple(reader.links)


def strings_of(document: str) -> str:
    """Return the sentences that a JSON document holds as values.

    What else stands there (keys, single words, places to fill in) is for machines.
    """

    def walk(value: object) -> list[str]:
        if isinstance(value, dict):
            return [text for item in value.values() for text in walk(item)]
        if isinstance(value, list):
            return [text for item in value for text in walk(item)]
        return [value] if isinstance(value, str) and " " in value else []

    return re.sub(r"\{\w+\}", " ", "\n".join(walk(json.loads(document))))
