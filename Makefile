.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

help: ## What there is to make
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: .venv/runtime ## Everything the bot needs to run
develop: .venv/develop ## Everything its developers need

.venv/runtime: requirements.lock
	$(PYTHON) -m venv .venv
	$(INSTALL) -r requirements.lock
	touch $@

.venv/develop: requirements-dev.lock .venv/runtime
	$(INSTALL) -r requirements-dev.lock
	touch $@

demo: install ## The bot with a web chat, no token needed (PORT=8090)
	$(BIN)/python -m sandbox.demo $(PORT)

run: install ## The bot for real, with BOT_TOKEN in .env
	$(BIN)/python -m bot run

test: develop ## The whole suite, spread over the processors (WORKERS=0: one after the other)
	$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 4 --dist worksteal $(ARGS)
WORKERS ?= auto

check: develop ## Style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

chaos: develop ## Every promise under fire, in full: over an hour (ARGS="--only R4 --seed 7")
	$(BIN)/python -m chaos --full $(ARGS)

soak: develop ## People answering for an hour: does anything grow? (ARGS="--minutes 10")
	$(BIN)/python -m bench.soak $(ARGS)

bench: develop ## What it costs, beside what it could cost
	$(BIN)/python -m bench.answers
	$(BIN)/python -m bench.sender
	$(BIN)/python -m bench.memory
	$(BIN)/python -m bench.copying
	$(BIN)/python -m bench.progress
	$(BIN)/python -m bench.reader
	$(BIN)/python -m bench.reminding

locales: develop ## Brings new messages of the code into the catalogues
	mkdir -p var
	$(BIN)/pybabel -q extract -k words -k spoken -k plural:1,2 --no-default-keywords --sort-by-file --add-location file --project tiendo --version "" -o var/messages.pot handlers bot
	$(BIN)/pybabel -q update -i var/messages.pot -d locales --no-fuzzy-matching --ignore-obsolete -w 96 --ignore-pot-creation-date

lock: develop ## Resolves the dependencies anew: hashes, no index lines
	$(BIN)/uv pip compile -q pyproject.toml $(LOCK) -o requirements.lock
	$(BIN)/uv pip compile -q pyproject.toml $(LOCK) --group dev -c requirements.lock -o requirements-dev.lock
LOCK := --generate-hashes --no-emit-index-url --no-annotate --no-header --universal --python-version 3.11

.PHONY: help install develop demo run test check chaos soak bench locales lock
