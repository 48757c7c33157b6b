"""Django settings of Song Hành. Everything that differs between installations is an environment variable.

SONGHANH_DATA        where the database and the releases live (default: ./var)
DATABASE_URL         postgresql://… or sqlite:///… (default: an SQLite file in SONGHANH_DATA)
SONGHANH_HOSTS       names under which others reach the site, with commas (default: this machine only)
SONGHANH_HTTPS       1 when HTTPS stands before the site; must be set when SONGHANH_HOSTS is
SONGHANH_SECRET_KEY  at least 50 random characters; must be set when SONGHANH_HOSTS is
SONGHANH_DEBUG       1 for developers, on this machine only
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from songhanh.web.environment import (
    DatabaseAddress,
    RefusedSettings,
    is_local,
    read_database,
    read_directory,
    read_hosts,
    read_https,
    read_secret_key,
    read_yes,
)

WEB = Path(__file__).resolve().parent

# --- Who may reach the site, and how -------------------------------------------------------------------------
SONGHANH_DATA = read_directory(os.environ, "SONGHANH_DATA", "var")
_HOSTS = read_hosts(os.environ, "SONGHANH_HOSTS")
_LOCAL = all(is_local(host) for host in _HOSTS)
_HTTPS = read_https(os.environ, local=_LOCAL)
ALLOWED_HOSTS = list(_HOSTS)
SECRET_KEY = read_secret_key(os.environ, local=_LOCAL)
DEBUG = read_yes(os.environ, "SONGHANH_DEBUG")
if DEBUG and not _LOCAL:
    raise RefusedSettings(
        "SONGHANH_DEBUG chỉ dùng trên máy của người phát triển. Đề nghị bỏ SONGHANH_DEBUG rồi chạy lại."
    )

CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _HOSTS] if _HTTPS else []
CSRF_COOKIE_NAME = "__Host-csrf" if _HTTPS else "csrf"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = SECURE_SSL_REDIRECT = _HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- The house ------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "songhanh.territory",
    "songhanh.observations",
    "songhanh.results",
    "songhanh.web",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "songhanh.web.middleware.ContentSecurityPolicy",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "songhanh.web.middleware.Contradictions",
]
ROOT_URLCONF = "songhanh.web.urls"
WSGI_APPLICATION = "songhanh.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- The record -----------------------------------------------------------------------------------------------
# A read followed by a write must take the lock at once: in a deferred transaction SQLite answers "locked" to the
# second writer without waiting. FULL, because an official figure that was confirmed may not be lost in a power cut.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY;"
        "PRAGMA cache_size=-20000;PRAGMA mmap_size=268435456;PRAGMA journal_size_limit=67108864;"
    ),
}


def _database(address: DatabaseAddress) -> dict[str, Any]:
    """Return Django's entry for the address."""
    if address.engine == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": address.path, "OPTIONS": _SQLITE_OPTIONS}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.name,
        "USER": address.user,
        "PASSWORD": address.password,
        "HOST": address.host,
        "PORT": address.port,
        "OPTIONS": dict(address.options),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(read_database(os.environ, "DATABASE_URL", SONGHANH_DATA))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Words, dates, numbers ------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["songhanh.web.formats"]
USE_THOUSAND_SEPARATOR = True

# --- Static files ---------------------------------------------------------------------------------------------
# `make` collects them once, hashed and compressed. Where nobody has, they are served as they lie in the source.
STATIC_URL = "static/"
_COLLECTION = WEB / "collected"
_COLLECTED = (_COLLECTION / "staticfiles.json").is_file() and not DEBUG
STATIC_ROOT = _COLLECTION if _COLLECTED else None
WHITENOISE_USE_FINDERS = not _COLLECTED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- What the program says of itself --------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"songhanh": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
