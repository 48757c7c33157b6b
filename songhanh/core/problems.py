"""What is wrong with a figure or a file, said by code and place; the sentences stand in `web/messages.py`.

Source: compute contract §1, §11 (the thirteen error codes).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """The error codes of the contract."""

    AREA = "E_AREA"
    COLUMN = "E_COLUMN"
    DUPLICATE = "E_DUPLICATE"
    ELEMENT = "E_ELEMENT"
    KIND = "E_KIND"
    NUMBER = "E_NUMBER"
    ORG = "E_ORG"
    PART = "E_PART"
    PERIOD = "E_PERIOD"
    RANGE = "E_RANGE"
    REGISTER = "E_REGISTER"
    STATE = "E_STATE"
    SUM = "E_SUM"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: its code, the case within the code, the place, and what the sentence needs.

    `line` is the physical line of the file, 1 for the header, None when the problem lies between rows; `column` is
    the name of the column, None when it concerns the row.
    """

    code: Code
    case: str
    line: int | None = None
    column: str | None = None
    data: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """Input that is refused as a whole; `problems` holds at least one problem, in the order of the lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(
            sorted(problems, key=lambda p: (p.line or 0, p.code.value, p.column or "", p.case))
        )
        if not self.problems:
            raise ValueError("a refusal names at least one problem")
        super().__init__("; ".join(f"{p.code} {p.case} line {p.line}" for p in self.problems[:5]))
