"""From an edition to the files its suppliers would send."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from songhanh.plan import Edition

from .amounts import World
from .parameters import BadParameters, Figure, Parameters, read_parameters
from .rows import Row, Writer, written

FILE = "illustration.yaml"
"""Where an edition keeps the parameters of its illustrative figures."""


class NoIllustration(LookupError):
    """The edition has no parameters for illustrative figures; `folder` is where they were looked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"no {FILE} in {folder}")
        self.folder = folder


def years_of(edition: Edition) -> range:
    """Return the years for which an edition describes illustrative figures.

    Raises: NoIllustration, BadParameters.
    """
    first, last = _parameters(edition).years
    return range(first, last + 1)


def generate(edition: Edition, years: Iterable[int]) -> dict[str, bytes]:
    """Return the files of all suppliers for some years by name, in the order in which they are to be taken in.

    A late file (of units that were late) and a corrected file come after the file they complete. Figures that
    criteria read from earlier years come too, in files named for those years. The bytes of a file do not depend
    on which other years are asked for.
    Raises: NoIllustration, BadParameters.
    """
    parameters = _parameters(edition)
    wanted = sorted(set(years))
    if unknown := [year for year in wanted if not parameters.years[0] <= year <= parameters.years[1]]:
        raise BadParameters("years", f"không có tham số cho năm {unknown[0]}")
    if unknown_codes := [f.key for f in parameters.figures.values() if f.element not in edition.elements]:
        raise BadParameters(f"figures.{unknown_codes[0]}", "không có phần tử số liệu này trong danh mục")
    rows: dict[str, list[Row]] = {}
    for year, figures in _due(parameters, wanted).items():
        people = {code: place.population for code, place in edition.places.items()}
        writer = Writer(World(parameters, edition.area_map(year), people))
        for name, row in writer.rows(year, figures):
            rows.setdefault(name, []).append(row)
    order = {code: place for place, code in enumerate(edition.elements)}
    province = edition.area_map(edition.term.first).province.code
    return {name: written(rows[name], order, province) for name in sorted(rows)}


def _due(parameters: Parameters, years: list[int]) -> dict[int, list[Figure]]:
    """Return which figures to write for which year: all for the years asked for, some for years before them."""
    figures = list(parameters.figures.values())
    due: dict[int, list[Figure]] = {}
    for year in range(min(years) - max(figure.back for figure in figures), max(years) + 1) if years else ():
        found = [f for f in figures if any(wanted - f.back <= year <= wanted for wanted in years)]
        if found:
            due[year] = found
    return due


def _parameters(edition: Edition) -> Parameters:
    path = edition.folder / FILE
    if not path.is_file():
        raise NoIllustration(edition.folder)
    return read_parameters(path.read_text(encoding="utf-8"))
