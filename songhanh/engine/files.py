"""Computing from a file: DuckDB reads and checks it as sets, the reference reads what is out of the ordinary.

The quick way only ever says "nothing is wrong with this file". Whatever it does not like, the reference reads again,
line by line, and names each problem with its place, so that both ways refuse the same files.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from songhanh.core.areas import AreaMap
from songhanh.core.compute import Level, compute
from songhanh.core.results import ResultRow
from songhanh.core.rulebook import Rulebook
from songhanh.core.table import read_table

from .backends import DuckDBBackend, EngineError
from .checks import is_flawless
from .program import is_supported
from .reader import code_types, read
from .run import quick
from .survey import survey
from .tallies import Doubt

_MEMORY: Final = "320MB"
_MOST_THREADS: Final = 2
_GLOB: Final = frozenset("*?[")


def compute_file(
    source: Path | bytes, *, rules: Rulebook, areas: AreaMap, year: int, level: Level = Level.ALL
) -> list[ResultRow]:
    """Return the rows of results of a year from a file of observations.

    Raises: Refused, with every problem of the file, or of its figures against one another; OSError.
    """
    if isinstance(source, Path) and not source.is_file():
        source = source.read_bytes()  # a pipe can be read only once
    with suppress(Doubt, EngineError, ImportError):
        return compute_file_quickly(source, rules=rules, areas=areas, year=year, level=level)
    data = source if isinstance(source, bytes) else source.read_bytes()
    observations = read_table(data, rules=rules, areas=areas)
    return compute(observations, rules=rules, areas=areas, year=year, level=level)


def compute_file_quickly(
    source: Path | bytes, *, rules: Rulebook, areas: AreaMap, year: int, level: Level = Level.ALL
) -> list[ResultRow]:
    """Return the rows of results by DuckDB alone.

    Raises: Doubt, for every file that the reference should look at; EngineError; ImportError without DuckDB; OSError.
    """
    if not is_supported(rules):
        raise Doubt
    with _folder() as folder:
        path = _at_plain_path(source, folder)
        layout = survey(path)
        threads = min(_MOST_THREADS, os.cpu_count() or 1)
        settings: dict[str, str | int] = {
            "threads": threads,
            "memory_limit": _MEMORY,
            "temp_directory": str(folder),
        }
        with DuckDBBackend.in_memory(settings, code_types(rules, areas)) as backend:
            if not (read(backend, path, layout) and is_flawless(backend, rules=rules, areas=areas)):
                raise Doubt
            return quick(backend, rules=rules, areas=areas, year=year, level=level)


@contextmanager
def _folder() -> Iterator[Path]:
    """Yield a folder for what does not fit in memory. Raises: EngineError, when there is no room for one."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="songhanh-")
    except OSError as error:
        raise EngineError(str(error)) from error
    with folder as name:
        yield Path(name)


def _at_plain_path(source: Path | bytes, folder: Path) -> Path:
    """Return a path that DuckDB takes for one file and nothing else. Raises: EngineError, when a copy does not fit."""
    if isinstance(source, Path) and not _GLOB & set(str(source.absolute())):
        return source.absolute()
    content = source if isinstance(source, bytes) else source.read_bytes()
    try:
        copy = folder / "observations.csv"
        copy.write_bytes(content)
    except OSError as error:
        raise EngineError(str(error)) from error
    return copy
