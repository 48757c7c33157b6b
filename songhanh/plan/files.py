"""The files of an edition: which belong, what they hold, and the digest over all their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from songhanh.plan.problems import Problems

_SINGLE = ("text.md", "plan.yaml", "agencies.yaml", "areas.csv", "former_areas.csv", "tilegrid.csv")
_OPTIONAL = ("README.md", "illustration.yaml")
_FOLDERS = ("targets", "indicators", "elements", "reports")


def digest(files: Mapping[str, bytes]) -> str:
    """Return `sha256:…` over names and bytes of all files, in the order of their names."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{name}\0{len(files[name])}\0".encode())
        total.update(files[name])
    return f"sha256:{total.hexdigest()}"


def read_files(folder: Path, problems: Problems) -> dict[str, bytes]:
    """Return the bytes of all files by relative name; files that do not belong there are problems."""
    if not folder.is_dir():
        problems.add(str(folder), "", "folder_missing")
        return {}
    if not (folder / "plan.yaml").is_file():
        problems.add(str(folder), "", "not_an_edition")
        return {}
    files = {name: _read(name, path, problems) for name, path in _files(folder, problems)}
    for name in _SINGLE:
        if name not in files:
            problems.add(name, "", "file_missing")
    for name in _FOLDERS:
        if not any(file.startswith(f"{name}/") for file in files):
            problems.add(f"{name}/", "", "file_missing")
    return files


def _files(folder: Path, problems: Problems) -> list[tuple[str, Path]]:
    """Return the files that belong to an edition, by name; hidden ones are left alone, strangers are problems."""
    inside = [path for path in folder.iterdir() if not path.name.startswith(".")]
    for name in _FOLDERS:
        if (folder / name).is_dir():
            inside.remove(folder / name)
            inside += [path for path in (folder / name).iterdir() if not path.name.startswith(".")]
    found = sorted((path.relative_to(folder).as_posix(), path) for path in inside)
    known = ", ".join((*_SINGLE, *(f"{name}/*.yaml" for name in _FOLDERS)))
    for name, _ in found:
        if not _belongs(name):
            problems.add(name, "", "file_unknown", known=known)
    return [(name, path) for name, path in found if _belongs(name)]


def _read(name: str, path: Path, problems: Problems) -> bytes:
    try:
        data = path.read_bytes()
    except OSError:
        problems.add(name, "", "file_unreadable")
        return b""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.add(name, "", "not_utf8", line=data[: error.start].count(b"\n") + 1)
    return data


def _belongs(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return name in _SINGLE or name in _OPTIONAL or (folder in _FOLDERS and file.endswith(".yaml"))
