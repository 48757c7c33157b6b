"""What an edition says about its illustrative figures, read from its file `illustration.yaml`.

The file is data: which supplier tells which element, how large the province's figure is each year, how it falls on
the communes, who is silent. Nothing here knows a province or a plan. What each field means is explained at the head
of the file itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Generic, TypeVar

import yaml

from songhanh.core.elements import DIMENSIONS, TOTAL
from songhanh.core.results import Status

T = TypeVar("T")

PERIOD_FORMS = ("I", "Y", "Q", "M", "S", "T", "N")
"""Instant, year, quarters, months, school year, Action Month, administrative year."""
PLACES = ("province", "total", "units")
GAPS = ("silent", "unknown", "not_applicable", "late")
_STATUSES = tuple(status.value for status in Status)
ELSE = "else"
"""Key of the share that holds for areas of no group."""
PROVINCE = "province"
"""How a rule of the file names the province itself as the unit of a figure."""


class BadParameters(ValueError):
    """The file of parameters cannot be used; `place` says which field, `what` says why, in Vietnamese."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place}: {what}")
        self.place = place
        self.what = what


class Steps(Generic[T]):
    """A value that holds from a year on, until the next one."""

    __slots__ = ("_steps",)

    def __init__(self, steps: Mapping[int, T]) -> None:
        self._steps = dict(sorted(steps.items()))

    def at(self, year: int) -> T | None:
        """Return what holds in a year; None before the first step."""
        found = None
        for start, value in self._steps.items():
            if start <= year:
                found = value
        return found


Amount = tuple[Mapping[str, int], ...]
"""Amounts by code of the leading breakdown, for the whole year (one entry), its quarters (4) or its months (12)."""


@dataclass(frozen=True, slots=True)
class Split:
    """How a figure falls into the codes of one dimension: weights by code, and by group of areas within a code."""

    dimension: str
    shares: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Figure:
    """How the figures of one element, or of one measure of it, are made and who tells them."""

    key: str  # the element's code, with `/` and a word where several entries make up one element
    element: str
    by: str  # the supplier whose file carries the figure; organisations tell their own
    total_by: str  # the supplier of the province's total in years without units
    at: Steps[str]
    place: Steps[str]
    status: Steps[str] | None
    series: Mapping[int, Amount]
    flags: Mapping[int, int]
    of: tuple[str, ...]
    within: tuple[str, ...]
    rate: Mapping[int, Decimal]
    per: int
    regroup: bool  # the whole's codes mean something else: take its total and break it down anew
    draw: tuple[int, int] | None
    least: int
    below: Mapping[int, tuple[int, ...]]
    since: int
    leading: Split | None
    parts: tuple[Split, ...]
    parts_since: int
    shown: tuple[str, ...]  # codes of the leading breakdown that are told; empty: all
    orgs: Mapping[str, Steps[Amount]]
    by_people: bool
    wobble: int
    drift: int
    scatter: bool
    uneven: int
    steady: bool
    nil: bool
    total: bool
    decimals: int
    back: int  # how many years before the first one are told too
    apart: str  # ending of the name of a file of its own


@dataclass(frozen=True, slots=True)
class Silence:
    """Units that are late, silent or not concerned, for some elements, years and parts of the year."""

    years: tuple[int, ...]
    elements: tuple[str, ...]
    units: tuple[str, ...]
    slots: tuple[int, ...]
    gap: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that was first sent with an error of `off` and put right in a second file."""

    year: int
    element: str
    unit: str
    slot: int
    off: Mapping[str, int]
    first_status: str
    note: str


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who sends a file; without a reporter every commune speaks for itself."""

    code: str
    reporter: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Parameters:
    """All of `illustration.yaml`."""

    mark: str
    seed: str
    prefix: str
    late: tuple[str, str]  # ending of the file's name, words in its source
    corrected: tuple[str, str]
    years: tuple[int, int]
    status: Steps[str]
    suppliers: Mapping[str, Supplier]
    groups: Mapping[str, frozenset[str]]
    figures: Mapping[str, Figure]
    silences: tuple[Silence, ...]
    corrections: tuple[Correction, ...]


def read_parameters(text: str) -> Parameters:
    """Return the parameters written in a YAML text.

    Raises: BadParameters, naming the field.
    """
    try:
        # every plain value stays text: `01234` is a code and `no` a word until a field asks for a number
        document: object = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - it builds nothing but text
    except yaml.YAMLError as error:
        raise BadParameters("illustration.yaml", f"không đọc được YAML: {error}") from None
    root = _Node("", document)
    endings = root.child("endings")
    years = root.child("years")
    parameters = Parameters(
        mark=root.text("mark"),
        seed=root.text("seed"),
        prefix=_file_word(root.child("prefix")),
        late=_ending(endings.child("late")),
        corrected=_ending(endings.child("corrected")),
        years=(years.whole("first"), years.whole("last")),
        status=_steps(root.child("status"), _one_of(*_STATUSES)),
        suppliers={code: _supplier(code, node) for code, node in root.child("suppliers").items()},
        groups={name: frozenset(node.texts()) for name, node in root.child("groups").items()},
        figures={code: _figure(code, node) for code, node in root.child("figures").items()},
        silences=tuple(_silence(node) for node in root.child("silences").entries()),
        corrections=tuple(_correction(node) for node in root.child("corrections").entries()),
    )
    root.finish()
    return parameters


class _Node:
    """A value of the YAML file that knows where it stands and which of its fields have been read."""

    __slots__ = ("place", "raw", "seen")

    def __init__(self, place: str, raw: object) -> None:
        self.place = place
        self.raw = raw
        self.seen: set[str] = set()

    def wrong(self, what: str) -> BadParameters:
        return BadParameters(self.place or "illustration.yaml", what)

    def mapping(self) -> dict[str, object]:
        if not isinstance(self.raw, dict):
            raise self.wrong("phải là các cặp tên: giá trị")
        return {str(name): value for name, value in self.raw.items()}

    def has(self, name: str) -> bool:
        return name in self.mapping()

    def child(self, name: str) -> _Node:
        fields = self.mapping()
        if name not in fields:
            raise self.wrong(f"thiếu trường “{name}”")
        self.seen.add(name)
        return _Node(f"{self.place}.{name}" if self.place else name, fields[name])

    def items(self) -> list[tuple[str, _Node]]:
        return [(name, self.child(name)) for name in self.mapping()]

    def entries(self) -> list[_Node]:
        if not isinstance(self.raw, list):
            raise self.wrong("phải là một danh sách")
        return [_Node(f"{self.place}[{place}]", value) for place, value in enumerate(self.raw)]

    def finish(self) -> None:
        """Refuse fields nobody has asked for: they are misspelt."""
        if unread := sorted(set(self.mapping()) - self.seen):
            raise self.wrong(f"không biết trường “{unread[0]}”")

    def as_text(self) -> str:
        if not isinstance(self.raw, str):
            raise self.wrong("phải là chữ")
        return self.raw

    def as_whole(self) -> int:
        if not isinstance(self.raw, str) or not re.fullmatch(r"-?[0-9]+", self.raw):
            raise self.wrong("phải là số nguyên")
        return int(self.raw)

    def as_decimal(self) -> Decimal:
        if not isinstance(self.raw, str) or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", self.raw):
            raise self.wrong("phải là một số, viết dấu thập phân bằng dấu chấm")
        return Decimal(self.raw)

    def text(self, name: str) -> str:
        return self.child(name).as_text()

    def whole(self, name: str) -> int:
        return self.child(name).as_whole()

    def texts(self) -> tuple[str, ...]:
        return tuple(entry.as_text() for entry in self.entries())

    def wholes(self) -> tuple[int, ...]:
        return tuple(entry.as_whole() for entry in self.entries())


def _optional(node: _Node, name: str, read: Callable[[_Node], T], default: T) -> T:
    return read(node.child(name)) if node.has(name) else default


def _yes(node: _Node) -> bool:
    return _one_of("true", "false")(node) == "true"


def _ending(node: _Node) -> tuple[str, str]:
    found = (_file_word(node.child("file")), node.text("words"))
    node.finish()
    return found


def _by_year(node: _Node, read: Callable[[_Node], T]) -> dict[int, T]:
    found: dict[int, T] = {}
    for name, child in node.items():
        if not name.isdecimal():
            raise child.wrong("phải được gọi tên bằng năm")
        found[int(name)] = read(child)
    return found


def _steps(node: _Node, read: Callable[[_Node], T]) -> Steps[T]:
    """Read a value that holds always, or values by the year from which they hold."""
    if isinstance(node.raw, dict) and all(str(name).isdecimal() for name in node.raw):
        return Steps(_by_year(node, read))
    return Steps({0: read(node)})


def _one_of(*allowed: str) -> Callable[[_Node], str]:
    def read(node: _Node) -> str:
        word = node.as_text()
        if word not in allowed:
            raise node.wrong(f"phải là một trong {', '.join(allowed)}")
        return word

    return read


def _file_word(node: _Node) -> str:
    word = node.as_text()
    if not re.fullmatch(r"[A-Za-z0-9_-]+", word):
        raise node.wrong("chỉ gồm chữ không dấu, số, “-” và “_” vì nằm trong tên tệp")
    return word


def _supplier(code: str, node: _Node) -> Supplier:
    _file_word(_Node(node.place, code))
    found = Supplier(code, _optional(node, "reporter", _Node.as_text, None), node.text("source"))
    node.finish()
    return found


def _scaled(node: _Node, decimals: int) -> int:
    scaled = node.as_decimal().scaleb(decimals)
    if scaled != scaled.to_integral_value():
        raise node.wrong(f"có quá {decimals} chữ số thập phân")
    return int(scaled)


def _amount(decimals: int) -> Callable[[_Node], Amount]:
    def one(node: _Node) -> Mapping[str, int]:
        if isinstance(node.raw, dict):
            return MappingProxyType({code: _scaled(child, decimals) for code, child in node.items()})
        return MappingProxyType({TOTAL: _scaled(node, decimals)})

    def read(node: _Node) -> Amount:
        if not isinstance(node.raw, list):
            return (one(node),)
        entries = tuple(one(entry) for entry in node.entries())
        if len(entries) not in {4, 12}:
            raise node.wrong("danh sách phải có 4 (quý) hoặc 12 (tháng) số")
        return entries

    return read


def _splits(node: _Node) -> tuple[Split, ...]:
    return tuple(_split(dimension, child) for dimension, child in node.items())


def _split(dimension: str, node: _Node) -> Split:
    if dimension not in DIMENSIONS:
        raise node.wrong(f"phải là một trong {', '.join(DIMENSIONS)}")
    return Split(dimension, {code: _share(child) for code, child in node.items()})


def _share(node: _Node) -> Mapping[str, int]:
    if isinstance(node.raw, str):
        return {ELSE: node.as_whole()}
    return {group: child.as_whole() for group, child in node.items()}


def _leading(node: _Node) -> Split | None:
    splits = _splits(node)
    if len(splits) != 1:
        raise node.wrong("phải có đúng một phân tổ")
    return splits[0]


def _range(node: _Node) -> tuple[int, int] | None:
    numbers = node.wholes()
    if len(numbers) != 2 or numbers[0] > numbers[1]:
        raise node.wrong("phải là [số nhỏ nhất, số lớn nhất]")
    return numbers[0], numbers[1]


_NO_AMOUNTS: Mapping[int, Amount] = MappingProxyType({})
_NO_NUMBERS: Mapping[int, int] = MappingProxyType({})
_NO_RATES: Mapping[int, Decimal] = MappingProxyType({})
_NO_LISTS: Mapping[int, tuple[int, ...]] = MappingProxyType({})
_NO_ORGS: Mapping[str, Steps[Amount]] = MappingProxyType({})


def _figure(key: str, node: _Node) -> Figure:
    decimals = _optional(node, "decimals", _Node.as_whole, 0)
    amount = _amount(decimals)
    by = node.text("by")
    figure = Figure(
        key=key,
        element=key.partition("/")[0],
        by=by,
        total_by=_optional(node, "total_by", _Node.as_text, by),
        at=_optional(node, "at", lambda n: _steps(n, _one_of(*PERIOD_FORMS)), Steps({0: "Y"})),
        place=_optional(node, "place", lambda n: _steps(n, _one_of(*PLACES)), Steps({0: "units"})),
        status=_optional(node, "status", lambda n: _steps(n, _one_of(*_STATUSES)), None),
        series=_optional(node, "series", lambda n: _by_year(n, amount), _NO_AMOUNTS),
        flags=_optional(node, "flags", lambda n: _by_year(n, _Node.as_whole), _NO_NUMBERS),
        of=_optional(node, "of", _Node.texts, ()),
        within=_optional(node, "within", _Node.texts, ()),
        rate=_optional(node, "rate", lambda n: _by_year(n, _Node.as_decimal), _NO_RATES),
        per=_optional(node, "per", _Node.as_whole, 100),
        regroup=_optional(node, "regroup", _yes, False),  # noqa: FBT003
        draw=_optional(node, "draw", _range, None),
        least=_optional(node, "least", _Node.as_whole, 0),
        below=_optional(node, "below", lambda n: _by_year(n, _Node.wholes), _NO_LISTS),
        since=_optional(node, "since", _Node.as_whole, 0),
        leading=_optional(node, "leading", _leading, None),
        parts=_optional(node, "parts", _splits, ()),
        parts_since=_optional(node, "parts_since", _Node.as_whole, 0),
        shown=_optional(node, "shown", _Node.texts, ()),
        orgs=_optional(
            node, "orgs", lambda n: {org: _steps(child, amount) for org, child in n.items()}, _NO_ORGS
        ),
        by_people=_optional(node, "by_people", _yes, True),  # noqa: FBT003
        wobble=_optional(node, "wobble", _Node.as_whole, 0),
        drift=_optional(node, "drift", _Node.as_whole, 0),
        scatter=_optional(node, "scatter", _yes, False),  # noqa: FBT003
        uneven=_optional(node, "uneven", _Node.as_whole, 1),
        steady=_optional(node, "steady", _yes, False),  # noqa: FBT003
        nil=_optional(node, "nil", _yes, False),  # noqa: FBT003
        total=_optional(node, "total", _yes, True),  # noqa: FBT003
        decimals=decimals,
        back=_optional(node, "back", _Node.as_whole, 0),
        apart=_optional(node, "apart", _file_word, ""),
    )
    node.finish()
    return figure


def _silence(node: _Node) -> Silence:
    found = Silence(
        years=node.child("years").wholes(),
        elements=node.child("elements").texts(),
        units=node.child("units").texts(),
        slots=_optional(node, "slots", _Node.wholes, ()),
        gap=_one_of(*GAPS)(node.child("gap")),
    )
    node.finish()
    return found


def _correction(node: _Node) -> Correction:
    found = Correction(
        year=node.whole("year"),
        element=node.text("element"),
        unit=node.text("unit"),
        slot=_optional(node, "slot", _Node.as_whole, 0),
        off=_amount(_optional(node, "decimals", _Node.as_whole, 0))(node.child("off"))[0],
        first_status=_one_of(*_STATUSES)(node.child("first_status")),
        note=node.text("note"),
    )
    node.finish()
    return found
