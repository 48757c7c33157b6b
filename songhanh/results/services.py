"""Making results: computing a year from the register, keeping runs as new as the register, freezing a release."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from songhanh import __version__
from songhanh.core.results import COLUMNS, ResultRow
from songhanh.files import NotWritten, write_whole
from songhanh.observations import queries as register
from songhanh.observations.reading import Readers
from songhanh.plan import Edition

from .computing import Register, is_illustrative, read_register, years_with_figures
from .editions import keep
from .models import Progress, Release, Result, Run
from .release import Facts, canonical, content, name_of

KEPT_RUNS = 2
"""How many runs of a year stay: the latest, and the one that a page may be reading while it is made."""


def compute(
    year: int, *, edition: Edition, register_: Register | None = None, now: datetime | None = None, by: str
) -> Run:
    """Compute a year from the register as it stands, keep the results, and return their run.

    The results are those of `songhanh compute` on an export of the register.
    Raises: Refused, when figures contradict one another; nothing is kept then.
    """
    facts = register_ or read_register(edition)
    outcomes = facts.outcomes(year)
    run = Run(
        period=f"{year:04d}",
        mark=facts.mark,
        edition=edition.id,
        edition_digest=edition.digest,
        code_version=__version__,
        illustrative=is_illustrative(outcomes),
        created_at=now or timezone.now(),
        by=by,
    )
    _keep(run, [outcome.row for outcome in outcomes])
    return run


def _keep(run: Run, rows: list[ResultRow]) -> None:
    with transaction.atomic():
        run.save()
        Result.objects.bulk_create(
            [
                Result(run=run, order=order, **dict(zip(COLUMNS, row.cells(), strict=True)))
                for order, row in enumerate(rows)
            ],
            batch_size=500,
        )
        older = Run.objects.filter(period=run.period).order_by("-id").values_list("id", flat=True)[KEPT_RUNS:]
        Run.objects.filter(id__in=list(older)).delete()


def refresh(*, edition: Edition, by: str) -> tuple[int, ...]:
    """Bring the results of every year with figures up to the register and return the years computed again.

    What has come into the register since the last time is what makes results stale, so nothing has to be remembered
    between an approval and this: after a crash the next call, or the next page, finds the same.
    Raises: Refused, when figures contradict one another.
    """
    done, mark = progress(edition=edition), register.mark()
    if done is not None and done.mark == mark:
        return ()
    readers = Readers(edition.rules)
    years = years_with_figures(register.all_periods(mark=mark), readers)
    stale = _stale(years, mark, done, readers, edition)
    if stale:
        facts = read_register(edition, mark=mark)
        for year in stale:
            compute(year, edition=edition, register_=facts, by=by)
    _reached(mark, years, edition)
    return stale


def progress(*, edition: Edition) -> Progress | None:
    """Return how far results follow the register, None when edition or code have changed since."""
    return Progress.objects.filter(edition_digest=edition.digest, code_version=__version__).first()


def _stale(
    years: Collection[int], mark: int, done: Progress | None, readers: Readers, edition: Edition
) -> tuple[int, ...]:
    """Return the years to compute again.

    In years of the plan it also counts what is owed, which depends on other years; so anything new makes them stale.
    """
    if done is None:
        return tuple(years)
    since = register.periods_since(done.mark)
    touched = {year for element, period in since for year in readers.years(element, period)}
    there = {run.period for run in latest_runs(years, edition=edition)}
    plan = set(edition.term.years) if mark > done.mark else set()
    return tuple(year for year in years if f"{year:04d}" not in there or year in touched | plan)


def _reached(mark: int, years: Collection[int], edition: Edition) -> None:
    Progress.objects.update_or_create(
        pk=1,
        defaults={
            "mark": mark,
            "edition_digest": edition.digest,
            "code_version": __version__,
            "years": " ".join(str(year) for year in years),
        },
    )


def latest_runs(years: Collection[int], *, edition: Edition) -> list[Run]:
    """Return the latest run of each of some years by this edition and this version of the code."""
    runs = Run.objects.filter(
        period__in=[f"{year:04d}" for year in years],
        edition_digest=edition.digest,
        code_version=__version__,
    )
    return list({run.period: run for run in runs.order_by("id")}.values())


def fresh_run(year: int, *, edition: Edition, by: str) -> Run:
    """Return the run of a year, computed now when there is none or the register has moved on.

    Raises: Refused, when figures contradict one another.
    """
    refresh(edition=edition, by=by)
    done = progress(edition=edition)
    runs = latest_runs((year,), edition=edition)
    if done and runs and (runs[0].mark == done.mark or year in _years(done)):
        return runs[0]
    return compute(year, edition=edition, by=by)


def _years(done: Progress) -> tuple[int, ...]:
    return tuple(int(year) for year in done.years.split())


def years(*, edition: Edition) -> tuple[int, ...]:
    """Return the years that had figures when results last followed the register."""
    done = progress(edition=edition)
    return _years(done) if done else ()


def release(year: int, *, edition: Edition, by: str, now: datetime | None = None) -> Release:
    """Freeze the results of a year as one file named by its SHA-256, and return its row.

    The file holds everything a report says; it is written before the row, so a row always has its file. The edition
    is kept beside it, so that the release can be made again when the built-in edition has moved on.
    Raises: Refused, when figures contradict one another; NotWritten, when the files cannot be written;
    EditionChanged, when the edition on the disk is not the one that was read.
    """
    now = timezone.localtime(now or timezone.now()).replace(microsecond=0)
    facts = read_register(edition)
    about = Facts(year=year, created_at=now.isoformat(), created_by=by, code_version=__version__)
    data = canonical(content(about, facts))
    identity = name_of(data)
    place = Path("releases") / f"{identity}.json"
    keep(edition)
    write_frozen(settings.SONGHANH_DATA / place, data)
    with transaction.atomic(durable=True):
        before = Release.objects.filter(period=f"{year:04d}").order_by("-created_at", "-pk").first()
        row, _ = Release.objects.get_or_create(
            pk=identity,
            defaults={
                "period": f"{year:04d}",
                "mark": facts.mark,
                "edition_digest": edition.digest,
                "code_version": __version__,
                "path": place.as_posix(),
                "created_at": now,
                "by": by,
                "previous": before,
            },
        )
    return row


def write_frozen(path: Path, data: bytes) -> None:
    """Write a file that is not to be changed any more.

    Raises: NotWritten.
    """
    make_folder(path.parent)
    write_whole(path, data, mode=0o444)


def make_folder(folder: Path) -> None:
    """Make a folder of the data directory, readable for the account of the program only. Raises: NotWritten."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    except OSError as error:
        raise NotWritten(folder, error) from error
