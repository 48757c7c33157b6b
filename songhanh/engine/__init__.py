"""The indicator engine: the definitions of a plan, compiled to column expressions, on DuckDB, PostgreSQL or SQLite.

`core.compute` says what is right in plain Python; this package gives the same rows fast, for a file of a million
figures as for a register of thousands of communes. What it cannot settle, it hands to the reference.
"""

from .backends import Backend, DuckDBBackend, EngineError, PostgresBackend, SQLiteBackend, load
from .files import compute_file
from .run import compute_frame

__all__ = [
    "Backend",
    "DuckDBBackend",
    "EngineError",
    "PostgresBackend",
    "SQLiteBackend",
    "compute_file",
    "compute_frame",
    "load",
]
