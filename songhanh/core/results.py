"""Results: the state of a value, what stands behind it, and how it is held against its threshold.

A `Tally` is what adding up yields; `settle` turns it into a row of results: one division, one rounding, one
comparison, all on exact numbers. Reference and engine add up in their own ways and settle with the same function.
Source: compute contract §§8, 10, 11.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .indicators import Comparator, Criterion, Ratio


class State(StrEnum):
    """The four states of a cell, and of a result."""

    VALUE = "GIA_TRI"
    NIL = "KHONG_PHAT_SINH"
    MISSING = "CHUA_CO_SO_LIEU"
    NOT_APPLICABLE = "KHONG_AP_DUNG"

    @property
    def answered(self) -> bool:
        """True for a number and for a declared nil, which counts as 0."""
        return self in {State.VALUE, State.NIL}


class Status(StrEnum):
    """How firm a figure is, the weakest first."""

    ESTIMATE = "UOC"
    PRELIMINARY = "SO_BO"
    OFFICIAL = "CHINH_THUC"

    @property
    def rank(self) -> int:
        """0 for the weakest."""
        return _STATUS_ORDER.index(self)

    @staticmethod
    def of_rank(rank: int) -> Status:
        """Return the status of a rank."""
        return _STATUS_ORDER[rank]


_STATUS_ORDER = (Status.ESTIMATE, Status.PRELIMINARY, Status.OFFICIAL)


def weakest(statuses: Iterable[Status]) -> Status | None:
    """Return the weakest of some statuses, None of none."""
    return min(statuses, key=lambda status: status.rank, default=None)


class Basis(StrEnum):
    """Where a value comes from."""

    COMPUTED = "TINH"
    TOTALS = "TONG"  # contract §7.4
    PUBLISHED = "CONG_BO"


class Evaluation(StrEnum):
    """The official words of judgement, as codes."""

    EXCEEDED = "DAT_VUOT"
    MET = "DAT"
    PARTLY_MET = "DAT_MOT_PHAN"  # targets only
    NEAR = "TIEM_CAN"
    NOT_MET = "CHUA_DAT"
    NO_DATA = "CHUA_CO_SO_LIEU"
    NIL = "KHONG_PHAT_SINH"


class Caution(StrEnum):
    """Marks on a value that somebody should look at again, in the order in which they are printed."""

    COHORT = "W_COHORT"
    PUBLISHED = "W_PUBLISHED"
    RANGE = "W_RANGE"


@dataclass(frozen=True, slots=True)
class Tally:
    """What adding up yielded for one criterion, area and period.

    `numerator` and `denominator` are exact; `value` stands only when it was published as it is. `warnings` holds
    what only adding up can see (W_PUBLISHED). `partial_counts` says that silent units already count as not passing,
    so that a value may be judged although `have` is below `need` (contract §10, J10).
    """

    state: State
    have: int
    need: int
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    value: Fraction | None = None
    basis: Basis = Basis.COMPUTED
    status: Status | None = None
    silent: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    warnings: tuple[Caution, ...] = ()
    partial_counts: bool = False


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row of results, every field as it is written to `results.csv`; `exact` is the value before rounding."""

    criterion: str
    target: str
    area: str
    period: str
    state: str
    value: str
    unit: str
    numerator: str
    denominator: str
    basis: str
    status: str
    have: str
    need: str
    silent: str
    missing: str
    comparator: str
    threshold: str
    evaluation: str
    warnings: str

    def cells(self) -> tuple[str, ...]:
        """Return the 19 cells in the order of the columns."""
        return tuple(getattr(self, column) for column in COLUMNS)


COLUMNS = tuple(ResultRow.__dataclass_fields__)


def holds(comparator: Comparator, value: Fraction, threshold: Fraction) -> bool:
    """Say whether an exact value satisfies the comparator."""
    match comparator:
        case Comparator.MORE_THAN:
            return value > threshold
        case Comparator.AT_MOST:
            return value <= threshold
        case Comparator.LESS_THAN:
            return value < threshold
        case Comparator.AT_LEAST | Comparator.MILESTONE | Comparator.MAINTAIN:
            return value >= threshold


NEAR_BAND = Fraction(95, 100)
"""How close counts as near (contract §10.4, J19; an internal reading, the plan names no band)."""


def judge(comparator: Comparator, value: Fraction, threshold: Fraction) -> Evaluation:
    """Return the evaluation of an exact value (contract §10.3–4)."""
    if holds(comparator, value, threshold):
        beyond = (comparator is Comparator.AT_LEAST and value > threshold) or (
            comparator is Comparator.AT_MOST and value < threshold
        )
        return Evaluation.EXCEEDED if beyond else Evaluation.MET
    if comparator in {Comparator.AT_MOST, Comparator.LESS_THAN}:
        near = NEAR_BAND * value <= threshold
    else:
        near = value >= NEAR_BAND * threshold
    return Evaluation.NEAR if near else Evaluation.NOT_MET


def evaluate(criterion: Criterion, tally: Tally, value: Fraction | None) -> Evaluation | None:
    """Return the evaluation of a province result; None for a criterion without a comparator (contract §10)."""
    if criterion.comparator is None or criterion.threshold is None:
        return None
    if tally.state is State.NIL:
        return Evaluation.NIL
    if value is None or (tally.have < tally.need and not tally.partial_counts):
        return Evaluation.NO_DATA
    return judge(criterion.comparator, value, Fraction(criterion.threshold))


def evaluate_target(evaluations: Iterable[Evaluation]) -> Evaluation:
    """Return the evaluation of a target from those of its criteria that have a comparator (contract §10, J20).

    A target none of whose criteria can be judged has no data.
    """
    parts = list(evaluations)
    if not parts or Evaluation.NO_DATA in parts:
        return Evaluation.NO_DATA
    judged = [part for part in parts if part is not Evaluation.NIL]
    if not judged:
        return Evaluation.NIL
    met = [part for part in judged if part in {Evaluation.MET, Evaluation.EXCEEDED}]
    if len(met) == len(judged):
        return Evaluation.EXCEEDED if set(met) == {Evaluation.EXCEEDED} else Evaluation.MET
    if met:
        return Evaluation.PARTLY_MET
    return Evaluation.NEAR if set(judged) == {Evaluation.NEAR} else Evaluation.NOT_MET


def counts_as_met(evaluation: Evaluation) -> bool:
    """Say whether a target counts in "x/20 chỉ tiêu đạt"."""
    return evaluation in {Evaluation.MET, Evaluation.EXCEEDED}


def settle(
    criterion: Criterion, tally: Tally, *, area: str, period: str, year_row: bool, province: bool
) -> ResultRow:
    """Return the finished row: the one division, the one rounding, the evaluation and the warnings.

    A commune row carries no comparator, threshold, evaluation, silent units, missing elements or warnings.
    """
    value = _value(criterion, tally)
    with_number = tally.state is State.VALUE
    counted = with_number and tally.basis is not Basis.PUBLISHED
    evaluation = evaluate(criterion, tally, value) if province else None
    warnings = _warnings(criterion, tally, value) if province and year_row else ()
    named = province and tally.basis is not Basis.PUBLISHED
    return ResultRow(
        criterion=criterion.code,
        target=criterion.target,
        area=area,
        period=period,
        state=tally.state.value,
        value=six_decimals(value) if value is not None else "",
        unit=criterion.unit,
        numerator=plain(tally.numerator) if counted and tally.numerator is not None else "",
        denominator=plain(tally.denominator) if counted and tally.denominator is not None else "",
        basis=tally.basis.value if with_number else "",
        status=tally.status.value if tally.status and (with_number or tally.state is State.NIL) else "",
        have=str(tally.have),
        need=str(tally.need),
        silent=";".join(sorted(tally.silent)) if named else "",
        missing=";".join(sorted(tally.missing)) if province and tally.state is State.MISSING else "",
        comparator=criterion.comparator.value if province and criterion.comparator else "",
        threshold=plain(Fraction(criterion.threshold))
        if province and criterion.threshold is not None
        else "",
        evaluation=evaluation.value if evaluation else "",
        warnings=";".join(warning.value for warning in warnings),
    )


def _value(criterion: Criterion, tally: Tally) -> Fraction | None:
    if tally.state is not State.VALUE:
        return None
    if tally.value is not None or tally.numerator is None:
        return tally.value
    if tally.denominator is None:
        return tally.numerator
    return tally.numerator / tally.denominator * criterion.definition.factor


def _warnings(criterion: Criterion, tally: Tally, value: Fraction | None) -> tuple[Caution, ...]:
    if value is None:
        return ()
    found = set(tally.warnings)
    definition = criterion.definition
    if (
        isinstance(definition, Ratio)
        and definition.cohort_limit is not None
        and value > Fraction(definition.cohort_limit)
    ):
        found.add(Caution.COHORT)
    if criterion.plausible is not None:
        low, high = criterion.plausible
        if not Fraction(low) <= value <= Fraction(high):
            found.add(Caution.RANGE)
    return tuple(warning for warning in Caution if warning in found)


def six_decimals(value: Fraction) -> str:
    """Return a non-negative value with six decimals, rounded half up on the exact number."""
    scaled = (value * 1_000_000 * 2 + 1) // 2
    whole, rest = divmod(scaled, 1_000_000)
    return f"{whole}.{rest:06d}"


def plain(value: Fraction | Decimal) -> str:
    """Return a terminating decimal without needless zeros.

    Raises: ValueError for a fraction that does not end (no quantity of ours is one).
    """
    exact = Fraction(value)
    scaled = exact * 1_000_000
    if scaled.denominator != 1:
        raise ValueError(f"{exact} has more than six decimals")
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled.numerator), 1_000_000)
    return f"{sign}{whole}" + (f".{rest:06d}".rstrip("0") if rest else "")
