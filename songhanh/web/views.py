"""The pages. Each view fetches, arranges with a builder of `pages_*`, and renders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from songhanh import __version__
from songhanh.plan.edition import Target
from songhanh.web import pages_source as source
from songhanh.web.pages import Book, anchor, criterion_view, objective_views, url
from songhanh.web.pages_figures import Filter, figures_page
from songhanh.web.pages_observation import figure_page
from songhanh.web.pages_overview import overview as overview_page
from songhanh.web.pages_plan import plan_page, readings_page
from songhanh.web.pages_target import target_page
from songhanh.web.pages_units import unit_page, units_page


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words; `current` marks where the reader is."""

    label: str
    url: str
    current: bool = False


MENU = (
    ("Tổng quan", "overview"),
    ("Chỉ tiêu", "targets"),
    ("Kế hoạch", "plan"),
    ("Đơn vị", "units"),
    ("Phiên bản số liệu", "releases"),
    ("Giới thiệu", "about"),
)


def show(
    request: HttpRequest,
    template: str,
    book: Book,
    *,
    section: str,
    title: str,
    crumbs: tuple[tuple[str, str], ...] = (),
    years: bool = False,
    context: Mapping[str, object],
) -> HttpResponse:
    """Return a page in the frame that all pages share."""
    province = book.edition.places[book.province]
    frame = {
        "book": book,
        "edition": book.edition,
        "place_name": province.full_name,
        "term": f"{book.edition.term.first} – {book.edition.term.last}",
        "version": __version__,
        "menu": [Link(label, url(name, book), name == section) for label, name in MENU],
        "crumbs": [Link(label, address) for label, address in crumbs],
        "title": title,
        "year_links": _years(request, book) if years else [],
    }
    return render(request, template, {**frame, **context})


def _years(request: HttpRequest, book: Book) -> list[Link]:
    """Return the links that show the same page in another year; filters are kept, the page number is not."""
    query = request.GET.copy()
    query.pop("trang", None)
    links = []
    for year in book.years:
        query["nam"] = str(year)
        links.append(Link(str(year), f"{request.path}?{query.urlencode()}", year == book.year))
    return links


def book_for(request: HttpRequest) -> Book:
    """Return the edition with the results of the year the address names."""
    return source.book(request.GET.get("nam"))


def target_or_404(book: Book, code: str) -> Target:
    """Return the target of a code, as it stands in the plan."""
    try:
        return book.edition.target(code)
    except KeyError:
        raise Http404(code) from None


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Tổng quan: the answer of the year on one page."""
    book = book_for(request)
    return show(
        request,
        "overview.html",
        book,
        section="overview",
        title="Tổng quan",
        years=True,
        context={"page": overview_page(book)},
    )


@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """The targets of the plan, by objective."""
    book = book_for(request)
    return show(
        request,
        "targets.html",
        book,
        section="targets",
        title="Các chỉ tiêu",
        years=True,
        context={"objectives": objective_views(book)},
    )


@require_safe
def target(request: HttpRequest, code: str) -> HttpResponse:
    """One target."""
    book = book_for(request)
    found = target_or_404(book, code)
    page = target_page(book, found, lambda criterion: source.figures_behind(book, criterion))
    return show(
        request,
        "target.html",
        book,
        section="targets",
        title=f"{found.code} {found.title}",
        years=True,
        crumbs=(("Chỉ tiêu", url("targets", book)),),
        context={"page": page},
    )


@require_safe
def target_figures(request: HttpRequest, code: str) -> HttpResponse:
    """The figures behind one criterion of a target, filtered by element and unit."""
    book = book_for(request)
    found = target_or_404(book, code)
    asked = request.GET.get("tieu-chi", found.criteria[0])
    if asked not in found.criteria:
        raise Http404(asked)
    page_number = request.GET.get("trang", "1")
    chosen = Filter(
        criterion=book.edition.criterion(asked),
        element=request.GET.get("thanh-phan", ""),
        unit=request.GET.get("don-vi", ""),
        sex=request.GET.get("gioi", ""),
        page=int(page_number) if page_number.isdecimal() else 1,
    )
    page = figures_page(book, chosen, source.figures_behind(book, asked))
    return show(
        request,
        "target_figures.html",
        book,
        section="targets",
        title=f"Số liệu của {asked}",
        years=True,
        crumbs=(
            ("Chỉ tiêu", url("targets", book)),
            (f"{found.code} {found.title}", url("target", book, code)),
        ),
        context={
            "page": page,
            "criterion": criterion_view(book, asked),
            "target": found,
            "clause_anchor": anchor(found.clause),
        },
    )


@require_safe
def figure(request: HttpRequest, number: int) -> HttpResponse:
    """One observation."""
    book = book_for(request)
    versions = source.versions(number)
    if not versions:
        raise Http404(number)
    page = figure_page(book, next(one for one in versions if one.id == number), versions)
    return show(
        request,
        "figure.html",
        book,
        section="targets",
        title=f"Số liệu số {number}",
        crumbs=(("Chỉ tiêu", url("targets", book)), *((one.code, one.url) for one in page.readers[:1])),
        context={"page": page},
    )


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """All who report."""
    book = book_for(request)
    return show(
        request,
        "units.html",
        book,
        section="units",
        title="Các đơn vị",
        years=True,
        context={"page": units_page(book)},
    )


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One commune or agency, and what it reported."""
    book = book_for(request)
    page = unit_page(book, code, source.figures_of_unit(book, code))
    if page is None:
        raise Http404(code)
    return show(
        request,
        "unit.html",
        book,
        section="units",
        title=page.name,
        years=True,
        crumbs=(("Đơn vị", url("units", book)),),
        context={"page": page},
    )


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The plan as signed, with the state of each target."""
    book = book_for(request)
    return show(
        request,
        "plan.html",
        book,
        section="plan",
        title="Kế hoạch",
        years=True,
        context={"page": plan_page(book)},
    )


@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """How unclear words of the plan are read."""
    book = book_for(request)
    return show(
        request,
        "readings.html",
        book,
        section="plan",
        title="Cách hiểu",
        crumbs=(("Kế hoạch", reverse("plan")),),
        context={"readings": readings_page(book)},
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the system is, and which versions it runs."""
    book = book_for(request)
    return show(
        request,
        "about.html",
        book,
        section="about",
        title="Giới thiệu",
        context={"batches": source.batches()},
    )


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for those who build them."""
    from songhanh.web.pages_components import samples

    book = book_for(request)
    return show(request, "components.html", book, section="about", title="Các thành phần", context=samples())
