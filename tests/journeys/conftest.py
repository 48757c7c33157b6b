"""The program itself, started as `make run` starts it, with a browser in front of it."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
LONGEST_START = 240  # seconds; figures are loaded once, on a machine that may be busy

FILL = """
import django
django.setup()
from django.core.management import call_command
from songhanh.plan import load
from songhanh.web.illustrated import load_illustration
call_command("migrate", interactive=False, verbosity=0)
load_illustration(load())
"""


BUILT, COLLECTED = ROOT / "songhanh/web/static/build", ROOT / "songhanh/web/collected"


def collect() -> None:
    """Lay the static files out as `make run` does: hashed and compressed. Nothing happens when they lie there."""
    styles, manifest = BUILT / "theme.css", COLLECTED / "staticfiles.json"
    assert styles.exists(), "the style sheet is missing; `make assets` builds it"
    if not manifest.exists() or manifest.stat().st_mtime < styles.stat().st_mtime:
        shutil.rmtree(COLLECTED, ignore_errors=True)
        told = {**os.environ, "SONGHANH_DEBUG": "1"}
        subprocess.run([sys.executable, "tools/collect_static.py"], check=True, env=told, cwd=ROOT)


def surroundings(data: Path) -> dict[str, str]:
    """Return an environment in which the program is what it is for a user, with a data directory of its own."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("SONGHANH_", "DATABASE_"))
    }
    return {**kept, "SONGHANH_DATA": str(data), "DJANGO_SETTINGS_MODULE": "songhanh.web.settings"}


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a data directory with illustrative figures; workers that test at the same time fill it once."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    data, done = shared / "filled", shared / "filled.done"
    with (shared / "filled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            collect()
            data.mkdir()
            subprocess.run([sys.executable, "-c", FILL], check=True, env=surroundings(data), cwd=ROOT)
            done.touch()
    return data


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


@pytest.fixture(scope="session")
def site(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a running program, full of illustrative figures."""
    data = tmp_path_factory.mktemp("site") / "var"
    shutil.copytree(filled, data)
    port = free_port()
    command = [
        sys.executable,
        "-c",
        "from songhanh.web.cli import main; main()",
        "run",
        "--address",
        f"127.0.0.1:{port}",
    ]
    with subprocess.Popen(command, env=surroundings(data), cwd=ROOT, start_new_session=True) as program:
        address = f"http://127.0.0.1:{port}"
        limit = time.monotonic() + LONGEST_START
        while not answers(f"{address}/gioi-thieu/"):
            assert program.poll() is None, "the program stopped by itself"
            assert time.monotonic() < limit, "the program did not start in time"
            time.sleep(0.3)
        yield address
        program.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield Chromium; it is closed with the module, so that its event loop meets no test of the database."""
    assert CHROMIUM, "Chromium is missing; `make test` installs it"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """Return a function that opens an address in a window of its own and reports what went wrong in it."""
    contexts = []
    complaints: list[str] = []

    def opened(address: str, **options: object) -> Page:
        context = browser.new_context(base_url=site, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: _note_foreign(request.url, site, complaints))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _note_foreign(url: str, site: str, complaints: list[str]) -> None:
    if not url.startswith((site, "data:")):
        complaints.append(f"asked another host: {url}")
