"""A throw-away PostgreSQL for the tests: made in a temporary directory, reached by a local socket, gone at the end.

`python -m tools.postgres --as VARIABLE -- COMMAND …` runs the command with the address of the server in VARIABLE.
"""

from __future__ import annotations

import argparse
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

# Nothing here outlives the tests, so nothing waits for the disk.
SETTINGS = (
    "listen_addresses=''",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "autovacuum=off",
    "log_min_messages=fatal",
)


class NoPostgreSQL(Exception):
    """PostgreSQL is not on this machine; the text says how to get it."""


def programs() -> Path:
    """Return the directory of initdb and pg_ctl, of the newest version that is installed.

    Raises: NoPostgreSQL.
    """
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3])
    )
    if not versions:
        raise NoPostgreSQL(
            "PostgreSQL is not installed: `make test` installs it, or `apt-get install postgresql`."
        )
    return versions[-1].parent


def _owner() -> str:
    """Return the account that runs the server, which refuses to run as root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoPostgreSQL(
        "PostgreSQL does not run as root, and there is neither an account postgres nor nobody."
    )


def _run(command: Sequence[str | Path], owner: str, directory: Path) -> None:
    """Run a program of PostgreSQL quietly as the owner; its words are shown only when it fails."""
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam(owner)
        identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    # A server that starts keeps its output open, so the words go to a file instead of a pipe.
    with tempfile.TemporaryFile() as words:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            cwd=directory,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            check=False,
            **identity,
        )
        if done.returncode != 0:
            words.seek(0)
            raise NoPostgreSQL(f"{command[0]} failed:\n{words.read().decode(errors='replace')}")


@contextmanager
def throwaway() -> Iterator[str]:
    """Yield the address of a fresh server, as DATABASE_URL takes it; the server and its files go away at the end.

    Raises: NoPostgreSQL when it is not installed or does not start.
    """
    bin_, owner = programs(), _owner()
    directory = Path(tempfile.mkdtemp(prefix="songhanh-pg-"))
    data = directory / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(directory, owner)
        _run(
            [bin_ / "initdb", "-D", data, "-U", owner, "-A", "trust", "-E", "UTF8", "--no-sync"],
            owner,
            directory,
        )
        options = " ".join(
            f"-c {setting}" for setting in (*SETTINGS, f"unix_socket_directories='{directory}'")
        )
        log = directory / "log"
        _run([bin_ / "pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start"], owner, directory)
        try:
            yield f"postgresql:///postgres?host={quote(str(directory), safe='')}&user={owner}"
        finally:
            _run([bin_ / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], owner, directory)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def main() -> int:
    """Return the exit code of the command that ran beside the server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--as", dest="variable", required=True, help="variable that holds the address")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server goes with us
    try:
        with throwaway() as address:
            return subprocess.run(
                options.command, env={**os.environ, options.variable: address}, check=False
            ).returncode
    except NoPostgreSQL as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
