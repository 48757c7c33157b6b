"""Releases, the report made from one, and tables to take away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from songhanh.core.results_csv import results_csv as as_csv
from songhanh.web.views import book_for, show


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    raise Http404


@require_safe
def release(request: HttpRequest, number: str) -> HttpResponse:
    raise Http404


release_json = report_docx = report = release


@require_safe
def report_page(request: HttpRequest, number: str, page: int) -> HttpResponse:
    raise Http404


@require_safe
def results_csv(request: HttpRequest, year: int) -> HttpResponse:
    raise Http404


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    raise Http404
