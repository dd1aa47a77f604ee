# The single gate, and what .ci/run calls.
check: lint types layers law test

lint:
    uv run ruff check
    uv run ruff format --check

types:
    uv run mypy

layers:
    uv run lint-imports

law:
    uv run sekisho law check

test:
    uv run pytest

bench:
    uv run --group bench python benchmarks/decide.py
    uv run --group bench python benchmarks/bulk.py
