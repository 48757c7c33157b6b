"""What every test may lean on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from tools.postgres import throwaway

# The same examples on every machine and every day: a test that fails tells of a change, not of chance.
hypothesis_settings.register_profile("house", derandomize=True, deadline=None, print_blob=False)
hypothesis_settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that touches the database, so that `-m django_db` finds all of them."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & {"db", "transactional_db", "live_server"} and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(transaction="db" not in fixtures))


@pytest.fixture(autouse=True)
def data_directory(tmp_path: Path, settings: Settings) -> Path:
    """Return a data directory of this test's own; no test writes into the real one."""
    directory = tmp_path / "var"
    settings.SONGHANH_DATA = directory
    return directory


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Yield the address of a PostgreSQL for tests that talk to one beside Django's database."""
    given = os.environ.get("SONGHANH_TEST_POSTGRES") or os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    with throwaway() as address:
        yield address
