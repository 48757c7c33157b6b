"""Every import contract holds, and each of them can fail: a contract with a slip in it guards nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Poison:
    contract: str
    module: str
    line: str


POISONS = (
    Poison("A package imports only packages further in", "core/periods.py", "import songhanh.plan"),
    Poison("A package imports only packages further in", "results/services.py", "import songhanh.reporting"),
    Poison("A package imports only packages further in", "attic/__init__.py", "import songhanh.core"),
    Poison("What figures mean is told without a framework", "core/periods.py", "import django.conf"),
    Poison("What figures mean is told without a framework", "plan/words.py", "from django.db import models"),
    Poison("What figures mean is told without a framework", "engine/__init__.py", "import docx"),
    Poison("What figures mean is told without a framework", "illustration/__init__.py", "import django"),
    Poison("The core neither reads nor writes nor looks at the clock", "core/periods.py", "import pathlib"),
    Poison("The core neither reads nor writes nor looks at the clock", "core/compute.py", "import duckdb"),
    Poison("The report is written from a release alone", "reporting/__init__.py", "import songhanh.results"),
    Poison(
        "The report is written from a release alone",
        "reporting/__init__.py",
        "from songhanh import observations",
    ),
    Poison("The report is written from a release alone", "reporting/__init__.py", "import django.db"),
    Poison(
        "The register of observations is entered by its own door",
        "web/views.py",
        "from songhanh.observations.models import Observation",
    ),
    Poison(
        "The register of observations is entered by its own door",
        "results/services.py",
        "import songhanh.observations.models",
    ),
)


def lint(directory: Path) -> str:
    """Return what the contracts say of the package in the directory."""
    told = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(directory), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout + told.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a directory with a copy of the package and its contracts."""
    leave = shutil.ignore_patterns(
        "__pycache__", "static", "static_src", "collected", "editions", "templates"
    )
    shutil.copytree(ROOT / "songhanh", tmp_path / "songhanh", ignore=leave)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_holds(copy: Path) -> None:
    told = lint(copy)
    assert "BROKEN" not in told, told
    assert " 0 broken" in told, told


@pytest.mark.parametrize("poison", POISONS, ids=lambda poison: f"{poison.module} {poison.line}")
def test_a_forbidden_import_breaks_its_contract(copy: Path, poison: Poison) -> None:
    module = copy / "songhanh" / poison.module
    module.parent.mkdir(parents=True, exist_ok=True)
    with module.open("a", encoding="utf-8") as file:
        file.write(f"\n{poison.line}\n")
    assert f"{poison.contract} BROKEN" in lint(copy)


def test_every_contract_has_a_test_that_breaks_it() -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["name"] for contract in written["tool"]["importlinter"]["contracts"]}
    assert contracts == {poison.contract for poison in POISONS}
