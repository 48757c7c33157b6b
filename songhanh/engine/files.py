"""Computing from a file: DuckDB reads and checks it as sets, the reference reads what is out of the ordinary.

The quick way only ever says "nothing is wrong with this file". Whatever it does not like, the reference reads again,
line by line, and names each problem with its place, so that both ways refuse the same files.
Source: compute contract §3.
"""

from __future__ import annotations

import codecs
import csv
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from songhanh.core.areas import AreaMap
from songhanh.core.compute import Level, compute
from songhanh.core.elements import DIMENSIONS, TOTAL, ReadRule, ValueKind
from songhanh.core.observations import MILLION, Quantity
from songhanh.core.periods import is_period
from songhanh.core.problems import Refused
from songhanh.core.results import ResultRow, State, Status
from songhanh.core.rulebook import Rulebook
from songhanh.core.table import (
    KIND,
    OPTIONAL,
    ORG,
    REQUIRED,
    read_header,
    read_table,
    value_problem,
    with_code,
)

from .backends import DuckDBBackend, EngineError, create, drop
from .program import Program, is_supported
from .run import quick
from .tables import FRAME
from .tallies import Doubt

if TYPE_CHECKING:
    import duckdb

_BLOCK: Final = 1 << 20
_LONGEST_LINE: Final = 100_000
"""Bytes; longer lines are left to the reference, whose CSV reader has a limit of its own."""

_BLANK: Final = (b"\n", b"\r\n")

_MEMORY: Final = "320MB"
_THREADS: Final = 2
_GLOB: Final = frozenset("*?[")

_KEY: Final = ("element", "area", "org", "period", *DIMENSIONS)
_DEFAULTS: Final[Mapping[str, str]] = {"org": "", **dict.fromkeys(DIMENSIONS, TOTAL), "status": Status.OFFICIAL.value}
_WHOLE: Final = "CAST(split_part(value, '.', 1) AS BIGINT)"
_MICRO: Final = "CAST(rpad(split_part(value, '.', 2), 6, '0') AS BIGINT)"
_NUMBER: Final = "(0|[1-9][0-9]{0,14})([.][0-9]{1,6})?"


def compute_file(
    source: Path | bytes, *, rules: Rulebook, areas: AreaMap, year: int, level: Level = Level.ALL
) -> list[ResultRow]:
    """Return the rows of results of a year from a file of observations.

    Raises: Refused, with every problem of the file, or of its figures against one another; OSError.
    """
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
    import duckdb

    if not is_supported(rules):
        raise Doubt
    with tempfile.TemporaryDirectory(prefix="songhanh-") as folder:
        path = _at_plain_path(source, Path(folder))
        layout = survey(path)
        settings = {"threads": _THREADS, "memory_limit": _MEMORY, "temp_directory": folder}
        with duckdb.connect(":memory:", config=settings | {"preserve_insertion_order": False}) as connection:
            backend = DuckDBBackend(connection)
            _read(connection, path, layout)
            _Check(backend, rules, areas).everything()
            _keep_what_is_read(backend, Program.of(rules, areas, year))
            return quick(backend, rules=rules, areas=areas, year=year, level=level)


def _at_plain_path(source: Path | bytes, folder: Path) -> Path:
    """Return a path that DuckDB takes for one file and nothing else."""
    if isinstance(source, Path) and not _GLOB & set(str(source.absolute())):
        return source.absolute()
    copy = folder / "observations.csv"
    copy.write_bytes(source if isinstance(source, bytes) else source.read_bytes())
    return copy


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out: its columns in order, how many records follow, whether any cell is quoted."""

    columns: tuple[str, ...]
    records: int
    quotes: bool


def survey(path: Path) -> Layout:
    """Look at the bytes of a file before DuckDB does.

    Raises: Doubt, when it is not plain UTF-8 lines under a plain header; OSError.
    """
    with path.open("rb") as file:
        columns = _header(file.readline(_LONGEST_LINE))
        records, quotes = _records(file)
    return Layout(columns, records, quotes)


def _header(line: bytes) -> tuple[str, ...]:
    plain = line.removeprefix(codecs.BOM_UTF8)
    if not plain.endswith(b"\n") or not _is_plain(plain) or plain.count(b'"') % 2 or plain in _BLANK:
        raise Doubt
    try:
        cells = next(csv.reader([plain.decode().rstrip("\r\n")], strict=True))
        read_header(cells)
    except (csv.Error, Refused):
        raise Doubt from None
    return tuple(cells)


def _records(file: BinaryIO) -> tuple[int, bool]:
    """Count the records from here to the end, and say whether there are quotes. Raises: Doubt, see `survey`."""
    records = 0
    quotes = quoted = False
    while lines := file.readlines(_BLOCK):
        block = b"".join(lines)
        if not _is_plain(block):
            raise Doubt
        if b'"' not in block and not quoted:
            records += len(lines) - sum(lines.count(blank) for blank in _BLANK)
            continue
        quotes = True
        for line in lines:
            records += not quoted and line not in _BLANK
            quoted ^= line.count(b'"') % 2 == 1
    if quoted:
        raise Doubt
    return records, quotes


def _is_plain(block: bytes) -> bool:
    """Say whether whole lines are UTF-8 that ends them with LF or CRLF only and holds no NUL."""
    if b"\0" in block or block.count(b"\r") != block.count(b"\r\n"):
        return False
    try:
        return block.isascii() or bool(block.decode())
    except UnicodeDecodeError:
        return False


def _read(connection: duckdb.DuckDBPyConnection, path: Path, layout: Layout) -> None:
    """Read the columns that count into the table `raw`, as text. Raises: Doubt for a file that is no strict CSV."""
    import duckdb

    places = {name: f"c{place}" for place, name in enumerate(layout.columns)}
    chosen = [f"{places[name]} AS {name}" for name in REQUIRED]
    for name in OPTIONAL:
        default = f"'{_DEFAULTS[name]}'"
        chosen.append(f"coalesce({places[name]}, {default}) AS {name}" if name in places else f"{default} AS {name}")
    types = ", ".join(f"'{place}': 'VARCHAR'" for place in places.values())
    options = {
        "delim": "','",
        "quote": "'\"'",
        "escape": "'\"'",
        "header": "false",
        "skip": "1",
        "auto_detect": "false",
        "strict_mode": "true",
        "null_padding": "false",
        "compression": "'none'",
        "max_line_size": str(_LONGEST_LINE),
        # A quoted cell may hold a line end, which only one reader after the other gets right in every case.
        "parallel": "false" if layout.quotes else "true",
        "columns": f"{{{types}}}",
    }
    written = ", ".join(f"{name} = {value}" for name, value in options.items())
    try:
        connection.execute(f"CREATE TABLE raw AS SELECT {', '.join(chosen)} FROM read_csv(?, {written})", [str(path)])
        found = connection.execute("SELECT count(*) FROM raw").fetchone()
    except duckdb.Error as error:
        raise Doubt from error
    if found != (layout.records,):
        raise Doubt


class _Check:
    """Every rule that one file can break by itself, asked of all rows at once."""

    def __init__(self, backend: DuckDBBackend, rules: Rulebook, areas: AreaMap) -> None:
        self._backend = backend
        self._rules = rules
        self._areas = areas

    def everything(self) -> None:
        """Raises: Doubt, when any rule is broken."""
        self._demand(all(self._codes()))
        self._demand(all(self._is_element_kind(*pair) for pair in self._distinct("element", "kind")))
        self._demand(self._none("(state = 'GIA_TRI') <> (value IS NOT NULL)"))
        self._demand(self._none(f"state = 'GIA_TRI' AND NOT regexp_full_match(value, '{_NUMBER}')"))
        self._demand(all(self._may_stand(*row) for row in self._places()))
        self._demand(all(self._in_range(*row) for row in self._ranges()))
        self._demand(not self._ask(f"SELECT 1 FROM raw GROUP BY {', '.join(_KEY)} HAVING count(*) > 1 LIMIT 1"))
        self._demand(not self._totals_differ())

    @staticmethod
    def _demand(right: bool) -> None:
        if not right:
            raise Doubt

    def _ask(self, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        return self._backend.connection.execute(sql, parameters).fetchall()

    def _distinct(self, *columns: str) -> list[tuple[Any, ...]]:
        return self._ask(f"SELECT DISTINCT {', '.join(columns)} FROM raw")

    def _none(self, condition: str) -> bool:
        return not self._ask(f"SELECT 1 FROM raw WHERE {condition} LIMIT 1")

    def _rule(self, element: str) -> ReadRule | None:
        return self._rules.elements[element].rule

    def _codes(self) -> Iterator[bool]:
        codes = self._rules.dimensions
        allowed = {
            "sex": frozenset(codes.sex),
            "age": frozenset(codes.age),
            "ethnicity": frozenset(codes.ethnicity),
            "state": frozenset(state.value for state in State),
            "status": frozenset(status.value for status in Status),
            "area": self._areas.codes,
            "element": frozenset(code for code, spec in self._rules.elements.items() if not spec.is_text),
        }
        for column, known in allowed.items():
            yield all(code in known for (code,) in self._distinct(column))
        yield all(not org or ORG.fullmatch(org) for (org,) in self._distinct("org"))
        first, last = self._rules.term_first, self._rules.term_last
        yield all(
            period is not None and is_period(period, term_first=first, term_last=last)
            for (period,) in self._distinct("period")
        )

    def _is_element_kind(self, element: str, kind: str) -> bool:
        rule = self._rule(element)
        if kind == TOTAL:
            return rule is None or rule.total_kind
        if rule is None or rule.kinds is None:
            return KIND.fullmatch(kind) is not None
        return kind in rule.kinds

    def _places(self) -> list[tuple[Any, ...]]:
        return self._ask("SELECT DISTINCT element, area = ?, org <> '', state FROM raw", [self._areas.province.code])

    def _may_stand(self, element: str, at_province: bool, of_org: bool, state: str) -> bool:
        rule = self._rule(element)
        if rule is None:
            return True
        if of_org and not (at_province and rule.area_class.by_org):
            return False
        return (rule.nil or state != State.NIL) and (rule.not_applicable or state != State.NOT_APPLICABLE)

    def _ranges(self) -> list[tuple[Any, ...]]:
        return self._ask(
            f"""SELECT element, total, max(micro), min(amount), max(amount)
            FROM (SELECT element, area = ? AND org = '' AS total, {_MICRO} AS micro,
                         CAST(value AS DECIMAL(21, 6)) AS amount FROM raw WHERE state = 'GIA_TRI')
            GROUP BY ALL""",
            [self._areas.province.code],
        )

    def _in_range(self, element: str, total: bool, micro: int, lowest: Any, highest: Any) -> bool:
        rule = self._rule(element)
        if rule is None:
            return True
        if micro and rule.value.kind is not ValueKind.DECIMAL:
            return False
        owned = rule.area_class.by_commune or rule.area_class.by_org
        ends = (Quantity(*divmod(int(amount * MILLION), MILLION)) for amount in (lowest, highest))
        return all(value_problem(rule.value, end, total_row=total and owned) is None for end in ends)

    def _totals_differ(self) -> bool:
        """Say whether a total differs from the sum of a partition all of whose codes are answered (contract §3.3)."""
        parts = [
            (number, element, *with_code(partition.dimension, code), len(partition.codes))
            for number, (element, partition) in enumerate(self._partitions())
            for code in partition.codes
        ]
        if not parts:
            return False
        self._ask("CREATE TEMP TABLE part (partition INT, element TEXT, sex TEXT, age TEXT, ethnicity TEXT, kind TEXT, size INT)")
        columns = [list(column) for column in zip(*parts, strict=True)]
        self._ask(f"INSERT INTO part SELECT {', '.join(['unnest(?)'] * len(columns))}", columns)
        found = self._ask(
            f"""WITH sums AS (
                SELECT partition, element, area, org, period, sum(CASE state WHEN 'GIA_TRI' THEN {_WHOLE} ELSE 0 END) AS amount
                FROM raw JOIN part USING (element, {', '.join(DIMENSIONS)})
                WHERE state IN ('GIA_TRI', 'KHONG_PHAT_SINH')
                GROUP BY partition, element, area, org, period, size HAVING count(*) = size
            )
            SELECT 1 FROM sums JOIN raw USING (element, area, org, period)
            WHERE {' AND '.join(f"{name} = '{TOTAL}'" for name in DIMENSIONS)}
              AND state = 'GIA_TRI' AND {_WHOLE} <> amount LIMIT 1"""
        )
        return bool(found)

    def _partitions(self) -> Iterator[tuple[str, Any]]:
        for element, spec in self._rules.elements.items():
            for partition in spec.rule.partitions if spec.rule else ():
                yield element, partition


def _keep_what_is_read(backend: DuckDBBackend, program: Program) -> None:
    """Make the frame of the rows that some criterion looks at, and let go of the rest."""
    create(backend, "engine_reading")
    backend.insert("engine_reading", program.reading_rows())
    backend.run(
        f"""CREATE TEMP TABLE {FRAME} AS
        SELECT {', '.join(_KEY)}, state, status, CASE state WHEN 'GIA_TRI' THEN {_WHOLE} END AS whole,
               CASE state WHEN 'GIA_TRI' THEN {_MICRO} END AS micro, 0 AS line
        FROM raw SEMI JOIN engine_reading USING (element, period)"""
    )
    drop(backend, "raw")

