# make serve   the server on http://127.0.0.1:8000 (VESOC_PORT chooses another port)
# make test    all checks
# make format  Turtle and Python in their canonical form
# make bench   measured speed; make bench-full takes hours

VENV := .venv
PEERS := build/peers
BIN := $(VENV)/bin
PYTHON ?= python3

.PHONY: serve test format bench bench-full check

serve: $(VENV)/ready
	$(BIN)/vesoc serve

test: check
	$(BIN)/python -m pytest

check: $(VENV)/ready
	$(BIN)/ruff format --check api tests
	$(BIN)/ruff check api tests
	$(BIN)/mypy

format: $(VENV)/ready
	$(BIN)/python -m vesoc.canonical ontology data/ttl shapes
	$(BIN)/ruff check --fix --quiet api tests
	$(BIN)/ruff format --quiet api tests

bench: $(VENV)/ready $(PEERS)/ready
	$(BIN)/python benchmarks/validation.py
	$(BIN)/python -m benchmarks.endpoint --quick

bench-full: $(VENV)/ready $(PEERS)/ready
	$(BIN)/python -m benchmarks.endpoint --size 20k,1m --peers ox,oxdisk,rdflib,virtuoso
	$(BIN)/python -m benchmarks.endpoint --page

$(PEERS)/ready: benchmarks/peers.lock
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/peers.lock
	touch $@

$(VENV)/ready: pyproject.toml .ci/requirements-dev.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
