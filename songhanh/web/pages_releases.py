"""Releases as pages: the list, one release as its file says it, and the pictures of its report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from songhanh import __version__
from songhanh.core.results import Evaluation
from songhanh.reporting import annual, preview
from songhanh.results import queries
from songhanh.results.commands import path_of
from songhanh.results.models import Release
from songhanh.web import pages_words as words

SHORTEST = 8
"""How many letters of a release's name are enough to find it."""


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release in the list; `short` are the first letters of its name."""

    id: str
    short: str
    year: str
    created: str
    by: str
    url: str
    latest: bool


@dataclass(frozen=True, slots=True)
class ReleasedTarget:
    """A target as the release judged it."""

    code: str
    title: str
    tag: words.Tag
    url: str


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """One release; everything here is read from its file."""

    line: ReleaseLine
    met: int
    of: int
    counts: tuple[tuple[words.Tag, int], ...]
    targets: tuple[ReleasedTarget, ...]
    silent: tuple[str, ...]
    illustrative: bool
    edition: str
    edition_digest: str
    code_version: str
    mark: int
    previous: ReleaseLine | None
    size: int


class DamagedRelease(Exception):
    """The file of a release is gone, or is no longer the one that was frozen."""


def release_lines() -> list[ReleaseLine]:
    """Return all releases, the newest first; the newest of each year is marked."""
    seen: set[str] = set()
    found = []
    for row in queries.releases():
        found.append(_line(row, latest=row.period not in seen))
        seen.add(row.period)
    return found


def _line(row: Release, *, latest: bool = False) -> ReleaseLine:
    return ReleaseLine(
        id=row.pk,
        short=row.pk[:SHORTEST],
        year=row.period,
        created=words.moment(timezone.localtime(row.created_at)),
        by=row.by,
        url=reverse("release", args=[row.pk[:SHORTEST]]),
        latest=latest,
    )


def find(name: str) -> Release | None:
    """Return the release of a name, or of enough of its first letters; None when there is not exactly one."""
    if len(name) < SHORTEST:
        return None
    found = queries.releases_named(name)
    return found[0] if len(found) == 1 else None


def file_of(row: Release) -> bytes:
    """Return the bytes of a release.

    Raises: DamagedRelease.
    """
    try:
        data = path_of(row.path).read_bytes()
    except OSError as error:
        raise DamagedRelease(row.pk) from error
    if hashlib.sha256(data).hexdigest() != row.pk:
        raise DamagedRelease(row.pk)
    return data


def content_of(row: Release) -> Mapping[str, Any]:
    """Return what a release says. Raises: DamagedRelease."""
    content: Mapping[str, Any] = json.loads(file_of(row))
    return content


def release_page(row: Release) -> ReleasePage:
    """Return the page of a release. Raises: DamagedRelease."""
    data = file_of(row)
    told: Mapping[str, Any] = json.loads(data)
    by_evaluation = told["summary"]["by_evaluation"]
    year = told["period"]
    return ReleasePage(
        line=_line(row),
        met=told["summary"]["met"],
        of=told["summary"]["of"],
        counts=tuple((words.tag(one), by_evaluation[one]) for one in Evaluation if by_evaluation.get(one)),
        targets=tuple(
            ReleasedTarget(
                code=one["code"],
                title=one["title"],
                tag=words.tag(one["evaluation"]),
                url=f"{reverse('target', args=[one['code']])}?nam={year}",
            )
            for one in told["targets"]
        ),
        silent=tuple(words.upper_first(one["name"]) for one in told["silent_units"]),
        illustrative=told["illustrative"],
        edition=told["edition"]["title"],
        edition_digest=told["edition"]["digest"],
        code_version=told["code"]["version"],
        mark=told["register"]["mark"],
        previous=_line(row.previous) if row.previous else None,
        size=len(data),
    )


def report_of(row: Release) -> tuple[str, bytes]:
    """Return name and bytes of the annual report of a release. Raises: DamagedRelease."""
    told = content_of(row)
    return f"{annual.file_name(told).removesuffix('.docx')}.docx", annual.build(told)


def report_pages(row: Release) -> tuple[list[Path], str]:
    """Return pictures of the pages of the report, drawn once and kept; or none, and the sentence why.

    Raises: DamagedRelease.
    """
    folder = preview_folder(row)
    kept = sorted(folder.glob("trang-*.png"))
    if kept:
        return kept, ""
    drawn = preview.pages(report_of(row)[1], folder)
    return list(drawn), drawn.absence or ""


def preview_folder(row: Release) -> Path:
    """Return where pictures of a report lie; another version of the program draws its own."""
    return Path(settings.SONGHANH_DATA) / "previews" / f"{row.pk}-{__version__}"
