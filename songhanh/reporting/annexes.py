"""The appendices of the annual report: the results of every criterion, and what has not been reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from songhanh.core import printing
from songhanh.core.results import Evaluation, State
from songhanh.reporting import layout
from songhanh.reporting.layout import Cell, Line, Style, cell
from songhanh.reporting.nd30 import END_SIGN, Blocks
from songhanh.reporting.reading import Criterion, Data, Objective, Release, Row, Target, mappings, text, whole
from songhanh.reporting.words import (
    EVALUATIONS,
    STATUSES,
    decimals_of,
    joined,
    phrase_of,
    review,
    upper_first,
)

NONE: Final = "-"
_CENTRED: Final = frozenset({"order", "unit", "goal", "evaluation", "status"})
_FIGURES: Final = frozenset({"baseline", "before", "numerator", "denominator", "value", "change", "gap"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an appendix: what it shows, its head, its width in millimetres."""

    key: str
    title: str
    width: float


def columns_of(data: Data, key: str, fill: Callable[[str], str]) -> list[Column]:
    """Return the columns that the report's data name."""
    found = mappings(data, key)
    return [
        Column(text(entry, "key"), fill(text(entry, "title")), float(whole(entry, "width")))
        for entry in found
    ]


def objective_title(index: int, objective: Objective) -> str:
    """Return `Mục tiêu 1: Trong lĩnh vực chính trị`; `index` counts from 0."""
    if objective.title.startswith("Mục tiêu"):
        return objective.title
    return f"Mục tiêu {index + 1}: {objective.title}"


def label(release: Release, codes: Iterable[str]) -> str:
    """Return targets in words, objective by objective: `chỉ tiêu 1, 2 Mục tiêu 2; chỉ tiêu của Mục tiêu 1`."""
    wanted = set(codes)
    said = []
    for number, objective in enumerate(release.objectives, 1):
        found = [str(n) for n, target in enumerate(objective.targets, 1) if target.code in wanted]
        if found and len(objective.targets) == 1:
            said.append(f"chỉ tiêu của Mục tiêu {number}")
        elif found:
            said.append(f"chỉ tiêu {', '.join(found)} Mục tiêu {number}")
    return "; ".join(said)


# --- results -------------------------------------------------------------------------------------


def results_table(release: Release, columns: Sequence[Column]) -> Blocks:
    """Return the table of results: objectives as bands, a line per target, a row per criterion, the sum at the end.

    A target with one criterion needs one row, which is both. The notes stand in the last row, so that they are never
    alone on a page.
    """
    rows = [Line([cell(column.title, layout.COLUMN) for column in columns], head=True)]
    for index, objective in enumerate(release.objectives):
        title = [
            cell(printing.roman(index + 1), layout.MIDDLE_BOLD),
            cell(objective_title(index, objective), layout.BAND, len(columns) - 1),
        ]
        rows.append(Line(title))
        for number, target in enumerate(objective.targets, 1):
            name = "Chỉ tiêu" if len(objective.targets) == 1 else f"Chỉ tiêu {number}"
            rows.extend(_target_rows(release, target, name, number, columns))
    rows.append(Line([Cell(_last_row(release), len(columns))]))
    return [layout.table([c.width for c in columns], rows, ruled=True, padding_mm=0.8)]


def _last_row(release: Release) -> Blocks:
    sums = [layout.paragraph(line, layout.BAND) for line in summary_lines(release)]
    return [*sums, *(layout.paragraph(line, layout.NOTE) for line in results_notes(release))]


def summary_lines(release: Release) -> list[str]:
    """Return the closing row: how many targets are met, and how many got each evaluation."""
    return [
        f"Tổng hợp: {release.met}/{release.of} chỉ tiêu đạt",
        f"Trong {release.of} chỉ tiêu: {by_evaluation(release)}.",
    ]


def by_evaluation(release: Release) -> str:
    """Return `01 chỉ tiêu đạt và vượt, 04 chỉ tiêu đạt, …`, evaluations that nobody got left out."""
    found = [target.evaluation for target in release.targets]
    counts = [(found.count(one), words) for one, words in EVALUATIONS.items()]
    return ", ".join(f"{printing.padded(count)} chỉ tiêu {words}" for count, words in counts if count)


def _target_rows(
    release: Release, target: Target, name: str, number: int, columns: Sequence[Column]
) -> list[Line]:
    quoted = target.quote if target.quote.startswith("Chỉ tiêu") else f"{name}: {target.quote}"
    if len(target.criteria) == 1:
        facts = _facts(release, target, release.criteria[target.criteria[0]])
        return [_line({**facts, "order": str(number), "quote": quoted}, columns)]
    first = {
        "order": str(number),
        "quote": quoted,
        "evaluation": EVALUATIONS[target.evaluation],
        "agencies": _agencies(target),
        "note": _no_lead(target),
    }
    rows = [_spanning(first, columns)]
    for place, code in enumerate(target.criteria, 1):
        facts = _facts(release, target, release.criteria[code])
        rows.append(
            _line({**facts, "order": f"{number}.{place}", "agencies": "", "note": facts["counted"]}, columns)
        )
    return rows


def _line(facts: Mapping[str, str], columns: Sequence[Column]) -> Line:
    return Line([cell(facts.get(column.key, ""), _looks(column.key)) for column in columns])


def _looks(key: str) -> Style:
    if key in _CENTRED:
        return layout.MIDDLE
    return layout.FIGURE if key in _FIGURES else layout.CELL


_WIDENING: Final = frozenset({"quote", "agencies"})


def _spanning(facts: Mapping[str, str], columns: Sequence[Column]) -> Line:
    """Return the line of a target with several criteria: its words run over the columns that its criteria fill."""
    cells: list[Cell] = []
    waiting = list(columns)
    while waiting:
        column = waiting.pop(0)
        span = 1
        while column.key in _WIDENING and waiting and not facts.get(waiting[0].key):
            waiting.pop(0)
            span += 1
        looks = layout.BAND if column.key == "quote" else _looks(column.key)
        cells.append(cell(facts.get(column.key, ""), layout.kept(looks), span))
    return Line(cells)


def _facts(release: Release, target: Target, criterion: Criterion) -> dict[str, str]:
    """Return what the row of a criterion shows, by the key of the column."""
    now, before = release.now[criterion.code], release.before.get(criterion.code)
    counted = _note(release, criterion, now)
    return {
        "quote": upper_first(criterion.name),
        "unit": criterion.unit,
        "goal": short_goal(criterion),
        "baseline": printing.plain(criterion.baseline) if criterion.baseline is not None else NONE,
        "before": shown(criterion, before) if before else "chưa có",
        "numerator": _count(now.numerator),
        "denominator": _count(now.denominator),
        "value": shown(criterion, now),
        "change": _change(criterion, now, before),
        "gap": _gap(criterion, now),
        "evaluation": EVALUATIONS[now.evaluation] if now.evaluation else "không đánh giá",
        "status": _status(release.year, now),
        "agencies": _agencies(target),
        "note": "; ".join(part for part in (counted, _no_lead(target)) if part),
        "counted": counted,
    }


def short_goal(criterion: Criterion) -> str:
    """Return the mark without its unit: `75`, `trên 60`, `không quá 1,4`."""
    if criterion.threshold is None or criterion.comparator is None:
        return "không đặt mức"
    words = {"more_than": "trên ", "less_than": "dưới ", "at_most": "không quá ", "milestone": "ít nhất "}
    before = (
        ""
        if criterion.unit == printing.PERCENT and criterion.comparator == "milestone"
        else words.get(criterion.comparator, "")
    )
    return before + printing.plain(criterion.threshold)


def shown(criterion: Criterion, row: Row) -> str:
    """Return the value of a row without its unit, or the name of the gap."""
    if row.value is not None:
        return printing.number(row.value, decimals_of(criterion, row.value))
    return "không phát sinh" if row.state is State.NIL else "chưa có"


def _count(figure: Fraction | None) -> str:
    return NONE if figure is None else printing.plain(figure)


def _change(criterion: Criterion, now: Row, before: Row | None) -> str:
    if before is None or now.value is None or before.value is None or not (now.whole and before.whole):
        return NONE
    moved = now.value - before.value
    return ("+" if moved > 0 else "") + printing.number(
        moved, printing.visible_decimals(moved, criterion.decimals)
    )


def _gap(criterion: Criterion, now: Row) -> str:
    """Return how far the value is from the mark: `thiếu 2,5`, `vượt 3,1`, `bằng mức`; a dash when not judged."""
    if now.value is None or criterion.threshold is None or now.evaluation in {None, Evaluation.NO_DATA}:
        return NONE
    away = now.value - criterion.threshold
    if away == 0:
        return "mới bằng mức" if criterion.comparator in {"more_than", "less_than"} else "bằng mức"
    beyond = (away < 0) == (criterion.comparator in {"at_most", "less_than"})
    size = printing.number(abs(away), printing.visible_decimals(away, criterion.decimals))
    return f"{'vượt' if beyond else 'thiếu'} {size}"


def _status(year: int, row: Row) -> str:
    if row.status is None:
        return NONE
    published = "; số công bố" if row.published else ""
    return f"{STATUSES[row.status]}, {year}{published}"


def _agencies(target: Target) -> str:
    lead = target.lead or "Chưa giao chủ trì"
    return "; ".join((lead, *(name for name in target.suppliers if name != target.lead)))


def _no_lead(target: Target) -> str:
    return "" if target.lead else "Kế hoạch chưa giao cơ quan chủ trì"


def _note(release: Release, criterion: Criterion, row: Row) -> str:
    said = []
    units = phrase_of(release.report, criterion).units
    if row.need > 1 and row.have < row.need:
        said.append(f"{row.have}/{row.need} {units} báo cáo")
    if row.missing:
        said.append("thiếu số liệu đầu vào")
    if row.warnings:
        said.append(review(row))
    return upper_first("; ".join(said))


_ROUNDING: Final = (
    "Ghi chú: kết quả được đánh giá trên giá trị chưa làm tròn. Chênh lệch tính từ giá trị chưa làm tròn nên có thể "
    "lệch một đơn vị ở chữ số cuối so với hiệu của hai số đã làm tròn; chênh lệch của tỷ lệ phần trăm tính bằng điểm %."
)
_SIGNS: Final = (
    "Dấu “{none}”: không áp dụng hoặc không đủ số liệu để so sánh. Mức đánh giá là mức của năm {last}."
)
_SOURCE: Final = "Nguồn: bộ số liệu chốt lúc {time} ngày {day}, mã {mark}"


def results_notes(release: Release) -> list[str]:
    """Return what a reader of the table has to know."""
    moment = release.created_at
    day = printing.short_day(moment.date())
    return [
        _ROUNDING,
        _SIGNS.format(none=NONE, last=release.last),
        _SOURCE.format(time=printing.clock(moment), day=day, mark=release.mark[:12]) + END_SIGN,
    ]


# --- gaps ----------------------------------------------------------------------------------------


def has_gaps(release: Release) -> bool:
    """Say whether anybody or anything is missing."""
    return bool(release.silent_units or release.missing_elements)


def gaps(release: Release, data: Data, fill: Callable[[str], str]) -> Blocks:
    """Return the tables of silent units and missing elements; one that is empty is left out and said so."""
    made: Blocks = [layout.paragraph("1. Đơn vị chưa báo cáo", layout.TABLE_TITLE)]
    if release.silent_units:
        made.append(_wide_table(columns_of(data, "units_columns", fill), _silent_rows(release)))
    else:
        made.append(layout.paragraph("Không có đơn vị chưa báo cáo.", layout.NOTE))
    made.append(layout.paragraph("2. Số liệu còn thiếu", layout.TABLE_TITLE))
    if release.missing_elements:
        made.append(_wide_table(columns_of(data, "elements_columns", fill), _element_rows(release)))
    else:
        made.append(layout.paragraph("Không có số liệu còn thiếu.", layout.NOTE))
    return [*made, layout.paragraph(f"{lacking(release)}{END_SIGN}", layout.END)]


def lacking(release: Release) -> str:
    """Return `Còn 02 đơn vị chưa báo cáo đủ và 01 số liệu chưa được cung cấp`."""
    units, elements = len(release.silent_units), len(release.missing_elements)
    parts = [f"{printing.padded(units)} đơn vị chưa báo cáo đủ"] if units else []
    parts += [f"{printing.padded(elements)} số liệu chưa được cung cấp"] if elements else []
    return f"Còn {joined(parts)}"


def _silent_rows(release: Release) -> list[dict[str, str]]:
    return [
        {
            "name": upper_first(unit.name),
            "targets": upper_first(label(release, _targets(release, unit.criteria))),
        }
        for unit in release.silent_units
    ]


def _element_rows(release: Release) -> list[dict[str, str]]:
    users = {
        code: [row.criterion for row in release.now.values() if code in row.missing]
        for code in release.missing_elements
    }
    return [
        {
            "name": element.name,
            "suppliers": element.suppliers,
            "targets": upper_first(label(release, _targets(release, users[code]))),
        }
        for code, element in release.missing_elements.items()
    ]


def _targets(release: Release, criteria: Iterable[str]) -> list[str]:
    return [release.criteria[code].target for code in criteria if code in release.criteria]


def _wide_table(columns: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> BaseOxmlElement:
    lines = [Line([cell(column.title, layout.WIDE_COLUMN) for column in columns], head=True)]
    for number, row in enumerate(rows, 1):
        facts = {**row, "order": str(number)}
        looks = {"order": layout.WIDE_MIDDLE}
        lines.append(Line([cell(facts.get(c.key, ""), looks.get(c.key, layout.WIDE_CELL)) for c in columns]))
    return layout.table([c.width for c in columns], lines, ruled=True, padding_mm=1.5)
