"""Areas with the days on which they exist, and how one became another."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q


class Area(models.Model):
    """One version of a province or commune: a code, its name and its place during a run of days.

    A code that is renamed or moved gets another version; `valid_to` is the last day, empty while it lasts.
    """

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    full_name = models.CharField(max_length=120)
    type = models.CharField(max_length=20)
    level = models.CharField(max_length=10)
    parent = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("code", "valid_from", name="area_version_once"),
            models.UniqueConstraint("code", condition=Q(valid_to=None), name="area_lasts_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="area_days_in_order"
            ),
            models.CheckConstraint(condition=Q(level__in=("province", "commune")), name="area_level_known"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.full_name}"

    def in_force(self, day: date) -> bool:
        """Say whether the area exists on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Succession(models.Model):
    """A former unit that went into a present one, wholly or in part; `last_day` is the last it existed."""

    former_code = models.CharField(max_length=20)
    former_name = models.CharField(max_length=100)
    former_district = models.CharField(max_length=100, blank=True)
    into = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="predecessors")
    whole = models.BooleanField(default=True)
    last_day = models.DateField()
    legal_basis = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint("former_code", "into", "last_day", name="succession_once"),)

    def __str__(self) -> str:
        return f"{self.former_name} → {self.into}"
