"""Official words of judgement, at and around each boundary (contract §10)."""

from fractions import Fraction

import pytest

from songhanh.core.indicators import Comparator
from songhanh.core.results import Evaluation, evaluate_target, judge, plain, six_decimals

# comparator, threshold, value → word
TABLE = """
at_least   75    75          DAT
at_least   75    75.000001   DAT_VUOT
at_least   75    74.999999   TIEM_CAN
at_least   75    71.25       TIEM_CAN
at_least   75    71.249999   CHUA_DAT
more_than  60    60          TIEM_CAN
more_than  60    60.000001   DAT
more_than  60    95          DAT
more_than  60    57          TIEM_CAN
more_than  60    56.999999   CHUA_DAT
at_most    109   109         DAT
at_most    109   108.999999  DAT_VUOT
at_most    109   109.000001  TIEM_CAN
at_most    95    100         TIEM_CAN
at_most    95    100.000001  CHUA_DAT
less_than  25    25          TIEM_CAN
less_than  25    24.999999   DAT
less_than  25    5           DAT
less_than  19    20          TIEM_CAN
less_than  19    20.000001   CHUA_DAT
milestone  1     1           DAT
milestone  1     3           DAT
milestone  1     0           CHUA_DAT
milestone  100   95          TIEM_CAN
maintain   100   100         DAT
maintain   100   99.999999   TIEM_CAN
maintain   100   94.999999   CHUA_DAT
"""


@pytest.mark.parametrize("line", TABLE.split("\n")[1:-1])
def test_each_side_of_each_boundary_has_its_word(line: str) -> None:
    comparator, threshold, value, word = line.split()
    assert judge(Comparator(comparator), Fraction(value), Fraction(threshold)) is Evaluation(word)


def test_a_third_is_judged_on_the_exact_number_and_not_on_its_decimals() -> None:
    two_thirds_of_hundred = Fraction(200, 3)
    assert six_decimals(two_thirds_of_hundred) == "66.666667"
    assert judge(Comparator.AT_LEAST, two_thirds_of_hundred, Fraction("66.666667")) is Evaluation.NEAR


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ("DAT", "DAT"),
        ("DAT_VUOT", "DAT_VUOT"),
        ("DAT_VUOT DAT_VUOT", "DAT_VUOT"),
        ("DAT_VUOT DAT", "DAT"),
        ("DAT CHUA_DAT", "DAT_MOT_PHAN"),
        ("DAT_VUOT TIEM_CAN TIEM_CAN", "DAT_MOT_PHAN"),
        ("TIEM_CAN TIEM_CAN", "TIEM_CAN"),
        ("TIEM_CAN CHUA_DAT", "CHUA_DAT"),
        ("CHUA_DAT", "CHUA_DAT"),
        ("DAT CHUA_CO_SO_LIEU", "CHUA_CO_SO_LIEU"),
        ("KHONG_PHAT_SINH CHUA_CO_SO_LIEU", "CHUA_CO_SO_LIEU"),
        ("KHONG_PHAT_SINH", "KHONG_PHAT_SINH"),
        ("KHONG_PHAT_SINH DAT", "DAT"),
        ("KHONG_PHAT_SINH KHONG_PHAT_SINH", "KHONG_PHAT_SINH"),
        ("KHONG_PHAT_SINH CHUA_DAT DAT", "DAT_MOT_PHAN"),
    ],
)
def test_a_target_holds_only_when_all_its_criteria_hold(parts: str, whole: str) -> None:
    assert evaluate_target(Evaluation(part) for part in parts.split()) is Evaluation(whole)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("5/6*100", "83.333333"),
        ("1000/11", "90.909091"),
        ("1/2000000", "0.000001"),  # half of the last place goes up
        ("1/2000001", "0.000000"),
        ("3/2000000", "0.000002"),
        ("100", "100.000000"),
        ("0", "0.000000"),
        ("123456789012345", "123456789012345.000000"),
    ],
)
def test_a_value_is_rounded_once_and_half_up(value: str, printed: str) -> None:
    factor = 1
    if value.endswith("*100"):
        value, factor = value.removesuffix("*100"), 100
    assert six_decimals(Fraction(value) * factor) == printed


@pytest.mark.parametrize(
    ("value", "printed"), [("15.5", "15.5"), ("100", "100"), ("0.000001", "0.000001"), ("0", "0")]
)
def test_an_exact_number_has_no_needless_zeros(value: str, printed: str) -> None:
    assert plain(Fraction(value)) == printed


def test_a_number_that_does_not_end_is_never_printed_as_exact() -> None:
    with pytest.raises(ValueError, match="more than six decimals"):
        plain(Fraction(1, 3))
