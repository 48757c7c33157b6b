"""From an edition to the files its suppliers would send."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from songhanh.plan import Edition

from .amounts import World
from .parameters import PROVINCE, BadParameters, Figure, Parameters, Silence, read_parameters
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
    rows = _rows(edition, parameters, years)
    return {name: _bytes(edition, rows[name]) for name in sorted(rows)}


def _rows(edition: Edition, parameters: Parameters, years: Iterable[int]) -> dict[str, list[Row]]:
    wanted = sorted(set(years))
    if unknown := [year for year in wanted if not parameters.years[0] <= year <= parameters.years[1]]:
        raise BadParameters("years", f"không có tham số cho năm {unknown[0]}")
    _check_names(parameters, edition)
    people = {code: place.population for code, place in edition.places.items()}
    rows: dict[str, list[Row]] = {}
    for year, figures in _due(parameters, wanted).items():
        writer = Writer(World(parameters, edition.area_map(year), people))
        for name, row in writer.rows(year, figures):
            rows.setdefault(name, []).append(row)
    return rows


def _bytes(edition: Edition, rows: list[Row]) -> bytes:
    order = {code: place for place, code in enumerate(edition.elements)}
    return written(rows, order, edition.area_map(edition.term.first).province.code)


def _due(parameters: Parameters, years: list[int]) -> dict[int, list[Figure]]:
    """Return which figures to write for which year: all for the years asked for, some for years before them."""
    figures = list(parameters.figures.values())
    due: dict[int, list[Figure]] = {}
    for year in range(min(years) - max(figure.back for figure in figures), max(years) + 1) if years else ():
        found = [f for f in figures if any(wanted - f.back <= year <= wanted for wanted in years)]
        if found:
            due[year] = found
    return due


def _check_names(parameters: Parameters, edition: Edition) -> None:
    """Refuse codes that the edition or the file itself does not know.

    Raises: BadParameters, naming the first one.
    """
    for figure in parameters.figures.values():
        if figure.element not in edition.elements:
            raise BadParameters(f"figures.{figure.key}", "không có phần tử số liệu này trong danh mục")
    for name, codes in parameters.groups.items():
        if unknown := sorted(codes - edition.places.keys()):
            raise BadParameters(f"groups.{name}", f"không có đơn vị hành chính {unknown[0]}")
    units = edition.places.keys() | parameters.suppliers.keys() | {PROVINCE}
    for place, exception in _exceptions(parameters):
        if unknown := sorted(set(exception.units) - units):
            raise BadParameters(place, f"không có đơn vị {unknown[0]}")
        if unknown := sorted(set(exception.elements) - parameters.figures.keys()):
            raise BadParameters(place, f"không có mục {unknown[0]} trong figures")


def _exceptions(parameters: Parameters) -> list[tuple[str, Silence]]:
    """Return silences and corrections alike, each with its place in the file."""
    named = [(f"silences[{place}]", silence) for place, silence in enumerate(parameters.silences)]
    for place, fix in enumerate(parameters.corrections):
        named.append((f"corrections[{place}]", Silence((fix.year,), (fix.element,), (fix.unit,), (), "late")))
    return named


def _parameters(edition: Edition) -> Parameters:
    path = edition.folder / FILE
    if not path.is_file():
        raise NoIllustration(edition.folder)
    return read_parameters(path.read_text(encoding="utf-8"))
