# The executable documentation: make run | test | check | bench | docs | lock
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
# training alone needs torch, in an environment of its own
LEARNING := .venv-training

.PHONY: help setup run test check format bench docs train lock clean

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

setup: $(READY)  ## a virtual environment in .venv with everything pinned by hash

run: $(READY)    ## read the samples, print a summary, leave build/samples.html
	$(BIN)/python -m dragoman.service.samples

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

bench: $(READY)  ## speed, memory and linearity, beside the bare parser in the same run
	$(BIN)/python -m benchmarks speed

docs: $(READY)   ## the pages of docs/ as a site in site/
	$(BIN)/mkdocs build --strict --quiet

train: $(LEARNING)/.ready ## the encoder's weights from the data in DATA (training/README.md)
	$(LEARNING)/bin/python -m training --data $(DATA)

lock: pyproject.toml ## renew requirements.lock from pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --extra en --extra fr --extra encoder --extra vectors --extra postgres --extra sources --extra web --extra mcp --extra exports --extra ray --extra frames --extra dev --extra docs --unsafe-package pyicu -o requirements.lock pyproject.toml

clean:           ## remove what make made
	rm -rf build site .mypy_cache .ruff_cache .pytest_cache .hypothesis
