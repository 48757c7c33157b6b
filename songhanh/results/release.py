"""What a release holds: everything that is said of a year, in one canonical JSON file.

Figures are strings, gaps stand by their names, keys are sorted: the same register, edition and metadata give the same
bytes, and the SHA-256 of the bytes is the release's name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils import timezone

from songhanh.core.compute import Level, Outcome
from songhanh.core.results import Evaluation, ResultRow, counts_as_met, evaluate_target, plain
from songhanh.observations import queries
from songhanh.observations.queries import Entry
from songhanh.plan import Edition
from songhanh.plan.edition import Assignment, Target

from .computing import Register, ids_behind, is_illustrative

FORMAT = "songhanh-release-1"
CONTRACT = "compute-1"
CODE = "songhanh"
SCOPE = "noi_bo"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a release says of itself and cannot be worked out again: who made it, when, with which code."""

    year: int
    created_at: str
    created_by: str
    code_version: str


def canonical(release: Mapping[str, object]) -> bytes:
    """Return the bytes of a release: UTF-8, sorted keys, no spaces, a newline at the end."""
    text = json.dumps(release, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_thawed)
    return text.encode("utf-8") + b"\n"


def _thawed(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return list(value)
    raise TypeError(f"{type(value)} does not belong into a release")


def name_of(data: bytes) -> str:
    """Return the name of a release: the SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()


def content(about: Facts, register: Register) -> Json:
    """Return the release of a year from the register as of its mark.

    Raises: Refused, when figures contradict one another.
    """
    edition, year = register.edition, about.year
    outcomes = register.outcomes(year)
    province = edition.area_map(year).province.code
    own = [o.row for o in outcomes if o.row.area == province and o.row.period == f"{year:04d}"]
    verdicts = _verdicts(own, edition)
    series = _series(register, year, own)
    return {
        "format": FORMAT,
        "contract": CONTRACT,
        "scope": SCOPE,
        "period": f"{year:04d}",
        "created_at": about.created_at,
        "created_by": about.created_by,
        "code": {"name": CODE, "version": about.code_version},
        "register": {"mark": register.mark, "observations": queries.count(mark=register.mark)},
        "illustrative": is_illustrative(outcomes),
        **_plan_part(edition, year, verdicts),
        "results": [_result(o.row) for o in outcomes],
        "previous": [_result(row) for row in _previous(register, year, province)],
        "series": series,
        "summary": _summary(verdicts),
        "silent_units": _silent_units(own, edition),
        "missing_elements": _missing_elements(own, edition),
        "lineage": _lineage(outcomes, edition, province),
        "report": edition.reports.get("annual", {}),
    }


def _verdicts(rows: Iterable[ResultRow], edition: Edition) -> dict[str, Evaluation]:
    """Return the evaluation of each target from its criteria that have a comparator."""
    found: dict[str, list[Evaluation]] = {target.code: [] for target in edition.targets}
    for row in rows:
        if row.evaluation:
            found[row.target].append(Evaluation(row.evaluation))
    return {code: evaluate_target(parts) for code, parts in found.items()}


def _plan_part(edition: Edition, year: int, verdicts: Mapping[str, Evaluation]) -> Json:
    province = edition.area_map(year).province
    place = edition.places.get(province.code)
    return {
        "edition": {
            "id": edition.id,
            "digest": edition.digest,
            "title": edition.title,
            "number": edition.number,
            "day": edition.day.isoformat() if edition.day else None,
            "issued": edition.issued,
            "term": {"first": edition.term.first, "last": edition.term.last},
        },
        "place": {
            "code": province.code,
            "name": province.name,
            "full_name": place.full_name if place else province.name,
        },
        "areas": [_area(edition, commune.code, commune.name) for commune in edition.area_map(year).communes],
        "agencies": {
            agency.code: {"name": agency.name, "document": agency.document, "short": agency.short}
            for agency in edition.agencies.values()
        },
        "objectives": [
            {"code": o.code, "title": o.title, "quote": o.quote, "clause": o.clause}
            for o in edition.objectives
        ],
        "targets": [_target(target, edition, verdicts[target.code]) for target in edition.targets],
        "criteria": [_criterion(criterion.code, edition) for criterion in edition.criteria],
    }


def _area(edition: Edition, code: str, name: str) -> Json:
    place = edition.places.get(code)
    return {
        "code": code,
        "name": name,
        "full_name": place.full_name if place else name,
        "type": place.type if place else "",
    }


def _target(target: Target, edition: Edition, evaluation: Evaluation) -> Json:
    readings = {r.code: r for code in target.criteria for r in edition.readings_of(code) if not r.general}
    return {
        "code": target.code,
        "objective": target.objective,
        "title": target.title,
        "clause": target.clause,
        "quote": target.quote,
        "due": target.due.year,
        "due_quote": target.due.quote,
        "due_reading": target.due.reading,
        "lead": _assignment(target.lead) if target.lead else None,
        "coordinators": [_assignment(a) for a in target.coordinators],
        "suppliers": [_assignment(a) for a in target.suppliers],
        "lead_gap": target.lead_gap,
        "evaluation": evaluation.value,
        "criteria": list(target.criteria),
        "readings": [{"code": r.code, "words": r.words} for r in readings.values()],
    }


def _assignment(assignment: Assignment) -> Json:
    return {
        "agency": assignment.agency,
        "clause": assignment.clause,
        "quote": assignment.quote,
        "note": assignment.note,
    }


def _criterion(code: str, edition: Edition) -> Json:
    criterion, wording = edition.criterion(code), edition.wording[code]
    indicator, unit = edition.indicators[wording.indicator], edition.units[criterion.unit]
    base = wording.baseline
    return {
        "code": code,
        "target": criterion.target,
        "name": wording.name,
        "quote": wording.quote,
        "unit": criterion.unit,
        "unit_words": unit.words,
        "comparator": criterion.comparator.value if criterion.comparator else None,
        "comparator_words": wording.comparator_words,
        "threshold": None if criterion.threshold is None else plain(Fraction(criterion.threshold)),
        "baseline": None if base is None else {"value": plain(Fraction(base.value)), "quote": base.quote},
        "numerator_words": indicator.numerator_words,
        "denominator_words": indicator.denominator_words,
        "decimals": unit.decimals,
        "definition_words": indicator.words,
        "readings": [{"code": r.code, "words": r.words} for r in edition.readings_of(code)],
    }


def _result(row: ResultRow) -> Json:
    return {
        "criterion": row.criterion,
        "target": row.target,
        "area": row.area,
        "period": row.period,
        "state": row.state,
        "value": row.value,
        "unit": row.unit,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "basis": row.basis,
        "status": row.status,
        "have": row.have,
        "need": row.need,
        "silent": codes(row.silent),
        "missing": codes(row.missing),
        "evaluation": row.evaluation,
        "warnings": codes(row.warnings),
    }


def codes(joined: str) -> list[str]:
    """Return the codes of a cell that joins them by semicolons."""
    return joined.split(";") if joined else []


def _previous(register: Register, year: int, province: str) -> list[ResultRow]:
    """Return the province's rows of the year before, none when no figure was read for it."""
    if year - 1 not in register.years():
        return []
    outcomes = register.outcomes(year - 1, level=Level.PROVINCE)
    return [o.row for o in outcomes if o.row.area == province]


def _series(register: Register, year: int, own: Sequence[ResultRow]) -> Json:
    """Return each criterion's yearly values of the province, from the first year with figures to this one."""
    found: dict[str, list[Json]] = {criterion.code: [] for criterion in register.edition.criteria}
    for earlier in (y for y in register.years() if y < year):
        for outcome in register.outcomes(earlier, level=Level.PROVINCE):
            if outcome.row.period == f"{earlier:04d}":
                found[outcome.row.criterion].append(_point(outcome.row))
    for row in own:
        found[row.criterion].append(_point(row))
    return found


def _point(row: ResultRow) -> Json:
    return {
        "year": row.period,
        "state": row.state,
        "value": row.value,
        "status": row.status,
        "evaluation": row.evaluation,
    }


def _summary(verdicts: Mapping[str, Evaluation]) -> Json:
    counted = {e.value: sum(v is e for v in verdicts.values()) for e in Evaluation}
    return {
        "met": sum(counts_as_met(verdict) for verdict in verdicts.values()),
        "of": len(verdicts),
        "by_evaluation": {name: number for name, number in counted.items() if number},
    }


def _silent_units(rows: Iterable[ResultRow], edition: Edition) -> list[Json]:
    """Return who has not answered, with the criteria concerned: areas by code, then organisations."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for code in codes(row.silent):
            found.setdefault(code, []).append(row.criterion)
    return [
        {"code": code, "name": unit_name(code, edition), "criteria": found[code]} for code in sorted(found)
    ]


def unit_name(code: str, edition: Edition) -> str:
    """Return how a unit is called inside a sentence; a code the edition does not name stands for itself."""
    if code in edition.places:
        return edition.places[code].full_name
    return edition.agencies[code].document if code in edition.agencies else code


def _missing_elements(rows: Iterable[ResultRow], edition: Edition) -> list[Json]:
    missing = {code for row in rows for code in codes(row.missing)}
    return [
        {"code": code, "name": element.name, "suppliers": element.supplier_words}
        for code, element in edition.catalogue.items()
        if code in missing
    ]


def _lineage(outcomes: Iterable[Outcome], edition: Edition, province: str) -> Json:
    """Return for each criterion the rows of the register behind the province's results, down to who reported."""
    own = [outcome for outcome in outcomes if outcome.row.area == province]
    entries = queries.entries(ids_behind(own))
    found: dict[str, set[int]] = {criterion.code: set() for criterion in edition.criteria}
    for outcome in own:
        found[outcome.row.criterion] |= ids_behind([outcome])
    return {criterion: [_source(entries[id_]) for id_ in sorted(ids)] for criterion, ids in found.items()}


def _source(entry: Entry) -> Json:
    figure = entry.figure
    return {
        "id": entry.id,
        "element": figure.element,
        "area": figure.area,
        "org": figure.org,
        "period": figure.period,
        "sex": figure.sex,
        "age": figure.age,
        "ethnicity": figure.ethnicity,
        "kind": figure.kind,
        "state": figure.state.value,
        "value": None if figure.value is None else str(figure.value),
        "status": figure.status.value,
        "source": entry.source,
        "recorded_at": timezone.localtime(entry.recorded_at).isoformat(timespec="seconds"),
    }
