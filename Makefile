# Needs Python 3.11 or newer and a network. Everything it makes stays in this folder.
PYTHON ?= python3
PORT   ?= 8000
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
FRONT  := static/vendor/htmx.min.js
SPREAD := --numprocesses=auto --maxprocesses=4
APT    := DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends
export CUSTOM_COMPILE_COMMAND := make lock
# Whatever the machine says, Python keeps what it has compiled: the tests' many processes would each do it anew.
unexport PYTHONDONTWRITEBYTECODE

# The machine's npm, or else the one that a Python package brings.
NPM := $(shell command -v npm 2>/dev/null)
ifeq ($(NPM),)
NPM  := PATH="$(CURDIR)/$(BIN):$$PATH" npm
NODE := $(VENV)/.node
endif

.PHONY: help run test test-full check format words bench lock clean
.DELETE_ON_ERROR:

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' Makefile

run: $(VENV)/.run $(FRONT)  ## set up, then the demo team at http://127.0.0.1:8000 (another: PORT=8080)
	@$(BIN)/factboard demo --port $(PORT)

test: $(VENV)/.dev $(FRONT) $(VENV)/.browser  ## the tests, big generated suites as samples (ARGS="-k board")
	@$(BIN)/pytest $(SPREAD) $(ARGS)

test-full: $(VENV)/.dev $(FRONT) $(VENV)/.browser  ## the tests, big generated suites whole
	@$(BIN)/pytest $(SPREAD) --full $(ARGS)

check: $(VENV)/.dev  ## lint, format and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

format: $(VENV)/.dev  ## put code in order
	@$(BIN)/ruff check --fix-only --quiet . && $(BIN)/ruff format .

words: $(VENV)/.dev  ## gather new sentences into factboard/locale/sv/, to be translated there
	@$(BIN)/pybabel -q extract -F factboard/locale/babel.cfg --no-location --sort-output -o $(VENV)/factboard.pot .
	@$(BIN)/pybabel -q update -D factboard -d factboard/locale -i $(VENV)/factboard.pot \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=110

bench: $(VENV)/.dev $(FRONT)  ## all measurements, as tables
	@$(BIN)/python -m bench $(ARGS)

lock: $(VENV)/.dev  ## the lock files anew (newer versions too: ARGS=--upgrade)
	@for part in pyproject.toml requirements-build.in requirements-node.in requirements-dev.in; do \
		case $$part in pyproject.toml) lock=requirements.lock ;; *) lock=$${part%.in}.lock ;; esac; \
		echo $$lock; \
		$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
			--no-emit-find-links --no-emit-trusted-host $(ARGS) -o $$lock $$part || exit 1; \
	done
	@$(NPM) install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

clean:  ## remove what this file made; databases stay
	rm -rf $(VENV) static/vendor node_modules dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find factboard tests bench -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "factboard needs Python 3.11 or newer, and $(PYTHON) is older or missing; name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; \
		exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.run: requirements.lock requirements-build.lock pyproject.toml | $(BIN)/python
	@echo "Installing what factboard needs into $(VENV) (about a minute the first time)"
	@$(PIP) install --require-hashes -r requirements-build.lock
	@$(PIP) install --require-hashes --no-build-isolation -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "Installing what the tests need into $(VENV)"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.node: requirements-node.lock | $(BIN)/python
	@echo "No npm on this machine: installing one into $(VENV)"
	@$(PIP) install --require-hashes -r requirements-node.lock
	@touch $@

# htmx is not kept in this repository: package-lock.json names the exact files by their digest.
$(FRONT): package.json package-lock.json | $(BIN)/python $(NODE)
	@echo "Fetching the front-end files into static/vendor"
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel error >/dev/null
	@mkdir -p static/vendor
	@cd node_modules/htmx.org && cp LICENSE dist/ext/hx-sse.min.js dist/htmx.min.js ../../static/vendor/
	@rm -rf node_modules

# One that runs without windows takes three fifths of the processor time; a few tests need the whole one. A system that
# has but the whole one uses that for all.
$(VENV)/.browser: | $(VENV)/.dev
	@here() { command -v $$1 >/dev/null; }; \
	if [ -n "$$CHROMIUM_PATH" ] || { here chromium && here chromium-headless-shell; }; then :; \
	elif [ "$$(id -u)" = 0 ] && here apt-get; then \
		echo "Installing Chromium for the browser tests"; \
		{ apt-get update -qq && { $(APT) chromium chromium-headless-shell || $(APT) chromium; }; } >/dev/null; \
	else here chromium || here chromium-browser || $(BIN)/playwright install chromium; \
	fi && touch $@ || here chromium || here chromium-browser || \
	echo "No browser could be installed; the browser tests need one: install Chromium, or name it in CHROMIUM_PATH" >&2
