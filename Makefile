.PHONY: help run test lint format bench-returns bench-pages bench-reports

help:  ## What can be made
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/'

run:  ## Install what is missing, load the plan, serve on http://127.0.0.1:8000 (PORT=, DEMO=0)
	@scripts/run.sh

test:  ## Everything: lint, types, checks, all tests on SQLite, those of a database on PostgreSQL (REQUIRE_ALL=1)
	@scripts/test.sh

bench-returns:  ## 50 clerks save returns at once, on both engines, beside a bare view (WRITERS=, DURATION=)
	@scripts/bench.sh returns

bench-pages:  ## The server's time for each page, cold and warm, on both engines, beside two bare views (ROUNDS=)
	@scripts/bench.sh pages

bench-reports:  ## Time and memory of the annexes and of 100,000 figures, beside openpyxl alone, on both engines (ROUNDS=)
	@scripts/bench.sh reports

lint:  ## Lint and types alone
	@scripts/lint.sh

format:  ## Let ruff put the code in order
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .
