"""Seeded random observation files for the compute contract (compute-1).

random_file(seed, areas=AREAS, year=2026) -> bytes          mode "valid" (most are accepted)
random_file(seed, areas=AREAS, year=2026, mode="clean")     accepted by construction
random_file(..., mode="wild")      valid syntax, unconstrained small values and states
random_file(..., mode="junk")      cells drawn from pools of good and bad strings
random_file(..., mode="bytes")     a clean file with bytes damaged
broken_file(seed, areas=AREAS, year=2026, code="E_SUM") -> Broken(data, code, what)
random_areas(seed) -> Areas, areas_csv(areas, seed) -> bytes
"""

# Chance is the point here, and one long list of plants reads better than many short functions.
# ruff: noqa: B905, C901, N806, PERF401, PLC0206, PLR0912, PLR0917, RUF005, SIM103

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.oracle import second_opinion as so

Areas = so.Areas
NIL = "KHONG_PHAT_SINH"
OWED = "CHUA_CO_SO_LIEU"
NA = "KHONG_AP_DUNG"
What = int | str | None  # a count, a decimal as text, a state, or no row at all

ERROR_CODES = [
    "E_AREA",
    "E_COLUMN",
    "E_DUPLICATE",
    "E_ELEMENT",
    "E_KIND",
    "E_NUMBER",
    "E_ORG",
    "E_PART",
    "E_PERIOD",
    "E_RANGE",
    "E_REGISTER",
    "E_STATE",
    "E_SUM",
]
ORGS = [
    "SNV",
    "STC",
    "STP",
    "SYT",
    "SGDDT",
    "SVHTTDL",
    "CAT",
    "TTRA",
    "MTTQ",
    "LHPN",
    "LDLD",
    "TDTN",
    "BDBP",
    "A1",
    "X9_",
    "Z_ORG_OF_20_LETTERS_",
    "S2",
]
STATIONS = ["DAI1", "LSTV", "1", "9A_B", "FM", "ABCDEFGHIJKLMNOPQRST"]
COLUMNS = ["element", "area", "org", "period", "sex", "age", "ethnicity", "kind", "state", "value", "status"]
DEFAULTS = {
    "org": ("",),
    "sex": ("", "_T"),
    "age": ("", "_T"),
    "ethnicity": ("", "_T"),
    "kind": ("", "_T"),
    "status": ("", "CHINH_THUC"),
}
DIMENSIONS = ("sex", "age", "ethnicity", "kind")
CODES = {"sex": so.SEX_CODES, "age": so.AGE_CODES, "ethnicity": so.ETHNICITY_CODES}
READ = list(so.ELEMENTS)
NOT_READ = [code for code in so.CATALOGUE if code not in so.ELEMENTS and code not in so.TEXT_ELEMENTS]
ANNEX_KINDS = [
    "K02",
    "DU_NO",
    "KIEM_TRA",
    "VI_PHAM",
    "TAM_LANH",
    "MMR",
    "PHUT",
    "NSTW",
    "DAT",
    "TONG",
    "0",
    "_T",
]


# ------------------------------------------------------------------- areas


def random_areas(seed: int) -> Areas:
    rng = random.Random(f"areas {seed}")
    if rng.random() < 0.12:
        return Areas(so.LANGSON_PROVINCE, list(so.LANGSON_COMMUNES))
    count = rng.randint(3, 6)
    if rng.random() < 0.4:
        return Areas("20", list("ABCDEF"[:count]))
    if rng.random() < 0.5:
        return Areas("20", sorted(rng.sample(so.LANGSON_COMMUNES, count)))
    return Areas("01", sorted(rng.sample(["00001", "00010", "1", "10", "2", "x1", "X1", "é", "0"], count)))


def areas_csv(areas: Areas, seed: int, year: int) -> bytes:
    """An AREAS.csv that has exactly `areas` in force on the day of the map."""
    rng = random.Random(f"areas csv {seed}")
    day = f"{max(year, 2026)}-12-31" if year >= 2026 else "2026-01-01"
    rows = [[areas.province, "Tỉnh", "province", "", rng.choice(["1990-01-01", day]), ""]]
    for code in areas.communes:
        rows.append(
            [
                code,
                f"Xã {code}",
                "commune",
                areas.province,
                rng.choice(["2025-07-01", day]),
                rng.choice(["", day, "2099-12-31"]),
            ]
        )
    if rng.random() < 0.5:  # out of force
        rows.append(["OLD", "Cũ, đã bỏ", "commune", areas.province, "1990-01-01", "2025-06-30"])
        rows.append(["NEW", "Mới", "commune", areas.province, f"{max(year, 2026) + 1}-01-01", ""])
        rows.append(["90", "Tỉnh cũ", "province", "", "1990-01-01", "2025-06-30"])
    rng.shuffle(rows)
    lines = ["code,name,level,parent,valid_from,valid_to"] + [
        ",".join(quote(cell, rng) for cell in row) for row in rows
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


# ------------------------------------------------------------------- rows


def one_of(rng: random.Random, figures: Sequence[What]) -> What:
    return rng.choice(figures)


def split(rng: random.Random, total: int, count: int) -> list[int]:
    cuts = sorted(rng.randint(0, total) for _ in range(count - 1))
    return [high - low for low, high in zip([0] + cuts, cuts + [total])]


def fill(rng: random.Random, total: int, caps: list[int]) -> list[int]:
    """Numbers that add up to `total`, each at most its cap (total <= sum of caps)."""
    order = list(range(len(caps)))
    rng.shuffle(order)
    given = [0] * len(caps)
    left = total
    room = sum(caps)
    for index in order:
        room -= caps[index]
        low = max(0, left - room)
        high = min(caps[index], left)
        given[index] = rng.choice([low, high, rng.randint(low, high)])
        left -= given[index]
    return given


class Draft:
    """The rows of a file, before it is written."""

    def __init__(self, rng: random.Random, areas: Areas, year: int) -> None:
        self.rng = rng
        self.areas = areas
        self.year = year
        self.Y = f"{year:04d}"
        self.P = areas.province
        self.communes = list(areas.communes)
        self.instant = f"{self.Y}-12-31"
        self.quarters = [f"{self.Y}-Q{q}" for q in (1, 2, 3, 4)]
        self.months = [f"{self.Y}-{m:02d}" for m in range(1, 13)]
        self.rows: list[dict[str, str]] = []
        self.keys: set[tuple[str, ...]] = set()
        self.places: set[tuple[str, ...]] = set()
        self.statuses = rng.choice(
            [
                [""],
                ["", "", "", "CHINH_THUC", "SO_BO"],
                ["", "CHINH_THUC", "SO_BO", "UOC"],
                ["", "", "", "", "", "", "", "", "UOC"],
            ]
        )

    # --- one row

    def add(
        self,
        element: str,
        area: str,
        period: str,
        what: What,
        org: str = "",
        status: str | None = None,
        **dims: str,
    ) -> bool:
        if what is None:
            return False
        state, value = ("GIA_TRI", str(what))
        if what in (NIL, OWED, NA):
            state, value = str(what), ""
        row = {
            "element": element,
            "area": area,
            "org": org,
            "period": period,
            "state": state,
            "value": value,
            "status": self.rng.choice(self.statuses) if status is None else status,
        }
        for dimension in DIMENSIONS:
            row[dimension] = dims.get(dimension, "_T")
        key = key_of(row)
        if key in self.keys:
            return False
        self.keys.add(key)
        self.places.add(key[:4])
        self.rows.append(row)
        return True

    def drop(self, *elements: str) -> None:
        """All rows of these elements."""
        self.rows = [row for row in self.rows if row["element"] not in elements]
        self.keys = {key_of(row) for row in self.rows}

    def touched(self, element: str, area: str, org: str, period: str) -> bool:
        return (element, area, org, period) in self.places

    # --- one cell

    def zero(self, element: str, number: int) -> What:
        if number == 0 and so.ELEMENTS[element].nil and self.rng.random() < 0.5:
            return NIL
        return number

    def may_na(self, element: str) -> bool:
        return element != "L05" and (so.ELEMENTS[element].cls in ("X", "XO", "O") or element == "T12")

    def parts(self, element: str, what: What, count: int) -> list[What]:
        """Parts whose combination is `what`."""
        rng = self.rng
        spare = self.may_na(element) and rng.random() < 0.15 and count > 1
        left_out = rng.randrange(count) if spare else -1
        if what == NA:
            return [NA] * count
        if what == NIL:
            return [NA if index == left_out else NIL for index in range(count)]
        if what == OWED:
            given: list[What] = [
                rng.choice([self.zero(element, rng.randint(0, 5)), OWED, None]) for _ in range(count)
            ]
            given[rng.randrange(count)] = OWED
            if left_out >= 0 and OWED in given[:left_out] + given[left_out + 1 :]:
                given[left_out] = NA
            return given
        assert isinstance(what, int)
        numbers = split(rng, what, count - 1 if spare else count)
        parts: list[What] = [self.zero(element, number) for number in numbers]
        if spare:
            parts.insert(left_out, NA)
        if what > 0 or not so.ELEMENTS[element].nil:
            return parts
        return parts

    def interval(self, element: str, area: str, org: str, period: str, what: What) -> None:
        """One cell of one period, with or without its partitions."""
        if what is None:
            return
        rng = self.rng
        partitions = so.ELEMENTS[element].partitions
        shape = rng.random()
        if shape < 0.6 or not partitions or (isinstance(what, str) and what not in (NIL, OWED, NA)):
            self.add(element, area, period, what, org)
        else:
            dimension, codes = rng.choice(partitions)
            if shape < 0.75:  # the total and all its parts
                self.add(element, area, period, what, org)
                for code, part in zip(codes, self.parts(element, what, len(codes))):
                    self.add(element, area, period, part, org, **{dimension: code})
            elif shape < 0.9:  # the parts only
                for code, part in zip(codes, self.parts(element, what, len(codes))):
                    self.add(element, area, period, part, org, **{dimension: code})
                place = [name for name, _ in partitions].index(dimension)
                if place + 1 < len(partitions) and rng.random() < 0.5:  # a later partition is not read
                    later, later_codes = partitions[place + 1]
                    for code in rng.sample(later_codes, rng.randint(1, len(later_codes))):
                        self.add(element, area, period, rng.randint(0, 9), org, **{later: code})
            else:  # the total and some other parts, never all
                self.add(element, area, period, what, org)
                for code in rng.sample(codes, rng.randint(1, len(codes) - 1)):
                    self.add(
                        element,
                        area,
                        period,
                        one_of(rng, [rng.randint(0, 9), OWED]),
                        org,
                        **{dimension: code},
                    )
        if rng.random() < 0.06 and so.ELEMENTS[element].value in ("count", "flag"):  # crossed: not read
            self.add(
                element,
                area,
                period,
                rng.randint(0, 1),
                org,
                sex=rng.choice("FM"),
                ethnicity=rng.choice(["KINH", "DTTS"]),
            )

    def figure(self, element: str, area: str, org: str, what: What) -> None:
        """The figure of the year of an element read at I, Y or A."""
        rng = self.rng
        at = so.ELEMENTS[element].at
        if what is None:
            return
        if at == "I":
            self.interval(element, area, org, self.instant, what)
            return
        shape = rng.random() if at == "A" else 0.0
        if shape < 0.6:
            self.interval(element, area, org, self.Y, what)
            if at == "A" and rng.random() < 0.15:  # quarters beside the year are not read
                for quarter in rng.sample(self.quarters, 2):
                    self.interval(element, area, org, quarter, one_of(rng, [0, 3, OWED]))
        elif shape < 0.83:
            for quarter, part in zip(self.quarters, self.parts(element, what, 4)):
                self.interval(element, area, org, quarter, part)
            if rng.random() < 0.2:  # months beside quarters are not read
                for month in rng.sample(self.months, 5):
                    self.interval(element, area, org, month, rng.choice([0, 3]))
        else:
            for month, part in zip(self.months, self.parts(element, what, 12)):
                self.interval(element, area, org, month, part)

    def quarter_figure(self, element: str, area: str, quarter: int, what: What) -> None:
        if what is None:
            return
        if self.rng.random() < 0.7:
            self.interval(element, area, "", self.quarters[quarter - 1], what)
            if self.rng.random() < 0.1:
                self.interval(element, area, "", self.months[3 * quarter - 1], self.rng.randint(0, 9))
            return
        for month, part in zip(self.months[3 * quarter - 3 : 3 * quarter], self.parts(element, what, 3)):
            self.interval(element, area, "", month, part)


def key_of(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(
        [row["element"], row["area"], row["org"], row["period"]] + [row[name] or "_T" for name in DIMENSIONS]
    )


# ------------------------------------------------- figures near the thresholds


def base_number(rng: random.Random) -> int:
    return rng.choice(
        [
            1,
            3,
            7,
            9,
            20,
            40,
            100,
            100,
            200,
            512,
            700,
            1000,
            2560,
            4096,
            99999,
            100000,
            640000,
            123456789,
            10**15 - 1,
            rng.randint(1, 30),
            rng.randint(1, 5000),
        ]
    )


def near(rng: random.Random, den: int, threshold: float, factor: int) -> int:
    """A numerator that lands on, just beside, or near the threshold."""
    exact = int(threshold * den / factor + 0.5)
    edge = int(0.95 * threshold * den / factor + 0.5)
    other = int(threshold * den / factor / 0.95)
    number = rng.choice(
        [
            exact,
            exact,
            exact + 1,
            exact - 1,
            edge,
            edge + 1,
            edge - 1,
            other,
            other + 1,
            0,
            den,
            rng.randint(0, den),
        ]
    )
    return min(max(0, number), 10**15 - 1)


def unit_pairs(
    rng: random.Random, count: int, threshold: float, factor: int, share: bool = True
) -> list[tuple[int, int]]:
    """(numerator, denominator) of each unit; the sums land near the threshold."""
    size = rng.choice([4, 20, 20, 100, 1000, 100000])
    dens = [0 if rng.random() < 0.12 else rng.randint(0, size) for _ in range(count)]
    if rng.random() < 0.06:
        dens = [0] * count
    elif count and rng.random() < 0.7:
        multiple = rng.choice([100, 100, 20, 512, 100000, 3])
        dens[rng.randrange(count)] += (-sum(dens)) % multiple
    den = sum(dens)
    total = near(rng, den, threshold, factor)
    if share:
        nums = fill(rng, min(total, den), dens)
    elif count:
        nums = split(rng, total, count)
        rng.shuffle(nums)
    else:
        nums = []
    return list(zip(nums, dens))


# ------------------------------------------------------------- the criteria


def gap_chance(rng: random.Random) -> float:
    return rng.choice([0.0, 0.0, 0.0, 0.0, 0.02, 0.3])


def choose_units(draft: Draft, orgs: bool) -> tuple[list[tuple[str, str]], bool]:
    """(area, org) of the units, or the total alone."""
    rng = draft.rng
    if rng.random() < 0.13:
        return [(draft.P, "")], True
    units = [(commune, "") for commune in draft.communes]
    if orgs and rng.random() < 0.6:
        units += [(draft.P, org) for org in rng.sample(ORGS, rng.randint(1, 4))]
    return units, False


def stray_total(draft: Draft, elements: list[str]) -> None:
    """A total row beside the units' rows: it changes nothing."""
    if draft.rng.random() < 0.15:
        for element in elements:
            if draft.rng.random() < 0.7:
                draft.figure(element, draft.P, "", one_of(draft.rng, [0, 5, 10**6, OWED]))


def pooled_pair(draft: Draft, num: str, den: str, threshold: float, factor: int, share: bool = True) -> int:
    """Returns the sum of both sides over the units that are answered."""
    rng = draft.rng
    answered = 0
    if rng.random() < 0.04:
        return 0
    units, totals = choose_units(draft, so.ELEMENTS[num].cls == "XO")
    gap = gap_chance(rng)
    pairs = unit_pairs(rng, len(units), threshold, factor, share)
    for (area, org), (n, d) in zip(units, pairs):
        top: What = draft.zero(num, n)
        bottom: What = draft.zero(den, d)
        if d == 0 and share and rng.random() < 0.5:
            top = rng.choice([None, OWED])
        if rng.random() < gap:
            top, bottom = rng.choice(
                [
                    (top, OWED),
                    (top, None),
                    (OWED, bottom),
                    (None, bottom),
                    (None, None),
                    (OWED, OWED),
                    (NA, NA),
                    (NA, NA),
                ]
            )
            if totals and bottom == NA:
                top, bottom = OWED, OWED
        if top not in (None, OWED, NA) and bottom not in (None, OWED, NA):
            answered += n + d
        draft.figure(num, area, org, top)
        draft.figure(den, area, org, bottom)
    if not totals:
        stray_total(draft, [num, den])
    return answered


def plain_pair(
    draft: Draft,
    num: str,
    den: str,
    threshold: float,
    factor: int,
    period: str | None = None,
    share: bool = True,
    **dims: str,
) -> None:
    """A ratio of two P elements."""
    rng = draft.rng
    d = 0 if rng.random() < 0.06 else base_number(rng)
    n = near(rng, d, threshold, factor)
    if share:
        n = min(n, d)
    top: What = draft.zero(num, n)
    bottom: What = draft.zero(den, d)
    if d == 0 and rng.random() < 0.5:
        top = rng.choice([None, OWED])
    if rng.random() < 0.12:
        top, bottom = rng.choice([(top, None), (None, bottom), (OWED, bottom), (top, OWED), (None, None)])
    for element, what in ((num, top), (den, bottom)):
        if what is None:
            continue
        if dims:
            draft.add(element, draft.P, period or draft.Y, what, "", None, **dims)
        elif period:
            draft.interval(element, draft.P, "", period, what)
        else:
            draft.figure(element, draft.P, "", what)


def group_agencies(draft: Draft) -> None:
    rng = draft.rng
    count = len(draft.communes)
    if rng.random() < 0.04:
        return
    orgs = rng.sample(ORGS, rng.randint(0, 6))
    L01_total = rng.random() < 0.15
    open_flags = rng.random() < 0.3
    flags: dict[str, What] = {
        org: one_of(rng, [0, 1, 1, 1, OWED, NA] if open_flags else [0, 1, 1, 1, NA]) for org in orgs
    }
    answered = sum(1 for flag in flags.values() if flag in (0, 1))
    L02 = answered + rng.choice([0, 0, 0, 0, 0, 1, 3])
    if L01_total:
        L02 = rng.randint(0, 40)
        draft.figure("L01", draft.P, "", one_of(rng, [rng.randint(0, L02), L02, OWED]))
    else:
        for org, flag in flags.items():
            draft.figure("L01", draft.P, org, flag)
        if orgs and rng.random() < 0.2:
            draft.figure("L01", draft.P, "", rng.randint(0, 99))
    L04 = rng.choice([1, 1, 1, 1, 2, 0])
    draft.figure("L02", draft.P, "", rng.choice([L02] * 40 + [OWED, None]))
    draft.figure("L04", draft.P, "", rng.choice([L04] * 40 + [OWED, None]))
    draft.figure("L06", draft.P, "", rng.choice([count] * 40 + [OWED, None]))
    draft.figure("L03", draft.P, "", one_of(rng, [rng.randint(0, min(1, L04))] * 20 + [OWED, None]))
    if rng.random() < 0.15:
        draft.figure("L05", draft.P, "", one_of(rng, [rng.randint(0, count), count, OWED]))
        return
    gap = gap_chance(rng)
    lean = rng.random()
    for commune in draft.communes:
        draft.figure(
            "L05", commune, "", rng.choice([None, OWED]) if rng.random() < gap else int(rng.random() < lean)
        )
    if rng.random() < 0.15:
        draft.figure("L05", draft.P, "", rng.randint(0, 99))


def group_survey(draft: Draft) -> None:
    rng = draft.rng
    den = 0 if rng.random() < 0.08 else base_number(rng)
    num2 = min(near(rng, den, 60, 100), den)
    num3 = min(near(rng, den, 25, 100), den)
    seen = rng.random()
    if seen < 0.75:
        draft.figure("K01", draft.P, "", rng.choice([den] * 9 + [OWED]))
        draft.figure("K02", draft.P, "", rng.choice([num2] * 9 + [OWED, None]))
        draft.figure("K03", draft.P, "", rng.choice([num3] * 9 + [OWED, None]))
    elif seen < 0.85:
        draft.figure("K01", draft.P, "", den)
    for code, num in (("K06", num2), ("K06b", num3)):
        if rng.random() < 0.5:
            close = f"{min(100, 100 * num // den if den else 0)}"
            draft.figure(
                code,
                draft.P,
                "",
                rng.choice(
                    [
                        "60",
                        "60.1",
                        "60.000001",
                        "57",
                        "56.999999",
                        "25",
                        "24.999999",
                        "26.315789",
                        "26.31579",
                        "0",
                        "100",
                        "5",
                        "4.999999",
                        "75.000001",
                        "60.10",
                        close,
                        close + (".1" if close != "100" else ""),
                        OWED,
                    ]
                ),
            )


def group_plain(draft: Draft) -> None:
    rng = draft.rng
    P = draft.P
    # MT2.CT3
    k07, k09 = rng.choice(
        [(0, 0), (0, 7), (10, 0), (100, 100), (700, 300), (base_number(rng), rng.randint(0, 50))]
    )
    total = min(near(rng, k07 + k09, 30, 100), k07 + k09)
    k08, k10 = fill(rng, total, [k07, k09])
    for code, number in (("K07", k07), ("K08", k08), ("K09", k09), ("K10", k10)):
        draft.figure(code, P, "", rng.choice([number] * 80 + [OWED, None]))
    # MT3.CT1
    hours = rng.choice(
        [
            ("15.5", "8.6"),
            ("14", "10"),
            ("14.000001", "10"),
            ("1.4", "1"),
            ("84", "0.000001"),
            ("14.70", "9.975"),
            ("10", "10"),
            ("9.9", "10"),
            ("40", "10"),
            ("40.1", "10"),
            ("7", "5.0"),
            (str(rng.randint(1, 84)), str(rng.randint(1, 84))),
        ]
    )
    for code, text in zip(("B01", "B02"), hours):
        draft.figure(code, P, "", rng.choice([text] * 30 + [OWED, None]))
    plain_pair(draft, "M05", "M04", 100, 100)
    plain_pair(draft, "TG02", "TG01", 100, 100)
    draft.figure("Y14", P, "", rng.choice([0, 1, 1, 2, 17, OWED, None]))
    school = f"{draft.year - 1:04d}-09-01/P1Y"
    plain_pair(draft, "G02", "G01", 100, 100, school)
    plain_pair(draft, "G04", "G03", 100, 100, school)
    plain_pair(draft, "G12", "G11", 40, 100)
    for num, den, threshold in (("G14", "G13", 50), ("G16", "G15", 35)):
        plain_pair(draft, num, den, threshold, 100, draft.instant, kind="CBCCVC")
        if rng.random() < 0.4:
            draft.add(num, P, draft.instant, rng.randint(0, 999), kind="DAN_CU")
    # the cohorts
    for num, den, back, threshold in (("G07", "G06", 5, 99), ("G09", "G08", 4, 90)):
        for sex in "MF":
            d = 0 if rng.random() < 0.05 else base_number(rng)
            n = rng.choice([near(rng, d, threshold, 100), near(rng, d, 105, 100), near(rng, d, 103, 100)])
            if rng.random() < 0.93:
                draft.add(num, P, school, rng.choice([n] * 15 + [OWED]), sex=sex)
            if rng.random() < 0.93:
                draft.add(
                    den, P, f"{draft.year - back:04d}-09-01/P1Y", rng.choice([d] * 15 + [OWED]), sex=sex
                )
        if rng.random() < 0.4:  # totals and other school years are not read
            draft.add(num, P, school, rng.randint(0, 99))
            draft.add(den, P, school, rng.randint(0, 99), sex=rng.choice("MF"))
            draft.add(den, P, f"{draft.year - 3:04d}-09-01/P1Y", rng.randint(0, 99), sex=rng.choice("MF"))


def group_violence(draft: Draft, second: bool) -> None:
    """MT3.CT2a (B13 B14 B18) or MT3.CT2b (B20 B23 B21), with B16."""
    rng = draft.rng
    if rng.random() < 0.05:
        return
    den_codes = ["B20"] if second else ["B13", "B14"]
    num_code = "B23" if second else "B18"
    den_kind = "B20" if second else "B17"
    units, totals = choose_units(draft, True)
    gap = gap_chance(rng)
    small = rng.choice([0, 3, 10, 10, 50])
    den_sum = num_sum = 0
    den_org = num_org = False
    silent = False
    need = 0
    for area, org in units:
        figures: dict[str, What] = {}
        numbers = [rng.randint(0, small) if rng.random() < 0.8 else 0 for _ in den_codes]
        if org == "":
            bottom = sum(numbers)
            top = rng.choice([bottom, bottom, bottom * 9 // 10, rng.randint(0, bottom)])
            for code, number in zip(den_codes, numbers):
                figures[code] = draft.zero(code, number)
            figures[num_code] = draft.zero(num_code, top)
            if len(den_codes) == 2 and numbers[1] == 0 and rng.random() < 0.2:
                figures[den_codes[1]] = NA  # left out of the sum
            if bottom == 0 and rng.random() < 0.5:
                figures[num_code] = rng.choice([None, OWED])
            if rng.random() < gap:
                if rng.random() < 0.4 and not totals:
                    figures = dict.fromkeys(den_codes + [num_code], NA)
                    numbers, top, bottom = [0] * len(den_codes), 0, 0
                else:
                    gone = rng.choice(den_codes + [num_code])
                    if not (gone == num_code and bottom == 0):
                        silent = True
                    figures[gone] = rng.choice([None, OWED])
            if any(figure != NA for figure in figures.values()):
                need += 1
            den_sum += bottom
            num_sum += top
        else:
            owed = rng.sample(den_codes + [num_code], rng.randint(1, len(den_codes) + 1))
            counted = False
            for code in owed:
                number = rng.randint(0, small)
                if gap and rng.random() < 0.25:
                    figures[code] = rng.choice([OWED, NA])
                    if figures[code] == OWED:
                        silent = counted = True
                    continue
                counted = True
                figures[code] = draft.zero(code, number)
                if code == num_code:
                    num_sum += number
                    num_org = True
                else:
                    den_sum += number
                    den_org = True
            # an organisation may owe one side only, but never says NA to one of both
            if NA in figures.values() and any(figure != NA for figure in figures.values()):
                for code in [code for code, figure in figures.items() if figure == NA]:
                    del figures[code]
            if counted:
                need += 1
        for code, what in figures.items():
            draft.figure(code, area, org, what)
    if not totals:
        stray_total(draft, den_codes + [num_code])

    # B16 and B21, so that every difference stays at 0 or above
    def fits(x: int | None, y: int | None, z: int | None) -> bool:
        if silent:
            return True
        base = None if x is None and den_org else den_sum - (x or 0)
        num = None if y is None and num_org else num_sum - (y or 0)
        den = None if base is None or (second and z is None) else base - (z or 0)
        if (base is not None and base < 0) or (num is not None and num < 0) or (den is not None and den < 0):
            return False
        if den is not None and num is not None and num > den:
            return False
        if base == 0 and ((num or 0) > 0 or (second and (z or 0) > 0)):
            return False
        return True

    choice: tuple[int | None, int | None, int | None] = (0, num_sum, 0)
    for _ in range(40):
        x = rng.choice([None, 0, 1, 2, den_sum, rng.randint(0, max(0, den_sum))])
        y = rng.choice(
            [None, 0, 1, 2, num_sum, max(0, num_sum - den_sum + (x or 0)), rng.randint(0, max(0, num_sum))]
        )
        z = rng.choice([None, 0, 1, den_sum, max(0, den_sum - (x or 0)), rng.randint(0, max(0, den_sum))])
        if rng.random() < 0.75:
            x, y = x or 0, y or 0
        if rng.random() < 0.8:
            z = z or 0
        if not second:
            z = 0
        # all prosecuted leaves nothing: not written here, B21 > 0 over a denominator of 0 is a question
        if second and z and z == den_sum - (x or 0):
            continue
        if fits(x, y, z):
            choice = (x, y, z)
            break
    x, y, z = choice
    for kind, twice in ((den_kind, x), (num_code, y)):
        if twice is not None:
            draft.add("B16", draft.P, draft.Y, draft.zero("B16", twice), kind=kind)
        elif rng.random() < 0.5:
            draft.add("B16", draft.P, draft.Y, OWED, kind=kind)
    if second and z is not None:
        draft.figure("B21", draft.P, "", draft.zero("B21", z))


def group_births(draft: Draft) -> None:
    rng = draft.rng
    births = pooled_pair(draft, "Y01", "Y02", 109, 100, share=False)
    if rng.random() < 0.3:
        draft.figure(
            "Y04",
            draft.P,
            "",
            rng.choice(
                [
                    "109",
                    "109.000001",
                    "108.999999",
                    "114.736842",
                    "114.736843",
                    "50",
                    "200",
                    "103",
                    "125",
                    "102.9",
                    "111.5",
                    OWED,
                ]
            ),
        )
    if rng.random() < 0.85:
        deaths = rng.choice([0, 0, 1, 2, births * 42 // 100000, births * 42 // 100000 + 1])
        draft.figure("Y05", draft.P, "", draft.zero("Y05", min(deaths, births)))
    elif rng.random() < 0.3:
        draft.figure("Y05", draft.P, "", OWED)


def group_pledges(draft: Draft) -> None:
    rng = draft.rng
    if rng.random() < 0.04:
        return
    units, totals = choose_units(draft, True)
    gap = gap_chance(rng)
    perfect = rng.random() < 0.3
    for area, org in units:
        t05 = 0 if rng.random() < 0.08 else rng.randint(0, 20)
        t06 = t05 if perfect or rng.random() < 0.7 else rng.randint(0, t05)
        t07 = t05 if perfect or rng.random() < 0.7 else rng.randint(0, t05)
        t08 = rng.choice([min(t06, t07), max(0, t06 + t07 - t05)])
        figures: dict[str, What] = {"T05": t05, "T06": t06, "T07": t07, "T08": t08}
        if t05 == 0 and rng.random() < 0.4:
            figures["T06"] = rng.choice([None, OWED])
            figures["T08"] = rng.choice([None, OWED])
        if rng.random() < gap:
            if rng.random() < 0.35 and not totals:
                figures = {"T05": NA, "T06": NA, "T07": rng.choice([NA, None]), "T08": NA}
            else:
                for code in rng.sample(list(figures), rng.randint(1, 4)):
                    figures[code] = rng.choice([None, OWED])
        for code, what in figures.items():
            draft.figure(code, area, org, what)
    if not totals:
        stray_total(draft, ["T05", "T06", "T07", "T08"])


def group_news(draft: Draft) -> None:
    rng = draft.rng
    if rng.random() < 0.05:
        return
    pools: list[list[What]] = [
        [4, 5, 16],
        [4, 4, 4, 4, 4, 4, 3],
        [0, 3, 4, 5, NIL],
        [4, 5, OWED, None, NA, 3, NIL],
    ]
    pool = rng.choice(pools)
    for commune in draft.communes:
        always: list[list[What]] = [[4], [None], [NA]]
        own = rng.choice([pool, pool, pool, *always, rng.choice(pools)])
        if pool is pools[0]:
            with_na: list[What] = [NA, 4]
            own = rng.choice([pool, pool, pool, pool, pool, pools[1], with_na])
        for quarter in (1, 2, 3, 4):
            draft.quarter_figure("T09", commune, quarter, rng.choice(own))
    if rng.random() < 0.15:  # a total and a year are never read
        draft.interval("T09", draft.P, "", draft.quarters[0], 260)
        draft.interval("T09", draft.communes[0], "", draft.Y, 16)


def group_stations(draft: Draft) -> None:
    rng = draft.rng
    codes = rng.sample(STATIONS, rng.choice([0, 1, 1, 1, 2, 3]))
    register = len(codes) + rng.choice([0, 0, 0, 1, 2])
    draft.figure("R14", draft.P, "", rng.choice([register] * 8 + [OWED, None]))
    for code in codes:
        pools: list[list[What]] = [
            [1],
            [1, 2, 30],
            [1, 1, 1, 1, 1, 1, 1, NA],
            [*[1] * 20, 0],
            [*[1] * 20, OWED],
            [*[1] * 20, NIL, None],
            [NA],
            [0, 1, NIL, OWED, None, NA],
        ]
        pool = rng.choice(pools)
        for month in draft.months:
            draft.add("T12", draft.P, month, rng.choice(pool), kind=code)
        if rng.random() < 0.2:
            draft.add("T12", draft.P, draft.Y, 12, kind=code)
            draft.add("T12", draft.P, f"{draft.year - 1:04d}-12", 1, kind="OTHER")


def group_products(draft: Draft) -> None:
    rng = draft.rng
    if rng.random() < 0.06:
        return
    units, totals = choose_units(draft, True)
    gap = gap_chance(rng)
    size = rng.choice([0, 5, 1000])
    for area, org in units:
        what: What = draft.zero("T14", rng.randint(0, size))
        if rng.random() < gap:
            what = rng.choice([OWED, None, NA, NIL])
            if totals and what == NA:
                what = OWED
        draft.figure("T14", area, org, what)
    if not totals:
        stray_total(draft, ["T14"])


# ------------------------------------------------------------- noise, clean files


def any_period(rng: random.Random, year: int) -> str:
    year += rng.choice([-6, -5, -1, 0, 0, 0, 0, 1])
    if rng.random() < 0.05:
        return "2026-01-01/P5Y"
    return f"{year:04d}" + rng.choice(
        [
            "",
            "-S1",
            "-S2",
            "-Q1",
            "-Q4",
            "-01",
            "-12",
            "-12-31",
            "-06-30",
            "-01-01",
            "-02-28",
            "-12-15/P1Y",
            "-12-15/P6M",
            "-06-15/P6M",
            "-12-15/P9M",
            "-12-15/P3M",
            "-03-15/P3M",
            "-06-15/P3M",
            "-09-15/P3M",
            "-12-15/P1M",
            "-02-15/P1M",
            "-11-15/P1M",
            "-09-01/P1Y",
            "-11-15/P31D",
        ]
    )


def noise(draft: Draft) -> None:
    """Rows that are accepted and change nothing."""
    rng = draft.rng
    places = [draft.P] + draft.communes
    for _ in range(rng.choice([0, 3, 12])):  # other elements of the catalogue
        element = rng.choice(NOT_READ)
        value: What = rng.choice(
            ["0", "1", "0.5", "3.141592", "999999999999999.999999", "12", "7.10", OWED, NIL, NA]
        )
        draft.add(
            element,
            rng.choice(places),
            any_period(rng, draft.year),
            value,
            rng.choice(["", "", rng.choice(ORGS)]),
            sex=rng.choice(["_T", "_T", "F", "M"]),
            age=rng.choice(["_T", "_T", "Y_LT40", "Y10T14"]),
            ethnicity=rng.choice(["_T", "DTTS"]),
            kind=rng.choice(ANNEX_KINDS),
        )
    for _ in range(rng.choice([0, 3, 12])):  # elements of section 6 in periods that are not read
        element = rng.choice(READ)
        facts = so.ELEMENTS[element]
        period = any_period(rng, draft.year)
        read = {
            "I": [draft.instant],
            "Y": [draft.Y],
            "A": [draft.Y] + draft.quarters + draft.months,
            "Q": draft.quarters + draft.months,
            "M": draft.months,
            "S": [],
        }[facts.at]
        area = rng.choice(places)
        if (facts.at == "S" and area == draft.P) or (area == draft.P and period in read):
            continue
        if facts.cls != "P" and period in read:
            continue
        org = rng.choice(ORGS) if facts.cls in ("XO", "O") and area == draft.P and rng.random() < 0.5 else ""
        if draft.touched(element, area, org, period):
            continue
        by_value: dict[str, What] = {
            "count": rng.randint(0, 50),
            "flag": rng.randint(0, 1),
            "hours": "83.999999",
            "percent": "99.9",
            "srb": "110.25",
        }
        what = by_value[facts.value]
        if rng.random() < 0.2:
            what = OWED
        if facts.required_kinds or element == "T12":
            draft.add(element, area, period, what, org, kind=rng.choice(facts.required_kinds or ("DAI1",)))
        else:
            draft.interval(element, area, org, period, what)
    if rng.random() < 0.06:  # an organisation known by an unread dimension only
        element = rng.choice(["B13", "B20", "T05", "T14"])
        draft.add(element, draft.P, draft.Y, 1, "ODD_ORG", ethnicity="DTTS")
    if rng.random() < 0.3:  # the computed elements
        for element in so.COMPUTED_ELEMENTS:
            draft.add(element, rng.choice(places), draft.Y, one_of(rng, [0, 99999, OWED]))


def clean_draft(rng: random.Random, areas: Areas, year: int) -> Draft:
    """A draft that breaks no rule."""
    draft = Draft(rng, areas, year)
    group_agencies(draft)
    group_survey(draft)
    group_plain(draft)
    group_violence(draft, second=False)
    group_violence(draft, second=True)
    group_births(draft)
    pooled_pair(draft, "Y07", "R12", 18, 1000)
    pooled_pair(draft, "T01", "R06", 80, 100)
    group_pledges(draft)
    group_news(draft)
    group_stations(draft)
    group_products(draft)
    noise(draft)
    rng.shuffle(draft.rows)
    return draft


def perturb(draft: Draft) -> None:
    """A few changes that may or may not break a rule."""
    rng = draft.rng
    for _ in range(rng.choice([1, 1, 2])):
        if not draft.rows:
            return
        row = rng.choice(draft.rows)
        change = rng.random()
        if change < 0.5 and row["state"] == "GIA_TRI":
            row["value"] = str(max(0, int(float(row["value"])) + rng.choice([-1, 1, 5])))
        elif change < 0.7:
            row["state"], row["value"] = rng.choice([OWED, NIL, NA]), ""
        elif change < 0.85:
            draft.rows.remove(row)
        else:
            row["status"] = rng.choice(["UOC", "SO_BO", "CHINH_THUC", ""])


# ------------------------------------------------------------------- writing


def quote(cell: str, rng: random.Random, chance: float = 0.05) -> str:
    if any(char in cell for char in ',"\r\n') or rng.random() < chance:
        return '"' + cell.replace('"', '""') + '"'
    return cell


class Table(NamedTuple):
    header: list[str]
    lines: list[list[str]]


def table_of(rows: list[dict[str, str]], rng: random.Random) -> Table:
    header = ["element", "area", "period", "state", "value"]
    for name in DEFAULTS:
        needed = any(row[name] not in DEFAULTS[name] for row in rows)
        if needed or rng.random() < 0.6:
            header.append(name)
    extras = rng.sample(
        ["x_reporter", "x_submission", "x_version", "x_approved_at", "x_source", "x_"],
        rng.choice([0, 0, 1, 3]),
    )
    header += extras
    if rng.random() < 0.6:
        rng.shuffle(header)
    lines: list[list[str]] = []
    blank = rng.choice([0.0, 0.5, 1.0])
    for row in rows:
        line: list[str] = []
        for name in header:
            if name in extras:
                line.append(
                    rng.choice(
                        ["", "UBND xã", "a,b", 'nói "có"', "hai\ndòng", " ", "2026-12-20T10:00:00+07:00"]
                    )
                )
            elif row[name] == "_T" and name in DIMENSIONS and rng.random() < blank:
                line.append("")
            else:
                line.append(row[name])
        lines.append(line)
    return Table(header, lines)


def write(table: Table, rng: random.Random) -> bytes:
    end = rng.choice(["\n", "\n", "\r\n"])
    chance = rng.choice([0.0, 0.0, 0.1, 1.0])
    texts = [",".join(quote(cell, rng, chance) for cell in line) for line in [table.header] + table.lines]
    spaced: list[str] = []
    gaps = rng.choice([0.0, 0.0, 0.05])
    for text in texts:
        spaced.append(text)
        if spaced and rng.random() < gaps:
            spaced.append("")
    text = end.join(spaced) + rng.choice([end, end, "", end + end])
    return (b"\xef\xbb\xbf" if rng.random() < 0.2 else b"") + text.encode("utf-8")


def random_file(seed: int, *, areas: Areas, year: int, mode: str = "valid") -> bytes:
    rng = random.Random(f"{mode} {seed}")
    if mode in ("valid", "clean"):
        draft = clean_draft(rng, areas, year)
        if mode == "valid" and rng.random() < 0.9:
            perturb(draft)
        return write(table_of(draft.rows, rng), rng)
    if mode == "wild":
        return wild(rng, areas, year)
    if mode == "junk":
        return junk(rng, areas, year)
    if mode == "bytes":
        return damaged(rng, areas, year)
    raise ValueError(mode)


# ------------------------------------------------------------- unconstrained


def wild(rng: random.Random, areas: Areas, year: int) -> bytes:
    """Every row is allowed where it stands; how rows agree with each other is left to chance."""
    draft = Draft(rng, areas, year)
    small = rng.choice([1, 2, 5])
    elements = rng.sample(READ, rng.choice([3, 10, len(READ)]))
    for _ in range(rng.choice([5, 30, 120])):
        element = rng.choice(elements)
        facts = so.ELEMENTS[element]
        area = draft.P if facts.cls in ("P", "O") or rng.random() < 0.25 else rng.choice(draft.communes)
        org = (
            rng.choice(ORGS[:4])
            if facts.cls in ("XO", "O") and area == draft.P and rng.random() < 0.85
            else ""
        )
        period = {
            "I": draft.instant,
            "Y": draft.Y,
            "A": rng.choice([draft.Y, draft.Y] + draft.quarters + draft.months),
            "Q": rng.choice(draft.quarters + draft.months),
            "M": rng.choice(draft.months),
            "S": f"{year - rng.choice([1, 1, 4, 5]):04d}-09-01/P1Y",
        }[facts.at]
        dims: dict[str, str] = {}
        if facts.partitions and rng.random() < 0.4:
            dimension, codes = rng.choice(facts.partitions)
            dims[dimension] = rng.choice(codes)
        if facts.at == "S" and not facts.partitions:
            dims["sex"] = rng.choice("MF")
        if facts.required_kinds:
            dims["kind"] = rng.choice(facts.required_kinds)
        if element == "T12":
            dims["kind"] = rng.choice(STATIONS[:2])
        if rng.random() < 0.05:
            dims[rng.choice(["sex"])] = rng.choice("MF")
        choices: list[What] = [OWED]
        if facts.nil:
            choices.append(NIL)
        if draft.may_na(element):
            choices.append(NA)
        by_value: dict[str, What] = {
            "count": rng.randint(0, small),
            "flag": rng.randint(0, 1),
            "hours": rng.choice(["0.5", "7", "9.80"]),
            "percent": rng.choice(["60", "25", "0.1"]),
            "srb": "109.0",
        }
        number = by_value[facts.value]
        draft.add(
            element, area, period, number if rng.random() < 0.8 else rng.choice(choices), org, None, **dims
        )
    if rng.random() < 0.5:
        draft.drop("L06")
        draft.add("L06", draft.P, draft.instant, len(draft.communes))
    return write(table_of(draft.rows, rng), rng)


BAD_NUMBERS = [
    "-1",
    "+1",
    "01",
    "00",
    "1.",
    ".5",
    "1,5",
    "1e3",
    "1 000",
    "1.000.000",
    "5%",
    " 5",
    "5 ",
    "1.1234567",
    "1234567890123456",
    "０",
    "٣",
    "NaN",
    "inf",
    "0x1",
    "1_000",
    "''",
    "1.5.2",
    "--",
    "1\u00a0000",
    "5\n",
]
BAD_PERIODS = [
    "2026-13",
    "2026-00",
    "2026-Q5",
    "2026-Q0",
    "2026-q1",
    "2026Q1",
    "2026-S3",
    "2026-H1",
    "26",
    "2026-1",
    "2026-02-30",
    "2025-02-29",
    "2026-04-31",
    "2026-12-32",
    "2026/12/31",
    "31/12/2026",
    "2026-01-01/P1Y",
    "2025-12-15/P12M",
    "2025-12-14/P1Y",
    "2026-01-15/P3M",
    "2026-03-15/P6M",
    "2026-06-15/P9M",
    "2026-01-01/P1M",
    "2026-09-01/P12M",
    "2026-08-31/P1Y",
    "2026-11-15/P30D",
    "2026-11-15/P1M1D",
    "2026-12-15/P31D",
    "2026-01-01/2026-12-31",
    "2026 ",
    " 2026",
    "",
    "_T",
    "2026-W01",
    "2026-12-31T00:00:00",
    "20260101",
    "2026-09-01/P1Y/",
    "2026-M06",
    "2026-A1",
    "2026-12-15/P1Q",
    "２０２６",
    "2026-12-15",
    "2026-09-01/P1y",
]
BAD_PERIODS.remove("2026-12-15")  # an existing day is an instant


def junk(rng: random.Random, areas: Areas, year: int) -> bytes:
    """Cells drawn from pools of good and bad strings."""
    bad = rng.choice([0.0, 0.003, 0.05, 0.5])
    rows: list[dict[str, str]] = []

    def pick(good: list[str], wrong: list[str]) -> str:
        return rng.choice(wrong) if rng.random() < bad else rng.choice(good)

    for _ in range(rng.choice([0, 1, 5, 40])):
        row = {
            "element": pick(
                so.CATALOGUE if rng.random() < 0.3 else READ, ["", "L99", "l01", "K06B", "H33", " L01", "_T"]
            ),
            "area": pick([areas.province] + areas.communes, ["", "99", "020", areas.province + " ", "_T"]),
            "org": pick(["", "", "", "", rng.choice(ORGS)], ["a", "A", "snv", "1AB", "A" * 21, "_AB", "S-N"]),
            "period": pick([any_period(rng, year)], BAD_PERIODS),
            "sex": pick(["", "_T", "_T", "_T", "F", "M"], ["f", "X", "T", "_T "]),
            "age": pick(["", "_T", "_T", "_T", rng.choice(so.AGE_CODES)], ["Y15", "y15T17", "0"]),
            "ethnicity": pick(["", "_T", "_T", "_T", "DTTS", "KINH"], ["HOA", "dtts"]),
            "kind": pick(
                ["", "_T", "_T", "_T", "TT", "B18", "CBCCVC", "LH1", "KHAC"],
                ["lh1", "A B", "_", "-", "A" * 21],
            ),
            "state": pick(["GIA_TRI", "GIA_TRI", "GIA_TRI", NIL, OWED, NA], ["", "gia_tri", "GIA TRI", "0"]),
            "value": "",
            "status": pick(["", "", "CHINH_THUC", "SO_BO", "UOC"], ["uoc", "DINH_CHINH", " "]),
        }
        if row["state"] == "GIA_TRI" or rng.random() < bad / 3:
            row["value"] = pick(["0", "1", "2", "100", "0.5", "60.1"], BAD_NUMBERS + [""])
        rows.append(row)
    return write(table_of(rows, rng), rng)


def damaged(rng: random.Random, areas: Areas, year: int) -> bytes:
    data = bytearray(random_file(rng.randrange(10**9), areas=areas, year=year, mode="clean"))
    for _ in range(rng.choice([1, 1, 3])):
        if not data:
            break
        place = rng.randrange(len(data))
        change = rng.random()
        if change < 0.3:
            data[place] = rng.choice(b'\x00\xff",\r\n 09A_')
        elif change < 0.6:
            del data[place : place + rng.choice([1, 1, 5, 40])]
        else:
            data[place:place] = rng.choice([b",", b'"', b"\r", b"\n", b" ", b"\xef\xbb\xbf", b"0", b"\xc3"])
    return bytes(data)


# ------------------------------------------------------------- one planted error


class Broken(NamedTuple):
    data: bytes
    code: str
    what: str


Plant = tuple[str, str, Callable[[Draft], None]]  # on the rows
TablePlant = tuple[str, str, Callable[[Table, random.Random], Table]]


def far(draft: Draft) -> str:
    """A calendar year no criterion reads."""
    return f"{draft.year - 7:04d}"


def forced(
    draft: Draft,
    element: str,
    area: str,
    period: str,
    state: str,
    value: str,
    org: str = "",
    status: str = "",
    **dims: str,
) -> None:
    """A row as it stands, without any check."""
    row = {
        "element": element,
        "area": area,
        "org": org,
        "period": period,
        "state": state,
        "value": value,
        "status": status,
    }
    for dimension in DIMENSIONS:
        row[dimension] = dims.get(dimension, "_T")
    draft.rows.append(row)


def good(
    draft: Draft,
    element: str,
    area: str,
    value: int | str,
    org: str = "",
    period: str | None = None,
    **dims: str,
) -> None:
    at = so.ELEMENTS[element].at
    when = period or (draft.instant if at == "I" else draft.Y)
    forced(draft, element, area, when, "GIA_TRI", str(value), org, **dims)


def na(draft: Draft, element: str, area: str, org: str = "") -> None:
    forced(draft, element, area, draft.instant if so.ELEMENTS[element].at == "I" else draft.Y, NA, "", org)


def row_plants(rng: random.Random, draft: Draft) -> dict[str, list[tuple[str, Callable[[], None]]]]:
    """Every way to break one thing in the rows, by error code."""
    P, Y, year = draft.P, draft.Y, draft.year
    C = rng.choice(draft.communes)
    D = rng.choice([commune for commune in draft.communes if commune != C])
    old = far(draft)
    plants: dict[str, list[tuple[str, Callable[[], None]]]] = {code: [] for code in ERROR_CODES}

    def plant(code: str, what: str, action: Callable[[], None]) -> None:
        plants[code].append((what, action))

    def row(
        code: str,
        element: str,
        area: str,
        period: str,
        state: str,
        value: str,
        org: str = "",
        status: str = "",
        **dims: str,
    ) -> None:
        what = ",".join(
            [element, area, org, period, state, value, status] + [f"{k}={v}" for k, v in dims.items()]
        )
        plant(code, what, lambda: forced(draft, element, area, period, state, value, org, status, **dims))

    # E_AREA
    for area in [
        "",
        "99",
        P + "0",
        " " + P,
        P + " ",
        "0" + P,
        "_T",
        C + "\n",
        C + "x",
        "VN",
        "06638",
        C[1:] or "zz",
    ]:
        if area not in draft.communes and area != P:
            row("E_AREA", rng.choice(["T01", "K01", "H06"]), area, old, "GIA_TRI", "1")
    # E_ELEMENT
    for element in [
        "",
        "L99",
        "l01",
        "K6b",
        "K06B",
        "H33",
        "H34",
        "H35",
        "T01 ",
        " T01",
        "MT1.CT1",
        "Y12",
        "TG1",
        "_T",
        "B17a",
    ]:
        row("E_ELEMENT", element, rng.choice([P, C]), old, "GIA_TRI", "1")
    # E_PERIOD
    for period in BAD_PERIODS:
        row("E_PERIOD", rng.choice(["T01", "H06", "K01"]), P, period, "GIA_TRI", "1")
    # E_NUMBER
    for number in BAD_NUMBERS:
        row("E_NUMBER", rng.choice(["T01", "K06", "H19", "R06"]), P, old, "GIA_TRI", number)
    # E_KIND
    for dims in [
        {"sex": "X"},
        {"sex": "f"},
        {"sex": "T"},
        {"age": "Y15"},
        {"age": "Y15T20"},
        {"age": "_t"},
        {"ethnicity": "HOA"},
        {"ethnicity": "kinh"},
        {"sex": " "},
        {"kind": "XYZ"},
    ]:
        row("E_KIND", rng.choice(["T01", "R06", "B13"]), C, old, "GIA_TRI", "1", **dims)
    for element, kind in [
        ("K01", "CBCCVC"),
        ("M04", "TT"),
        ("Y01", "CON4"),
        ("T09", "LH9"),
        ("T09", "LH0"),
        ("T14", "FB"),
        ("T14", "TH"),
        ("G11", "DH"),
        ("T05", "DOANTHE"),
        ("B16", "B13"),
        ("B16", "_T"),
        ("B16", ""),
        ("T12", "_T"),
        ("T12", ""),
        ("T12", "dai"),
        ("T12", "DAI-1"),
        ("T12", "A" * 21),
        ("G13", "_T"),
        ("G14", ""),
        ("G15", "_T"),
        ("G16", "CB"),
        ("K07", "TT"),
        ("L02", "TT"),
        ("B18", "B18"),
        ("R06", "TT"),
        ("H06", "abc"),
        ("H06", "A-B"),
        ("H06", "_X"),
        ("K04", "A" * 21),
        ("T17", "á"),
    ]:
        row("E_KIND", element, P, old, "GIA_TRI", "1", kind=kind)
    # E_ORG
    for org in ["A", "a1", "1A", "SNV ", "S-N", "_SN", "A" * 21, "snv", "ĐTN", "SNV;STC"]:
        row("E_ORG", rng.choice(["B13", "T14", "H06"]), P, old, "GIA_TRI", "1", org)
    for element in ["B13", "T05", "T14", "L01", "T01", "L05", "Y01", "T09"]:
        row("E_ORG", element, C, old, "GIA_TRI", "1", "SNV")
    for element in [
        "K01",
        "L02",
        "B21",
        "Y05",
        "R14",
        "G01",
        "M04",
        "T01",
        "R06",
        "L05",
        "Y01",
        "R12",
        "T09",
    ]:
        row("E_ORG", element, P, old, "GIA_TRI", "1", "SNV")
    # E_STATE
    for state in ["", "gia_tri", "GIA TRI", "GIATRI", "0", "KHONG_PHAT_SINH ", "NA"]:
        row("E_STATE", rng.choice(["T01", "H06"]), P, old, state, "")
    row("E_STATE", "T01", C, old, "GIA_TRI", "")
    row("E_STATE", "H06", C, old, "GIA_TRI", "")
    for state in (NIL, OWED, NA):
        row("E_STATE", "T09", C, old, state, "0")
        row("E_STATE", "H06", C, old, state, "5")
    for status in ["uoc", "DINH_CHINH", "CHINH THUC", "OFFICIAL", " "]:
        row("E_STATE", rng.choice(["T01", "H06"]), C, old, "GIA_TRI", "1", "", status)
    for element, facts in so.ELEMENTS.items():
        dims = (
            {"kind": facts.required_kinds[0]}
            if facts.required_kinds
            else {"kind": "DAI1"}
            if element == "T12"
            else {}
        )
        if not facts.nil:
            row("E_STATE", element, P, old, NIL, "", **dims)
        if element == "L05" or (facts.cls == "P" and element != "T12"):
            row("E_STATE", element, P, old, NA, "", **dims)
    row("E_STATE", "L05", C, draft.instant, NA, "")

    def one_side(num: str, den: list[str], na_side: str, other: str) -> Callable[[], None]:
        def action() -> None:
            draft.drop(num, *den)
            if num in ("T06", "T08"):
                draft.drop("T06", "T07", "T08")
            for code in [num] + den:
                side = "num" if code == num else "den"
                if side == na_side:
                    na(draft, code, C)
                elif other == "value":
                    good(draft, code, C, 0)
                elif other == "owed":
                    forced(draft, code, C, Y, OWED, "")

        return action

    for num, den in [
        ("Y01", ["Y02"]),
        ("Y07", ["R12"]),
        ("T01", ["R06"]),
        ("T06", ["T05"]),
        ("T08", ["T05"]),
    ]:
        for side in ("num", "den"):
            for other in ("value", "owed"):
                plant(
                    "E_STATE", f"{num}/{den} only {side} NA, other {other}", one_side(num, den, side, other)
                )
    # E_RANGE
    for element in [
        "K01",
        "B13",
        "T09",
        "R06",
        "Y05",
        "L02",
        "G01",
        "R14",
        "B16",
        "T12",
        "G13",
        "L01",
        "L05",
    ]:
        facts = so.ELEMENTS[element]
        dims = (
            {"kind": facts.required_kinds[0]}
            if facts.required_kinds
            else {"kind": "DAI1"}
            if element == "T12"
            else {}
        )
        row("E_RANGE", element, P, old, "GIA_TRI", rng.choice(["0.5", "1.000001", "12.5"]), **dims)
    row("E_RANGE", "L03", P, f"{year - 7:04d}-12-31", "GIA_TRI", "2")
    row("E_RANGE", "L05", C, f"{year - 7:04d}-12-31", "GIA_TRI", "2")
    row("E_RANGE", "L01", P, f"{year - 7:04d}-12-31", "GIA_TRI", "2", "SNV")
    row("E_RANGE", "L05", C, old, "GIA_TRI", "10")
    for element, values in [
        ("K06", ["100.000001", "101", "600"]),
        ("K06b", ["100.000001", "250"]),
        ("B01", ["0", "0.000000", "84.000001", "85"]),
        ("B02", ["0.0", "84.1", "1000"]),
        ("Y04", ["49.999999", "0", "200.000001", "201", "1"]),
    ]:
        for value in values:
            row("E_RANGE", element, rng.choice([P, P, C]), old, "GIA_TRI", value)

    # E_DUPLICATE
    def duplicate(change: Callable[[dict[str, str]], None]) -> Callable[[], None]:
        def action() -> None:
            if not draft.rows:
                good(draft, "K01", P, 1)
            copy = dict(rng.choice(draft.rows))
            change(copy)
            draft.rows.insert(rng.randint(0, len(draft.rows)), copy)

        return action

    plant("E_DUPLICATE", "the same row", duplicate(lambda copy: None))
    plant("E_DUPLICATE", "another status", duplicate(lambda copy: copy.update(status="UOC")))
    plant(
        "E_DUPLICATE",
        "_T and empty",
        duplicate(lambda copy: copy.update({name: "" for name in DIMENSIONS if copy[name] == "_T"})),
    )

    def twice(element: str, *values: tuple[str, str]) -> Callable[[], None]:
        def action() -> None:
            for state, value in values:
                forced(draft, element, P, old, state, value)

        return action

    plant("E_DUPLICATE", "two values", twice("H19", ("GIA_TRI", "1"), ("GIA_TRI", "2")))
    plant("E_DUPLICATE", "a value and a state", twice("K04", ("GIA_TRI", "1"), (OWED, "")))
    plant("E_DUPLICATE", "unread year", twice("R06", (OWED, ""), ("GIA_TRI", "2")))
    plant("E_DUPLICATE", "1 and 1.0", twice("H20", ("GIA_TRI", "1"), ("GIA_TRI", "1.0")))

    # E_SUM
    def sums(
        element: str, area: str, org: str, period: str, dimension: str, codes: tuple[str, ...], delta: int
    ) -> Callable[[], None]:
        def action() -> None:
            draft.drop(element)
            facts = so.ELEMENTS[element]
            if element in ("T05", "T06", "T07", "T08"):
                draft.drop("T05", "T06", "T07", "T08")
            numbers = split(rng, 12, len(codes))
            forced(draft, element, area, period, "GIA_TRI", str(12 + delta), org)
            for code, number in zip(codes, numbers):
                if number == 0 and facts.nil and rng.random() < 0.7:
                    forced(draft, element, area, period, NIL, "", org, **{dimension: code})
                else:
                    forced(draft, element, area, period, "GIA_TRI", str(number), org, **{dimension: code})

        return action

    for element, facts in so.ELEMENTS.items():
        for dimension, codes in facts.partitions:
            period = rng.choice(
                [
                    old,
                    f"{year - 7:04d}-Q2",
                    f"{year - 8:04d}-12-15/P1Y",
                    f"{year - 9:04d}-09-01/P1Y",
                    "2026-01-01/P5Y",
                ]
            )
            org = rng.choice(["", "SNV"]) if facts.cls == "XO" else ""
            area = P if org else rng.choice([P, C])
            plant(
                "E_SUM",
                f"{element} by {dimension}",
                sums(element, area, org, period, dimension, codes, rng.choice([-1, 1, 7])),
            )
            if facts.at in ("Y", "A"):
                plant(
                    "E_SUM",
                    f"{element} by {dimension}, read",
                    sums(element, C if facts.cls != "P" else P, "", Y, dimension, codes, rng.choice([-1, 1])),
                )

    def total_zero() -> None:
        draft.drop("B13")
        forced(draft, "B13", C, old, "GIA_TRI", "0")
        forced(draft, "B13", C, old, "GIA_TRI", "1", sex="F")
        forced(draft, "B13", C, old, NIL, "", sex="M")

    plant("E_SUM", "a total of 0 over parts", total_zero)

    def second_partition() -> None:
        draft.drop("R06", "T01")
        forced(draft, "R06", C, Y, "GIA_TRI", "10")
        for sex in "FM":
            forced(draft, "R06", C, Y, "GIA_TRI", "5", sex=sex)
        forced(draft, "R06", C, Y, "GIA_TRI", "5", ethnicity="KINH")
        forced(draft, "R06", C, Y, "GIA_TRI", "6", ethnicity="DTTS")

    plant("E_SUM", "the first partition adds up, the second not", second_partition)

    # E_PART
    def setup(drops: str, *rows: tuple) -> Callable[[], None]:
        """rows: (element, area, value[, org[, dims]])"""

        def action() -> None:
            draft.drop(*drops.split())
            for given in rows:
                element, area, value = given[:3]
                org = given[3] if len(given) > 3 else ""
                dims = given[4] if len(given) > 4 else {}
                at = so.ELEMENTS[element].at
                period = dims.pop("period", None) if isinstance(dims, dict) else None
                when = period or (draft.instant if at == "I" else Y)
                if value in (NIL, OWED, NA):
                    forced(draft, element, area, when, value, "", org, **dims)
                else:
                    forced(draft, element, area, when, "GIA_TRI", str(value), org, **dims)

        return action

    school = f"{year - 1:04d}-09-01/P1Y"
    every = draft.communes
    plant("E_PART", "K02 > K01", setup("K01 K02 K03", ("K01", P, 10), ("K02", P, 11)))
    plant(
        "E_PART",
        "K03 > K01 beside a rate",
        setup("K01 K02 K03 K06b", ("K01", P, 10), ("K03", P, 11), ("K06b", P, "25")),
    )
    plant(
        "E_PART",
        "K02 over K01 = 0",
        setup("K01 K02 K03 K06", ("K01", P, 0), ("K02", P, 1), ("K06", P, "60.1")),
    )
    plant(
        "E_PART",
        "K08 > K07, sums fine",
        setup("K07 K08 K09 K10", ("K07", P, 5), ("K08", P, 6), ("K09", P, 9), ("K10", P, 0)),
    )
    plant(
        "E_PART",
        "K08 > K07, K09 unknown",
        setup("K07 K08 K09 K10", ("K07", P, 5), ("K08", P, 6), ("K09", P, OWED)),
    )
    plant("E_PART", "K10 > K09 only", setup("K07 K08 K09 K10", ("K09", P, 5), ("K10", P, 6)))
    plant("E_PART", "M05 > M04", setup("M04 M05", ("M04", P, 2), ("M05", P, 3)))
    plant("E_PART", "M05 over M04 nil", setup("M04 M05", ("M04", P, NIL), ("M05", P, 1)))
    plant("E_PART", "TG02 > TG01", setup("TG01 TG02", ("TG01", P, 1), ("TG02", P, 2)))
    plant(
        "E_PART",
        "G02 > G01",
        setup("G01 G02", ("G01", P, 1, "", {"period": school}), ("G02", P, 2, "", {"period": school})),
    )
    plant(
        "E_PART",
        "G04 over 0",
        setup("G03 G04", ("G03", P, 0, "", {"period": school}), ("G04", P, 1, "", {"period": school})),
    )
    plant("E_PART", "G12 > G11", setup("G11 G12", ("G11", P, 10), ("G12", P, 11)))
    plant(
        "E_PART",
        "G14 > G13",
        setup("G13 G14", ("G13", P, 10, "", {"kind": "CBCCVC"}), ("G14", P, 11, "", {"kind": "CBCCVC"})),
    )
    plant(
        "E_PART",
        "G16 over 0",
        setup("G15 G16", ("G15", P, 0, "", {"kind": "CBCCVC"}), ("G16", P, 1, "", {"kind": "CBCCVC"})),
    )
    for part, whole in [("Y07", "R12"), ("T01", "R06"), ("T06", "T05"), ("T08", "T05")]:
        drops = "T05 T06 T07 T08" if part in ("T06", "T08") else f"{part} {whole}"
        plant(
            "E_PART",
            f"{part} > {whole} in one commune",
            setup(drops, (whole, C, 10), (part, C, 11), (whole, D, 99), (part, D, 0)),
        )
        plant("E_PART", f"{part} over {whole} = 0", setup(drops, (whole, C, 0), (part, C, 1), (whole, D, 99)))
        plant("E_PART", f"{part} > {whole}, totals", setup(drops, (whole, P, 10), (part, P, 11)))
    plant(
        "E_PART",
        "T06 > T05 in an organisation",
        setup("T05 T06 T07 T08", ("T05", P, 2, "SNV"), ("T06", P, 3, "SNV")),
    )
    plant(
        "E_PART",
        "T08 > T06",
        setup("T05 T06 T07 T08", ("T05", C, 9), ("T06", C, 5), ("T07", C, 9), ("T08", C, 6)),
    )
    plant("E_PART", "T08 > T07 without T05", setup("T05 T06 T07 T08", ("T07", C, 5), ("T08", C, 6)))
    plant(
        "E_PART",
        "T08 > T06 in an organisation",
        setup("T05 T06 T07 T08", ("T05", P, 9, "SNV"), ("T06", P, 5, "SNV"), ("T08", P, 6, "SNV")),
    )
    deaths: list[tuple] = [("Y05", P, 3)]
    for commune in every:
        deaths += [("Y01", commune, 0), ("Y02", commune, 2 if commune == C else 0)]
    plant("E_PART", "Y05 > births", setup("Y01 Y02 Y05", *deaths))
    plant(
        "E_PART",
        "Y05 over no births",
        setup(
            "Y01 Y02 Y05",
            ("Y05", P, 1),
            *[(code, commune, NIL) for commune in every for code in ("Y01", "Y02")],
        ),
    )
    plant("E_PART", "Y05 > births, totals", setup("Y01 Y02 Y05", ("Y05", P, 8), ("Y01", P, 3), ("Y02", P, 4)))
    victims = "B13 B14 B18 B16"
    calm = [(code, commune, NIL) for commune in every if commune != C for code in ("B13", "B14")]
    plant("E_PART", "B18 > B13 + B14", setup(victims, ("B13", C, 3), ("B14", C, 2), ("B18", C, 6)))
    plant("E_PART", "B18 over nobody", setup(victims, ("B13", C, NIL), ("B14", C, NIL), ("B18", C, 1)))
    plant(
        "E_PART",
        "B16[B17] too many",
        setup(
            victims, ("B13", C, 3), ("B14", C, 2), ("B18", C, 0), ("B16", P, 6, "", {"kind": "B17"}), *calm
        ),
    )
    plant(
        "E_PART",
        "B16[B18] too many",
        setup(
            victims, ("B13", C, 3), ("B14", C, 2), ("B18", C, 4), ("B16", P, 5, "", {"kind": "B18"}), *calm
        ),
    )
    plant(
        "E_PART",
        "the numerator exceeds after B16",
        setup(
            victims, ("B13", C, 3), ("B14", C, 2), ("B18", C, 4), ("B16", P, 2, "", {"kind": "B17"}), *calm
        ),
    )
    plant(
        "E_PART",
        "a numerator where all were counted twice",
        setup(
            victims, ("B13", C, 3), ("B14", C, 2), ("B18", C, 4), ("B16", P, 5, "", {"kind": "B17"}), *calm
        ),
    )
    plant(
        "E_PART",
        "an organisation's B18 over the sum",
        setup(
            victims,
            ("B13", C, 3),
            ("B14", C, 2),
            ("B18", C, 4),
            ("B18", P, 7, "CAT"),
            ("B16", P, 0, "", {"kind": "B18"}),
            *calm,
        ),
    )
    actors = "B20 B23 B21 B16"
    quiet = [("B20", commune, NIL) for commune in every if commune != C]
    plant("E_PART", "B23 > B20", setup(actors, ("B20", C, 3), ("B23", C, 4)))
    plant("E_PART", "B21 > B20", setup(actors, ("B20", C, 3), ("B23", C, 0), ("B21", P, 4), *quiet))
    plant("E_PART", "B23 > B20 - B21", setup(actors, ("B20", C, 3), ("B23", C, 3), ("B21", P, 1), *quiet))
    plant("E_PART", "B21 over nobody", setup(actors, ("B20", C, NIL), ("B21", P, 1), *quiet))
    plant(
        "E_PART",
        "B16[B20] too many",
        setup(
            actors, ("B20", C, 3), ("B23", C, 1), ("B21", P, 0), ("B16", P, 4, "", {"kind": "B20"}), *quiet
        ),
    )
    plant(
        "E_PART",
        "B16[B23] too many, B21 unknown",
        setup(actors, ("B20", C, 3), ("B23", C, 1), ("B16", P, 2, "", {"kind": "B23"}), *quiet),
    )
    plant("E_PART", "B23 of totals", setup(actors, ("B20", P, 3), ("B23", P, 4)))
    agencies = "L01 L02 L03 L04 L05 L06"
    N = len(every)
    plant("E_PART", "L01 total > L02", setup(agencies, ("L02", P, 5), ("L01", P, 6)))
    plant("E_PART", "L05 total > L06", setup(agencies, ("L06", P, N), ("L05", P, N + 1)))
    plant("E_PART", "L03 > L04", setup(agencies, ("L03", P, 1), ("L04", P, 0)))
    # E_REGISTER
    plant("E_REGISTER", "L06 > N", setup(agencies, ("L06", P, N + 1)))
    plant("E_REGISTER", "L06 < N", setup(agencies, ("L06", P, N - 1), ("L02", P, 3), ("L04", P, 1)))
    plant("E_REGISTER", "L06 = 0", setup(agencies, ("L06", P, 0)))
    plant(
        "E_REGISTER",
        "more organisations than L02",
        setup(agencies, ("L02", P, 1), ("L01", P, 1, "SNV"), ("L01", P, 0, "STC")),
    )
    plant(
        "E_REGISTER",
        "more organisations than L02 = 0",
        setup(agencies, ("L02", P, 0), ("L01", P, 0, "SNV"), ("L01", P, NA, "STC")),
    )
    plant(
        "E_REGISTER",
        "more stations than R14",
        setup(
            "T12 R14",
            ("R14", P, 1),
            *[("T12", P, 1, "", {"period": f"{Y}-05", "kind": kind}) for kind in ("DAI1", "DAI2")],
        ),
    )
    plant(
        "E_REGISTER",
        "a station and R14 = 0",
        setup("T12 R14", ("R14", P, 0), ("T12", P, OWED, "", {"period": f"{Y}-12", "kind": "DAI1"})),
    )
    return plants


def column_plants(rng: random.Random) -> list[tuple[str, Callable[[Table], Table]]]:
    def header(change: Callable[[list[str]], list[str]]) -> Callable[[Table], Table]:
        def action(table: Table) -> Table:
            return Table(change(list(table.header)), table.lines)

        return action

    def with_column(name: str) -> Callable[[Table], Table]:
        def action(table: Table) -> Table:
            place = rng.randint(0, len(table.header))

            def insert(line: list[str], cell: str) -> list[str]:
                return [*line[:place], cell, *line[place:]]

            return Table(insert(table.header, name), [insert(line, "") for line in table.lines])

        return action

    def without_column(name: str) -> Callable[[Table], Table]:
        def action(table: Table) -> Table:
            place = table.header.index(name)
            return Table(
                table.header[:place] + table.header[place + 1 :],
                [line[:place] + line[place + 1 :] for line in table.lines],
            )

        return action

    def line(change: Callable[[list[str]], list[str]]) -> Callable[[Table], Table]:
        def action(table: Table) -> Table:
            lines = [list(given) for given in table.lines] or [["K01", "x"]]
            place = rng.randrange(len(lines))
            lines[place] = change(lines[place])
            return Table(table.header, lines)

        return action

    def doubled(table: Table) -> Table:
        place = rng.randrange(len(table.header))
        return Table(table.header + [table.header[place]], [given + [given[place]] for given in table.lines])

    def renamed(old: str, new: str) -> Callable[[Table], Table]:
        return header(lambda names: [new if name == old else name for name in names])

    plants: list[tuple[str, Callable[[Table], Table]]] = [
        ("a column twice", doubled),
        ("a cell too many", line(lambda cells: cells + [""])),
        ("a cell too few", line(lambda cells: cells[:-1])),
        ("a line of one space", line(lambda cells: [" "])),
        ("a line of spaces", line(lambda cells: [" "] * (len(cells) + 1))),
        ("no header", lambda table: Table(table.lines[0] if table.lines else ["K01", "20"], table.lines[1:])),
    ]
    for name in (
        "note",
        "X_note",
        "",
        "Element",
        "areas",
        "x-note",
        "unit",
        "reporter",
        " x_source",
        "basis",
    ):
        plants.append((f"unknown column {name!r}", with_column(name)))
    for name in ("element", "area", "period", "state", "value"):
        plants.append((f"no column {name}", without_column(name)))
    for old, new in (
        ("element", "code"),
        ("value", "Value"),
        ("state", "state "),
        ("period", "\ufeffperiod"),
        ("area", "x_area"),
    ):
        plants.append((f"{old} renamed {new!r}", renamed(old, new)))
    return plants


def raw_plants(rng: random.Random) -> list[tuple[str, Callable[[bytes], bytes]]]:
    return [
        ("an empty file", lambda data: rng.choice([b"", b"\n", b"\r\n\r\n", b"\xef\xbb\xbf"])),
        ("not UTF-8", lambda data: data + "K01,20,2026,é".encode("latin-1")),
        ("UTF-16", lambda data: data.decode("utf-8-sig").encode("utf-16")),
        ("a quote never closed", lambda data: data.rstrip(b"\r\n") + b'\n"K01'),
        ("semicolons", lambda data: data.replace(b",", b";")),
        ("tabs", lambda data: data.replace(b",", b"\t")),
    ]


def broken_file(seed: int, *, areas: Areas, year: int, code: str | None = None) -> Broken:
    """A clean file with exactly one planted error."""
    rng = random.Random(f"broken {seed}")
    if code is None:
        code = rng.choice(ERROR_CODES)
    draft = clean_draft(rng, areas, year)
    # the line where the error is planted must not depend on what the clean file already holds
    draft.rows = [
        row
        for row in draft.rows
        if row["period"][:4] not in (f"{year - 7:04d}", f"{year - 8:04d}", f"{year - 9:04d}")
        and row["period"] != "2026-01-01/P5Y"
    ]
    draft.keys = {key_of(row) for row in draft.rows}
    if code == "E_COLUMN":
        if rng.random() < 0.2:
            what, change = rng.choice(raw_plants(rng))
            return Broken(change(write(table_of(draft.rows, rng), rng)), code, what)
        what, reshape = rng.choice(column_plants(rng))
        return Broken(write(reshape(table_of(draft.rows, rng)), rng), code, what)
    what, action = rng.choice(row_plants(rng, draft)[code])
    action()
    if rng.random() < 0.7:
        rng.shuffle(draft.rows)
    return Broken(write(table_of(draft.rows, rng), rng), code, what)
