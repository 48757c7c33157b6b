"""The sentences of a report: what a figure is, how it moved, how it stands, and what is missing.

Every function returns Vietnamese that stands in a signed document. Figures are printed by `core.printing` from exact
values; nothing is computed here but differences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from songhanh.core import printing
from songhanh.core.results import Evaluation, State, Status
from songhanh.reporting.reading import Criterion, Data, Element, Row, mapping, opt_text

EVALUATIONS: Final[Mapping[Evaluation, str]] = {
    Evaluation.EXCEEDED: "đạt và vượt",
    Evaluation.MET: "đạt",
    Evaluation.PARTLY_MET: "đạt một phần",
    Evaluation.NEAR: "tiệm cận",
    Evaluation.NOT_MET: "chưa đạt",
    Evaluation.NO_DATA: "chưa có số liệu",
    Evaluation.NIL: "không phát sinh",
}
"""The official words, in the order in which a report lists them."""

STATUSES: Final[Mapping[Status, str]] = {
    Status.ESTIMATE: "ước thực hiện",
    Status.PRELIMINARY: "sơ bộ",
    Status.OFFICIAL: "chính thức",
}

WARNINGS: Final[Mapping[str, str]] = {
    "W_COHORT": "vượt 105% số em vào đầu khóa",
    "W_PUBLISHED": "lệch trên 0,1 điểm % so với tỷ lệ đã công bố",
    "W_RANGE": "ngoài khoảng thường gặp",
}

_FALLING: Final = frozenset({"at_most", "less_than"})
_STRICT: Final = frozenset({"more_than", "less_than"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """How an edition's report words one criterion (its `reports/` data)."""

    subject: str
    verb: str
    parts: str | None
    units: str
    nothing: str
    goal: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """One criterion in one report: its figures of the year and of the year before, and how it is worded.

    `goal_name` names the mark ("mục tiêu đến năm 2030"); `elsewhere` says where long lists stand; `most_named` is how
    many silent units a sentence names itself.
    """

    year: int
    criterion: Criterion
    phrase: Phrase
    now: Row
    before: Row | None
    quarters: Sequence[Row]
    missing: Sequence[Element]
    goal_name: str
    elsewhere: str
    most_named: int


def phrase_of(report: Data, criterion: Criterion) -> Phrase:
    """Return the wording of a criterion; what the report's data do not say is taken from the criterion itself."""
    found = mapping(report, "criteria").get(criterion.code) if "criteria" in report else None
    data: Data = found if isinstance(found, Mapping) else {}
    return Phrase(
        subject=opt_text(data, "subject") or lower_first(criterion.name),
        verb=opt_text(data, "verb") or "là",
        parts=opt_text(data, "parts"),
        units=opt_text(data, "units") or "đơn vị",
        nothing=opt_text(data, "nothing") or lower_first(criterion.denominator_words or criterion.name),
        goal=opt_text(data, "goal"),
    )


def lower_first(words: str) -> str:
    """Return the words with a small first letter, unless they begin with an abbreviation."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def upper_first(words: str) -> str:
    """Return the words with a capital first letter."""
    return words[:1].upper() + words[1:]


def joined(words: Sequence[str]) -> str:
    """Return `a, b và c`."""
    return " và ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def decimals_of(criterion: Criterion, value: Fraction) -> int:
    """Return the places to print: those of the criterion, more when fewer would contradict the verdict."""
    if criterion.threshold is None or criterion.comparator is None:
        return criterion.decimals
    return printing.faithful_decimals(value, criterion.threshold, criterion.decimals)


def amount(criterion: Criterion, value: Fraction) -> str:
    """Return a value of the criterion with its unit."""
    return printing.amount(value, decimals_of(criterion, value), criterion.unit)


def goal(criterion: Criterion, phrase: Phrase | None = None) -> str:
    """Return the mark of the plan: `75%`, `trên 60%`, `giảm còn 1,4 lần`, `duy trì 100%`; empty without one."""
    if criterion.threshold is None or criterion.comparator is None:
        return ""
    mark = printing.with_unit(printing.plain(criterion.threshold), criterion.unit)
    if phrase and phrase.goal:
        return phrase.goal.replace("{threshold}", mark)
    if criterion.comparator == "milestone" and criterion.unit != printing.PERCENT:
        return f"ít nhất {printing.with_unit(_count(criterion.threshold), criterion.unit)}"
    before = {"more_than": "trên ", "less_than": "dưới ", "at_most": "không quá ", "maintain": "duy trì "}
    return before.get(criterion.comparator, "") + mark


def about(case: Case) -> str:
    """Return everything there is to say about one criterion, one to four sentences."""
    if case.now.state is State.NIL:
        return _nothing(case)
    if case.now.value is None:
        return _unknown(case)
    if case.now.evaluation is Evaluation.NO_DATA:
        return _partial(case, case.now.value)
    if case.criterion.comparator is None:
        return _counted(case, case.now.value)
    return _judged(case, case.now.value)


def _judged(case: Case, value: Fraction) -> str:
    stated, moved, stands = _statement(case, value), _movement(case, value), standing(case, value)
    compared = f", {moved}; {stands}" if moved else f", {stands}{_last_year(case)}"
    return " ".join((f"Năm {case.year}, {stated}{compared}.", *_asides(case), _verdict(case.now)))


def _counted(case: Case, value: Fraction) -> str:
    moved = _movement(case, value)
    compared = f", {moved}" if moved else _last_year(case)
    first = f"Năm {case.year}, {_statement(case, value)}{compared}."
    partial = [] if case.now.whole else [f"{upper_first(_coverage(case))}."]
    return " ".join((first, *partial, "Kế hoạch không đặt mức cụ thể cho nội dung này nên không đánh giá."))


def _partial(case: Case, value: Fraction) -> str:
    scope = f"tính trên {case.now.have}/{case.now.need} {case.phrase.units} đã báo cáo"
    first = f"Năm {case.year}, {scope}, {_statement(case, value)}{_last_year(case)}."
    why = f"{upper_first(_coverage(case))} nên chưa đánh giá so với {case.goal_name} ({_goal(case)})."
    return " ".join((first, why, _verdict(case.now)))


def _unknown(case: Case) -> str:
    reasons = [_missing(case)] if case.missing else []
    if case.now.need > 1 and case.now.have < case.now.need:
        reasons.append(_coverage(case))
    why = f": {'; '.join(reasons)}" if reasons else ""
    first = f"Năm {case.year}, chưa có đủ số liệu để tính {case.phrase.subject}{why}{_last_year(case)}."
    return f"{first} {_verdict(case.now)}"


def _nothing(case: Case) -> str:
    first = f"Năm {case.year} không phát sinh {case.phrase.nothing} nên không tính kết quả"
    return f"{first}{_last_year(case)}. {_verdict(case.now)}"


def _verdict(row: Row) -> str:
    return f"Đánh giá: {EVALUATIONS[row.evaluation]}." if row.evaluation else ""


def _statement(case: Case, value: Fraction) -> str:
    verb = f"ước {case.phrase.verb}" if case.now.status is Status.ESTIMATE else case.phrase.verb
    return f"{case.phrase.subject} {verb} {amount(case.criterion, value)}{_made_of(case)}"


def _made_of(case: Case) -> str:
    """Return what the value is made of, in brackets: counts, firmness, source."""
    inside = [_parts(case)] if case.phrase.parts and case.now.numerator is not None else []
    if case.now.status is Status.PRELIMINARY:
        inside.append("số liệu sơ bộ")
    if case.now.published:
        inside.append("theo số liệu công bố")
    return f" ({'; '.join(inside)})" if inside else ""


def _parts(case: Case) -> str:
    words = case.phrase.parts or ""
    for name, figure in (("numerator", case.now.numerator), ("denominator", case.now.denominator)):
        if figure is not None:
            words = words.replace(f"{{{name}}}", _count(figure))
            words = words.replace(f"{{{name}_plain}}", printing.plain(figure))
    return words


def _count(figure: Fraction) -> str:
    return printing.padded(int(figure)) if figure.denominator == 1 else printing.plain(figure)


def _movement(case: Case, value: Fraction) -> str | None:
    """Return how the value moved since the year before; None when the two years cannot be set side by side."""
    last = case.before
    if last is None or last.value is None or not (last.whole and case.now.whole):
        return None
    moved = printing.change(value, last.value, case.criterion.decimals, case.criterion.unit)
    sources = (
        "; hai năm khác nguồn số liệu nên chỉ để tham khảo" if last.published != case.now.published else ""
    )
    return f"{moved} so với năm {case.year - 1} ({_last_amount(case, last)}{sources})"


def _last_year(case: Case) -> str:
    """Return last year's value without a comparison, or that there is none; begins with a semicolon."""
    last, year = case.before, case.year - 1
    if last is not None and last.value is not None:
        scope = "" if last.whole else f", tính trên {last.have}/{last.need} {case.phrase.units} đã báo cáo"
        return f"; năm {year} là {_last_amount(case, last)}{scope}"
    if last is not None and last.state is State.NIL:
        return f"; năm {year} không phát sinh"
    return f"; năm {year} chưa có số liệu"


def _last_amount(case: Case, last: Row) -> str:
    firmness = {Status.ESTIMATE: "ước ", Status.PRELIMINARY: "sơ bộ "}
    before = firmness.get(last.status, "") if last.status else ""
    return before + amount(case.criterion, last.value) if last.value is not None else ""


def standing(case: Case, value: Fraction) -> str:
    """Return how a judged value stands against the mark of the plan."""
    mark = case.criterion.threshold or Fraction(0)
    against = f"{case.goal_name} ({_goal(case)})"
    if value == mark:
        return _on_the_mark(case, against)
    gap = printing.distance(value - mark, case.criterion.decimals, case.criterion.unit)
    short = (value > mark) == (case.criterion.comparator in _FALLING)
    return f"{'còn ' if short else ''}{'cao' if value > mark else 'thấp'} hơn {gap} so với {against}"


def _on_the_mark(case: Case, against: str) -> str:
    criterion = case.criterion
    if criterion.comparator not in _STRICT:
        return f"bằng {against}"
    mark = printing.with_unit(printing.plain(criterion.threshold or Fraction(0)), criterion.unit)
    lacking = "chưa thấp hơn" if criterion.comparator in _FALLING else "chưa vượt"
    return f"mới bằng {mark}, {lacking} mức này như {against} yêu cầu"


def _goal(case: Case) -> str:
    return goal(case.criterion, case.phrase)


def _asides(case: Case) -> list[str]:
    """Return the sentences between value and verdict: quarters, silent units counted as failing, baseline."""
    found = [_quarters(case)] if case.quarters else []
    lacking = case.now.need - case.now.have
    if lacking > 0:
        who = f"{printing.padded(lacking)} {case.phrase.units}{_named(case)}"
        found.append(f"Trong đó {who} chưa báo cáo đủ nên được tính là chưa đạt.")
    if case.now.warnings:
        found.append(f"Số liệu {review(case.now)}.")
    if case.criterion.baseline is not None:
        found.append(f"Mức nền nêu trong Kế hoạch là {_baseline(case.criterion, case.criterion.baseline)}.")
    return found


def review(row: Row) -> str:
    """Return why a value should be looked at again: `ngoài khoảng thường gặp, cần rà soát`."""
    return ", ".join((*(WARNINGS[code] for code in row.warnings if code in WARNINGS), "cần rà soát"))


def _baseline(criterion: Criterion, value: Fraction) -> str:
    return printing.with_unit(printing.plain(value), criterion.unit)


def _quarters(case: Case) -> str:
    said = []
    for row in case.quarters:
        name = printing.period(row.period).partition("/")[0]
        if row.value is None or row.numerator is None or row.denominator is None:
            said.append(f"{name} chưa có số liệu")
        else:
            of = f"{printing.plain(row.numerator)}/{printing.plain(row.denominator)} {case.phrase.units}"
            said.append(f"{name} {amount(case.criterion, row.value)} ({of})")
    return f"Theo từng quý: {', '.join(said)}."


def _coverage(case: Case) -> str:
    return (
        f"mới có {case.now.have}/{case.now.need} {case.phrase.units} báo cáo{_named(case, 'chưa báo cáo: ')}"
    )


def _named(case: Case, before: str = "") -> str:
    """Return the names of the silent units in brackets, or where they are listed when they are many."""
    names = case.now.silent
    if not names:
        return ""
    if len(names) > case.most_named:
        return f" (danh sách tại {case.elsewhere})"
    return f" ({before}{', '.join(names)})"


def _missing(case: Case) -> str:
    """Return which figures are missing and who should supply them, or where they are listed when they are many."""
    if len(case.missing) > case.most_named:
        return f"còn thiếu {printing.padded(len(case.missing))} số liệu nêu tại {case.elsewhere}"
    by = ((lower_first(e.name), f", do {e.suppliers} cung cấp" if e.suppliers else "") for e in case.missing)
    return f"còn thiếu số liệu về {'; '.join(name + supplied for name, supplied in by)}"


def target_verdict(evaluation: Evaluation, rows: Sequence[Row]) -> str:
    """Return the closing sentence of a target that has several criteria."""
    judged = [row for row in rows if row.evaluation]
    met = [row for row in judged if row.evaluation in {Evaluation.MET, Evaluation.EXCEEDED}]
    unknown = [row for row in judged if row.evaluation is Evaluation.NO_DATA]
    words = f"Đánh giá chung chỉ tiêu: {EVALUATIONS[evaluation]}"
    if evaluation is Evaluation.PARTLY_MET:
        words += f" ({len(met)}/{len(judged)} nội dung đạt)"
    if evaluation is Evaluation.NO_DATA and len(judged) > 1 and unknown:
        words += f" ({len(unknown)}/{len(judged)} nội dung chưa đủ số liệu để đánh giá)"
    return f"{words}."
