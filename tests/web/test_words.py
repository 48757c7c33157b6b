"""The sentences of a judgement agree with the judgement."""

from __future__ import annotations

from fractions import Fraction

import pytest

from songhanh.core.indicators import Comparator
from songhanh.core.results import Evaluation, judge
from songhanh.plan.edition import Unit
from songhanh.web import pages_words as words

PERCENT = Unit("PT", "%", 100, 2, "điểm %")
TIMES = Unit("RATIO", "lần", 1, 2, "lần")
BOYS = Unit("B_PER_100G", "bé trai/100 bé gái", 100, 2, "bé trai/100 bé gái")


def said(comparator: str, value: str, threshold: str, unit: Unit = PERCENT) -> str:
    exact, level, kind = Fraction(value), Fraction(threshold), Comparator(comparator)
    return words.verdict(judge(kind, exact, level), exact, kind, level, unit)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (said("at_least", "80", "75"),
         "Kế hoạch cần từ 75% trở lên; 80,00% cao hơn mức này 5,00 điểm % nên là đạt và vượt."),
        (said("at_least", "75", "75"), "Kế hoạch cần từ 75% trở lên; 75,00% thỏa mãn nên là đạt."),
        (said("more_than", "60", "60"), "Kế hoạch cần trên 60%; 60,00% mới bằng đúng mức này nên là tiệm cận."),
        (said("at_least", "74", "75"),
         "Kế hoạch cần từ 75% trở lên; 74,00% còn cách 1,00 điểm %, không quá 5% của mức nên là tiệm cận."),
        (said("at_least", "50", "75"),
         "Kế hoạch cần từ 75% trở lên; 50,00% còn cách 25,00 điểm %, nhiều hơn 5% của mức nên là chưa đạt."),
        (said("at_most", "1.2", "1.4", TIMES),
         "Kế hoạch cần không quá 1,4 lần; 1,20 lần thấp hơn mức này 0,20 lần nên là đạt và vượt."),
        (said("maintain", "100", "100"), "Kế hoạch cần duy trì 100%; 100,00% thỏa mãn nên là đạt."),
        (said("at_least", "100", "100"), "Kế hoạch cần đạt 100%; 100,00% thỏa mãn nên là đạt."),
    ],
)  # fmt: skip
def test_the_sentence_names_goal_value_distance_and_word(sentence: str, expected: str) -> None:
    assert sentence == expected


def test_a_value_just_below_the_threshold_is_not_rounded_up_to_it() -> None:
    assert "74,996%" in said("at_least", "74.996", "75")


def test_a_long_unit_is_left_out_where_there_is_no_room() -> None:
    assert words.goal(Comparator.AT_MOST, Fraction(109), BOYS) == "không quá 109 bé trai/100 bé gái"
    assert words.goal(Comparator.AT_MOST, Fraction(109), BOYS, short=True) == "không quá 109"


def test_every_evaluation_has_a_word_and_a_mark_of_its_own() -> None:
    tags = [words.tag(one) for one in Evaluation]
    assert len({tag.word for tag in tags}) == len({tag.mark for tag in tags}) == len(Evaluation)


def test_missing_is_said_and_never_a_zero() -> None:
    assert words.figure(None, PERCENT) == "Chưa có số liệu"


def test_a_long_list_of_units_tells_how_many_it_leaves_out() -> None:
    assert words.listed(["A", "B", "C"], most=2) == "A, B và 1 đơn vị khác"
    assert words.listed(["A", "B"], most=2) == "A, B"
