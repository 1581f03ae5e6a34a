# make run     the application with its demo city, on http://127.0.0.1:8000 (PORT= to change)
# make test    the whole suite: SQLite, PostgreSQL, browser (ARGS= is handed to pytest)
# make bench   the figures: how fast it is beside a bare view, and tables in and out, on both databases (ARGS="--sizes 200")
# make drill   what is lost when many edit at once and the server is killed, on both databases: nothing (ARGS="--kills 2")
# make check   format, lint, types, templates, catalogues, dependencies
# make format  sets the format and the simple lint
# make lock    writes requirements.lock from pyproject.toml
# make clean   removes what these made; keeps instance/

PYTHON ?= python3
PORT   ?= 8000
ARGS   ?=
BIN    := .venv/bin
READY  := .venv/.stamp
CODE   := roadmap tests migrations

.DEFAULT_GOAL := run
.PHONY: run test bench drill check format lock clean needs

needs:
	@PYTHON="$(PYTHON)" bash .ci/needs

$(READY): requirements.lock pyproject.toml | needs
	@test -x $(BIN)/python && $(BIN)/python -c 'import pip' 2>/dev/null || "$(PYTHON)" -m venv --clear .venv
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@touch $@

run: $(READY)
	@$(BIN)/roadmap prepare
	@$(BIN)/roadmap demo-people
	@echo
	@echo "Buka / open: http://127.0.0.1:$(PORT)   (berhenti / stop: Ctrl+C)"
	@export ROADMAP_STREAMS=$${ROADMAP_STREAMS:-240}; \
	exec $(BIN)/gunicorn --no-control-socket --bind 127.0.0.1:$(PORT) --graceful-timeout 5 \
	  --workers 2 --worker-class gthread --threads $$(($$ROADMAP_STREAMS + 16)) 'roadmap:create_app()'

test: $(READY)
	@PYTHON="$(PYTHON)" bash .ci/needs tests
	@mkdir -p build
	$(BIN)/python -m pytest --junitxml=build/junit.xml $(ARGS)

bench: $(READY)
	@PYTHON="$(PYTHON)" bash .ci/needs tests
	@$(BIN)/python -m tests.bench $(ARGS)

drill: $(READY)
	@PYTHON="$(PYTHON)" bash .ci/needs tests
	@$(BIN)/python -m tests.drill $(ARGS)

check: $(READY)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/roadmap words --check
	$(BIN)/deptry .

format: $(READY)
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix-only $(CODE)

lock:
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --all-extras --group dev \
	  --no-header --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
