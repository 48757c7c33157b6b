"""`targets/*.yaml`: the targets of a plan with their criteria, agencies and years."""

from __future__ import annotations

from songhanh.core.indicators import Comparator, Criterion, Ratio
from songhanh.plan.desk import CODE, Desk
from songhanh.plan.edition import Assignment, Baseline, CriterionText, Due, Objective, Target, Term
from songhanh.plan.source import Block

_NOTHING = Ratio((), (), 1)  # stands in for a definition that is missing, after the problem was noted


def read_targets(desk: Desk, objectives: tuple[Objective, ...], term: Term) -> tuple[Target, ...]:
    """Return the targets in the order in which the objectives list them; their criteria go to the desk."""
    found: dict[str, Target] = {}
    for objective in objectives:
        for code in objective.targets:
            file = f"targets/{code}.yaml"
            if file in desk.files:
                with desk.root(file) as block:
                    target = _target(desk, block, objective, term)
                    desk.check_name(block, file, target.code)
                    desk.keep(block, found, target.code, target)
    for code in desk.indicators.keys() - {words.indicator for words in desk.wording.values()}:
        desk.problems.add(f"indicators/{code}.yaml", "", "indicator_unused", value=code)
    return tuple(found.values())


def _target(desk: Desk, block: Block, objective: Objective, term: Term) -> Target:
    """Return one target; its criteria go to the desk."""
    code = block.code("code", CODE)
    clause = desk.clause(block)
    quote = desk.quote(block, "quote", clause) or ""
    if (named := block.text("objective")) and named != objective.code:
        block.problem("objective", "objective_differs", value=named, listed=objective.code)
    own: list[str] = []
    for entry in block.blocks("criteria"):
        with entry:
            words, criterion = _criterion(desk, entry, code, quote)
            desk.keep(entry, desk.wording, words.code, words)
            desk.criteria.setdefault(words.code, criterion)
            own.append(words.code)
    if not own:
        block.problem("criteria", "list_empty")
    lead, lead_gap = _assignment(desk, block.opt_block("lead")), block.opt_text("lead_gap")
    if (lead is None) == (lead_gap is None):
        block.problem("lead", "lead_or_gap")
    return Target(
        code=code,
        objective=objective.code,
        clause=clause or "",
        quote=quote,
        title=block.text("title"),
        due=_due(desk, block.block("due"), quote, term),
        lead=lead,
        lead_gap=lead_gap,
        coordinators=_assignments(desk, block, "coordinators"),
        suppliers=_assignments(desk, block, "suppliers"),
        gaps=block.texts("gaps", optional=True),
        criteria=tuple(own),
    )


def _due(desk: Desk, block: Block, quote: str, term: Term) -> Due:
    """Read the year a target is due, named by the plan or by a reading."""
    with block:
        due = Due(
            year=block.whole("year", low=1900, high=2200),
            quote=desk.part(block, "quote", quote),
            reading=block.opt_text("reading"),
        )
        if (due.quote is None) == (due.reading is None):
            block.problem("quote", "due_quote_or_reading")
        if due.quote and str(due.year) not in due.quote:
            block.problem("year", "due_year_differs", year=str(due.year), quote=due.quote)
        if due.year and due.year not in term.years:
            block.problem("year", "year_outside_term", year=str(due.year))
        desk.cite(block, "reading", [due.reading] if due.reading else [])
    return due


def _assignments(desk: Desk, block: Block, name: str) -> tuple[Assignment, ...]:
    """Read a list of agencies with the words that name them."""
    found: list[Assignment] = []
    for entry in block.blocks(name):
        assignment = _assignment(desk, entry)
        if assignment:
            if assignment.agency in {other.agency for other in found}:
                entry.problem("agency", "code_twice", value=assignment.agency)
            found.append(assignment)
    return tuple(found)


def _assignment(desk: Desk, block: Block | None) -> Assignment | None:
    """Read an agency with the words of the plan that give it its part, or a note where there are none."""
    if block is None:
        return None
    with block:
        clause = desk.clause(block, optional=True)
        found = Assignment(
            agency=block.text("agency"),
            clause=clause,
            quote=desk.quote(block, "quote", clause, optional=True),
            note=block.opt_text("note"),
        )
        desk.known(block, "agency", [found.agency], desk.agencies, "agency_unknown")
        if (found.clause is None) != (found.quote is None):
            block.problem("quote", "quote_without_clause")
        if found.quote is None and found.note is None:
            block.problem("note", "quote_or_note")
    return found


def _criterion(desk: Desk, block: Block, target: str, target_quote: str) -> tuple[CriterionText, Criterion]:
    """Read a criterion: its words, and what judging needs."""
    code = block.code("code", CODE)
    quote = desk.part(block, "quote", target_quote) or ""
    if not quote:
        block.problem("quote", "field_missing")
    indicator = desk.indicators.get(name := block.text("indicator"))
    if name and indicator is None:
        block.problem("indicator", "indicator_unknown", value=name)
    comparator = block.opt_choice("comparator", Comparator)
    threshold = block.opt_decimal("threshold")
    if (comparator is None) != (threshold is None):
        block.problem("threshold", "comparator_and_threshold")
    text = CriterionText(
        code=code,
        target=target,
        name=block.text("name"),
        quote=quote,
        indicator=name,
        comparator_words=desk.part(block, "comparator_words", quote),
        baseline=_baseline(desk, block, quote),
        readings=block.texts("readings", optional=True),
        notes=block.texts("notes", optional=True),
    )
    if comparator is not None and text.comparator_words is None:
        block.problem("comparator_words", "comparator_without_words")
    desk.cite(block, "readings", text.readings)
    return text, Criterion(
        code=code,
        target=target,
        unit=indicator.unit if indicator else "",
        comparator=comparator,
        threshold=threshold,
        plausible=indicator.plausible if indicator else None,
        definition=indicator.definition if indicator else _NOTHING,
        commune_rows=indicator.commune_rows if indicator else False,
    )


def _baseline(desk: Desk, block: Block, quote: str) -> Baseline | None:
    """Read the starting value the plan names."""
    inner = block.opt_block("baseline")
    if inner is None:
        return None
    with inner:
        value = inner.opt_decimal("value")
        words = desk.part(inner, "quote", quote)
        if value is None or words is None:
            inner.problem("value", "baseline_half")
    return Baseline(value, words) if value is not None and words else None
