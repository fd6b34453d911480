# Everything runs in a virtual environment of its own; nothing but python3 (3.11 or newer) and make is needed.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# Which tests: all of them, or some, as in: make test TESTS='-m "not endurance"'
TESTS ?=

.PHONY: demo test check format lint types imports sql current docs bench fuzz mutants installs clean

demo: $(VENV)/.installed ## run the main job on demo data
	@$(BIN)/dispcli demo

test: $(VENV)/.developing ## run all tests
	@$(BIN)/python -m pytest -n auto $(TESTS)

check: $(VENV)/.developing ## format, lint, types, import contracts, compiled SQL, tests, documents
	$(BIN)/ruff format --check src tests bench
	$(BIN)/ruff check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(MAKE) --no-print-directory current test

format: $(VENV)/.developing ## format the code
	$(BIN)/ruff format src tests bench
	$(BIN)/ruff check --fix src tests bench

sql: $(VENV)/.developing ## compile the schema, the statements, the policies and the templates
	$(BIN)/python -m dispcli.ledger.generate
	$(BIN)/python -m dispcli.policies.generate
	$(BIN)/python -m dispcli.services.drafts.generate

current: $(VENV)/.developing ## fail when what is compiled is not what the sources say
	$(BIN)/python -m pytest -q tests/ledger/test_compiled.py

mutants: $(VENV)/.mutating ## mutation testing of the machine, the checks and the transition table
	$(BIN)/python -m tests.mutation.transition_table
	$(BIN)/python -m tests.mutation.code

fuzz: $(VENV)/.developing ## damage valid files of every format for long; DISPCLI_FUZZ is how often each
	DISPCLI_FUZZ=$${DISPCLI_FUZZ:-2000} $(BIN)/python -m pytest -n auto tests/formats/test_fuzz.py

bench: $(VENV)/.measuring ## measure, as ratios in one run
	$(BIN)/python -m compileall -q src
	$(BIN)/python -m bench.run
	$(BIN)/python -m bench.batch
	$(BIN)/python -m bench.imports
	$(BIN)/python -m bench.export

installs: $(VENV)/.developing ## install with pip, pipx and uv into throw-away places and run what they installed
	$(BIN)/python tests/installs.py

clean: ## remove what the targets above have made
	rm -rf $(VENV) .venv-* build dist bench/.data .mypy_cache .ruff_cache .import_linter_cache
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "dispcli needs Python 3.11 or newer")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.developing: $(VENV)/bin/python pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.mutating: $(VENV)/.developing
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,mutants]'
	@touch $@

$(VENV)/.measuring: $(VENV)/.developing
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	@touch $@
