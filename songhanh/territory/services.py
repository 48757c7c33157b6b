"""Filling the register of areas from an edition."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from songhanh.plan import Edition

from .models import Area, Succession


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many area versions and successions were added; the others stood there already."""

    areas: int
    successions: int


def load_areas(edition: Edition, *, by: str) -> Loaded:  # noqa: ARG001  the audit row of a later issue names them
    """Bring the areas and successions of an edition into the register of areas.

    Running it again adds nothing. A version that stands there keeps its code and first day; name, type and last day
    follow the edition.
    """
    with transaction.atomic(durable=True):
        return Loaded(_load_versions(edition), _load_successions(edition))


def _load_versions(edition: Edition) -> int:
    added = 0
    for area in edition.areas:
        place = edition.places.get(area.code)
        _, created = Area.objects.update_or_create(
            code=area.code,
            valid_from=area.valid_from,
            defaults={
                "name": area.name,
                "full_name": place.full_name if place else area.name,
                "type": place.type if place else "",
                "level": area.level,
                "parent": area.parent,
                "valid_to": area.valid_to,
            },
        )
        added += created
    return added


def _load_successions(edition: Edition) -> int:
    present = {area.code: area for area in Area.objects.filter(valid_to=None)}
    wanted = {
        (former.code, present[successor.code].pk, former.valid_to): Succession(
            former_code=former.code,
            former_name=former.name,
            former_district=former.district,
            into=present[successor.code],
            whole=successor.part == "whole",
            last_day=former.valid_to,
        )
        for former in edition.former_areas
        for successor in former.successors
        if successor.code in present
    }
    there = set(Succession.objects.values_list("former_code", "into", "last_day"))
    added = [row for key, row in wanted.items() if key not in there]
    Succession.objects.bulk_create(added)
    return len(added)
