# From a fresh clone, with Python 3.11 and nothing else prepared. `make run` starts the demo, `make test` tests.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.PHONY: run install test peers check bench clean

PYTHON ?= $(shell for p in python3.11 python3; do command -v $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

run: install  ## the example body, in ./var (or ORDSKIFTE_HOME)
	@exec $(BIN)/ordskifte serve --demo

install: .venv/.installed  ## the environment alone

.venv/.installed: requirements.txt pyproject.toml
	@tools/make_venv "$(PYTHON)"
	@$(PIP) install -qq --require-hashes -r requirements.txt
	@$(PIP) install -qq --no-build-isolation --no-deps -e .
	@touch $@

.venv/.tested: requirements-dev.txt .venv/.installed
	@$(PIP) install -qq --require-hashes -r requirements-dev.txt
	@touch $@

test: .venv/.tested  ## all that pip alone can give
	$(BIN)/pytest -m "not peers"

peers: .venv/.tested  ## a browser and real servers, under .peers/; REQUIRE_PEERS=1 fails when one cannot be had
	@tools/peers

check: .venv/.tested  ## format, lint, types, import contracts, templates, translations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	@if [ -n "$$(find ordskifte -name '*.html' -print -quit)" ]; then $(BIN)/djlint ordskifte --lint --ignore H015 --quiet; fi
	@if [ -f tools/messages.py ]; then $(BIN)/python tools/messages.py check; fi

bench: .venv/.tested  ## figures and ratios as JSON
	@$(BIN)/python -m bench

clean:  ## everything made here, except the home in ./var
	rm -rf .venv .peers build bench/out *.egg-info .mypy_cache .ruff_cache .import_linter_cache .hypothesis .pytest_cache .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
