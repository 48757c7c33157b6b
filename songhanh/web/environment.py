"""Typed readers of environment variables that refuse in Vietnamese and say what to set. No Django."""

from __future__ import annotations

import errno
import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
SHORTEST_SECRET_KEY = 50

_YES = {"1", "true", "yes", "on", "có", "co"}
_NO = {"", "0", "false", "no", "off", "không", "khong"}


_WHY = {
    errno.EACCES: "máy không cho phép",
    errno.EPERM: "máy không cho phép",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EDQUOT: "đã hết phần đĩa được cấp",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOENT: "không có thư mục hoặc tệp này",
    errno.ENOTDIR: "một phần của đường dẫn là tệp, không phải thư mục",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.EADDRINUSE: "cổng đang có chương trình khác dùng",
    errno.EADDRNOTAVAIL: "địa chỉ này không phải của máy này",
}


class RefusedSettings(Exception):
    """A variable is wrong or absent; the text is a Vietnamese sentence that says what to set."""


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """Where the register lives, taken apart from DATABASE_URL. `path` is set for SQLite only."""

    engine: str
    path: Path | None = None
    name: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


def in_vietnamese(problem: OSError) -> str:
    """Return in a few Vietnamese words why the machine refused; the number where there are no words for it."""
    return _WHY.get(problem.errno or 0, f"máy báo lỗi số {problem.errno}")


def read_text(environ: Mapping[str, str], name: str, default: str = "") -> str:
    """Return the variable without surrounding blanks, or `default` when it is absent or empty."""
    return environ.get(name, "").strip() or default


def read_yes(environ: Mapping[str, str], name: str) -> bool:
    """Return whether a yes-or-no variable says yes; absent means no.

    Raises: RefusedSettings when it says neither.
    """
    word = environ.get(name, "").strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise RefusedSettings(f"Biến {name} chỉ nhận 1 (có) hoặc 0 (không). Đề nghị sửa lại rồi chạy lại.")


def read_directory(environ: Mapping[str, str], name: str, default: str) -> Path:
    """Return the absolute path of a directory, which need not exist yet.

    Raises: RefusedSettings when a file stands there.
    """
    directory = Path(read_text(environ, name, default)).expanduser().absolute()
    if directory.exists() and not directory.is_dir():
        raise RefusedSettings(
            f"{name} đang trỏ vào một tệp ({directory}). Đề nghị đặt {name} là một thư mục."
        )
    return directory


def read_hosts(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return the names under which the site is reached; absent means this machine only.

    Raises: RefusedSettings for a wildcard, a scheme, a port or a path.
    """
    hosts = tuple(host.strip().lower() for host in read_text(environ, name).split(",") if host.strip())
    for host in hosts:
        if "*" in host or "/" in host or (":" in host and not host.startswith("[")):
            raise RefusedSettings(
                f"{name} có tên máy không dùng được: {host}. Đề nghị chỉ ghi tên miền, cách nhau bằng dấu phẩy,"
                " không ghi http://, cổng hay dấu *."
            )
    return hosts or LOCAL_HOSTS


def is_local(host: str) -> bool:
    """Return whether only this machine can reach the host (a loopback name or address)."""
    bare = host.strip("[]")
    if bare == "localhost" or bare.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def read_secret_key(environ: Mapping[str, str], *, local: bool) -> str:
    """Return the secret key; on this machine alone a key drawn for this process will do.

    Raises: RefusedSettings when the site is open to others and the key is absent or short.
    """
    key = read_text(environ, "SONGHANH_SECRET_KEY")
    if not key and local:
        return secrets.token_urlsafe(64)
    if not key:
        raise RefusedSettings(
            "Chưa đặt SONGHANH_SECRET_KEY, trong khi SONGHANH_HOSTS mở trang cho máy khác truy cập. Đề nghị đặt"
            f" một chuỗi bí mật ngẫu nhiên từ {SHORTEST_SECRET_KEY} ký tự trở lên rồi chạy lại."
        )
    if len(key) < SHORTEST_SECRET_KEY:
        raise RefusedSettings(
            f"SONGHANH_SECRET_KEY chỉ có {len(key)} ký tự. Đề nghị đặt chuỗi ngẫu nhiên từ {SHORTEST_SECRET_KEY}"
            " ký tự trở lên."
        )
    return key


def read_https(environ: Mapping[str, str], *, local: bool) -> bool:
    """Return whether the site is served over HTTPS; other machines may reach it no other way.

    Raises: RefusedSettings when the site is open to others and nothing says that HTTPS stands before it.
    """
    https = read_yes(environ, "SONGHANH_HTTPS")
    if not https and not local:
        raise RefusedSettings(
            "Trang mở cho máy khác truy cập thì phải chạy qua HTTPS. Đề nghị đặt máy chủ HTTPS (ví dụ nginx) phía"
            " trước, gửi kèm tiêu đề X-Forwarded-Proto, rồi đặt SONGHANH_HTTPS=1; hoặc bỏ SONGHANH_HOSTS để chỉ"
            " dùng trên máy này."
        )
    return https


def read_database(environ: Mapping[str, str], name: str, data: Path) -> DatabaseAddress:
    """Return the database to use; absent means one SQLite file in the data directory.

    Raises: RefusedSettings for an address that is neither SQLite nor PostgreSQL.
    """
    address = read_text(environ, name)
    if not address:
        return DatabaseAddress("sqlite", path=data / "songhanh.sqlite3")
    parts = urlsplit(address)
    if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
        return DatabaseAddress("sqlite", path=Path(unquote(parts.path[1:])).absolute())
    if parts.scheme not in {"postgres", "postgresql"} or len(parts.path) < 2:
        raise RefusedSettings(
            f"{name} chưa đúng. Đề nghị ghi dạng postgresql://người-dùng:mật-khẩu@máy-chủ:5432/tên-cơ-sở-dữ-liệu"
            " hoặc sqlite:///đường-dẫn/tệp.sqlite3."
        )
    options = dict(parse_qsl(parts.query))
    return DatabaseAddress(
        "postgresql",
        name=unquote(parts.path[1:]),
        user=unquote(parts.username or options.pop("user", "")),
        password=unquote(parts.password or options.pop("password", "")),
        host=unquote(parts.hostname or "") or options.pop("host", ""),
        port=str(parts.port or options.pop("port", "")),
        options=options,
    )
