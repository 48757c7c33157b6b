"""The tables of the register. Rows are added and never changed; triggers refuse the rest (see `triggers`)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from songhanh.core.elements import TOTAL
from songhanh.core.observations import MILLION
from songhanh.core.results import State, Status

KEY = ("element", "area", "org", "period", "sex", "age", "ethnicity", "kind")
"""The fields that say which figure a row is about (contract §3.2)."""


class Batch(models.Model):
    """What came in together: one file, or one approved submission."""

    source = models.TextField()
    file_name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField()
    illustrative = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"{self.pk} {self.source}"


class Observation(models.Model):
    """A figure somebody stated, or a gap somebody told, about a place for a period.

    `id` only grows, in the order of commits: the greatest one seen is a mark, and rows up to a mark are the register
    as it stood then. A corrected figure is a new row that names the one it `replaces`; the row that nothing replaces
    is the current one, and the constraints leave exactly one of those per key. `whole` and `micro` are the number
    before the point and the millionths after it, both empty when there is no number.
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="observations")
    element = models.CharField(max_length=20)
    area = models.CharField(max_length=20)
    org = models.CharField(max_length=20, blank=True)
    period = models.CharField(max_length=20)
    sex = models.CharField(max_length=20, default=TOTAL)
    age = models.CharField(max_length=20, default=TOTAL)
    ethnicity = models.CharField(max_length=20, default=TOTAL)
    kind = models.CharField(max_length=20, default=TOTAL)
    state = models.CharField(max_length=20)
    whole = models.BigIntegerField(null=True, blank=True)
    micro = models.IntegerField(null=True, blank=True)
    status = models.CharField(max_length=12)
    source = models.TextField(blank=True)
    reporter = models.TextField(blank=True)
    submission = models.TextField(blank=True)
    approved_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by", db_index=False
    )

    class Meta:
        indexes = (models.Index(fields=("period", "element", "area"), name="observation_by_period"),)
        constraints = (
            models.UniqueConstraint(
                fields=KEY, condition=Q(replaces=None), name="observation_one_first_row_per_key"
            ),
            models.UniqueConstraint(
                fields=("replaces",),
                condition=Q(replaces__isnull=False),
                name="observation_replaced_once",
            ),
            models.CheckConstraint(
                condition=Q(state=State.VALUE.value, whole__isnull=False, micro__isnull=False)
                | Q(
                    state__in=(State.NIL.value, State.MISSING.value, State.NOT_APPLICABLE.value),
                    whole=None,
                    micro=None,
                ),
                name="observation_number_where_state_says_so",
            ),
            models.CheckConstraint(
                condition=Q(whole=None) | Q(whole__gte=0, whole__lt=10**15, micro__gte=0, micro__lt=MILLION),
                name="observation_number_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(status__in=tuple(status.value for status in Status)),
                name="observation_status_known",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="observation_version_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.element} {self.area} {self.period}"
