"""The three engines, each in a place of its own."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from songhanh.engine import Backend, DuckDBBackend, PostgresBackend, SQLiteBackend

NAMES = ("duckdb", "sqlite", "postgres")


@pytest.fixture(scope="session")
def engines(postgres_url: str) -> Iterator[dict[str, Backend]]:
    """Yield a backend of each engine, kept for all tests: none may trip over what another left behind."""
    with psycopg.connect(postgres_url) as connection:
        yield {"duckdb": DuckDBBackend(), "sqlite": SQLiteBackend(), "postgres": PostgresBackend(connection)}


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest, engines: dict[str, Backend]) -> Backend:
    """Return each of the engines in turn."""
    return engines[str(request.param)]
