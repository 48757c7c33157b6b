"""What the pages share: an edition with the figures of one year, and each criterion and target ready to be shown.

Nothing here reads the database; `pages_source` fetches, the builders here and in the other `pages_*` modules arrange.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from django.urls import reverse

from songhanh.core import printing
from songhanh.core.indicators import Agencies, Criterion, EveryMonthByKind, Ratio
from songhanh.core.results import Evaluation, ResultRow, State, Status, counts_as_met, evaluate_target
from songhanh.plan.edition import Edition, Target, Unit
from songhanh.web import pages_words as words
from songhanh.web.charts import Point, Spark, spark


@dataclass(frozen=True, slots=True)
class Book:
    """An edition and the results shown: all rows of `year`, and the province's yearly rows of every year.

    `years` are the years that may be chosen. `rows` is empty and `empty` true when the register has no figures.
    """

    edition: Edition
    years: tuple[int, ...]
    year: int
    rows: tuple[ResultRow, ...]
    series: Mapping[str, tuple[ResultRow, ...]]
    illustrative: bool

    @property
    def empty(self) -> bool:
        """True when no figure stands behind the pages."""
        return not self.series

    @property
    def province(self) -> str:
        """The code of the province."""
        return self.edition.area_map(self.year).province.code

    def row(self, criterion: str, *, year: int | None = None) -> ResultRow | None:
        """Return the province's row of a criterion for a year, None when nothing was computed."""
        wanted = str(self.year if year is None else year)
        return next((row for row in self.series.get(criterion, ()) if row.period == wanted), None)

    def commune_rows(self, criterion: str) -> tuple[ResultRow, ...]:
        """Return the rows of the communes, quarters included."""
        return tuple(row for row in self.rows if row.criterion == criterion and row.area != self.province)

    def quarter_rows(self, criterion: str) -> tuple[ResultRow, ...]:
        """Return the province's rows of quarters, in order."""
        return tuple(
            row
            for row in self.rows
            if row.criterion == criterion and row.area == self.province and row.period != str(self.year)
        )


@dataclass(frozen=True, slots=True)
class Change:
    """How a value moved since the year before, in a mark and words."""

    mark: str  # up, down, same
    words: str  # "tăng 1,2 điểm %"
    size: str  # "1,2 điểm %"
    year: int


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A criterion of a year, as lists and headlines show it."""

    code: str
    name: str
    value: str  # with unit, or why there is none
    number: str  # without unit, "" when there is none
    unit_note: str  # the unit when it is too long to stand behind the number in a table
    has_value: bool
    status: str
    goal: str
    short_goal: str
    tag: words.Tag
    change: Change | None
    spark: Spark | None
    url: str
    figures_url: str


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target of a year with its criteria."""

    code: str
    title: str
    evaluation: str
    tag: words.Tag
    lead: str
    lead_missing: bool
    url: str
    criteria: tuple[CriterionView, ...]

    @property
    def single(self) -> CriterionView | None:
        """The criterion of a target that has just one."""
        return self.criteria[0] if len(self.criteria) == 1 else None


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective with its targets."""

    code: str
    number: int
    title: str
    url: str
    targets: tuple[TargetView, ...]


def exact(row: ResultRow | None) -> Fraction | None:
    """Return the value of a row as a number: from its parts where they are given, so that nothing was rounded."""
    if row is None or row.state != State.VALUE:
        return None
    return Fraction(row.value)


def unit_of(book: Book, criterion: Criterion) -> Unit:
    """Return the unit a criterion is measured in, in the words of its indicator (`cơ sở` rather than `đơn vị`)."""
    unit = book.edition.units[criterion.unit]
    said = book.edition.indicators[book.edition.wording[criterion.code].indicator].unit_words
    return unit if said == unit.words else replace(unit, words=said, difference=said)


def url(name: str, book: Book, *args: str, **query: str) -> str:
    """Return the address of a page in the year that is shown; the latest year needs no mention."""
    pairs = {} if not book.years or book.year == book.years[-1] else {"nam": str(book.year)}
    text = "&".join(f"{key}={value}" for key, value in {**pairs, **query}.items() if value)
    return reverse(name, args=args) + (f"?{text}" if text else "")


def points(book: Book, criterion: Criterion) -> list[Point]:
    """Return the series of a criterion up to the year shown, gaps named."""
    unit = unit_of(book, criterion)
    found = []
    for row in book.series.get(criterion.code, ()):
        if int(row.period) > book.year:
            continue
        value = exact(row)
        firm = row.status == Status.OFFICIAL and not partial(row)
        label = "" if value is None else words.bare(value, unit, against=threshold(criterion))
        gap = "" if value is not None else words.lower_first(words.STATES[row.state])
        found.append(Point(int(row.period), value, label, firm=firm, gap=gap))
    return found


def partial(row: ResultRow) -> bool:
    """Say whether some of those who owe figures have not sent them."""
    return int(row.have) < int(row.need)


def threshold(criterion: Criterion) -> Fraction | None:
    """Return the threshold as an exact number."""
    return None if criterion.threshold is None else Fraction(criterion.threshold)


def change(book: Book, criterion: Criterion) -> Change | None:
    """Return how the value moved since the year before; None when one of the two is missing."""
    now, before = exact(book.row(criterion.code)), exact(book.row(criterion.code, year=book.year - 1))
    if now is None or before is None:
        return None
    unit = unit_of(book, criterion)
    mark = "up" if now > before else "down" if now < before else "same"
    return Change(
        mark=mark,
        words=printing.change(now, before, unit.decimals, unit.words),
        size=printing.distance(now - before, unit.decimals, _short(unit)),
        year=book.year - 1,
    )


def _short(unit: Unit) -> str:
    return unit.words if is_short(unit) else ""


def is_short(unit: Unit) -> bool:
    """Say whether a unit may stand behind a number in a narrow column."""
    return len(unit.words) <= words.LONGEST_UNIT


def criterion_view(book: Book, code: str) -> CriterionView:
    """Return a criterion ready to be listed."""
    criterion, wording = book.edition.criterion(code), book.edition.wording[code]
    unit, row, level = unit_of(book, criterion), book.row(code), threshold(criterion)
    value = exact(row)
    shown = words.figure(value, unit, against=level)
    if row is not None and value is None:
        shown = words.STATES[row.state]
    series = points(book, criterion)
    return CriterionView(
        code=code,
        name=wording.name,
        value=shown,
        number="" if value is None else words.bare(value, unit, against=level),
        unit_note="" if is_short(unit) and unit.words == printing.PERCENT else unit.words,
        has_value=value is not None,
        status=words.STATUSES.get(row.status, "") if row else "",
        goal=_goal(criterion, unit),
        short_goal=_goal(criterion, unit, short=True),
        tag=words.tag(row.evaluation if row else Evaluation.NO_DATA, judged=criterion.comparator is not None),
        change=change(book, criterion),
        spark=spark(series, threshold=level) if value is not None else None,
        url=f"{url('target', book, criterion.target)}#{code}",
        figures_url=url("target-figures", book, criterion.target, **{"tieu-chi": code}),
    )


def _goal(criterion: Criterion, unit: Unit, *, short: bool = False) -> str:
    level = threshold(criterion)
    if criterion.comparator is None or level is None:
        return ""
    return words.goal(criterion.comparator, level, unit, short=short)


def target_evaluation(book: Book, target: Target) -> Evaluation:
    """Return the evaluation of a target from its criteria that have a comparator."""
    parts = []
    for code in target.criteria:
        if book.edition.criterion(code).comparator is not None:
            row = book.row(code)
            parts.append(Evaluation(row.evaluation) if row else Evaluation.NO_DATA)
    return evaluate_target(parts)


def target_view(book: Book, target: Target) -> TargetView:
    """Return a target ready to be listed."""
    evaluation = target_evaluation(book, target)
    return TargetView(
        code=target.code,
        title=target.title,
        evaluation=evaluation,
        tag=words.tag(evaluation),
        lead=agency_name(book.edition, target.lead.agency) if target.lead else "Kế hoạch chưa nêu",
        lead_missing=target.lead is None,
        url=url("target", book, target.code),
        criteria=tuple(criterion_view(book, code) for code in target.criteria),
    )


def objective_views(book: Book) -> tuple[ObjectiveView, ...]:
    """Return the objectives of the plan with their targets."""
    by_code = {target.code: target for target in book.edition.targets}
    return tuple(
        ObjectiveView(
            code=objective.code,
            number=number,
            title=objective.title,
            url=f"{reverse('plan')}#{anchor(objective.clause)}",
            targets=tuple(target_view(book, by_code[code]) for code in objective.targets),
        )
        for number, objective in enumerate(book.edition.objectives, 1)
    )


def met(targets: Iterable[TargetView]) -> int:
    """Return how many targets count as reached."""
    return sum(counts_as_met(Evaluation(target.evaluation)) for target in targets)


def agency_name(edition: Edition, code: str) -> str:
    """Return the name of an agency, the code itself when the edition does not know it."""
    agency = edition.agencies.get(code)
    return agency.name if agency else code


def unit_name(edition: Edition, code: str) -> str:
    """Return the name of whoever reports: a commune, an agency, or the province."""
    place = edition.places.get(code)
    return words.upper_first(place.full_name) if place else agency_name(edition, code)


def commune_noun(edition: Edition) -> str:
    """Return what communes are called together: `xã, phường`."""
    types: dict[str, int] = {}
    levels = {area.code: area.level for area in edition.areas}
    for place in edition.places.values():
        if levels.get(place.code) == "commune":
            types[place.type] = types.get(place.type, 0) + 1
    return ", ".join(sorted(types, key=lambda kind: -types[kind])) or "đơn vị"


def units_noun(book: Book, criterion: Criterion) -> str:
    """Return what those who owe figures for a criterion are called together."""
    match criterion.definition:
        case Agencies():
            return "cơ quan"
        case EveryMonthByKind():
            return "đài"
        case Ratio():
            return "nguồn số liệu"
        case _:
            row = book.row(criterion.code)
            communes = len(book.edition.area_map(book.year).communes)
            only = row is None or int(row.need) <= communes
            return commune_noun(book.edition) if only else "đơn vị"


def silent_units(row: ResultRow | None) -> tuple[str, ...]:
    """Return the codes of those who owe figures and have not sent all of them."""
    return tuple(row.silent.split(";")) if row and row.silent else ()


def anchor(clause: str) -> str:
    """Return the anchor of a clause on the page of the plan: `muc-II.2.3-chi-tieu-2`."""
    plain = clause.lower().replace("mục ", "").replace("chỉ tiêu", "chi-tieu").replace(",", "")
    return "muc-" + "-".join(plain.upper().replace("CHI-TIEU", "chi-tieu").split())
