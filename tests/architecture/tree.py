"""The files of the repository, as a clone holds them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# What is built or fetched, and never committed.
_BUILT = {
    ".git", ".venv", "node_modules", "build", "collected", "var", "dist", "__pycache__",
    ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache", ".grimp_cache",
}  # fmt: skip


def files(directory: Path = ROOT) -> Iterator[Path]:
    """Yield every file that belongs to the repository, in order."""
    for entry in sorted(directory.iterdir()):
        if entry.name in _BUILT or entry.suffix == ".pyc":
            continue
        if entry.is_dir():
            yield from files(entry)
        else:
            yield entry


def texts() -> Iterator[tuple[str, str]]:
    """Yield path and content of every file that is text."""
    for file in files():
        try:
            yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
