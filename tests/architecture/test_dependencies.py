"""Dependencies are few, each with its reason, and locked by hash without a word on where they came from."""

from __future__ import annotations

import json
import re

import pytest

from tests.architecture.tree import ROOT, files, texts

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock")
LISTS = ("requirements.in", "requirements-dev.in", "requirements-node.in")

# Written apart, so that this file does not name them either.
PACKAGE_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"),
        ("debian", "org"), ("ubuntu", "com"), ("nodesource", "com"), ("unpkg", "com"), ("jsdelivr", "net"),
        ("cdnjs", "cloudflare"), ("googleapis", "com"),
    )
)  # fmt: skip

# Where the authors work is nobody's business: the repository stands alone.
WORKPLACE = ("../" + "shared", "/" + "work/", "/" + "tmp/brief", "find" + "-links", "extra-" + "index")


def locked(lock: str) -> dict[str, list[str]]:
    """Return the hashes of each `name==version` of a lock."""
    entries: dict[str, list[str]] = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8").strip()):
        first, *rest = entry.replace("\\\n", "\n").splitlines()
        entries[first.split(";")[0].strip()] = [line.strip() for line in rest]
    return entries


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_its_hashes(lock: str) -> None:
    entries = locked(lock)
    assert entries
    for package, hashes in entries.items():
        assert re.fullmatch(r"[a-z0-9.-]+(\[[a-z,-]+\])?==[0-9][0-9a-z.+!]*", package), package
        assert hashes, f"{lock}: {package} has no hash"
        for line in hashes:
            assert re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line), f"{lock}: {package}: {line}"


def test_the_developer_runs_the_same_versions_as_the_user() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("list_", LISTS)
def test_every_dependency_says_why_it_is_there(list_: str) -> None:
    lines = (ROOT / list_).read_text(encoding="utf-8").splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        if line and not line.startswith("#"):
            assert re.match(r"# [A-ZĐ].{20,}\.$", before), f"{list_}: {line} lacks a reason above it"


@pytest.mark.parametrize("list_", LISTS)
def test_every_dependency_that_is_listed_is_locked(list_: str) -> None:
    asked = re.findall(r"^([a-z][a-z0-9-]+)", (ROOT / list_).read_text(encoding="utf-8"), flags=re.MULTILINE)
    have = {package.split("==")[0].split("[")[0] for package in locked(list_.replace(".in", ".lock"))}
    assert set(asked) <= have


def test_front_end_packages_are_locked_by_hash_and_name_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    for name, package in lock["packages"].items():
        if name:
            assert package["integrity"].startswith("sha512-"), name
            assert "resolved" not in package, name


def test_every_front_end_package_says_why_it_is_there() -> None:
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    reasons = (ROOT / "docs/adr/2026-11-23-front-end-packages.md").read_text(encoding="utf-8")
    for name in {**asked["dependencies"], **asked["devDependencies"]}:
        assert f"`{name}`" in reasons, f"docs/adr/…front-end-packages.md does not say why {name} is there"


@pytest.mark.parametrize("word", PACKAGE_HOSTS)
def test_no_file_names_a_host_of_packages(word: str) -> None:
    assert [path for path, text in texts() if word in text] == []


@pytest.mark.parametrize("word", WORKPLACE)
def test_no_file_tells_where_it_was_written(word: str) -> None:
    assert [path for path, text in texts() if word in text] == []


def test_nothing_of_others_is_committed() -> None:
    suffixes = {".woff", ".woff2", ".ttf", ".otf", ".whl", ".min.js", ".min.css"}
    assert [path.name for path in files() if any(path.name.endswith(suffix) for suffix in suffixes)] == []
