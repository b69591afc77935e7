# One word a command; .ci/run calls the same.
PYTHON ?= python3
BIN := .venv/bin
EXAMPLE := examples/khlong-saen-saep
SOURCES := flows connectors expectations warehouse reports tests examples

.PHONY: run test quick check lock bench pictures torture fuzz clean

run: .venv/run  ## the main job on the bundled example
	@$(BIN)/python $(EXAMPLE)/run.py

test: .venv/dev  ## every test
	@$(BIN)/python -m compileall -q $(SOURCES)  # many tests start processes: none of them compiles it anew
	$(BIN)/python -m pytest -n 2 --dist worksteal

quick: .venv/dev  ## the tests of under a second: no server, no whole command, no whole release, no long search
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not server and not slow"

check: .venv/dev  ## style, types, floors, and a lock that fits pyproject.toml
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory lock LOCKED=build/lock
	@for lock in $(LOCKS); do diff -u $$lock build/lock/$$lock || { echo "$$lock does not fit pyproject.toml: run make lock"; exit 1; }; done

lock: LOCKED ?= .
lock: .venv/dev  ## the hashed locks anew from pyproject.toml, keeping what still fits
	@mkdir -p $(LOCKED)
	@for lock in $(LOCKS); do [ "$(LOCKED)" = . ] || cp $$lock $(LOCKED)/$$lock; done
	@$(COMPILE) --extra install --extra postgresql -o $(LOCKED)/requirements.lock
	@$(COMPILE) --extra install --extra postgresql --extra targets --extra dask --extra dev -c requirements.lock -o $(LOCKED)/requirements-dev.lock
	@$(COMPILE) --extra bench -c requirements-dev.lock -o $(LOCKED)/requirements-bench.lock

LOCKS := requirements.lock requirements-dev.lock requirements-bench.lock
COMPILE = $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml

.venv/run: requirements.lock
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	@echo "ติดตั้งโปรแกรม … / installing …"
	@$(BIN)/pip install -q --no-deps --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: requirements-dev.lock .venv/run
	@$(BIN)/pip install -q --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

bench: .venv/bench  ## ratios, side by side in one run; an hour
	$(BIN)/python -m tests.bench.localise
	$(BIN)/python -m tests.bench.report 0 1000
	$(BIN)/python -m tests.bench.rules
	$(BIN)/python -m tests.bench.reading
	$(BIN)/python -m tests.bench.views
	$(BIN)/python -m tests.bench.sync 250 1000 8000
	$(BIN)/python -m tests.bench.scaling

.venv/bench: requirements-bench.lock .venv/dev
	@$(BIN)/pip install -q --no-deps --require-hashes -r requirements-bench.lock
	@touch $@

torture: .venv/dev  ## the run killed at every named point and at 200 random moments, and made whole by the next
	$(BIN)/python -m tests.torture

fuzz: .venv/dev  ## every reader under atheris, a minute a form; needs `pip install atheris` (tests/fuzz)
	$(BIN)/python -m tests.fuzz

pictures: run .venv/dev  ## what the README shows
	$(BIN)/python -m tests.pictures

clean:  ## what make run and make test left
	rm -rf build .venv
