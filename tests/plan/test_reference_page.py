"""The page that explains an edition to people names every file, field, column and sentence there is."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from songhanh.plan.check import SENTENCES
from songhanh.plan.loader import BUILT_IN

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "edition.md").read_text(encoding="utf-8")
CODES = {"dimensions", "fixed"}  # what stands below these are codes, not fields


def fields(node: object) -> Iterator[str]:
    """Yield the names of all fields of a YAML file, however deep."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield str(name)
            if name not in CODES:
                yield from fields(value)
    elif isinstance(node, list):
        for value in node:
            yield from fields(value)


def in_page(name: str) -> bool:
    return re.search(rf"[`{{ ,]{re.escape(name)}[`:, ]", PAGE) is not None


def test_every_field_of_the_built_in_edition_is_explained() -> None:
    unexplained = set()
    for pattern in ("plan.yaml", "agencies.yaml", "targets/*.yaml", "indicators/*.yaml", "elements/*.yaml"):
        for path in BUILT_IN.glob(pattern):
            for name in fields(yaml.safe_load(path.read_text(encoding="utf-8"))):
                if not in_page(name):
                    unexplained.add((pattern, name))
    assert unexplained == set()


def test_every_column_of_its_tables_is_explained() -> None:
    for path in BUILT_IN.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert [name for name in next(csv.reader(file)) if not in_page(name)] == []


def test_every_file_is_named() -> None:
    for path in BUILT_IN.iterdir():
        assert f"`{path.name}" in PAGE, path.name


def test_every_sentence_of_the_check_stands_on_the_page() -> None:
    assert [sentence for sentence in SENTENCES.values() if f"* {sentence}\n" not in PAGE] == []


def test_the_page_has_no_sentence_the_check_does_not_say() -> None:
    listed = PAGE.split("## 12.")[1]
    assert len(re.findall(r"^\* ", listed, re.MULTILINE)) == len(SENTENCES)
