"""Reads an edition directory into an `Edition`, or says everything that is wrong with it.

A loaded edition is whole: every quote stands in the plan's text, every code that is mentioned exists, every
definition can be computed. Nothing here knows a particular province or plan.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from songhanh.core.areas import Area, NoMap, map_day, map_on
from songhanh.core.elements import TOTAL, Dimensions, ElementSpec
from songhanh.core.indicators import Comparator, Criterion, Ratio
from songhanh.plan.catalogue import read_elements
from songhanh.plan.definitions import Vocabulary, check_shape, read_definition, read_plausible
from songhanh.plan.edition import (
    Agency,
    Assignment,
    Baseline,
    Bloc,
    CriterionText,
    Due,
    Edition,
    Element,
    Indicator,
    Objective,
    Reading,
    Slip,
    Target,
    Term,
    Unit,
)
from songhanh.plan.places import read_former_areas, read_places, read_tiles
from songhanh.plan.problems import Problems
from songhanh.plan.source import Block, compose, plain
from songhanh.plan.words import PlanText

BUILT_IN = Path(__file__).parent / "editions" / "langson_2026_2030"
"""The edition that is used when no other is named."""

_CODE = re.compile(r"[A-Z0-9][A-Za-z0-9._]{0,29}")
_AGENCY = re.compile(r"[A-Z][A-Z0-9_]{1,19}")
_ID = re.compile(r"[a-z0-9][a-z0-9_]{1,59}")
_SINGLE = ("text.md", "plan.yaml", "agencies.yaml", "areas.csv", "former_areas.csv", "tilegrid.csv")
_OPTIONAL = ("README.md", "illustration.yaml")
_FOLDERS = ("targets", "indicators", "elements", "reports")

Item = TypeVar("Item")

_NOTHING = Ratio((), (), 1)  # stands in for a definition that is missing, after the problem was noted


@dataclass(frozen=True, slots=True)
class _Head:
    id: str
    title: str
    number: str | None
    day: date | None
    issued: str
    term: Term
    issuer: str
    status: str


def load(path: Path | None = None) -> Edition:
    """Return the edition in a directory, the built-in one when none is named.

    Raises: BrokenEdition, holding every problem found in all files.
    """
    problems = Problems()
    files = _read_files(path or BUILT_IN, problems)
    problems.raise_if_any()
    edition = _Assembly(path or BUILT_IN, files, problems).edition()
    problems.raise_if_any()
    return edition


def digest(files: Mapping[str, bytes]) -> str:
    """Return `sha256:…` over names and bytes of all files, in the order of their names."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{name}\0{len(files[name])}\0".encode())
        total.update(files[name])
    return f"sha256:{total.hexdigest()}"


def _read_files(folder: Path, problems: Problems) -> dict[str, bytes]:
    """Return the bytes of all files by relative name; files that do not belong there are problems."""
    if not folder.is_dir():
        problems.add(str(folder), "", "folder_missing")
        return {}
    if not (folder / "plan.yaml").is_file():
        problems.add(str(folder), "", "not_an_edition")
        return {}
    files = {name: _read(name, path, problems) for name, path in _files(folder, problems)}
    for name in _SINGLE:
        if name not in files:
            problems.add(name, "", "file_missing")
    for name in _FOLDERS:
        if not any(file.startswith(f"{name}/") for file in files):
            problems.add(f"{name}/", "", "file_missing")
    return files


def _files(folder: Path, problems: Problems) -> list[tuple[str, Path]]:
    """Return the files that belong to an edition, by name; hidden ones are left alone, strangers are problems."""
    inside = [path for path in folder.iterdir() if not path.name.startswith(".")]
    for name in _FOLDERS:
        if (folder / name).is_dir():
            inside.remove(folder / name)
            inside += [path for path in (folder / name).iterdir() if not path.name.startswith(".")]
    found = sorted((path.relative_to(folder).as_posix(), path) for path in inside)
    known = ", ".join((*_SINGLE, *(f"{name}/*.yaml" for name in _FOLDERS)))
    for name, _ in found:
        if not _belongs(name):
            problems.add(name, "", "file_unknown", known=known)
    return [(name, path) for name, path in found if _belongs(name)]


def _read(name: str, path: Path, problems: Problems) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.add(name, "", "file_unreadable", reason=str(error.strerror))
        return b""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.add(name, "", "not_utf8", line=data[: error.start].count(b"\n") + 1)
    return data


def _belongs(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return name in _SINGLE or name in _OPTIONAL or (folder in _FOLDERS and file.endswith(".yaml"))


class _Assembly:
    """Puts an edition together; each step may lean on those before it."""

    def __init__(self, folder: Path, files: Mapping[str, bytes], problems: Problems) -> None:
        self.folder = folder
        self.problems = problems
        self.digest = digest(files)
        self.files = {name: data.decode("utf-8") for name, data in files.items()}
        self.plan_text = PlanText(self.files["text.md"])
        self.used_readings: set[str] = set()
        self.agencies: dict[str, Agency] = {}
        self.readings: dict[str, Reading] = {}
        self.units: dict[str, Unit] = {}
        self.indicators: dict[str, Indicator] = {}
        self.catalogue: dict[str, Element] = {}
        self.elements: dict[str, ElementSpec] = {}

    # --- small helpers -------------------------------------------------------------------------------------------

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
        if words and words not in whole:
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

    # --- the parts -----------------------------------------------------------------------------------------------

    def edition(self) -> Edition:
        """Return the whole edition; problems are only collected here."""
        with self.root("plan.yaml") as plan:
            head = self.head(plan)
            self.read_units(plan)
            self.read_readings(plan)
            slips = tuple(self.slips(plan))
            dimensions, names = self.dimensions(plan)
            objectives = self.objectives(plan)
        self.read_agencies()
        self.known(plan, "issuer", [head.issuer], self.agencies, "agency_unknown")
        self.read_catalogue(dimensions)
        self.read_indicators(dimensions)
        targets, criteria, wording = self.targets(objectives, head.term)
        self.check_readings(plan)
        areas, places = read_places([self.files["areas.csv"]], "areas.csv", self.problems)
        today = self.communes_of_plan(areas, head.term)
        file = "former_areas.csv"
        former = read_former_areas([self.files[file]], today, file, self.problems)
        tiles = read_tiles([self.files["tilegrid.csv"]], today, "tilegrid.csv", self.problems)
        return Edition(
            id=head.id,
            digest=self.digest,
            folder=self.folder,
            text=self.files["text.md"],
            title=head.title,
            number=head.number,
            day=head.day,
            issued=head.issued,
            term=head.term,
            issuer=head.issuer,
            status=head.status,
            units=MappingProxyType(self.units),
            dimensions=dimensions,
            dimension_names=names,
            objectives=objectives,
            targets=targets,
            criteria=criteria,
            wording=MappingProxyType(wording),
            indicators=MappingProxyType(self.indicators),
            elements=MappingProxyType(self.elements),
            catalogue=MappingProxyType(self.catalogue),
            agencies=MappingProxyType(self.agencies),
            areas=areas,
            places=MappingProxyType(places),
            former_areas=former,
            tiles=tiles,
            readings=MappingProxyType(self.readings),
            slips=slips,
            reports=self.reports(wording),
        )

    def head(self, plan: Block) -> _Head:
        """Read what the plan is: its names and its years."""
        term = Term(0, 0)
        with plan.block("term") as block:
            term = Term(block.whole("first", low=1900, high=2200), block.whole("last", low=1900, high=2200))
            if term.last < term.first:
                block.problem("last", "term_reversed", first=str(term.first), last=str(term.last))
        return _Head(
            id=plan.code("id", _ID),
            title=self.quote(plan, "title", None) or "",
            number=plan.opt_text("number"),
            day=plan.day("day", optional=True),
            issued=plan.text("issued"),
            term=term,
            issuer=plan.text("issuer"),
            status=plan.text("status"),
        )

    def read_units(self, plan: Block) -> None:
        """Read the units of measurement."""
        for block in plan.blocks("units"):
            with block:
                unit = Unit(
                    code=block.code("code", _AGENCY),
                    words=block.text("words"),
                    factor=block.whole("factor", low=1),
                    decimals=block.whole("decimals", low=0, high=6),
                    difference=block.text("difference"),
                )
                self.keep(block, self.units, unit.code, unit)

    def read_readings(self, plan: Block) -> None:
        """Read how unclear words are understood."""
        for block in plan.blocks("readings"):
            with block:
                clause = self.clause(block, optional=True)
                reading = Reading(
                    code=block.code("code", _CODE),
                    title=block.text("title"),
                    clause=clause,
                    quote=self.quote(block, "quote", clause, optional=True),
                    words=block.text("words"),
                    general=block.flag("general"),
                    confirmed_by=block.opt_text("confirmed_by"),
                )
                if (reading.clause is None) != (reading.quote is None):
                    block.problem("quote", "quote_without_clause")
                self.keep(block, self.readings, reading.code, reading)

    def slips(self, plan: Block) -> Iterator[Slip]:
        """Yield the words of the plan that look like slips of the pen."""
        for block in plan.blocks("slips", optional=True):
            with block:
                clause = self.clause(block) or ""
                quote = self.quote(block, "quote", clause) or ""
                yield Slip(clause, quote, block.text("likely"))

    def dimensions(self, plan: Block) -> tuple[Dimensions, Mapping[str, Mapping[str, str]]]:
        """Read the codes of sex, age and ethnicity with their names; the total comes first in each."""
        names: dict[str, dict[str, str]] = {}
        with plan.block("dimensions") as block:
            for dimension in ("sex", "age", "ethnicity"):
                names[dimension] = block.words(dimension)
                if not names[dimension]:
                    block.problem(dimension, "field_missing")
                if TOTAL in names[dimension]:
                    block.problem(dimension, "total_listed")
        codes = {dimension: (TOTAL, *found) for dimension, found in names.items()}
        frozen = {dimension: MappingProxyType(found) for dimension, found in names.items()}
        return Dimensions(codes["sex"], codes["age"], codes["ethnicity"]), MappingProxyType(frozen)

    def objectives(self, plan: Block) -> tuple[Objective, ...]:
        """Read the objectives with the codes of their targets, in the order of the plan."""
        found: dict[str, Objective] = {}
        for block in plan.blocks("objectives"):
            with block:
                clause = self.clause(block)
                objective = Objective(
                    code=block.code("code", _CODE),
                    clause=clause or "",
                    quote=self.quote(block, "quote", clause) or "",
                    title=block.text("title"),
                    targets=block.texts("targets"),
                )
                for target in objective.targets:
                    if f"targets/{target}.yaml" not in self.files:
                        block.problem("targets", "target_without_file", value=target)
                self.keep(block, found, objective.code, objective)
        listed = [target for objective in found.values() for target in objective.targets]
        for file in self.in_folder("targets"):
            code = file.removeprefix("targets/").removesuffix(".yaml")
            if listed.count(code) != 1:
                self.problems.add(file, "", "target_not_listed", value=code, times=str(listed.count(code)))
        return tuple(found.values())

    def read_agencies(self) -> None:
        """Read the agencies."""
        with self.root("agencies.yaml") as root:
            for block in root.blocks("agencies"):
                with block:
                    agency = Agency(
                        code=block.code("code", _AGENCY),
                        name=block.text("name"),
                        document=block.text("document"),
                        short=block.text("short"),
                        upper=block.texts("upper"),
                        bloc=block.choice("bloc", Bloc, Bloc.OTHER),
                        clause=self.clause(block, optional=True),
                        is_class=block.flag("is_class"),
                        order=block.whole("order", low=1),
                    )
                    for line in agency.upper:
                        if line != line.upper():
                            block.problem("upper", "not_upper_case", value=line)
                    self.keep(block, self.agencies, agency.code, agency)

    def read_catalogue(self, dimensions: Dimensions) -> None:
        """Read the data elements; the order of files and of entries is the order of the catalogue."""
        for file in self.in_folder("elements"):
            root = self.root(file)
            for element, spec in read_elements(root, dimensions):
                entry = Block(None, file, self.problems, f"elements[{element.code}]")
                if element.code in self.catalogue:
                    entry.problem("code", "code_twice", value=element.code)
                    continue
                self.known(entry, "suppliers", element.suppliers, self.agencies, "agency_unknown")
                self.cite(entry, "readings", element.readings)
                self.catalogue[element.code] = element
                self.elements[element.code] = spec

    def read_indicators(self, dimensions: Dimensions) -> None:
        """Read the indicators; each file bears the name of its code."""
        vocabulary = Vocabulary(self.elements, dimensions)
        for file in self.in_folder("indicators"):
            with self.root(file) as block:
                unit = self.units.get(block.text("unit"))
                if unit is None:
                    block.problem(
                        "unit", "unit_unknown", value=block.text("unit"), known=", ".join(self.units)
                    )
                indicator = Indicator(
                    code=block.code("code", _CODE),
                    version=block.whole("version", low=1),
                    unit=unit.code if unit else "",
                    unit_words=block.opt_text("unit_words") or (unit.words if unit else ""),
                    definition=read_definition(block, vocabulary, unit.factor if unit else 1),
                    plausible=read_plausible(block),
                    commune_rows=block.flag("commune_rows"),
                    words=block.text("words"),
                    numerator_words=block.text("numerator_words"),
                    denominator_words=block.opt_text("denominator_words"),
                    traps=block.texts("traps", optional=True),
                )
                self.check_name(block, file, indicator.code)
                check_shape(
                    block,
                    indicator.definition,
                    commune_rows=indicator.commune_rows,
                    whole_words=indicator.denominator_words,
                )
                self.keep(block, self.indicators, indicator.code, indicator)

    def check_name(self, block: Block, file: str, code: str) -> None:
        """Report a file that does not bear the name of its code."""
        wanted = f"{file.rpartition('/')[0]}/{code}.yaml"
        if code and file != wanted:
            block.problem("code", "file_name", value=code, wanted=wanted)

    def targets(
        self, objectives: tuple[Objective, ...], term: Term
    ) -> tuple[tuple[Target, ...], tuple[Criterion, ...], dict[str, CriterionText]]:
        """Read the targets in the order in which the objectives list them."""
        targets: dict[str, Target] = {}
        criteria: dict[str, Criterion] = {}
        wording: dict[str, CriterionText] = {}
        for objective in objectives:
            for code in objective.targets:
                file = f"targets/{code}.yaml"
                if file in self.files:
                    with self.root(file) as block:
                        target = self.target(block, objective, term, criteria, wording)
                        self.check_name(block, file, target.code)
                        self.keep(block, targets, target.code, target)
        for code in self.indicators.keys() - {words.indicator for words in wording.values()}:
            self.problems.add(f"indicators/{code}.yaml", "", "indicator_unused", value=code)
        return tuple(targets.values()), tuple(criteria.values()), wording

    def target(
        self,
        block: Block,
        objective: Objective,
        term: Term,
        criteria: dict[str, Criterion],
        wording: dict[str, CriterionText],
    ) -> Target:
        """Read one target and its criteria."""
        code = block.code("code", _CODE)
        clause = self.clause(block)
        quote = self.quote(block, "quote", clause) or ""
        if (named := block.text("objective")) and named != objective.code:
            block.problem("objective", "objective_differs", value=named, listed=objective.code)
        own: list[str] = []
        for entry in block.blocks("criteria"):
            with entry:
                words, criterion = self.criterion(entry, code, quote)
                self.keep(entry, wording, words.code, words)
                criteria.setdefault(words.code, criterion)
                own.append(words.code)
        if not own:
            block.problem("criteria", "list_empty")
        lead, lead_gap = self.assignment(block.opt_block("lead")), block.opt_text("lead_gap")
        if (lead is None) == (lead_gap is None):
            block.problem("lead", "lead_or_gap")
        return Target(
            code=code,
            objective=objective.code,
            clause=clause or "",
            quote=quote,
            title=block.text("title"),
            due=self.due(block.block("due"), quote, term),
            lead=lead,
            lead_gap=lead_gap,
            coordinators=self.assignments(block, "coordinators"),
            suppliers=self.assignments(block, "suppliers"),
            gaps=block.texts("gaps", optional=True),
            criteria=tuple(own),
        )

    def due(self, block: Block, quote: str, term: Term) -> Due:
        """Read the year a target is due, named by the plan or by a reading."""
        with block:
            due = Due(
                year=block.whole("year", low=1900, high=2200),
                quote=self.part(block, "quote", quote),
                reading=block.opt_text("reading"),
            )
            if (due.quote is None) == (due.reading is None):
                block.problem("quote", "due_quote_or_reading")
            if due.quote and str(due.year) not in due.quote:
                block.problem("year", "due_year_differs", year=str(due.year), quote=due.quote)
            if due.year and due.year not in term.years:
                block.problem("year", "year_outside_term", year=str(due.year))
            self.cite(block, "reading", [due.reading] if due.reading else [])
        return due

    def assignments(self, block: Block, name: str) -> tuple[Assignment, ...]:
        """Read a list of agencies with the words that name them."""
        found: list[Assignment] = []
        for entry in block.blocks(name):
            assignment = self.assignment(entry)
            if assignment:
                if assignment.agency in {other.agency for other in found}:
                    entry.problem("agency", "code_twice", value=assignment.agency)
                found.append(assignment)
        return tuple(found)

    def assignment(self, block: Block | None) -> Assignment | None:
        """Read an agency with the words of the plan that give it its part, or a note where there are none."""
        if block is None:
            return None
        with block:
            clause = self.clause(block, optional=True)
            found = Assignment(
                agency=block.text("agency"),
                clause=clause,
                quote=self.quote(block, "quote", clause, optional=True),
                note=block.opt_text("note"),
            )
            self.known(block, "agency", [found.agency], self.agencies, "agency_unknown")
            if (found.clause is None) != (found.quote is None):
                block.problem("quote", "quote_without_clause")
            if found.quote is None and found.note is None:
                block.problem("note", "quote_or_note")
        return found

    def criterion(self, block: Block, target: str, target_quote: str) -> tuple[CriterionText, Criterion]:
        """Read a criterion: its words, and what judging needs."""
        code = block.code("code", _CODE)
        quote = self.part(block, "quote", target_quote) or ""
        if not quote:
            block.problem("quote", "field_missing")
        indicator = self.indicators.get(name := block.text("indicator"))
        if name and indicator is None:
            block.problem("indicator", "indicator_unknown", value=name)
        comparator = block.opt_choice("comparator", Comparator)
        threshold = block.opt_decimal("threshold")
        if (comparator is None) != (threshold is None):
            block.problem("threshold", "comparator_and_threshold")
        text = CriterionText(
            code=code,
            target=target,
            name=block.text("name"),
            quote=quote,
            indicator=name,
            comparator_words=self.part(block, "comparator_words", quote),
            baseline=self.baseline(block, quote),
            readings=block.texts("readings", optional=True),
            notes=block.texts("notes", optional=True),
        )
        if comparator is not None and text.comparator_words is None:
            block.problem("comparator_words", "comparator_without_words")
        self.cite(block, "readings", text.readings)
        return text, Criterion(
            code=code,
            target=target,
            unit=indicator.unit if indicator else "",
            comparator=comparator,
            threshold=threshold,
            plausible=indicator.plausible if indicator else None,
            definition=indicator.definition if indicator else _NOTHING,
            commune_rows=indicator.commune_rows if indicator else False,
        )

    def baseline(self, block: Block, quote: str) -> Baseline | None:
        """Read the starting value the plan names."""
        inner = block.opt_block("baseline")
        if inner is None:
            return None
        with inner:
            value = inner.opt_decimal("value")
            words = self.part(inner, "quote", quote)
            if value is None or words is None:
                inner.problem("value", "baseline_half")
        return Baseline(value, words) if value is not None and words else None

    def check_readings(self, plan: Block) -> None:
        """Report readings on which nothing rests."""
        for code, reading in self.readings.items():
            if not reading.general and code not in self.used_readings:
                plan.problem(f"readings[{code}]", "reading_unused", value=code)

    def communes_of_plan(self, areas: tuple[Area, ...], term: Term) -> frozenset[str]:
        """Return the communes on the plan's own map."""
        day = map_day(term.first - 1, term.first) if term.first else date(2000, 1, 1)
        try:
            return frozenset(commune.code for commune in map_on(areas, day).communes)
        except NoMap as error:
            provinces = str(error.provinces)
            self.problems.add("areas.csv", "level", "no_map", day=day.isoformat(), provinces=provinces)
            return frozenset(area.code for area in areas)

    def reports(self, wording: Mapping[str, CriterionText]) -> Mapping[str, Mapping[str, object]]:
        """Read the report templates; their form is their own, but each must word every criterion it speaks of."""
        found: dict[str, Mapping[str, object]] = {}
        for file in self.in_folder("reports"):
            node = compose(self.files[file], file, self.problems)
            if node is None:
                continue
            content = plain(node, file, self.problems)
            if not isinstance(content, Mapping):
                self.problems.add(file, "", "not_a_mapping", line=1)
                continue
            found[file.removeprefix("reports/").removesuffix(".yaml")] = content
            _check_report(content, wording, file, self.problems)
        return MappingProxyType(found)


def _check_report(
    report: Mapping[str, object], wording: Mapping[str, CriterionText], file: str, problems: Problems
) -> None:
    criteria = report.get("criteria")
    if not isinstance(criteria, Mapping):
        problems.add(file, "criteria", "field_missing")
        return
    for code in criteria:
        if code not in wording:
            problems.add(file, f"criteria.{code}", "criterion_unknown", value=str(code))
    for code in wording:
        if code not in criteria:
            problems.add(file, f"criteria.{code}", "criterion_not_worded", value=code)
