"""`songhanh run`: starts on this machine by itself, and anywhere else only when it is told how."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest

from songhanh.web.commands import run
from songhanh.web.environment import RefusedSettings


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(data: Path, port: int, **environ: str) -> Iterator[subprocess.Popen[str]]:
    """Start `songhanh run` in a process group of its own and stop it at the end."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    process = subprocess.Popen(
        [sys.executable, "-c", "import sys; from songhanh.web.cli import main; sys.exit(main())", "run",
         "--address", f"127.0.0.1:{port}"],
        env={**inherited, "SONGHANH_DATA": str(data), **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        assert process.stdout is not None
        process.stdout.close()


def fetch(port: int, process: subprocess.Popen[str], seconds: float = 60) -> tuple[str, dict[str, str]]:
    """Return the first page with its headers, as soon as the server answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            assert process.stdout is not None
            raise AssertionError(process.stdout.read())
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
                return answer.read().decode(), dict(answer.headers)
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("no answer")


def test_an_empty_start_serves_the_plan_without_a_figure(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path / "var", port, EMPTY="1") as process:
        page, headers = fetch(port, process)
    assert "Song Hành" in page
    assert "MINH HỌA" not in page
    lowered = {name.lower(): value for name, value in headers.items()}
    policy = lowered["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert lowered["x-frame-options"] == "DENY"
    assert lowered["x-content-type-options"] == "nosniff"
    assert "strict-transport-security" not in lowered


def test_the_key_of_this_machine_is_drawn_once_and_kept_from_others(tmp_path: Path) -> None:
    key = run.local_secret_key(tmp_path)
    assert len(key) >= 50
    assert run.local_secret_key(tmp_path) == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_an_address_is_a_host_and_a_port() -> None:
    assert run.listening_address("127.0.0.1:8001") == ("127.0.0.1", 8001)
    for wrong in ("8000", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", ":8000"):
        with pytest.raises(RefusedSettings, match=re.escape("127.0.0.1:8000")):
            run.listening_address(wrong)


def test_an_address_open_to_others_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RefusedSettings, match="SONGHANH_HTTPS=1"):
        run.listening_address("0.0.0.0:8000")
    monkeypatch.setenv("SONGHANH_HOSTS", "songhanh.gov.vn")
    assert run.listening_address("0.0.0.0:8000") == ("0.0.0.0", 8000)


def test_a_port_that_is_taken_is_named_with_another_to_try() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(RefusedSettings, match=f"127.0.0.1:{port}: cổng đang có chương trình khác dùng"):
            run.refuse_if_taken("127.0.0.1", port)


def test_a_data_directory_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RefusedSettings, match="SONGHANH_DATA"):
        run.prepare_directory(tmp_path / "file" / "var")
