"""How large each figure is: province totals shared out to communes and codes, parts that stay within their wholes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from songhanh.core.areas import AreaMap
from songhanh.core.elements import TOTAL

from .chance import Chance, apportion
from .parameters import ELSE, Amount, BadParameters, Figure, Parameters, Split

Unit = tuple[str, str]
"""Area and organisation a figure belongs to; the organisation is empty for places."""
Slots = dict[int, dict[str, int]]
"""Amounts by part of the year (0 the whole year) and code of the leading breakdown (`_T` without one)."""
Cells = dict[Unit, Slots]
Place = tuple[Unit, int, str]
"""Where one amount stands: unit, part of the year, code of the leading breakdown."""

SLOTS = {"Q": 4, "M": 12}
_SMALL = 24
"""Up to this many cases are dealt out one by one, as life does; larger figures fall by share."""


class World:
    """Amounts of all elements of an edition on one map, made on demand and kept."""

    def __init__(self, parameters: Parameters, areas: AreaMap, people: Mapping[str, int]) -> None:
        self.parameters = parameters
        self.chance = Chance(parameters.seed)
        self.province: Unit = (areas.province.code, "")
        self.communes: tuple[Unit, ...] = tuple((commune.code, "") for commune in areas.communes)
        self._people = people
        self._known: dict[tuple[str, int], Cells] = {}

    def cells(self, element: str, year: int) -> Cells:
        """Return the amounts of an element for a year; empty when the file of parameters has none for it.

        Raises: BadParameters, when a figure leans on one that is not there.
        """
        key = (element, year)
        if key not in self._known:
            figure = self.parameters.figures.get(element)
            if figure is None:
                raise BadParameters(f"figures.{element}", "không có trong tệp nhưng có số liệu khác dựa vào")
            self._known[key] = self._make(figure, year) if year >= figure.since else {}
        return self._known[key]

    def split(self, split: Split, amount: int, unit: Unit, *names: object) -> dict[str, int]:
        """Return an amount broken down by the codes of a dimension; the parts add up to it."""
        weights = [self._share(shares, unit) for shares in split.shares.values()]
        if amount <= _SMALL:
            parts = self.chance.scatter(amount, weights, None, "split", split.dimension, *unit, *names)
        else:
            parts = apportion(amount, weights)
        return dict(zip(split.shares, parts, strict=True))

    def _share(self, shares: Mapping[str, int], unit: Unit) -> int:
        for group, share in shares.items():
            if group != ELSE and unit[0] in self.parameters.groups[group]:
                return share
        return shares[ELSE]

    def _make(self, figure: Figure, year: int) -> Cells:
        maker = self._maker(figure)
        return maker(figure, year) | self._organisations(figure, year)

    def _maker(self, figure: Figure) -> Callable[[Figure, int], Cells]:
        if figure.of:
            return self._share_of
        if figure.flags:
            return self._flags
        if figure.draw:
            return self._draws
        return self._province if figure.place.at(0) == "province" else self._spread

    def _organisations(self, figure: Figure, year: int) -> Cells:
        cells: Cells = {}
        for org, steps in figure.orgs.items():
            amount = steps.at(year)
            if amount is not None:
                unit = (self.province[0], org)
                cells[unit] = self._literal(figure, year, unit, amount)
        return cells

    def _province(self, figure: Figure, year: int) -> Cells:
        amount = figure.series.get(year)
        return {} if amount is None else {self.province: self._literal(figure, year, self.province, amount)}

    def _literal(self, figure: Figure, year: int, unit: Unit, amount: Amount) -> Slots:
        """Return a written amount by part of the year, split by the leading breakdown where it names no codes."""
        first = 1 if len(amount) > 1 else 0
        slots = {}
        for slot, codes in enumerate(amount, start=first):
            plain = figure.leading is not None and set(codes) == {TOTAL}
            if plain and figure.leading is not None:
                slots[slot] = self.split(figure.leading, codes[TOTAL], unit, year, slot)
            else:
                slots[slot] = dict.fromkeys(figure.leading.shares if figure.leading else (), 0) | dict(codes)
        return slots if first else self._over_slots(figure, year, unit, slots[0])

    def _over_slots(self, figure: Figure, year: int, unit: Unit, codes: dict[str, int]) -> Slots:
        """Return a year's amounts spread over the quarters or months in which the figure is told."""
        count = SLOTS.get(figure.at.at(year) or "")
        if count is None:
            return {0: codes}
        slots: Slots = {slot: {} for slot in range(1, count + 1)}
        for code, amount in codes.items():
            names = ("slots", figure.key, year, *unit, code)
            if amount <= _SMALL:
                parts = self.chance.scatter(amount, [1] * count, None, *names)
            else:
                parts = apportion(amount, [self.chance.near_thousand(150, *names, slot) for slot in slots])
            for slot, part in zip(slots, parts, strict=True):
                slots[slot][code] = part
        return slots

    def _spread(self, figure: Figure, year: int) -> Cells:
        """Return the province's figure shared out to the communes by weight and leading breakdown."""
        amount = figure.series.get(year)
        if amount is None:
            return {}
        if len(amount) > 1:
            raise BadParameters(f"figures.{figure.key}", "số chia cho các xã phải là số của cả năm")
        years: dict[Unit, dict[str, int]] = {unit: {} for unit in self.communes}
        for code, total in amount[0].items():
            codes = list(figure.leading.shares) if figure.leading and code == TOTAL else [code]
            places = [(unit, name) for unit in self.communes for name in codes]
            weights = [self._weight(figure, year, unit, name) for unit, name in places]
            for (unit, name), part in zip(
                places, self._deal(figure, year, total, weights, None), strict=True
            ):
                years[unit][name] = part
        return {unit: self._over_slots(figure, year, unit, codes) for unit, codes in years.items()}

    def _weight(self, figure: Figure, year: int, unit: Unit, code: str) -> int:
        heavy = self._people.get(unit[0], 1000) if figure.by_people and not figure.of else 1000
        shares = figure.leading.shares.get(code) if figure.leading else None
        share = self._share(shares, unit) if shares else 1
        lasting = self.chance.near_thousand(figure.wobble, "wobble", figure.key, *unit, code)
        passing = self.chance.near_thousand(figure.drift, "drift", figure.key, year, *unit, code)
        return heavy * share * lasting * passing // 1000

    def _deal(
        self, figure: Figure, year: int, total: int, weights: Sequence[int], caps: Sequence[int] | None
    ) -> list[int]:
        if figure.scatter:
            return self.chance.scatter(total, weights, caps, "deal", figure.key, year)
        return apportion(total, weights, caps)

    def _share_of(self, figure: Figure, year: int) -> Cells:
        """Return the part of other figures that the rate says, cell by cell never above its whole."""
        rate = figure.rate.get(year)
        whole = self._sum(figure.of, year, figure)
        if rate is None or not whole:
            return {}
        places = [
            (unit, slot, code)
            for unit, slots in whole.items()
            for slot, codes in slots.items()
            for code in codes
        ]
        full = [whole[unit][slot][code] for unit, slot, code in places]
        wanted = int((sum(full) * rate / figure.per).quantize(Decimal(1), ROUND_HALF_UP))
        deal = self._deal_lack if 2 * rate >= figure.per else self._deal_part
        cells: Cells = {}
        for (unit, slot, code), part in zip(places, deal(figure, year, places, full, wanted), strict=True):
            cells.setdefault(unit, {}).setdefault(slot, {})[code] = part
        return {unit: self._finished(figure, year, unit, slots) for unit, slots in cells.items()}

    def _finished(self, figure: Figure, year: int, unit: Unit, slots: Slots) -> Slots:
        """Return a part broken down by its own codes and told in its own parts of the year, where the whole is not."""
        if figure.regroup and figure.leading:
            slots = {
                slot: self.split(figure.leading, sum(codes.values()), unit, figure.key, year, slot)
                for slot, codes in slots.items()
            }
        return self._over_slots(figure, year, unit, slots[0]) if set(slots) == {0} else slots

    def _deal_part(
        self, figure: Figure, year: int, places: Sequence[Place], full: Sequence[int], wanted: int
    ) -> list[int]:
        weights = [
            cap * self._weight(figure, year, unit, code)
            for cap, (unit, _, code) in zip(full, places, strict=True)
        ]
        return self._deal(figure, year, wanted, weights, full)

    def _deal_lack(
        self, figure: Figure, year: int, places: Sequence[Place], full: Sequence[int], wanted: int
    ) -> list[int]:
        """Deal out what is missing, so that a few units lack much and most lack little."""
        caps, floors = self._limits(figure, year, places, full)
        room = [cap - floor for cap, floor in zip(caps, floors, strict=True)]
        weights = [
            size * self._lack(figure, year, unit) for size, (unit, _, _) in zip(room, places, strict=True)
        ]
        lacking = self._deal(figure, year, max(0, sum(caps) - wanted), weights, room)
        return [cap - lack for cap, lack in zip(caps, lacking, strict=True)]

    def _lack(self, figure: Figure, year: int, unit: Unit) -> int:
        """Return how much a unit tends to lack: mostly its lasting habit, a little the year."""
        habit = self.chance.between(1, 100, "lack", figure.key, *unit) ** figure.uneven
        passing = self.chance.between(60, 100, "lack", figure.key, year, *unit)
        return int(habit) * passing

    def _limits(
        self, figure: Figure, year: int, places: Sequence[Place], full: Sequence[int]
    ) -> tuple[list[int], list[int]]:
        """Return the most and the least of each cell: within all of `within`, and at least what those must share."""
        if not figure.within:
            return list(full), [0] * len(full)
        others = [self.cells(element, year) for element in figure.within]
        bounds = [[cells[unit][slot][code] for cells in others] for unit, slot, code in places]
        caps = [min(size, *found) for size, found in zip(full, bounds, strict=True)]
        spare = len(others) - 1
        floors = [max(0, sum(found) - spare * size) for size, found in zip(full, bounds, strict=True)]
        return caps, floors

    def _sum(self, elements: Sequence[str], year: int, figure: Figure) -> Cells:
        """Return the sum of elements by cell; organisations only where the figure does not name its own."""
        found: Cells = {}
        for element in elements:
            for unit, slots in self.cells(element, year).items():
                if unit[1] and figure.orgs:
                    continue
                for slot, codes in slots.items():
                    sums = found.setdefault(unit, {}).setdefault(slot, {})
                    for code, amount in codes.items():
                        name = self._name(figure, code)
                        sums[name] = sums.get(name, 0) + amount
        return found

    def _name(self, figure: Figure, code: str) -> str:
        """Return the code under which a part is told: its whole's, or the only code the figure has."""
        if figure.regroup:
            return TOTAL
        shares = list(figure.leading.shares) if figure.leading else [TOTAL]
        return shares[0] if len(shares) == 1 else code

    def _flags(self, figure: Figure, year: int) -> Cells:
        """Return 1 for as many communes as the year says, always the same ones first."""
        count = figure.flags.get(year)
        if count is None:
            return {}
        order = sorted(self.communes, key=lambda unit: self.chance.below(1 << 60, "flag", figure.key, *unit))
        chosen = set(order[:count])
        code = self._name(figure, TOTAL)
        return {unit: {0: {code: int(unit in chosen)}} for unit in self.communes}

    def _draws(self, figure: Figure, year: int) -> Cells:
        """Return for each commune a number within the range, below `least` for as many as the year says."""
        low, high = figure.draw or (0, 0)
        count = SLOTS.get(figure.at.at(year) or "", 0)
        cells: Cells = {unit: {} for unit in self.communes}
        for slot in range(1, count + 1) if count else [0]:
            weak = self._weak(figure, year, slot)
            for unit in self.communes:
                names = ("draw", figure.key, 0 if figure.steady else year, slot, *unit)
                bounds = (0, figure.least - 1) if unit in weak else (low, high)
                amount = self.chance.between(*bounds, *names)
                split = figure.leading
                cells[unit][slot] = self.split(split, amount, unit, *names) if split else {TOTAL: amount}
        return cells

    def _weak(self, figure: Figure, year: int, slot: int) -> set[Unit]:
        counts = figure.below.get(year, ())
        count = counts[max(0, slot - 1)] if counts else 0
        names = ("weak", figure.key, year, slot)
        return set(sorted(self.communes, key=lambda unit: self.chance.below(1 << 60, *names, *unit))[:count])
