# Every target's ## comment is its help: `make` shows them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help setup data packs accessibility test requirements check lock lab damage fuzz attacks faults soak unit dependencies bench

help: ## show what there is to do
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

packs: setup ## make every ward's evidence pack, into reports/
	@$(BIN)/python -P -m darlington_analysis packs

accessibility: setup ## look at the published pages of both editions with a browser
	@for edition in 2011 2025; do \
	  $(BIN)/python -P -m darlington_analysis accessibility --edition $$edition || exit $$?; done

# In the order of the folders' names, so that the long tests of end_to_end begin first.
test: setup ## run the tests
	@$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder

requirements: setup ## run the tests of core requirements; write docs/requirements.md
	@$(BIN)/python -m pytest --requirements

check: setup ## check style, layers, sources, settings and the table
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . && $(BIN)/lint-imports --no-cache | tail -4
	@$(BIN)/python -P -m darlington_analysis check

lock: setup ## work requirements.lock out anew from pyproject.toml (needs uv)
	@uv pip compile pyproject.toml --extra browser --extra build --extra cluster --extra pdf --extra test \
	  --extra workbook --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --quiet \
	  --custom-compile-command "make lock" --output-file requirements.lock

lab: setup ## open the notebooks in JupyterLab
	@$(BIN)/jupyter lab notebooks/00-start-here.ipynb

damage: setup ## damage 10,000 files and count what becomes of them (needs DARLINGTON_REFERENCE_DATA)
	@$(BIN)/python scripts/damage_files.py

fuzz: setup ## 30 minutes of guided fuzzing of files, sidecars and records (docs/fuzz.md)
	@$(BIN)/python -c 'import atheris' 2>/dev/null || $(BIN)/python -m pip install --quiet 'atheris>=3.0'
	@$(BIN)/python scripts/fuzz.py $(FUZZ)

attacks: setup ## inject code through every door, open every output (docs/attacks.md)
	@$(BIN)/python scripts/attack_inputs.py

faults: setup ## kill runs at random moments, fill the disk, disturb them otherwise (docs/faults.md)
	@$(BIN)/python scripts/faults.py $(FAULTS)

soak: setup ## 50 runs of the edition in a row, nothing may grow (docs/soak.md)
	@$(BIN)/python scripts/soak.py $(SOAK)

unit: setup ## run the systemd unit under a systemd of its own, as root (docs/unit.md)
	@$(BIN)/python scripts/unit.py

dependencies: setup ## versions, licences, hashes, known weaknesses (docs/dependencies.md)
	@test -d $(VENV)/pip-audit || $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --target $(VENV)/pip-audit pip-audit || rm -rf $(VENV)/pip-audit
	@$(BIN)/python scripts/dependencies.py

# Apart from the rest, since papermill imports every engine that it finds beside it.
PLOOMBER := ploomber-engine==0.0.33 ploomber-core==0.2.27 ploomber-extension==0.1.1 \
  debuglater==1.4.4 posthog==7.91.1 backoff==2.2.1 distro==1.9.0 colorama==0.4.6

bench: setup ## measure ways to make packs side by side, as ratios: long, on quiet cores
	@test -d $(VENV)/ploomber || $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --no-deps --target $(VENV)/ploomber $(PLOOMBER) || rm -rf $(VENV)/ploomber
	@$(BIN)/python scripts/bench_packs.py $(BENCH)
	@$(BIN)/python scripts/bench_profile.py
	@$(BIN)/python scripts/bench_scale.py $(SCALE)
