# The few commands of Voordeur. `make demo` shows it; `make test` proves it.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin
INSTALL := $(PYTHON) welzijn/devtools/install.py
# Types take longest, so they begin first.
CHECKS := check-types check-audit check-migrations check-deploy check-templates check-format check-lint check-licences check-imports

.PHONY: help install assets demo check test mutate requirements $(CHECKS)

help:
	@echo "make demo       install what is needed and show Voordeur on port $(PORT)"
	@echo "make install    install into .venv/ and build the style sheets, start nothing"
	@echo "make check      format, lint, types, imports, migrations, settings: in seconds"
	@echo "make test       make check, then every test, browser journeys included"
	@echo "make mutate     change the domain code line by line; some test must notice (hours)"

install assets:
	@$(INSTALL)

# exec: what is stopped or killed is the demo itself, not a shell around it.
demo:
	@$(INSTALL) --port $(PORT)
	@exec $(VENV)/python -m welzijn.devtools.demo.run --port $(PORT) --with-parent

check:
	@$(INSTALL) --dev
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target $(CHECKS)

test: check
	@$(VENV)/python -m tests.browser.chromium
	@$(VENV)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

# make mutate ARGS="--group sharing --sample 25"; docs/mutation.md explains the outcome.
mutate:
	@$(INSTALL) --dev
	@nice -n 10 $(VENV)/python -m tests.mutation $(ARGS)

# Silent registries are no failure.
check-audit:
	@$(VENV)/python -m welzijn.devtools.audit_packages

check-format:
	@$(VENV)/ruff format --check .

check-lint:
	@$(VENV)/ruff check .

check-templates:
	@$(VENV)/djangofmt --quiet --check templates
	@$(VENV)/djlint templates --lint --quiet

check-licences:
	@$(VENV)/reuse lint --quiet

check-types:
	@$(VENV)/mypy

check-imports:
	@$(VENV)/lint-imports --no-logo

check-migrations:
	@WELZIJN_DATA=build/check-data $(VENV)/python manage.py makemigrations --check --dry-run

check-deploy:
	@DATABASE_URL=postgresql://check:check@localhost/check REDIS_URL=redis://localhost \
	 SECRET_KEY=$$($(VENV)/python -c "import secrets; print(secrets.token_urlsafe(64))") \
	 ALLOWED_HOSTS=voordeur.example DEFAULT_FROM_EMAIL=noreply@voordeur.example \
	 $(VENV)/python manage.py check --deploy --fail-level WARNING

# Pins with hashes and without a host. Add UPGRADE=--upgrade for newer versions.
requirements:
	@for part in base demo node build observe dev; do \
	  $(VENV)/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url \
	    --no-emit-find-links --python-version 3.11 $(UPGRADE) \
	    requirements/$$part.in -o requirements/$$part.txt || exit 1; done
