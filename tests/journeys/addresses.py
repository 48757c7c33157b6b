"""An example of every kind of page, drawn from the router, so that a new page cannot escape the checks."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

EXAMPLES: dict[str, tuple[str, ...]] = {
    "overview": ("/", "/?nam=2022"),
    "plan": ("/ke-hoach/",),
    "readings": ("/cach-hieu/",),
    "targets": ("/chi-tieu/",),
    "target": (
        "/chi-tieu/MT1.CT1/", "/chi-tieu/MT2.CT2/", "/chi-tieu/MT3.CT2/", "/chi-tieu/MT3.CT3/", "/chi-tieu/MT4.CT2/",
        "/chi-tieu/MT5.CT2/", "/chi-tieu/MT6.CT1/", "/chi-tieu/MT6.CT3/", "/chi-tieu/MT6.CT4/",
    ),
    "target-figures": ("/chi-tieu/MT3.CT2/so-lieu/", "/chi-tieu/MT6.CT3/so-lieu/?don-vi=05977"),
    "figure": ("/so-lieu/100/",),
    "units": ("/don-vi/",),
    "unit": ("/don-vi/05977/", "/don-vi/SVHTTDL/", "/don-vi/20/"),
    "releases": ("/phien-ban-so-lieu/",),
    "release": ("{release}",),
    "report": ("{release}bao-cao/",),
    "about": ("/gioi-thieu/",),
}  # fmt: skip
NOT_FOUND = "/khong-co-trang-nay/"
FILES = {"release-json", "report-docx", "report-page", "results-csv", "figures-csv"}
"""Addresses that answer with a file."""

FOR_DEVELOPERS = {"components"}


def names(resolver: URLResolver | None = None) -> Iterator[str]:
    """Yield the name of every address of the site."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from names(entry)
        elif isinstance(entry, URLPattern):
            yield str(entry.name)


def addresses(release: str) -> list[str]:
    """Return every example, with the address of a release filled in, and a page that does not exist."""
    found = [address.format(release=release) for examples in EXAMPLES.values() for address in examples]
    return [*found, NOT_FOUND]
