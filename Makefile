# Song Hành. `make help` lists what can be asked for.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
SOURCES := songhanh tests tools bench manage.py
STATIC := $(shell find songhanh -path '*/static/*' -type f -not -path '*/static/build/*' 2>/dev/null)
STATIC_SOURCES := $(shell find songhanh/web/static_src -type f 2>/dev/null)
NPM_CI := sh tools/node.sh npm ci --omit=optional --ignore-scripts --no-audit --no-fund --loglevel=error --no-update-notifier

.PHONY: help
help: ## Các lệnh có thể gọi / what can be asked for
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

.PHONY: run
run: $(VENV)/.run songhanh/web/collected/staticfiles.json ## Mở Song Hành trên máy này (EMPTY=1: chưa có số liệu) / open it here
	@$(BIN)/songhanh run

.PHONY: setup
setup: $(VENV)/.dev ## Dựng môi trường cho người phát triển / the developer's environment

.PHONY: assets
assets: songhanh/web/static/build/.done ## Dựng kiểu chữ, phông, biểu tượng / style sheet, fonts, icons

.PHONY: test
test: system $(VENV)/.dev node_modules/.dev songhanh/web/static/build/.done ## Mọi kiểm tra và thử nghiệm / every check and test
	@sh tools/check.sh all

.PHONY: lint
lint: $(VENV)/.dev ## Chỉ các kiểm tra không chạy chương trình / static checks only
	@sh tools/check.sh static

.PHONY: fix
fix: $(VENV)/.dev ## Sửa cách trình bày mã nguồn / format the code
	@$(BIN)/ruff check --quiet --fix $(wildcard $(SOURCES)) || true
	@$(BIN)/ruff format $(wildcard $(SOURCES))

.PHONY: bench
bench: $(VENV)/.dev ## Đo tốc độ / measure speed
	@set -e; for bench in bench/bench_*.py; do echo "== $$bench"; $(BIN)/python "$$bench"; done

.PHONY: lock
lock: $(VENV)/.dev ## Khóa lại các phần mềm phụ thuộc / lock the dependencies again
	@sh tools/lock.sh

.PHONY: clean
clean: ## Xóa những gì đã dựng (giữ số liệu trong var/) / remove what was built, keep the data
	@rm -rf $(VENV) node_modules songhanh/web/static/build songhanh/web/collected
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.PHONY: system
system:
	@sh tools/system.sh

# --- Python -------------------------------------------------------------------------------------------------------
$(BIN)/python:
	@echo "Dựng môi trường Python / making the Python environment …"
	@sh tools/python.sh

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Cài các gói Python theo bản khóa / installing locked Python packages …"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/python
	@echo "Cài các gói Python theo bản khóa / installing locked Python packages …"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-build-isolation --editable .
	@touch $(VENV)/.run $@

# --- Front end ----------------------------------------------------------------------------------------------------
node_modules/.run: package.json package-lock.json | $(VENV)/.run
	@echo "Lấy các gói giao diện theo bản khóa / fetching locked front-end packages …"
	@$(NPM_CI) --omit=dev
	@touch $@

node_modules/.dev: package.json package-lock.json | $(VENV)/.run
	@echo "Lấy các gói giao diện theo bản khóa / fetching locked front-end packages …"
	@$(NPM_CI)
	@touch node_modules/.run $@

songhanh/web/static/build/.done: node_modules/.run tools/build_assets.mjs $(STATIC_SOURCES)
	@echo "Dựng kiểu chữ và phông / building the style sheet and fonts …"
	@sh tools/node.sh node tools/build_assets.mjs
	@touch $@

songhanh/web/collected/staticfiles.json: songhanh/web/static/build/.done $(STATIC) | $(VENV)/.run
	@rm -rf songhanh/web/collected
	@SONGHANH_DEBUG=1 $(BIN)/python tools/collect_static.py
