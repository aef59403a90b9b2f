# Every target makes the virtual environment it needs; `make run` and `make test` are all a fresh clone wants.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# The first interpreter that runs and is new enough; PYTHON=... chooses another.
PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3 python; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
# Tests run on each processor and once more, for some always wait for PostgreSQL: each has a database, and whoever is done
# takes over from others. JOBS=0 runs them in one process.
JOBS ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1)))

.PHONY: install run test bench shots check clean
.DEFAULT_GOAL := run

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Kith needs Python 3.11 or newer: none was found (PYTHON=/path/to/python sets one)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $(STAMP)

run: install
	$(BIN)/kith run

test: install
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(ARGS)

bench: install
	$(BIN)/python -m tests.benchmarks.run $(ARGS)

shots: install
	$(BIN)/python -m tests.web.shots

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
