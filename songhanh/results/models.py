"""Runs and their results, which can be made again at any time, and releases, which stand for good."""

from __future__ import annotations

from django.db import models

from songhanh.core.results import COLUMNS


class Progress(models.Model):
    """How far results follow the register: one row, written when every year has been brought up to `mark`.

    The register's own ids are the dirty mark of an approval: while the register is ahead of `mark`, or edition or
    code are others, results have to be looked at again. `first` and `last` are the years that have figures.
    """

    mark = models.BigIntegerField()
    edition_digest = models.CharField(max_length=80)
    code_version = models.CharField(max_length=40)
    years = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "progress"

    def __str__(self) -> str:
        return f"{self.mark} {self.edition_digest[:16]} {self.code_version}"


class Run(models.Model):
    """Results of one year, computed from the register up to `mark` with one edition and one version of the code."""

    period = models.CharField(max_length=4)
    mark = models.BigIntegerField()
    edition = models.CharField(max_length=80)
    edition_digest = models.CharField(max_length=80)
    code_version = models.CharField(max_length=40)
    illustrative = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = (models.Index(fields=("period", "id"), name="run_by_period"),)

    def __str__(self) -> str:
        return f"{self.period} @ {self.mark}"


class Result(models.Model):
    """One row of contract §11, every field as it is written in the file; `order` is its place there."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="results")
    order = models.PositiveIntegerField()
    criterion = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    area = models.CharField(max_length=20)
    period = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    value = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=20)
    numerator = models.CharField(max_length=40, blank=True)
    denominator = models.CharField(max_length=40, blank=True)
    basis = models.CharField(max_length=10, blank=True)
    status = models.CharField(max_length=12, blank=True)
    have = models.CharField(max_length=20)
    need = models.CharField(max_length=20)
    silent = models.TextField(blank=True)
    missing = models.TextField(blank=True)
    comparator = models.CharField(max_length=12, blank=True)
    threshold = models.CharField(max_length=40, blank=True)
    evaluation = models.CharField(max_length=20, blank=True)
    warnings = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("run", "order"), name="result_place_once"),)

    def __str__(self) -> str:
        return f"{self.criterion} {self.area} {self.period}"

    def cells(self) -> tuple[str, ...]:
        """Return the 19 cells in the order of the columns of `results.csv`."""
        return tuple(getattr(self, column) for column in COLUMNS)


class Release(models.Model):
    """A frozen file of one year: `id` is the SHA-256 of its bytes, `path` its place below the data directory."""

    id = models.CharField(max_length=64, primary_key=True)
    period = models.CharField(max_length=4)
    mark = models.BigIntegerField()
    edition_digest = models.CharField(max_length=80)
    code_version = models.CharField(max_length=40)
    path = models.CharField(max_length=255)
    created_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="later"
    )

    class Meta:
        indexes = (models.Index(fields=("period", "created_at"), name="release_by_period"),)

    def __str__(self) -> str:
        return f"{self.period} {self.id[:12]}"
