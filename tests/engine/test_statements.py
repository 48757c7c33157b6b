"""The SQL that ships is what the expressions compile to."""

from __future__ import annotations

import re

import pytest

from songhanh.engine.expressions import compiled
from songhanh.engine.statements import DIALECTS, statements


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_files_are_what_the_expressions_say(dialect: str) -> None:
    """When this fails: `python -m songhanh.engine.expressions`, and look at what changed."""
    assert dict(statements(dialect)) == dict(compiled(dialect))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_engine_divides_or_uses_floating_point(dialect: str) -> None:
    for sql in statements(dialect).values():
        assert not re.search(r" / |\bavg\b|\bdouble\b|\breal\b|\bfloat", sql, re.IGNORECASE)


def test_a_dialect_that_is_not_compiled_for_is_named() -> None:
    with pytest.raises(KeyError, match="oracle"):
        statements("oracle")
