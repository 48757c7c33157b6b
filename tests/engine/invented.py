"""An invented plan with an indicator of every kind, small enough that random figures meet all its rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from songhanh.core.areas import AreaMap
from songhanh.core.elements import DIMENSIONS, TOTAL, AreaClass, ElementSpec, Partition, ReadAt
from songhanh.core.indicators import (
    Agencies,
    AgencyGroup,
    Comparator,
    Criterion,
    Deduplicated,
    Definition,
    EveryMonthByKind,
    EveryQuarter,
    Full,
    Pooled,
    Ratio,
    Term,
)
from songhanh.core.observations import Observation, Quantity
from songhanh.core.periods import months, periods_read, quarters
from songhanh.core.results import State, Status
from songhanh.core.rulebook import Rulebook
from tests.core.book import AREAS, FLAG, RATE, RULES, SEX, element

YEAR = 2026
PROVINCE = AREAS.province.code
KINDS = Partition("kind", ("K1", "K2"))
X, XO, P, O = AreaClass.X, AreaClass.XO, AreaClass.P, AreaClass.O  # noqa: E741

ELEMENTS = (
    element("PA", P, ReadAt.A, nil=True, partitions=(SEX, KINDS), kinds=("K1", "K2")),
    element("PB", P, ReadAt.A, nil=True, partitions=(SEX,)),
    element("PS", P, ReadAt.S),
    element("PR", P, ReadAt.Y, RATE),
    element("PT", P, ReadAt.Y, kinds=("N", "D"), total_kind=False, nil=True),
    element("PX", P, ReadAt.Y, nil=True),
    element("XA", X, ReadAt.A, nil=True, partitions=(KINDS,), kinds=("K1", "K2")),
    element("XB", X, ReadAt.Y, nil=True, partitions=(SEX, KINDS), kinds=("K1", "K2")),
    element("XC", X, ReadAt.Y, nil=True),
    element("OA", XO, ReadAt.Y, nil=True, partitions=(SEX,)),
    element("OB", XO, ReadAt.Y, nil=True, partitions=(SEX,)),
    element("OC", XO, ReadAt.A, nil=True),
    element("XQ", X, ReadAt.Q, nil=True, partitions=(KINDS,), kinds=("K1", "K2")),
    element("PM", P, ReadAt.M, kinds=None, total_kind=False, nil=True, not_applicable=True),
    element("RM", P, ReadAt.I),
    element("FO", O, ReadAt.I, FLAG),
    element("FP", P, ReadAt.I, FLAG),
    element("FX", X, ReadAt.I, FLAG, not_applicable=False),
    element("RO", P, ReadAt.I),
    element("RP", P, ReadAt.I),
    element("RX", P, ReadAt.I),
    ElementSpec("N1", "ngoài chỉ tiêu", "lượt"),
)


def _terms(codes: str, **fixed: str) -> tuple[Term, ...]:
    return tuple(Term(code, 0, tuple(fixed.items())) for code in codes.split())


DEFINITIONS: dict[str, Definition] = {
    "R1": Ratio(
        _terms("PB"),
        _terms("PA"),
        share=True,
        published="PR",
        bounds=(("PB", "PA"),),
        cohort_limit=Decimal(105),
    ),
    "R2": Ratio(_terms("PS", sex="M"), (Term("PS", -1, (("sex", "M"),)),)),
    "R3": Ratio(_terms("PX"), (), factor=1),
    "P1": Pooled(_terms("XB"), _terms("XA"), share=True, bounds=(("XC", "XA"),)),
    "P2": Pooled(_terms("OA OB"), _terms("OC XB"), published="PR"),
    "P3": Pooled(_terms("OC"), (), factor=1),
    "F1": Full(_terms("PX"), _terms("XA XB"), 1000),
    "D1": Deduplicated(_terms("OB"), _terms("OA OC"), "PT", "N", "D"),
    "D2": Deduplicated(_terms("OC"), _terms("OA"), "PT", "D", "N", "PX"),
    "A1": Agencies(
        (
            AgencyGroup("FO", "RO", "org"),
            AgencyGroup("FP", "RP", "province"),
            AgencyGroup("FX", "RX", "commune"),
        )
    ),
    "Q1": EveryQuarter("XQ", 2),
    "M1": EveryMonthByKind("PM", "RM", 1),
}
WITH_COMMUNE_ROWS = {"P1", "P2", "D1", "D2", "Q1"}

CRITERIA = tuple(
    Criterion(
        code,
        code,
        "PT",
        Comparator.AT_LEAST,
        Decimal(60),
        (Decimal(20), Decimal(90)),
        definition,
        code in WITH_COMMUNE_ROWS,
    )
    for code, definition in DEFINITIONS.items()
)
RULEBOOK: Rulebook = replace(RULES, elements={spec.code: spec for spec in ELEMENTS}, criteria=CRITERIA)
COMMUNES: AreaMap = AREAS


def _places(spec: ElementSpec) -> list[tuple[str, str]]:
    owner = spec.rule.area_class if spec.rule else AreaClass.P
    communes = [(area.code, "") for area in COMMUNES.communes]
    return [(PROVINCE, ""), *communes] + [(PROVINCE, org) for org in ("SNV", "CAT") if owner.by_org]


def _periods(spec: ElementSpec) -> list[str]:
    if spec.rule is None:
        return [f"{YEAR}"]
    years = (YEAR, YEAR - 1) if spec.rule.at is ReadAt.S else (YEAR,)
    return sorted({period for year in years for period in periods_read(spec.rule.at, year)} | {f"{YEAR}"})


def _codes(spec: ElementSpec) -> list[dict[str, str]]:
    rule = spec.rule
    if rule is None:
        return [{}]
    if not rule.total_kind:
        return [{"kind": kind} for kind in rule.kinds or ("S1", "S2")]
    parts = [{part.dimension: code} for part in rule.partitions for code in part.codes]
    return [{}, {}, {"sex": "M"}, {"sex": "F", "ethnicity": "DTTS"}, *parts]


ANSWERS = st.sampled_from([State.VALUE] * 6 + [State.NIL, State.NIL, State.MISSING, State.NOT_APPLICABLE])
NUMBERS = st.sampled_from([0, 0, 1, 1, 2, 2, 3, 4, 10, 10**15 - 1])
STATUSES = st.sampled_from([Status.OFFICIAL, Status.OFFICIAL, Status.PRELIMINARY, Status.ESTIMATE])


@st.composite
def rows_of(draw: st.DrawFn, spec: ElementSpec) -> list[Observation]:
    """Rows of one element, each key once."""
    keys = st.tuples(
        st.sampled_from(_places(spec)), st.sampled_from(_periods(spec)), st.sampled_from(_codes(spec))
    )
    chosen = draw(st.lists(keys, max_size=8))
    found: dict[tuple[str, ...], Observation] = {}
    for place, period, codes in chosen:
        row = _row(draw, spec, place, period, codes)
        found[row.key] = row
    return list(found.values())


def _row(
    draw: st.DrawFn, spec: ElementSpec, place: tuple[str, str], period: str, codes: dict[str, str]
) -> Observation:
    area, org = place
    state = draw(ANSWERS)
    value = Quantity(draw(NUMBERS)) if state is State.VALUE else None
    if value and spec.code == "PR":
        value = Quantity(value.whole, draw(st.sampled_from([0, 500_000, 1])))
    row = Observation(
        spec.code, area, period, state, value, org, status=draw(STATUSES), line=draw(st.integers(1, 99))
    )
    return with_codes(row, codes)


def with_codes(row: Observation, codes: dict[str, str]) -> Observation:
    """Return a row broken down by some dimensions, in total in the others."""
    sex, age, ethnicity, kind = (codes.get(name, TOTAL) for name in DIMENSIONS)
    return replace(row, sex=sex, age=age, ethnicity=ethnicity, kind=kind)


def observations_of(*codes: str) -> st.SearchStrategy[list[Observation]]:
    """Rows of some elements."""
    chosen = [rows_of(RULEBOOK.elements[code]) for code in codes]
    return st.tuples(*chosen).map(lambda parts: [row for part in parts for row in part])


@st.composite
def whole_answers(draw: st.DrawFn) -> list[Observation]:
    """Figures of which most units have given most: those that random rows seldom complete."""
    units = [(area.code, "") for area in COMMUNES.communes] + [
        (PROVINCE, org) for org in draw(st.sets(st.sampled_from(["SNV", "CAT"])))
    ]
    found = []
    for spec in ELEMENTS:
        rule = spec.rule
        if rule is None or draw(st.integers(0, 9)) == 0:
            continue
        alone = not (rule.area_class.by_commune or rule.area_class.by_org)
        fits = {"": rule.area_class.by_commune, PROVINCE: rule.area_class.by_org}
        places = [(PROVINCE, "")] if alone else [unit for unit in units if fits[PROVINCE if unit[1] else ""]]
        if not alone and draw(st.integers(0, 9)) == 0:
            places = [(PROVINCE, "")]
        for place in places:
            for period, codes in complete(spec):
                if draw(st.integers(0, 29)):
                    found.append(_row(draw, spec, place, period, codes))
    return found


def complete(spec: ElementSpec) -> list[tuple[str, dict[str, str]]]:
    """Return the periods and codes at which an element is read in total."""
    rule = spec.rule
    assert rule is not None
    codes = [{}] if rule.total_kind else [{"kind": kind} for kind in rule.kinds or ("S1", "S2")]
    match rule.at:
        case ReadAt.Q:
            periods: tuple[str, ...] = quarters(YEAR)
        case ReadAt.M:
            periods = months(YEAR)
        case ReadAt.S:
            periods = ("2025-09-01/P1Y", "2024-09-01/P1Y")
            codes = [{"sex": "M"}]
        case ReadAt.I:
            periods = (f"{YEAR}-12-31",)
        case _:
            periods = (f"{YEAR}",)
    return [(period, code) for period in periods for code in codes]
