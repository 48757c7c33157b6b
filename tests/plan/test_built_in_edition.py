"""The built-in edition says what the plan and the compute contract say; the tables here were written by hand."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from songhanh.core.elements import ElementSpec, ReadRule, ValueKind
from songhanh.core.indicators import (
    Agencies,
    Deduplicated,
    EveryMonthByKind,
    EveryQuarter,
    Full,
    Pooled,
    Ratio,
    Term,
)
from songhanh.plan import Edition, load
from songhanh.plan.edition import Content
from tests.plan.tables import table


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load()


def test_it_holds_all_that_the_plan_holds(edition: Edition) -> None:
    assert len(edition.objectives) == 6
    assert len(edition.targets) == 1 + 3 + 4 + 4 + 4 + 4
    assert len(edition.criteria) == 1 + 3 + 5 + 4 + 9 + 6
    assert len(edition.catalogue) == 177
    assert sum(1 for element in edition.catalogue.values() if element.core) == 87
    assert sum(1 for spec in edition.elements.values() if spec.rule) == 59
    assert len(edition.area_map(2026).communes) == 65
    assert len(edition.former_areas) == 194
    assert len(edition.tiles) == 65


def test_number_and_day_that_our_copy_leaves_blank_stay_blank(edition: Edition) -> None:
    assert (edition.number, edition.day, edition.issued) == (None, None, "2026-04")
    assert (edition.term.first, edition.term.last) == (2026, 2030)


def test_loading_is_quick() -> None:
    times = []
    for _ in range(3):
        start = time.process_time()
        load()
        times.append(time.process_time() - start)
    assert min(times) < 0.25


def test_the_digest_is_the_same_each_time_and_names_its_algorithm(edition: Edition) -> None:
    assert load().digest == edition.digest
    assert edition.digest.startswith("sha256:")
    assert len(edition.digest) == len("sha256:") + 64


def agencies(codes: str) -> list[str]:
    return codes.split()


def test_section_six_gives_each_target_its_agencies(edition: Edition) -> None:
    matrix = table("""
        target  | lead    | clause | coordinators | named suppliers
        MT1.CT1 | SNV     | VI.1   |              | SBN UBXA
        MT2.CT1 | SNV     | VI.1   |              |
        MT2.CT2 |         |        |              | TKT
        MT2.CT3 | STC     | VI.2   | TKT LHPN     | TKT LHPN
        MT3.CT1 |         |        |              | TKT
        MT3.CT2 | SVHTTDL | VI.6   | STP SYT CAT  | SVHTTDL UBXA CAT SYT STP
        MT3.CT3 | SYT     | VI.4   |              |
        MT3.CT4 | SYT     | VI.4   |              |
        MT4.CT1 | SYT     | VI.4   |              |
        MT4.CT2 | SYT     | VI.4   |              |
        MT4.CT3 | SYT     | VI.4   |              |
        MT4.CT4 | SYT     | VI.4   |              |
        MT5.CT1 | SGDDT   | VI.5   |              |
        MT5.CT2 | SGDDT   | VI.5   |              |
        MT5.CT3 | SGDDT   | VI.5   |              |
        MT5.CT4 | SNV     | VI.1   | TKT          | TKT
        MT6.CT1 | SNV     | VI.1   |              | UBXA
        MT6.CT2 | SNV     | VI.1   |              | SBN UBXA
        MT6.CT3 | SVHTTDL | VI.6   |              | UBXA
        MT6.CT4 | SVHTTDL | VI.6   |              | UBXA SBN
    """)
    assert [target.code for target in edition.targets] == [row["target"] for row in matrix]
    for target, row in zip(edition.targets, matrix, strict=True):
        assert (target.lead.agency if target.lead else "") == row["lead"], target.code
        assert (target.lead.clause if target.lead else "") == row["clause"], target.code
        assert [a.agency for a in target.coordinators] == agencies(row["coordinators"]), target.code
        assert [a.agency for a in target.suppliers if a.quote] == agencies(row["named suppliers"]), (
            target.code
        )


def test_a_target_that_the_plan_gives_to_nobody_says_so(edition: Edition) -> None:
    without = [target for target in edition.targets if target.lead is None]
    assert [target.code for target in without] == ["MT2.CT2", "MT3.CT1"]
    for target in without:
        assert target.lead_gap
        assert "chưa giao" in target.lead_gap


def test_every_target_has_a_supplier_and_every_unnamed_one_a_reason(edition: Edition) -> None:
    for target in edition.targets:
        assert target.suppliers, target.code
        assert all(a.quote or a.note for a in target.suppliers), target.code


def test_targets_are_due_in_2030_by_the_plan_or_by_a_reading(edition: Edition) -> None:
    by_reading = [target.code for target in edition.targets if target.due.reading]
    assert {target.due.year for target in edition.targets} == {2030}
    assert by_reading == [
        "MT3.CT3", "MT5.CT1", "MT5.CT4", "MT6.CT1", "MT6.CT2", "MT6.CT3", "MT6.CT4",
    ]  # fmt: skip


def test_criteria_compare_as_the_words_of_the_plan_say(edition: Edition) -> None:
    rows = table("""
        criterion | unit       | comparator | threshold | words                        | low | high | communes
        MT1.CT1   | PT         | at_least   | 75        | đạt 75%                      | 15  | 95   |
        MT2.CT1   | PT         | more_than  | 60        | đạt trên 60%                 | 20  | 75   |
        MT2.CT2   | PT         | less_than  | 25        | xuống dưới 25%               | 5   | 75   |
        MT2.CT3   | PT         | at_least   | 30        | đạt từ 30% trở lên           | 10  | 50   |
        MT3.CT1   | RATIO      | at_most    | 1.4       | còn 1,4 lần                  | 1   | 4    |
        MT3.CT2a  | PT         | at_least   | 90        | đạt 90%                      | 0   | 100  | yes
        MT3.CT2b  | PT         | at_least   | 70        | 70%                          | 0   | 100  |
        MT3.CT3   | PT         | at_least   | 100       | 100%                         | 0   | 100  |
        MT3.CT4   | PT         | at_least   | 100       | có 100%                      | 0   | 100  |
        MT4.CT1   | B_PER_100G | at_most    | 109       | ở mức 109 bé trai            | 103 | 125  |
        MT4.CT2   | PER_100K   | at_most    | 42        | giảm còn 42/100.000          | 0   | 200  |
        MT4.CT3   | PER_1K     | less_than  | 18        | xuống dưới 18 ca sinh        | 5   | 80   |
        MT4.CT4   | COUNT      | milestone  | 1         | ít nhất một                  |     |      |
        MT5.CT1a  | PT         | milestone  | 100       | được đưa vào                 |     |      |
        MT5.CT1b  | PT         | milestone  | 100       | được giảng dạy chính thức    |     |      |
        MT5.CT2a  | PT         | more_than  | 99        | đạt trên 99%                 | 80  | 103  |
        MT5.CT2b  | PT         | more_than  | 99        | đạt trên 99%                 | 80  | 103  |
        MT5.CT2c  | PT         | at_least   | 90        | đạt 90%                      | 65  | 103  |
        MT5.CT2d  | PT         | at_least   | 90        | đạt 90%                      | 65  | 103  |
        MT5.CT3   | PT         | at_least   | 40        | đạt 40%                      | 15  | 65   |
        MT5.CT4a  | PT         | at_least   | 50        | đạt 50%                      |     |      |
        MT5.CT4b  | PT         | at_least   | 35        | đạt 35%                      |     |      |
        MT6.CT1   | PT         | at_least   | 80        | đạt 80% trở lên              | 10  | 100  | yes
        MT6.CT2a  | PT         | at_least   | 100       | 100%                         |     |      | yes
        MT6.CT2b  | PT         | at_least   | 100       | 100%                         |     |      | yes
        MT6.CT3   | PT         | at_least   | 100       | mỗi quý có ít nhất có 04 tin |     |      | yes
        MT6.CT4a  | PT         | maintain   | 100       | duy trì đạt 100%             |     |      |
        MT6.CT4b  | COUNT      |            |           |                              |     |      |
    """)
    assert [criterion.code for criterion in edition.criteria] == [row["criterion"] for row in rows]
    for criterion, row in zip(edition.criteria, rows, strict=True):
        assert criterion.unit == row["unit"]
        assert (criterion.comparator or "") == row["comparator"], criterion.code
        assert criterion.threshold == (Decimal(row["threshold"]) if row["threshold"] else None)
        assert row["words"] in (edition.wording[criterion.code].comparator_words or "")
        expected = (Decimal(row["low"]), Decimal(row["high"])) if row["low"] else None
        assert criterion.plausible == expected, criterion.code
        assert criterion.commune_rows is (row["communes"] == "yes"), criterion.code


def test_only_adolescent_births_have_a_starting_value_in_the_plan(edition: Edition) -> None:
    found = {code: words.baseline for code, words in edition.wording.items() if words.baseline}
    assert list(found) == ["MT4.CT3"]
    assert found["MT4.CT3"].value == 18
    assert found["MT4.CT3"].quote == "từ 18 ca sinh/1.000 phụ nữ"


def terms(*codes: str) -> tuple[Term, ...]:
    return tuple(Term(code) for code in codes)


def cohort(element: str, year: int, sex: str) -> tuple[Term, ...]:
    return (Term(element, year, (("sex", sex),)),)


def staff(element: str) -> tuple[Term, ...]:
    return (Term(element, 0, (("kind", "CBCCVC"),)),)


@pytest.mark.parametrize(
    ("code", "definition"),
    [
        ("MT2.CT1", Ratio(terms("K02"), terms("K01"), 100, share=True, published="K06")),
        ("MT2.CT2", Ratio(terms("K03"), terms("K01"), 100, share=True, published="K06b")),
        (
            "MT2.CT3",
            Ratio(
                terms("K08", "K10"),
                terms("K07", "K09"),
                100,
                share=True,
                bounds=(("K08", "K07"), ("K10", "K09")),
            ),
        ),
        ("MT3.CT1", Ratio(terms("B01"), terms("B02"), 1)),
        ("MT3.CT2a", Deduplicated(terms("B18"), terms("B13", "B14"), "B16", "B18", "B17")),
        ("MT3.CT2b", Deduplicated(terms("B23"), terms("B20"), "B16", "B23", "B20", deducted="B21")),
        ("MT3.CT3", Ratio(terms("M05"), terms("M04"), 100, share=True)),
        ("MT3.CT4", Ratio(terms("TG02"), terms("TG01"), 100, share=True)),
        ("MT4.CT1", Pooled(terms("Y01"), terms("Y02"), 100, share=False, published="Y04")),
        ("MT4.CT2", Full(terms("Y05"), terms("Y01", "Y02"), 100000, share=True)),
        ("MT4.CT3", Pooled(terms("Y07"), terms("R12"), 1000, share=True)),
        ("MT4.CT4", Ratio(terms("Y14"), (), 1)),
        ("MT5.CT1a", Ratio(terms("G02"), terms("G01"), 100, share=True)),
        ("MT5.CT1b", Ratio(terms("G04"), terms("G03"), 100, share=True)),
        ("MT5.CT2a", Ratio(cohort("G07", 0, "M"), cohort("G06", -4, "M"), cohort_limit=Decimal(105))),
        ("MT5.CT2b", Ratio(cohort("G07", 0, "F"), cohort("G06", -4, "F"), cohort_limit=Decimal(105))),
        ("MT5.CT2c", Ratio(cohort("G09", 0, "M"), cohort("G08", -3, "M"), cohort_limit=Decimal(105))),
        ("MT5.CT2d", Ratio(cohort("G09", 0, "F"), cohort("G08", -3, "F"), cohort_limit=Decimal(105))),
        ("MT5.CT3", Ratio(terms("G12"), terms("G11"), 100, share=True)),
        ("MT5.CT4a", Ratio(staff("G14"), staff("G13"), 100, share=True)),
        ("MT5.CT4b", Ratio(staff("G16"), staff("G15"), 100, share=True)),
        ("MT6.CT1", Pooled(terms("T01"), terms("R06"), 100, share=True)),
        ("MT6.CT2a", Pooled(terms("T06"), terms("T05"), 100, share=True)),
        (
            "MT6.CT2b",
            Pooled(terms("T08"), terms("T05"), 100, share=True, bounds=(("T08", "T06"), ("T08", "T07"))),
        ),
        ("MT6.CT3", EveryQuarter("T09", 4)),
        ("MT6.CT4a", EveryMonthByKind("T12", "R14", 1)),
        ("MT6.CT4b", Pooled(terms("T14"), (), 1)),
    ],
)
def test_a_definition_is_the_one_of_the_contract(edition: Edition, code: str, definition: object) -> None:
    assert edition.criterion(code).definition == definition


def test_agencies_are_counted_in_three_groups(edition: Edition) -> None:
    definition = edition.criterion("MT1.CT1").definition
    assert isinstance(definition, Agencies)
    assert [(g.flag, g.register, g.by) for g in definition.groups] == [
        ("L01", "L02", "org"),
        ("L03", "L04", "province"),
        ("L05", "L06", "commune"),
    ]


READING_RULES = """
    elements         | class | at | value           | nil | n/a | partitions
    L01              | O     | I  | flag            |     | yes |
    L02 L04 L06      | P     | I  | count           |     |     |
    L03              | P     | I  | flag            |     |     |
    L05              | X     | I  | flag            |     |     |
    K01 K02 K03      | P     | Y  | count           |     |     | kind: TT NT
    K06 K06b         | P     | Y  | decimal 0..100  |     |     |
    K07 K08 K09 K10  | P     | Y  | count           |     |     |
    B01 B02          | P     | Y  | decimal >0..84  |     |     |
    B13 B14 B18 B20  | XO    | Y  | count           | yes | yes | sex: F M; age: Y_LT16 Y16T17 Y18T59 Y_GE60
    B23              | XO    | Y  | count           | yes | yes | sex: F M
    B16              | P     | Y  | count           | yes |     |
    B21              | P     | Y  | count           | yes |     |
    M04 M05          | P     | A  | count           | yes |     | sex: F M; kind: TRONG_TINH NGOAI_TINH
    TG01 TG02        | P     | I  | count           |     |     |
    Y01 Y02          | X     | A  | count           | yes | yes | ethnicity: KINH DTTS; kind: CON1 CON2 CON3
    Y04              | P     | Y  | decimal 50..200 |     |     |
    Y05              | P     | Y  | count           | yes |     | ethnicity: KINH DTTS
    Y07              | X     | Y  | count           | yes | yes | age: Y15T17 Y18T19; ethnicity: KINH DTTS
    R12              | X     | Y  | count           |     | yes | age: Y15T17 Y18T19; ethnicity: KINH DTTS
    Y14              | P     | Y  | count           |     |     |
    G01 G02          | P     | S  | count           |     |     | kind: TH THCS THPT LIEN_CAP
    G03 G04          | P     | S  | count           |     |     |
    G06 G07 G08 G09  | P     | S  | count           |     |     |
    G11 G12          | P     | Y  | count           |     |     | kind: CD TC SC KHAC
    G13 G14 G15 G16  | P     | I  | count           |     |     |
    R06              | X     | Y  | count           |     | yes | sex: F M; ethnicity: KINH DTTS
    T01              | X     | Y  | count           |     | yes | sex: F M
    T05 T06 T07 T08  | XO    | Y  | count           |     | yes | kind: DANG CHINH_QUYEN CQHC BAN_NGANH DOAN_THE
    T09              | X     | Q  | count           | yes | yes | kind: LH1 LH2 LH3 LH4 LH5 LH6 LH7 LH8
    R14              | P     | I  | count           |     |     |
    T12              | P     | M  | count           | yes | yes |
    T14              | XO    | A  | count           | yes | yes | kind: FACEBOOK ZALO TIKTOK YOUTUBE TRANG_TIN KHAC
"""


def value_words(rule: ReadRule) -> str:
    if rule.value.kind is not ValueKind.DECIMAL:
        assert (rule.value.low, rule.value.high) == (None, None)
        return rule.value.kind
    return f"decimal {'>' if rule.value.low_open else ''}{rule.value.low}..{rule.value.high}"


def partition_words(rule: ReadRule) -> str:
    return "; ".join(f"{p.dimension}: {' '.join(p.codes)}" for p in rule.partitions)


def rule_of(spec: ElementSpec) -> ReadRule:
    assert spec.rule is not None, spec.code
    return spec.rule


def test_figures_are_read_as_the_contract_says(edition: Edition) -> None:
    seen = []
    for row in table(READING_RULES):
        for code in row["elements"].split():
            rule = rule_of(edition.elements[code])
            seen.append(code)
            assert rule.area_class == row["class"], code
            assert rule.at == row["at"], code
            assert value_words(rule) == row["value"], code
            assert rule.nil is (row["nil"] == "yes"), code
            assert rule.not_applicable is (row["n/a"] == "yes"), code
            assert partition_words(rule) == row["partitions"], code
    assert sorted(seen) == sorted(code for code, spec in edition.elements.items() if spec.rule)
    assert len(seen) == 59


def test_kinds_of_an_element_are_a_closed_list_except_for_stations(edition: Edition) -> None:
    open_lists = [code for code, spec in edition.elements.items() if spec.rule and spec.rule.kinds is None]
    assert open_lists == ["T12"]
    for code in ("K01", "M04", "Y01", "G01", "G11", "T05", "T09", "T14"):
        rule = rule_of(edition.elements[code])
        (partition,) = [p for p in rule.partitions if p.dimension == "kind"]
        assert rule.kinds == partition.codes, code


def test_elements_that_have_no_total_say_so(edition: Edition) -> None:
    without = {code for code, spec in edition.elements.items() if spec.rule and not spec.rule.total_kind}
    assert without == {"B16", "G13", "G14", "G15", "G16", "T12"}
    assert rule_of(edition.elements["B16"]).kinds == ("B17", "B18", "B20", "B23")
    assert rule_of(edition.elements["G13"]).kinds == ("CBCCVC", "DAN_CU")


@pytest.mark.parametrize(
    ("codes", "kinds"),
    [
        ("K05", "K02 K03"),
        ("K16", "NGUOI DU_NO"),
        ("K18 Y10", "KIEM_TRA VI_PHAM"),
        ("B12", "THAN_THE TINH_THAN TINH_DUC KINH_TE"),
        ("B19", "Y_TE TAM_LY TGPL TAM_LANH NHU_CAU BAO_VE KY_NANG"),
        ("B24", "GOP_Y GIAO_DUC CAM_TIEP_XUC HANH_CHINH HINH_SU"),
        ("B27", "NHOM DUONG_DAY_NONG"),
        ("B28", "TAO_HON CAN_HUYET"),
        ("B29", "VU_PHU_NU VU_TRE_EM NAN_NHAN"),
        ("B30", "TONG THANH"),
        ("M09", "VU BI_CAN"),
        ("Y11", "MMR ASFR"),
        ("T13", "TIN PHUT"),
        ("T17 H18", "PHAT_HIEN XU_LY"),
        ("H02", "KH_5_NAM KH_NAM"),
        ("H03", "KIEN_TOAN THANH_VIEN"),
        ("H04", "CHUYEN_TRACH KIEM_NHIEM"),
        ("H14", "RA_SOAT KIEN_NGHI"),
        ("H16", "KIEM_TRA THANH_TRA GIAM_SAT"),
        ("H20 H21", "NSTW NS_TINH NS_XA LONG_GHEP XA_HOI_HOA"),
        ("H25", "DUY_TRI MOI NHAN_RONG"),
        ("H29", "CUOC NGUOI"),
        ("H30", "DAT TONG"),
        ("L09 L10", "TRUONG PHO"),
    ],
)
def test_elements_that_hold_several_measures_name_them(edition: Edition, codes: str, kinds: str) -> None:
    for code in codes.split():
        assert [kind.code for kind in edition.catalogue[code].kinds] == kinds.split(), code


def test_elements_with_women_told_apart_and_lists_left_to_the_edition(edition: Edition) -> None:
    of_whom = [code for code, element in edition.catalogue.items() if element.of_whom]
    assert of_whom == ["L19", "L20", "L21", "K14", "K15"]
    assert {edition.catalogue[code].of_whom for code in of_whom} == {("F",)}
    for code in ("B15", "H22", "H23", "H24"):
        assert edition.catalogue[code].kinds, code


def test_text_and_computed_elements_are_never_read(edition: Edition) -> None:
    by_content = {
        content: [code for code, element in edition.catalogue.items() if element.content is content]
        for content in (Content.TEXT, Content.COMPUTED)
    }
    assert by_content[Content.TEXT] == ["H33", "H34", "H35"]
    assert by_content[Content.COMPUTED] == ["B17", "B22", "Y03", "T10", "T11"]
    for code in by_content[Content.TEXT] + by_content[Content.COMPUTED]:
        assert edition.elements[code].rule is None
    assert [code for code, spec in edition.elements.items() if spec.is_text] == ["H33", "H34", "H35"]


def test_the_catalogue_keeps_the_order_in_which_files_are_sorted(edition: Edition) -> None:
    groups: list[str] = []
    for code in edition.catalogue:
        letters = code.rstrip("0123456789b")
        if not groups or groups[-1] != letters:
            groups.append(letters)
    assert groups == ["R", "L", "K", "B", "M", "TG", "Y", "G", "T", "H"]


def test_every_element_has_someone_to_ask_unless_it_is_computed(edition: Edition) -> None:
    for code, element in edition.catalogue.items():
        assert bool(element.suppliers) is (element.content is not Content.COMPUTED), code


def test_communes_are_not_asked_for_what_others_already_hold(edition: Edition) -> None:
    for code in ("Y01", "Y02", "R06", "R12", "Y07"):
        assert "UBXA" not in edition.catalogue[code].suppliers, code


def test_dimension_codes_are_those_of_the_contract(edition: Edition) -> None:
    assert sorted(edition.dimensions.sex) == ["F", "M", "_T"]
    assert sorted(edition.dimensions.ethnicity) == ["DTTS", "KINH", "_T"]
    ages = "Y10T14 Y15T17 Y18T19 Y15T19 Y_LT16 Y16T17 Y18T59 Y_GE60 Y_LT40"
    assert sorted(edition.dimensions.age) == sorted(["_T", *ages.split()])


def test_all_readings_of_the_contract_are_there_and_none_is_confirmed_yet(edition: Edition) -> None:
    assert [f"J{n}" for n in range(1, 23)] == list(edition.readings)[:22]
    assert {reading.confirmed_by for reading in edition.readings.values()} == {None}
    assert all(len(reading.words) > 30 for reading in edition.readings.values())


@pytest.mark.parametrize(
    ("criterion", "reading"),
    [
        ("MT1.CT1", "J16"),
        ("MT3.CT2a", "J4"),
        ("MT3.CT3", "J5"),
        ("MT4.CT1", "J6"),
        ("MT4.CT1", "J24"),
        ("MT4.CT2", "J17"),
        ("MT4.CT3", "J23"),
        ("MT5.CT1a", "J11"),
        ("MT5.CT3", "J7"),
        ("MT5.CT4b", "J12"),
        ("MT6.CT1", "J13"),
        ("MT6.CT2b", "J14"),
        ("MT6.CT3", "J10"),
        ("MT6.CT4a", "J8"),
        ("MT6.CT4b", "J15"),
        ("MT6.CT4b", "J9"),
        ("MT6.CT4b", "J25"),
    ],
)
def test_a_criterion_tells_the_readings_it_rests_on(edition: Edition, criterion: str, reading: str) -> None:
    assert reading in [found.code for found in edition.readings_of(criterion)]


def test_agencies_of_section_six_stand_at_their_numbers(edition: Edition) -> None:
    numbered = {
        "SNV": "VI.1", "STC": "VI.2", "STP": "VI.3", "SYT": "VI.4", "SGDDT": "VI.5", "SVHTTDL": "VI.6",
        "CAT": "VI.7", "TTRA": "VI.8", "SDTTG": "VI.9", "TKT": "VI.10", "SKHCN": "VI.11", "BTGDV": "VI.12",
        "MTTQ": "VI.13", "LHPN": "VI.13", "LDLD": "VI.13", "TDTN": "VI.13", "SBN": "VI.14", "UBXA": "VI.15",
    }  # fmt: skip
    assert {code: agency.clause for code, agency in edition.agencies.items() if agency.clause} == numbered
    further = {"SXD", "SCT", "SNNMT", "VPUBND", "BPTTH", "BDBP", "LMHTX", "NHCSXH", "TU", "UBND"}
    assert further == edition.agencies.keys() - numbered.keys()


def test_heads_of_documents_break_at_phrases(edition: Edition) -> None:
    assert edition.agencies["SVHTTDL"].upper == ("SỞ VĂN HÓA, THỂ THAO", "VÀ DU LỊCH")
    assert [code for code, agency in edition.agencies.items() if agency.is_class] == ["SBN", "UBXA"]


def test_years_before_the_plan_stand_on_its_map(edition: Edition) -> None:
    assert edition.area_map(2021) == edition.area_map(2026)
    assert edition.area_map(2021).province.code == "20"
    assert "05977" in edition.area_map(2021).codes


def test_places_are_written_as_documents_write_them(edition: Edition) -> None:
    assert edition.places["06325"].full_name == "xã Bắc Sơn"
    assert edition.places["05983"].full_name == "Phường Lương Văn Tri"
    assert edition.places["05983"].document_place == "Phường Lương Văn Tri"
    assert edition.places["06325"].document_place == "Bắc Sơn"
    communes = [place for code, place in edition.places.items() if code != "20"]
    assert sum(1 for place in communes if place.type == "phường") == 4
    assert sum(1 for place in communes if place.type == "xã") == 61
    assert sum(place.population for place in communes) == edition.places["20"].population


def test_former_units_ended_the_day_before_the_new_ones_began(edition: Edition) -> None:
    assert {former.valid_to.isoformat() for former in edition.former_areas} == {"2025-06-30"}
    split = {former.code: former for former in edition.former_areas if len(former.successors) > 1}
    assert sorted(split) == ["06622", "06625"]
    assert [(s.code, s.part) for s in split["06625"].successors] == [("06625", "rest"), ("06637", "part")]
    taken = {s.code for former in edition.former_areas for s in former.successors}
    assert taken == {commune.code for commune in edition.area_map(2026).communes}


def test_each_commune_has_a_square_of_its_own(edition: Edition) -> None:
    assert {tile.code for tile in edition.tiles} == {c.code for c in edition.area_map(2026).communes}
    assert len({(tile.column, tile.row) for tile in edition.tiles}) == 65
