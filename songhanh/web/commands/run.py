"""`songhanh run`: prepares the database, fills an empty one with illustrative figures, serves on this machine."""

from __future__ import annotations

import argparse
import os
import secrets
import socket
from importlib import import_module
from pathlib import Path

from songhanh.web.environment import (
    RefusedSettings,
    in_vietnamese,
    is_local,
    read_directory,
    read_hosts,
    read_text,
    read_yes,
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--address",
        default=read_text(os.environ, "SONGHANH_ADDRESS", "127.0.0.1:8000"),
        metavar="MÁY:CỔNG",
        help="địa chỉ nhận truy cập (mặc định 127.0.0.1:8000)",
    )


def run(options: argparse.Namespace) -> int:
    """Serve until stopped; return 0."""
    host, port = listening_address(options.address)
    refuse_if_taken(host, port)
    data = read_directory(os.environ, "SONGHANH_DATA", "var")
    prepare_directory(data)
    os.environ.setdefault("SONGHANH_SECRET_KEY", local_secret_key(data))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songhanh.web.settings")
    import_module("django").setup()
    prepare_database()
    if not read_yes(os.environ, "EMPTY"):
        fill_when_empty()
    print(f"Song Hành đang chạy: mở http://{host}:{port} trong trình duyệt. Nhấn Ctrl+C để dừng.", flush=True)
    serve(host, port)
    return 0


def listening_address(address: str) -> tuple[str, int]:
    """Return host and port to listen on.

    Raises: RefusedSettings when the address is not one, or is open to others while SONGHANH_HOSTS names nobody.
    """
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise RefusedSettings(f"Địa chỉ “{address}” chưa đúng. Đề nghị ghi dạng 127.0.0.1:8000.")
    if not is_local(host) and all(is_local(name) for name in read_hosts(os.environ, "SONGHANH_HOSTS")):
        raise RefusedSettings(
            f"Địa chỉ {address} mở cho máy khác truy cập. Đề nghị đặt SONGHANH_HOSTS (tên miền), SONGHANH_HTTPS=1 và"
            " SONGHANH_SECRET_KEY; hoặc dùng 127.0.0.1 để chỉ mở trên máy này."
        )
    return host, int(port)


def prepare_directory(data: Path) -> None:
    """Make the data directory.

    Raises: RefusedSettings when this machine does not let us write there.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise RefusedSettings(
            f"Không tạo được thư mục dữ liệu {data}: {in_vietnamese(problem)}. Đề nghị đặt SONGHANH_DATA là một thư mục"
            " ghi được."
        ) from problem


def local_secret_key(data: Path) -> str:
    """Return this machine's own key, drawn at the first start and kept in the data directory for its owner only."""
    file = data / "secret_key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return file.read_text(encoding="ascii")


def prepare_database() -> None:
    """Bring the tables of the database up to date."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def fill_when_empty() -> None:
    """Load illustrative figures into an empty register, saying so, for it takes some seconds."""
    from songhanh.observations import queries
    from songhanh.plan import load
    from songhanh.web.illustrated import load_illustration

    if queries.mark():
        return
    print("Cơ sở dữ liệu còn trống: đang nạp số liệu minh họa (EMPTY=1 để không nạp) …", flush=True)
    load_illustration(load())


def refuse_if_taken(host: str, port: int) -> None:
    """Raise RefusedSettings when another program already listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as problem:
            raise RefusedSettings(
                f"Không mở được {host}:{port}: {in_vietnamese(problem)}. Đề nghị dừng chương trình đang dùng cổng này,"
                " hoặc chọn cổng khác, ví dụ --address 127.0.0.1:8001."
            ) from problem


def serve(host: str, port: int) -> None:
    """Serve the site until stopped: one process per core, one thread each, which is what measures fastest."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "songhanh.web.wsgi:application",
        address=host.strip("[]"),
        port=port,
        interface=Interfaces.WSGI,
        workers=min(os.cpu_count() or 1, 4),
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()
