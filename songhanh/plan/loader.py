"""Reads an edition directory into an `Edition`, or says everything that is wrong with it.

A loaded edition is whole: every quote stands in the plan's text, every code that is mentioned exists, every
definition can be computed. Nothing here knows a particular province or plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from songhanh.core.areas import Area, NoMap, map_day, map_on
from songhanh.core.elements import Dimensions
from songhanh.plan.catalogue import read_elements
from songhanh.plan.definitions import Vocabulary, check_shape, read_definition, read_plausible
from songhanh.plan.desk import CODE, Desk
from songhanh.plan.edition import CriterionText, Edition, Indicator, Term
from songhanh.plan.files import digest, read_files
from songhanh.plan.head import (
    check_readings,
    read_agencies,
    read_dimensions,
    read_head,
    read_objectives,
    read_readings,
    read_slips,
    read_units,
)
from songhanh.plan.places import read_former_areas, read_places, read_tiles
from songhanh.plan.problems import Problems
from songhanh.plan.source import compose, plain
from songhanh.plan.targets import read_targets

BUILT_IN = Path(__file__).parent / "editions" / "langson_2026_2030"
"""The edition that is used when no other is named."""


def load(path: Path | None = None) -> Edition:
    """Return the edition in a directory, the built-in one when none is named.

    Raises: BrokenEdition, holding every problem found in all files.
    """
    folder = path or BUILT_IN
    problems = Problems()
    files = read_files(folder, problems)
    problems.raise_if_any()
    desk = Desk({name: data.decode("utf-8") for name, data in files.items()}, problems)
    edition = _edition(desk, folder, digest(files))
    problems.raise_if_any()
    return edition


def _edition(desk: Desk, folder: Path, files_digest: str) -> Edition:
    """Return the whole edition; problems are only collected here."""
    with desk.root("plan.yaml") as plan:
        head = read_head(desk, plan)
        read_units(desk, plan)
        read_readings(desk, plan)
        slips = tuple(read_slips(desk, plan))
        dimensions, names = read_dimensions(plan)
        objectives = read_objectives(desk, plan)
    read_agencies(desk)
    desk.known(plan, "issuer", [head.issuer], desk.agencies, "agency_unknown")
    _read_catalogue(desk, dimensions)
    _read_indicators(desk, dimensions)
    targets = read_targets(desk, objectives, head.term)
    check_readings(desk, plan)
    areas, places = read_places([desk.files["areas.csv"]], "areas.csv", desk.problems)
    today = _communes_of_plan(desk, areas, head.term)
    file = "former_areas.csv"
    former = read_former_areas([desk.files[file]], today, file, desk.problems)
    tiles = read_tiles([desk.files["tilegrid.csv"]], today, "tilegrid.csv", desk.problems)
    return Edition(
        id=head.id,
        digest=files_digest,
        folder=folder,
        text=desk.files["text.md"],
        title=head.title,
        number=head.number,
        day=head.day,
        issued=head.issued,
        term=head.term,
        issuer=head.issuer,
        status=head.status,
        units=MappingProxyType(desk.units),
        dimensions=dimensions,
        dimension_names=names,
        objectives=objectives,
        targets=targets,
        criteria=tuple(desk.criteria.values()),
        wording=MappingProxyType(desk.wording),
        indicators=MappingProxyType(desk.indicators),
        elements=MappingProxyType(desk.elements),
        catalogue=MappingProxyType(desk.catalogue),
        agencies=MappingProxyType(desk.agencies),
        areas=areas,
        places=MappingProxyType(places),
        former_areas=former,
        tiles=tiles,
        readings=MappingProxyType(desk.readings),
        slips=slips,
        reports=_reports(desk),
    )


def _read_catalogue(desk: Desk, dimensions: Dimensions) -> None:
    """Read the data elements; the order of files and of entries is the order of the catalogue."""
    for file in desk.in_folder("elements"):
        for entry, element, spec in read_elements(desk.root(file), dimensions):
            if element.code in desk.catalogue:
                entry.problem("code", "code_twice", value=element.code)
                continue
            desk.known(entry, "suppliers", element.suppliers, desk.agencies, "agency_unknown")
            desk.cite(entry, "readings", element.readings)
            desk.catalogue[element.code] = element
            desk.elements[element.code] = spec


def _read_indicators(desk: Desk, dimensions: Dimensions) -> None:
    """Read the indicators; each file bears the name of its code."""
    vocabulary = Vocabulary(desk.elements, dimensions)
    for file in desk.in_folder("indicators"):
        with desk.root(file) as block:
            unit = desk.units.get(block.text("unit"))
            if unit is None:
                block.problem("unit", "unit_unknown", value=block.text("unit"), known=", ".join(desk.units))
            indicator = Indicator(
                code=block.code("code", CODE),
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
            desk.check_name(block, file, indicator.code)
            check_shape(
                block,
                indicator.definition,
                commune_rows=indicator.commune_rows,
                whole_words=indicator.denominator_words,
            )
            desk.keep(block, desk.indicators, indicator.code, indicator)


def _communes_of_plan(desk: Desk, areas: tuple[Area, ...], term: Term) -> frozenset[str]:
    """Return the communes on the plan's own map."""
    if not term.first:
        return frozenset(area.code for area in areas)
    day = map_day(term.first - 1, term.first)
    try:
        return frozenset(commune.code for commune in map_on(areas, day).communes)
    except NoMap as error:
        provinces = str(error.provinces)
        desk.problems.add("areas.csv", "level", "no_map", day=day.isoformat(), provinces=provinces)
        return frozenset(area.code for area in areas)


def _reports(desk: Desk) -> Mapping[str, Mapping[str, object]]:
    """Read the report templates; their form is their own, but each must word every criterion it speaks of."""
    found: dict[str, Mapping[str, object]] = {}
    for file in desk.in_folder("reports"):
        node = compose(desk.files[file], file, desk.problems)
        if node is None:
            continue
        content = plain(node, file, desk.problems)
        if not isinstance(content, Mapping):
            desk.problems.add(file, "", "not_a_mapping", line=1)
            continue
        found[file.removeprefix("reports/").removesuffix(".yaml")] = content
        _check_report(content, desk.wording, file, desk.problems)
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
