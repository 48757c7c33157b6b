"""What the environment may say, and the sentence that answers when it says something else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from songhanh.web.environment import (
    LOCAL_HOSTS,
    RefusedSettings,
    in_vietnamese,
    is_local,
    read_database,
    read_directory,
    read_hosts,
    read_https,
    read_secret_key,
    read_yes,
)
from tests.architecture.vietnamese import foreign_words

KEY = "k" * 50


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("127.8.9.1", True), ("localhost", True), ("[::1]", True), ("may.localhost", True),
     ("0.0.0.0", False), ("192.168.1.5", False), ("songhanh.langson.gov.vn", False), ("localhost.evil.vn", False)],
)  # fmt: skip
def test_only_loopback_is_this_machine(host: str, local: bool) -> None:
    assert is_local(host) is local


def test_nobody_else_reaches_the_site_until_somebody_says_so() -> None:
    assert read_hosts({}, "SONGHANH_HOSTS") == LOCAL_HOSTS


def test_hosts_are_names_and_nothing_else() -> None:
    assert read_hosts({"H": " A.gov.vn, b.gov.vn "}, "H") == ("a.gov.vn", "b.gov.vn")
    for wrong in ("*", "https://a.gov.vn", "a.gov.vn:8000", "*.gov.vn"):
        with pytest.raises(RefusedSettings, match="tên miền"):
            read_hosts({"H": wrong}, "H")


def test_a_word_that_is_neither_yes_nor_no_is_asked_again() -> None:
    assert read_yes({"X": "1"}, "X")
    assert read_yes({"X": "Có"}, "X")
    assert not read_yes({"X": "0"}, "X")
    assert not read_yes({}, "X")
    with pytest.raises(RefusedSettings, match="Biến X"):
        read_yes({"X": "maybe"}, "X")


def test_this_machine_draws_its_own_key_and_an_open_site_must_be_given_one() -> None:
    assert read_secret_key({}, local=True) != read_secret_key({}, local=True)
    assert read_secret_key({"SONGHANH_SECRET_KEY": KEY}, local=False) == KEY
    with pytest.raises(RefusedSettings, match="Chưa đặt SONGHANH_SECRET_KEY"):
        read_secret_key({}, local=False)
    with pytest.raises(RefusedSettings, match="chỉ có 8 ký tự"):
        read_secret_key({"SONGHANH_SECRET_KEY": "mat-khau"}, local=False)


def test_an_open_site_is_served_over_https_or_not_at_all() -> None:
    assert not read_https({}, local=True)
    assert read_https({"SONGHANH_HTTPS": "1"}, local=False)
    with pytest.raises(RefusedSettings, match="HTTPS"):
        read_https({}, local=False)


def test_a_data_directory_may_be_missing_but_not_a_file(tmp_path: Path) -> None:
    assert read_directory({"D": str(tmp_path / "new")}, "D", "var") == tmp_path / "new"
    assert read_directory({}, "D", "var") == Path("var").absolute()
    (tmp_path / "file").touch()
    with pytest.raises(RefusedSettings, match="đang trỏ vào một tệp"):
        read_directory({"D": str(tmp_path / "file")}, "D", "var")


def test_the_database_is_a_file_in_the_data_directory_unless_an_address_says_otherwise(
    tmp_path: Path,
) -> None:
    assert read_database({}, "U", tmp_path).path == tmp_path / "songhanh.sqlite3"
    assert read_database({"U": "sqlite:////srv/a.sqlite3"}, "U", tmp_path).path == Path("/srv/a.sqlite3")


def test_an_address_of_postgresql_is_taken_apart(tmp_path: Path) -> None:
    found = read_database({"U": "postgresql://mai:b%40c@db:5433/songhanh?sslmode=require"}, "U", tmp_path)
    assert (found.user, found.password, found.host, found.port) == ("mai", "b@c", "db", "5433")
    assert (found.name, dict(found.options)) == ("songhanh", {"sslmode": "require"})
    assert "b@c" not in repr(found)


def test_an_address_of_postgresql_may_be_a_local_socket(tmp_path: Path) -> None:
    found = read_database({"U": "postgresql:///songhanh?host=%2Frun%2Fpg&user=mai"}, "U", tmp_path)
    assert (found.host, found.user, found.options) == ("/run/pg", "mai", {})


@pytest.mark.parametrize("address", ["mysql://a/b", "songhanh", "postgresql://db", "sqlite://"])
def test_another_database_is_refused_with_the_two_ways_of_writing_it(address: str, tmp_path: Path) -> None:
    with pytest.raises(RefusedSettings) as refusal:
        read_database({"U": address}, "U", tmp_path)
    assert "postgresql://" in str(refusal.value)
    assert "sqlite:///" in str(refusal.value)


def test_what_the_machine_refuses_is_told_in_vietnamese() -> None:
    assert in_vietnamese(OSError(28, "No space left on device")) == "đĩa đã đầy"
    assert in_vietnamese(OSError(9999, "?")) == "máy báo lỗi số 9999"


def starting(**environ: str) -> subprocess.CompletedProcess[str]:
    """Return what happens when the settings are read in a process of their own."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SONGHANH_", "DATABASE_URL"))
    }
    program = (
        "import os, sys\nfrom songhanh.web.environment import RefusedSettings\n"
        "try:\n    import songhanh.web.settings as s\nexcept RefusedSettings as refusal:\n    sys.exit(str(refusal))\n"
        "print(s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, s.CSRF_COOKIE_NAME, s.ALLOWED_HOSTS)\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**inherited, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_on_this_machine_nothing_has_to_be_set() -> None:
    told = starting()
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("False False csrf ['127.0.0.1', 'localhost'")


def test_an_open_site_with_everything_set_uses_https_throughout() -> None:
    told = starting(SONGHANH_HOSTS="a.gov.vn", SONGHANH_HTTPS="1", SONGHANH_SECRET_KEY=KEY)
    assert told.stdout.strip() == "True True __Host-csrf ['a.gov.vn']"


@pytest.mark.parametrize(
    ("environ", "names"),
    [
        ({"SONGHANH_HOSTS": "a.gov.vn"}, "SONGHANH_HTTPS"),
        ({"SONGHANH_HOSTS": "a.gov.vn", "SONGHANH_HTTPS": "1"}, "SONGHANH_SECRET_KEY"),
        ({"SONGHANH_HOSTS": "a.gov.vn", "SONGHANH_SECRET_KEY": KEY}, "SONGHANH_HTTPS"),
        (
            {
                "SONGHANH_HOSTS": "a.gov.vn",
                "SONGHANH_HTTPS": "1",
                "SONGHANH_SECRET_KEY": KEY,
                "SONGHANH_DEBUG": "1",
            },
            "SONGHANH_DEBUG",
        ),
        ({"DATABASE_URL": "mysql://a/b"}, "DATABASE_URL"),
    ],
)
def test_settings_that_would_leave_the_door_open_stop_the_start(environ: dict[str, str], names: str) -> None:
    told = starting(**environ)
    assert told.returncode == 1
    assert names in told.stderr
    assert foreign_words(told.stderr) == []
