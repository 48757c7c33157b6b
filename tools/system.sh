#!/bin/sh
# Sees to the system packages that the tests need and the program does not: a database server, a browser, an office
# suite, fonts with the measures of Times New Roman, a renderer of PDF pages.
set -eu

missing=
need() { missing="$missing $1"; }

found=
for initdb in /usr/lib/postgresql/*/bin/initdb "$(command -v initdb || true)"; do
    if [ -x "$initdb" ]; then found=yes; fi
done
[ -n "$found" ] || need postgresql
command -v chromium >/dev/null 2>&1 || need chromium
command -v soffice >/dev/null 2>&1 || need libreoffice-writer-nogui
command -v pdftoppm >/dev/null 2>&1 || need poppler-utils
command -v fc-list >/dev/null 2>&1 || need fontconfig
fc-list 2>/dev/null | grep -q "Tinos" || need fonts-croscore

if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # a list of names
    sh tools/apt.sh $missing
fi
