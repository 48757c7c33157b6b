"""Engines that run the compiled expressions: DuckDB, SQLite, PostgreSQL, each through its own plain driver.

A backend holds temporary tables on one connection. `whole` numbers come back as Python integers, whatever type an
engine adds them up in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
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

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows. Raises: EngineError."""

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        """Put rows into a table of `tables.SCHEMAS`. Raises: EngineError."""


def create(backend: Backend, table: str) -> None:
    """Make an empty temporary table of `tables.SCHEMAS`, in place of one that is there."""
    types = {TEXT: "TEXT", INT: "BIGINT"}
    columns = ", ".join(f'"{name}" {types[kind]}' for name, kind in SCHEMAS[table].items())
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


class DuckDBBackend:
    """DuckDB, in memory unless a connection is given."""

    dialect: Final = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        import duckdb

        self._error = duckdb.Error
        self.connection = connection if connection is not None else duckdb.connect(":memory:")

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        try:
            return self.connection.execute(sql).fetchall()
        except self._error as error:
            raise EngineError(str(error)) from error

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        types = {TEXT: "VARCHAR[]", INT: "BIGINT[]"}
        columns = ", ".join(f"unnest(?::{types[kind]})" for kind in SCHEMAS[table].values())
        try:
            for chunk in _chunks(rows):
                self.connection.execute(f"INSERT INTO {table} SELECT {columns}", [list(c) for c in zip(*chunk, strict=True)])
        except self._error as error:
            raise EngineError(str(error)) from error


class SQLiteBackend:
    """SQLite, in memory unless a connection is given; the connection's transaction is its owner's."""

    dialect: Final = "sqlite"

    def __init__(self, connection: sqlite3.Connection | None = None) -> None:
        self.connection = connection if connection is not None else sqlite3.connect(":memory:")

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

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        with self._safely(), self.connection.cursor() as cursor:
            cursor.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        columns = ", ".join(f'"{name}"' for name in SCHEMAS[table])
        with self._safely(), self.connection.cursor() as cursor:
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN".encode()) as copy:
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
