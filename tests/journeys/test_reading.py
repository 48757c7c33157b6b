"""What a reader does: from a number to its source and its clause, without JavaScript, on a slow line, on paper."""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from songhanh.plan import load

from .conftest import OpenPage

pytestmark = pytest.mark.journey
HREFS = "all => [...new Set(all.map(one => one.getAttribute('href')))]"
TARGETS = [target.code for target in load().targets]


def test_two_clicks_lead_from_the_headline_number_to_one_observation(open_page: OpenPage) -> None:
    page = open_page("/chi-tieu/MT3.CT2/", java_script_enabled=False)
    page.locator("#MT3\\.CT2a .headline a").click()
    expect(page.locator("h1")).to_have_text("Số liệu gốc của MT3.CT2a")
    page.locator("tbody td.num a").first.click()
    expect(page.get_by_text("Các phiên bản của số liệu này")).to_be_visible()
    expect(page.locator("dl")).to_contain_text("Nguồn")


def test_one_click_leads_from_a_target_to_its_sentence_in_the_plan(open_page: OpenPage) -> None:
    page = open_page("/chi-tieu/MT3.CT2/", java_script_enabled=False)
    page.locator(".quote footer a").click()
    assert page.url.endswith("/ke-hoach/#muc-II.2.3-chi-tieu-2")
    sentence = page.locator("[id='muc-II.2.3-chi-tieu-2']")
    expect(sentence).to_be_in_viewport()
    expect(sentence).to_contain_text("đến năm 2030 đạt 90% người bị bạo lực gia đình")


def test_an_observation_leads_back_to_the_criterion_and_the_clause(open_page: OpenPage) -> None:
    page = open_page("/chi-tieu/MT6.CT1/so-lieu/?thanh-phan=T01", java_script_enabled=False)
    page.locator("tbody td.num a").first.click()
    clause = page.locator(".quote footer a").first
    assert (clause.get_attribute("href") or "").startswith("/ke-hoach/#muc-II.2.6")
    page.locator(".note a").first.click()
    expect(page.locator("h1")).to_have_text(load().target("MT6.CT1").title)


def test_a_tile_leads_to_the_figures_of_its_commune_alone(open_page: OpenPage) -> None:
    page = open_page("/chi-tieu/MT6.CT3/")
    assert page.locator(".tiles a").count() == 65
    tile = page.locator(".tiles a").first
    name = tile.locator("span").inner_text()
    tile.click()
    units = set(page.locator("tbody th a").all_inner_texts())
    assert len(units) == 1
    assert name in units.pop()


def test_every_link_between_pages_leads_somewhere_and_every_anchor_exists(open_page: OpenPage) -> None:
    page = open_page("/")
    for start in ("/", "/chi-tieu/MT3.CT2/", "/chi-tieu/MT6.CT3/", "/cach-hieu/", "/don-vi/SNV/"):
        page.goto(start)
        links = page.eval_on_selector_all(
            "main a, nav a", "all => [...new Set(all.map(one => one.getAttribute('href')))]"
        )
        for link in sorted(links)[:60]:
            address, _, anchor = link.partition("#")
            if address:
                answer = page.request.get(address)
                assert answer.ok, (start, link)
                if anchor and "text/html" in answer.headers["content-type"]:
                    assert f'id="{anchor}"' in answer.text(), (start, link)
            elif anchor:
                assert page.locator(f"[id='{anchor}']").count() == 1, (start, link)


def test_the_year_is_switched_by_a_link_and_stays(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    page.get_by_role("link", name="2024", exact=True).click()
    expect(page.locator("h1")).to_contain_text("năm 2024")
    page.locator(".targets a").first.click()
    expect(page.locator(".headline + p").first).to_contain_text("năm 2024")


def test_an_unknown_target_says_in_vietnamese_that_there_is_none(open_page: OpenPage) -> None:
    page = open_page("/")
    answer = page.request.get("/chi-tieu/MT9.CT9/")
    assert answer.status == 404
    assert "Không có trang này" in answer.text()


def test_the_keyboard_reaches_the_content_first_and_its_place_is_seen(open_page: OpenPage) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Bỏ qua đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    for _ in range(12):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 3, page.evaluate("document.activeElement.outerHTML")


def visit_weight(page: Page, address: str) -> tuple[int, int]:
    """Return the bytes that travel on a first visit, and those of the page itself."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    session.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
    page.goto(address, wait_until="networkidle")
    return sum(sizes.values()), sum(size for name, size in sizes.items() if kinds.get(name) == "Document")


@pytest.mark.parametrize(
    "address", ["/", "/ke-hoach/", "/chi-tieu/MT6.CT3/", "/chi-tieu/MT6.CT3/so-lieu/", "/don-vi/05977/"]
)
def test_a_first_visit_fits_a_slow_line(open_page: OpenPage, address: str) -> None:
    page = open_page("about:blank")
    whole, own = visit_weight(page, address)
    assert whole <= 120_000
    assert own <= 25_000


def pages_of(document: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", document))


def test_every_target_prints_on_one_page_with_its_words(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/")
    counts = {}
    for code in TARGETS:
        page.goto(f"/chi-tieu/{code}/")
        verdict = page.locator(".verdict h2").inner_text().splitlines()[0]
        paper = tmp_path / f"{code}.pdf"
        counts[code] = pages_of(page.pdf(path=paper, prefer_css_page_size=True))
        text = subprocess.run(
            ["pdftotext", "-layout", paper, "-"], check=True, capture_output=True, text=True
        ).stdout
        assert "SỐ LIỆU MINH HỌA" in text, code
        assert verdict in text, code
    assert {code: count for code, count in counts.items() if count != 1} == {}


def test_the_overview_prints_on_one_landscape_page(open_page: OpenPage) -> None:
    page = open_page("/")
    document = page.pdf(prefer_css_page_size=True)
    assert pages_of(document) == 1
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", document)
    assert box
    assert float(box[1]) > float(box[2])


def test_the_report_is_downloaded_as_a_word_file(open_page: OpenPage) -> None:
    page = open_page("/phien-ban-so-lieu/")
    answer = page.request.get(page.locator("a[href$='bao-cao.docx']").first.get_attribute("href") or "")
    assert answer.ok
    assert answer.body()[:2] == b"PK"
    assert re.search(r'filename="[A-Za-z0-9-]+\.docx"', answer.headers["content-disposition"])


def test_the_file_of_a_release_carries_the_name_of_its_bytes(open_page: OpenPage) -> None:
    page = open_page("/phien-ban-so-lieu/")
    page.locator("tbody th a").first.click()
    shown = page.locator("code.hash").last.inner_text()
    answer = page.request.get(page.locator("a[href$='so-lieu.json']").get_attribute("href") or "")
    assert hashlib.sha256(answer.body()).hexdigest() == shown
