# Everything runs in .venv, made from uv.lock; nothing is installed outside this folder.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup report test test-versions test-pythons sbom lab lint docs bench bench-large

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

setup: .venv/ready ## Set up the environment in .venv

report: .venv/ready ## Write the report of the default case (DIY, baseline) into reports/
	@$(BIN)/jspmodel run data/diy/scenarios/baseline.yaml

# Tests start hundreds of processes: none compiles what the first has compiled, whatever the environment says of
# bytecode. In the order of their names the files of few long tests come first, so that no core waits for the last one.
test: .venv/ready ## Run all tests, one process a core
	@$(BIN)/python -m compileall -q src
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n logical --dist loadfile --no-loadscope-reorder

test-versions: .venv/ready ## Run quick tests with the lowest and highest versions that are allowed
	@.ci/versions

test-pythons: .venv/ready ## Run quick tests with Python 3.12 to 3.14, as far as they are on this machine
	@.ci/pythons

sbom: .venv/ready ## Write the bill of materials of the locked packages (CycloneDX) to build/sbom.json, offline
	@mkdir -p build
	@$(BIN)/uv export --quiet --offline --locked --no-dev --format cyclonedx1.5 --output-file build/sbom.json
	@echo "Bill of materials: build/sbom.json"

lab: .venv/ready ## Open JupyterLab in notebooks/
	@$(BIN)/jspmodel lab

lint: .venv/ready ## Check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What was built with a warning is built anew: pages that are kept would not warn again.
docs: .venv/ready ## Build the documentation into build/docs; warnings are errors
	@$(BIN)/sphinx-build -q -W --keep-going -b html docs build/docs || { rm -rf build/docs; exit 1; }
	@echo "Documentation: build/docs/index.html"

bench: .venv/ready ## Time the selection beside HiGHS and CBC
	@$(BIN)/python benchmarks/selection.py area province --out benchmarks/selection.json

bench-large: .venv/ready ## Time the selection for 100 and all 514 regions (more than an hour)
	@$(BIN)/python benchmarks/selection.py large nation --out benchmarks/selection-large.json

.venv/ready: pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up (once): 1/2 environment in .venv"
	@$(PYTHON) -m venv .venv \
	  || { echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.5,<1'
	@echo "Setting up (once): 2/2 packages as locked in uv.lock"
	@UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV= $(BIN)/uv sync --locked --compile-bytecode --python $(BIN)/python
	@$(BIN)/python -m compileall -q src
	@touch $@
