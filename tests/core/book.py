"""A small rulebook of an invented plan, made by hand: no edition is needed to test what core says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from songhanh.core.areas import Area, AreaMap
from songhanh.core.elements import (
    AreaClass,
    Dimensions,
    ElementSpec,
    Partition,
    ReadAt,
    ReadRule,
    ValueKind,
    ValueRule,
)
from songhanh.core.rulebook import Rulebook

COUNT = ValueRule(ValueKind.COUNT)
FLAG = ValueRule(ValueKind.FLAG)
HOURS = ValueRule(ValueKind.DECIMAL, Decimal(0), Decimal(84), low_open=True)
RATE = ValueRule(ValueKind.DECIMAL, Decimal(0), Decimal(100))
SEX = Partition("sex", ("F", "M"))
KINDS = Partition("kind", ("K1", "K2", "K3"))


def element(
    code: str, area_class: AreaClass, at: ReadAt, value: ValueRule = COUNT, **rule: object
) -> ElementSpec:
    """Return an element that is read, not applicable where the contract's classes allow it."""
    told = {"nil": False, "not_applicable": area_class is not AreaClass.P} | rule
    return ElementSpec(code, f"tên của {code}", "người", rule=ReadRule(area_class, at, value, **told))  # type: ignore[arg-type]


ELEMENTS = (
    element("P1", AreaClass.P, ReadAt.Y),
    element("PH", AreaClass.P, ReadAt.Y, HOURS),
    element("PR", AreaClass.P, ReadAt.Y, RATE),
    element("PK", AreaClass.P, ReadAt.Y, kinds=("K1", "K2"), total_kind=False, nil=True),
    element("PA", AreaClass.P, ReadAt.M, kinds=None, total_kind=False, nil=True, not_applicable=True),
    element("X1", AreaClass.X, ReadAt.Y, nil=True, partitions=(SEX, KINDS), kinds=("K1", "K2", "K3")),
    element("XF", AreaClass.X, ReadAt.I, FLAG, not_applicable=False),
    element("XO1", AreaClass.XO, ReadAt.A, nil=True, partitions=(SEX,)),
    element("OF", AreaClass.O, ReadAt.I, FLAG),
    ElementSpec("N1", "ngoài chỉ tiêu", "lượt"),
    ElementSpec("C1", "tính ra", "người", is_computed=True),
    ElementSpec("W1", "khó khăn, vướng mắc", "text", is_text=True),
)

RULES = Rulebook(
    elements={spec.code: spec for spec in ELEMENTS},
    criteria=(),
    dimensions=Dimensions(("_T", "F", "M"), ("_T", "Y15T17"), ("_T", "KINH", "DTTS")),
    term_first=2026,
    term_last=2030,
)

FIRST = date(2025, 7, 1)
AREAS = AreaMap(
    Area("90", "Tỉnh Thử", "province", "", FIRST),
    tuple(Area(code, f"Xã {code}", "commune", "90", FIRST) for code in ("00001", "00002", "00003")),
)
