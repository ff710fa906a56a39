# One door for people and for CI. Everything goes into .venv and the data directory of the demo; nothing else is touched.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
CORPUS ?=
TEST_PROCESSES := --numprocesses=auto --maxprocesses=4 --dist=loadfile
PEERS ?= trafilatura,trafilatura-fast,trafilatura-precision,newspaper4k,readability-lxml,goose3,resiliparse,news-please

# The first Python that is new enough; `make demo PYTHON=/path/to/python3` names another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v "$$python"; break; }; done)

.PHONY: help demo test check format bench clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.installed ## See the whole pipeline work on a small news site of our own (first run installs: a minute or two)
	@$(BIN)/warraq demo $(ARGS)

# Each process brings servers of its own; tests that are given servers share them, so they run one after another.
test: $(VENV)/.installed-dev ## Run all tests, with a real Redis and a real PostgreSQL (ARGS="-k name" for some)
	@$(BIN)/python -m pytest $(if $(WARRAQ_TEST_REDIS_URL)$(WARRAQ_TEST_POSTGRES_URL),,$(TEST_PROCESSES)) $(ARGS)

check: $(VENV)/.installed-dev ## Format, lint, types and import contracts, in seconds
	@wrong=; \
	$(BIN)/ruff format --check --quiet --output-format concise . || wrong="$$wrong format (make format)"; \
	$(BIN)/ruff check --quiet --output-format concise . || wrong="$$wrong lint"; \
	$(BIN)/mypy --no-error-summary || wrong="$$wrong types"; \
	contracts=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$contracts"; wrong="$$wrong contracts"; }; \
	test -z "$$wrong" || { echo "Not right:$$wrong"; exit 1; }; \
	echo "Format, lint, types and import contracts are right."

format: $(VENV)/.installed-dev ## Format the code and mend what the linter can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# CORPUS=folder measures extraction on pages of yours, beside the peers; see bench/extraction/README.md.
# KNOWN="10000 1000000 10000000" measures a tick with ten million known pages too: 7 GB and some minutes more.
bench: $(VENV)/.installed-dev $(if $(CORPUS),.bench-venv/.installed) ## How fast it is, stage by stage (some minutes; CORPUS=folder: how good, too)
	@$(BIN)/python bench/extraction/run.py $(CORPUS) $(if $(CORPUS),--peers $(PEERS) --peers-python .bench-venv/bin/python)
	@$(BIN)/python bench/feeds.py
	@$(BIN)/python -m bench.fetch.run
	@$(BIN)/python bench/pipeline/run.py
	@$(BIN)/python bench/tick/run.py --sqlite
	@$(BIN)/python bench/tick/run.py --known $(or $(KNOWN),10000 1000000)
	@$(BIN)/python bench/schedule/run.py --sources 1000
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	$(BIN)/python -m bench.store.fill 20000 "sqlite:///$$folder/made.db" && \
	$(BIN)/python -m bench.store.searches "sqlite:///$$folder/made.db"

clean: ## Remove what was installed and built; articles are kept
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .bench-venv
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: what is installed is installed again only when pyproject.toml changes.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing Warraq into $(VENV) (once; a minute or two) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all]'
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "Installing Warraq and its tools into $(VENV) (once; a minute or two) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,dev]'
	@touch $(VENV)/.installed $@

.bench-venv/.installed: bench/extraction/requirements.txt | $(BIN)/python
	@echo "Installing the peers into .bench-venv (once; some minutes) …"
	@$(BIN)/python -m venv .bench-venv
	@.bench-venv/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@.bench-venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Warraq needs Python 3.11 or newer; none was found on PATH."; exit 1; }
	@echo "Making $(VENV) with $(PYTHON) …"
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
