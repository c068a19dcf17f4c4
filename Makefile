# The executable documentation: make run | test | check | bench | docs | lock
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
# training alone needs torch, in an environment of its own
LEARNING := .venv-training
# programs that ours is measured beside, in an environment of their own
RIVALS := .venv-rivals

.PHONY: help setup run test check format gate rivals bench fuzz vendor handbook docs soak faults train lock clean

help:            ## this list
	@grep -E '^[a-z]+: .*##|^[a-z]+:.*##' Makefile | sed -E 's/:.*##/\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml models/encoder/pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e models/encoder -e .
	touch $(READY)

$(LEARNING)/.ready: $(READY)
	$(PYTHON) -m venv $(LEARNING)
	$(LEARNING)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(LEARNING)/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation -e models/encoder -e ".[training]"
	touch $(LEARNING)/.ready

$(RIVALS)/.ready: $(READY) benchmarks/rivals.txt
	$(PYTHON) -m venv $(RIVALS)
	$(RIVALS)/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/rivals.txt
	touch $(RIVALS)/.ready

setup: $(READY)  ## a virtual environment in .venv with everything pinned by hash

run: $(READY)    ## read the samples into a record, print a summary; on a terminal, serve it
	$(BIN)/python -m dragoman.service.samples
	@if [ -t 0 ] && [ -t 1 ] && [ -z "$$CI" ]; then $(BIN)/dragoman --record build/samples.db serve; fi

test: $(READY)   ## all tests
	$(BIN)/python -m pytest

check: $(READY)  ## style, types, rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## let ruff set the code
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

gate: $(READY)   ## fail where a score has fallen below its floor (benchmarks/floors.json)
	$(BIN)/python -m benchmarks gate

rivals: $(RIVALS)/.ready ## beside what a user would pick instead, same texts, same machine
	$(BIN)/python -m benchmarks rivals

bench: $(READY)  ## speed, memory and linearity, and what the program costs beside the models it runs
	$(BIN)/python -m benchmarks speed
	$(BIN)/python -m benchmarks ratios

soak: $(READY)   ## a day of news in a loop, an hour at most: memory must stay flat
	$(BIN)/python -m benchmarks soak

faults: $(READY) ## 200 faults at random moments: nothing may be lost, nothing doubled
	$(BIN)/python -m benchmarks faults

vendor: $(READY) ## fetch what src/dragoman/web/static/vendor holds from npm again, and compare
	$(BIN)/python -m dragoman.web.vendor

fuzz: $(READY)   ## 20,000 broken files of every format, thrown at its reader; at most ten minutes each
	$(BIN)/python -m benchmarks.fuzz

handbook: $(READY) ## write the pages of docs/ that are made of the program, and rerun those with commands
	$(BIN)/python -m handbook

docs: $(READY)   ## the pages of docs/ as a site in site/, with pictures of six pages where Chromium is installed
	$(BIN)/python -m handbook.screenshots
	$(BIN)/mkdocs build --strict --quiet

train: $(LEARNING)/.ready ## the encoder's weights from the data in DATA (training/README.md)
	$(LEARNING)/bin/python -m training --data $(DATA) $(if $(TOWNS),--towns $(TOWNS))

lock: pyproject.toml ## renew requirements.lock from pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --extra en --extra fr --extra encoder --extra vectors --extra postgres --extra sources --extra web --extra mcp --extra exports --extra ray --extra frames --extra dev --extra docs --unsafe-package pyicu -o requirements.lock pyproject.toml

clean:           ## remove what make made
	rm -rf build site .mypy_cache .ruff_cache .pytest_cache .hypothesis
