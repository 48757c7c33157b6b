"""Chance that always falls the same way: numbers drawn from names, and totals shared out to the last unit.

Every draw is a hash of a seed and the names of what is drawn, so a figure never depends on how many others were
drawn before it, and the same edition gives the same bytes under every version of Python.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

_RANGE = 1 << 64


@dataclass(frozen=True, slots=True)
class Chance:
    """A source of draws; two sources with the same seed draw alike."""

    seed: str

    def below(self, limit: int, *names: object) -> int:
        """Return a whole number from 0 to `limit` − 1 that belongs to the names."""
        text = "\x1f".join((self.seed, *map(str, names)))
        number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
        return number * limit // _RANGE

    def between(self, low: int, high: int, *names: object) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1, *names)

    def near_thousand(self, spread: int, *names: object) -> int:
        """Return a weight in thousandths that strays at most `spread` thousandths from 1,000 (never below 0)."""
        return max(0, 1000 + self.between(-spread, spread, *names)) if spread else 1000

    def scatter(
        self, total: int, weights: Sequence[int], caps: Sequence[int] | None, *names: object
    ) -> list[int]:
        """Return how many of `total` separate cases fall to each place, heavier places being hit more often.

        No place gets more than its cap; cases for which no place is left are dropped.
        """
        hits = [0] * len(weights)
        open_weights = list(weights)
        for case in range(total):
            if caps is not None:
                open_weights = [
                    weight if hit < cap else 0 for weight, hit, cap in zip(weights, hits, caps, strict=True)
                ]
            bounds = list(accumulate(open_weights))
            if not bounds or not bounds[-1]:
                break
            mark = self.below(bounds[-1], *names, case)
            hits[next(place for place, bound in enumerate(bounds) if mark < bound)] += 1
        return hits


def apportion(total: int, weights: Sequence[int], caps: Sequence[int] | None = None) -> list[int]:
    """Return whole parts of `total` in proportion to the weights: largest remainders, ties to the earlier place.

    No part is above its cap; what does not fit under the caps of places with a weight is left out.
    """
    if caps is None:
        return _by_remainders(total, weights)
    parts = [0] * len(weights)
    left = min(total, sum(cap for cap, weight in zip(caps, weights, strict=True) if weight))
    free = [place for place, weight in enumerate(weights) if weight and caps[place]]
    while left and free:
        share = _by_remainders(left, [weights[place] for place in free])
        for place, wanted in zip(free, share, strict=True):
            given = min(wanted, caps[place] - parts[place])
            parts[place] += given
            left -= given
        free = [place for place in free if parts[place] < caps[place]]
    return parts


def _by_remainders(total: int, weights: Sequence[int]) -> list[int]:
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    quotas = [Fraction(total * weight, whole) for weight in weights]
    parts = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(weights)), key=lambda place: (parts[place] - quotas[place], place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
