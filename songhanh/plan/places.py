"""Places of an edition: today's areas with dates and names, the former ones, and the tile map."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from songhanh.core.areas import Area
from songhanh.plan.edition import FormerArea, Place, Successor, Tile
from songhanh.plan.problems import Problems
from songhanh.plan.tables import Row, rows

AREA_CODE = re.compile(r"[A-Za-z0-9_-]{1,20}")
ANY_CODE = re.compile(r"[^;]+")
AREA_COLUMNS = ("code", "name", "level", "parent", "valid_from", "valid_to")
PLACE_COLUMNS = (*AREA_COLUMNS, "type", "full_name", "document_place", "population", "area_km2", "order")
FORMER_COLUMNS = ("code", "name", "district_code", "district", "valid_from", "valid_to", "successor", "part")
TILE_COLUMNS = ("code", "column", "row")
PARTS = ("whole", "part", "rest")
LEVELS = ("province", "commune")


def read_areas(lines: Iterable[str], file: str = "AREAS.csv") -> tuple[Area, ...]:
    """Return the areas of a file with the columns of contract §2, in its order; other columns are not read.

    Only what computing needs must be there: code, level and first day. A code is any string without a semicolon.
    Raises: BrokenEdition, naming every line and column that cannot be used.
    """
    problems = Problems()
    found = tuple(_bare_area(row) for row in rows(lines, AREA_COLUMNS, file, problems, more=True))
    _check_areas(found, file, problems)
    problems.raise_if_any()
    return found


def read_places(
    lines: Iterable[str], file: str, problems: Problems
) -> tuple[tuple[Area, ...], dict[str, Place]]:
    """Return the areas of an edition, and by code what documents say about those of the latest date."""
    areas: list[Area] = []
    places: dict[str, Place] = {}
    for row, area in _areas(rows(lines, PLACE_COLUMNS, file, problems)):
        areas.append(area)
        places[area.code] = Place(
            code=area.code,
            name=area.name,
            full_name=row.text("full_name"),
            type=row.text("type"),
            document_place=row.text("document_place"),
            population=row.whole("population"),
            area_km2=row.decimal("area_km2"),
            order=row.whole("order"),
        )
    _check_areas(tuple(areas), file, problems)
    return tuple(areas), places


def _areas(found: Iterable[Row]) -> Iterator[tuple[Row, Area]]:
    for row in found:
        if row.cells["code"]:
            row.code("code", AREA_CODE)
        row.text("name")
        if row.cells["level"] != "province":
            row.text("parent")
        yield row, _bare_area(row)


def _bare_area(row: Row) -> Area:
    """Return the area of a row, with a complaint about what computing cannot do without."""
    level = row.text("level")
    if level and level not in LEVELS:
        row.problem("level", "choice_unknown", value=level, known=", ".join(LEVELS))
    first = row.day("valid_from") or date.min
    last = row.day("valid_to", optional=True)
    if last is not None and last < first:
        row.problem("valid_to", "dates_reversed", first=first.isoformat(), last=last.isoformat())
    return Area(row.code("code", ANY_CODE), row.cells["name"], level, row.cells["parent"], first, last)


def _check_areas(areas: tuple[Area, ...], file: str, problems: Problems) -> None:
    """Report codes that overlap in time, and communes whose parent is no province."""
    if not areas and any(problem.file == file for problem in problems.found):
        return
    seen: dict[str, list[Area]] = {}
    for area in areas:
        for other in seen.setdefault(area.code, []):
            if _overlap(area, other):
                problems.add(file, "code", "area_twice", value=area.code)
        seen[area.code].append(area)
    provinces = {area.code for area in areas if area.level == "province"}
    if not provinces:
        problems.add(file, "level", "no_province")
    for area in areas:
        if area.level == "commune" and area.parent and area.parent not in provinces:
            problems.add(file, "parent", "parent_unknown", value=area.parent, area=area.code)


def _overlap(one: Area, other: Area) -> bool:
    last_one, last_other = one.valid_to or date.max, other.valid_to or date.max
    return one.valid_from <= last_other and other.valid_from <= last_one


def read_former_areas(
    lines: Iterable[str], today: frozenset[str], file: str, problems: Problems
) -> tuple[FormerArea, ...]:
    """Return the former units, each once, with all communes that took them over."""
    found: dict[str, FormerArea] = {}
    for row in rows(lines, FORMER_COLUMNS, file, problems):
        successor = Successor(row.text("successor"), row.text("part"))
        if successor.code and successor.code not in today:
            row.problem("successor", "area_unknown", value=successor.code)
        if successor.part and successor.part not in PARTS:
            row.problem("part", "choice_unknown", value=successor.part, known=", ".join(PARTS))
        code = row.code("code", AREA_CODE)
        former = FormerArea(
            code=code,
            name=row.text("name"),
            district_code=row.text("district_code"),
            district=row.text("district"),
            valid_from=row.day("valid_from", optional=True),
            valid_to=row.day("valid_to") or date.max,
            successors=(*(found[code].successors if code in found else ()), successor),
        )
        if code in found and found[code].name != former.name:
            row.problem("code", "code_twice", value=code)
        found[code] = former
    for former in found.values():
        parts = [successor.part for successor in former.successors]
        if "whole" in parts and len(parts) > 1:
            problems.add(file, "part", "whole_and_more", value=former.code)
    return tuple(found.values())


def read_tiles(
    lines: Iterable[str], communes: frozenset[str], file: str, problems: Problems
) -> tuple[Tile, ...]:
    """Return the tile map; every commune of the plan's map must have one square of its own."""
    found: dict[str, Tile] = {}
    taken: dict[tuple[int, int], str] = {}
    for row in rows(lines, TILE_COLUMNS, file, problems):
        tile = Tile(row.text("code"), row.whole("column"), row.whole("row"))
        if tile.code in found:
            row.problem("code", "code_twice", value=tile.code)
        if tile.code and tile.code not in communes:
            row.problem("code", "area_unknown", value=tile.code)
        other = taken.setdefault((tile.column, tile.row), tile.code)
        if other != tile.code:
            row.problem("column", "tile_taken", value=tile.code, other=other)
        found[tile.code] = tile
    for code in sorted(communes - found.keys()):
        problems.add(file, "code", "tile_missing", value=code)
    return tuple(found.values())
