"""What can be wrong with an edition: one record per fault, all of them collected before anything is raised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default


@dataclass(frozen=True, slots=True)
class EditionProblem:
    """One fault of an edition: in which file and field, of which sort, with the facts a sentence needs.

    `field` is a path such as `criteria[A.1].quote`, empty when the whole file is meant; `line` counts from 1.
    """

    file: str
    field: str
    case: str
    data: Mapping[str, str] = with_default(default_factory=dict)
    line: int | None = None


class BrokenEdition(ValueError):
    """The edition cannot be used; `problems` says everything that is wrong with it, sorted by file and line."""

    def __init__(self, problems: Sequence[EditionProblem]) -> None:
        ordered = sorted(problems, key=lambda p: (p.file, p.line or 0, p.field, p.case))
        super().__init__(f"{len(ordered)} problems, first: {ordered[0].file}: {ordered[0].case}")
        self.problems = tuple(ordered)


class Problems:
    """Collects the faults found while an edition is read."""

    def __init__(self) -> None:
        self.found: list[EditionProblem] = []

    def add(self, file: str, field: str, case: str, *, line: int | None = None, **data: str) -> None:
        """Remember a fault; reading goes on so that all faults are told at once."""
        self.found.append(EditionProblem(file, field, case, data, line))

    def raise_if_any(self) -> None:
        """Raises: BrokenEdition, when a fault was remembered."""
        if self.found:
            raise BrokenEdition(self.found)
