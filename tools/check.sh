#!/bin/sh
# Runs every check, then says which failed. `static`: what needs no database; `all`: with the tests on both databases.
set -u

bin=.venv/bin
failed=

check() {
    name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" || failed="$failed
  $name"
}

check "ruff: rules" $bin/ruff check .
check "ruff: layout" $bin/ruff format --check .
check "mypy" $bin/mypy
check "import contracts" $bin/lint-imports --no-logo
check "migrations" env SONGHANH_DATA="$(mktemp -d)" $bin/python manage.py makemigrations --check --dry-run
check "the plan as data" $bin/songhanh plan check

if [ "${1:-all}" = all ]; then
    # One throw-away PostgreSQL for both runs; the whole suite runs on SQLite, what touches the database on both.
    check "tests on PostgreSQL" $bin/python -m tools.postgres --as DATABASE_URL -- \
        $bin/python -m pytest -q -n 2 -m django_db
    check "tests" $bin/python -m tools.postgres --as SONGHANH_TEST_POSTGRES -- $bin/python -m pytest -q -n 2
fi

if [ -n "$failed" ]; then
    printf '\nFAILED:%s\n' "$failed" >&2
    exit 1
fi
