"""Comma-separated text, read in the one way that RFC 4180 allows."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhanh.core.rfc4180 import Unreadable, records


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2\n", [(1, ["a", "b"]), (2, ["1", "2"])]),
        ("a,b\r\n1,2", [(1, ["a", "b"]), (2, ["1", "2"])]),
        ("a,b\n\n\r\n1,\n", [(1, ["a", "b"]), (4, ["1", ""])]),
        ('"a","b"\n"x,y","nói ""có"""\n', [(1, ["a", "b"]), (2, ["x,y", 'nói "có"'])]),
        ('"hai\ndòng",b\n1,2\n', [(1, ["hai\ndòng", "b"]), (3, ["1", "2"])]),
        ('""\n1\n', [(1, [""]), (2, ["1"])]),  # a quoted empty cell is a cell
        ("", []),
        ("\n\n", []),
        ('a,"b"', [(1, ["a", "b"])]),
        ('a,"b"\n1,', [(1, ["a", "b"]), (2, ["1", ""])]),
    ],
)
def test_records_come_with_the_line_on_which_they_begin(
    text: str, expected: list[tuple[int, list[str]]]
) -> None:
    assert list(records(text)) == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a\nb"c\n', 2),
        ('a\n"b"c\n', 2),
        ('a\n"b\n\n', 2),
        ("a\rb\n", 1),
        ('"a"\rb\n', 1),
        ("a,b\n1,2\r\r\n", 2),
    ],
)
def test_text_that_can_be_read_in_two_ways_is_refused_at_its_line(text: str, line: int) -> None:
    with pytest.raises(Unreadable) as caught:
        list(records(text))
    assert caught.value.line == line


@given(st.lists(st.lists(st.text(alphabet='ab,"\n\ré ', max_size=5), min_size=2, max_size=4), max_size=6))
def test_what_a_careful_writer_wrote_is_read_back(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    assert [cells for _, cells in records(out.getvalue())] == rows
