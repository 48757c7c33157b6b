"""What happens when people write at the same moment, on a database that really commits."""

from __future__ import annotations

import pytest

from .conftest import Installation


@pytest.mark.django_db
def test_of_several_corrections_of_one_figure_only_one_wins_and_the_others_are_told(
    installation: Installation,
) -> None:
    raced = installation.python("-m", "tests.register.race", "6")
    assert raced.stdout.strip() == "1 5 [2, 1] 1", raced.stderr


@pytest.mark.django_db
def test_a_mark_means_the_same_register_for_ever_while_others_write(installation: Installation) -> None:
    flooded = installation.python("-m", "tests.register.flood")
    assert flooded.stdout.strip() == "0 96 True", flooded.stderr
