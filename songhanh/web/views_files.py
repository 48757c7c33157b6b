"""Releases, the report made from one, and tables to take away."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from songhanh.core.results_csv import results_csv as as_csv
from songhanh.observations.export import export
from songhanh.results.models import Release
from songhanh.web import pages_releases as pages
from songhanh.web import pages_source as source
from songhanh.web.pages import url
from songhanh.web.views import book_for, show

CSV = "text/csv; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CRUMB = "Phiên bản số liệu"


def release_or_404(name: str) -> Release:
    """Return the release of a name or of its first letters."""
    found = pages.find(name)
    if found is None:
        raise Http404(name)
    return found


def download(data: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file to keep, under an ASCII name."""
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """All releases."""
    book = book_for(request)
    return show(
        request,
        "releases.html",
        book,
        section="releases",
        title=CRUMB,
        context={"lines": pages.release_lines()},
    )


@require_safe
def release(request: HttpRequest, number: str) -> HttpResponse:
    """One release, as its file says it."""
    book, row = book_for(request), release_or_404(number)
    page = pages.release_page(row)
    return show(
        request,
        "release.html",
        book,
        section="releases",
        title=f"Bản {page.line.short}",
        crumbs=((CRUMB, url("releases", book)),),
        context={"page": page},
    )


@require_safe
def release_json(request: HttpRequest, number: str) -> HttpResponse:
    """The file of a release, byte for byte."""
    row = release_or_404(number)
    return download(pages.file_of(row), f"songhanh-{row.period}-{row.pk[:8]}.json", "application/json")


@require_safe
def report_docx(request: HttpRequest, number: str) -> HttpResponse:
    """The annual report of a release."""
    name, data = pages.report_of(release_or_404(number))
    return download(data, name, DOCX)


@require_safe
def report(request: HttpRequest, number: str) -> HttpResponse:
    """The pages of the report, as the Word file itself shows them."""
    book, row = book_for(request), release_or_404(number)
    drawn, absence = pages.report_pages(row)
    page = pages.release_page(row)
    return show(
        request,
        "report.html",
        book,
        section="releases",
        title="Xem trước báo cáo",
        crumbs=((CRUMB, url("releases", book)), (f"Bản {page.line.short}", page.line.url)),
        context={"page": page, "sheets": range(1, len(drawn) + 1), "absence": absence},
    )


@require_safe
def report_page(request: HttpRequest, number: str, page: int) -> HttpResponseBase:
    """The picture of one page of the report."""
    drawn, _ = pages.report_pages(release_or_404(number))
    if not 1 <= page <= len(drawn):
        raise Http404(page)
    return FileResponse(drawn[page - 1].open("rb"), content_type="image/png")


@require_safe
def results_csv(request: HttpRequest, year: int) -> HttpResponse:
    """The results of a year, in the columns of the compute contract."""
    rows = source.result_rows(year)
    if rows is None:
        raise Http404(year)
    return download(as_csv(rows), f"ket-qua-{year}.csv", CSV)


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The current figures with the cells still owed, as `songhanh observations export` writes them."""
    return download(export(edition=source.edition()), "so-lieu.csv", CSV)
