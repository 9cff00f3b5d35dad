# One command each. `make help` lists them; nothing else needs to be installed but Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
ARGS ?=
# Turns pip's hundred lines into one that moves; errors go to stderr and stay.
SHOW := awk '/^Collecting/ { printf "\r  %d packages found", ++n; fflush() } /^Installing collected/ { printf ", installing them…"; fflush() } END { print "" }'

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c

.DEFAULT_GOAL := help

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: demo
demo: $(VENV)/.run ## Open the room in a browser: no key, no account (ARGS="--no-open --port 8765" is passed on)
	@$(BIN)/readback demo $(ARGS)

.PHONY: test
test: $(VENV)/.dev ## Everything CI runs: checks, then all tests (ARGS="-k board" narrows the tests)
	@$(MAKE) --no-print-directory check
	@$(BIN)/pytest -n 2 --dist loadfile $(ARGS)

.PHONY: check
check: $(VENV)/.dev ## Lint, types, structure, size report
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python tests/house/size_report.py

.PHONY: format
format: $(VENV)/.dev ## Format and fix what ruff can fix
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: bench
bench: $(VENV)/.dev ## Measure: every figure that README or docs quote
	@$(BIN)/python -m benchmarks $(ARGS)

.PHONY: faults
faults: $(VENV)/.dev ## The long kill -9 run (CI runs a short one)
	@$(BIN)/python tests/faults/long_run.py $(ARGS)

.PHONY: screenshots
screenshots: $(VENV)/.dev ## Make the pictures in docs/images from the running demo (needs chromium)
	@$(BIN)/python docs/screenshots.py

.PHONY: clean
clean: ## Remove the virtual environment and the demo's data
	rm -rf $(VENV) .readback

$(VENV)/bin/python:
	@echo "Setting up: a virtual environment in $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit("Readback needs Python 3.11 or newer; `make PYTHON=python3.12 …` picks another.") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Setting up: installing what Readback needs (once, about half a minute)"
	@$(PIP) install --progress-bar off --constraint constraints.txt --editable . | $(SHOW)
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Setting up: installing what the tests need (once, about a minute)"
	@$(PIP) install --quiet --constraint constraints.txt "pip>=26"
	@$(PIP) install --progress-bar off --constraint constraints.txt --editable ".[postgres]" --group dev | $(SHOW)
	@touch $@ $(VENV)/.run
