"""The desk at which an edition is put together: its files, its words, and the codes known so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from songhanh.core.elements import ElementSpec
from songhanh.core.indicators import Criterion
from songhanh.plan.edition import Agency, CriterionText, Element, Indicator, Reading, Unit
from songhanh.plan.problems import Problems
from songhanh.plan.source import Block, compose
from songhanh.plan.words import PlanText, normal

CODE = re.compile(r"[A-Z0-9][A-Za-z0-9._]{0,29}")
AGENCY_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,19}")

Item = TypeVar("Item")


class Desk:
    """Holds what has been read; the readers of the several files lean on it, each on those before it."""

    def __init__(self, files: Mapping[str, str], problems: Problems) -> None:
        self.problems = problems
        self.files = files
        self.plan_text = PlanText(files["text.md"])
        self.used_readings: set[str] = set()
        self.agencies: dict[str, Agency] = {}
        self.readings: dict[str, Reading] = {}
        self.units: dict[str, Unit] = {}
        self.indicators: dict[str, Indicator] = {}
        self.catalogue: dict[str, Element] = {}
        self.elements: dict[str, ElementSpec] = {}
        self.criteria: dict[str, Criterion] = {}
        self.wording: dict[str, CriterionText] = {}

    def root(self, name: str) -> Block:
        """Return the mapping at the top of a file."""
        return Block(compose(self.files[name], name, self.problems), name, self.problems)

    def in_folder(self, folder: str) -> list[str]:
        """Return the files of a folder by name."""
        return sorted(name for name in self.files if name.startswith(f"{folder}/"))

    def keep(self, block: Block, items: dict[str, Item], code: str, item: Item) -> None:
        """Remember an item under its code; a code that comes twice is a problem."""
        if code in items:
            block.problem("code", "code_twice", value=code)
        elif code:
            items[code] = item

    def quote(self, block: Block, name: str, clause: str | None, *, optional: bool = False) -> str | None:
        """Read a quote, which must stand in the plan, in its clause."""
        quote = block.opt_text(name) if optional else block.text(name)
        if not quote:
            return None
        if any(dots in quote and dots not in self.plan_text.whole for dots in ("…", "...")):
            block.problem(name, "quote_ellipsis")
        elif not self.plan_text.holds(quote):
            block.problem(name, "quote_not_found", quote=quote)
        elif clause in self.plan_text.clauses and not self.plan_text.holds(quote, clause):
            block.problem(name, "quote_elsewhere", quote=quote, clause=str(clause))
        return quote

    def part(self, block: Block, name: str, whole: str) -> str | None:
        """Read words that must be part of a quote read before."""
        words = block.opt_text(name)
        if words and normal(words) not in normal(whole):
            block.problem(name, "words_not_in_quote", words=words, quote=whole)
        return words

    def clause(self, block: Block, *, optional: bool = False) -> str | None:
        """Read the name of a clause, which must exist in the plan."""
        clause = block.opt_text("clause") if optional else block.text("clause")
        if clause and clause not in self.plan_text.clauses:
            block.problem("clause", "clause_unknown", value=clause)
        return clause or None

    def known(self, block: Block, name: str, codes: Iterable[str], known: Iterable[str], case: str) -> None:
        """Report codes that do not exist."""
        there = set(known)
        for code in codes:
            if code and code not in there:
                block.problem(name, case, value=code)

    def cite(self, block: Block, name: str, codes: Iterable[str]) -> None:
        """Note that readings are used; unknown ones are problems."""
        codes = tuple(codes)
        self.known(block, name, codes, self.readings, "reading_unknown")
        self.used_readings.update(codes)

    def check_name(self, block: Block, file: str, code: str) -> None:
        """Report a file that does not bear the name of its code."""
        wanted = f"{file.rpartition('/')[0]}/{code}.yaml"
        if code and file != wanted:
            block.problem("code", "file_name", value=code, wanted=wanted)
