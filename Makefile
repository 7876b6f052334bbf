# Two commands: `make run` digests the samples, `make test` runs every check. Both install what they need first.
.PHONY: run test check faults lock clean

BIN := .venv/bin

run:
	@scripts/install.sh run
	@$(BIN)/sohoa batch corpus/samples/dossier -o out --evidence || [ $$? -eq 7 ] # one sample is cut short on purpose

test:
	@scripts/install.sh test
	@$(MAKE) --no-print-directory check

check:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	OMP_THREAD_LIMIT=1 $(BIN)/pytest -n 2 --dist worksteal

# 200 kills, full disks, missing rights, clock jumps, 2,000 mutants, fuzzing of our parsers: an hour or so, not in CI.
faults:
	$(BIN)/python -m benchmarks.faults --seed 1 --report out/faults.md
	FUZZ_EXAMPLES=20000 $(BIN)/pytest -q -p no:cacheprovider tests/faults/fuzz_parsers.py

# Needs uv. Versions and hashes only: no address of any registry is written.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --quiet pyproject.toml --group dev -o requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --quiet pyproject.toml --group build -c requirements/dev.txt -o requirements/run.txt

clean:
	rm -rf out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
