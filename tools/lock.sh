#!/bin/sh
# Locks every dependency by name, version and hash. No lock names a host; the resolver reads the public index only.
set -eu

export UV_NO_CONFIG=1 UV_PYTHON_DOWNLOADS=never
for part in requirements requirements-dev requirements-node; do
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate ${UPGRADE:+--upgrade} \
        --output-file "$part.lock" "$part.in"
done
sh tools/node.sh npm install --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error
.venv/bin/python - <<'PYTHON'
import json
from pathlib import Path

lock = Path("package-lock.json")
content = json.loads(lock.read_text(encoding="utf-8"))
for package in content["packages"].values():
    package.pop("resolved", None)
    package.pop("funding", None)
lock.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
PYTHON
