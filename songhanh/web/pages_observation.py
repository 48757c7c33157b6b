"""The page of one observation: what it says, who stated it, its versions, and which criteria read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from songhanh.core import printing
from songhanh.web import pages_words as words
from songhanh.web.pages import Book, anchor, unit_name, url
from songhanh.web.pages_figures import Figure, breakdown, figures_url, value_words


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the figure."""

    id: int
    number: int
    value: str
    status: str
    source: str
    recorded: str
    url: str
    shown: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """A criterion that reads the element, with the clause that asks for it."""

    code: str
    name: str
    url: str
    figures_url: str
    clause: str
    clause_url: str
    quote: str


@dataclass(frozen=True, slots=True)
class FigurePage:
    """The page."""

    id: int
    element: str
    element_name: str
    unit_of_measure: str
    value: str
    is_number: bool
    status: str
    owner: str
    owner_url: str
    place: str
    period: str
    breakdown: str
    source: str
    reporter: str
    approved: str
    recorded: str
    illustrative: bool
    newer: Version | None
    versions: tuple[Version, ...]
    readers: tuple[Reader, ...]
    supplier: str


def figure_page(book: Book, figure: Figure, history: Sequence[Figure]) -> FigurePage:
    """Return the page of an observation with all versions of the figure, the newest first."""
    edition = book.edition
    element = edition.catalogue[figure.element]
    versions = tuple(_version(one, figure, current=one is history[0]) for one in history)
    return FigurePage(
        id=figure.id,
        element=figure.element,
        element_name=element.name,
        unit_of_measure=element.unit,
        value=value_words(figure),
        is_number=bool(figure.value),
        status=words.STATUSES.get(figure.status, ""),
        owner=unit_name(edition, figure.unit),
        owner_url=url("unit", book, figure.unit),
        place=unit_name(edition, figure.area),
        period=printing.period(figure.period),
        breakdown=breakdown(edition, figure),
        source=figure.source,
        reporter=_reporter(book, figure.reporter),
        approved=words.moment(figure.approved_at) if figure.approved_at else "",
        recorded=words.moment(figure.recorded_at) if figure.recorded_at else "",
        illustrative=figure.illustrative,
        newer=versions[0] if versions and history[0].id != figure.id else None,
        versions=versions,
        readers=tuple(_readers(book, figure)),
        supplier=element.supplier_words,
    )


def _reporter(book: Book, said: str) -> str:
    """Return who reported: the name of an agency or commune where its code was given, else the words as they stand."""
    known = said in book.edition.agencies or said in book.edition.places
    return unit_name(book.edition, said) if known else said


def _version(one: Figure, shown: Figure, *, current: bool) -> Version:
    return Version(
        id=one.id,
        number=one.version,
        value=value_words(one),
        status=words.STATUSES.get(one.status, ""),
        source=one.source,
        recorded=words.moment(one.recorded_at) if one.recorded_at else "",
        url=reverse("figure", args=[one.id]),
        shown=one.id == shown.id,
        current=current,
    )


def _readers(book: Book, figure: Figure) -> list[Reader]:
    found = []
    for criterion in book.edition.criteria:
        if figure.element not in criterion.elements:
            continue
        target = book.edition.target(criterion.target)
        found.append(
            Reader(
                code=criterion.code,
                name=book.edition.wording[criterion.code].name,
                url=f"{url('target', book, target.code)}#{criterion.code}",
                figures_url=figures_url(book, criterion, element=figure.element),
                clause=target.clause,
                clause_url=f"{reverse('plan')}#{anchor(target.clause)}",
                quote=target.quote,
            )
        )
    return found
