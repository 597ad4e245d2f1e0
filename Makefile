# Every target does its own set-up: a virtual environment in .venv, made anew when what it is made from changes.
PYTHON ?= python3
# The torch to install first. On Linux the plain name may bring gigabytes of CUDA: see "Without CUDA" in the README.
TORCH ?= torch==2.13.0
GOLD ?= models/corpora/sleep
RUN ?= demo-output
# Folder or name of all-MiniLM-L6-v2 for sentence-transformers: what the pipeline is compared with in `make bench`.
MINILM ?=
# Folder of all-mpnet-base-v2, which the shipped tagger starts from; without it, it is looked for in the local cache and fetched.
ENCODER ?=

BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test check types lint layers format golden evaluate train bench wheel clean

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt "$(TORCH)"
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[notebook,train,dev]"
	touch $@

demo: $(READY)  ## analyse the bundled study; prints what it found and where the report is
	$(BIN)/jtbd demo --out demo-output

test: $(READY)  ## run the tests
	$(BIN)/python -m pytest

check: lint types layers  ## everything that reads the code without running it

lint: $(READY)
	$(BIN)/ruff check jtbd_nlp tests benchmarks models
	$(BIN)/ruff format --check jtbd_nlp tests benchmarks models

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff format jtbd_nlp tests benchmarks models
	$(BIN)/ruff check --fix jtbd_nlp tests benchmarks models

golden: $(READY)  ## write the golden files anew; read the diff before you commit it
	JTBD_GOLDEN=write $(BIN)/python -m pytest -k golden

evaluate: $(READY)  ## score a run against gold: make evaluate RUN=out GOLD="market-folder docs:annotations"
	$(BIN)/jtbd evaluate $(GOLD) --run $(RUN)

train: $(READY)  ## train the shipped tagger again from models/tagger/recipe.toml
	$(BIN)/jtbd train models/tagger/recipe.toml $(if $(ENCODER),--encoder "$(ENCODER)")

bench: $(READY)  ## time and memory at small size, with plots in docs/figures; docs/benchmarks.md has the full sizes
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[bench]"
	$(BIN)/python -m benchmarks.speed
	for name in startup rooms growth increment workers corpus_part; do $(BIN)/python -m benchmarks.$$name || exit 1; done
	$(if $(MINILM),$(BIN)/python -m benchmarks.afternoon --minilm "$(MINILM)",@echo "afternoon: left out; give it all-MiniLM-L6-v2 with MINILM=FOLDER")

wheel: $(READY)
	$(BIN)/python -m build --wheel --no-isolation

clean:
	rm -rf build dist demo-output demo-output.jtbd .pytest_cache .mypy_cache .ruff_cache
