"""Every word the edition quotes stands in the plan, where the edition says it stands."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

import pytest

from songhanh.plan import Edition, load
from songhanh.plan.words import PlanText

PLAN_AS_SIGNED = "0290d67f14dee89a69c58f6fcb61eee2705326396fd0bd475863ae322ea7e95c"


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load()


def flat(words: str) -> str:
    """Compare as the house compares: NFC, without `**`, white space collapsed. Written apart from the loader's."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", words).replace("**", "")).strip()


def quotes(edition: Edition) -> Iterator[tuple[str, str, str | None]]:
    """Yield every quote of the edition: who quotes, the words, the clause they are said to stand in."""
    for objective in edition.objectives:
        yield objective.code, objective.quote, objective.clause
    for target in edition.targets:
        yield target.code, target.quote, target.clause
        if target.due.quote:
            yield f"{target.code} due", target.due.quote, target.clause
        for assignment in (*target.coordinators, *target.suppliers, *([target.lead] if target.lead else [])):
            if assignment.quote:
                yield f"{target.code} {assignment.agency}", assignment.quote, assignment.clause
        for code in target.criteria:
            yield code, edition.wording[code].quote, target.clause
            if words := edition.wording[code].comparator_words:
                yield f"{code} comparator", words, target.clause
    yield from quotes_of_notes(edition)
    yield "title", edition.title, None


def quotes_of_notes(edition: Edition) -> Iterator[tuple[str, str, str | None]]:
    """Yield the words that readings interpret and those that look like slips of the pen."""
    for reading in edition.readings.values():
        if reading.quote:
            yield reading.code, reading.quote, reading.clause
    for slip in edition.slips:
        yield f"slip {slip.quote}", slip.quote, slip.clause


def test_the_text_is_the_plan_word_for_word(edition: Edition) -> None:
    digest = hashlib.sha256(edition.text.encode("utf-8")).hexdigest()
    assert digest == PLAN_AS_SIGNED
    for misprint in ("phần đầu đến năm 2030", "có ít nhất có 04 tin, bài", "smartpone"):
        assert misprint in edition.text


def test_every_quote_stands_in_the_plan(edition: Edition) -> None:
    text = flat(edition.text)
    missing = [(who, words) for who, words, _ in quotes(edition) if flat(words) not in text]
    assert missing == []


def test_every_quote_stands_in_the_clause_it_names(edition: Edition) -> None:
    clauses = PlanText(edition.text).clauses
    elsewhere = [
        (who, clause)
        for who, words, clause in quotes(edition)
        if clause and flat(words) not in clauses[clause]
    ]
    assert elsewhere == []


def test_no_quote_leaves_words_out(edition: Edition) -> None:
    assert [who for who, words, _ in quotes(edition) if "…" in words or "..." in words] == []


def test_there_are_quotes_to_find(edition: Edition) -> None:
    found = list(quotes(edition))
    assert len(found) > 6 + 20 + 28 + 18  # objectives, targets, criteria, leads


def test_the_wording_of_a_target_is_its_whole_line_in_the_plan(edition: Edition) -> None:
    lines = {flat(line.removeprefix("- ")) for line in edition.text.splitlines()}
    assert [target.code for target in edition.targets if flat(target.quote) not in lines] == []


def test_words_carrying_the_comparator_are_part_of_the_quote(edition: Edition) -> None:
    for criterion in edition.criteria:
        words = edition.wording[criterion.code]
        if criterion.comparator is None:
            assert words.comparator_words is None
        else:
            assert words.comparator_words
            assert words.comparator_words in words.quote


@pytest.mark.parametrize(
    ("clause", "first", "last"),
    [
        ("II", "II. MỤC TIÊU", "tương tác với người dân."),
        ("II.2.1, chỉ tiêu", "Chỉ tiêu: phấn đấu", "lãnh đạo chủ chốt là nữ."),
        ("II.2.3, chỉ tiêu 2", "- Chỉ tiêu 2: đến năm 2030 đạt 90%", "được tư vấn, tham vấn."),
        ("VI.10", "10. Thống kê tỉnh", "của Mục tiêu 5 tại Kế hoạch."),
        ("VI.15", "15. UBND các xã, phường", "để xem xét, chỉ đạo./."),
    ],
)
def test_a_clause_begins_and_ends_where_the_plan_does(
    edition: Edition, clause: str, first: str, last: str
) -> None:
    words = PlanText(edition.text).clauses[clause]
    assert words.startswith(first)
    assert words.endswith(last)
