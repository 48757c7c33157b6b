"""A release stands for good, and can be made again to the last byte."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from songhanh.observations import queries as register
from songhanh.plan import Edition
from songhanh.results import queries, services
from songhanh.results.commands import Difference, NoRelease, first_difference, path_of, recompute
from songhanh.results.editions import EditionChanged, folder_of
from songhanh.results.models import Release
from songhanh.results.release import canonical

from .conftest import Send
from .files import PROV, WHOLE_PLAN_OF_LABOUR, A, C, figures

NOW = datetime(2026, 12, 20, 3, 4, 5, 678, tzinfo=UTC)


@pytest.fixture
def filled(send: Send, edition: Edition) -> None:
    send(figures(f"K01 {PROV} . 2025 . 100\nK02 {PROV} . 2025 . 55 SO_BO"))
    send(WHOLE_PLAN_OF_LABOUR, source="Thống kê tỉnh")
    communes = [commune.code for commune in edition.area_map(2026).communes if commune.code != C]
    send(figures("\n".join(f"T01 {code} . 2026 . 5\nR06 {code} . 2026 . 6" for code in communes)))


def make(edition: Edition, at: datetime = NOW) -> tuple[Release, bytes]:
    row = services.release(2026, edition=edition, by="Mai", now=at)
    return row, path_of(row.path).read_bytes()


def test_a_release_is_named_by_its_bytes_and_cannot_be_written_to(filled: None, edition: Edition) -> None:
    row, data = make(edition)
    path = path_of(row.path)
    assert path.name == f"{hashlib.sha256(data).hexdigest()}.json" == f"{row.pk}.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert canonical(json.loads(data)) == data
    assert data.endswith(b"}\n")


def test_a_release_says_who_when_from_what_and_how_much_of_it(filled: None, edition: Edition) -> None:
    told = json.loads(make(edition)[1])
    assert (told["format"], told["contract"], told["scope"]) == ("songhanh-release-1", "compute-1", "noi_bo")
    assert (told["period"], told["created_by"]) == ("2026", "Mai")
    assert told["created_at"] == "2026-12-20T10:04:05+07:00"
    assert told["edition"]["digest"] == edition.digest
    assert told["register"] == {"mark": register.mark(), "observations": 2 + 5 + 128}
    assert told["illustrative"] is False
    assert (len(told["targets"]), len(told["criteria"]), len(told["areas"])) == (20, 28, 65)
    assert len(told["results"]) == 617


def test_a_release_holds_values_verdicts_gaps_and_names(filled: None, edition: Edition) -> None:
    told = json.loads(make(edition)[1])
    wages = next(r for r in told["results"] if r["criterion"] == "MT2.CT1")
    assert (wages["value"], wages["numerator"], wages["denominator"], wages["evaluation"]) == (
        "61.000000", "610", "1000", "DAT",
    )  # fmt: skip
    assert told["summary"]["met"] == 1
    assert told["summary"]["of"] == 20
    assert sum(told["summary"]["by_evaluation"].values()) == 20
    silent = next(unit for unit in told["silent_units"] if unit["code"] == C)
    assert silent["name"] == edition.places[C].full_name
    assert "MT6.CT1" in silent["criteria"]
    assert {
        "code": "K10",
        "name": edition.catalogue["K10"].name,
        "suppliers": edition.catalogue["K10"].supplier_words,
    } in (told["missing_elements"])
    verdicts = {target["code"]: target["evaluation"] for target in told["targets"]}
    assert (verdicts["MT2.CT1"], verdicts["MT3.CT1"], verdicts["MT6.CT1"]) == (
        "DAT",
        "CHUA_DAT",
        "CHUA_CO_SO_LIEU",
    )


def test_a_release_knows_the_years_before(filled: None, edition: Edition) -> None:
    told = json.loads(make(edition)[1])
    before = next(row for row in told["previous"] if row["criterion"] == "MT2.CT1")
    assert (before["period"], before["value"], before["status"]) == ("2025", "55.000000", "SO_BO")
    assert [(p["year"], p["value"]) for p in told["series"]["MT2.CT1"]] == [
        ("2025", "55.000000"),
        ("2026", "61.000000"),
    ]


def test_every_number_leads_to_the_units_that_reported_it(filled: None, edition: Edition) -> None:
    lineage = json.loads(make(edition)[1])["lineage"]
    assert [(row["element"], row["value"], row["source"]) for row in lineage["MT2.CT1"]] == [
        ("K01", "1000", "Thống kê tỉnh"), ("K02", "610", "Thống kê tỉnh"),
    ]  # fmt: skip
    assert len(lineage["MT6.CT1"]) == 128
    assert {row["area"] for row in lineage["MT6.CT1"]} == {
        c.code for c in edition.area_map(2026).communes
    } - {C}
    assert lineage["MT2.CT3"] == []


def test_no_figure_is_a_number_of_json(filled: None, edition: Edition) -> None:
    counted = {"mark", "observations", "first", "last", "met", "of", "due", "decimals", "id"}

    def walk(value: object, key: str = "") -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(inner, name)
        elif isinstance(value, list):
            for inner in value:
                walk(inner, key)
        else:
            assert not isinstance(value, float), key
            assert not isinstance(value, int) or isinstance(value, bool) or key in counted, key

    told = json.loads(make(edition)[1])
    del told["report"], told["summary"]["by_evaluation"]
    walk(told)


def test_a_release_is_made_again_to_the_last_byte(filled: None, edition: Edition) -> None:
    row, _ = make(edition)
    found = recompute(row.pk[:10], edition=edition)
    assert (found.identity, found.difference) == (row.pk, None)


def test_it_still_is_after_corrections_and_new_figures(filled: None, send: Send, edition: Edition) -> None:
    row, data = make(edition)
    send(
        figures(
            f"K02 {PROV} . 2026 . 600\nT01 {C} . 2026 . 1\nK01 {PROV} . 2027 . 9\nL01 {PROV} SNV 2026-12-31 . 1"
        )
    )
    send(figures(f"K01 {PROV} . 2024 . 900"), source="SỐ LIỆU MINH HỌA")
    assert recompute(row.pk, edition=edition).difference is None
    later, other = make(edition)
    assert later.previous == row
    assert json.loads(other)["series"]["MT2.CT1"][0]["year"] == "2024"
    assert path_of(row.path).read_bytes() == data


def test_a_release_of_invented_figures_says_so(send: Send, edition: Edition) -> None:
    send(WHOLE_PLAN_OF_LABOUR, source="SỐ LIỆU MINH HỌA – bịa")
    assert json.loads(make(edition)[1])["illustrative"] is True


def test_a_file_that_was_changed_afterwards_is_found_out(filled: None, edition: Edition) -> None:
    row, data = make(edition)
    path = path_of(row.path)
    path.chmod(0o644)
    path.write_bytes(data.replace(b"61.000000", b"71.000000"))
    assert recompute(row.pk, edition=edition).difference is Difference.FILE_CHANGED
    path.unlink()
    assert recompute(row.pk, edition=edition).difference is Difference.FILE_GONE


def test_a_release_is_made_again_on_the_edition_it_was_made_with(filled: None, edition: Edition) -> None:
    row, _ = make(edition)
    a_later_one = replace(edition, digest="sha256:khac", criteria=(), targets=())
    assert recompute(row.pk, edition=a_later_one).difference is None


@pytest.mark.parametrize("loss", ["a changed file", "a lost folder"])
def test_without_the_edition_of_its_time_a_release_is_not_compared(
    filled: None, edition: Edition, loss: str
) -> None:
    row, _ = make(edition)
    kept = folder_of(edition.digest)
    if loss == "a lost folder":
        shutil.rmtree(kept)
    else:
        (kept / "text.md").write_text("lời khác", encoding="utf-8")
    found = recompute(row.pk, edition=replace(edition, digest="sha256:khac"))
    assert (found.difference, found.stands, found.comes) == (
        Difference.OTHER_EDITION,
        edition.digest,
        "sha256:khac",
    )


def test_an_edition_that_changed_on_the_disk_is_not_kept_under_its_old_name(
    filled: None, edition: Edition, tmp_path: Path
) -> None:
    copy = tmp_path / "ban-sao"
    shutil.copytree(edition.folder, copy)
    (copy / "text.md").write_text("lời khác", encoding="utf-8")
    with pytest.raises(EditionChanged, match="đã thay đổi sau khi chương trình đọc"):
        make(replace(edition, folder=copy))
    assert not folder_of(edition.digest).exists()
    assert not Release.objects.exists()


def test_what_comes_out_different_is_named_at_its_first_place(
    filled: None, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, _ = make(edition)
    monkeypatch.setattr("songhanh.results.release.CONTRACT", "compute-2")
    found = recompute(row.pk, edition=edition)
    assert (found.difference, found.where) == (Difference.OTHER_CONTENT, "contract")
    assert (found.stands, found.comes) == ('"compute-1"', '"compute-2"')


def test_the_first_difference_is_found_in_lists_and_where_one_side_has_nothing() -> None:
    assert first_difference({"a": [1, {"b": "x"}]}, {"a": [1, {"b": "y"}]}) == ("a[1].b", '"x"', '"y"')
    assert first_difference({"a": [1]}, {"a": [1, 2]}) == ("a", "1", "2")
    assert first_difference({"a": None}, {}) == ("a", "null", "null")


def test_a_name_must_point_at_one_release(filled: None, edition: Edition) -> None:
    make(edition)
    make(edition, NOW.replace(hour=4))
    for prefix, count in (("", 2), ("xyz", 0)):
        with pytest.raises(NoRelease) as caught:
            recompute(prefix, edition=edition)
        assert caught.value.count == count
    assert [row.period for row in queries.releases(2026)] == ["2026", "2026"]
    assert queries.releases(2025) == []


def test_without_room_no_release_is_made(
    filled: None, edition: Edition, monkeypatch: pytest.MonkeyPatch, data_directory: Path
) -> None:
    from songhanh.files import NotWritten

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NotWritten, match="ổ đĩa đã đầy"):
        make(edition)
    assert not Release.objects.exists()
    assert list((data_directory / "releases").iterdir()) == []


def test_a_year_without_any_figure_can_be_released_and_says_so(db: None, edition: Edition) -> None:
    row, data = make(edition)
    told = json.loads(data)
    assert told["summary"] == {"met": 0, "of": 20, "by_evaluation": {"CHUA_CO_SO_LIEU": 20}}
    assert told["previous"] == []
    assert recompute(row.pk, edition=edition).difference is None
    assert A in {unit["code"] for unit in told["silent_units"]}
