"""The rules that one file can break by itself, asked of all its rows at once (contract §3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from songhanh.core.areas import AreaMap
from songhanh.core.elements import DIMENSIONS, TOTAL, Partition, ReadRule, ValueKind
from songhanh.core.observations import MILLION, Quantity
from songhanh.core.periods import is_period
from songhanh.core.results import State
from songhanh.core.rulebook import Rulebook
from songhanh.core.table import KIND, ORG, value_problem, with_code

from .backends import DuckDBBackend
from .tables import FRAME, TEXT

_KEY: Final = ("element", "area", "org", "period", *DIMENSIONS)


class _Place(NamedTuple):
    """A state that occurs, and at what sort of place."""

    element: str
    at_province: bool
    of_org: bool
    state: str


class _Span(NamedTuple):
    """The smallest and largest number of an element in millionths, in total rows or elsewhere."""

    element: str
    total: bool
    most_micro: int
    lowest: int
    highest: int


def is_flawless(backend: DuckDBBackend, *, rules: Rulebook, areas: AreaMap) -> bool:
    """Say whether the frame, as `reader.read` makes it, breaks no rule; False also for a rare false alarm.

    Raises: EngineError.
    """
    return all(_Checks(backend, rules, areas).answers())


class _Checks:
    def __init__(self, backend: DuckDBBackend, rules: Rulebook, areas: AreaMap) -> None:
        self._backend = backend
        self._rules = rules
        self._province = areas.province.code

    def answers(self) -> Iterator[bool]:
        """Yield for each rule whether it holds; each may count on those before it."""
        states = frozenset(state.value for state in State)
        yield all(state in states for (state,) in self._distinct("state"))
        yield all(not org or ORG.fullmatch(org) for (org,) in self._distinct("org"))
        yield all(self._is_period(period) for (period,) in self._distinct("period"))
        yield all(self._is_kind(element, kind) for element, kind in self._distinct("element", "kind"))
        yield all(self._may_stand(place) for place in self._places())
        yield all(self._in_range(span) for span in self._spans())
        yield self._keys_differ()
        yield self._totals_agree()

    def _ask(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        return self._backend.run(sql, parameters)

    def _distinct(self, *columns: str) -> list[tuple[Any, ...]]:
        return self._ask(f"SELECT DISTINCT {', '.join(columns)} FROM {FRAME}")

    def _rule(self, element: str) -> ReadRule | None:
        return self._rules.elements[element].rule

    def _is_period(self, text: str | None) -> bool:
        first, last = self._rules.term_first, self._rules.term_last
        return text is not None and is_period(text, term_first=first, term_last=last)

    def _is_kind(self, element: str, kind: str) -> bool:
        rule = self._rule(element)
        if kind == TOTAL:
            return rule is None or rule.total_kind
        if rule is None or rule.kinds is None:
            return KIND.fullmatch(kind) is not None
        return kind in rule.kinds

    def _places(self) -> Iterator[_Place]:
        found = self._ask(f"SELECT DISTINCT element, area = ?, org <> '', state FROM {FRAME}", self._province)
        return (_Place(*row) for row in found)

    def _may_stand(self, place: _Place) -> bool:
        rule = self._rule(place.element)
        if rule is None:
            return True
        if place.of_org and not (place.at_province and rule.area_class.by_org):
            return False
        allowed = {State.NIL: rule.nil, State.NOT_APPLICABLE: rule.not_applicable}
        return allowed.get(State(place.state), True)

    def _spans(self) -> Iterator[_Span]:
        found = self._ask(
            f"""SELECT element, area = ? AND org = '' AS total, max(micro), min(amount), max(amount)
            FROM (SELECT *, CAST(whole AS HUGEINT) * {MILLION} + micro AS amount
                  FROM {FRAME} WHERE state = '{State.VALUE}')
            GROUP BY ALL""",
            self._province,
        )
        return (_Span(*row) for row in found)

    def _in_range(self, span: _Span) -> bool:
        """Say whether the ends, and so all numbers between them, may stand."""
        rule = self._rule(span.element)
        if rule is None:
            return True
        if span.most_micro and rule.value.kind is not ValueKind.DECIMAL:
            return False
        total_row = span.total and (rule.area_class.by_commune or rule.area_class.by_org)
        ends = (Quantity(*divmod(amount, MILLION)) for amount in (span.lowest, span.highest))
        return all(value_problem(rule.value, end, total_row=total_row) is None for end in ends)

    def _keys_differ(self) -> bool:
        """Say whether no key occurs twice; two keys that share a hash, once in a blue moon, look like one."""
        keys = f"hash({', '.join(_KEY)})"
        return not self._ask(f"SELECT 1 FROM {FRAME} HAVING count(DISTINCT {keys}) < count(*)")

    def _partitions(self) -> Iterator[tuple[str, Partition]]:
        for element, spec in self._rules.elements.items():
            for partition in spec.rule.partitions if spec.rule else ():
                yield element, partition

    def _totals_agree(self) -> bool:
        """Say whether every total is the sum of each partition all of whose codes are answered (contract §3.3)."""
        parts = [
            (number, element, *with_code(partition.dimension, code), len(partition.codes))
            for number, (element, partition) in enumerate(self._partitions())
            for code in partition.codes
        ]
        if not parts:
            return True
        columns = ("element", *DIMENSIONS)
        typed = ", ".join(f"{name} {self._backend.column_type(name, TEXT)}" for name in columns)
        self._ask(f"CREATE TEMP TABLE part (part_of INT, {typed}, size INT)")
        values = [list(column) for column in zip(*parts, strict=True)]
        self._ask(f"INSERT INTO part SELECT {', '.join(['unnest(?)'] * len(values))}", *values)
        wrong = self._ask(
            f"""WITH sums AS (
                SELECT part_of, element, area, org, period, sum(coalesce(whole, 0)) AS amount
                FROM {FRAME} JOIN part USING ({", ".join(columns)})
                WHERE state IN ('{State.VALUE}', '{State.NIL}')
                GROUP BY part_of, element, area, org, period, size HAVING count(*) = size
            )
            SELECT 1 FROM sums JOIN {FRAME} USING (element, area, org, period)
            WHERE {" AND ".join(f"{name} = '{TOTAL}'" for name in DIMENSIONS)}
              AND state = '{State.VALUE}' AND whole <> amount LIMIT 1"""
        )
        return not wrong
