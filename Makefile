# Needs Python 3.11 or later and make. `make run` opens the demo, `make test` checks everything.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint format bench score setup lock clean

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
PYTEST_OPTIONS ?=
LOCK_OPTIONS ?=
UV_VERSION := 0.13.9

BIN := .venv/bin
INSTALL := install --quiet --disable-pip-version-check
# pip compiles what it copies, and leaves our folder as it is: where Python writes no bytecode, each command would compile it again.
COMPILE := -m compileall -q src
# A stamp is newer than the lock it was installed from: as long as it is, nothing is installed again.
RUN_STAMP := .venv/.installed-run
DEV_STAMP := .venv/.installed-dev
BENCH_STAMP := .venv-bench/.installed
SPARK_STAMP := .venv-spark/.installed
LOCK_STAMP := .venv-lock/.uv-$(UV_VERSION)

help: ## say what each target does
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST)

run: $(RUN_STAMP) ## open the demo company in the web application (PORT=8000)
	@CONVENU_LIBRARY=folder exec $(BIN)/convenu serve --demo --port $(PORT)

test: $(DEV_STAMP) ## install what the tests need, lint, run every test; the last line says which tests were not run
	@$(BIN)/python tools/system_packages.py
	@$(MAKE) --no-print-directory lint
	@$(BIN)/pytest --numprocesses=auto $(PYTEST_OPTIONS)

# mypy loads Django's settings: they keep to a folder of their own, not the person's.
lint: export CONVENU_DATA := $(CURDIR)/.venv/checks-data
lint: $(DEV_STAMP) ## ruff, mypy, import-linter
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(DEV_STAMP) ## let ruff set the layout of the code and repair what it safely can
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

bench: $(BENCH_STAMP) ## measure the speeds that are promised, beside other tools
	@.venv-bench/bin/python -m bench

score: $(DEV_STAMP) ## how well contracts of other origins are read, against labels (CORPUS="folder ...")
	@$(BIN)/python -m tools.score $(CORPUS)

spark: $(SPARK_STAMP) ## run the measure of tickets on a Spark cluster of this machine (needs Java 17; a test environment of its own, 450 MB)
	@.venv-spark/bin/pytest -q -n0 -m spark tests/bulk

setup: $(DEV_STAMP) ## make the virtual environment, with what the tests need

lock: $(LOCK_STAMP) ## write requirements/*.txt again (LOCK_OPTIONS=--upgrade for newer versions)
	@$(call compile,run.in build.in,run.txt)
	@$(call compile,dev.in build.in,dev.txt)
	@$(call compile,bench.in build.in,bench.txt)
	@$(call compile,spark.in build.in,spark.txt)

clean: ## remove what make and the checks wrote; a person's data is elsewhere
	rm -rf .venv .venv-bench .venv-spark .venv-lock build dist src/*.egg-info
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

# Hashes and no addresses: the lock says what to install, the machine says where from.
define compile
cd requirements && ../.venv-lock/bin/uv pip compile $(1) --output-file $(2) --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header $(LOCK_OPTIONS)
endef

NEW_VENV := $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Convenu needs Python 3.11 or later: make PYTHON=python3.11")' \
	&& $(PYTHON) -m venv

.venv/bin/python:
	@$(NEW_VENV) .venv

$(RUN_STAMP): requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "Installing what Convenu needs in .venv (a minute or two the first time)"
	@$(BIN)/pip $(INSTALL) --require-hashes -r requirements/run.txt
	@$(BIN)/pip $(INSTALL) --no-deps --no-build-isolation -e .
	@$(BIN)/python $(COMPILE)
	@touch $@

$(DEV_STAMP): requirements/dev.txt $(RUN_STAMP)
	@echo "Installing what the tests and checks need in .venv"
	@$(BIN)/pip $(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

$(BENCH_STAMP): requirements/bench.txt pyproject.toml
	@test -x .venv-bench/bin/python || { $(NEW_VENV) .venv-bench; }
	@.venv-bench/bin/pip $(INSTALL) --require-hashes -r requirements/bench.txt
	@.venv-bench/bin/pip $(INSTALL) --no-deps --no-build-isolation -e .
	@.venv-bench/bin/python $(COMPILE)
	@touch $@

$(SPARK_STAMP): requirements/spark.txt pyproject.toml
	@test -x .venv-spark/bin/python || { $(NEW_VENV) .venv-spark; }
	@.venv-spark/bin/pip $(INSTALL) --require-hashes -r requirements/spark.txt
	@.venv-spark/bin/pip $(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(LOCK_STAMP):
	@test -x .venv-lock/bin/python || { $(NEW_VENV) .venv-lock; }
	@.venv-lock/bin/pip $(INSTALL) uv==$(UV_VERSION)
	@touch $@
