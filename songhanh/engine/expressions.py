"""What the engine works out, as column expressions: one text for DuckDB, PostgreSQL and SQLite.

The definitions of a rulebook are rows (`program`); the expressions here say once, for all criteria of a kind, what is
done with those rows, so that a plan with other elements and other criteria needs no other expression. For that reason
they can be compiled ahead: `python -m songhanh.engine.expressions` writes what Ibis makes of them into `sql/`, a test
holds those files to this module, and computing starts without waiting for a compiler.

Only whole numbers are added and compared: no division, no decimal, no floating point reaches an engine. A flag is 1
or 0 and never NULL, because engines differ on booleans.
Source: compute contract §7.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, Final

from songhanh.core.results import State, Status

from .program import DEDUPLICATED, EVERY, SHARE
from .statements import DIALECTS, write_statements
from .tables import ANSWERED, FRAME, OWES_NOTHING, SCHEMAS, SILENT

Table = Any
"""An Ibis table; Ibis types its columns at run time."""
Column = Any

_NO_STATUS: Final = len(Status)
"""Weaker than nothing: the rank of a row that is left out."""


def compiled(dialect: str) -> Mapping[str, str]:
    """Return the SQL of every step for a dialect (one of `statements.DIALECTS`), by its name."""
    import ibis  # type: ignore[import-untyped]

    steps = _Steps(ibis)
    return {name: str(ibis.to_sql(expression, dialect=dialect)) for name, expression in steps.all().items()}


class _Steps:
    """The expressions; each reads tables of `tables.SCHEMAS`, derived ones included."""

    def __init__(self, ibis: ModuleType) -> None:
        self._ibis = ibis
        self._tables = {name: ibis.table(dict(columns), name=name) for name, columns in SCHEMAS.items()}

    def all(self) -> dict[str, Table]:
        """Return every step: those named after a derived table fill it, the others are read out."""
        return {
            "engine_presence": self.presence(),
            "engine_cell": self.cells(),
            "engine_unit": self.units(),
            "engine_stand": self.stands(),
            "kinds": self.kinds(),
            "province": self.province(),
            "coverage": self.coverage(),
            "silent": self.silent(),
            "answered": self.answered(),
            "commune_rows": self.commune_rows(),
            "over_bounds": self.over_bounds(),
        }

    def _of(self, name: str) -> Table:
        return self._tables[name]

    def _cases(self, *cases: tuple[Column, object], otherwise: object) -> Column:
        return self._ibis.cases(*cases, else_=otherwise)

    def _flag(self, condition: Column) -> Column:
        return self._cases((condition, 1), otherwise=0)

    # Rows that are there

    def presence(self) -> Table:
        """Who has any row, in any state: communes together, the province, each organisation."""
        rows = self._of(FRAME).join(self._of("engine_reading"), ["element", "period"])
        places = rows.select("reading", "area", "org").distinct()
        return places.join(self._of("engine_place"), "area").select("reading", "level", "org").distinct()

    def kinds(self) -> Table:
        """The codes of `kind` that rows of the province carry, for elements whose units are told apart by it."""
        reading, place = self._of("engine_reading"), self._of("engine_place")
        rows = self._of(FRAME).join(reading.filter(reading.by_kind == 1), ["element", "period"])
        rows = rows.join(place.filter(place.level == 0), "area")
        return rows.filter(rows.org == "").select("element", "kind").distinct()

    # Cells (contract §7.1, §7.2)

    def cells(self) -> Table:
        """Every figure of every place: its state, its amount, the weakest status of the rows behind it."""
        codes = ["element", "period", "sex", "age", "ethnicity", "kind"]
        rows = self._of(FRAME).join(self._of("engine_wanted"), codes)
        rows = rows.select("slot", "area", "org", "state", "whole", "micro", status=self._rank(rows.status))
        slots = self._combined(
            self._sums_of(rows, "slot").join(self._of("engine_slot"), "slot"),
            "slot_size",
            "spot",
            "slot_rank",
        )
        slots = self._lowest(slots, "spot", "slot_rank").join(self._of("engine_spot"), "spot")
        spans = self._combined(
            self._sums_of(slots, "span").join(self._of("engine_span"), "span"),
            "time_size",
            "cell",
            "time_rank",
        )
        cells = self._lowest(spans, "cell", "time_rank").join(self._of("engine_place"), "area")
        return cells.select("cell", "area", "level", "org", "state", "whole", "micro", "status")

    def _rank(self, status: Column) -> Column:
        return self._cases(*((status == each.value, each.rank) for each in Status), otherwise=_NO_STATUS)

    def _sums_of(self, rows: Table, part_of: str) -> Table:
        """Count and add up the parts of a partition, or the periods of a span, place by place."""
        valued = rows.state == State.VALUE.value
        void = rows.state == State.NOT_APPLICABLE.value
        return rows.group_by([part_of, "area", "org"]).agg(
            valued=rows.count(where=valued),
            answered=rows.count(where=valued | (rows.state == State.NIL.value)),
            void=rows.count(where=void),
            whole=rows.whole.sum(where=valued).fill_null(0),
            micro=rows.micro.sum(where=valued).fill_null(0),
            status=rows.status.min(where=~void).fill_null(_NO_STATUS),
        )

    def _combined(self, sums: Table, size: str, *kept: str) -> Table:
        """Combine parts (contract §7.1): those that are not applicable are left out, one that is not there or not
        known leaves the whole unknown.
        """
        state = self._cases(
            (sums.void == sums[size], State.NOT_APPLICABLE.value),
            (sums.void + sums.answered < sums[size], State.MISSING.value),
            (sums.valued == 0, State.NIL.value),
            otherwise=State.VALUE.value,
        )
        return sums.select(*kept, "area", "org", "whole", "micro", "status", state=state)

    def _lowest(self, rows: Table, of: str, rank: str) -> Table:
        """Keep what stands at the lowest rank, place by place: the first way of reading a figure that is there."""
        ranked = rows.mutate(lowest=rows[rank].min().over(group_by=[of, "area", "org"]))
        # Not `drop`: the order of its EXCLUDE changes from one process to the next.
        return ranked.filter(ranked[rank] == ranked.lowest).select(
            [name for name in rows.columns if name != rank]
        )

    # Units (contract §7.3, §7.4)

    def units(self) -> Table:
        """Who owes figures: communes, organisations with a row, or the province in place of all of them."""
        scope, place = self._of("engine_scope"), self._of("engine_place")
        nobody = self._ibis.literal("")
        communes = scope.filter(scope.communes == 1).cross_join(place.filter(place.level == 1))
        totals = scope.filter(scope.totals == 1).cross_join(place.filter(place.level == 0))
        return self._ibis.union(
            communes.select("scope", "area", org=nobody),
            totals.select("scope", "area", org=nobody),
            self._organisations(),
        )

    def _organisations(self) -> Table:
        scope, role = self._of("engine_scope"), self._of("engine_role")
        place = self._of("engine_place")
        present = self._of_organisations()
        asked = role.filter(role.by_org == 1).join(scope.filter(scope.orgs == 1).select("scope"), "scope")
        found = asked.select("scope", "reading").join(present, "reading").select("scope", "org").distinct()
        return found.cross_join(place.filter(place.level == 0).select("area")).select("scope", "area", "org")

    def _of_organisations(self) -> Table:
        presence = self._of("engine_presence")
        return presence.filter(presence.level == 0, presence.org != "").select("reading", "org").distinct()

    def _parts(self) -> Table:
        """Cells in the part they play, those of places that are no units included."""
        role, cell = self._of("engine_role"), self._of("engine_cell")
        return role.join(cell, "cell").select(
            "scope", "cell", "side", "mark", "area", "org", "state", "whole", "status"
        )

    def _answered(self, rows: Table) -> Column:
        return rows.state.isin([State.VALUE.value, State.NIL.value])

    def _sums(self) -> Table:
        """Per scope and place: how many cells of each side say what, and what they add up to."""
        parts = self._parts()
        answered = self._answered(parts)
        void = parts.state == State.NOT_APPLICABLE.value
        upper, lower = parts.side == "N", parts.side == "D"
        return parts.group_by(["scope", "area", "org"]).agg(
            n_void=parts.count(where=upper & void),
            n_known=parts.count(where=upper & answered),
            n_sum=parts.whole.sum(where=upper & answered).fill_null(0),
            d_void=parts.count(where=lower & void),
            d_known=parts.count(where=lower & answered),
            d_sum=parts.whole.sum(where=lower & answered).fill_null(0),
            passing=parts.count(where=answered & (parts.whole >= parts.mark)),
            status=parts.status.min(where=answered).fill_null(_NO_STATUS),
        )

    def _owed(self) -> Table:
        """How many cells an organisation owes when it owes only elements for which it has a row (§9.3)."""
        owed = self._of("engine_role").select("scope", "reading").join(self._of_organisations(), "reading")
        return owed.group_by(["scope", "org"]).agg(owed=owed.count())

    def _unit_sums(self) -> Table:
        """Every unit with its scope's rules and its sums, zeros where it has no row."""
        units = self._of("engine_unit").join(self._of("engine_scope"), "scope")
        sums, owed = self._sums(), self._owed()
        joined = units.left_join(sums, ["scope", "area", "org"]).left_join(owed, ["scope", "org"])
        counts = ("n_void", "n_known", "n_sum", "d_void", "d_known", "d_sum", "passing", "owed")
        zeros = {name: joined[name].fill_null(0) for name in counts}
        names = ("scope", "family", "n_size", "d_size", "share", "area", "org")
        return joined.select(*names, **zeros, status=joined.status.fill_null(_NO_STATUS))

    def stands(self) -> Table:
        """How each unit stands: owes nothing, answered with two amounts, or silent; `wrong` marks a contradiction."""
        units = self._unit_sums()
        own_way = (units.family == DEDUPLICATED) & (units.org != "")
        return self._ibis.union(
            self._shares(units.filter(units.family.isin([SHARE, DEDUPLICATED]), ~own_way)),
            self._sources(units.filter(own_way)),
            self._spans(units.filter(units.family == EVERY)),
        )

    def _shares(self, units: Table) -> Table:
        """Two sides of a unit (contract §7.3)."""
        n_void = (units.n_size > 0) & (units.n_void == units.n_size)
        d_void = (units.d_size > 0) & (units.d_void == units.d_size)
        nothing = (n_void | (units.n_size == 0)) & (d_void | (units.d_size == 0))
        half = n_void | d_void  # read where `nothing` has been ruled out
        both = (units.n_void + units.n_known == units.n_size) & (units.d_void + units.d_known == units.d_size)
        empty = (units.share == 1) & (units.d_void + units.d_known == units.d_size) & (units.d_sum == 0)
        too_much = (units.share == 1) & (empty | both) & (units.n_sum > units.d_sum)
        counted = both & ~empty & ~half
        return self._stand(
            units,
            self._cases((nothing, OWES_NOTHING), (half, SILENT), (empty | both, ANSWERED), otherwise=SILENT),
            num=self._cases((counted, units.n_sum), otherwise=0),
            den=self._cases((counted, units.d_sum), otherwise=0),
            wrong=self._flag((half | too_much) & ~nothing),
        )

    def _sources(self, units: Table) -> Table:
        """An organisation among several sources owes only what it has a row for; its sides are not compared (§9.3)."""
        void = units.n_void + units.d_void
        standing = self._cases(
            (void == units.owed, OWES_NOTHING),
            (void + units.n_known + units.d_known == units.owed, ANSWERED),
            otherwise=SILENT,
        )
        return self._stand(
            units, standing, num=units.n_sum, den=units.d_sum, wrong=self._flag(units.owed < 0)
        )

    def _spans(self, units: Table) -> Table:
        """A unit passes when it reaches the mark in every span it owes; `den` counts those that owe any (§9.6)."""
        owed = units.n_size - units.n_void
        standing = self._cases((owed == 0, OWES_NOTHING), (units.n_known == owed, ANSWERED), otherwise=SILENT)
        return self._stand(
            units,
            standing,
            num=self._flag((owed > 0) & (units.passing == owed)),
            den=self._flag(owed > 0),
            wrong=self._flag(owed < 0),
            whatever_stands=True,
        )

    def _stand(
        self,
        units: Table,
        standing: Column,
        *,
        num: Column,
        den: Column,
        wrong: Column,
        whatever_stands: bool = False,
    ) -> Table:
        """The common columns; a status counts for answered units, or `whatever_stands` for every answered cell."""
        of_answered = self._cases((standing == ANSWERED, units.status), otherwise=_NO_STATUS)
        status = units.status if whatever_stands else of_answered
        columns = {"standing": standing, "num": num, "den": den, "status": status, "wrong": wrong}
        whole = {name: column.cast("int64") for name, column in columns.items()}
        return units.select("scope", "area", "org", **whole)

    # What is read out

    def province(self) -> Table:
        """Figures of the province itself."""
        cell = self._of("engine_cell")
        return cell.filter(cell.level == 0, cell.org == "").select(
            "cell", "state", "whole", "micro", "status"
        )

    def coverage(self) -> Table:
        """Per scope: units, answered ones, both sums, the weakest status, contradictions."""
        stand = self._of("engine_stand")
        return stand.group_by("scope").agg(
            need=stand.count(where=stand.standing != OWES_NOTHING),
            have=stand.count(where=stand.standing == ANSWERED),
            num=stand.num.sum(),
            den=stand.den.sum(),
            status=stand.status.min(),
            wrong=stand.wrong.sum(),
        )

    def silent(self) -> Table:
        """Units that owe and have not answered."""
        stand = self._of("engine_stand")
        return stand.filter(stand.standing == SILENT).select("scope", "area", "org")

    def answered(self) -> Table:
        """Per scope and cell: how many units, and how many organisations among them, answered it."""
        parts = self._parts()
        known = parts.filter(self._answered(parts)).join(self._of("engine_unit"), ["scope", "area", "org"])
        return known.group_by(["scope", "cell"]).agg(
            units=known.count(), orgs=known.count(where=known.org != "")
        )

    def commune_rows(self) -> Table:
        """How communes stand, for the scopes that give commune rows."""
        stand, scope, place = self._of("engine_stand"), self._of("engine_scope"), self._of("engine_place")
        asked = scope.filter(scope.commune_rows == 1).select("scope")
        communes = place.filter(place.level == 1).select("area")
        rows = stand.join(asked, "scope").join(communes, "area")
        return rows.select("scope", "area", "standing", "num", "den", "status")

    def over_bounds(self) -> Table:
        """How many pairs of figures of one unit break the order they must have (contract §9, after the semicolons)."""
        bound, unit, cell = self._of("engine_bound"), self._of("engine_unit"), self._of("engine_cell")
        known = cell.filter(self._answered(cell)).select("cell", "area", "org", "whole", "micro")
        low = known.rename(low="cell", low_whole="whole", low_micro="micro")
        high = known.rename(high="cell", high_whole="whole", high_micro="micro")
        pairs = (
            bound.join(unit, "scope").join(low, ["low", "area", "org"]).join(high, ["high", "area", "org"])
        )
        over = (pairs.low_whole > pairs.high_whole) | (
            (pairs.low_whole == pairs.high_whole) & (pairs.low_micro > pairs.high_micro)
        )
        found = pairs.filter(over)
        return found.agg(pairs=found.count())


if __name__ == "__main__":
    for each in DIALECTS:
        write_statements(each, compiled(each))
