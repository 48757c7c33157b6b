"""The file of parameters: what is wrong with it is said by field, in Vietnamese."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from songhanh.illustration import BadParameters, NoIllustration, generate, years_of
from songhanh.illustration.parameters import read_parameters
from songhanh.plan import Edition

SMALL = """
mark: SỐ LIỆU MINH HỌA
seed: nho
prefix: thu
years: {first: 2024, last: 2025}
status: {2024: CHINH_THUC}
endings:
  late: {file: _muon, words: nộp chậm}
  corrected: {file: _sua, words: đính chính}
suppliers:
  XA: {source: biểu của xã}
  TKT: {reporter: TKT, source: thống kê}
groups: {}
figures:
  R06: {by: TKT, series: {2024: 1000, 2025: 1010}, leading: {sex: {F: 1, M: 1}}}
  T01: {by: XA, of: [R06], rate: {2024: 50, 2025: 60}, leading: {sex: {F: 1, M: 1}}}
silences: []
corrections: []
"""


def with_parameters(edition: Edition, folder: Path, text: str) -> Edition:
    (folder / "illustration.yaml").write_text(text, encoding="utf-8")
    return replace(edition, folder=folder)


def test_another_edition_brings_its_own_figures(edition: Edition, tmp_path: Path) -> None:
    files = generate(with_parameters(edition, tmp_path, SMALL), [2025])
    assert list(files) == ["thu_2025_TKT.csv", "thu_2025_XA.csv"]
    rows = list(csv.DictReader(io.StringIO(files["thu_2025_TKT.csv"].decode())))
    totals = [int(row["value"]) for row in rows if row["sex"] == "_T"]
    assert sum(totals) == 1010
    reached = list(csv.DictReader(io.StringIO(files["thu_2025_XA.csv"].decode())))
    assert sum(int(row["value"] or 0) for row in reached if row["sex"] == "_T") == 606


def test_the_years_are_those_of_the_file(edition: Edition, tmp_path: Path) -> None:
    assert years_of(with_parameters(edition, tmp_path, SMALL)) == range(2024, 2026)


def test_an_edition_without_parameters_has_no_illustration(edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(NoIllustration) as missing:
        generate(replace(edition, folder=tmp_path), [2025])
    assert missing.value.folder == tmp_path


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("first: 2024", "first: hai", "years.first"),
        ("by: TKT", "bi: TKT", "figures.R06"),
        ("by: TKT, series", "by: TKT, color: đỏ, series", "figures.R06"),
        ("{sex: {F: 1, M: 1}}}\n  T01", "{mau: {F: 1}}}\n  T01", "figures.R06.leading.mau"),
        ("2025: 60", "2025: 60%", "figures.T01.rate.2025"),
        ("2025: 1010", "2025: 10.5", "figures.R06.series.2025"),
        ("{2024: 1000,", "{nam: 1000,", "figures.R06.series.nam"),
        ("prefix: thu", "prefix: ../thu", "prefix"),
        ("groups: {}", "", "illustration.yaml"),
        (
            "silences: []",
            "silences: [{years: [2025], elements: [T01], units: [XA], gap: mất}]",
            "silences[0].gap",
        ),
    ],
)
def test_a_mistake_is_named_by_its_field(old: str, new: str, place: str) -> None:
    assert old in SMALL
    with pytest.raises(BadParameters) as refused:
        read_parameters(SMALL.replace(old, new, 1))
    assert refused.value.place == place


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("  T01:", "  T99:", "figures.T99"),
        ("of: [R06]", "of: [R07]", "figures.R07"),
        ("by: XA", "by: XB", "suppliers"),
        ("groups: {}", 'groups: {pho: ["00000"]}', "groups.pho"),
        (
            "silences: []",
            "silences: [{years: [2025], elements: [T01], units: [A], gap: late}]",
            "silences[0]",
        ),
        (
            "silences: []",
            "silences: [{years: [2025], elements: [T5], units: [XA], gap: late}]",
            "silences[0]",
        ),
    ],
)
def test_a_name_that_nobody_knows_is_refused(
    old: str, new: str, place: str, edition: Edition, tmp_path: Path
) -> None:
    assert old in SMALL
    broken = with_parameters(edition, tmp_path, SMALL.replace(old, new, 1))
    with pytest.raises(BadParameters) as refused:
        generate(broken, [2025])
    assert refused.value.place == place


def test_a_year_beyond_the_file_is_refused(edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(BadParameters, match="2031"):
        generate(with_parameters(edition, tmp_path, SMALL), [2031])


def test_a_text_that_is_not_yaml_is_refused() -> None:
    with pytest.raises(BadParameters, match="YAML"):
        read_parameters("a: [")
