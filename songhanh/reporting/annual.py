"""The annual report of the province: built from a release alone, in the outline its edition gives.

What the release knows is written as sentences with their figures bound; what it does not know stands as a marked place
for the office that drafts the report. Nothing is invented: no number, no date, no name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from songhanh.core import printing
from songhanh.core.results import Evaluation
from songhanh.reporting import annexes, layout, nd30, words
from songhanh.reporting.layout import GAP, paragraph
from songhanh.reporting.nd30 import Blocks
from songhanh.reporting.paper import MARK, Margins, Paper, Properties
from songhanh.reporting.reading import (
    Data,
    Element,
    Objective,
    Release,
    Target,
    mapping,
    mappings,
    opt_text,
    read,
    text,
    texts,
    whole,
)

_GOOD: Final = (Evaluation.EXCEEDED, Evaluation.MET)
_SHORT: Final = (Evaluation.PARTLY_MET, Evaluation.NEAR, Evaluation.NOT_MET, Evaluation.NO_DATA)
_NUMBER = re.compile(r"[1-9][0-9]*")


class NotADocumentNumber(ValueError):
    """The number given for the document is not a whole number from 1."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


def build(release: Mapping[str, object], *, issued: date | None = None, number: str | None = None) -> bytes:
    """Return the annual report as a Word file; the same release, day and number give the same bytes.

    Missing: without `issued` or `number` their places stay blank, as in a draft.
    Raises: UnreadableRelease, NotADocumentNumber.
    """
    if number is not None and not _NUMBER.fullmatch(number):
        raise NotADocumentNumber(number)
    return _Report(read(release), issued, number).bytes()


def file_name(release: Mapping[str, object]) -> str:
    """Return the name under which the report is handed out; illustrative figures show in it."""
    facts = read(release)
    name = _fill(facts)(text(facts.report, "file_name"))
    return f"{name}{'-SO-LIEU-MINH-HOA' if facts.illustrative else ''}.docx"


def _fill(release: Release) -> Callable[[str], str]:
    """Return a function that fills the places of the report's data with what the release says."""
    fields = {
        "year": str(release.year),
        "next": str(release.year + 1),
        "before": str(release.year - 1),
        "first": str(release.first),
        "last": str(release.last),
        "plan_number": release.plan_number or GAP * 4,
        "plan_day": _plan_day(release),
    }

    def fill(pattern: str) -> str:
        for name, value in fields.items():
            pattern = pattern.replace(f"{{{name}}}", value)
        return pattern

    return fill


def _plan_day(release: Release) -> str:
    """Return the day of the plan; what the copy of the plan leaves blank stays blank."""
    if release.plan_day:
        return printing.day_in_words(release.plan_day)
    year, _, month = release.plan_issued.partition("-")
    known = printing.month_in_words(date(int(year), int(month), 1)) if month else f"tháng{GAP * 5}năm {year}"
    return f"ngày{GAP * 5}{known}"


@dataclass(frozen=True, slots=True)
class _Annex:
    """An appendix: which data of the report describe it, and whether it lies on its side."""

    key: str
    landscape: bool


class _Report:
    """One report being written."""

    def __init__(self, release: Release, issued: date | None, number: str | None) -> None:
        self._release = release
        self._issued = issued
        self._number = number
        self._data = release.report
        self._head = mapping(self._data, "head")
        self._fill = _fill(release)
        page = mapping(self._data, "page")
        margins = Margins(*(float(whole(page, side)) for side in ("left", "right", "top", "bottom")))
        self._paper = Paper(margins, illustrative=release.illustrative)
        gaps = (_Annex("gaps", landscape=False),) if annexes.has_gaps(release) else ()
        self._annexes = (_Annex("results", landscape=True), *gaps)

    def bytes(self) -> bytes:
        self._paper.add([*self._opening(), *self._outline(), *self._closing()])
        for index, annex in enumerate(self._annexes):
            self._paper.start_annex(landscape=annex.landscape)
            self._paper.add(self._annex(index, annex))
        return self._paper.bytes(self._properties())

    def _properties(self) -> Properties:
        title = f"{text(self._head, 'kind_words')} {words.lower_first(' '.join(self._subject()))}"
        marked = f"{title} ({MARK})" if self._release.illustrative else title
        return Properties(
            marked, text(self._head, "issuer_full"), self._release.mark, self._release.created_at
        )

    def _subject(self) -> list[str]:
        return [self._fill(line) for line in texts(self._head, "subject")]

    # --- opening and closing ---------------------------------------------------------------------

    def _opening(self) -> Blocks:
        room = self._paper.room_mm()
        head = nd30.Head(
            parent=opt_text(self._head, "parent"),
            issuer=texts(self._head, "issuer"),
            place=text(self._head, "place"),
            symbol=text(self._head, "symbol"),
            number=self._number,
            day=self._issued,
            year=self._release.created_at.year,
        )
        return [
            *nd30.head(head, room),
            *nd30.title(text(self._head, "kind"), self._subject(), room),
            *nd30.addressed_to(texts(self._head, "addressees")),
            *nd30.bases([self._fill(basis) for basis in texts(self._data, "bases")]),
            paragraph(f"{self._fill(text(self._data, 'opening'))}:", layout.BODY),
        ]

    def _closing(self) -> Blocks:
        signature = mapping(self._data, "signature")
        listed = nd30.recipients(texts(self._data, "recipients"), text(self._data, "filing"), addressed=True)
        last = paragraph(f"{self._fill(text(self._data, 'closing'))}{nd30.END_SIGN}", layout.LAST)
        name, post = opt_text(signature, "name"), opt_text(signature, "other_post")
        return [last, *nd30.foot(listed, texts(signature, "lines"), post, name, self._paper.room_mm())]

    # --- outline ---------------------------------------------------------------------------------

    def _outline(self) -> Blocks:
        made: Blocks = []
        for index, chapter in enumerate(mappings(self._data, "outline"), 1):
            heading = f"{printing.roman(index)}. {self._heading(chapter).upper()}"
            made += [paragraph(heading, layout.HEADING), *self._content(chapter, "")]
            for place, part in enumerate(mappings(chapter, "parts"), 1):
                made += [
                    paragraph(f"{place}. {self._heading(part)}", layout.CLAUSE),
                    *self._content(part, str(place)),
                ]
        return made

    def _heading(self, data: Data) -> str:
        return self._fill(text(data, "heading"))

    def _content(self, data: Data, number: str) -> Blocks:
        """Return what stands below a heading: sentences from figures, lettered points, a place to draft."""
        made: Blocks = []
        wanted = opt_text(data, "fill")
        if wanted == "targets":
            made += self._targets(number)
        elif wanted:
            made += [paragraph(line, layout.BODY) for line in self._sentences(wanted)]
        for index, point in enumerate(mappings(data, "points")):
            made.append(paragraph(f"{nd30.letter(index)}) {self._heading(point)}", layout.BODY))
            made += self._content(point, "")
        draft = opt_text(data, "draft")
        if draft:
            drafter = text(self._data, "drafter")
            made.append(paragraph(f"[{drafter} bổ sung: {self._fill(draft)}.]", layout.BODY))
        return made

    def _sentences(self, wanted: str) -> list[str]:
        written = {"met": self._met, "unmet": self._unmet, "follow_up": self._follow_up}
        return written[wanted]()

    # --- targets ---------------------------------------------------------------------------------

    def _targets(self, number: str) -> Blocks:
        made = [paragraph(line, layout.BODY) for line in self._summary()]
        for index, objective in enumerate(self._release.objectives):
            title = annexes.objective_title(index, objective)
            made.append(paragraph(f"{number}.{index + 1}. {title}", layout.SUBCLAUSE))
            made += [paragraph(line, layout.BODY) for line in self._objective(objective)]
        return made

    def _objective(self, objective: Objective) -> list[str]:
        said: list[str] = []
        for index, target in enumerate(objective.targets):
            alone = len(objective.targets) == 1
            name = "Chỉ tiêu" if alone else f"{nd30.letter(index)}) Chỉ tiêu {index + 1}"
            said += self._target(name, target)
        return said

    def _target(self, name: str, target: Target) -> list[str]:
        """Return the paragraphs of a target: one, or one per criterion with an introduction and a verdict."""
        sentences = [words.about(self._case(target, code)) for code in target.criteria]
        if len(sentences) == 1:
            return [f"{name}: {words.lower_first(sentences[0])}"]
        rows = [self._release.now[code] for code in target.criteria]
        return [
            f"{name} gồm {printing.padded(len(sentences))} nội dung:",
            *(f"- {sentence}" for sentence in sentences),
            words.target_verdict(target.evaluation, rows),
        ]

    def _case(self, target: Target, code: str) -> words.Case:
        release, criterion = self._release, self._release.criteria[code]
        now = release.now[code]
        named = f"mục tiêu đến năm {target.due}" if target.year_in_words else "mục tiêu của Kế hoạch"
        unknown = [
            release.missing_elements.get(one) or Element(one, f"số liệu {one}", "") for one in now.missing
        ]
        return words.Case(
            year=release.year,
            criterion=criterion,
            phrase=words.phrase_of(release.report, criterion),
            now=now,
            before=release.before.get(code),
            quarters=release.quarters.get(code, ()),
            missing=unknown,
            goal_name=named,
            elsewhere=self._annex_name("gaps"),
            most_named=whole(self._data, "most_named"),
        )

    def _annex_name(self, key: str) -> str:
        keys = [annex.key for annex in self._annexes]
        return nd30.annex_name(keys.index(key), len(keys)) if key in keys else "phụ lục"

    def _summary(self) -> list[str]:
        """Return what is said before the targets: how many are met, by which measure, where the details stand."""
        release = self._release
        first = (
            f"Kế hoạch giai đoạn {release.first} - {release.last} có "
            f"{printing.padded(len(release.objectives))} mục tiêu, {printing.padded(release.of)} chỉ tiêu. "
            f"Năm {release.year} có {release.met}/{release.of} chỉ tiêu đạt. Trong {release.of} chỉ tiêu có "
            f"{annexes.by_evaluation(release)}. Các chỉ tiêu được đánh giá theo mức của năm {release.last} vì Kế hoạch "
            "không đặt mức cho từng năm; chênh lệch so với năm trước tính từ số chưa làm tròn."
        )
        details = f"Số liệu chi tiết nêu tại {self._annex_name('results')}"
        if annexes.has_gaps(release):
            details += f"; đơn vị chưa báo cáo và số liệu còn thiếu nêu tại {self._annex_name('gaps')}"
        return [first, f"{details} kèm theo Báo cáo này. Kết quả từng chỉ tiêu như sau:"]

    # --- general assessment ----------------------------------------------------------------------

    def _having(self, *evaluations: Evaluation) -> list[Target]:
        return [target for target in self._release.targets if target.evaluation in evaluations]

    def _listed(self, evaluations: Sequence[Evaluation]) -> list[str]:
        """Return a line per evaluation that some target got: `- 04 chỉ tiêu đạt: chỉ tiêu 4 Mục tiêu 3; …`."""
        lines = ((evaluation, self._having(evaluation)) for evaluation in evaluations)
        return [
            f"- {self._which(words.EVALUATIONS[evaluation], found)}." for evaluation, found in lines if found
        ]

    def _which(self, verdict: str, found: Sequence[Target]) -> str:
        which = annexes.label(self._release, [target.code for target in found])
        return f"{printing.padded(len(found))} chỉ tiêu {verdict}: {which}"

    def _met(self) -> list[str]:
        release = self._release
        first = f"Năm {release.year}, toàn tỉnh có {release.met}/{release.of} chỉ tiêu đạt"
        listed = self._listed(_GOOD)
        nil = self._having(Evaluation.NIL)
        beside = [f"Ngoài ra có {self._which(words.EVALUATIONS[Evaluation.NIL], nil)}."] if nil else []
        return [f"{first}, gồm:", *listed, *beside] if listed else [f"{first}.", *beside]

    def _unmet(self) -> list[str]:
        release, count = self._release, len(self._having(*_SHORT))
        said = ["Không có chỉ tiêu chưa đạt hoặc chưa có số liệu."]
        if count:
            first = f"Còn {count}/{release.of} chỉ tiêu chưa đạt đầy đủ hoặc chưa có số liệu để đánh giá:"
            said = [first, *self._listed(_SHORT)]
        if annexes.has_gaps(release):
            said.append(f"- {annexes.lacking(release)} ({self._annex_name('gaps')}).")
        orphans = [target.code for target in release.targets if target.lead is None]
        if orphans:
            which = annexes.label(release, orphans)
            said.append(f"- Kế hoạch chưa giao cơ quan chủ trì theo dõi, báo cáo đối với {which}.")
        return said

    def _follow_up(self) -> list[str]:
        if not annexes.has_gaps(self._release):
            return []
        who = f"các cơ quan, đơn vị nêu tại {self._annex_name('gaps')}"
        all_of = f"đầy đủ {printing.padded(self._release.of)} chỉ tiêu của Kế hoạch"
        return [f"Tiếp tục đôn đốc {who} báo cáo, bổ sung số liệu để đánh giá {all_of}."]

    # --- appendices ------------------------------------------------------------------------------

    def _annex(self, index: int, annex: _Annex) -> Blocks:
        data = mapping(mapping(self._data, "appendices"), annex.key)
        name = nd30.annex_name(index, len(self._annexes))
        room = self._paper.room_mm(landscape=annex.landscape)
        head = nd30.annex_head(
            name, self._fill(text(data, "title")), self._document(), text(self._head, "issuer_full"), room
        )
        return [*head, *self._annex_content(annex.key, data)]

    def _annex_content(self, key: str, data: Data) -> Blocks:
        if key == "gaps":
            return annexes.gaps(self._release, data, self._fill)
        columns = annexes.columns_of(data, "columns", self._fill)
        table = annexes.results_table(self._release, columns)
        return [paragraph("", layout.NOTE), *table, paragraph("", layout.RULE)]

    def _document(self) -> str:
        """Return this report by number and day, which stay blank as long as they are not given."""
        number = nd30.written_number(self._number, text(self._head, "symbol"))
        day = nd30.written_day(self._issued, self._release.created_at.year)
        return f"{text(self._head, 'kind_words')} số {number} {day}"
