"""Lan sends figures; the register keeps them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from songhanh.observations.services import Recorded, import_file
from songhanh.plan import Edition, load

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def edition() -> Edition:
    """Return the built-in edition."""
    return load()


Send = Callable[..., Recorded]


@pytest.fixture
def send(db: None, edition: Edition) -> Send:
    """Return how Lan imports a file: `send(data, at="2026-03-01", source=…)`."""

    def send(data: bytes, *, at: str = "2026-03-01T08:00:00+07:00", source: str = "Sổ của Lan") -> Recorded:
        now = datetime.fromisoformat(at).astimezone(UTC)
        return import_file(data, edition=edition, source=source, file_name="lan.csv", now=now, by="Lan")

    return send


@dataclass(frozen=True)
class Installation:
    """A Song Hành of its own: a data directory and a database that really commits."""

    data: Path
    environment: dict[str, str]

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program of Python in the installation."""
        return subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )  # fmt: skip

    def songhanh(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of `songhanh`."""
        return self.python("-c", "import sys; from songhanh.web.cli import main; sys.exit(main())", *words)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """Yield a fresh installation on the kind of database the tests run on."""
    environment = {
        **os.environ,
        "SONGHANH_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "songhanh.web.settings",
    }
    address = os.environ.get("DATABASE_URL", "")
    name = f"register_{uuid4().hex[:12]}"
    if connection.vendor == "postgresql":
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        environment["DATABASE_URL"] = urlsplit(address)._replace(path=f"/{name}").geturl()
    else:
        environment.pop("DATABASE_URL", None)
    made = Installation(tmp_path, environment)
    migrated = made.python("manage.py", "migrate", "--verbosity=0", "--skip-checks")
    assert migrated.returncode == 0, migrated.stderr
    yield made
    if connection.vendor == "postgresql":
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
