"""The areas of an edition stand in the register of areas, each version once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from songhanh.plan import Edition
from songhanh.territory.models import Area, Succession
from songhanh.territory.services import Loaded, load_areas


def test_an_edition_fills_the_register_of_areas_and_a_second_time_adds_nothing(
    db: None, edition: Edition
) -> None:
    first = load_areas(edition, by="Mai")
    assert first.areas == len(edition.areas) == 66
    assert first.successions == sum(len(former.successors) for former in edition.former_areas)
    assert load_areas(edition, by="Mai") == Loaded(0, 0)
    commune = Area.objects.get(code="05977")
    assert (commune.full_name, commune.parent, commune.valid_to) == (
        edition.places["05977"].full_name,
        "20",
        None,
    )
    assert commune.in_force(date(2026, 1, 1))
    assert not commune.in_force(date(2025, 6, 30))
    assert Succession.objects.filter(into=commune).exists()


def test_an_area_that_ends_gets_its_last_day_and_a_new_version_may_follow(db: None, edition: Edition) -> None:
    load_areas(edition, by="Mai")
    old = next(area for area in edition.areas if area.code == "05977")
    ended = replace(old, valid_to=date(2028, 6, 30))
    renamed = replace(old, name="Tên Mới", valid_from=date(2028, 7, 1))
    others = tuple(area for area in edition.areas if area is not old)
    assert load_areas(replace(edition, areas=(*others, ended, renamed)), by="Mai").areas == 1
    assert [a.name for a in Area.objects.filter(code="05977").order_by("valid_from")] == [old.name, "Tên Mới"]


def test_the_database_refuses_two_lasting_versions_and_days_in_the_wrong_order(db: None) -> None:
    told = {"name": "A", "full_name": "Xã A", "type": "xã", "level": "commune", "parent": "20"}
    Area.objects.create(code="1", valid_from=date(2025, 7, 1), **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.create(code="1", valid_from=date(2027, 1, 1), **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.create(code="2", valid_from=date(2027, 1, 2), valid_to=date(2027, 1, 1), **told)
