"""Reading a file of observations: every rule of the contract that one file can break by itself.

Nothing is trimmed, guessed or half read: the caller gets every row, or `Refused` with every problem.
Source: compute contract §3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from .areas import AreaMap
from .elements import DIMENSIONS, TOTAL, ElementSpec, ReadRule, ValueKind, ValueRule
from .observations import MILLION, Observation, Quantity
from .periods import is_period
from .problems import Code, Problem, Refused
from .results import State, Status
from .rfc4180 import Unreadable, records
from .rulebook import Rulebook

REQUIRED = ("element", "area", "period", "state", "value")
OPTIONAL = ("org", "sex", "age", "ethnicity", "kind", "status")
IGNORED_PREFIX = "x_"

NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?")
ORG = re.compile(r"[A-Z][A-Z0-9_]{1,19}")
KIND = re.compile(r"[A-Z0-9][A-Z0-9_]{0,19}")
_WHOLE_TOO_LONG = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")

_STATES = {state.value: state for state in State}
_STATUSES = {status.value: status for status in Status} | {"": Status.OFFICIAL}


def read_table(data: bytes, *, rules: Rulebook, areas: AreaMap) -> list[Observation]:
    """Return the observations of a file in the order of its lines.

    Raises: Refused, with every problem found: columns first (nothing else can be told without them), then cells,
    keys that occur twice, and totals that differ from their parts.
    """
    header, rows = _split(data)
    reader = _Reader(rules, areas, header)
    observations = [found for record in rows if (found := reader.read(*record))]
    problems = reader.problems + list(_duplicates(reader.keys)) + list(_sums(observations, rules))
    if problems:
        raise Refused(problems)
    return observations


def check_sums(observations: Iterable[Observation], *, rules: Rulebook) -> list[Problem]:
    """Return a problem for each total that differs from the sum of its answered parts (contract §3.3)."""
    return list(_sums(observations, rules))


def read_header(cells: Sequence[str]) -> dict[str, int]:
    """Return where each column that counts stands.

    Raises: Refused, when a column is missing, unknown or there twice.
    """
    problems = [
        Problem(Code.COLUMN, "column.twice", 1, name)
        for name in dict.fromkeys(cells)
        if cells.count(name) > 1
    ]
    known = REQUIRED + OPTIONAL
    problems += [
        Problem(Code.COLUMN, "column.unknown", 1, name)
        for name in dict.fromkeys(cells)
        if name not in known and not name.startswith(IGNORED_PREFIX)
    ]
    problems += [Problem(Code.COLUMN, "column.missing", 1, name) for name in REQUIRED if name not in cells]
    if problems:
        raise Refused(problems)
    return {name: cells.index(name) for name in cells}


def _split(data: bytes) -> tuple[dict[str, int], list[tuple[int, list[str]]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused([Problem(Code.COLUMN, "file.encoding", line)]) from None
    try:
        found = list(records(text))
    except Unreadable as broken:
        raise Refused([Problem(Code.COLUMN, "file.quoting", broken.line)]) from None
    if not found:
        raise Refused([Problem(Code.COLUMN, "file.empty", 1)])
    return read_header(found[0][1]), found[1:]


@dataclass(slots=True)
class _Reader:
    """Reads records one by one and gathers what is wrong with them."""

    rules: Rulebook
    areas: AreaMap
    header: Mapping[str, int]
    problems: list[Problem] = field(default_factory=list)
    keys: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    known_areas: frozenset[str] = frozenset()
    extras: tuple[tuple[str, int], ...] = ()
    periods: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known_areas = self.areas.codes
        self.extras = tuple((n, i) for n, i in self.header.items() if n.startswith(IGNORED_PREFIX))

    def read(self, line: int, cells: Sequence[str]) -> Observation | None:
        if len(cells) != len(self.header):
            data = {"found": str(len(cells)), "expected": str(len(self.header))}
            self.problems.append(Problem(Code.COLUMN, "row.cells", line, None, data))
            return None
        row = {name: cells[place] for name, place in self.header.items()}
        for name in DIMENSIONS:
            row[name] = row.get(name) or TOTAL
        row.setdefault("org", "")
        row.setdefault("status", "")
        key = ("element", "area", "org", "period", *DIMENSIONS)
        self.keys.append((line, tuple(row[name] for name in key)))
        found = list(self._row_problems(line, row))
        self.problems.extend(found)
        return None if found else self._observation(line, row, cells)

    def _observation(self, line: int, row: Mapping[str, str], cells: Sequence[str]) -> Observation:
        state = _STATES[row["state"]]
        return Observation(
            element=row["element"],
            area=row["area"],
            period=row["period"],
            state=state,
            value=Quantity.parse(row["value"]) if state is State.VALUE else None,
            org=row["org"],
            sex=row["sex"],
            age=row["age"],
            ethnicity=row["ethnicity"],
            kind=row["kind"],
            status=_STATUSES[row["status"]],
            line=line,
            extra={name: cells[place] for name, place in self.extras},
        )

    def _row_problems(self, line: int, row: Mapping[str, str]) -> Iterator[Problem]:
        wrong = partial(_problem, line, row)
        spec = self.rules.elements.get(row["element"])
        if spec is None:
            yield wrong(Code.ELEMENT, "element.unknown", "element")
        elif spec.is_text:
            yield wrong(Code.ELEMENT, "element.text", "element")
        if row["area"] not in self.known_areas:
            yield wrong(Code.AREA, "area.unknown", "area")
        if not self._is_period(row["period"]):
            yield wrong(Code.PERIOD, "period.unknown", "period")
        yield from self._dimension_problems(wrong, row, spec)
        yield from _state_problems(wrong, row)
        if row["org"] and not ORG.fullmatch(row["org"]):
            yield wrong(Code.ORG, "org.syntax", "org")
        if spec is not None and spec.rule is not None:
            yield from self._rule_problems(wrong, row, spec.rule)

    def _is_period(self, text: str) -> bool:
        if text not in self.periods:
            first, last = self.rules.term_first, self.rules.term_last
            self.periods[text] = is_period(text, term_first=first, term_last=last)
        return self.periods[text]

    def _dimension_problems(
        self, wrong: partial[Problem], row: Mapping[str, str], spec: ElementSpec | None
    ) -> Iterator[Problem]:
        codes = self.rules.dimensions
        for name, allowed in (("sex", codes.sex), ("age", codes.age), ("ethnicity", codes.ethnicity)):
            if row[name] not in allowed:
                yield wrong(Code.KIND, "dimension.unknown", name, allowed=", ".join(allowed))
        kind = row["kind"]
        if spec is None or spec.rule is None or spec.rule.kinds is None:
            well_written = kind == TOTAL or KIND.fullmatch(kind) is not None
        else:
            well_written = kind == TOTAL or kind in spec.rule.kinds
        if not well_written:
            allowed = spec.rule.kinds if spec and spec.rule and spec.rule.kinds else ()
            yield wrong(Code.KIND, "kind.unknown", "kind", allowed=", ".join(allowed))
        elif kind == TOTAL and spec is not None and spec.rule is not None and not spec.rule.total_kind:
            yield wrong(Code.KIND, "kind.needed", "kind", allowed=", ".join(spec.rule.kinds or ()))

    def _rule_problems(
        self, wrong: partial[Problem], row: Mapping[str, str], rule: ReadRule
    ) -> Iterator[Problem]:
        if row["org"]:
            if row["area"] in self.known_areas and row["area"] != self.areas.province.code:
                yield wrong(Code.ORG, "org.at_commune", "org")
            elif not rule.area_class.by_org:
                yield wrong(Code.ORG, "org.not_allowed", "org")
        if row["state"] == State.NIL and not rule.nil:
            yield wrong(Code.STATE, "state.nil_not_allowed", "state")
        if row["state"] == State.NOT_APPLICABLE and not rule.not_applicable:
            yield wrong(Code.STATE, "state.not_applicable_not_allowed", "state")
        if row["state"] == State.VALUE and NUMBER.fullmatch(row["value"]):
            total_row = (
                row["area"] == self.areas.province.code
                and not row["org"]
                and (rule.area_class.by_commune or rule.area_class.by_org)
            )
            case = value_problem(rule.value, Quantity.parse(row["value"]), total_row=total_row)
            if case:
                low, high = _bound(rule.value.low), _bound(rule.value.high)
                yield wrong(Code.RANGE, case, "value", low=low, high=high)


def value_problem(rule: ValueRule, value: Quantity, *, total_row: bool) -> str | None:
    """Return the case of what is wrong with a number for an element, None when nothing is.

    `total_row`: the row is the total of all units, where a flag holds the number of units (contract §6).
    """
    if rule.kind is not ValueKind.DECIMAL and value.micro:
        return "value.whole"
    if rule.kind is ValueKind.FLAG:
        return "value.flag" if not total_row and value.whole > 1 else None
    low, high = rule.low, rule.high
    exact = Decimal(value.whole) + Decimal(value.micro) / MILLION
    if low is not None and (exact <= low if rule.low_open else exact < low):
        return "value.range_open" if rule.low_open else "value.range"
    if high is not None and exact > high:
        return "value.range_open" if rule.low_open else "value.range"
    return None


def _bound(bound: Decimal | None) -> str:
    return "" if bound is None else f"{bound.normalize():f}"


def _state_problems(wrong: partial[Problem], row: Mapping[str, str]) -> Iterator[Problem]:
    if row["status"] not in _STATUSES:
        yield wrong(Code.STATE, "status.unknown", "status")
    state = row["state"]
    if state not in _STATES:
        yield wrong(Code.STATE, "state.unknown", "state")
    elif state != State.VALUE and row["value"]:
        yield wrong(Code.STATE, "state.value_without_number_state", "value")
    elif state == State.VALUE and not row["value"]:
        yield wrong(Code.STATE, "state.number_missing", "value")
    elif state == State.VALUE and not NUMBER.fullmatch(row["value"]):
        yield wrong(Code.NUMBER, _number_case(row["value"]), "value")


def _number_case(text: str) -> str:
    if re.fullmatch(r"[0-9]+,[0-9]+", text):
        return "number.comma"
    if text.endswith("%"):
        return "number.percent"
    if text.startswith("-"):
        return "number.negative"
    if re.fullmatch(r"0[0-9]+(\.[0-9]+)?", text):
        return "number.leading_zero"
    if re.fullmatch(r"[0-9]{1,3}([. ,\u00a0][0-9]{3}){2,}", text):
        return "number.grouping"
    if _WHOLE_TOO_LONG.fullmatch(text):
        return "number.too_long"
    return "number.syntax"


def _problem(line: int, row: Mapping[str, str], code: Code, case: str, column: str, **data: str) -> Problem:
    told = {"written": row.get(column, ""), "element": row["element"], "area": row["area"], **data}
    return Problem(code, case, line, column, told)


def _duplicates(keys: Iterable[tuple[int, tuple[str, ...]]]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], int] = {}
    for line, key in keys:
        if key in first:
            data = {"first": str(first[key]), "element": key[0], "area": key[1], "period": key[3]}
            yield Problem(Code.DUPLICATE, "row.twice", line, "element", data)
        else:
            first[key] = line


def _sums(observations: Iterable[Observation], rules: Rulebook) -> Iterator[Problem]:
    places: dict[tuple[str, str, str, str], dict[tuple[str, ...], Observation]] = {}
    for row in observations:
        spec = rules.elements.get(row.element)
        if spec and spec.rule and spec.rule.partitions:
            place = (row.element, row.area, row.org, row.period)
            places.setdefault(place, {})[row.sex, row.age, row.ethnicity, row.kind] = row
    for (element, *_), rows in places.items():
        total = rows.get((TOTAL, TOTAL, TOTAL, TOTAL))
        rule = rules.elements[element].rule
        if total is None or total.value is None or rule is None:
            continue
        for partition in rule.partitions:
            parts = [rows.get(with_code(partition.dimension, code)) for code in partition.codes]
            if all(part is not None and part.state.answered for part in parts):
                amount = sum(part.answer for part in parts if part)
                if amount != total.value.exact:
                    data = {
                        "element": element,
                        "area": total.area,
                        "org": total.org,
                        "period": total.period,
                        "total": str(total.value),
                        "sum": str(amount),
                        "codes": " + ".join(partition.codes),
                        "dimension": partition.dimension,
                    }
                    yield Problem(Code.SUM, "sum.differs", total.line or None, "value", data)


def with_code(dimension: str, code: str) -> tuple[str, ...]:
    """Return the four dimension codes with one of them set and the others in total."""
    return tuple(code if name == dimension else TOTAL for name in DIMENSIONS)
