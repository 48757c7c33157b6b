"""`plan.yaml` and `agencies.yaml`: what the plan is, its objectives, units, readings, and who has a part in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from songhanh.core.elements import TOTAL, Dimensions
from songhanh.plan.desk import AGENCY_CODE, CODE, Desk
from songhanh.plan.edition import Agency, Bloc, Objective, Reading, Slip, Term, Unit
from songhanh.plan.source import Block

_ID = re.compile(r"[a-z0-9][a-z0-9_]{1,59}")


@dataclass(frozen=True, slots=True)
class Head:
    """What the plan is: its names, its years, who issued it."""

    id: str
    title: str
    number: str | None
    day: date | None
    issued: str
    term: Term
    issuer: str
    status: str


def read_head(desk: Desk, plan: Block) -> Head:
    """Read what the plan is: its names and its years."""
    term = Term(0, 0)
    with plan.block("term") as block:
        term = Term(block.whole("first", low=1900, high=2200), block.whole("last", low=1900, high=2200))
        if term.last < term.first:
            block.problem("last", "term_reversed", first=str(term.first), last=str(term.last))
    return Head(
        id=plan.code("id", _ID),
        title=desk.quote(plan, "title", None) or "",
        number=plan.opt_text("number"),
        day=plan.day("day", optional=True),
        issued=plan.text("issued"),
        term=term,
        issuer=plan.text("issuer"),
        status=plan.text("status"),
    )


def read_units(desk: Desk, plan: Block) -> None:
    """Read the units of measurement."""
    for block in plan.blocks("units"):
        with block:
            unit = Unit(
                code=block.code("code", AGENCY_CODE),
                words=block.text("words"),
                factor=block.whole("factor", low=1),
                decimals=block.whole("decimals", low=0, high=6),
                difference=block.text("difference"),
            )
            desk.keep(block, desk.units, unit.code, unit)


def read_readings(desk: Desk, plan: Block) -> None:
    """Read how unclear words are understood."""
    for block in plan.blocks("readings"):
        with block:
            clause = desk.clause(block, optional=True)
            reading = Reading(
                code=block.code("code", CODE),
                title=block.text("title"),
                clause=clause,
                quote=desk.quote(block, "quote", clause, optional=True),
                words=block.text("words"),
                general=block.flag("general"),
                confirmed_by=block.opt_text("confirmed_by"),
            )
            if (reading.clause is None) != (reading.quote is None):
                block.problem("quote", "quote_without_clause")
            desk.keep(block, desk.readings, reading.code, reading)


def read_slips(desk: Desk, plan: Block) -> Iterator[Slip]:
    """Yield the words of the plan that look like slips of the pen."""
    for block in plan.blocks("slips", optional=True):
        with block:
            clause = desk.clause(block) or ""
            quote = desk.quote(block, "quote", clause) or ""
            yield Slip(clause, quote, block.text("likely"))


def read_dimensions(plan: Block) -> tuple[Dimensions, Mapping[str, Mapping[str, str]]]:
    """Read the codes of sex, age and ethnicity with their names; the total comes first in each."""
    names: dict[str, dict[str, str]] = {}
    with plan.block("dimensions") as block:
        for dimension in ("sex", "age", "ethnicity"):
            names[dimension] = block.words(dimension)
            if not names[dimension]:
                block.problem(dimension, "field_missing")
            if TOTAL in names[dimension]:
                block.problem(dimension, "total_listed")
    codes = {dimension: (TOTAL, *found) for dimension, found in names.items()}
    frozen = {dimension: MappingProxyType(found) for dimension, found in names.items()}
    return Dimensions(codes["sex"], codes["age"], codes["ethnicity"]), MappingProxyType(frozen)


def read_objectives(desk: Desk, plan: Block) -> tuple[Objective, ...]:
    """Read the objectives with the codes of their targets, in the order of the plan."""
    found: dict[str, Objective] = {}
    for block in plan.blocks("objectives"):
        with block:
            clause = desk.clause(block)
            objective = Objective(
                code=block.code("code", CODE),
                clause=clause or "",
                quote=desk.quote(block, "quote", clause) or "",
                title=block.text("title"),
                targets=block.texts("targets"),
            )
            for target in objective.targets:
                if f"targets/{target}.yaml" not in desk.files:
                    block.problem("targets", "target_without_file", value=target)
            desk.keep(block, found, objective.code, objective)
    listed = [target for objective in found.values() for target in objective.targets]
    for file in desk.in_folder("targets"):
        code = file.removeprefix("targets/").removesuffix(".yaml")
        if listed.count(code) != 1:
            desk.problems.add(file, "", "target_not_listed", value=code, times=str(listed.count(code)))
    return tuple(found.values())


def read_agencies(desk: Desk) -> None:
    """Read the agencies."""
    with desk.root("agencies.yaml") as root:
        for block in root.blocks("agencies"):
            with block:
                agency = Agency(
                    code=block.code("code", AGENCY_CODE),
                    name=block.text("name"),
                    document=block.text("document"),
                    short=block.text("short"),
                    upper=block.texts("upper"),
                    bloc=block.choice("bloc", Bloc, Bloc.OTHER),
                    clause=desk.clause(block, optional=True),
                    is_class=block.flag("is_class"),
                    order=block.whole("order", low=1),
                )
                for line in agency.upper:
                    if line != line.upper():
                        block.problem("upper", "not_upper_case", value=line)
                desk.keep(block, desk.agencies, agency.code, agency)


def check_readings(desk: Desk, plan: Block) -> None:
    """Report readings on which nothing rests."""
    for code, reading in desk.readings.items():
        if not reading.general and code not in desk.used_readings:
            plan.problem(f"readings[{code}]", "reading_unused", value=code)
