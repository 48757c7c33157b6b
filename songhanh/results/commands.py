"""What `songhanh release create` and `songhanh recompute` do, without the command line around them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from django.conf import settings

from songhanh.plan import Edition

from .computing import read_register
from .editions import kept
from .queries import releases_named
from .release import Facts, canonical, content, name_of


class NoRelease(Exception):
    """No release, or more than one, has an id that begins so; `count` says which."""

    def __init__(self, prefix: str, count: int) -> None:
        super().__init__(f"{count} releases begin with {prefix}")
        self.prefix = prefix
        self.count = count


class Difference(Enum):
    """Why a release could not be made again to the last byte."""

    FILE_GONE = "file_gone"
    FILE_CHANGED = "file_changed"
    OTHER_EDITION = "other_edition"
    OTHER_CONTENT = "other_content"


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What making a release again showed: `difference` is None when the bytes are the same.

    `where`, `stands` and `comes` name the first place that differs, what the release says and what comes now.
    """

    identity: str
    path: Path
    difference: Difference | None = None
    where: str = ""
    stands: str = ""
    comes: str = ""


def path_of(relative: str) -> Path:
    """Return where the file of a release lies."""
    return Path(settings.SONGHANH_DATA) / relative


def recompute(prefix: str, *, edition: Edition) -> Recomputed:
    """Make a release again from the register as of its mark and compare it with its file, byte for byte.

    Who made it, when, and with which version of the code are taken from the release; everything else is worked out,
    on the edition of that time: `edition` when it still is the same, else the one kept with the release.
    Raises: NoRelease; Refused, when the edition no longer accepts the figures; BrokenEdition, when this version of
    the program no longer understands the edition of that time.
    """
    found = releases_named(prefix)
    if len(found) != 1:
        raise NoRelease(prefix, len(found))
    row = found[0]
    path = path_of(row.path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Recomputed(row.pk, path, Difference.FILE_GONE)
    if name_of(data) != row.pk:
        return Recomputed(row.pk, path, Difference.FILE_CHANGED)
    told = json.loads(data)
    digest = told["edition"]["digest"]
    then = edition if edition.digest == digest else kept(digest)
    if then is None:
        return Recomputed(row.pk, path, Difference.OTHER_EDITION, "edition.digest", digest, edition.digest)
    about = Facts(int(told["period"]), told["created_at"], told["created_by"], told["code"]["version"])
    again = content(about, read_register(then, mark=told["register"]["mark"]))
    if canonical(again) == data:
        return Recomputed(row.pk, path)
    where, stands, comes = first_difference(told, json.loads(canonical(again)))
    return Recomputed(row.pk, path, Difference.OTHER_CONTENT, where, stands, comes)


def first_difference(one: Any, other: Any, path: str = "") -> tuple[str, str, str]:  # noqa: ANN401  any JSON
    """Return where two JSON values first differ and what stands there, in the order of canonical writing."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in sorted({*one, *other}):
            if one.get(key) != other.get(key) or (key in one) != (key in other):
                return first_difference(one.get(key), other.get(key), f"{path}.{key}" if path else key)
    if _is_list(one) and _is_list(other):
        for place, (left, right) in enumerate(zip(one, other, strict=False)):
            if left != right:
                return first_difference(left, right, f"{path}[{place}]")
        if len(one) != len(other):
            return path, f"{len(one)}", f"{len(other)}"
    return path, _short(one), _short(other)


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:119]}…"
