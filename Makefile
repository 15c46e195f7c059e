PYTHON ?= python3
PORT ?= 8000
CHROMIUM ?= $(shell command -v chromium)
BIN := .venv/bin
# Named after the lock file's content: another lock, another stamp, a new install.
STAMP := .venv/installed-$(shell cksum < requirements-dev.txt | cut -d' ' -f1)
# Fixed here so that a shell's own production settings cannot reach these targets.
LOCAL := env -u DATABASE_URL DEBUG=1
PRODUCTION := env DEBUG=0 ALLOWED_HOSTS=example.vn SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')

.PHONY: demo migrate test test-postgres test-browser screenshots bench check fmt lock clean messages translations

demo: $(STAMP) messages
	$(LOCAL) $(BIN)/python manage.py migrate --verbosity 0
	$(LOCAL) $(BIN)/python manage.py createcachetable
	$(LOCAL) $(BIN)/python manage.py demo
	$(LOCAL) $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

# Uses the environment: DATABASE_URL and, outside a trial, SECRET_KEY and ALLOWED_HOSTS.
migrate: $(STAMP)
	$(BIN)/python manage.py migrate
	$(BIN)/python manage.py createcachetable

test: $(STAMP) messages
	env -u DATABASE_URL $(BIN)/pytest -n auto -m "not browser"

test-postgres: export DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/postgres
test-postgres: $(STAMP) messages
	$(BIN)/pytest -n auto -m "not browser"

# Uses DATABASE_URL where there is one: the browser tests run on both databases.
test-browser: $(STAMP) messages
	CHROMIUM="$(CHROMIUM)" $(BIN)/pytest -n 2 -m browser

screenshots: $(STAMP) messages
	rm -f var/screenshots.sqlite3*
	$(LOCAL) CHROMIUM="$(CHROMIUM)" DATABASE_URL=sqlite:///var/screenshots.sqlite3 $(BIN)/python -m tests.browser.screenshots

# A country of clubs in a database of its own; docs/performance.md tells the options: OPTIONS="--scale 0.1 --keep".
bench: export DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/postgres
bench: $(STAMP) messages
	$(BIN)/python -m tests.bench $(OPTIONS)

check: $(STAMP) messages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(LOCAL) $(BIN)/mypy
	git ls-files '*.html' | xargs -r $(BIN)/djade --check
	PYTHONPATH=. $(BIN)/lint-imports
	$(BIN)/python -m config.messages check
	$(LOCAL) $(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

fmt: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	git ls-files '*.html' | xargs -r $(BIN)/djade || true

COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --no-config --generate-hashes --strip-extras \
	--allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host pyproject.toml
lock: $(STAMP)
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --extra dev --output-file requirements-dev.txt

messages: $(STAMP)
	@if [ -d locale ]; then $(BIN)/pybabel --quiet compile -D django -d locale; fi

# Brings locale/en in line with the sources: what is new waits there for its English.
translations: $(STAMP)
	$(BIN)/python -m config.messages update

$(STAMP): requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	rm -f .venv/installed-*
	touch $@

clean:
	rm -rf .venv var .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find . -name '*.mo' -delete
