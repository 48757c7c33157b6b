"""Small files of figures, written as tables of text."""

from __future__ import annotations

import csv
import io

COLUMNS = ("element", "area", "org", "period", "kind", "value", "status")
STATES = {"nil": "KHONG_PHAT_SINH", "?": "CHUA_CO_SO_LIEU", "n/a": "KHONG_AP_DUNG"}

A, B, C = "05977", "05983", "05986"  # three communes of the built-in edition
PROV = "20"


def figures(table: str, **extra: str) -> bytes:
    """Turn lines `element area org period kind value [status]` into a file; `.` is empty, `nil ? n/a` are states.

    Keywords become columns of the same text in every row (`x_source="…"`).
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = (
        "element",
        "area",
        "org",
        "period",
        "sex",
        "ethnicity",
        "kind",
        "state",
        "value",
        "status",
        *extra,
    )
    writer.writerow(names)
    for line in table.strip().splitlines():
        element, area, org, period, codes, value, *status = ("" if c == "." else c for c in line.split())
        state = STATES.get(value, "GIA_TRI")
        sex, ethnicity, kind = "", "", codes
        if codes in {"F", "M"}:
            sex, kind = codes, ""
        if codes in {"KINH", "DTTS"}:
            ethnicity, kind = codes, ""
        row = (element, area, org, period, sex, ethnicity, kind, state, "" if value in STATES else value)
        writer.writerow((*row, *(status or [""]), *extra.values()))
    return out.getvalue().encode()


WHOLE_PLAN_OF_LABOUR = figures(f"""
    K01 {PROV} . 2026 . 1000
    K02 {PROV} . 2026 . 610
    K03 {PROV} . 2026 . 300
    B01 {PROV} . 2026 . 15.5
    B02 {PROV} . 2026 . 8.6
""")
