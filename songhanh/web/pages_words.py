"""Words of the pages: codes of the contract said in Vietnamese, and sentences that explain a judgement.

The sentences are made from the same row that holds the figures, so that word, number and reason agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

from songhanh.core import printing
from songhanh.core.indicators import Comparator
from songhanh.core.results import NEAR_BAND, Basis, Evaluation, State, Status
from songhanh.plan.edition import Unit

EVALUATIONS: Final[Mapping[str, str]] = {
    Evaluation.EXCEEDED: "Đạt và vượt",
    Evaluation.MET: "Đạt",
    Evaluation.PARTLY_MET: "Đạt một phần",
    Evaluation.NEAR: "Tiệm cận",
    Evaluation.NOT_MET: "Chưa đạt",
    Evaluation.NO_DATA: "Chưa có số liệu",
    Evaluation.NIL: "Không phát sinh",
}
UNJUDGED: Final = "KHONG_DANH_GIA"
"""The mark of a criterion for which the plan sets no threshold."""

TINTS: Final[Mapping[str, str]] = {
    Evaluation.EXCEEDED: "is-good",
    Evaluation.MET: "is-good",
    Evaluation.PARTLY_MET: "is-near",
    Evaluation.NEAR: "is-near",
    Evaluation.NOT_MET: "is-bad",
}
STATES: Final[Mapping[str, str]] = {
    State.VALUE: "Có số liệu",
    State.NIL: "Không phát sinh",
    State.MISSING: "Chưa có số liệu",
    State.NOT_APPLICABLE: "Không áp dụng",
}
STATUSES: Final[Mapping[str, str]] = {
    Status.ESTIMATE: "ước thực hiện",
    Status.PRELIMINARY: "sơ bộ",
    Status.OFFICIAL: "chính thức",
}
BASES: Final[Mapping[str, str]] = {
    Basis.COMPUTED: "tính từ số liệu của từng đơn vị",
    Basis.TOTALS: "tính từ số tổng do cơ quan cấp tỉnh cung cấp",
    Basis.PUBLISHED: "lấy theo tỷ lệ đã được công bố",
}
WARNINGS: Final[Mapping[str, str]] = {
    "W_COHORT": (
        "Tỷ lệ lớn hơn 105%: số hoàn thành nhiều hơn hẳn số vào học mấy năm trước, có thể do học sinh chuyển đến. "
        "Đề nghị kiểm tra lại tử số và mẫu số."
    ),
    "W_PUBLISHED": ("Tỷ lệ tính từ số đếm khác tỷ lệ đã công bố quá 0,1 điểm. Đề nghị đối chiếu hai nguồn."),
    "W_RANGE": "Giá trị nằm ngoài khoảng thường gặp. Đề nghị kiểm tra lại số liệu gốc.",
}


@dataclass(frozen=True, slots=True)
class Tag:
    """The label of an evaluation: which mark, which word, which tint."""

    mark: str
    word: str
    tint: str


def tag(evaluation: str, *, judged: bool = True) -> Tag:
    """Return the label of an evaluation; of a criterion without threshold when it is not `judged`."""
    if not judged or not evaluation:
        return Tag(UNJUDGED, "Không đặt ngưỡng", "is-none")
    return Tag(evaluation, EVALUATIONS[evaluation], TINTS.get(evaluation, "is-none"))


def figure(value: Fraction | None, unit: Unit, *, against: Fraction | None = None) -> str:
    """Return a value with its unit, with as many places as it takes to stand on its own side of a threshold."""
    if value is None:
        return STATES[State.MISSING]
    places = unit.decimals
    if against is not None:
        places = printing.faithful_decimals(value, against, places)
    return printing.amount(value, places, unit.words)


def bare(value: Fraction, unit: Unit, *, against: Fraction | None = None) -> str:
    """Return a value without its unit, `%` excepted."""
    places = unit.decimals if against is None else printing.faithful_decimals(value, against, unit.decimals)
    written = printing.number(value, places)
    return written + printing.PERCENT if unit.words == printing.PERCENT else written


def level(threshold: Fraction, unit: Unit) -> str:
    """Return a threshold with as many places as it has: `75%`, `1,4 lần`."""
    return printing.with_unit(printing.plain(threshold), unit.words)


LONGEST_UNIT: Final = 4
"""Units up to this long stand behind a number in a narrow column."""

_GOALS: Final[Mapping[Comparator, str]] = {
    Comparator.AT_LEAST: "từ {} trở lên",
    Comparator.MORE_THAN: "trên {}",
    Comparator.AT_MOST: "không quá {}",
    Comparator.LESS_THAN: "dưới {}",
    Comparator.MILESTONE: "đạt {}",
    Comparator.MAINTAIN: "duy trì {}",
}


def goal(comparator: Comparator, threshold: Fraction, unit: Unit, *, short: bool = False) -> str:
    """Return what the plan asks for, direction included: `từ 75% trở lên`; `short` leaves a long unit out.

    Nothing lies above a whole: 100% is `đạt 100%`.
    """
    if comparator is Comparator.AT_LEAST and unit.words == printing.PERCENT and threshold == 100:
        comparator = Comparator.MILESTONE
    words = printing.plain(threshold) if short and len(unit.words) > LONGEST_UNIT else level(threshold, unit)
    return _GOALS[comparator].format(words)


def distance(value: Fraction, threshold: Fraction, unit: Unit) -> str:
    """Return how far a value is from its threshold, without direction."""
    return printing.distance(value - threshold, unit.decimals, unit.words)


def verdict(evaluation: str, value: Fraction, comparator: Comparator, threshold: Fraction, unit: Unit) -> str:
    """Return the sentence that holds a value against its threshold and draws the official word from it."""
    shown, wanted = figure(value, unit, against=threshold), goal(comparator, threshold, unit)
    apart = distance(value, threshold, unit)
    falling = comparator in {Comparator.AT_MOST, Comparator.LESS_THAN}
    band = printing.plain((1 - NEAR_BAND) * 100)
    match evaluation:
        case Evaluation.EXCEEDED:
            side = "thấp hơn" if falling else "cao hơn"
            return f"Kế hoạch cần {wanted}; {shown} {side} mức này {apart} nên là đạt và vượt."
        case Evaluation.MET:
            return f"Kế hoạch cần {wanted}; {shown} thỏa mãn nên là đạt."
        case Evaluation.NEAR if value == threshold:
            return f"Kế hoạch cần {wanted}; {shown} mới bằng đúng mức này nên là tiệm cận."
        case Evaluation.NEAR:
            return (
                f"Kế hoạch cần {wanted}; {shown} còn cách {apart}, không quá {band}% của mức nên là tiệm cận."
            )
        case _:
            return (
                f"Kế hoạch cần {wanted}; {shown} còn cách {apart}, nhiều hơn {band}% của mức nên là chưa đạt."
            )


def listed(words: Sequence[str], most: int = 6) -> str:
    """Return words as a list inside a sentence, with the number left out when there are too many."""
    if len(words) <= most:
        return ", ".join(words)
    return f"{', '.join(words[:most])} và {len(words) - most} đơn vị khác"


def coverage(have: int, need: int, noun: str) -> str:
    """Return how many of those who owe figures have sent them: `2/3 xã, phường`."""
    return f"{printing.number(have)}/{printing.number(need)} {noun}"


def lower_first(text: str) -> str:
    """Return the text with a small first letter, unless it starts with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def moment(when: datetime) -> str:
    """Return a moment as tables show it: `09:41 ngày 15/7/2026`, in the time of the place."""
    return f"{printing.short_clock(when)} ngày {printing.short_day(when.date())}"


def grouped(things: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    """Return things by key, in order of first appearance."""
    found: dict[str, list[str]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found
