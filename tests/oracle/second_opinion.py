"""A second, independent implementation of the compute contract (compute-1).

    python second_opinion.py --observations FILE --period YYYY --out OUT
                             [--areas AREAS.csv] [--level all|province]

It shares no code and no table with the product: everything below is typed from
the contract page.  It is meant to be read next to that page, so it follows its
sections and prefers plain code to short code.  Standard library only.
"""

# Plain code in the order of the page, on purpose; names are those of the page (L01, Y).
# ruff: noqa: B905, BLE001, C901, ICN001, N806, PERF401, PLR0912, PLR0917, PLR1714, PTH123, RET504, RUF005, SIM102, SIM110, T201

from __future__ import annotations

import argparse
import csv
import datetime
import io
import re
import sys
from fractions import Fraction
from typing import NamedTuple

# ---------------------------------------------------------------- the tables

# All codes of data_elements.csv, in its order.  H33 H34 H35 have the unit "text".
CATALOGUE: list[str] = """
R01 R02 R03 R04 R05 R06 R07 R08 R09 R10 R11 R12 R13 R14 R15 R16 R17 R18 R19 R20 L01 L02 L03 L04 L05
L06 L07 L08 L09 L10 L11 L12 L13 L14 L15 L16 L17 L18 L19 L20 L21 K01 K02 K03 K04 K05 K06 K06b K07 K08
K09 K10 K11 K12 K13 K14 K15 K16 K17 K18 B01 B02 B10 B11 B12 B13 B14 B15 B16 B17 B18 B19 B20 B21 B22
B23 B24 B25 B26 B27 B28 B29 B30 M01 M02 M03 M04 M05 M06 M07 M08 M09 TG01 TG02 TG03 Y01 Y02 Y03 Y04
Y05 Y06 Y07 Y08 Y09 Y10 Y11 Y14 Y15 G01 G02 G03 G04 G05 G06 G07 G08 G09 G10 G11 G12 G13 G14 G15 G16
G17 T01 T02 T03 T04 T05 T06 T07 T08 T09 T10 T11 T12 T13 T14 T15 T16 T17 H01 H02 H03 H04 H05 H06 H07
H08 H09 H10 H11 H12 H13 H14 H15 H16 H17 H18 H19 H20 H21 H22 H23 H24 H25 H26 H27 H28 H29 H30 H31 H32
H33 H34 H35
""".split()
TEXT_ELEMENTS: set[str] = {"H33", "H34", "H35"}
COMPUTED_ELEMENTS: set[str] = {"B17", "B22", "Y03", "T10", "T11"}

LANGSON_PROVINCE = "20"
LANGSON_COMMUNES: list[str] = """
05977 05983 05986 06001 06004 06019 06037 06040 06046 06058 06073 06076 06079 06085 06091 06103
06112 06115 06124 06148 06151 06154 06172 06184 06187 06196 06211 06220 06253 06280 06286 06298
06313 06316 06325 06337 06349 06364 06367 06376 06385 06391 06400 06415 06427 06436 06445 06457
06463 06475 06481 06496 06505 06517 06526 06529 06541 06565 06577 06601 06607 06613 06616 06625
06637
""".split()

SEX_CODES = ["_T", "F", "M"]
AGE_CODES = ["_T", "Y10T14", "Y15T17", "Y18T19", "Y15T19", "Y_LT16", "Y16T17", "Y18T59", "Y_GE60", "Y_LT40"]
ETHNICITY_CODES = ["_T", "KINH", "DTTS"]

SEX = ("sex", ("F", "M"))
ETHNICITY = ("ethnicity", ("KINH", "DTTS"))
AGE_VICTIM = ("age", ("Y_LT16", "Y16T17", "Y18T59", "Y_GE60"))
AGE_TEEN = ("age", ("Y15T17", "Y18T19"))
KIND_TT_NT = ("kind", ("TT", "NT"))
KIND_RESIDENCE = ("kind", ("TRONG_TINH", "NGOAI_TINH"))
KIND_BIRTH_ORDER = ("kind", ("CON1", "CON2", "CON3"))
KIND_SCHOOL = ("kind", ("TH", "THCS", "THPT", "LIEN_CAP"))
KIND_TRAINING = ("kind", ("CD", "TC", "SC", "KHAC"))
KIND_ORGANISATION = ("kind", ("DANG", "CHINH_QUYEN", "CQHC", "BAN_NGANH", "DOAN_THE"))
KIND_LOCAL_MEDIA = ("kind", ("LH1", "LH2", "LH3", "LH4", "LH5", "LH6", "LH7", "LH8"))
KIND_PLATFORM = ("kind", ("FACEBOOK", "ZALO", "TIKTOK", "YOUTUBE", "TRANG_TIN", "KHAC"))

B16_KINDS = ("B17", "B18", "B20", "B23")
POPULATION_KINDS = ("CBCCVC", "DAN_CU")


class Element(NamedTuple):
    """One line of the table of section 6."""

    cls: str  # P X XO O
    at: str  # I Y A Q M S
    value: str  # count flag hours percent srb
    nil: bool  # KHONG_PHAT_SINH allowed
    # in the order sex, age, ethnicity, kind
    partitions: tuple[tuple[str, tuple[str, ...]], ...]
    required_kinds: tuple[str, ...]  # kinds of an element whose kind is never _T


def _element(
    cls: str,
    at: str,
    value: str,
    nil: bool,
    *partitions: tuple[str, tuple[str, ...]],
    required_kinds: tuple[str, ...] = (),
) -> Element:
    return Element(cls, at, value, nil, partitions, required_kinds)


ELEMENTS: dict[str, Element] = {
    "L01": _element("O", "I", "flag", False),
    "L02": _element("P", "I", "count", False),
    "L04": _element("P", "I", "count", False),
    "L06": _element("P", "I", "count", False),
    "L03": _element("P", "I", "flag", False),
    "L05": _element("X", "I", "flag", False),
    "K01": _element("P", "Y", "count", False, KIND_TT_NT),
    "K02": _element("P", "Y", "count", False, KIND_TT_NT),
    "K03": _element("P", "Y", "count", False, KIND_TT_NT),
    "K06": _element("P", "Y", "percent", False),
    "K06b": _element("P", "Y", "percent", False),
    "K07": _element("P", "Y", "count", False),
    "K08": _element("P", "Y", "count", False),
    "K09": _element("P", "Y", "count", False),
    "K10": _element("P", "Y", "count", False),
    "B01": _element("P", "Y", "hours", False),
    "B02": _element("P", "Y", "hours", False),
    "B13": _element("XO", "Y", "count", True, SEX, AGE_VICTIM),
    "B14": _element("XO", "Y", "count", True, SEX, AGE_VICTIM),
    "B18": _element("XO", "Y", "count", True, SEX, AGE_VICTIM),
    "B20": _element("XO", "Y", "count", True, SEX, AGE_VICTIM),
    "B23": _element("XO", "Y", "count", True, SEX),
    "B16": _element("P", "Y", "count", True, required_kinds=B16_KINDS),
    "B21": _element("P", "Y", "count", True),
    "M04": _element("P", "A", "count", True, SEX, KIND_RESIDENCE),
    "M05": _element("P", "A", "count", True, SEX, KIND_RESIDENCE),
    "TG01": _element("P", "I", "count", False),
    "TG02": _element("P", "I", "count", False),
    "Y01": _element("X", "A", "count", True, ETHNICITY, KIND_BIRTH_ORDER),
    "Y02": _element("X", "A", "count", True, ETHNICITY, KIND_BIRTH_ORDER),
    "Y04": _element("P", "Y", "srb", False),
    "Y05": _element("P", "Y", "count", True, ETHNICITY),
    "Y07": _element("X", "Y", "count", True, AGE_TEEN, ETHNICITY),
    "R12": _element("X", "Y", "count", False, AGE_TEEN, ETHNICITY),
    "Y14": _element("P", "Y", "count", False),
    "G01": _element("P", "S", "count", False, KIND_SCHOOL),
    "G02": _element("P", "S", "count", False, KIND_SCHOOL),
    "G03": _element("P", "S", "count", False),
    "G04": _element("P", "S", "count", False),
    "G06": _element("P", "S", "count", False),
    "G07": _element("P", "S", "count", False),
    "G08": _element("P", "S", "count", False),
    "G09": _element("P", "S", "count", False),
    "G11": _element("P", "Y", "count", False, KIND_TRAINING),
    "G12": _element("P", "Y", "count", False, KIND_TRAINING),
    "G13": _element("P", "I", "count", False, required_kinds=POPULATION_KINDS),
    "G14": _element("P", "I", "count", False, required_kinds=POPULATION_KINDS),
    "G15": _element("P", "I", "count", False, required_kinds=POPULATION_KINDS),
    "G16": _element("P", "I", "count", False, required_kinds=POPULATION_KINDS),
    "R06": _element("X", "Y", "count", False, SEX, ETHNICITY),
    "T01": _element("X", "Y", "count", False, SEX),
    "T05": _element("XO", "Y", "count", False, KIND_ORGANISATION),
    "T06": _element("XO", "Y", "count", False, KIND_ORGANISATION),
    "T07": _element("XO", "Y", "count", False, KIND_ORGANISATION),
    "T08": _element("XO", "Y", "count", False, KIND_ORGANISATION),
    "T09": _element("X", "Q", "count", True, KIND_LOCAL_MEDIA),
    "R14": _element("P", "I", "count", False),
    "T12": _element("P", "M", "count", True),  # kind = a station, see kind_is_valid
    "T14": _element("XO", "A", "count", True, KIND_PLATFORM),
}


class Criterion(NamedTuple):
    """One line of the table of section 9."""

    code: str
    formula: tuple[str, ...]  # the criterion's formula
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    factor: int
    share: bool
    unit: str
    comparator: str
    threshold: str
    low: int | None  # plausible range
    high: int | None


def _criterion(
    code: str,
    formula: str,
    numerator: str,
    denominator: str,
    factor: int,
    share: bool,
    unit: str,
    comparator: str,
    threshold: str,
    low: int | None = None,
    high: int | None = None,
) -> Criterion:
    return Criterion(
        code,
        tuple(formula.split()),
        tuple(numerator.split()),
        tuple(denominator.split()),
        factor,
        share,
        unit,
        comparator,
        threshold,
        low,
        high,
    )


CRITERIA: list[Criterion] = [
    _criterion("MT1.CT1", "L01 L02 L03 L04 L05 L06", "", "", 100, True, "PT", "at_least", "75", 15, 95),
    _criterion("MT2.CT1", "K02 K01 K06", "K02", "K01", 100, True, "PT", "more_than", "60", 20, 75),
    _criterion("MT2.CT2", "K03 K01 K06b", "K03", "K01", 100, True, "PT", "less_than", "25", 5, 75),
    _criterion("MT2.CT3", "K08 K10 K07 K09", "K08 K10", "K07 K09", 100, True, "PT", "at_least", "30", 10, 50),
    _criterion("MT3.CT1", "B01 B02", "B01", "B02", 1, False, "RATIO", "at_most", "1.4", 1, 4),
    _criterion("MT3.CT2a", "B18 B16 B13 B14", "B18", "B13 B14", 100, True, "PT", "at_least", "90", 0, 100),
    _criterion("MT3.CT2b", "B23 B16 B20 B21", "B23", "B20", 100, True, "PT", "at_least", "70", 0, 100),
    _criterion("MT3.CT3", "M05 M04", "M05", "M04", 100, True, "PT", "at_least", "100", 0, 100),
    _criterion("MT3.CT4", "TG02 TG01", "TG02", "TG01", 100, True, "PT", "at_least", "100", 0, 100),
    _criterion("MT4.CT1", "Y04 Y01 Y02", "Y01", "Y02", 100, False, "B_PER_100G", "at_most", "109", 103, 125),
    _criterion("MT4.CT2", "Y05 Y01 Y02", "Y05", "Y01 Y02", 100000, True, "PER_100K", "at_most", "42", 0, 200),
    _criterion("MT4.CT3", "Y07 R12", "Y07", "R12", 1000, True, "PER_1K", "less_than", "18", 5, 80),
    _criterion("MT4.CT4", "Y14", "Y14", "", 1, False, "COUNT", "milestone", "1"),
    _criterion("MT5.CT1a", "G02 G01", "G02", "G01", 100, True, "PT", "milestone", "100"),
    _criterion("MT5.CT1b", "G04 G03", "G04", "G03", 100, True, "PT", "milestone", "100"),
    _criterion("MT5.CT2a", "G07 G06", "G07", "G06", 100, False, "PT", "more_than", "99", 80, 103),
    _criterion("MT5.CT2b", "G07 G06", "G07", "G06", 100, False, "PT", "more_than", "99", 80, 103),
    _criterion("MT5.CT2c", "G09 G08", "G09", "G08", 100, False, "PT", "at_least", "90", 65, 103),
    _criterion("MT5.CT2d", "G09 G08", "G09", "G08", 100, False, "PT", "at_least", "90", 65, 103),
    _criterion("MT5.CT3", "G12 G11", "G12", "G11", 100, True, "PT", "at_least", "40", 15, 65),
    _criterion("MT5.CT4a", "G14 G13", "G14", "G13", 100, True, "PT", "at_least", "50"),
    _criterion("MT5.CT4b", "G16 G15", "G16", "G15", 100, True, "PT", "at_least", "35"),
    _criterion("MT6.CT1", "T01 R06", "T01", "R06", 100, True, "PT", "at_least", "80", 10, 100),
    _criterion("MT6.CT2a", "T06 T05", "T06", "T05", 100, True, "PT", "at_least", "100"),
    _criterion("MT6.CT2b", "T08 T05", "T08", "T05", 100, True, "PT", "at_least", "100"),
    _criterion("MT6.CT3", "T09", "", "", 100, False, "PT", "at_least", "100"),
    _criterion("MT6.CT4a", "T12 R14", "", "", 100, False, "PT", "maintain", "100"),
    _criterion("MT6.CT4b", "T14", "T14", "", 1, False, "COUNT", "", ""),
]
COMMUNE_CRITERIA = ("MT3.CT2a", "MT6.CT1", "MT6.CT2a", "MT6.CT2b", "MT6.CT3")

OUTPUT_COLUMNS = [
    "criterion",
    "target",
    "area",
    "period",
    "state",
    "value",
    "unit",
    "numerator",
    "denominator",
    "basis",
    "status",
    "have",
    "need",
    "silent",
    "missing",
    "comparator",
    "threshold",
    "evaluation",
    "warnings",
]

GIA_TRI = "GIA_TRI"
KHONG_PHAT_SINH = "KHONG_PHAT_SINH"
CHUA_CO_SO_LIEU = "CHUA_CO_SO_LIEU"
KHONG_AP_DUNG = "KHONG_AP_DUNG"
STATES = (GIA_TRI, KHONG_PHAT_SINH, CHUA_CO_SO_LIEU, KHONG_AP_DUNG)
ABSENT = "ABSENT"  # a cell without any row, never written in a file
STATUSES = ("UOC", "SO_BO", "CHINH_THUC")  # weakest first

REQUIRED_COLUMNS = ("element", "area", "period", "state", "value")
OPTIONAL_COLUMNS = ("org", "sex", "age", "ethnicity", "kind", "status")
DIMENSIONS = ("sex", "age", "ethnicity", "kind")


class Areas(NamedTuple):
    province: str
    communes: list[str]


class Problem(NamedTuple):
    code: str
    line: int
    column: str
    text: str


class Refused(Exception):
    """The file cannot be read further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


# ------------------------------------------------------------ section 3: CSV


def decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused(Problem("E_COLUMN", line, "", "not UTF-8")) from None
    text = text.removeprefix("\ufeff")
    return text


def parse_csv(text: str) -> list[tuple[int, list[str]]]:
    """RFC 4180 records with the line they begin on.  Empty lines are left out."""
    records: list[tuple[int, list[str]]] = []
    position = 0
    line = 1
    end = len(text)
    while position < end:
        # an empty line
        if text[position] == "\n":
            position += 1
            line += 1
            continue
        if text.startswith("\r\n", position):
            position += 2
            line += 1
            continue
        first_line = line
        cells: list[str] = []
        while True:
            # one cell
            if position < end and text[position] == '"':
                position += 1
                content: list[str] = []
                while True:
                    if position >= end:
                        raise Refused(Problem("E_COLUMN", first_line, "", "a quote is never closed"))
                    char = text[position]
                    if char == '"':
                        if text.startswith('""', position):
                            content.append('"')
                            position += 2
                            continue
                        position += 1
                        break
                    if char == "\n":
                        line += 1
                    content.append(char)
                    position += 1
                cells.append("".join(content))
            else:
                start = position
                while position < end and text[position] not in ',\r\n"':
                    position += 1
                cells.append(text[start:position])
            # what follows the cell
            if position >= end:
                break
            if text[position] == ",":
                position += 1
                continue
            if text[position] == "\n":
                position += 1
                line += 1
                break
            if text.startswith("\r\n", position):
                position += 2
                line += 1
                break
            raise Refused(Problem("E_COLUMN", first_line, "", "a stray quote or carriage return"))
        records.append((first_line, cells))
    return records


# ------------------------------------------------------------ section 2: areas


def map_day(year: int) -> datetime.date:
    if year < 2026:
        return datetime.date(2026, 1, 1)
    return datetime.date(year, 12, 31)


def parse_areas(data: bytes, year: int) -> Areas:
    """AREAS.csv -> the areas in force on the day of the map."""
    records = parse_csv(decode(data))
    if not records:
        raise Refused(Problem("E_COLUMN", 1, "", "the areas file is empty"))
    header_line, header = records[0]
    for name in ("code", "name", "level", "parent", "valid_from", "valid_to"):
        if header.count(name) != 1:
            raise Refused(Problem("E_COLUMN", header_line, name, "areas file: column missing or twice"))
    day = map_day(year)
    provinces: list[str] = []
    communes: list[str] = []
    for line, cells in records[1:]:
        if len(cells) != len(header):
            raise Refused(Problem("E_COLUMN", line, "", "areas file: wrong number of cells"))
        row = dict(zip(header, cells))
        try:
            valid_from = datetime.date.fromisoformat(row["valid_from"])
            valid_to = datetime.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
        except ValueError:
            raise Refused(Problem("E_AREA", line, "valid_from", "areas file: not a date")) from None
        if row["level"] not in ("province", "commune") or row["code"] == "":
            raise Refused(Problem("E_AREA", line, "level", "areas file: bad level or code")) from None
        if valid_from > day or (valid_to is not None and valid_to < day):
            continue
        if row["code"] in provinces or row["code"] in communes:
            raise Refused(Problem("E_AREA", line, "code", "areas file: code in force twice"))
        if row["level"] == "province":
            provinces.append(row["code"])
        else:
            communes.append(row["code"])
    if len(provinces) != 1:
        raise Refused(Problem("E_AREA", 1, "level", "areas file: not exactly one province in force"))
    return Areas(provinces[0], sorted(communes))


# ------------------------------------------------------------ section 4: periods


def real_day(text: str) -> bool:
    try:
        datetime.date(int(text[0:4]), int(text[5:7]), int(text[8:10]))
    except ValueError:
        return False
    return True


def period_is_valid(text: str) -> bool:
    if not re.match(r"[0-9]{4}", text) or text[:4] == "0000":
        return False
    rest = text[4:]
    if rest == "":
        return True
    if re.fullmatch(r"-S[12]", rest):
        return True
    if re.fullmatch(r"-Q[1-4]", rest):
        return True
    if re.fullmatch(r"-(0[1-9]|1[0-2])", rest):
        return True
    if re.fullmatch(r"-[0-9]{2}-[0-9]{2}", rest):
        return real_day(text)
    if rest == "-12-15/P1Y":  # administrative year
        return True
    if rest in ("-12-15/P6M", "-06-15/P6M", "-12-15/P9M"):  # its halves, nine months
        return True
    if rest in ("-12-15/P3M", "-03-15/P3M", "-06-15/P3M", "-09-15/P3M"):
        return True
    if re.fullmatch(r"-(0[1-9]|1[0-2])-15/P1M", rest):
        return True
    if rest == "-09-01/P1Y":  # school year
        return True
    if rest == "-11-15/P31D":  # Action Month
        return True
    return text == "2026-01-01/P5Y"  # the plan's term


# ------------------------------------------------------------ section 3: rows


class Row(NamedTuple):
    line: int
    element: str
    area: str
    org: str
    period: str
    sex: str
    age: str
    ethnicity: str
    kind: str
    state: str
    value: Fraction
    status: str


Key = tuple[str, str, str, str, str, str, str, str]


def key_of(row: Row) -> Key:
    return (row.element, row.area, row.org, row.period, row.sex, row.age, row.ethnicity, row.kind)


def part_key(row: Row, dimension: str, code: str) -> Key:
    """The key of a total row with one dimension changed."""
    dims = {"sex": "_T", "age": "_T", "ethnicity": "_T", "kind": "_T", dimension: code}
    return (
        row.element,
        row.area,
        row.org,
        row.period,
        dims["sex"],
        dims["age"],
        dims["ethnicity"],
        dims["kind"],
    )


def check_header(line: int, header: list[str]) -> list[Problem]:
    problems: list[Problem] = []
    for name in REQUIRED_COLUMNS:
        if name not in header:
            problems.append(Problem("E_COLUMN", line, name, "required column missing"))
    for position, name in enumerate(header):
        known = name in REQUIRED_COLUMNS or name in OPTIONAL_COLUMNS or name.startswith("x_")
        if not known:
            problems.append(Problem("E_COLUMN", line, name, "unknown column"))
        if name in header[:position]:
            problems.append(Problem("E_COLUMN", line, name, "column twice"))
    return problems


def kind_is_valid(code: str, kind: str) -> bool:
    if code not in ELEMENTS:
        return kind == "_T" or re.fullmatch(r"[A-Z0-9][A-Z0-9_]{0,19}", kind) is not None
    if code == "T12":
        return re.fullmatch(r"[A-Z0-9][A-Z0-9_]{0,19}", kind) is not None
    element = ELEMENTS[code]
    if element.required_kinds:
        return kind in element.required_kinds
    if kind == "_T":
        return True
    for dimension, codes in element.partitions:
        if dimension == "kind" and kind in codes:
            return True
    return False


def check_row(line: int, cells: dict[str, str], areas: Areas) -> tuple[Row | None, list[Problem]]:
    problems: list[Problem] = []

    def problem(code: str, column: str, text: str) -> None:
        problems.append(Problem(code, line, column, text))

    code = cells["element"]
    area = cells["area"]
    org = cells.get("org", "")
    period = cells["period"]
    state = cells["state"]
    written = cells["value"]
    status = cells.get("status", "") or "CHINH_THUC"
    dims = {name: (cells.get(name, "") or "_T") for name in DIMENSIONS}

    # syntax, for every element
    known = code in CATALOGUE and code not in TEXT_ELEMENTS
    if not known:
        problem("E_ELEMENT", "element", "not a numeric element of the catalogue")
    if area != areas.province and area not in areas.communes:
        problem("E_AREA", "area", "not an area in force")
    if not period_is_valid(period):
        problem("E_PERIOD", "period", "not a period of the contract")
    if org != "" and not re.fullmatch(r"[A-Z][A-Z0-9_]{1,19}", org):
        problem("E_ORG", "org", "not an organisation code")
    if dims["sex"] not in SEX_CODES:
        problem("E_KIND", "sex", "unknown code")
    if dims["age"] not in AGE_CODES:
        problem("E_KIND", "age", "unknown code")
    if dims["ethnicity"] not in ETHNICITY_CODES:
        problem("E_KIND", "ethnicity", "unknown code")
    if known and not kind_is_valid(code, dims["kind"]):
        problem("E_KIND", "kind", "unknown code for this element")
    if status not in STATUSES:
        problem("E_STATE", "status", "unknown status")
    number = Fraction(0)
    if state not in STATES:
        problem("E_STATE", "state", "unknown state")
    elif (state == GIA_TRI) != (written != ""):
        problem("E_STATE", "value", "a value belongs to GIA_TRI, and only to it")
    elif state == GIA_TRI:
        if re.fullmatch(r"(0|[1-9][0-9]*)(\.[0-9]{1,6})?", written) and len(written.split(".")[0]) <= 15:
            number = Fraction(written)
        else:
            problem("E_NUMBER", "value", "not a plain number")
    if problems:
        return None, problems

    # rules for the elements of section 6
    if code in ELEMENTS:
        element = ELEMENTS[code]
        if org != "" and (area != areas.province or element.cls not in ("O", "XO")):
            problem("E_ORG", "org", "no organisation may stand here")
        if state == KHONG_PHAT_SINH and not element.nil:
            problem("E_STATE", "state", "this element has no KHONG_PHAT_SINH")
        if state == KHONG_AP_DUNG:
            if code == "L05" or not (element.cls in ("X", "XO", "O") or code == "T12"):
                problem("E_STATE", "state", "this element has no KHONG_AP_DUNG")
        if state == GIA_TRI:
            if element.value in ("count", "flag") and number.denominator != 1:
                problem("E_RANGE", "value", "not a whole number")
            if element.value == "flag":
                total_row = area == areas.province and org == "" and code in ("L01", "L05")
                if not total_row and number not in (0, 1):
                    problem("E_RANGE", "value", "not 0 or 1")
            if element.value == "percent" and number > 100:
                problem("E_RANGE", "value", "not within 0-100")
            if element.value == "hours" and not 0 < number <= 84:
                problem("E_RANGE", "value", "not above 0 and up to 84")
            if element.value == "srb" and not 50 <= number <= 200:
                problem("E_RANGE", "value", "not within 50-200")
    if problems:
        return None, problems
    return Row(
        line,
        code,
        area,
        org,
        period,
        dims["sex"],
        dims["age"],
        dims["ethnicity"],
        dims["kind"],
        state,
        number,
        status,
    ), []


def check_sums(rows: dict[Key, Row]) -> list[Problem]:
    problems: list[Problem] = []
    for row in rows.values():
        if row.element not in ELEMENTS or row.state != GIA_TRI:
            continue
        if (row.sex, row.age, row.ethnicity, row.kind) != ("_T", "_T", "_T", "_T"):
            continue
        for dimension, codes in ELEMENTS[row.element].partitions:
            total = Fraction(0)
            complete = True
            for code in codes:
                part = rows.get(part_key(row, dimension, code))
                if part is None or part.state not in (GIA_TRI, KHONG_PHAT_SINH):
                    complete = False
                else:
                    total += part.value
            if complete and total != row.value:
                problems.append(Problem("E_SUM", row.line, dimension, "the parts do not add up to the total"))
    return problems


def read_observations(data: bytes, areas: Areas) -> tuple[dict[Key, Row], list[Problem]]:
    """The checked rows by key.  With any problem the rows mean nothing."""
    try:
        records = parse_csv(decode(data))
    except Refused as refused:
        return {}, [refused.problem]
    if not records:
        return {}, [Problem("E_COLUMN", 1, "", "no header row")]
    header_line, header = records[0]
    problems = check_header(header_line, header)
    if problems:
        return {}, problems
    rows: dict[Key, Row] = {}
    for line, cells in records[1:]:
        if len(cells) != len(header):
            problems.append(Problem("E_COLUMN", line, "", "more or fewer cells than the header"))
            continue
        row, row_problems = check_row(line, dict(zip(header, cells)), areas)
        problems.extend(row_problems)
        if row is None:
            continue
        if key_of(row) in rows:
            problems.append(Problem("E_DUPLICATE", line, "element", "the same key twice"))
        else:
            rows[key_of(row)] = row
    if not problems:
        problems = check_sums(rows)
    return rows, problems


# ------------------------------------------------------------ section 7: cells


class Cell(NamedTuple):
    state: str
    value: Fraction
    rows: tuple[Row, ...]  # the rows behind the cell

    @property
    def answered(self) -> bool:
        return self.state in (GIA_TRI, KHONG_PHAT_SINH)


ABSENT_CELL = Cell(ABSENT, Fraction(0), ())


def combine(parts: list[Cell]) -> Cell:
    owed = [part for part in parts if part.state != KHONG_AP_DUNG]
    if not owed:
        return Cell(KHONG_AP_DUNG, Fraction(0), ())
    if any(not part.answered for part in owed):
        return Cell(CHUA_CO_SO_LIEU, Fraction(0), ())
    behind = tuple(row for part in owed for row in part.rows)
    if all(part.state == KHONG_PHAT_SINH for part in owed):
        return Cell(KHONG_PHAT_SINH, Fraction(0), behind)
    return Cell(GIA_TRI, sum((part.value for part in owed), Fraction(0)), behind)


class Result(NamedTuple):
    """One line of the output before it is written."""

    state: str
    have: int
    need: int
    numerator: Fraction | None = None
    denominator: Fraction | None = None  # None: a count, or a published rate
    value: Fraction | None = None
    basis: str = ""
    cells: tuple[Cell, ...] = ()  # what the status is taken from
    silent: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    published_differs: bool = False


class Unit(NamedTuple):
    code: str
    area: str
    org: str


class UnitResult(NamedTuple):
    state: str  # "answered", "silent", "none"
    numerator: Fraction
    denominator: Fraction


class Engine:
    def __init__(self, rows: dict[Key, Row], areas: Areas, year: int) -> None:
        self.rows = rows
        self.areas = areas
        self.year = year
        self.Y = f"{year:04d}"
        self.instant = f"{self.Y}-12-31"
        self.quarters = [f"{self.Y}-Q{quarter}" for quarter in (1, 2, 3, 4)]
        self.months = [f"{self.Y}-{month:02d}" for month in range(1, 13)]
        self.problems: list[Problem] = []
        # (area, org) of every row in a period read, by element
        self.places: dict[str, set[tuple[str, str]]] = {code: set() for code in ELEMENTS}
        for row in rows.values():
            if row.element in ELEMENTS and row.period in self.periods_read(row.element):
                self.places[row.element].add((row.area, row.org))

    def periods_read(self, code: str) -> list[str]:
        at = ELEMENTS[code].at
        if at == "I":
            return [self.instant]
        if at == "Y":
            return [self.Y]
        if at == "A":
            return [self.Y] + self.quarters + self.months
        if at == "Q":
            return self.quarters + self.months
        if at == "M":
            return self.months
        return []  # school years: P elements only, never asked for

    def problem(self, code: str, cells: list[Cell], text: str) -> None:
        lines = [row.line for cell in cells for row in cell.rows]
        self.problems.append(Problem(code, min(lines) if lines else 0, "value", text))

    # --- 7.1, 7.2

    def cell(self, code: str, area: str, org: str, period: str, fixed: dict[str, str]) -> Cell:
        own = self._row_cell(code, area, org, period, fixed)
        if own.state != ABSENT:
            return own
        for dimension, codes in ELEMENTS[code].partitions:
            if dimension in fixed:
                continue
            parts = [self._row_cell(code, area, org, period, {**fixed, dimension: part}) for part in codes]
            if any(part.state != ABSENT for part in parts):
                return combine(parts)
        return ABSENT_CELL

    def _row_cell(self, code: str, area: str, org: str, period: str, dims: dict[str, str]) -> Cell:
        key = (
            code,
            area,
            org,
            period,
            dims.get("sex", "_T"),
            dims.get("age", "_T"),
            dims.get("ethnicity", "_T"),
            dims.get("kind", "_T"),
        )
        row = self.rows.get(key)
        if row is None:
            return ABSENT_CELL
        return Cell(row.state, row.value, (row,))

    def _first_present(self, code: str, area: str, org: str, period: str, finer: list[list[str]]) -> Cell:
        """The cell of `period`; if absent, the combination of the first list with a cell that is not."""
        own = self.cell(code, area, org, period, {})
        if own.state != ABSENT:
            return own
        for periods in finer:
            parts = [self.cell(code, area, org, part, {}) for part in periods]
            if any(part.state != ABSENT for part in parts):
                return combine(parts)
        return ABSENT_CELL

    def figure(self, code: str, area: str, org: str = "", fixed: dict[str, str] | None = None) -> Cell:
        """The figure of the year for an element read at I, Y or A."""
        at = ELEMENTS[code].at
        if at == "A":
            return self._first_present(code, area, org, self.Y, [self.quarters, self.months])
        period = self.instant if at == "I" else self.Y
        return self.cell(code, area, org, period, fixed or {})

    def quarter_figure(self, code: str, area: str, quarter: int) -> Cell:
        months = self.months[3 * quarter - 3 : 3 * quarter]
        return self._first_present(code, area, "", self.quarters[quarter - 1], [months])

    def province(self, code: str, fixed: dict[str, str] | None = None) -> Cell:
        return self.figure(code, self.areas.province, "", fixed)

    # --- 7.3, 7.4

    def use_totals(self, codes: list[str]) -> bool:
        total = False
        for code in codes:
            for area, org in self.places[code]:
                if area == self.areas.province and org == "":
                    total = True
                else:
                    return False
        return total

    def units(self, criterion: Criterion) -> tuple[list[Unit], bool]:
        """The units of a criterion, and whether they are the totals of 7.4."""
        codes = [code for code in criterion.formula if ELEMENTS[code].cls in ("X", "XO")]
        province = self.areas.province
        if self.use_totals(codes):
            return [Unit(province, province, "")], True
        units = [Unit(commune, commune, "") for commune in self.areas.communes]
        orgs: set[str] = set()
        for code in codes:
            if ELEMENTS[code].cls == "XO":
                orgs.update(org for area, org in self.places[code] if area == province and org != "")
        units += [Unit(org, province, org) for org in sorted(orgs)]
        return units, False

    def part(self, codes: tuple[str, ...], unit: Unit) -> Cell:
        """Num or Den of a unit: a part KHONG_AP_DUNG is left out."""
        return combine([self.figure(code, unit.area, unit.org) for code in codes])

    def judge_unit(self, criterion: Criterion, unit: Unit) -> UnitResult:
        num = self.part(criterion.numerator, unit)
        den = self.part(criterion.denominator, unit)
        zero = Fraction(0)
        name = f"{criterion.code} {unit.code}"
        if num.state == KHONG_AP_DUNG and den.state == KHONG_AP_DUNG:
            return UnitResult("none", zero, zero)
        if num.state == KHONG_AP_DUNG or den.state == KHONG_AP_DUNG:
            self.problem("E_STATE", [num, den], f"{name}: only one of the two sides is KHONG_AP_DUNG")
            return UnitResult("silent", zero, zero)
        if criterion.share and den.answered and den.value == 0:
            if num.answered and num.value > 0:
                self.problem("E_PART", [num, den], f"{name}: something out of nothing")
            return UnitResult("answered", zero, zero)
        if num.answered and den.answered:
            if criterion.share and num.value > den.value:
                self.problem("E_PART", [num, den], f"{name}: the part exceeds the whole")
            return UnitResult("answered", num.value, den.value)
        return UnitResult("silent", zero, zero)

    def unit_cells(self, criterion: Criterion, units: list[Unit]) -> list[tuple[str, Cell]]:
        """All X and XO cells of the formula at these units."""
        cells: list[tuple[str, Cell]] = []
        for code in criterion.formula:
            if ELEMENTS[code].cls in ("X", "XO"):
                for unit in units:
                    cells.append((code, self.figure(code, unit.area, unit.org)))
        return cells

    # --- section 8

    def ratio(self, criterion: Criterion, num: list[tuple[str, Cell]], den: list[tuple[str, Cell]]) -> Result:
        cells = num + den
        used = tuple(cell for _, cell in cells if cell.answered)
        num_value = sum((cell.value for _, cell in num), Fraction(0))  # unanswered cells hold 0
        den_value = sum((cell.value for _, cell in den), Fraction(0))
        num_known = all(cell.answered for _, cell in num)
        den_known = all(cell.answered for _, cell in den)
        if den and den_known and den_value == 0:
            if criterion.share and num_value > 0:
                self.problem("E_PART", list(used), f"{criterion.code}: something out of nothing")
            return Result(KHONG_PHAT_SINH, 1, 1, cells=used)
        if num_known and den_known:
            if criterion.share and num_value > den_value:
                self.problem("E_PART", list(used), f"{criterion.code}: the part exceeds the whole")
            if not den:
                return Result(GIA_TRI, 1, 1, num_value, None, num_value, "TINH", used)
            value = num_value * criterion.factor / den_value
            return Result(GIA_TRI, 1, 1, num_value, den_value, value, "TINH", used)
        missing = tuple(code for code, cell in cells if not cell.answered)
        return Result(CHUA_CO_SO_LIEU, 0, 1, missing=missing)

    def plain_ratio(self, criterion: Criterion, fixed: dict[str, str] | None = None) -> Result:
        num = [(code, self.province(code, fixed)) for code in criterion.numerator]
        den = [(code, self.province(code, fixed)) for code in criterion.denominator]
        return self.ratio(criterion, num, den)

    def school_ratio(
        self, criterion: Criterion, num_year: int, den_year: int, fixed: dict[str, str]
    ) -> Result:
        def at(code: str, year: int) -> tuple[str, Cell]:
            return code, self.cell(code, self.areas.province, "", f"{year:04d}-09-01/P1Y", fixed)

        return self.ratio(
            criterion, [at(criterion.numerator[0], num_year)], [at(criterion.denominator[0], den_year)]
        )

    def pooled(self, criterion: Criterion) -> Result:
        candidates, totals = self.units(criterion)
        num = Fraction(0)
        den = Fraction(0)
        units: list[Unit] = []
        answered: list[Unit] = []
        silent: list[str] = []
        for unit in candidates:
            judged = self.judge_unit(criterion, unit)
            if judged.state == "none":
                continue
            units.append(unit)
            if judged.state == "silent":
                silent.append(unit.code)
                continue
            answered.append(unit)
            num += judged.numerator
            den += judged.denominator
        have = len(answered)
        need = len(units)
        used = tuple(cell for _, cell in self.unit_cells(criterion, answered) if cell.answered)
        if have > 0 and den > 0:
            return Result(
                GIA_TRI,
                have,
                need,
                num,
                den,
                num * criterion.factor / den,
                "TONG" if totals else "TINH",
                used,
                tuple(silent),
            )
        if have > 0 and have == need:
            return Result(KHONG_PHAT_SINH, have, need, cells=used, silent=tuple(silent))
        return Result(
            CHUA_CO_SO_LIEU,
            have,
            need,
            silent=tuple(silent),
            missing=self.never_answered(criterion, units, {}),
        )

    def never_answered(
        self, criterion: Criterion, units: list[Unit], province_cells: dict[str, list[Cell]]
    ) -> tuple[str, ...]:
        """The codes of the formula of which no cell read is answered (B16: either of its two is not)."""
        missing: list[str] = []
        for code in criterion.formula:
            if ELEMENTS[code].cls in ("X", "XO"):
                cells = [self.figure(code, unit.area, unit.org) for unit in units]
            elif code in province_cells:
                cells = province_cells[code]
            else:
                cells = [self.province(code)]
            if code == "B16":
                gone = any(not cell.answered for cell in cells)
            else:
                gone = all(not cell.answered for cell in cells)
            if gone:
                missing.append(code)
        return tuple(missing)

    # --- 9.1

    def agencies(self, criterion: Criterion) -> Result:
        province = self.areas.province
        L02, L03, L04, L06 = (self.province(code) for code in ("L02", "L03", "L04", "L06"))
        silent: list[str] = []
        used: list[Cell] = [cell for cell in (L02, L03, L04, L06) if cell.answered]
        missing: list[str] = [
            code
            for code, cell in (("L02", L02), ("L03", L03), ("L04", L04), ("L06", L06))
            if not cell.answered
        ]

        # L01
        L01_total = self.use_totals(["L01"])
        a1 = Fraction(0)
        n1: Fraction = Fraction(0)
        n1_known = True
        L01_cells: list[Cell] = []
        if L01_total:
            total = self.province("L01")
            L01_cells.append(total)
            if total.answered:
                a1 = total.value
                n1 = L02.value
                n1_known = L02.answered
        else:
            orgs = sorted(org for area, org in self.places["L01"] if area == province and org != "")
            for org in orgs:
                cell = self.figure("L01", province, org)
                L01_cells.append(cell)
                if cell.answered:
                    a1 += cell.value
                    n1 += 1
                elif cell.state != KHONG_AP_DUNG:
                    silent.append(org)

        # L03
        a2 = L03.value if L03.answered else Fraction(0)
        n2 = L04.value if L03.answered else Fraction(0)
        if not L03.answered:
            silent.append(province)

        # L05
        L05_total = self.use_totals(["L05"])
        a3 = Fraction(0)
        n3 = Fraction(0)
        n3_known = True
        L05_cells: list[Cell] = []
        if L05_total:
            total = self.province("L05")
            L05_cells.append(total)
            if total.answered:
                a3 = total.value
                n3 = L06.value
                n3_known = L06.answered
        else:
            for commune in self.areas.communes:
                cell = self.figure("L05", commune)
                L05_cells.append(cell)
                if cell.answered:
                    a3 += cell.value
                    n3 += 1
                else:
                    silent.append(commune)

        # errors, where the figures are answered
        if L06.answered and L06.value != len(self.areas.communes):
            self.problem("E_REGISTER", [L06], "L06 is not the number of communes")
        if L02.answered and n1_known and n1 > L02.value:
            self.problem("E_REGISTER", L01_cells, "more organisations answered than L02")
        if n1_known and a1 > n1:
            self.problem("E_PART", L01_cells, "L01 exceeds the organisations")
        if L03.answered and L04.answered and a2 > L04.value:
            self.problem("E_PART", [L03, L04], "L03 exceeds L04")
        if n3_known and a3 > n3:
            self.problem("E_PART", L05_cells, "L05 exceeds the communes")

        if not any(cell.answered for cell in L01_cells):
            missing.append("L01")
        if not any(cell.answered for cell in L05_cells):
            missing.append("L05")
        used += [cell for cell in L01_cells + L05_cells if cell.answered]
        if not (L02.answered and L04.answered and L06.answered):
            return Result(CHUA_CO_SO_LIEU, 0, 0, silent=tuple(silent), missing=tuple(missing))
        have = n1 + n2 + n3
        need = L02.value + L04.value + L06.value
        if have == 0:
            return Result(CHUA_CO_SO_LIEU, 0, int(need), silent=tuple(silent), missing=tuple(missing))
        num = a1 + a2 + a3
        return Result(
            GIA_TRI,
            int(have),
            int(need),
            num,
            have,
            num * criterion.factor / have,
            "TONG" if L01_total or L05_total else "TINH",
            tuple(used),
            tuple(silent),
        )

    # --- 9.2

    def survey(self, criterion: Criterion) -> Result:
        rate_code = criterion.formula[2]
        num = self.province(criterion.numerator[0])
        den = self.province(criterion.denominator[0])
        rate = self.province(rate_code)
        counts = tuple(cell for cell in (num, den) if cell.answered)
        if num.answered and den.answered and num.value > den.value:
            self.problem("E_PART", [num, den], f"{criterion.code}: the part exceeds the whole")
        if num.answered and den.answered and den.value > 0:
            value = num.value * criterion.factor / den.value
            differs = rate.answered and abs(value - rate.value) > Fraction(1, 10)
            return Result(
                GIA_TRI, 1, 1, num.value, den.value, value, "TINH", counts, published_differs=differs
            )
        if rate.answered:
            return Result(GIA_TRI, 1, 1, None, None, rate.value, "CONG_BO", (rate,))
        if den.answered and den.value == 0:
            return Result(KHONG_PHAT_SINH, 1, 1, cells=counts)
        return Result(CHUA_CO_SO_LIEU, 0, 1, missing=self.never_answered(criterion, [], {}))

    # --- 9.3

    def violence(self, criterion: Criterion) -> Result:
        second = criterion.code == "MT3.CT2b"
        num_code = criterion.numerator[0]
        den_codes = criterion.denominator
        den_kind = "B20" if second else "B17"
        candidates, totals = self.units(criterion)
        units: list[Unit] = []
        answered: list[Unit] = []
        silent: list[str] = []
        num_sum = Fraction(0)
        den_sum = Fraction(0)
        num_by_org = False  # an organisation has an answered cell
        den_by_org = False
        for unit in candidates:
            if unit.org == "":
                judged = self.judge_unit(criterion, unit)
                if judged.state == "none":
                    continue
                units.append(unit)
                if judged.state == "silent":
                    silent.append(unit.code)
                else:
                    answered.append(unit)
                    num_sum += judged.numerator
                    den_sum += judged.denominator
                continue
            # an organisation owes only the elements for which it has a row
            owed: list[Cell] = []
            for code in (num_code,) + den_codes:
                if (unit.area, unit.org) not in self.places[code]:
                    continue
                cell = self.figure(code, unit.area, unit.org)
                if cell.state == KHONG_AP_DUNG:
                    continue
                owed.append(cell)
                if cell.answered:
                    if code == num_code:
                        num_by_org = True
                        num_sum += cell.value
                    else:
                        den_by_org = True
                        den_sum += cell.value
            if not owed:
                continue
            units.append(unit)
            if all(cell.answered for cell in owed):
                answered.append(unit)
            else:
                silent.append(unit.code)

        den_twice = self.province("B16", {"kind": den_kind})
        num_twice = self.province("B16", {"kind": num_code})
        den_twice_known = den_twice.answered or not den_by_org
        num_twice_known = num_twice.answered or not num_by_org
        prosecuted = self.province("B21") if second else Cell(GIA_TRI, Fraction(0), ())
        have = len(answered)
        need = len(units)
        province_cells: dict[str, list[Cell]] = {"B16": [den_twice, num_twice]}
        if second:
            province_cells["B21"] = [prosecuted]
        missing = self.never_answered(criterion, units, province_cells)
        unknown = Result(CHUA_CO_SO_LIEU, have, need, silent=tuple(sorted(silent)), missing=missing)
        if silent:
            return unknown

        # the differences; an unanswered cell holds 0
        base = den_sum - den_twice.value  # before B21
        den = base - prosecuted.value
        num = num_sum - num_twice.value
        den_known = den_twice_known and prosecuted.answered
        cells = [den_twice, num_twice, prosecuted]
        wrong = False
        if den_twice_known and base < 0:
            wrong = True
        if den_known and den < 0:
            wrong = True
        if num_twice_known and num < 0:
            wrong = True
        if num_twice_known and den_known and num > den:
            wrong = True
        if den_twice_known and base == 0:
            if num_twice_known and num > 0:
                wrong = True
            if prosecuted.answered and prosecuted.value > 0:
                wrong = True
        if wrong:
            self.problem(
                "E_PART", cells, f"{criterion.code}: a difference below 0, or the part exceeds the whole"
            )

        if need == 0 or not den_twice_known:
            return unknown
        used = tuple(cell for _, cell in self.unit_cells(criterion, answered) if cell.answered)
        used += tuple(cell for cell in cells if cell.answered)
        nothing = Result(KHONG_PHAT_SINH, have, need, cells=used)
        if base == 0:
            return nothing
        if not (num_twice_known and prosecuted.answered):
            return unknown
        if den == 0:
            return nothing
        return Result(
            GIA_TRI, have, need, num, den, num * criterion.factor / den, "TONG" if totals else "TINH", used
        )

    # --- 9.4

    def birth_ratio(self, criterion: Criterion) -> Result:
        pooled = self.pooled(criterion)  # also finds its errors
        published = self.province("Y04")
        if published.answered:
            return Result(GIA_TRI, 1, 1, None, None, published.value, "CONG_BO", (published,))
        return pooled

    # --- 9.5

    def maternal_deaths(self, criterion: Criterion) -> Result:
        deaths = self.province("Y05")
        candidates, totals = self.units(criterion)
        units: list[Unit] = []
        answered: list[Unit] = []
        silent: list[str] = []
        births = Fraction(0)
        for unit in candidates:
            den = self.part(criterion.denominator, unit)
            if den.state == KHONG_AP_DUNG:
                continue
            units.append(unit)
            if den.answered:
                answered.append(unit)
                births += den.value
            else:
                silent.append(unit.code)
        have = len(answered)
        need = len(units)
        missing = self.never_answered(criterion, units, {"Y05": [deaths]})
        if silent or need == 0:
            return Result(CHUA_CO_SO_LIEU, have, need, silent=tuple(silent), missing=missing)
        if deaths.answered and deaths.value > births:
            self.problem("E_PART", [deaths], f"{criterion.code}: more deaths than births")
        used = tuple(cell for _, cell in self.unit_cells(criterion, answered) if cell.answered)
        if deaths.answered:
            used += (deaths,)
        if births == 0:
            return Result(KHONG_PHAT_SINH, have, need, cells=used)
        if not deaths.answered:
            return Result(CHUA_CO_SO_LIEU, have, need, missing=missing)
        return Result(
            GIA_TRI,
            have,
            need,
            deaths.value,
            births,
            deaths.value * criterion.factor / births,
            "TONG" if totals else "TINH",
            used,
        )

    # --- 9.6

    def news_commune(self, commune: str, quarters: list[int]) -> Result:
        """One commune in one quarter, or in the four of the year."""
        cells = [self.quarter_figure("T09", commune, quarter) for quarter in quarters]
        owed = [cell for cell in cells if cell.state != KHONG_AP_DUNG]
        if not owed:
            return Result(KHONG_AP_DUNG, 0, 0)
        if not all(cell.answered for cell in owed):
            return Result(CHUA_CO_SO_LIEU, 0, 1)
        passes = Fraction(1 if all(cell.value >= 4 for cell in owed) else 0)
        return Result(GIA_TRI, 1, 1, passes, Fraction(1), passes * 100, "TINH", tuple(owed))

    def news(self, quarters: list[int]) -> Result:
        passes = 0
        have = 0
        need = 0
        silent: list[str] = []
        used: list[Cell] = []
        answered_quarters: set[int] = set()
        for commune in self.areas.communes:
            for quarter in quarters:
                cell = self.quarter_figure("T09", commune, quarter)
                if cell.answered:
                    used.append(cell)
                    answered_quarters.add(quarter)
            own = self.news_commune(commune, quarters)
            if own.state == KHONG_AP_DUNG:
                continue
            need += 1
            if own.state == GIA_TRI:
                have += 1
                passes += int(own.numerator or 0)
            else:
                silent.append(commune)
        if len(answered_quarters) < len(quarters):
            missing = () if used else ("T09",)
            return Result(CHUA_CO_SO_LIEU, have, need, silent=tuple(silent), missing=missing)
        return Result(
            GIA_TRI,
            have,
            need,
            Fraction(passes),
            Fraction(need),
            Fraction(passes * 100, need),
            "TINH",
            tuple(used),
            tuple(silent),
        )

    # --- 9.7

    def stations(self) -> Result:
        province = self.areas.province
        register = self.cell("R14", province, "", self.instant, {})
        codes = sorted(
            {
                row.kind
                for row in self.rows.values()
                if row.element == "T12" and row.area == province and row.period in self.months
            }
        )
        stations = 0
        have = 0
        passes = 0
        silent: list[str] = []
        used: list[Cell] = []
        months_answered: set[str] = set()
        for code in codes:
            cells = {month: self.cell("T12", province, "", month, {"kind": code}) for month in self.months}
            owed = [cell for cell in cells.values() if cell.state != KHONG_AP_DUNG]
            if not owed:
                continue
            stations += 1
            for month, cell in cells.items():
                if cell.answered:
                    used.append(cell)
                    months_answered.add(month)
            if all(cell.answered for cell in owed):
                have += 1
                if all(cell.value >= 1 for cell in owed):
                    passes += 1
            else:
                silent.append(code)
        if register.answered and stations > register.value:
            self.problem("E_REGISTER", [register], "more stations than R14")
        need = int(register.value) if register.answered else 0
        status_cells = tuple(used) + ((register,) if register.answered else ())
        if register.answered and register.value == 0:
            return Result(KHONG_PHAT_SINH, have, need, cells=status_cells, silent=tuple(silent))
        if not register.answered or stations == 0 or len(months_answered) < 12:
            missing = [code for code, gone in (("T12", not used), ("R14", not register.answered)) if gone]
            return Result(CHUA_CO_SO_LIEU, have, need, silent=tuple(silent), missing=tuple(missing))
        return Result(
            GIA_TRI,
            have,
            need,
            Fraction(passes),
            Fraction(need),
            Fraction(passes * 100, need),
            "TINH",
            status_cells,
            tuple(silent),
        )

    # --- 9.8

    def products(self, criterion: Criterion) -> Result:
        candidates, totals = self.units(criterion)
        units: list[Unit] = []
        silent: list[str] = []
        used: list[Cell] = []
        for unit in candidates:
            cell = self.figure("T14", unit.area, unit.org)
            if cell.state == KHONG_AP_DUNG:
                continue
            units.append(unit)
            if cell.answered:
                used.append(cell)
            else:
                silent.append(unit.code)
        have = len(used)
        need = len(units)
        if have == 0:
            return Result(CHUA_CO_SO_LIEU, have, need, silent=tuple(silent), missing=("T14",))
        total = sum((cell.value for cell in used), Fraction(0))
        return Result(
            GIA_TRI, have, need, total, None, total, "TONG" if totals else "TINH", tuple(used), tuple(silent)
        )

    # --- 6.CT2b beside the formula

    def check_pledges(self, criterion: Criterion) -> None:
        """T08 <= T06 and <= T07 where answered."""
        units, _ = self.units(criterion)
        for unit in units:
            both = self.figure("T08", unit.area, unit.org)
            for code in ("T06", "T07"):
                part = self.figure(code, unit.area, unit.org)
                if both.answered and part.answered and both.value > part.value:
                    self.problem("E_PART", [both, part], f"{unit.code}: T08 exceeds {code}")

    def check_directors(self) -> None:
        """K08 <= K07, K10 <= K09."""
        for women, all_ in (("K08", "K07"), ("K10", "K09")):
            num = self.province(women)
            den = self.province(all_)
            if num.answered and den.answered and num.value > den.value:
                self.problem("E_PART", [num, den], f"{women} exceeds {all_}")

    # --- all criteria

    def province_result(self, criterion: Criterion) -> Result:
        code = criterion.code
        if code == "MT1.CT1":
            return self.agencies(criterion)
        if code in ("MT2.CT1", "MT2.CT2"):
            return self.survey(criterion)
        if code == "MT2.CT3":
            self.check_directors()
            return self.plain_ratio(criterion)
        if code in ("MT3.CT2a", "MT3.CT2b"):
            return self.violence(criterion)
        if code == "MT4.CT1":
            return self.birth_ratio(criterion)
        if code == "MT4.CT2":
            return self.maternal_deaths(criterion)
        if code in ("MT5.CT1a", "MT5.CT1b"):
            return self.school_ratio(criterion, self.year - 1, self.year - 1, {})
        if code == "MT5.CT2a":
            return self.school_ratio(criterion, self.year - 1, self.year - 5, {"sex": "M"})
        if code == "MT5.CT2b":
            return self.school_ratio(criterion, self.year - 1, self.year - 5, {"sex": "F"})
        if code == "MT5.CT2c":
            return self.school_ratio(criterion, self.year - 1, self.year - 4, {"sex": "M"})
        if code == "MT5.CT2d":
            return self.school_ratio(criterion, self.year - 1, self.year - 4, {"sex": "F"})
        if code in ("MT5.CT4a", "MT5.CT4b"):
            return self.plain_ratio(criterion, {"kind": "CBCCVC"})
        if code in ("MT4.CT3", "MT6.CT1", "MT6.CT2a"):
            return self.pooled(criterion)
        if code == "MT6.CT2b":
            self.check_pledges(criterion)
            return self.pooled(criterion)
        if code == "MT6.CT4a":
            return self.stations()
        if code == "MT6.CT4b":
            return self.products(criterion)
        return self.plain_ratio(criterion)

    def commune_result(self, criterion: Criterion, commune: str) -> Result:
        unit = Unit(commune, commune, "")
        judged = self.judge_unit(criterion, unit)
        if judged.state == "none":
            return Result(KHONG_AP_DUNG, 0, 0)
        if judged.state == "silent":
            return Result(CHUA_CO_SO_LIEU, 0, 1)
        used = tuple(cell for _, cell in self.unit_cells(criterion, [unit]) if cell.answered)
        if judged.denominator == 0:
            return Result(KHONG_PHAT_SINH, 1, 1, cells=used)
        return Result(
            GIA_TRI,
            1,
            1,
            judged.numerator,
            judged.denominator,
            judged.numerator * criterion.factor / judged.denominator,
            "TINH",
            used,
        )

    def all_rows(self, level: str) -> list[list[str]]:
        lines: list[list[str]] = []
        for criterion in CRITERIA:
            if criterion.code == "MT6.CT3":
                for quarter in (1, 2, 3, 4):
                    result = self.news([quarter])
                    lines.append(
                        province_line(criterion, self.areas.province, self.quarters[quarter - 1], result)
                    )
                lines.append(province_line(criterion, self.areas.province, self.Y, self.news([1, 2, 3, 4])))
            else:
                lines.append(
                    province_line(criterion, self.areas.province, self.Y, self.province_result(criterion))
                )
            if level != "all" or criterion.code not in COMMUNE_CRITERIA:
                continue
            for commune in self.areas.communes:
                if criterion.code == "MT6.CT3":
                    for quarter in (1, 2, 3, 4):
                        lines.append(
                            line_of(
                                criterion,
                                commune,
                                self.quarters[quarter - 1],
                                self.news_commune(commune, [quarter]),
                            )
                        )
                    lines.append(
                        line_of(criterion, commune, self.Y, self.news_commune(commune, [1, 2, 3, 4]))
                    )
                else:
                    lines.append(line_of(criterion, commune, self.Y, self.commune_result(criterion, commune)))
        return lines


# ------------------------------------------------------- sections 10 and 11


def evaluate(criterion: Criterion, result: Result) -> str:
    if criterion.comparator == "":
        return ""
    if result.state in (CHUA_CO_SO_LIEU, KHONG_PHAT_SINH):
        return result.state
    if result.have < result.need and criterion.code not in ("MT6.CT3", "MT6.CT4a"):
        return CHUA_CO_SO_LIEU
    value = result.value
    assert value is not None
    threshold = Fraction(criterion.threshold)
    comparator = criterion.comparator
    if comparator == "at_most":
        holds = value <= threshold
    elif comparator == "less_than":
        holds = value < threshold
    elif comparator == "more_than":
        holds = value > threshold
    else:  # at_least, milestone, maintain
        holds = value >= threshold
    if holds:
        if comparator == "at_least" and value > threshold:
            return "DAT_VUOT"
        if comparator == "at_most" and value < threshold:
            return "DAT_VUOT"
        return "DAT"
    if comparator in ("at_most", "less_than"):
        near = Fraction(95, 100) * value <= threshold
    else:
        near = value >= Fraction(95, 100) * threshold
    return "TIEM_CAN" if near else "CHUA_DAT"


def warnings_of(criterion: Criterion, period: str, result: Result) -> str:
    if result.state != GIA_TRI or len(period) != 4:
        return ""
    value = result.value
    assert value is not None
    warnings: list[str] = []
    if criterion.code.startswith("MT5.CT2") and value > 105:
        warnings.append("W_COHORT")
    if result.published_differs:
        warnings.append("W_PUBLISHED")
    if criterion.low is not None and criterion.high is not None:
        if value < criterion.low or value > criterion.high:
            warnings.append("W_RANGE")
    return ";".join(warnings)


def six_decimals(value: Fraction) -> str:
    """Rounded half up; values are never negative."""
    millionths = (value * 2000000 + 1) // 2
    whole, rest = divmod(millionths, 1000000)
    return f"{whole}.{rest:06d}"


def exact(value: Fraction) -> str:
    """Without needless zeros; every number read has at most six decimals."""
    text = six_decimals(value)
    assert Fraction(text) == value
    return text.rstrip("0").rstrip(".")


def status_of(result: Result) -> str:
    if result.state in (CHUA_CO_SO_LIEU, KHONG_AP_DUNG):
        return ""
    found = {row.status for cell in result.cells for row in cell.rows}
    for status in STATUSES:
        if status in found:
            return status
    return ""


def line_of(criterion: Criterion, area: str, period: str, result: Result) -> list[str]:
    """A line without what stands at the province only."""
    given = result.state == GIA_TRI
    numerator = exact(result.numerator) if given and result.numerator is not None else ""
    denominator = exact(result.denominator) if given and result.denominator is not None else ""
    value = six_decimals(result.value) if given and result.value is not None else ""
    return [
        criterion.code,
        criterion.code.rstrip("abcd"),
        area,
        period,
        result.state,
        value,
        criterion.unit,
        numerator,
        denominator,
        result.basis,
        status_of(result),
        str(result.have),
        str(result.need),
        "",
        "",
        "",
        "",
        "",
        "",
    ]


def province_line(criterion: Criterion, area: str, period: str, result: Result) -> list[str]:
    line = line_of(criterion, area, period, result)
    line[13] = ";".join(sorted(result.silent))
    line[14] = ";".join(sorted(result.missing)) if result.state == CHUA_CO_SO_LIEU else ""
    line[15] = criterion.comparator
    line[16] = criterion.threshold
    line[17] = evaluate(criterion, result)
    line[18] = warnings_of(criterion, period, result)
    return line


# ------------------------------------------------------------ the commands


def run(
    text: bytes, period: str, areas: Areas | bytes | None, level: str
) -> tuple[str | None, list[Problem]]:
    if not re.fullmatch(r"[0-9]{4}", period) or period == "0000":
        return None, [Problem("E_PERIOD", 0, "--period", "not a calendar year")]
    year = int(period)
    if areas is None:
        areas = Areas(LANGSON_PROVINCE, LANGSON_COMMUNES)
    elif isinstance(areas, bytes):
        try:
            areas = parse_areas(areas, year)
        except Refused as refused:
            return None, [refused.problem]
    areas = Areas(areas.province, sorted(areas.communes))
    rows, problems = read_observations(text, areas)
    if problems:
        return None, problems
    engine = Engine(rows, areas, year)
    lines = engine.all_rows(level)
    if engine.problems:
        return None, list(dict.fromkeys(engine.problems))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(OUTPUT_COLUMNS)
    writer.writerows(lines)
    return out.getvalue(), []


def compute(
    text: bytes, period: str, areas: Areas | bytes | None = None, level: str = "all"
) -> tuple[str | None, list[tuple[str, int]]]:
    """The text of results.csv, or None and the errors (code, line).

    `areas`: Areas(province, communes), or the bytes of an AREAS.csv, or None for Lạng Sơn.
    """
    result, problems = run(text, period, areas, level)
    return result, [(problem.code, problem.line) for problem in problems]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--observations", required=True)
    parser.add_argument("--period", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--areas")
    parser.add_argument("--level", choices=("all", "province"), default="all")
    options = parser.parse_args(argv)
    try:
        with open(options.observations, "rb") as file:
            data = file.read()
        areas: bytes | None = None
        if options.areas:
            with open(options.areas, "rb") as file:
                areas = file.read()
    except OSError as error:
        print(f"cannot read: {error}", file=sys.stderr)
        return 2
    result, problems = run(data, options.period, areas, options.level)
    if result is None:
        for problem in problems:
            print(
                f"{problem.code} line {problem.line} column {problem.column or '-'}: {problem.text}",
                file=sys.stderr,
            )
        return 2
    with open(options.out, "wb") as file:
        file.write(result.encode("utf-8"))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Exception as failure:  # our own failure
        print(f"failure: {failure!r}", file=sys.stderr)
        sys.exit(1)
