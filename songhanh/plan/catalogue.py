"""The catalogue of data elements of an edition, read from `elements/*.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from songhanh.core.elements import (
    TOTAL,
    AreaClass,
    Dimensions,
    ElementSpec,
    Partition,
    ReadAt,
    ReadRule,
    ValueKind,
    ValueRule,
)
from songhanh.plan.edition import Content, Element, Frequency, KindCode
from songhanh.plan.source import Block

CODE = re.compile(r"[A-Z][A-Za-z0-9_]{0,19}")
KIND_CODE = re.compile(r"[A-Z0-9][A-Z0-9_]{0,19}")


def read_elements(block: Block, dimensions: Dimensions) -> list[tuple[Block, Element, ElementSpec]]:
    """Return the elements that one file lists, in its order, each with the block it stands in."""
    with block:
        return [(entry, *read_element(entry, dimensions)) for entry in block.blocks("elements")]


def read_element(block: Block, dimensions: Dimensions) -> tuple[Element, ElementSpec]:
    """Return an entry of the catalogue, and the part of it that computing needs."""
    with block:
        element = Element(
            code=block.code("code", CODE),
            name=block.text("name"),
            unit=block.text("unit"),
            content=block.choice("content", Content, Content.NUMBER),
            supplier_words=block.text("supplier_words"),
            suppliers=block.texts("suppliers"),
            frequency_words=block.text("frequency_words"),
            frequencies=_frequencies(block),
            breakdown=block.opt_text("breakdown"),
            check=block.opt_text("check"),
            used_for=block.texts("used_for"),
            core=block.flag("core"),
            kinds=_kinds(block),
            of_whom=block.texts("of_whom", optional=True),
            readings=block.texts("readings", optional=True),
        )
        for code in element.of_whom:
            if code not in dimensions.sex:
                block.problem("of_whom", "sex_unknown", value=code, known=", ".join(dimensions.sex))
        reading = block.opt_block("reading")
        rule = _read_rule(reading, element, dimensions) if reading else None
        if rule and element.content is not Content.NUMBER:
            block.problem("reading", "reading_not_allowed", content=element.content)
    spec = ElementSpec(
        code=element.code,
        name=element.name,
        unit=element.unit,
        is_text=element.content is Content.TEXT,
        is_computed=element.content is Content.COMPUTED,
        rule=rule,
    )
    return element, spec


def _frequencies(block: Block) -> tuple[Frequency, ...]:
    found: list[Frequency] = []
    for text in block.texts("frequencies"):
        if text in set(Frequency):
            found.append(Frequency(text))
        else:
            block.problem("frequencies", "choice_unknown", value=text, known=", ".join(Frequency))
    return tuple(found)


def _kinds(block: Block) -> tuple[KindCode, ...]:
    found: dict[str, KindCode] = {}
    for entry in block.blocks("kinds", optional=True):
        with entry:
            kind = KindCode(entry.code("code", KIND_CODE), entry.text("name"))
            if kind.code in found:
                entry.problem("code", "code_twice", value=kind.code)
            found[kind.code] = kind
    return tuple(found.values())


def _read_rule(block: Block, element: Element, dimensions: Dimensions) -> ReadRule:
    with block:
        area_class = block.choice("class", AreaClass, AreaClass.P)
        kinds = None if block.flag("any_kind") else tuple(kind.code for kind in element.kinds)
        rule = ReadRule(
            area_class=area_class,
            at=block.choice("at", ReadAt, ReadAt.Y),
            value=_value(block),
            nil=block.flag("nil"),
            not_applicable=block.flag("not_applicable"),
            partitions=_partitions(block, kinds, dimensions),
            kinds=kinds,
            total_kind=block.flag("total_kind", default=True),
        )
        if not rule.total_kind and kinds == ():
            block.problem("total_kind", "no_kinds_at_all", element=element.code)
    return rule


def _value(block: Block) -> ValueRule:
    kind = block.choice("value", ValueKind, ValueKind.COUNT)
    low, high = block.opt_decimal("low"), block.opt_decimal("high")
    if low is not None and high is not None and low >= high:
        block.problem("low", "range_form")
    if kind is not ValueKind.DECIMAL and _has_fraction(low, high):
        block.problem("low", "range_not_whole")
    return ValueRule(kind, low, high, block.flag("low_open"))


def _has_fraction(*bounds: Decimal | None) -> bool:
    return any(bound is not None and bound != int(bound) for bound in bounds)


def _partitions(block: Block, kinds: tuple[str, ...] | None, dimensions: Dimensions) -> tuple[Partition, ...]:
    allowed: Mapping[str, tuple[str, ...] | None] = {
        "sex": dimensions.sex,
        "age": dimensions.age,
        "ethnicity": dimensions.ethnicity,
        "kind": kinds,
    }
    found: list[Partition] = []
    for entry in block.blocks("partitions", optional=True):
        with entry:
            partition = Partition(entry.text("dimension"), entry.texts("codes"))
            if partition.dimension and partition.dimension not in allowed:
                entry.problem(
                    "dimension", "dimension_unknown", value=partition.dimension, known=", ".join(allowed)
                )
                continue
            known = allowed.get(partition.dimension)
            for code in partition.codes:
                if code == TOTAL or (known is not None and code not in known):
                    entry.problem("codes", "code_not_in_dimension", value=code, known=", ".join(known or ()))
            found.append(partition)
    return tuple(found)
