# Every target's ## comment is its help: `make` shows them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help setup data packs accessibility test requirements check docs lock lab damage fuzz attacks faults soak unit dependencies bench

help: ## list these commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1	\2/' | expand -t 16

setup: $(STAMP) ## make the virtual environment from requirements.lock

# uv is used where it is at hand, since it is quicker; pip does the same from the same lock file.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: make setup PYTHON=python3.11"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@if command -v uv >/dev/null; then \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	fi
	@touch $@

data: setup ## turn data/raw into data/processed
	@$(BIN)/python -P -m darlington_analysis data

packs: setup ## make every ward’s evidence pack in both editions, the newest first, into reports/
	@$(BIN)/python -P -m darlington_analysis packs --edition 2025
	@$(BIN)/python -P -m darlington_analysis packs --edition 2011

accessibility: setup ## check the published pages in a browser
	@$(BIN)/python -m scripts.accessibility $(EDITIONS)

# In the order of the folders' names, so that the long tests of end_to_end begin first.
test: setup ## run the tests
	@$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder

requirements: setup ## run the tests of core requirements; write docs/requirements.md
	@$(BIN)/python -m pytest --requirements

check: setup ## check style, layers, sources, settings and the table
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . && $(BIN)/lint-imports --no-cache | tail -4
	@$(BIN)/python -P -m darlington_analysis check

lock: setup ## compute requirements.lock from pyproject.toml (needs uv)
	@uv pip compile pyproject.toml --extra browser --extra build --extra cluster --extra docs --extra pdf \
	  --extra test --extra workbook --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --quiet \
	  --custom-compile-command "make lock" --output-file requirements.lock

docs: setup ## build the documentation, into docs/_build; a warning is an error
	@$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build
	@echo docs/_build/index.html

lab: setup ## open the project in JupyterLab
	@$(BIN)/jupyter lab --ServerApp.root_dir=$(CURDIR) notebooks/00-start-here.ipynb

damage: setup ## damage 10,000 files and count what happens (needs DARLINGTON_REFERENCE_DATA)
	@$(BIN)/python -m scripts.hardening.damage_files

fuzz: setup ## fuzz files, sidecars and records for 30 minutes each (docs/fuzz.md)
	@$(BIN)/python -c 'import atheris' 2>/dev/null || $(BIN)/python -m pip install --quiet 'atheris>=3.0'
	@$(BIN)/python -m scripts.hardening.fuzz $(FUZZ)

attacks: setup ## put code into every input and open every output (docs/attacks.md)
	@$(BIN)/python -m scripts.hardening.attacks

faults: setup ## kill runs, fill the disk and disturb runs in other ways (docs/faults.md)
	@$(BIN)/python -m scripts.hardening.faults $(FAULTS)

soak: setup ## run the edition 50 times in one process; nothing may grow (docs/soak.md)
	@$(BIN)/python -m scripts.hardening.soak $(SOAK)

unit: setup ## run the systemd unit under a separate systemd, as root (docs/unit.md)
	@$(BIN)/python -m scripts.hardening.unit

dependencies: setup ## list versions, licences, hashes and known weaknesses (docs/dependencies.md)
	@test -d $(VENV)/pip-audit || $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --target $(VENV)/pip-audit pip-audit || rm -rf $(VENV)/pip-audit
	@$(BIN)/python -m scripts.docs.dependencies

# Apart from the rest, since papermill imports every engine that it finds beside it.
PLOOMBER := ploomber-engine==0.0.33 ploomber-core==0.2.27 ploomber-extension==0.1.1 \
  debuglater==1.4.4 posthog==7.91.1 backoff==2.2.1 distro==1.9.0 colorama==0.4.6

bench: data ## compare ways to make packs; takes long and needs idle cores (docs/benchmark.md)
	@test -d $(VENV)/ploomber || $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --no-deps --target $(VENV)/ploomber $(PLOOMBER) || rm -rf $(VENV)/ploomber
	@$(BIN)/python -m scripts.benchmarks.packs $(BENCH)
	@$(BIN)/python -m scripts.benchmarks.profile_packs
	@$(BIN)/python -m scripts.benchmarks.scale $(SCALE)
	@$(BIN)/python -m scripts.benchmarks.start_up
