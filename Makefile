# Sentra OVOP: the same commands here and in CI. `make help` lists them.

# The first Python of at least 3.11; a plain `python3` where there is none, which then says what is missing.
PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; exit; }; done; \
	echo python3)
PREPARE := $(PYTHON) ovop_site/bootstrap.py
BIN := .venv/bin

# The demo keeps to this computer and needs no configuration; OVOP_DEMO=0 serves a configured installation.
OVOP_DEMO ?= 1
export OVOP_DEMO

# What a configured installation sets, for the checks of production settings.
PRODUCTION = OVOP_DEMO=0 ALLOWED_HOSTS=ovop.example DATABASE_URL=postgres://ovop@localhost/ovop \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(UPGRADE)

.DEFAULT_GOAL := help
.PHONY: help run bench test check lock screenshots demo-reset require-python

help: ## daftar perintah
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: require-python ## jalankan Sentra OVOP di http://127.0.0.1:8000 (PORT=8080 mengubah portanya)
	@exec $(PREPARE) -m ovop_site.supervisor

test: require-python ## jalankan semua tes (ARGS="tests/sentra -k foto" memilih sebagian)
	@exec $(PREPARE) --dev -m pytest --numprocesses 2 --dist worksteal $(ARGS)

check: require-python ## periksa gaya, migrasi, pengaturan, arah impor, dan terjemahan
	@$(PREPARE) --dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python manage.py compile_translations --check

bench: require-python ## ukur kecepatan pada 10.000 dan 1.000.000 IKM (ARGS="--sizes 10000" hanya yang kecil)
	@exec $(PREPARE) -m ovop_site.bench $(ARGS)

screenshots: require-python ## buat ulang gambar panduan dari contoh (ARGS="masuk cari" memilih sebagian)
	@exec $(PREPARE) --dev -m ovop_site.guides.screenshots $(ARGS)

demo-reset: require-python ## hapus basis data contoh (basis data lain ditolak)
	@exec $(PREPARE) manage.py demo_reset

lock: require-python ## susun ulang berkas kunci dari pyproject.toml dan package.json (UPGRADE=--upgrade memperbarui)
	@$(PREPARE) --dev
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) --group pyproject.toml:node --output-file requirements-node.txt
	$(COMPILE) pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund

require-python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "Python 3.11 atau lebih baru tidak ditemukan."; \
		echo "  Debian/Ubuntu: sudo apt install python3 python3-venv"; \
		echo "  macOS: brew install python"; \
		exit 1; } >&2
