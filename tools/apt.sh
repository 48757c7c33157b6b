#!/bin/sh
# Installs Debian packages when it may (root, or sudo without a password); otherwise names them in one sentence.
set -eu

refuse() {
    echo "Máy còn thiếu: $*. Đề nghị quản trị máy chạy: sudo apt-get install $*" >&2
    echo "These system packages are missing: $*. Ask for: sudo apt-get install $*" >&2
    exit 1
}

command -v apt-get >/dev/null 2>&1 || refuse "$@"
if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    refuse "$@"
fi

echo "Cài gói hệ thống / installing system packages: $*"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# An old or missing list of packages is renewed; a part of it that cannot be reached does not stop what the rest offers.
$as_root apt-get -qq update >"$log" 2>&1 || true
if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >>"$log" 2>&1; then
    tail -20 "$log" >&2
    refuse "$@"
fi
