"""The page of one target: what was promised, where it stands, why it is judged so, what the number is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse

from songhanh.core import printing
from songhanh.core.collation import in_order, sort_key
from songhanh.core.indicators import Criterion, EveryMonthByKind, EveryQuarter
from songhanh.core.results import Basis, Evaluation, ResultRow, State
from songhanh.plan.edition import Assignment, Reading, Target, Unit
from songhanh.web import pages_words as words
from songhanh.web.charts import Chart, Classes, classes, line_chart
from songhanh.web.pages import (
    Book,
    CriterionView,
    TargetView,
    agency_name,
    anchor,
    criterion_view,
    exact,
    partial,
    points,
    silent_units,
    target_view,
    threshold,
    unit_name,
    unit_of,
    units_noun,
    url,
)
from songhanh.web.pages_figures import Figure, Part, figures_url, parts

FiguresOf = Callable[[str], Sequence[Figure]]


@dataclass(frozen=True, slots=True)
class Role:
    """An agency and the part it has in a target."""

    name: str
    url: str
    clause: str
    clause_url: str
    note: str


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A year of the table beside the chart, or a quarter."""

    period: str
    value: str
    numerator: str
    denominator: str
    coverage: str
    status: str
    tag: words.Tag


@dataclass(frozen=True, slots=True)
class TileView:
    """A commune on the tile map: its place by class, its value, and a mark where it is not a number."""

    name: str
    value: str
    url: str
    place: str
    tint: str
    mark: str


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend of the tile map."""

    tint: str
    label: str
    mark: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """The communes as tiles, in Vietnamese order of their names."""

    tiles: tuple[TileView, ...]
    keys: tuple[Key, ...]
    width: int
    caption: str


@dataclass(frozen=True, slots=True)
class Silent:
    """Who owes figures and has not sent all of them."""

    sentence: str
    units: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CriterionPage:
    """A criterion with everything behind it."""

    view: CriterionView
    quote: str
    arithmetic: tuple[str, ...]
    why: str
    basis: str
    warnings: tuple[str, ...]
    coverage: str
    silent: Silent | None
    missing: tuple[str, ...]
    quarters: tuple[SeriesRow, ...]
    chart: Chart | None
    series: tuple[SeriesRow, ...]
    counted: bool
    covered: bool
    tiles: TileMap | None
    parts: tuple[Part, ...]
    definition: str
    numerator_words: str
    denominator_words: str
    traps: tuple[str, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class TargetPage:
    """The page."""

    view: TargetView
    objective: str
    objective_url: str
    quote: str
    clause: str
    clause_url: str
    due: str
    due_reading: str
    lead: Role | None
    lead_gap: str
    coordinators: tuple[Role, ...]
    suppliers: tuple[Role, ...]
    gaps: tuple[str, ...]
    summary: str
    criteria: tuple[CriterionPage, ...]
    before: tuple[str, str] | None
    after: tuple[str, str] | None


def target_page(book: Book, target: Target, figures_of: FiguresOf) -> TargetPage:
    """Return the page of a target; `figures_of` gives the observations behind a criterion."""
    view = target_view(book, target)
    objective = next(o for o in book.edition.objectives if o.code == target.objective)
    codes = [other.code for other in book.edition.targets]
    place = codes.index(target.code)
    return TargetPage(
        view=view,
        objective=objective.title,
        objective_url=f"{reverse('plan')}#{anchor(objective.clause)}",
        quote=target.quote,
        clause=target.clause,
        clause_url=f"{reverse('plan')}#{anchor(target.clause)}",
        due=f"năm {target.due.year}",
        due_reading=target.due.reading or "",
        lead=_role(book, target.lead) if target.lead else None,
        lead_gap=target.lead_gap or "",
        coordinators=tuple(_role(book, one) for one in target.coordinators),
        suppliers=tuple(_role(book, one) for one in target.suppliers),
        gaps=target.gaps,
        summary=_summary(view),
        criteria=tuple(_criterion(book, code, figures_of) for code in target.criteria),
        before=_neighbour(book, codes[place - 1]) if place else None,
        after=_neighbour(book, codes[place + 1]) if place + 1 < len(codes) else None,
    )


def _neighbour(book: Book, code: str) -> tuple[str, str]:
    return f"{code} {book.edition.target(code).title}", url("target", book, code)


def _role(book: Book, one: Assignment) -> Role:
    return Role(
        name=agency_name(book.edition, one.agency),
        url=url("unit", book, one.agency),
        clause=one.clause or "",
        clause_url=f"{reverse('plan')}#{anchor(one.clause)}" if one.clause else "",
        note=one.note or "",
    )


def _summary(view: TargetView) -> str:
    """Return why the target has its evaluation, when it has several criteria."""
    judged = [part for part in view.criteria if part.goal]
    if len(judged) < 2:
        return ""
    met = [part for part in judged if part.tag.mark in {Evaluation.EXCEEDED, Evaluation.MET}]
    match view.evaluation:
        case Evaluation.NO_DATA:
            lacking = [part.code for part in judged if part.tag.mark == Evaluation.NO_DATA]
            return (
                f"Chỉ tiêu có {len(judged)} tiêu chí và chỉ được đánh giá khi mọi tiêu chí đều có đủ số liệu. "
                f"Còn thiếu: {', '.join(lacking)}."
            )
        case Evaluation.NIL:
            return "Không tiêu chí nào phát sinh trong năm."
        case _:
            rest = [part.code for part in judged if part not in met and part.tag.mark != Evaluation.NIL]
            said = f"{len(met)}/{len(judged)} tiêu chí đạt. Chỉ tiêu chỉ đạt khi mọi tiêu chí đều đạt."
            return f"{said} Chưa đạt: {', '.join(rest)}." if rest else said


def _criterion(book: Book, code: str, figures_of: FiguresOf) -> CriterionPage:
    criterion, wording = book.edition.criterion(code), book.edition.wording[code]
    indicator, row = book.edition.indicators[wording.indicator], book.row(code)
    series = _series(book, criterion)
    return CriterionPage(
        view=criterion_view(book, code),
        quote=wording.quote,
        arithmetic=_arithmetic(
            book, criterion, row, indicator.numerator_words, indicator.denominator_words or ""
        ),
        why=_why(book, criterion, row),
        basis=words.BASES.get(row.basis, "") if row else "",
        warnings=tuple(words.WARNINGS[w] for w in row.warnings.split(";")) if row and row.warnings else (),
        coverage=_coverage(book, criterion, row),
        silent=_silent(book, criterion, row),
        missing=_missing(book, row),
        quarters=tuple(_series_row(book, criterion, one) for one in book.quarter_rows(code)),
        chart=_chart(book, criterion),
        series=series,
        counted=any(one.denominator for one in series),
        covered=any(one.coverage for one in series),
        tiles=_tiles(book, criterion) if criterion.commune_rows else None,
        parts=parts(book, criterion, figures_of(code)),
        definition=indicator.words,
        numerator_words=indicator.numerator_words,
        denominator_words=indicator.denominator_words or "",
        traps=indicator.traps,
        readings=book.edition.readings_of(code),
    )


def _arithmetic(
    book: Book, criterion: Criterion, row: ResultRow | None, numerator: str, denominator: str
) -> tuple[str, ...]:
    """Return the sum written out: what is divided by what, and what comes out."""
    value = exact(row)
    if row is None or value is None:
        return ()
    unit = unit_of(book, criterion)
    result = words.figure(value, unit, against=threshold(criterion))
    if row.basis == Basis.PUBLISHED:
        return (f"Tỷ lệ đã công bố: {result}",)
    above = printing.plain(Fraction(row.numerator))
    if not row.denominator:
        return (f"{words.upper_first(numerator)}: {above}",)
    below = printing.plain(Fraction(row.denominator))
    factor = criterion.definition.factor
    times = "" if factor == 1 else f" × {printing.number(factor)}"
    return (
        f"{above} ÷ {below}{times} = {result}",
        f"Tử số {above}: {words.lower_first(numerator)}.",
        f"Mẫu số {below}: {words.lower_first(denominator)}.",
    )


def _why(book: Book, criterion: Criterion, row: ResultRow | None) -> str:
    """Return the sentence that says why the criterion has its evaluation."""
    if row is None:
        return "Chưa đánh giá vì chưa có số liệu của năm này."
    level, value = threshold(criterion), exact(row)
    if criterion.comparator is None or level is None:
        return "Kế hoạch không đặt ngưỡng cho nội dung này, nên chỉ nêu số liệu, không đánh giá."
    if row.state == State.NIL:
        return "Không phát sinh trường hợp nào trong năm, nên không có gì để đánh giá; không tính là đạt hay chưa đạt."
    if row.evaluation == Evaluation.NO_DATA or value is None:
        return _why_not_judged(book, criterion, row)
    return words.verdict(row.evaluation, value, criterion.comparator, level, unit_of(book, criterion))


def _why_not_judged(book: Book, criterion: Criterion, row: ResultRow) -> str:
    if row.missing:
        names = [f"{code} ({book.edition.catalogue[code].name})" for code in row.missing.split(";")]
        return f"Chưa đánh giá vì chưa có số liệu nào về {', '.join(names)}."
    if partial(row):
        have = words.coverage(int(row.have), int(row.need), units_noun(book, criterion))
        names = [unit_name(book.edition, code) for code in silent_units(row)]
        rest = f"; còn thiếu: {words.listed(names)}" if names else ""
        shown = " Giá trị nêu trên chỉ tính cho các đơn vị đã có số liệu." if exact(row) is not None else ""
        return f"Chưa đánh giá vì mới có {have} có số liệu{rest}.{shown}"
    return "Chưa đánh giá vì số liệu chưa đủ để tính."


def _coverage(book: Book, criterion: Criterion, row: ResultRow | None) -> str:
    if row is None or int(row.need) <= 1 or row.basis == Basis.PUBLISHED:
        return ""
    return words.coverage(int(row.have), int(row.need), units_noun(book, criterion))


def _silent(book: Book, criterion: Criterion, row: ResultRow | None) -> Silent | None:
    codes = silent_units(row)
    if row is None or not codes:
        return None
    named = in_order(
        ((unit_name(book.edition, code), url("unit", book, code)) for code in codes), lambda p: p[0]
    )
    counted = isinstance(criterion.definition, EveryQuarter | EveryMonthByKind)
    how = "được tính là chưa đạt" if counted else "không tính vào tử số và mẫu số"
    return Silent(f"{len(codes)} đơn vị chưa có đủ số liệu ({how}):", tuple(named))


def _missing(book: Book, row: ResultRow | None) -> tuple[str, ...]:
    if row is None or not row.missing:
        return ()
    catalogue = book.edition.catalogue
    return tuple(
        f"{code} {catalogue[code].name}. Nguồn: {catalogue[code].supplier_words}"
        for code in row.missing.split(";")
    )


def _series(book: Book, criterion: Criterion) -> tuple[SeriesRow, ...]:
    return tuple(_series_row(book, criterion, row) for row in book.series.get(criterion.code, ()))


def _series_row(book: Book, criterion: Criterion, row: ResultRow) -> SeriesRow:
    value, period = exact(row), printing.period(row.period)
    return SeriesRow(
        period=row.period if row.period.isdecimal() else words.upper_first(period),
        value=words.STATES[row.state]
        if value is None
        else words.bare(value, unit_of(book, criterion), against=threshold(criterion)),
        numerator=printing.plain(Fraction(row.numerator)) if row.numerator else "",
        denominator=printing.plain(Fraction(row.denominator)) if row.denominator else "",
        coverage=f"{row.have}/{row.need}" if int(row.need) > 1 else "",
        status=words.STATUSES.get(row.status, ""),
        tag=words.tag(row.evaluation, judged=criterion.comparator is not None),
    )


def _chart(book: Book, criterion: Criterion) -> Chart | None:
    series, level, unit = points(book, criterion), threshold(criterion), unit_of(book, criterion)
    label = ""
    if criterion.comparator is not None and level is not None:
        due = book.edition.target(criterion.target).due.year
        label = f"Mức năm {due}: {_plain(level, unit)}"
    said = [f"{p.year}: {p.label or p.gap}" for p in series]
    name = book.edition.wording[criterion.code].name
    description = f"{name}, đơn vị {unit.words}. {'; '.join(said)}. {label}."
    return line_chart(
        series, last=book.edition.term.last, threshold=level, goal_label=label, description=description
    )


def _plain(level: Fraction, unit: Unit) -> str:
    """Return a number with the places it has, `%` behind it but no longer unit."""
    return printing.plain(level) + (printing.PERCENT if unit.words == printing.PERCENT else "")


def _tiles(book: Book, criterion: Criterion) -> TileMap | None:
    rows = book.commune_rows(criterion.code)
    if not rows:
        return None
    places = {tile.code: tile for tile in book.edition.tiles}
    by_quarter = isinstance(criterion.definition, EveryQuarter)
    values = [value for row in rows if (value := exact(row)) is not None]
    bands = None if by_quarter or not values else classes(values)
    tiles = []
    for row in rows:
        if row.period != str(book.year):
            continue
        tint, text, mark = quarters_passed(rows, row) if by_quarter else _shade(row, bands, book, criterion)
        tile = places.get(row.area)
        tiles.append(
            TileView(
                name=book.edition.places[row.area].name,
                value=text,
                url=figures_url(book, criterion, unit=row.area),
                place=f"c-{tile.column} r-{tile.row}" if tile else "",
                tint=tint,
                mark=mark,
            )
        )
    tiles.sort(key=lambda one: sort_key(one.name))
    return TileMap(
        tiles=tuple(tiles),
        keys=tuple(_keys(book, criterion, bands, {tile.tint for tile in tiles})),
        width=max((tile.column for tile in places.values()), default=0) + 1,
        caption="Mỗi ô là một đơn vị, đặt gần đúng vị trí trên bản đồ; ô nào cũng mở được đến số liệu của đơn vị đó.",
    )


def _shade(row: ResultRow, bands: Classes | None, book: Book, criterion: Criterion) -> tuple[str, str, str]:
    """Return tint, text and mark of a tile that shows a value."""
    value = exact(row)
    if value is None or bands is None:
        if row.state == State.NIL:
            return "t-nil", "không phát sinh", Evaluation.NIL.value
        if row.state == State.NOT_APPLICABLE:
            return "t-nil", "không áp dụng", ""
        return "t-none", "chưa có", Evaluation.NO_DATA.value
    return f"t-{_step(bands.of(value), len(bands.limits) - 1)}", _brief(value, unit_of(book, criterion)), ""


def _brief(value: Fraction, unit: Unit) -> str:
    """Return a value for a small square: a whole number without places."""
    return _plain(value, unit) if value.denominator == 1 else words.bare(value, unit)


def _step(number: int, of: int) -> int:
    """Spread fewer than five classes over the five tints."""
    return number if of == 5 else 1 + round(Fraction(4 * (number - 1), max(of - 1, 1)))


def quarters_passed(rows: Sequence[ResultRow], year_row: ResultRow) -> tuple[str, str, str]:
    """Return tint, text and mark for a commune that is judged quarter by quarter: `3/4 quý`."""
    quarters = [row for row in rows if row.area == year_row.area and row.period != year_row.period]
    owed = [row for row in quarters if row.state != State.NOT_APPLICABLE]
    passed = [row for row in owed if (value := exact(row)) is not None and value > 0]
    if year_row.state == State.NOT_APPLICABLE:
        return "t-nil", "không áp dụng", ""
    if year_row.state == State.MISSING:
        return "t-none", f"{len(passed)}/{len(owed)} quý", Evaluation.NO_DATA.value
    if len(passed) == len(owed):
        return "t-pass", f"{len(passed)}/{len(owed)} quý", Evaluation.MET.value
    return "t-fail", f"{len(passed)}/{len(owed)} quý", Evaluation.NOT_MET.value


def _keys(book: Book, criterion: Criterion, bands: Classes | None, used: set[str]) -> list[Key]:
    found = []
    if bands is not None:
        unit, count = unit_of(book, criterion), len(bands.limits) - 1
        percent = printing.PERCENT if unit.words == printing.PERCENT else ""
        for number in range(1, count + 1):
            low, high = (printing.plain(limit) for limit in bands.limits[number - 1 : number + 1])
            below = "" if number == count else "dưới "
            found.append(Key(f"t-{_step(number, count)}", f"từ {low} đến {below}{high}{percent}", ""))
    fixed = (
        Key("t-pass", "đạt trong mọi quý", Evaluation.MET.value),
        Key("t-fail", "có quý chưa đạt", Evaluation.NOT_MET.value),
        Key("t-nil", "không phát sinh hoặc không áp dụng", Evaluation.NIL.value),
        Key("t-none", "chưa có đủ số liệu", Evaluation.NO_DATA.value),
    )
    return found + [key for key in fixed if key.tint in used]
