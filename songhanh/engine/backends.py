"""Engines that run the compiled expressions: DuckDB, SQLite, PostgreSQL, each through its own plain driver.

A backend holds temporary tables on one connection. `whole` numbers come back as Python integers, whatever type an
engine adds them up in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Protocol

from songhanh.core.observations import Observation

from .tables import FRAME, INT, SCHEMAS, TEXT

if TYPE_CHECKING:
    import duckdb
    import psycopg

Row = Sequence[object]
_CHUNK: Final = 50_000


class EngineError(Exception):
    """An engine could not run an expression; the reference can still answer."""


class Backend(Protocol):
    """What computing needs of an engine."""

    @property
    def dialect(self) -> str:
        """The name of its SQL for Ibis."""

    def column_type(self, name: str, kind: str, /) -> str:
        """The SQL type of a column of `tables.SCHEMAS`."""

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows. Raises: EngineError."""

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        """Put rows into a table of `tables.SCHEMAS`. Raises: EngineError."""


def create(backend: Backend, table: str) -> None:
    """Make an empty temporary table of `tables.SCHEMAS`, in place of one that is there."""
    columns = ", ".join(
        f'"{name}" {backend.column_type(name, kind)}' for name, kind in SCHEMAS[table].items()
    )
    drop(backend, table)
    backend.run(f"CREATE TEMPORARY TABLE {table} ({columns})")


def create_as(backend: Backend, table: str, sql: str) -> None:
    """Make a temporary table of what a query yields, in place of one that is there."""
    drop(backend, table)
    backend.run(f"CREATE TEMPORARY TABLE {table} AS {sql}")
    if backend.dialect == "postgres":
        backend.run(f"ANALYZE {table}")


def drop(backend: Backend, table: str) -> None:
    """Remove a temporary table if it is there."""
    backend.run(f"DROP TABLE IF EXISTS {table}")


def load(backend: Backend, observations: Iterable[Observation]) -> None:
    """Make the frame of observations that have passed the rules of a file (contract §3)."""
    create(backend, FRAME)
    backend.insert(FRAME, map(_frame_row, observations))
    if backend.dialect == "postgres":
        backend.run(f"ANALYZE {FRAME}")


def frame(backend: Backend) -> Iterator[tuple[Any, ...]]:
    """Return the rows of the frame, columns in the order of its schema."""
    columns = ", ".join(f'"{name}"' for name in SCHEMAS[FRAME])
    return iter(backend.run(f"SELECT {columns} FROM {FRAME}"))


def _frame_row(row: Observation) -> Row:
    return (
        row.element,
        row.area,
        row.org,
        row.period,
        row.sex,
        row.age,
        row.ethnicity,
        row.kind,
        row.state.value,
        row.status.value,
        row.value.whole if row.value else None,
        row.value.micro if row.value else None,
        row.line,
    )


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


_SQL_TYPES: Final = {TEXT: "TEXT", INT: "BIGINT"}


class DuckDBBackend:
    """DuckDB on a given connection, or in memory."""

    dialect: Final = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        import duckdb

        self._error = duckdb.Error
        self._code_types: dict[str, str] = {}
        self.connection = duckdb.connect(":memory:") if connection is None else connection

    @classmethod
    @contextmanager
    def in_memory(
        cls, settings: Mapping[str, str | int], codes: Mapping[str, Sequence[str]]
    ) -> Iterator[DuckDBBackend]:
        """Yield a backend of its own, in which columns of a closed list of codes are compared as small integers.

        Raises: EngineError; ImportError, where DuckDB is not installed.
        """
        import duckdb

        try:
            connection = duckdb.connect(":memory:", config={**settings, "preserve_insertion_order": False})
        except duckdb.Error as error:
            raise EngineError(str(error)) from error
        with connection:
            backend = cls(connection)
            for name, known in codes.items():
                listed = ", ".join("'" + code.replace("'", "''") + "'" for code in known)
                backend.run(f"CREATE TYPE code_of_{name} AS ENUM ({listed})")
                backend._code_types[name] = f"code_of_{name}"
            yield backend

    def column_type(self, name: str, kind: str, /) -> str:
        return self._code_types.get(name) or _SQL_TYPES[kind]

    def code_type(self, name: str) -> str | None:
        """The type of a column that holds codes of a closed list, None for another column."""
        return self._code_types.get(name)

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            return self.connection.execute(sql, list(parameters)).fetchall()
        except self._error as error:
            raise EngineError(str(error)) from error

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        types = {TEXT: "VARCHAR[]", INT: "BIGINT[]"}
        columns = ", ".join(f"unnest(?::{types[kind]})" for kind in SCHEMAS[table].values())
        try:
            for chunk in _chunks(rows):
                self.connection.execute(
                    f"INSERT INTO {table} SELECT {columns}", [list(c) for c in zip(*chunk, strict=True)]
                )
        except self._error as error:
            raise EngineError(str(error)) from error


class SQLiteBackend:
    """SQLite, in memory unless a connection is given; the connection's transaction is its owner's."""

    dialect: Final = "sqlite"

    def __init__(self, connection: sqlite3.Connection | None = None) -> None:
        self.connection = connection if connection is not None else sqlite3.connect(":memory:")

    def column_type(self, _name: str, kind: str, /) -> str:
        return _SQL_TYPES[kind]

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        try:
            return self.connection.execute(sql).fetchall()
        except sqlite3.Error as error:
            raise EngineError(str(error)) from error

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        marks = ", ".join("?" * len(SCHEMAS[table]))
        try:
            self.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        except (sqlite3.Error, OverflowError) as error:
            raise EngineError(str(error)) from error


class PostgresBackend:
    """PostgreSQL on a given connection; temporary tables live in the session and leave with it."""

    dialect: Final = "postgres"

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        import psycopg

        self._error = psycopg.Error
        self.connection = connection

    def column_type(self, _name: str, kind: str, /) -> str:
        return _SQL_TYPES[kind]

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        with self._safely(), self.connection.cursor() as cursor:
            cursor.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        columns = ", ".join(f'"{name}"' for name in SCHEMAS[table])
        sql = f"COPY {table} ({columns}) FROM STDIN".encode()
        with self._safely(), self.connection.cursor() as cursor, cursor.copy(sql) as copy:
            for row in rows:
                copy.write_row(row)

    @contextmanager
    def _safely(self) -> Iterator[None]:
        """Keep the owner's transaction usable when a statement fails."""
        try:
            with self.connection.transaction():
                yield
        except self._error as error:
            raise EngineError(str(error)) from error
