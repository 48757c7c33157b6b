"""Indicator definitions of an edition: read from the closed set of kinds, and checked to be computable.

Source: compute contract §§6, 8, 9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from songhanh.core.elements import AreaClass, Dimensions, ElementSpec, ReadAt, ReadRule, ValueKind
from songhanh.core.indicators import (
    Agencies,
    AgencyGroup,
    Deduplicated,
    Definition,
    EveryMonthByKind,
    EveryQuarter,
    Full,
    Pooled,
    Ratio,
    Term,
)
from songhanh.plan.source import Block

_PROVINCE = frozenset({AreaClass.P})
_ANY = frozenset(AreaClass)
_UNITS = frozenset({AreaClass.X, AreaClass.XO})
_GROUPS = {"org": AreaClass.O, "province": AreaClass.P, "commune": AreaClass.X}
_ONCE_A_YEAR = frozenset({ReadAt.I, ReadAt.Y, ReadAt.A, ReadAt.S})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a definition may refer to: the elements of the catalogue and the codes of the dimensions."""

    elements: Mapping[str, ElementSpec]
    dimensions: Dimensions


class _Reader:
    """Reads one definition out of a block and reports what cannot be computed."""

    def __init__(self, block: Block, vocabulary: Vocabulary, factor: int) -> None:
        self.block = block
        self.vocabulary = vocabulary
        self.factor = factor

    def ratio(self) -> Ratio:
        """A ratio of province figures."""
        return Ratio(
            numerator=self.terms("numerator", _PROVINCE),
            denominator=self.terms("denominator", _PROVINCE, optional=self.factor == 1),
            factor=self.factor,
            share=self.block.flag("share"),
            published=self.published(),
            bounds=self.bounds(_PROVINCE),
            cohort_limit=self.block.opt_decimal("cohort_limit"),
        )

    def pooled(self) -> Pooled:
        """A ratio of sums over the units that answered."""
        return Pooled(
            numerator=self.terms("numerator", _UNITS),
            denominator=self.terms("denominator", _UNITS, optional=self.factor == 1),
            factor=self.factor,
            share=self.block.flag("share"),
            published=self.published(),
            bounds=self.bounds(_UNITS),
        )

    def full(self) -> Full:
        """A province figure over a sum of all units."""
        return Full(
            numerator=self.terms("numerator", _PROVINCE),
            denominator=self.terms("denominator", _UNITS),
            factor=self.factor,
            share=self.block.flag("share"),
        )

    def deduplicated(self) -> Deduplicated:
        """Persons of several sources less those counted twice."""
        duplicates = self.element("duplicates", _PROVINCE)
        numerator_code = self.block.text("numerator_code")
        denominator_code = self.block.text("denominator_code")
        rule = self.rule(duplicates)
        for name, code in (("numerator_code", numerator_code), ("denominator_code", denominator_code)):
            if rule and code and rule.kinds is not None and code not in rule.kinds:
                self.block.problem(
                    name, "kind_unknown", value=code, element=duplicates, known=_list(rule.kinds)
                )
        return Deduplicated(
            numerator=self.terms("numerator", _UNITS),
            denominator=self.terms("denominator", _UNITS),
            duplicates=duplicates,
            numerator_code=numerator_code,
            denominator_code=denominator_code,
            deducted=self.opt_element("deducted", _PROVINCE),
            factor=self.factor,
        )

    def agencies(self) -> Agencies:
        """The share of agencies that pass."""
        groups: list[AgencyGroup] = []
        for block in self.block.blocks("groups"):
            with block:
                inner = _Reader(block, self.vocabulary, self.factor)
                by = block.text("by")
                if by and by not in _GROUPS:
                    block.problem("by", "choice_unknown", value=by, known=_list(_GROUPS))
                wanted = frozenset({_GROUPS[by]}) if by in _GROUPS else _ANY
                flag = inner.element("flag", wanted)
                rule = inner.rule(flag)
                if rule and rule.value.kind is not ValueKind.FLAG:
                    block.problem("flag", "element_not_flag", element=flag)
                register = inner.element("register", _PROVINCE)
                groups.append(AgencyGroup(flag, register, _sort(by)))
        return Agencies(tuple(groups), self.factor)

    def every_quarter(self) -> EveryQuarter:
        """The share of communes that reach a number in every quarter."""
        element = self.element("element", frozenset({AreaClass.X}), frozenset({ReadAt.Q}))
        return EveryQuarter(element, self.block.whole("at_least", low=1), self.factor)

    def every_month(self) -> EveryMonthByKind:
        """The share of registered units that reach a number in every month."""
        element = self.element("element", _PROVINCE, frozenset({ReadAt.M}))
        rule = self.rule(element)
        if rule and rule.total_kind:
            self.block.problem("element", "element_without_kinds", element=element)
        register = self.element("register", _PROVINCE)
        return EveryMonthByKind(element, register, self.block.whole("at_least", low=1), self.factor)

    def terms(self, name: str, classes: frozenset[AreaClass], *, optional: bool = False) -> tuple[Term, ...]:
        """Read a list of terms; each element must belong to one of the classes."""
        found: list[Term] = []
        for block in self.block.blocks(name, optional=optional):
            with block:
                inner = _Reader(block, self.vocabulary, self.factor)
                element = inner.element("element", classes)
                year = block.whole("year", low=-20, high=0, default=0)
                fixed = block.words("fixed")
                inner.check_fixed(element, fixed)
                found.append(Term(element, year, tuple(fixed.items())))
        if not found and not optional:
            self.block.problem(name, "list_empty")
        return tuple(found)

    def check_fixed(self, element: str, fixed: Mapping[str, str]) -> None:
        """Report dimensions and codes that the element does not have, and a missing kind where it has no total."""
        rule = self.rule(element)
        if rule is None:
            return
        allowed = {
            "sex": self.vocabulary.dimensions.sex,
            "age": self.vocabulary.dimensions.age,
            "ethnicity": self.vocabulary.dimensions.ethnicity,
            "kind": rule.kinds,
        }
        for dimension, code in fixed.items():
            if dimension not in allowed:
                self.block.problem("fixed", "dimension_unknown", value=dimension, known=_list(allowed))
                continue
            known = allowed[dimension]
            if known is not None and code not in known:
                self.block.problem("fixed", "kind_unknown", value=code, element=element, known=_list(known))
        if not rule.total_kind and "kind" not in fixed:
            self.block.problem("fixed", "kind_not_named", element=element)

    def published(self) -> str | None:
        """Read the element that holds a published rate."""
        element = self.opt_element("published", _PROVINCE)
        rule = self.rule(element) if element else None
        if element and rule and rule.value.kind is not ValueKind.DECIMAL:
            self.block.problem("published", "element_not_decimal", element=element)
        return element

    def bounds(self, classes: frozenset[AreaClass]) -> tuple[tuple[str, str], ...]:
        """Read the pairs of which the first element may not exceed the second."""
        found: list[tuple[str, str]] = []
        for block in self.block.blocks("bounds", optional=True):
            with block:
                inner = _Reader(block, self.vocabulary, self.factor)
                found.append((inner.element("part", classes), inner.element("whole", classes)))
        return tuple(found)

    def element(self, name: str, classes: frozenset[AreaClass], at: frozenset[ReadAt] = _ONCE_A_YEAR) -> str:
        """Read the code of an element that must exist, be readable, belong to a class and be read at some period."""
        code = self.block.text(name)
        if not code:
            return ""
        if code not in self.vocabulary.elements:
            self.block.problem(name, "element_unknown", value=code)
            return ""
        rule = self.rule(code)
        if rule is None:
            self.block.problem(name, "element_not_read", element=code)
            return code
        if rule.area_class not in classes:
            self.block.problem(
                name, "element_class", element=code, found=rule.area_class, wanted=_list(sorted(classes))
            )
        if rule.at not in at:
            self.block.problem(name, "element_period", element=code, found=rule.at, wanted=_list(sorted(at)))
        return code

    def rule(self, element: str) -> ReadRule | None:
        """Return how an element is read, None when it is not known or not read."""
        spec = self.vocabulary.elements.get(element)
        return spec.rule if spec else None

    def opt_element(self, name: str, classes: frozenset[AreaClass]) -> str | None:
        """Read the code of an element that may be left out."""
        return self.element(name, classes) if self.block.opt_text(name) else None


def _sort(by: str) -> Literal["org", "province", "commune"]:
    match by:
        case "org" | "commune":
            return by
        case _:
            return "province"


def _list(values: Iterable[str]) -> str:
    return ", ".join(values)


_KINDS: dict[str, Callable[[_Reader], Definition]] = {
    "ratio": _Reader.ratio,
    "pooled": _Reader.pooled,
    "full": _Reader.full,
    "deduplicated": _Reader.deduplicated,
    "agencies": _Reader.agencies,
    "every_quarter": _Reader.every_quarter,
    "every_month": _Reader.every_month,
}

_NOTHING = Ratio((), (), 1)


def read_definition(block: Block, vocabulary: Vocabulary, factor: int) -> Definition:
    """Return the definition a block describes; a harmless stand-in when its kind is not known."""
    kind = block.text("kind")
    if kind not in _KINDS:
        if kind:
            block.problem("kind", "choice_unknown", value=kind, known=_list(_KINDS))
        return _NOTHING
    return _KINDS[kind](_Reader(block, vocabulary, factor))


def check_shape(block: Block, definition: Definition, *, commune_rows: bool, whole_words: str | None) -> None:
    """Report commune rows of a kind that has none, and words of a denominator that do not fit the definition."""
    if commune_rows and not isinstance(definition, Pooled | Deduplicated | EveryQuarter):
        block.problem("commune_rows", "no_commune_rows")
    counted = isinstance(definition, Ratio | Pooled) and not definition.denominator
    if counted and whole_words is not None:
        block.problem("denominator_words", "words_without_denominator")
    if not counted and whole_words is None:
        block.problem("denominator_words", "field_missing")


def read_plausible(block: Block) -> tuple[Decimal, Decimal] | None:
    """Return the range outside which a value is surprising, None when there is none."""
    numbers = block.decimals("plausible")
    if not numbers:
        return None
    if len(numbers) != 2 or numbers[0] >= numbers[1]:
        block.problem("plausible", "range_form")
        return None
    return numbers[0], numbers[1]
