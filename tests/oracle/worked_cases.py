"""The worked cases of section 11 of the compute contract, typed from the page.

Year 2026; province "20"; the communes are A B C, except where `areas` says so.
CASES: a list of Case(name, rows, expected, areas).  `rows` are lines under HEADER,
`expected` is a list of (criterion, area, period, {column: text}): exactly what must
stand in these columns of that line of results.csv.
EXACT_LINES: (rows, the line of the page).
"""

# ruff: noqa: B905, N803, PLR0917, RUF005

from __future__ import annotations

from typing import NamedTuple

YEAR = "2026"
PROVINCE = "20"
COMMUNES = ["A", "B", "C"]
HEADER = "element,area,org,period,sex,age,ethnicity,kind,state,value,status"
Y = "2026"
END = "2026-12-31"
SCHOOL = "2025-09-01/P1Y"
FIRST_GRADE = "2021-09-01/P1Y"  # Y - 5
SIXTH_GRADE = "2022-09-01/P1Y"  # Y - 4

NIL = "KHONG_PHAT_SINH"
OWED = "CHUA_CO_SO_LIEU"

Expected = tuple[str, str, str, dict[str, str]]


class Case(NamedTuple):
    name: str
    rows: list[str]
    expected: list[Expected]
    areas: str = "ABC"  # or "LANGSON"


def row(
    element: str,
    area: str,
    period: str,
    what: int | str,
    org: str = "",
    sex: str = "_T",
    kind: str = "_T",
    status: str = "",
) -> str:
    state, value = (what, "") if what in (NIL, OWED) else ("GIA_TRI", str(what))
    return f"{element},{area},{org},{period},{sex},_T,_T,{kind},{state},{value},{status}"


def by_commune(element: str, period: str, *values: int | str | None) -> list[str]:
    return [row(element, area, period, value) for area, value in zip(COMMUNES, values) if value is not None]


def province(criterion: str, period: str = Y, **columns: str) -> Expected:
    return criterion, PROVINCE, period, columns


def agencies(*L05: int | None) -> list[str]:
    return [
        row("L02", PROVINCE, END, 2),
        row("L04", PROVINCE, END, 1),
        row("L06", PROVINCE, END, 3),
        row("L01", PROVINCE, END, 1, org="SNV"),
        row("L01", PROVINCE, END, 0, org="STC"),
        row("L03", PROVINCE, END, 1),
    ] + by_commune("L05", END, *L05)


VICTIMS = by_commune("B13", Y, 6, 4, NIL) + by_commune("B14", Y, 0, 0, NIL) + by_commune("B18", Y, 5, 4, None)
CAT = [row("B13", PROVINCE, Y, 3, org="CAT"), row("B18", PROVINCE, Y, 3, org="CAT")]
TWICE = [row("B16", PROVINCE, Y, 2, kind="B17"), row("B16", PROVINCE, Y, 2, kind="B18")]


def quarters(element: str, area: str, *values: int | str | None) -> list[str]:
    return [
        row(element, area, f"2026-Q{number}", value)
        for number, value in enumerate(values, 1)
        if value is not None
    ]


CASES: list[Case] = [
    Case(
        "MT1.CT1, everything answered",
        agencies(1, 1, 1),
        [
            province(
                "MT1.CT1",
                state="GIA_TRI",
                value="83.333333",
                numerator="5",
                denominator="6",
                basis="TINH",
                have="6",
                need="6",
                silent="",
                evaluation="DAT_VUOT",
            )
        ],
    ),
    Case(
        "MT1.CT1, C has no L05 row",
        agencies(1, 1, None),
        [
            province(
                "MT1.CT1",
                state="GIA_TRI",
                value="80.000000",
                numerator="4",
                denominator="5",
                have="5",
                need="6",
                silent="C",
                evaluation="CHUA_CO_SO_LIEU",
            )
        ],
    ),
    Case(
        "MT2.CT1, exactly 60",
        [row("K02", PROVINCE, Y, 60), row("K01", PROVINCE, Y, 100)],
        [
            province(
                "MT2.CT1",
                state="GIA_TRI",
                value="60.000000",
                numerator="60",
                denominator="100",
                basis="TINH",
                evaluation="TIEM_CAN",
            )
        ],
    ),
    Case(
        "MT2.CT1, published rate only",
        [row("K06", PROVINCE, Y, "60.1")],
        [
            province(
                "MT2.CT1",
                state="GIA_TRI",
                value="60.100000",
                numerator="",
                denominator="",
                basis="CONG_BO",
                evaluation="DAT",
            )
        ],
    ),
    Case(
        "MT2.CT2, exactly 25",
        [row("K03", PROVINCE, Y, 25), row("K01", PROVINCE, Y, 100)],
        [province("MT2.CT2", state="GIA_TRI", value="25.000000", evaluation="TIEM_CAN")],
    ),
    Case(
        "MT2.CT3, K10 unanswered",
        [
            row("K07", PROVINCE, Y, 100),
            row("K08", PROVINCE, Y, 30),
            row("K09", PROVINCE, Y, 10),
            row("K10", PROVINCE, Y, OWED),
        ],
        [
            province(
                "MT2.CT3",
                state="CHUA_CO_SO_LIEU",
                value="",
                have="0",
                need="1",
                missing="K10",
                evaluation="CHUA_CO_SO_LIEU",
            )
        ],
    ),
    Case(
        "MT2.CT3, K10 without a row",
        [row("K07", PROVINCE, Y, 100), row("K08", PROVINCE, Y, 30), row("K09", PROVINCE, Y, 10)],
        [province("MT2.CT3", state="CHUA_CO_SO_LIEU", missing="K10")],
    ),
    Case(
        "MT3.CT2a, three communes",
        VICTIMS,
        [
            province(
                "MT3.CT2a",
                state="GIA_TRI",
                value="90.000000",
                numerator="9",
                denominator="10",
                have="3",
                need="3",
                evaluation="DAT",
            ),
            (
                "MT3.CT2a",
                "A",
                Y,
                {
                    "state": "GIA_TRI",
                    "value": "83.333333",
                    "numerator": "5",
                    "denominator": "6",
                    "evaluation": "",
                },
            ),
            ("MT3.CT2a", "C", Y, {"state": "KHONG_PHAT_SINH", "value": "", "have": "1", "need": "1"}),
        ],
    ),
    Case(
        "MT3.CT2a, with an organisation and B16",
        VICTIMS + CAT + TWICE,
        [
            province(
                "MT3.CT2a",
                state="GIA_TRI",
                value="90.909091",
                numerator="10",
                denominator="11",
                have="4",
                need="4",
                evaluation="DAT_VUOT",
            )
        ],
    ),
    Case(
        "MT3.CT2a, with an organisation, without B16",
        VICTIMS + CAT,
        [
            province(
                "MT3.CT2a",
                state="CHUA_CO_SO_LIEU",
                have="4",
                need="4",
                silent="",
                missing="B16",
                evaluation="CHUA_CO_SO_LIEU",
            )
        ],
    ),
    Case(
        "MT3.CT3, nothing happened",
        [row("M04", PROVINCE, Y, NIL)],
        [province("MT3.CT3", state="KHONG_PHAT_SINH", value="", evaluation="KHONG_PHAT_SINH")],
    ),
    Case(
        "MT3.CT3, by quarter",
        quarters("M04", PROVINCE, 1, 0, NIL, 2) + quarters("M05", PROVINCE, 1, 0, NIL, 2),
        [
            province(
                "MT3.CT3",
                state="GIA_TRI",
                value="100.000000",
                numerator="3",
                denominator="3",
                evaluation="DAT",
            )
        ],
    ),
    Case(
        "MT3.CT3, by quarter, Q4 of M05 owed",
        quarters("M04", PROVINCE, 1, 0, NIL, 2) + quarters("M05", PROVINCE, 1, 0, NIL, OWED),
        [province("MT3.CT3", state="CHUA_CO_SO_LIEU", value="", numerator="", denominator="", missing="M05")],
    ),
    Case(
        "MT3.CT3, by quarter, Q4 of M05 without a row",
        quarters("M04", PROVINCE, 1, 0, NIL, 2) + quarters("M05", PROVINCE, 1, 0, NIL, None),
        [province("MT3.CT3", state="CHUA_CO_SO_LIEU", value="", missing="M05")],
    ),
    Case(
        "MT4.CT1, exactly 109",
        by_commune("Y01", Y, 60, 40, 9) + by_commune("Y02", Y, 50, 50, 0),
        [
            province(
                "MT4.CT1",
                state="GIA_TRI",
                value="109.000000",
                numerator="109",
                denominator="100",
                basis="TINH",
                have="3",
                need="3",
                evaluation="DAT",
            )
        ],
    ),
    Case(
        "MT4.CT2, one death",
        [row("Y05", PROVINCE, Y, 1)]
        + by_commune("Y01", Y, 500, 520, 250)
        + by_commune("Y02", Y, 500, 480, 250),
        [
            province(
                "MT4.CT2",
                state="GIA_TRI",
                value="40.000000",
                numerator="1",
                denominator="2500",
                have="3",
                need="3",
                evaluation="DAT_VUOT",
            )
        ],
    ),
    Case(
        "MT4.CT2, C unanswered",
        [row("Y05", PROVINCE, Y, 1)]
        + by_commune("Y01", Y, 500, 520, 250)
        + by_commune("Y02", Y, 500, 480, OWED),
        [
            province(
                "MT4.CT2",
                state="CHUA_CO_SO_LIEU",
                value="",
                have="2",
                need="3",
                silent="C",
                missing="",
                evaluation="CHUA_CO_SO_LIEU",
            )
        ],
    ),
    Case(
        "MT4.CT3, exactly 18",
        by_commune("Y07", Y, 8, 10, NIL) + by_commune("R12", Y, 400, 500, 100),
        [
            province(
                "MT4.CT3",
                state="GIA_TRI",
                value="18.000000",
                numerator="18",
                denominator="1000",
                unit="PER_1K",
                evaluation="TIEM_CAN",
            )
        ],
    ),
    Case(
        "MT4.CT3, exactly 18, totals",
        [row("Y07", PROVINCE, Y, 18), row("R12", PROVINCE, Y, 1000)],
        [
            province(
                "MT4.CT3",
                state="GIA_TRI",
                value="18.000000",
                basis="TONG",
                have="1",
                need="1",
                evaluation="TIEM_CAN",
            )
        ],
    ),
    Case(
        "MT5.CT2a, exactly 99",
        [row("G07", PROVINCE, SCHOOL, 99, sex="M"), row("G06", PROVINCE, FIRST_GRADE, 100, sex="M")],
        [
            province(
                "MT5.CT2a",
                state="GIA_TRI",
                value="99.000000",
                numerator="99",
                denominator="100",
                evaluation="TIEM_CAN",
                warnings="",
            ),
            province("MT5.CT2b", state="CHUA_CO_SO_LIEU", missing="G06;G07"),
        ],
    ),
    Case(
        "MT5.CT2c, cohort above 105",
        [row("G09", PROVINCE, SCHOOL, 106, sex="M"), row("G08", PROVINCE, SIXTH_GRADE, 100, sex="M")],
        [
            province(
                "MT5.CT2c",
                state="GIA_TRI",
                value="106.000000",
                evaluation="DAT_VUOT",
                warnings="W_COHORT;W_RANGE",
            )
        ],
    ),
    Case(
        "MT6.CT2b, the intersection",
        by_commune("T05", Y, 10, 10, 10)
        + by_commune("T06", Y, 10, 9, 10)
        + by_commune("T07", Y, 10, 10, 9)
        + by_commune("T08", Y, 10, 9, 9),
        [
            province(
                "MT6.CT2b",
                state="GIA_TRI",
                value="93.333333",
                numerator="28",
                denominator="30",
                evaluation="CHUA_DAT",
            ),
            province("MT6.CT2a", value="96.666667", numerator="29", denominator="30", evaluation="TIEM_CAN"),
        ],
    ),
    Case(
        "MT6.CT3",
        quarters("T09", "A", 4, 4, 4, 4)
        + quarters("T09", "B", 16, 0, 0, 0)
        + quarters("T09", "C", 4, 4, 4, None),
        [
            province(
                "MT6.CT3",
                state="GIA_TRI",
                value="33.333333",
                numerator="1",
                denominator="3",
                have="2",
                need="3",
                silent="C",
                evaluation="CHUA_DAT",
            ),
            province(
                "MT6.CT3",
                "2026-Q1",
                value="100.000000",
                numerator="3",
                denominator="3",
                have="3",
                need="3",
                evaluation="DAT",
            ),
            province(
                "MT6.CT3",
                "2026-Q4",
                value="33.333333",
                numerator="1",
                denominator="3",
                have="2",
                need="3",
                silent="C",
                evaluation="CHUA_DAT",
            ),
            (
                "MT6.CT3",
                "B",
                Y,
                {"state": "GIA_TRI", "value": "0.000000", "numerator": "0", "denominator": "1"},
            ),
            ("MT6.CT3", "C", Y, {"state": "CHUA_CO_SO_LIEU", "have": "0", "need": "1", "silent": ""}),
        ],
    ),
    Case(
        "MT6.CT4a, one month of 0",
        [row("R14", PROVINCE, END, 1)]
        + [
            row("T12", PROVINCE, f"2026-{month:02d}", 0 if month == 8 else 1, kind="DAI")
            for month in range(1, 13)
        ],
        [
            province(
                "MT6.CT4a",
                state="GIA_TRI",
                value="0.000000",
                numerator="0",
                denominator="1",
                have="1",
                need="1",
                evaluation="CHUA_DAT",
            )
        ],
    ),
    Case(
        "MT6.CT1, one commune of 65 silent",
        [],  # rows below: they need the 65 codes
        [
            province(
                "MT6.CT1",
                state="GIA_TRI",
                value="83.333333",
                numerator="500",
                denominator="600",
                have="64",
                need="65",
                silent="06637",
                evaluation="CHUA_CO_SO_LIEU",
            )
        ],
        "LANGSON",
    ),
]


def langson_rows(communes: list[str]) -> list[str]:
    """The example line of MT6.CT1: 64 communes with 500 of 600, 06637 silent."""
    rows: list[str] = []
    for number, commune in enumerate(code for code in communes if code != "06637"):
        rows.append(row("T01", commune, Y, 437 if number == 0 else 1))
        rows.append(row("R06", commune, Y, 537 if number == 0 else 1))
    return rows


# (rows or None for langson_rows, areas, the line as it stands on the page)
EXACT_LINES: list[tuple[list[str] | None, str, str]] = [
    (
        [row("B01", PROVINCE, Y, "15.5", status="SO_BO"), row("B02", PROVINCE, Y, "8.6")],
        "LANGSON",
        "MT3.CT1,MT3.CT1,20,2026,GIA_TRI,1.802326,RATIO,15.5,8.6,TINH,SO_BO,1,1,,,at_most,1.4,CHUA_DAT,",
    ),
    (
        [row("M04", PROVINCE, Y, NIL)],
        "LANGSON",
        "MT3.CT3,MT3.CT3,20,2026,KHONG_PHAT_SINH,,PT,,,,CHINH_THUC,1,1,,,at_least,100,KHONG_PHAT_SINH,",
    ),
    (
        None,
        "LANGSON",
        "MT6.CT1,MT6.CT1,20,2026,GIA_TRI,83.333333,PT,500,600,TINH,CHINH_THUC,64,65,06637,,at_least,80,CHUA_CO_SO_LIEU,",
    ),
]
OUTPUT_HEADER = (
    "criterion,target,area,period,state,value,unit,numerator,denominator,basis,status,have,need,silent,missing,"
    "comparator,threshold,evaluation,warnings"
)


def observations(rows: list[str]) -> bytes:
    return ("\n".join([HEADER] + rows) + "\n").encode("utf-8")
