#!/bin/sh
# Makes .venv with Python 3.11 or newer. On Debian without python3-venv it installs that package when it may.
set -eu

venv=.venv

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

python=$(find_python)
if [ -z "$python" ]; then
    echo "Cần Python 3.11 trở lên, máy này chưa có; đề nghị cài gói python3 rồi chạy lại." >&2
    echo "Python 3.11 or newer is needed and not found: install it, then run this again." >&2
    exit 1
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    sh tools/apt.sh python3-venv
fi
rm -rf "$venv"
"$python" -m venv "$venv"
