"""Every kind of page, light and dark, wide and narrow: no barrier, no sideways scroll, nothing from elsewhere."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

from .addresses import EXAMPLES, FILES, FOR_DEVELOPERS, NOT_FOUND, addresses, names
from .conftest import AXE, OpenPage

pytestmark = pytest.mark.journey
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def release_address(page: Page) -> str:
    """Return the address of the release that stands in the list."""
    page.goto("/phien-ban-so-lieu/")
    address = page.locator("tbody th a").first.get_attribute("href")
    assert address
    return address


def barriers(page: Page) -> list[str]:
    """Return what axe finds, each with its first place."""
    page.add_script_tag(path=AXE)
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{one['id']}: {one['nodes'][0]['target']} ({len(one['nodes'])})" for one in found["violations"]]


def test_every_address_of_the_router_has_an_example() -> None:
    assert set(names()) - FILES - FOR_DEVELOPERS == set(EXAMPLES)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 360])
def test_no_page_puts_up_a_barrier_or_scrolls_sideways(open_page: OpenPage, scheme: str, width: int) -> None:
    page = open_page("/", color_scheme=scheme, viewport={"width": width, "height": 740}, bypass_csp=True)
    problems = {}
    for address in addresses(release_address(page)):
        if address != NOT_FOUND:
            page.goto(address)
        found = barriers(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append("scrolls sideways")
        if page.locator("h1").count() != 1:
            found.append("not one h1")
        if page.locator("html").get_attribute("lang") != "vi":
            found.append("not Vietnamese")
        if found:
            problems[address] = found
    assert problems == {}


def test_headings_skip_no_level(open_page: OpenPage) -> None:
    page = open_page("/")
    for address in addresses(release_address(page))[:-1]:
        page.goto(address)
        levels = page.eval_on_selector_all(
            "h1,h2,h3,h4,h5,h6", "all => all.map(one => Number(one.tagName[1]))"
        )
        assert levels[0] == 1, address
        steps = [below - above for above, below in pairwise(levels)]
        assert max(steps, default=0) <= 1, (address, levels)


def test_every_page_made_from_invented_figures_says_so_on_screen_and_on_paper(open_page: OpenPage) -> None:
    page = open_page("/")
    for address in addresses(release_address(page))[:-1]:
        page.goto(address)
        for medium in ("screen", "print"):
            page.emulate_media(media=medium)
            assert page.get_by_text("SỐ LIỆU MINH HỌA", exact=True).first.is_visible(), (address, medium)
