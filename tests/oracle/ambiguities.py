"""Places where the contract can be read in two ways, each with a file that tells the readings apart.

Ambiguity(key, section, question, reading, alternative, rows, observed): `observed` is what
second_opinion.py does: the error code that refuses the file, or (criterion, area, period,
{column: text}).  Another implementation that differs here has read the page differently, which
is not by itself a fault of either; the page has to decide.  Communes A B C, year 2026.
Files with `raw` are given as bytes.
"""

# ruff: noqa: PLR0917

from __future__ import annotations

from typing import NamedTuple

from tests.oracle.worked_cases import (
    END,
    NIL,
    OWED,
    PROVINCE,
    SCHOOL,
    Y,
    by_commune,
    observations,
    quarters,
    row,
)

NA = "KHONG_AP_DUNG"
P = PROVINCE


class Ambiguity(NamedTuple):
    key: str
    section: str
    question: str
    reading: str
    alternative: str
    data: bytes
    observed: str | tuple[str, str, str, dict[str, str]]


def na(element: str, area: str, org: str = "", period: str = Y, kind: str = "_T", status: str = "") -> str:
    return f"{element},{area},{org},{period},_T,_T,_T,{kind},{NA},,{status}"


def dim(
    element: str,
    area: str,
    value: int,
    org: str = "",
    period: str = Y,
    sex: str = "_T",
    ethnicity: str = "_T",
) -> str:
    return f"{element},{area},{org},{period},{sex},_T,{ethnicity},_T,GIA_TRI,{value},"


def of(*parts: list[str]) -> bytes:
    return observations([line for part in parts for line in part])


def raw(text: str) -> bytes:
    return text.encode("utf-8")


def prov(criterion: str, **columns: str) -> tuple[str, str, str, dict[str, str]]:
    return criterion, P, Y, columns


SHORT = "element,area,period,state,value\n"
ACCEPTED = prov("MT1.CT1", state=OWED)  # any line at all: the file was accepted
CALM = [row(code, commune, Y, NIL) for commune in "BC" for code in ("B13", "B14")]
QUIET = [row("B20", commune, Y, NIL) for commune in "BC"]
FULL_T12 = [row("T12", P, f"2026-{month:02d}", 1, kind="DAI") for month in range(1, 13)]

AMBIGUITIES: list[Ambiguity] = [
    # ---------------------------------------------------------------- results
    Ambiguity(
        "ratio-silent",
        "7.3 8 11",
        "A ratio of P elements without its figures: is PROV `silent`?",
        "No: a criterion of P elements has no units, silent stays empty.",
        "silent = PROV (have 0 of need 1).",
        of([]),
        prov("MT3.CT1", state=OWED, have="0", need="1", silent=""),
    ),
    Ambiguity(
        "partial-full-silent",
        "9.3 9.5",
        "MT4.CT2, all communes answered, Y05 unanswered: is PROV silent?",
        "No; have = need, missing = Y05.",
        "silent = PROV.",
        of(by_commune("Y01", Y, 1, 1, 1), by_commune("Y02", Y, 1, 1, 1)),
        prov("MT4.CT2", state=OWED, have="3", need="3", silent="", missing="Y05"),
    ),
    Ambiguity(
        "2-one-na-full-commune",
        "7.3 9.3",
        "MT3.CT2a, a commune with B18 KHONG_AP_DUNG and B13, B14 answered.",
        "7.3 holds for communes: exactly one of Num, Den is KHONG_AP_DUNG, E_STATE.",
        "9.3 'Cells KHONG_AP_DUNG are left out' replaces it: the commune is answered with 0 of Den.",
        of([row("B13", "A", Y, 5), row("B14", "A", Y, 0), na("B18", "A")], CALM),
        "E_STATE",
    ),
    Ambiguity(
        "2-one-na-full-org",
        "7.3 9.3",
        "MT3.CT2a, an organisation with B18 KHONG_AP_DUNG and B13 answered.",
        "9.3: the element is left out, no E_STATE (same as no row).",
        "7.3 for every unit: E_STATE.",
        of(
            [row("B13", c, Y, NIL) for c in "ABC"] + [row("B14", c, Y, NIL) for c in "ABC"],
            [row("B13", P, Y, 4, org="CAT"), na("B18", P, "CAT"), row("B16", P, Y, 0, kind="B17")],
        ),
        prov("MT3.CT2a", state="GIA_TRI", value="0.000000", have="4", need="4"),
    ),
    Ambiguity(
        "na-against-absent",
        "7.3 7.5",
        "One side KHONG_AP_DUNG, the other has no row at all: E_STATE?",
        "Yes, by the letter ('exactly one of Num, Den').",
        "No: an absent cell is only silence.",
        of([na("T01", "A")], by_commune("R06", Y, None, 10, 10), by_commune("T01", Y, None, 5, 5)),
        "E_STATE",
    ),
    Ambiguity(
        "births-one-na",
        "7.3 9.4 9.5",
        "A commune with Y01 KHONG_AP_DUNG and Y02 answered.",
        "MT4.CT1 refuses it (E_STATE, 7.3), so the words of 9.5 on a part left out can never apply.",
        "9.5 lets it pass; MT4.CT1 counts the commune silent.",
        of(
            [na("Y01", "A"), row("Y02", "A", Y, 5)],
            by_commune("Y01", Y, None, 5, 5),
            by_commune("Y02", Y, None, 5, 5),
        ),
        "E_STATE",
    ),
    Ambiguity(
        "births-one-na-published",
        "7.3 7.5 9.4",
        "The same with Y04 answered.",
        "Still E_STATE (7.5: the error rules are checked also beside a published rate).",
        "Accepted, CONG_BO.",
        of([na("Y01", "A"), row("Y02", "A", Y, 5), row("Y04", P, Y, "110")]),
        "E_STATE",
    ),
    Ambiguity(
        "org-zero-den",
        "7.3 9.3",
        "MT3.CT2a, an organisation with B13 = 0 and B18 CHUA_CO_SO_LIEU.",
        "Silent: it has a row for B18 and owes it; the exception for 0 victims names communes only.",
        "Answered with 0/0 as in 7.3.",
        of(
            [row("B13", c, Y, 1) for c in "ABC"]
            + [row("B14", c, Y, 0) for c in "ABC"]
            + [row("B18", c, Y, 1) for c in "ABC"],
            [
                row("B13", P, Y, 0, org="CAT"),
                row("B18", P, Y, OWED, org="CAT"),
                row("B16", P, Y, 0, kind="B17"),
                row("B16", P, Y, 0, kind="B18"),
            ],
        ),
        prov("MT3.CT2a", state=OWED, have="3", need="4", silent="CAT"),
    ),
    Ambiguity(
        "org-zero-den-num",
        "9.3",
        "MT3.CT2a, an organisation with B13 = 0 and B18 = 2 (no Num <= Den check): is its B18 counted?",
        "Yes, the sums run element by element.",
        "It is answered with 0/0, so its 2 are dropped.",
        of(
            [row("B13", c, Y, 2) for c in "ABC"]
            + [row("B14", c, Y, 0) for c in "ABC"]
            + [row("B18", c, Y, 1) for c in "ABC"],
            [
                row("B13", P, Y, 0, org="CAT"),
                row("B18", P, Y, 2, org="CAT"),
                row("B16", P, Y, 0, kind="B17"),
                row("B16", P, Y, 0, kind="B18"),
            ],
        ),
        prov("MT3.CT2a", state="GIA_TRI", numerator="5", denominator="6"),
    ),
    Ambiguity(
        "b21-all-prosecuted",
        "9.3",
        "MT3.CT2b, B20 = 5 and B21 = 5: 'B21 ... above 0 where the denominator is 0' is E_PART?",
        "No: KHONG_PHAT_SINH. The rule is for the denominator before B21 (sum of B20 - B16[B20] = 0).",
        "E_PART by the letter: B21 is above 0 and the denominator is 0.",
        of([row("B20", "A", Y, 5), row("B23", "A", Y, 0), row("B21", P, Y, 5)], QUIET),
        prov("MT3.CT2b", state="KHONG_PHAT_SINH"),
    ),
    Ambiguity(
        "b21-all-prosecuted-b16",
        "9.3",
        "The same with two sources and B16[B23] unanswered.",
        "CHUA_CO_SO_LIEU: 'the rest must be answered' comes before 'denominator 0'.",
        "KHONG_PHAT_SINH at once.",
        of(
            [
                row("B20", "A", Y, 5),
                row("B23", "A", Y, 0),
                row("B21", P, Y, 5),
                row("B23", P, Y, 0, org="STP"),
            ],
            QUIET,
        ),
        prov("MT3.CT2b", state=OWED, missing="B16"),
    ),
    Ambiguity(
        "no-unit-b16",
        "9.3",
        "No unit at all and B16[B17] = 1: a difference below 0, E_PART?",
        "Yes: no unit is silent, so it is checked.",
        "No unit, so CHUA_CO_SO_LIEU without checks.",
        of([na(code, c) for c in "ABC" for code in ("B13", "B14", "B18")], [row("B16", P, Y, 1, kind="B17")]),
        "E_PART",
    ),
    Ambiguity(
        "unit-part-when-silent",
        "9.3",
        "MT3.CT2a, commune A has B18 > B13 + B14, commune B is silent: does '(Checked only when no "
        "unit is silent)' cover the commune check?",
        "No, only the province's differences: E_PART.",
        "Yes: accepted.",
        of([row("B13", "A", Y, 1), row("B14", "A", Y, 0), row("B18", "A", Y, 2)]),
        "E_PART",
    ),
    Ambiguity(
        "b16-missing-one-source",
        "9.3 11",
        "One source, a silent commune, B16 without rows: is B16 `missing` though it would count 0?",
        "Yes, by the letter of `missing` (either cell unanswered).",
        "No: nobody owes it.",
        of(
            [row("B13", "A", Y, 1), row("B14", "A", Y, 0), row("B18", "A", Y, 1)],
            [row("B13", "B", Y, 1), row("B14", "B", Y, 1)],
        ),
        prov("MT3.CT2a", state=OWED, missing="B16"),
    ),
    Ambiguity(
        "b16-answered-one-source",
        "9.3",
        "One source, yet B16[B17] = 1 is answered: subtracted?",
        "Yes (only an unanswered one counts 0).",
        "No: nothing can be counted twice.",
        of(
            [
                row("B13", "A", Y, 5),
                row("B14", "A", Y, 0),
                row("B18", "A", Y, 2),
                row("B16", P, Y, 1, kind="B17"),
            ],
            CALM,
        ),
        prov("MT3.CT2a", state="GIA_TRI", numerator="2", denominator="4"),
    ),
    Ambiguity(
        "maternal-part-silent",
        "7.5 9.5",
        "Y05 exceeds the births of the answered communes while one is silent: E_PART?",
        "No: the denominator is not known.",
        "Yes (7.5: checked on whatever is answered).",
        of([row("Y05", P, Y, 5)], by_commune("Y01", Y, 1, 1, None), by_commune("Y02", Y, 1, 1, None)),
        prov("MT4.CT2", state=OWED, have="2", need="3"),
    ),
    Ambiguity(
        "t14-all-nil",
        "8 9.8",
        "All T14 KHONG_PHAT_SINH: the state of MT6.CT4b?",
        "GIA_TRI 0: there is no denominator that could be 0.",
        "KHONG_PHAT_SINH.",
        of(by_commune("T14", Y, NIL, NIL, NIL)),
        prov("MT6.CT4b", state="GIA_TRI", value="0.000000", have="3", need="3"),
    ),
    Ambiguity(
        "r14-zero",
        "9.7",
        "R14 = 0 and no station: both 'no station' and 'R14 = 0' hold.",
        "KHONG_PHAT_SINH (else the words R14 = 0 would never apply: with a station it is E_REGISTER).",
        "CHUA_CO_SO_LIEU.",
        of([row("R14", P, END, 0)]),
        prov("MT6.CT4a", state="KHONG_PHAT_SINH", have="0", need="0"),
    ),
    Ambiguity(
        "r14-unanswered-have",
        "9.7",
        "R14 unanswered, one complete station: `have`?",
        "1 (only need is set to 0).",
        "0, as in 9.1.",
        of(FULL_T12),
        prov("MT6.CT4a", state=OWED, have="1", need="0", missing="R14"),
    ),
    Ambiguity(
        "agencies-unanswered-silent",
        "9.1",
        "L04 unanswered: have = need = 0; is `silent` still filled?",
        "Yes, with what 9.1 lists.",
        "Empty: no need, nobody is silent.",
        of(
            [row("L02", P, END, 1), row("L06", P, END, 3), row("L03", P, END, 1)],
            by_commune("L05", END, 1, 1, None),
        ),
        prov("MT1.CT1", state=OWED, have="0", need="0", silent="C", missing="L01;L04"),
    ),
    Ambiguity(
        "total-owed-basis",
        "7.4 9.1 11",
        "The L01 total is CHUA_CO_SO_LIEU, L05 by commune: n1 and `basis`?",
        "n1 = 0 and TONG (the total is in use, though unanswered).",
        "TINH; or n1 = L02 whatever the total says.",
        of(
            [
                row("L02", P, END, 2),
                row("L04", P, END, 1),
                row("L06", P, END, 3),
                row("L03", P, END, 1),
                row("L01", P, END, OWED),
            ],
            by_commune("L05", END, 1, 1, 1),
        ),
        prov(
            "MT1.CT1",
            state="GIA_TRI",
            numerator="4",
            denominator="4",
            have="4",
            need="6",
            basis="TONG",
            silent="",
        ),
    ),
    Ambiguity(
        "total-na",
        "7.3 7.4",
        "Totals in use and KHONG_AP_DUNG on both sides: need 0 or 1?",
        "0: it owes nothing, no unit.",
        "1 (7.4 fixes need = 1), PROV silent.",
        of([na("T01", P), na("R06", P)]),
        prov("MT6.CT1", state=OWED, have="0", need="0", silent="", missing="R06;T01"),
    ),
    Ambiguity(
        "commune-rows-of-totals",
        "7.4 11",
        "Totals in use: what stands in the commune rows?",
        "CHUA_CO_SO_LIEU, 0/1 (a commune without rows is silent).",
        "No rows, or 0/0: the province is the only unit.",
        of([row("T01", P, Y, 5), row("R06", P, Y, 10)]),
        ("MT6.CT1", "A", Y, {"state": OWED, "have": "0", "need": "1"}),
    ),
    Ambiguity(
        "total-of-one-element",
        "7.4",
        "Only R06 has a total row, T01 has no row anywhere: totals in use?",
        "Yes ('a total row for one of them'): need 1, silent PROV.",
        "Each element by itself: need 3.",
        of([row("R06", P, Y, 10)]),
        prov("MT6.CT1", state=OWED, have="0", need="1", silent=P, missing="T01"),
    ),
    Ambiguity(
        "odd-row-blocks-totals",
        "7.4",
        "A commune has R06 only by sex x ethnicity (never read), the province has totals.",
        "'No row in any state at any commune': the totals are not used.",
        "Only rows that are read count.",
        of([row("T01", P, Y, 5), row("R06", P, Y, 10), dim("R06", "A", 1, sex="F", ethnicity="DTTS")]),
        prov("MT6.CT1", state=OWED, have="0", need="3", silent="A;B;C"),
    ),
    Ambiguity(
        "odd-row-makes-unit",
        "7.3",
        "An organisation has a T14 row by ethnicity only: a unit?",
        "Yes, 'every org that has a row': it is silent.",
        "No: none of its cells exists.",
        of(by_commune("T14", Y, 1, 1, 1), [dim("T14", P, 1, org="CAT", ethnicity="DTTS")]),
        prov("MT6.CT4b", state="GIA_TRI", have="3", need="4", silent="CAT"),
    ),
    Ambiguity(
        "odd-total",
        "7.4",
        "Is a row at PROV without org but with sex = F a 'total row'?",
        "Yes: 6 defines the total by area and org only. R06 = F + M.",
        "Only a row with all dimensions _T.",
        of([row("T01", P, Y, 5), dim("R06", P, 4, sex="F"), dim("R06", P, 6, sex="M")]),
        prov("MT6.CT1", state="GIA_TRI", denominator="10", basis="TONG"),
    ),
    Ambiguity(
        "l01-at-commune",
        "3.3 7.4 9.1",
        "An L01 row at a commune (class O): refused, ignored, or does it block the L01 total?",
        "Accepted, not read as an organisation, but a 'row at any commune': the total is not used.",
        "Refused (E_ORG or E_AREA); or simply ignored, the total is used.",
        of(
            [
                row("L02", P, END, 2),
                row("L04", P, END, 1),
                row("L06", P, END, 3),
                row("L03", P, END, 1),
                row("L01", P, END, 2),
                row("L01", "A", END, 1),
            ],
            by_commune("L05", END, 1, 1, 1),
        ),
        prov("MT1.CT1", state="GIA_TRI", have="4", need="6", missing=""),
    ),
    Ambiguity(
        "station-by-odd-row",
        "9.7",
        "A station known only by a T12 row with sex = F: a station?",
        "Yes: 'codes in kind of T12 rows in the months'.",
        "No: no cell of it exists.",
        of([row("R14", P, END, 2)], FULL_T12, [f"T12,{P},,2026-03,F,_T,_T,DAI2,GIA_TRI,1,"]),
        prov("MT6.CT4a", state="GIA_TRI", value="50.000000", have="1", need="2", silent="DAI2"),
    ),
    Ambiguity(
        "status-of-left-out",
        "11",
        "Q4 is KHONG_AP_DUNG with status UOC, the rest CHINH_THUC: the status of the year's cell?",
        "CHINH_THUC: a part left out is not behind the cell.",
        "UOC.",
        of(
            [
                row("T14", "A", "2026-Q1", 1),
                row("T14", "A", "2026-Q2", 1),
                row("T14", "A", "2026-Q3", 1),
                na("T14", "A", "", "2026-Q4", status="UOC"),
            ]
        ),
        prov("MT6.CT4b", state="GIA_TRI", status="CHINH_THUC", have="1", need="3"),
    ),
    Ambiguity(
        "status-of-zero-den",
        "7.3 11",
        "A commune answered with 0/0 whose Num row is answered 0 with UOC.",
        "UOC counts: an answered cell of an answered unit.",
        "It does not: the cell was not needed.",
        of(
            [row("T01", "A", Y, 0, status="UOC"), row("R06", "A", Y, 0)],
            [row("T01", "B", Y, 1), row("R06", "B", Y, 1)],
        ),
        prov("MT6.CT1", state="GIA_TRI", status="UOC"),
    ),
    Ambiguity(
        "status-of-unneeded-b16",
        "9.3 11",
        "KHONG_PHAT_SINH 'without B16[B18]', yet B16[B18] = 0 is there with UOC: the status?",
        "UOC: an answered P cell of the formula.",
        "CHINH_THUC.",
        of(
            [row(code, c, Y, NIL) for c in "ABC" for code in ("B13", "B14")],
            [row("B16", P, Y, 0, kind="B18", status="UOC")],
        ),
        prov("MT3.CT2a", state="KHONG_PHAT_SINH", status="UOC"),
    ),
    Ambiguity(
        "status-of-commune-row",
        "11",
        "B16[B17] is UOC, the commune's own rows CHINH_THUC: the status of the commune row?",
        "CHINH_THUC: a commune row has its own Num and Den only.",
        "UOC ('or to PROV (P cells)').",
        of(
            [
                row("B13", "A", Y, 5),
                row("B14", "A", Y, 0),
                row("B18", "A", Y, 2),
                row("B16", P, Y, 0, kind="B17", status="UOC"),
            ],
            CALM,
        ),
        ("MT3.CT2a", "A", Y, {"state": "GIA_TRI", "status": "CHINH_THUC"}),
    ),
    Ambiguity(
        "pledges-beside-totals",
        "7.4 9",
        "T05, T08 are totals while T06 stands by commune, with a T06 total below T08: E_PART?",
        "Yes: 2b uses PROV cells, T08 <= T06 is checked there.",
        "No: T06's total row 'changes nothing'.",
        of([row("T05", P, Y, 10), row("T08", P, Y, 9), row("T06", P, Y, 8)], by_commune("T06", Y, 3, 3, 3)),
        "E_PART",
    ),
    Ambiguity(
        "news-quarter-all-na",
        "9.6",
        "Q2 is KHONG_AP_DUNG everywhere: the year row?",
        "CHUA_CO_SO_LIEU (no answered commune in Q2).",
        "The quarter is owed by nobody: GIA_TRI.",
        of([na("T09", c, "", "2026-Q2") for c in "ABC"], *[quarters("T09", c, 4, None, 4, 4) for c in "ABC"]),
        prov("MT6.CT3", state=OWED, have="3", need="3", missing=""),
    ),
    # ---------------------------------------------------------------- what is accepted
    Ambiguity(
        "whole-5.0",
        "3.1 3.3",
        "Is `5.0` a whole number?",
        "Yes, by value.",
        "No: E_RANGE (or E_NUMBER), a count is written without a point.",
        of([row("K02", P, Y, "60.0"), row("K01", P, Y, "100.000000")]),
        prov("MT2.CT1", state="GIA_TRI", numerator="60"),
    ),
    Ambiguity(
        "fraction-code",
        "3.3",
        "A count of 1.5: which code?",
        "E_RANGE.",
        "E_NUMBER.",
        of([row("K01", P, Y, "1.5")]),
        "E_RANGE",
    ),
    Ambiguity(
        "plan-term",
        "4",
        "`2031-01-01/P5Y`: a plan term?",
        "No: the plan's term is 2026-01-01/P5Y.",
        "Any first of January.",
        of([row("H06", P, "2031-01-01/P5Y", 1)]),
        "E_PERIOD",
    ),
    Ambiguity(
        "any-day",
        "4",
        "`2026-06-30`: an instant?",
        "Yes: any day that exists.",
        "Only 31 December.",
        of([row("H06", P, "2026-06-30", 1)]),
        ACCEPTED,
    ),
    Ambiguity(
        "year-0000",
        "4",
        "`0000`: a year?",
        "No.",
        "Yes (ISO 8601 has it).",
        of([row("H06", P, "0000", 1)]),
        "E_PERIOD",
    ),
    Ambiguity(
        "annex-kind",
        "3.3 5 Annex A",
        "K05 with kind = XYZ (Annex A: closed list K02 K03): refused?",
        "No: 5 allows any code of the syntax outside section 6.",
        "E_KIND: the Annex calls its lists closed.",
        of([row("K05", P, Y, 1, kind="XYZ")]),
        ACCEPTED,
    ),
    Ambiguity(
        "computed-syntax",
        "3.3",
        "A B17 row with a bad period ('rows are ignored'): refused?",
        "E_PERIOD: ignored in the arithmetic, checked for syntax.",
        "Ignored altogether.",
        of([row("B17", P, "2026-13", 1)]),
        "E_PERIOD",
    ),
    Ambiguity(
        "computed-duplicate",
        "3.2 3.3",
        "The same B17 key twice: refused?",
        "E_DUPLICATE.",
        "Ignored.",
        of([row("B17", P, Y, 1), row("B17", P, Y, 2)]),
        "E_DUPLICATE",
    ),
    Ambiguity(
        "org-outside-6",
        "3.3",
        "An org at a commune for an element outside section 6: E_ORG?",
        "No: 'rules for the elements of section 6 only'.",
        "Yes: 'commune rows never carry it'.",
        of([row("H06", "A", Y, 1, org="SNV")]),
        ACCEPTED,
    ),
    Ambiguity(
        "station-syntax",
        "6",
        "What may a station code (kind of T12) look like?",
        "[A-Z0-9][A-Z0-9_]{0,19}, as outside section 6.",
        "Any text.",
        of([row("T12", P, "2026-01", 1, kind="dai-1")]),
        "E_KIND",
    ),
    Ambiguity(
        "flag-at-commune",
        "3.3",
        "L03 = 2 at a commune ('accepted and not read'): E_RANGE?",
        "Yes, the rules on values hold for every row.",
        "No: not read.",
        of([row("L03", "A", END, 2)]),
        "E_RANGE",
    ),
    Ambiguity(
        "l01-commune-count",
        "6",
        "L01 at a commune without org, value 5: flag or count?",
        "A flag: E_RANGE (only PROV has the total).",
        "Accepted.",
        of([row("L01", "A", END, 5)]),
        "E_RANGE",
    ),
    Ambiguity(
        "flag-other-dims",
        "6",
        "L01 at PROV without org, sex = F, value 5: 'total row'?",
        "Yes, a count: accepted.",
        "A flag: E_RANGE.",
        of([dim("L01", P, 5, period=END, sex="F")]),
        ACCEPTED,
    ),
    Ambiguity(
        "sum-nil-total",
        "3.3",
        "Total KHONG_PHAT_SINH over parts 1 + 0: E_SUM?",
        "No: 'the row has a number'.",
        "Yes: it counts as 0.",
        of([row("B13", "A", Y, NIL), dim("B13", "A", 1, sex="F"), dim("B13", "A", 0, sex="M")]),
        ACCEPTED,
    ),
    Ambiguity(
        "sum-na-part",
        "3.3",
        "Total 5, parts 3 and KHONG_AP_DUNG: E_SUM?",
        "No: not all parts are answered.",
        "Yes: combined, they make 3.",
        of([row("B13", "A", Y, 5), dim("B13", "A", 3, sex="F"), f"B13,A,,{Y},M,_T,_T,_T,{NA},,"]),
        ACCEPTED,
    ),
    # ---------------------------------------------------------------- the file
    Ambiguity(
        "blank-before-header",
        "3",
        "An empty line before the header: skipped?",
        "Yes.",
        "E_COLUMN.",
        raw("\n" + SHORT + f"K01,{P},2026,GIA_TRI,1\n"),
        ACCEPTED,
    ),
    Ambiguity(
        "quoted-empty-line",
        "3",
        'A line that holds only `""`: an empty line?',
        "No: one empty cell, E_COLUMN.",
        "Skipped.",
        raw(SHORT + '""\n'),
        "E_COLUMN",
    ),
    Ambiguity(
        "stray-quote",
        "3",
        "A quote inside an unquoted cell (in an x_ column): refused, with which code?",
        "Refused, E_COLUMN (RFC 4180).",
        "Taken as text.",
        raw("element,area,period,state,value,x_a\n" + f'K01,{P},2026,GIA_TRI,1,a"b\n'),
        "E_COLUMN",
    ),
    Ambiguity(
        "after-quote",
        "3",
        'Text after a closing quote: `"K0"1`?',
        "E_COLUMN.",
        "K01.",
        raw(SHORT + f'"K0"1,{P},2026,GIA_TRI,1\n'),
        "E_COLUMN",
    ),
    Ambiguity(
        "lone-cr",
        "3",
        "Lines that end with CR alone?",
        "E_COLUMN (LF or CRLF).",
        "Read as line ends.",
        raw((SHORT + f"K01,{P},2026,GIA_TRI,1\n").replace("\n", "\r")),
        "E_COLUMN",
    ),
    Ambiguity(
        "not-utf-8",
        "3",
        "Bytes that are not UTF-8: which code?",
        "E_COLUMN.",
        "Another code.",
        "element,area,period,state,value,x_é\n".encode("latin-1"),
        "E_COLUMN",
    ),
    Ambiguity(
        "empty-file", "3", "An empty file?", "E_COLUMN (no header).", "Accepted as no rows.", b"", "E_COLUMN"
    ),
    Ambiguity("header-only", "3", "A header and no row?", "Accepted.", "Refused.", raw(SHORT), ACCEPTED),
    Ambiguity(
        "x-empty-name",
        "3.1",
        "A column named `x_` with nothing behind?",
        "Ignored like any x_ column.",
        "E_COLUMN.",
        raw("element,area,period,state,value,x_\n"),
        ACCEPTED,
    ),
    Ambiguity(
        "two-boms",
        "3",
        "Two BOMs?",
        "E_COLUMN: only one is a BOM, the other is text of the first name.",
        "Both skipped.",
        raw("\ufeff\ufeff" + SHORT),
        "E_COLUMN",
    ),
    Ambiguity(
        "other-school-year",
        "4 6",
        "G01 at the calendar year instead of the school year?",
        "Accepted, not used.",
        "E_PERIOD.",
        of([row("G01", P, Y, 5), row("G02", P, Y, 5), row("G01", P, SCHOOL, 4)]),
        prov("MT5.CT1a", state=OWED, missing="G02"),
    ),
]
