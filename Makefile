# Two commands do all the set-up: `make film` and `make test`. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# What the lock holds; `piper` and `local` are for who asks for them
EXTRAS := --extra dev --extra data --extra keys --extra video --extra app

BOOK ?= en
OUT ?=
LANGUAGE ?=
GENRE ?=
MINUTES ?=
SIZE ?=
SEED ?=

export UV_SYSTEM_CERTS := 1
# Many processes are started: without bytecode on the disk each would compile the package anew
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help film test slow lab app check lint voices-ru environment clean-notebooks student executed clean

help:  ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "make film BOOK=path LANGUAGE=ru GENRE=mystery MINUTES=3 SIZE=1080p SEED=1 OUT=folder"

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "BookFilm needs Python 3.11 or newer: make film PYTHON=python3.12"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.lock \
	  || { echo "uv could not install; trying pip"; $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock; }
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e . \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

film: $(READY)  ## a film of the bundled English story, or of BOOK
	@$(BIN)/bookfilm film "$(BOOK)" \
	  $(if $(OUT),--out "$(OUT)") $(if $(LANGUAGE),--language $(LANGUAGE)) $(if $(GENRE),--genre $(GENRE)) \
	  $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SIZE),--size $(SIZE)) $(if $(SEED),--seed $(SEED))

test: $(READY)  ## the quick tests
	@$(BIN)/pytest -q -n auto --dist loadfile -m "not slow and not network and not browser"

slow: $(READY)  ## the slow tests, notebooks and browser among them
	@$(BIN)/pytest -q -m "(slow or browser) and not network"

lint: $(READY)  ## style, types, layers, stripped notebooks
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@PYTHONPATH=. $(BIN)/lint-imports
	@$(BIN)/nbstripout --verify notebooks/*.ipynb
	@$(BIN)/python .ci/environment.py --check
	@$(BIN)/python .ci/provider_table.py --check
	@$(BIN)/python .ci/notebook_index.py --check

check: test lint slow  ## everything that CI checks

lab: $(READY)  ## JupyterLab at the first notebook
	@$(BIN)/jupyter lab notebooks/00_start_here.ipynb

app: $(READY)  ## the workbench as a page without code
	@$(BIN)/python -m bookfilm_nb.app notebooks/11_whole_film.ipynb --films films

voices-ru:  ## Festival and its Russian voice, from Debian's packages
	@if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq festival festvox-ru; \
	 else sudo apt-get update -qq && sudo apt-get install -y -qq festival festvox-ru; fi

environment: $(READY)  ## requirements.lock and environment.yml from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 $(EXTRAS) --no-header --annotation-style line \
	  --no-emit-index-url pyproject.toml -o requirements.lock
	@$(BIN)/python .ci/environment.py --write

clean-notebooks: $(READY)  ## strip outputs
	@$(BIN)/nbstripout notebooks/*.ipynb

student: $(READY)  ## copies of the notebooks without solutions
	@$(BIN)/python .ci/notebooks.py student student

executed: $(READY)  ## all notebooks with their outputs, as pages
	@$(BIN)/python .ci/notebooks.py executed executed

clean:  ## remove the virtual environment and what tools left; films stay
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist *.egg-info
