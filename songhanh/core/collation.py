"""Vietnamese dictionary order, as a sort key.

Three levels, each over the whole string: letters (ă, â, đ, ê, ô, ơ, ư are letters of their own; a space comes before
everything, digits before letters), then tones (ngang, huyền, hỏi, ngã, sắc, nặng), then small before capital letters.
ch, nh, tr and the like are two letters, not one. The order is the one CLDR gives for `vi` with spaces and
punctuation counted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

_T = TypeVar("_T")

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_SPACE, _MARK, _DIGIT, _LETTER, _OTHER = 0, 1, 2, 3, 4
_TONES = {
    "\u0300": 1,
    "\u0309": 2,
    "\u0303": 3,
    "\u0301": 4,
    "\u0323": 5,
}  # huyền hỏi ngã sắc nặng; ngang is 0
_SHAPES = frozenset("\u0302\u0306\u031b")  # circumflex, breve, horn: part of the letter

Weight = tuple[int, int]
SortKey = tuple[tuple[Weight, ...], tuple[int, ...], tuple[bool, ...]]


def _letter_and_tone(char: str) -> tuple[str, int]:
    """Take one NFC character apart into its letter, small, and the rank of its tone."""
    base, *marks = list(unicodedata.normalize("NFD", char.lower()))
    shape = "".join(mark for mark in marks if mark in _SHAPES)
    tone = max((_TONES.get(mark, 0) for mark in marks), default=0)
    return unicodedata.normalize("NFC", base + shape), tone


def _weight(letter: str) -> Weight:
    if letter.isspace():
        return _SPACE, 0
    if letter.isdigit():
        return _DIGIT, int(unicodedata.digit(letter))
    rank = _ALPHABET.find(letter)
    if rank >= 0:
        return _LETTER, rank
    return (_OTHER if letter.isalpha() else _MARK), ord(letter[0])


def sort_key(text: str) -> SortKey:
    """Return the key that puts `text` in Vietnamese order; composed and decomposed spellings get the same key."""
    chars = unicodedata.normalize("NFC", text)
    parts = [_letter_and_tone(char) for char in chars]
    return (
        tuple(_weight(letter) for letter, _ in parts),
        tuple(tone for _, tone in parts),
        tuple(char != char.lower() for char in chars),
    )


def in_order(things: Iterable[_T], name: Callable[[_T], str]) -> list[_T]:
    """Return things sorted by their names in Vietnamese order."""
    return sorted(things, key=lambda thing: sort_key(name(thing)))
