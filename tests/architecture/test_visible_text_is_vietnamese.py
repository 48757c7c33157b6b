"""Nothing that a reader sees is in another language: pages, what goes wrong, the command line."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from songhanh.plan import load
from songhanh.web import cli
from songhanh.web.illustrated import load_illustration
from tests.architecture.vietnamese import Page, foreign_words, strings_of

# Of pages that differ only in what they show (65 communes, 28 criteria), this many are read.
PAGES_PER_ADDRESS = 3

# Addresses that no page links to: pictures inside a page.
NOT_LINKED = {"phien-ban-so-lieu/<str:number>/bao-cao/trang-<int:page>.png"}


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ nữ tham gia cấp ủy đảng các cấp đạt từ 20% trở lên",
        "Chưa đủ số liệu: 62/65 xã đã gửi. Xem MT3.CT2a, biểu PL1.",
        "Nghiêng, quyển, khuỷu tay, ngoằn ngoèo, giếng, gìn giữ, xoong, quyết, yêu, huấn luyện",
        "Hữu Lũng, Đồng Đăng, Thất Khê, Na Sầm, Khuất Xá",
        "Tải tệp Excel hoặc Word về máy",
        "09:41 ngày 01/7/2026; 1.234,5 điểm %",
    ],
)
def test_vietnamese_passes(text: str) -> None:
    assert foreign_words(text) == []


@pytest.mark.parametrize(
    "text",
    ["Not Found", "This field is required.", "Server Error (500)", "Enter a valid date.", "Loading…", "Dashboard",
     "No results", "Xem details", "ERROR", "Data", "the", "Tổng quan Overview", "Mexican"],
)  # fmt: skip
def test_another_language_does_not(text: str) -> None:
    assert foreign_words(text)


def test_what_nobody_sees_does_not_count_and_what_is_spoken_does() -> None:
    page = Page(
        "<html lang=vi><script>let value</script><style>body</style><p title='Close'>Đóng<img alt='Chart'></html>"
    )
    assert page.language == "vi"
    assert [word.split()[0] for word in foreign_words(page.text)] == ["Close", "Chart"]


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the site as its route and pattern."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


class Crawl:
    """Walks the site from the addresses without arguments along its links."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.foreign: dict[str, list[str]] = {}
        self.broken: dict[str, int] = {}
        self.language: dict[str, str | None] = {}
        self.routes: set[str] = set()
        self._read_so_far: Counter[str] = Counter()

    def start(self) -> None:
        """Walk until nothing new turns up."""
        waiting = deque(["/"])
        waiting.extend(
            f"/{route}" for route, _ in patterns(get_resolver()) if "<" not in route and "(" not in route
        )
        seen = set(waiting)
        while waiting:
            for link in self._read(waiting.popleft()):
                if link not in seen and not link.startswith("/static/"):
                    seen.add(link)
                    waiting.append(link)

    def _read(self, address: str) -> list[str]:
        """Read one page; return the links of this site that stand on it."""
        parts = urlsplit(address)
        route = resolve(parts.path).route
        kind_of_page = f"{route}?" if parts.query else route
        if self._read_so_far[kind_of_page] >= PAGES_PER_ADDRESS:
            return []
        self._read_so_far[kind_of_page] += 1
        self.routes.add(route)
        answer = self._client.get(address)
        if answer.status_code in {301, 302}:
            return [answer["Location"]]
        if answer.status_code != 200:
            self.broken[address] = answer.status_code
            return []
        kind = answer.get("Content-Type", "")
        if kind.startswith("text/html"):
            return self._read_page(address, Page(answer.text))
        if kind.startswith("application/json"):
            self._note(address, strings_of(answer.text))
        return []

    def _read_page(self, address: str, page: Page) -> list[str]:
        self._note(address, page.text)
        self.language[address] = page.language
        links = (urldefrag(link).url for link in page.links)
        return [link for link in links if link.startswith("/") and not link.startswith("//")]

    def _note(self, address: str, text: str) -> None:
        if found := foreign_words(text):
            self.foreign[address] = found


def crawl(client: Client) -> Crawl:
    """Return what a walk through the whole site came across."""
    walk = Crawl(client)
    walk.start()
    return walk


def test_every_page_speaks_vietnamese_before_there_are_figures(client: Client, db: None) -> None:
    walk = crawl(client)
    assert walk.foreign == {}
    assert walk.broken == {}
    assert set(walk.language.values()) == {"vi"}


def test_every_page_speaks_vietnamese_of_a_province_full_of_figures(client: Client, db: None) -> None:
    assert load_illustration(load())
    walk = crawl(client)
    assert walk.foreign == {}
    assert walk.broken == {}
    assert set(walk.language.values()) == {"vi"}
    assert {route for route, _ in patterns(get_resolver())} - walk.routes - NOT_LINKED == set()


def test_a_page_that_does_not_exist_says_so_in_vietnamese(client: Client, db: None) -> None:
    answer = client.get("/khong-co-trang-nay/")
    assert answer.status_code == 404
    page = Page(answer.text)
    assert page.language == "vi"
    assert page.text.strip()
    assert foreign_words(page.text) == []


def test_a_failure_of_ours_says_so_in_vietnamese(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolver = get_resolver()
    handler = resolver.resolve_error_handler(500)
    answer = handler(client.get("/").wsgi_request)
    page = Page(answer.content.decode())
    assert page.language == "vi"
    assert page.text.strip()
    assert foreign_words(page.text) == []


@pytest.mark.parametrize("command", cli.COMMANDS, ids=lambda command: " ".join(command.words))
def test_the_help_of_a_command_is_vietnamese(command: cli.Command) -> None:
    parser, _ = cli.parser_of(command)
    assert foreign_words(parser.format_help()) == []


def test_the_overview_of_the_commands_is_vietnamese() -> None:
    assert foreign_words(cli.overview()) == []


@pytest.mark.parametrize(
    "words",
    [["nothing-like-this"], ["run", "--port"], ["run", "--address"], ["run", "surplus"], ["compute"]],
    ids=" ".join,
)  # fmt: skip
def test_a_slip_at_the_command_line_is_answered_in_vietnamese(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = cli.main(words)
    except SystemExit as exit_:
        code = int(exit_.code or 0)
    told = capsys.readouterr().err
    assert code == cli.REFUSED
    for word in words:
        told = told.replace(word, "")
    assert foreign_words(told) == []
