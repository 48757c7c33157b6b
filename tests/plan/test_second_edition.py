"""Another province, other objectives, codes and thresholds: nothing but data changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from songhanh.core.areas import NoMap
from songhanh.core.indicators import Agencies, Comparator, EveryQuarter, Pooled, Ratio
from songhanh.plan import Edition, load
from songhanh.plan.check import check, main

FOLDER = Path(__file__).parent / "second_edition"


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load(FOLDER)


def test_it_is_found_to_be_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(FOLDER) == []
    assert main([str(FOLDER)]) == 0
    assert "2 mục tiêu, 3 chỉ tiêu, 5 tiêu chí" in capsys.readouterr().out


def test_it_says_what_its_own_plan_says(edition: Edition) -> None:
    assert (edition.number, edition.day) == ("07/KH", date(2027, 1, 5))
    assert [target.code for target in edition.targets] == ["A.1", "A.2", "B.1"]
    judged = [(c.code, c.comparator, c.threshold) for c in edition.criteria]
    assert judged == [
        ("A.1", Comparator.MORE_THAN, Decimal(55)),
        ("A.2a", Comparator.AT_MOST, Decimal("12.5")),
        ("A.2b", Comparator.AT_LEAST, Decimal(95)),
        ("B.1a", Comparator.MAINTAIN, Decimal(100)),
        ("B.1b", None, None),
    ]
    kinds = [type(criterion.definition) for criterion in edition.criteria]
    assert kinds == [Agencies, Pooled, Ratio, EveryQuarter, Pooled]
    assert edition.readings["H1"].confirmed_by == "Phòng Tổng hợp"


def test_its_map_changes_when_a_commune_ends(edition: Edition) -> None:
    assert [c.code for c in edition.area_map(2027).communes] == ["M01", "M02", "M03"]
    assert [c.code for c in edition.area_map(2028).communes] == ["M01", "M03"]
    assert edition.area_map(2020) == edition.area_map(2027)


def test_a_plan_whose_map_holds_no_province_has_no_map(edition: Edition) -> None:
    with pytest.raises(NoMap):
        Edition.area_map(edition_without_areas(edition), 2027)


def edition_without_areas(edition: Edition) -> Edition:
    from dataclasses import replace

    return replace(edition, areas=())


def test_the_digest_follows_every_byte(edition: Edition, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(FOLDER, copy)
    assert load(copy).digest == edition.digest
    with (copy / "plan.yaml").open("a", encoding="utf-8") as file:
        file.write("# thêm một dòng\n")
    assert load(copy).digest != edition.digest


def test_a_hidden_file_is_left_alone(tmp_path: Path, edition: Edition) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(FOLDER, copy)
    (copy / ".DS_Store").write_bytes(b"\x00")
    assert load(copy).digest == edition.digest
