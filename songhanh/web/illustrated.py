"""Filling an empty register with illustrative figures, so that a first visit finds something worth looking at."""

from __future__ import annotations

from typing import Final

from songhanh.illustration import NoIllustration, generate, years_of
from songhanh.observations import queries as register
from songhanh.observations.services import ILLUSTRATIVE, File, import_files
from songhanh.plan import Edition
from songhanh.results import services as results

SOURCE: Final = f"{ILLUSTRATIVE}: do chương trình tạo ra, không phải số liệu của tỉnh"
BY: Final = "Song Hành (tự động)"


def load_illustration(edition: Edition) -> bool:
    """Load the edition's illustrative figures, work out every year, freeze the last one; return whether this was done.

    Nothing happens when the register holds a figure already, or when the edition has no illustrative figures.
    """
    if register.mark():
        return False
    try:
        years = years_of(edition)
    except NoIllustration:
        return False
    files = generate(edition, years)
    import_files([File(name, data, SOURCE) for name, data in files.items()], edition=edition, by=BY)
    results.refresh(edition=edition, by=BY)
    results.release(years[-1], edition=edition, by=BY)
    return True
