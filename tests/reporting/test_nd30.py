"""The report as a văn thư officer measures it with a ruler: NĐ 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

import pytest

from songhanh.reporting import annual, layout, nd30
from songhanh.reporting.metrics import width_mm
from tests.reporting import fixture
from tests.reporting.paper import Paper, looks, q, text_of, value

A4 = (11906, 16838)
FONT = ("Times New Roman",) * 4
MM = 1440 / 25.4


@pytest.fixture(scope="module")
def draft() -> Paper:
    return Paper(annual.build(fixture.release()))


@pytest.fixture(scope="module")
def issued() -> Paper:
    return Paper(annual.build(fixture.release(), issued=date(2027, 1, 5), number="7"))


@pytest.fixture(scope="module")
def illustrative() -> Paper:
    return Paper(annual.build(fixture.release(illustrative=True)))


# --- page ----------------------------------------------------------------------------------------


def size(section: Any) -> tuple[int, int]:
    return int(value(section, "pgSz", "w") or 0), int(value(section, "pgSz", "h") or 0)


def margin(section: Any, side: str) -> int:
    return int(value(section, "pgMar", side) or 0)


def test_the_report_is_a4_upright_and_its_first_appendix_lies(draft: Paper) -> None:
    body, results, gaps = draft.sections()
    for section, (width, height) in ((body, A4), (results, A4[::-1]), (gaps, A4)):
        assert size(section)[0] == pytest.approx(width, abs=20)
        assert size(section)[1] == pytest.approx(height, abs=20)
    assert value(results, "pgSz", "orient") == "landscape"
    assert value(body, "pgSz", "orient") in {None, "portrait"}


@pytest.mark.parametrize("which", ["draft", "illustrative"])
def test_the_margins_are_those_of_the_decree(which: str, request: pytest.FixtureRequest) -> None:
    paper: Paper = request.getfixturevalue(which)
    for section in paper.sections():
        assert 1133 <= margin(section, "top") <= 1418
        assert 1133 <= margin(section, "bottom") <= 1418
        assert 1700 <= margin(section, "left") <= 1985
        assert 850 <= margin(section, "right") <= 1134


def test_the_page_number_stands_centred_in_the_header_and_not_on_the_first_page(draft: Paper) -> None:
    for section in draft.sections():
        assert section.find(q("titlePg")) is not None
        shown, first = draft.header(section, "default"), draft.header(section, "first")
        field = next(
            p for p in shown.iter(q("p")) if "PAGE" in "".join(i.text for i in p.iter(q("instrText")))
        )
        assert value(field, "pPr/jc") == "center"
        assert {value(run, "rPr/sz") for run in field.iter(q("r"))} == {"28"}
        assert list(first.iter(q("instrText"))) == []
        assert section.findall(q("footerReference")) == []


def test_each_appendix_counts_its_pages_from_one(draft: Paper) -> None:
    body, *appendices = draft.sections()
    assert body.find(q("pgNumType")) is None
    assert [value(section, "pgNumType", "start") for section in appendices] == ["1", "1"]


# --- letters -------------------------------------------------------------------------------------


def test_every_run_is_times_new_roman_and_black(illustrative: Paper) -> None:
    trees = [illustrative.body, *illustrative.headers()]
    runs = [run for tree in trees for run in tree.iter(q("r"))]
    assert len(runs) > 300
    for run in runs:
        fonts = run.find(f"{q('rPr')}/{q('rFonts')}")
        assert tuple(fonts.get(q(n)) for n in ("ascii", "hAnsi", "eastAsia", "cs")) == FONT
    assert not [c for tree in trees for c in tree.iter(q("color"))]


def test_no_part_of_the_file_names_another_font(draft: Paper) -> None:
    for name in draft.names:
        if name.endswith((".xml", ".rels")):
            text = draft.zip.read(name).decode()
            assert set(re.findall(r'(?:ascii|hAnsi|cs|eastAsia)="([^"]+)"', text)) <= {
                "Times New Roman",
                "vi-VN",
            }
            assert "Theme=" not in text
            assert "typeface" not in text


def test_the_text_is_composed(draft: Paper) -> None:
    text = draft.text()
    assert text == unicodedata.normalize("NFC", text)


def test_nothing_is_underlined_and_no_rule_is_typed(draft: Paper) -> None:
    assert list(draft.body.iter(q("u"))) == []
    assert "__" not in draft.text()
    assert "---" not in draft.text()


# component, its first words, sizes allowed, bold, italic, alignment
COMPONENTS = [
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, 13), True, False, "center"),
    ("Độc lập - Tự do - Hạnh phúc", (13, 14), True, False, "center"),
    ("ỦY BAN NHÂN DÂN", (12, 13), True, False, "center"),
    ("TỈNH LẠNG SƠN", (12, 13), True, False, "center"),
    ("Số: ", (13,), False, False, "center"),
    ("Lạng Sơn, ngày", (13, 14), False, True, "center"),
    ("BÁO CÁO", (13, 14), True, False, "center"),
    ("Kết quả thực hiện công tác", (13, 14), True, False, "center"),
    ("Kính gửi: Bộ Nội vụ", (13, 14), False, False, "center"),
    ("Căn cứ Luật", (13, 14), False, True, "both"),
    ("Ủy ban nhân dân (UBND) tỉnh", (13, 14), False, False, "both"),
    ("I. CÔNG TÁC LÃNH ĐẠO", (13, 14), True, False, "both"),
    ("1. Ban hành văn bản", (13, 14), True, False, "both"),
    ("1.2. Mục tiêu 2", (13, 14), True, False, "both"),
    ("a) Chỉ tiêu 1", (13, 14), False, False, "both"),
    ("Nơi nhận:", (12,), True, True, "left"),
    ("- Như trên;", (11,), False, False, "left"),
    ("TM. ỦY BAN NHÂN DÂN", (13, 14), True, False, "center"),
    ("KT. CHỦ TỊCH", (13, 14), True, False, "center"),
    ("PHÓ CHỦ TỊCH", (13, 14), True, False, "center"),
    ("Phụ lục I", (14,), True, False, "center"),
    ("TỔNG HỢP KẾT QUẢ", (13, 14), True, False, "center"),
    ("(Kèm theo Báo cáo", (13, 14), False, True, "center"),
]


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component[0])
def test_each_component_has_its_size_and_weight(draft: Paper, component: tuple[Any, ...]) -> None:
    words, sizes, bold, italic, align = component
    paragraph = draft.starting(words)
    assert value(paragraph, "pPr/jc") == align
    for look in looks(paragraph):
        assert look.size in sizes
        assert (look.bold, look.italic) == (bold, italic)


def body_text(paper: Paper) -> list[Any]:
    running = {layout.BODY.id, layout.LAST.id, layout.BASIS.id, layout.HEADING.id, layout.CLAUSE.id}
    return [p for p in paper.body.findall(q("p")) if value(p, "pPr/pStyle") in running]


def test_running_text_is_justified_indented_and_spaced(draft: Paper) -> None:
    paragraphs = body_text(draft)
    assert len(paragraphs) > 60
    for paragraph in paragraphs:
        assert value(paragraph, "pPr/jc") == "both"
        assert int(value(paragraph, "pPr/ind", "firstLine") or 0) in {718, 719, 720, 721, 722}
        before, after = (int(value(paragraph, "pPr/spacing", side) or 0) for side in ("before", "after"))
        assert before + after >= 6 * 20
        assert 240 <= int(value(paragraph, "pPr/spacing", "line") or 0) <= 360
        assert value(paragraph, "pPr/spacing", "lineRule") == "auto"


def test_no_list_of_word_numbers_anything(draft: Paper) -> None:
    assert list(draft.body.iter(q("numPr"))) == []
    assert "word/numbering.xml" not in draft.names


def test_points_follow_the_vietnamese_alphabet() -> None:
    letters = [nd30.letter(n) for n in range(14)]
    assert letters == ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o"]
    assert not {"f", "j", "w", "z"} & {nd30.letter(n) for n in range(23)}
    assert len({nd30.letter(n) for n in range(60)}) == 60


# --- drawn rules ---------------------------------------------------------------------------------


def rule_after(paper: Paper, words: str) -> float:
    """Return the length in millimetres of the drawn line below the paragraph that begins so."""
    paragraph = paper.starting(words)
    follower = paragraph.getnext()
    border = follower.find(f"{q('pPr')}/{q('pBdr')}/{q('top')}")
    assert border.get(q("val")) == "single"
    assert text_of(follower) == ""
    holder = next((a for a in follower.iterancestors(q("tc"))), None)
    section = paper.sections()[0]
    sides = margin(section, "left") + margin(section, "right")
    room = int(value(holder, "tcPr/tcW", "w") or 0) if holder is not None else size(section)[0] - sides
    left, right = (int(value(follower, "pPr/ind", side) or 0) for side in ("left", "right"))
    assert left == pytest.approx(right, abs=1)
    return (room - left - right) / MM


def test_the_rule_below_the_motto_is_as_long_as_the_motto(draft: Paper) -> None:
    motto = width_mm("Độc lập - Tự do - Hạnh phúc", 13, bold=True)
    assert rule_after(draft, "Độc lập") == pytest.approx(motto, abs=0.5)


def test_the_rules_below_agency_and_subject_are_between_a_third_and_a_half(draft: Paper) -> None:
    agency = width_mm("ỦY BAN NHÂN DÂN", 12, bold=True)
    assert agency / 3 <= rule_after(draft, "TỈNH LẠNG SƠN") <= agency / 2
    subject = [text_of(p) for p in draft.paragraphs() if value(p, "pPr/pStyle") == layout.SUBJECT.id]
    longest = max(width_mm(line, 14, bold=True) for line in subject)
    assert longest / 3 <= rule_after(draft, subject[-1]) <= longest / 2


# --- head ----------------------------------------------------------------------------------------


def test_the_head_never_wraps_whatever_the_day_and_place() -> None:
    place = "Phường Lương Văn Tri"  # the widest of the province
    for room in (165.0, 166.0):
        head = nd30.Head(
            None, ["ỦY BAN NHÂN DÂN", "PHƯỜNG LƯƠNG VĂN TRI"], place, "BC-UBND", "1234", None, 2026
        )
        (table,) = nd30.head(head, room)
        left, right = (
            int(value(cell, "tcPr/tcW", "w") or 0) / MM for cell in table.findall(f"{q('tr')}/{q('tc')}")[:2]
        )
        assert left + right == pytest.approx(room, abs=0.2)
        assert width_mm(nd30.NATION, layout.NATION.size, bold=True) < right
        assert width_mm("PHƯỜNG LƯƠNG VĂN TRI", layout.ISSUER.size, bold=True) < left
        assert width_mm(f"{place}, ngày 28 tháng 12 năm 2026", layout.DAY.size, italic=True) < right
        assert {value(m, name, "w") for m in table.iter(q("tblCellMar")) for name in ("left", "right")} == {
            "0"
        }


def test_a_draft_has_neither_number_nor_day(draft: Paper) -> None:
    assert re.fullmatch(r"Số:\s+/BC-UBND", text_of(draft.starting("Số:")))
    assert re.fullmatch(r"Lạng Sơn, ngày\s+tháng\s+năm 2026", text_of(draft.starting("Lạng Sơn, ngày")))
    assert re.search(
        r"\(Kèm theo Báo cáo số\s+/BC-UBND ngày\s+tháng\s+năm 2026 của Ủy ban nhân dân", draft.text()
    )


def test_an_issued_report_carries_both_everywhere(issued: Paper) -> None:
    assert text_of(issued.starting("Số:")) == "Số: 07/BC-UBND"
    assert text_of(issued.starting("Lạng Sơn, ngày")) == "Lạng Sơn, ngày 05 tháng 01 năm 2027"
    enclosed = "(Kèm theo Báo cáo số 07/BC-UBND ngày 05 tháng 01 năm 2027 của Ủy ban nhân dân tỉnh Lạng Sơn)"
    assert issued.text().count(enclosed) == 2


@pytest.mark.parametrize(
    ("number", "written"), [("1", "01"), ("9", "09"), ("10", "10"), ("105", "105"), ("1234", "1234")]
)
def test_numbers_below_ten_get_a_zero(number: str, written: str) -> None:
    assert nd30.written_number(number, "BC-UBND") == f"{written}/BC-UBND"


@pytest.mark.parametrize("number", ["", "0", "05", "x", "1/BC-UBND", "-1", "1.5", "٣"])
def test_a_number_that_is_none_is_refused(number: str) -> None:
    with pytest.raises(annual.NotADocumentNumber):
        annual.build(fixture.release(), number=number)


def test_the_plan_of_which_number_and_day_are_blank_is_cited_with_blanks(draft: Paper) -> None:
    assert re.search(
        r"Căn cứ Kế hoạch số\s+/KH-UBND ngày\s+tháng 4 năm 2026 của Ủy ban nhân dân", draft.text()
    )


def test_the_plan_is_cited_in_full_once_it_has_number_and_day() -> None:
    edition = {**fixture.release()["edition"], "number": "123", "day": "2026-04-09"}
    text = Paper(annual.build(fixture.release(edition=edition))).text()
    assert "Căn cứ Kế hoạch số 123/KH-UBND ngày 09 tháng 4 năm 2026 của" in text


def test_legal_bases_end_with_semicolons_and_the_last_with_a_stop(draft: Paper) -> None:
    bases = [text_of(p) for p in draft.paragraphs() if value(p, "pPr/pStyle") == layout.BASIS.id]
    assert [basis[-1] for basis in bases] == [";", ";", "."]
    assert "số 73/2006" not in bases[0]  # laws are cited without number


# --- addressee, recipients, signature ------------------------------------------------------------


def test_one_addressee_stands_on_the_same_line_without_a_stop(draft: Paper) -> None:
    assert text_of(draft.starting("Kính gửi:")) == "Kính gửi: Bộ Nội vụ"


def test_several_addressees_are_listed() -> None:
    blocks = nd30.addressed_to(["Bộ Nội vụ", "Bộ Y tế"])
    assert [text_of(block) for block in blocks] == ["Kính gửi:", "- Bộ Nội vụ;", "- Bộ Y tế."]
    begins, *listed = (int(value(block, "pPr/ind", "left") or 0) / MM for block in blocks)
    colon = begins + width_mm("Kính gửi", 14)
    assert listed == [pytest.approx(colon, abs=0.1)] * 2  # the strokes stand under the colon


def test_the_recipients_are_written_by_the_grammar(draft: Paper) -> None:
    listed = [text_of(p) for p in draft.paragraphs() if value(p, "pPr/pStyle") == layout.RECIPIENT.id]
    assert listed[0] == "- Như trên;"
    assert all(re.fullmatch(r"- [^;]+;", line) for line in listed[:-1])
    assert re.fullmatch(r"- Lưu: VT(, [^;]+)?\.", listed[-1])
    assert sum("Lưu:" in line for line in listed) == 1
    assert nd30.recipients(["A"], "VT", addressed=False) == ["- A;", "- Lưu: VT."]


def test_recipients_and_signature_stand_on_one_level(draft: Paper) -> None:
    foot = draft.tables()[1]
    (row,) = foot.findall(q("tr"))
    left, right = row.findall(q("tc"))
    assert text_of(next(left.iter(q("p")))) == "Nơi nhận:"
    assert [text_of(p) for p in right.iter(q("p"))] == [
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "",
    ]


def test_a_signer_is_named_below_room_for_the_signature() -> None:
    report = {
        **fixture.release()["report"],
        "signature": {"lines": ["CHỦ TỊCH"], "other_post": None, "name": "Lý Văn A"},
    }
    paper = Paper(annual.build(fixture.release(report=report)))
    name = paper.starting("Lý Văn A")
    assert int(value(name, "pPr/spacing", "before") or 0) >= 60 * 20
    assert looks(name)[0].bold


def test_text_and_appendices_end_with_the_closing_sign(draft: Paper) -> None:
    main = [p for p in draft.body.findall(q("p")) if value(p, "pPr/pStyle") == layout.LAST.id]
    assert [text_of(p)[-3:] for p in main] == ["./."]
    assert draft.text().count("./.") == 3


# --- appendices ----------------------------------------------------------------------------------


def test_the_text_refers_to_each_appendix(draft: Paper) -> None:
    before, _, after = draft.text().partition("TM. ỦY BAN NHÂN DÂN")
    assert "tại Phụ lục I;" in before
    assert "tại Phụ lục II " in before
    assert re.findall(r"^Phụ lục.*$", after, re.MULTILINE) == ["Phụ lục I", "Phụ lục II"]


def test_a_single_appendix_has_no_number() -> None:
    paper = Paper(annual.build(fixture.complete()))
    assert re.findall(r"^Phụ lục.*$", paper.text(), re.MULTILINE) == ["Phụ lục"]
    assert "nêu tại Phụ lục kèm theo" in paper.text()
    assert len(paper.sections()) == 2


def test_head_rows_are_repeated_and_rows_do_not_break(draft: Paper) -> None:
    for table in draft.tables()[2:]:
        rows = table.findall(q("tr"))
        assert rows[0].find(f"{q('trPr')}/{q('tblHeader')}") is not None
        assert all(row.find(f"{q('trPr')}/{q('tblHeader')}") is None for row in rows[1:])
        assert all(row.find(f"{q('trPr')}/{q('cantSplit')}") is not None for row in rows)


def test_tables_fit_between_the_margins(draft: Paper) -> None:
    rooms = [size(s)[0] - margin(s, "left") - margin(s, "right") for s in draft.sections()]
    widths = [[int(c.get(q("w"))) for c in t.iter(q("gridCol"))] for t in draft.tables()]
    for table, room in zip(widths, (rooms[0], rooms[0], rooms[1], rooms[2], rooms[2]), strict=True):
        assert sum(table) <= room + 10


# --- illustrative figures ------------------------------------------------------------------------


def test_every_page_of_an_illustrative_report_is_marked(illustrative: Paper) -> None:
    headers = list(illustrative.headers())
    assert len(headers) == 6
    assert all("SỐ LIỆU MINH HỌA" in text_of(header) for header in headers)


def test_a_real_report_is_not_marked(draft: Paper) -> None:
    assert not any("MINH HỌA" in text_of(header) for header in draft.headers())
    assert "MINH HỌA" not in draft.text()


def test_the_file_name_says_so_too() -> None:
    assert annual.file_name(fixture.release()) == "bao-cao-binh-dang-gioi-nam-2026.docx"
    marked = annual.file_name(fixture.release(illustrative=True))
    assert marked == "bao-cao-binh-dang-gioi-nam-2026-SO-LIEU-MINH-HOA.docx"


# --- Word is strict about the order of what it reads ------------------------------------------------

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs spacing ind jc"
    " outlineLvl rPr sectPr",
    "rPr": "rFonts b bCs i iCs caps color sz szCs u bdr lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "trPr": "cantSplit tblHeader",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "settings": "zoom defaultTabStop characterSpacingControl compat decimalSymbol listSeparator",
    "style": "name basedOn qFormat pPr rPr",
}


def test_children_stand_in_the_order_of_the_schema(illustrative: Paper) -> None:
    parts = [illustrative.part(name) for name in illustrative.names if re.match(r"word/[^/]+\.xml", name)]
    assert len(parts) == 9  # document, styles, settings, two headers for each of three sections
    for parent, order in ORDER.items():
        known = order.split()
        for element in (found for part in parts for found in part.iter(q(parent))):
            children = [known.index(child.tag.rpartition("}")[2]) for child in element]
            assert children == sorted(children), parent


def test_a_cell_ends_with_a_paragraph_and_no_table_touches_another(illustrative: Paper) -> None:
    for cell in illustrative.body.iter(q("tc")):
        assert cell[-1].tag == q("p")
    for table in illustrative.tables():
        assert table.getnext().tag == q("p")


def test_rows_fill_the_grid_of_their_table(illustrative: Paper) -> None:
    for table in illustrative.tables():
        columns = len(list(table.iter(q("gridCol"))))
        for row in table.findall(q("tr")):
            spans = [int(value(cell, "tcPr/gridSpan") or 1) for cell in row.findall(q("tc"))]
            assert sum(spans) == columns
