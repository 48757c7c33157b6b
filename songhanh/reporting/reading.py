"""A release read as typed facts; the only module that knows its keys.

Figures come in as exact fractions. A release prints a value with six decimals; where numerator and denominator stand
beside it, the exact value is worked out again, so that printing rounds once.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import cast

from songhanh.core.printing import NotANumber, exact
from songhanh.core.results import Evaluation, State, Status

Data = Mapping[str, object]

_ARROW = re.compile(r"\s*[←→]\s*")
_FACTORS = {"PT": 100, "RATIO": 1, "B_PER_100G": 100, "PER_1K": 1_000, "PER_100K": 100_000}
"""What numerator ÷ denominator is multiplied by, per unit of the contract (§9)."""


class UnreadableRelease(ValueError):
    """The release lacks something a report needs; `key` says what, in the writing of the file."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the release lacks {key}, or holds something else there")
        self.key = key


@dataclass(frozen=True, slots=True)
class Row:
    """One result: a value, or the name of the gap, with what stands behind it. Names, not codes, are in `silent`."""

    criterion: str
    period: str
    state: State
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    published: bool
    status: Status | None
    have: int
    need: int
    silent: tuple[str, ...]
    missing: tuple[str, ...]
    evaluation: Evaluation | None
    warnings: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """True when the value stands for all who owe figures, or was judged in spite of silent ones."""
        if self.evaluation is None:
            return self.have == self.need
        return self.evaluation is not Evaluation.NO_DATA


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is measured and held against which mark; `unit` are words, `decimals` the places usually printed."""

    code: str
    target: str
    name: str
    quote: str
    unit: str
    decimals: int
    comparator: str | None
    threshold: Fraction | None
    baseline: Fraction | None
    denominator_words: str
    readings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A target of the plan with its official evaluation; agencies are in the short wording.

    `year_in_words` is True when the plan's own words name the year by which it is due.
    """

    code: str
    objective: str
    quote: str
    title: str
    due: int
    year_in_words: bool
    lead: str | None
    suppliers: tuple[str, ...]
    evaluation: Evaluation
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective of the plan with its targets in order."""

    code: str
    quote: str
    title: str
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """A data element nobody has sent, and who should."""

    code: str
    name: str
    suppliers: str


@dataclass(frozen=True, slots=True)
class SilentUnit:
    """A unit that has not reported, and for which criteria."""

    code: str
    name: str
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """Everything a report says, and nothing else. `mark` identifies the release (sha256 of its canonical bytes)."""

    year: int
    mark: str
    created_at: datetime
    illustrative: bool
    plan_number: str | None
    plan_day: date | None
    plan_issued: str
    first: int
    last: int
    objectives: tuple[Objective, ...]
    criteria: Mapping[str, Criterion]
    now: Mapping[str, Row]
    before: Mapping[str, Row]
    quarters: Mapping[str, tuple[Row, ...]]
    met: int
    of: int
    silent_units: tuple[SilentUnit, ...]
    missing_elements: Mapping[str, Element]
    report: Data

    @property
    def targets(self) -> tuple[Target, ...]:
        """All targets in the order of the plan."""
        return tuple(target for objective in self.objectives for target in objective.targets)


def canonical(release: Data) -> bytes:
    """Return the bytes of a release as it is filed: sorted keys, no spaces, a newline at the end."""
    text = json.dumps(release, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_thawed)
    return text.encode() + b"\n"


def _thawed(frozen: object) -> object:
    if isinstance(frozen, Mapping):
        return dict(frozen)
    raise TypeError(type(frozen))


def text(data: Data, key: str) -> str:
    """Return a text that must stand there. Raises: UnreadableRelease."""
    found = data.get(key)
    if not isinstance(found, str):
        raise UnreadableRelease(key)
    return found


def opt_text(data: Data, key: str) -> str | None:
    """Return a text, None when it is null, empty or not there."""
    found = data.get(key)
    return found if isinstance(found, str) and found else None


def whole(data: Data, key: str) -> int:
    """Return a whole number, written as number or as text. Raises: UnreadableRelease."""
    found = data.get(key)
    if isinstance(found, bool) or not isinstance(found, int | str):
        raise UnreadableRelease(key)
    try:
        return int(found)
    except ValueError:
        raise UnreadableRelease(key) from None


def mapping(data: Data, key: str) -> Data:
    """Return a mapping that must stand there. Raises: UnreadableRelease."""
    found = data.get(key)
    if not isinstance(found, Mapping):
        raise UnreadableRelease(key)
    return cast("Data", found)


def items(data: Data, key: str) -> Sequence[object]:
    """Return a list, empty when it is null or not there; a text with `;` counts as a list of codes."""
    found = data.get(key)
    if isinstance(found, str):
        return [part for part in found.split(";") if part]
    return found if isinstance(found, Sequence) else ()


def mappings(data: Data, key: str) -> list[Data]:
    """Return a list of mappings. Raises: UnreadableRelease when something else stands in it."""
    found = items(data, key)
    if not all(isinstance(entry, Mapping) for entry in found):
        raise UnreadableRelease(key)
    return [cast("Data", entry) for entry in found]


def texts(data: Data, key: str) -> tuple[str, ...]:
    """Return a list of texts. Raises: UnreadableRelease when something else stands in it."""
    found = items(data, key)
    if not all(isinstance(entry, str) for entry in found):
        raise UnreadableRelease(key)
    return tuple(str(entry) for entry in found)


def _figure(data: Data, key: str) -> Fraction | None:
    """Return a figure, None for a gap; a baseline may be a mapping with its value."""
    found = data.get(key)
    if isinstance(found, Mapping):
        return _figure(cast("Data", found), "value")
    if found is None or found == "":
        return None
    try:
        return exact(str(found))
    except NotANumber:
        raise UnreadableRelease(key) from None


def _exact_value(data: Data, value: Fraction | None) -> Fraction | None:
    """Return the value before it was rounded to six places, when its two counts stand beside it."""
    over, under = _figure(data, "numerator"), _figure(data, "denominator")
    factor = _FACTORS.get(text(data, "unit"))
    if value is None or over is None or not under or factor is None:
        return value
    counted = over / under * factor
    return counted if abs(counted - value) <= Fraction(1, 1_000_000) else value


def _row(data: Data, names: Mapping[str, str]) -> Row:
    state = State(text(data, "state"))
    evaluation, status = opt_text(data, "evaluation"), opt_text(data, "status")
    value = _exact_value(data, _figure(data, "value")) if state is State.VALUE else None
    return Row(
        criterion=text(data, "criterion"),
        period=text(data, "period"),
        state=state,
        value=value,
        numerator=_figure(data, "numerator"),
        denominator=_figure(data, "denominator"),
        published=opt_text(data, "basis") == "CONG_BO",
        status=Status(status) if status else None,
        have=whole(data, "have"),
        need=whole(data, "need"),
        silent=tuple(names.get(code, code) for code in texts(data, "silent")),
        missing=texts(data, "missing"),
        evaluation=Evaluation(evaluation) if evaluation else None,
        warnings=texts(data, "warnings"),
    )


def _criterion(data: Data, report: Data) -> Criterion:
    """Return a criterion; the report's data may word its unit in their own way ("cơ sở" for a count)."""
    worded = mapping(report, "criteria").get(text(data, "code")) if "criteria" in report else None
    unit = opt_text(cast("Data", worded), "unit") if isinstance(worded, Mapping) else None
    return Criterion(
        code=text(data, "code"),
        target=text(data, "target"),
        name=text(data, "name"),
        quote=text(data, "quote"),
        unit=unit or text(data, "unit_words"),
        decimals=whole(data, "decimals"),
        comparator=opt_text(data, "comparator"),
        threshold=_figure(data, "threshold"),
        baseline=_figure(data, "baseline"),
        denominator_words=opt_text(data, "denominator_words") or "",
        readings=tuple((text(entry, "code"), text(entry, "words")) for entry in mappings(data, "readings")),
    )


def _agency(found: object, names: Mapping[str, str]) -> str | None:
    """Return the short wording of an agency given by code, or by a mapping that holds its code."""
    code = found.get("agency") if isinstance(found, Mapping) else found
    return names.get(code, code) if isinstance(code, str) and code else None


def _agencies(found: Iterable[object], names: Mapping[str, str]) -> tuple[str, ...]:
    worded = (_agency(entry, names) for entry in found)
    return tuple(dict.fromkeys(word for word in worded if word))


def _year(data: Data, key: str) -> int:
    found = data.get(key)
    return whole(cast("Data", found), "year") if isinstance(found, Mapping) else whole(data, key)


def _target(data: Data, short: Mapping[str, str]) -> Target:
    return Target(
        code=text(data, "code"),
        objective=text(data, "objective"),
        quote=text(data, "quote"),
        title=text(data, "title"),
        due=_year(data, "due"),
        year_in_words=bool(data["due_quote"])
        if "due_quote" in data
        else str(data["due"]) in text(data, "quote"),
        lead=_agency(data.get("lead"), short),
        suppliers=_agencies(items(data, "suppliers"), short),
        evaluation=Evaluation(text(data, "evaluation")),
        criteria=texts(data, "criteria"),
    )


def _objectives(release: Data, short: Mapping[str, str]) -> tuple[Objective, ...]:
    targets = [_target(entry, short) for entry in mappings(release, "targets")]
    return tuple(
        Objective(
            code=text(entry, "code"),
            quote=text(entry, "quote"),
            title=text(entry, "title"),
            targets=tuple(target for target in targets if target.objective == text(entry, "code")),
        )
        for entry in mappings(release, "objectives")
    )


def _names(release: Data) -> dict[str, str]:
    """Return how units are called inside a sentence: communes, the province, agencies."""
    place = mapping(release, "place")
    agencies = {str(code): str(worded["document"]) for code, worded in _agency_words(release)}
    areas = {text(area, "code"): text(area, "full_name") for area in mappings(release, "areas")}
    return {**agencies, text(place, "code"): text(place, "full_name"), **areas}


def _agency_words(release: Data) -> list[tuple[str, Data]]:
    agencies = mapping(release, "agencies")
    return [(code, mapping(agencies, code)) for code in agencies]


def _element(data: Data, names: Mapping[str, str]) -> Element:
    """Return a missing element; the arrows by which the catalogue shows who passes a figure on become commas."""
    suppliers = data.get("suppliers")
    worded = (
        suppliers if isinstance(suppliers, str) else ", ".join(_agencies(items(data, "suppliers"), names))
    )
    return Element(text(data, "code"), text(data, "name"), _ARROW.sub(", ", worded))


def _moment(data: Data, key: str) -> datetime:
    try:
        return datetime.fromisoformat(text(data, key))
    except ValueError:
        raise UnreadableRelease(key) from None


def _plan_day(edition: Data) -> date | None:
    day = opt_text(edition, "day")
    return date.fromisoformat(day) if day and len(day) == len("2026-04-05") else None


def read(release: Data) -> Release:
    """Return the facts of a release. Raises: UnreadableRelease, naming the first key that does not fit."""
    try:
        found = _read(release)
    except UnreadableRelease:
        raise
    except (KeyError, ValueError) as error:
        raise UnreadableRelease(str(error)) from error
    _check_whole(found)
    return found


def _check_whole(release: Release) -> None:
    """Raise UnreadableRelease when a target, or the criterion or result of one, is not there."""
    if not release.targets or len(release.targets) != release.of:
        raise UnreadableRelease("targets")
    for code in (code for target in release.targets for code in target.criteria):
        for key, held in (("criteria", release.criteria), ("results", release.now)):
            if code not in held:
                raise UnreadableRelease(f"{key}: {code}")


def _read(release: Data) -> Release:
    names = _names(release)
    short = {code: opt_text(worded, "short") or names[code] for code, worded in _agency_words(release)}
    edition, summary = mapping(release, "edition"), mapping(release, "summary")
    report = mapping(release, "report")
    province, period = text(mapping(release, "place"), "code"), text(release, "period")
    rows = [_row(entry, names) for entry in mappings(release, "results") if entry.get("area") == province]
    return Release(
        year=int(period),
        mark=hashlib.sha256(canonical(release)).hexdigest(),
        created_at=_moment(release, "created_at"),
        illustrative=release.get("illustrative") is True,
        plan_number=opt_text(edition, "number"),
        plan_day=_plan_day(edition),
        plan_issued=text(edition, "issued"),
        first=whole(mapping(edition, "term"), "first"),
        last=whole(mapping(edition, "term"), "last"),
        objectives=_objectives(release, short),
        criteria={text(c, "code"): _criterion(c, report) for c in mappings(release, "criteria")},
        now={row.criterion: row for row in rows if row.period == period},
        before=_last_year(release, names, int(period) - 1),
        quarters=_quarters(rows, period),
        met=whole(summary, "met"),
        of=whole(summary, "of"),
        silent_units=_silent_units(release, names),
        missing_elements={text(e, "code"): _element(e, names) for e in mappings(release, "missing_elements")},
        report=report,
    )


def _last_year(release: Data, names: Mapping[str, str], year: int) -> dict[str, Row]:
    rows = (_row(entry, names) for entry in mappings(release, "previous"))
    return {row.criterion: row for row in rows if row.period == str(year)}


def _quarters(rows: Sequence[Row], year: str) -> dict[str, tuple[Row, ...]]:
    of_year = sorted((row for row in rows if row.period.startswith(f"{year}-Q")), key=lambda row: row.period)
    return {code: tuple(r for r in of_year if r.criterion == code) for code in {r.criterion for r in of_year}}


def _silent_units(release: Data, names: Mapping[str, str]) -> tuple[SilentUnit, ...]:
    return tuple(
        SilentUnit(text(e, "code"), names.get(text(e, "code"), text(e, "name")), texts(e, "criteria"))
        for e in mappings(release, "silent_units")
    )
