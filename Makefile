# `make` typesets every source into output/. Nothing but python3 (3.11 or newer) and make is needed.
# `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OFFPRINT := $(BIN)/offprint
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install
LIBRARIES := $(VENV)/libraries.stamp
RUN := $(VENV)/run.stamp
DEV := $(VENV)/dev.stamp
BENCH := $(VENV)/bench.stamp
READY := $(VENV)/ready.stamp

INTERVIEWS := $(wildcard sources/*.yaml)
ISSUES := $(wildcard sources/issues/*.yaml)
LANGUAGES := $(wildcard sources/languages/*.yaml)
INTERVIEW_PDFS := $(INTERVIEWS:sources/%.yaml=output/%.pdf)
ISSUE_PDFS := $(ISSUES:sources/issues/%.yaml=output/%.pdf)
LANGUAGE_PDFS := $(LANGUAGES:sources/%.yaml=output/%.pdf)
ISSUE_NAMES := $(ISSUES:sources/issues/%.yaml=%)
NAMES := $(INTERVIEWS:sources/%.yaml=%) $(ISSUE_NAMES)
FOREIGN := $(patsubst %,sources/issues/%.pdf,cover calendar leaves cover-press calendar-press leaves-press)
DRAWING := sources/draw_foreign_pages.py $(wildcard sources/foreign_pages/*.py)
CODE := $(shell find layout -name '*.py' -o -name '*.toml')
DEPFILES := output/.deps
PRESS := output/press
SYSTEM_TOOLS := poppler-utils qpdf ghostscript mupdf-tools
JAVA_TOOLS := default-jre-headless maven
EDITIONS := digital press
SHEETS := --scheme saddle --sheet SRA3 --paper 0.1
PYTEST ?= -q -n auto
PATHS ?=
STRICT ?=
LOCK_ARGS ?=
N ?= 10000
CASE ?=
KILLS ?= 200
PASSWORDS ?=

.SUFFIXES:
.PHONY: all check issue languages release lint style types imports test fuzz kill cluster corpus conformance bench profile \
  typography fidelity lock tools conformance-tools clean distclean help

all: $(INTERVIEW_PDFS) $(ISSUE_PDFS)  ## typeset what changed into output/ (the default)

# --- surroundings ---

# A changed lock begins a new environment, so that nothing older stays in it.
$(LIBRARIES): requirements/run.lock
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$$($(PYTHON) -V) is too old: Offprint needs 3.11 or newer, name one with make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "python3-venv is missing: apt-get install python3-venv" >&2; exit 1; }
	@echo "setting up $(VENV) with $$($(PYTHON) -V)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) --require-hashes -r $<
	@touch $@

$(RUN): $(LIBRARIES) pyproject.toml
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(DEV) $(BENCH): $(VENV)/%.stamp: requirements/%.lock $(LIBRARIES) | $(RUN)
	@echo "adding requirements/$*.lock to $(VENV)"
	@$(PIP) --require-hashes -r $<
	@touch $@

# Byte code is written even where the environment forbids Python to do so by itself: half of a cold start is
# compiling otherwise.
$(READY): $(CODE) $(RUN)
	@$(BIN)/python -m compileall -q layout
	@touch $@

# --- pages: each PDF says in its depfile which files it was made from ---

$(INTERVIEW_PDFS): output/%.pdf: sources/%.yaml $(READY)
	@mkdir -p $(DEPFILES)
	$(OFFPRINT) build $< -o $@ --force --quiet --depfile $(DEPFILES)/$*.d

$(ISSUE_PDFS): output/%.pdf: sources/issues/%.yaml $(FOREIGN) $(READY)
	@mkdir -p $(DEPFILES)
	$(OFFPRINT) build $< -o $@ --force --quiet --depfile $(DEPFILES)/$*.d

-include $(wildcard $(DEPFILES)/*.d)

# Pages "made elsewhere", for the sample issue to bind in either edition.
$(FOREIGN) &: $(DRAWING) $(RUN)
	$(BIN)/python $< sources/issues
	@touch $(FOREIGN)

issue: $(ISSUE_PDFS)  ## typeset the issue only

# One command for all: a start of the program takes longer than a page.
languages: $(READY)  ## typeset a page in each of the sample languages into output/languages/
	$(OFFPRINT) build $(LANGUAGES) -o output/languages --quiet

check: $(FOREIGN) $(READY)  ## read all sources and say what is wrong, typeset nothing
	$(OFFPRINT) check $(INTERVIEWS) $(ISSUES) $(LANGUAGES)

# Nothing leaves the house with an error: it ends where preflight finds one.
release: $(FOREIGN) $(READY)  ## both editions and the issue's sheets anew in release/, preflighted, with check sums
	rm -rf release
	$(OFFPRINT) build $(INTERVIEWS) $(ISSUES) -o release $(EDITIONS:%=--edition %) --force --quiet
	rm -f release/.offprint.sqlite
	set -e; for issue in $(ISSUE_NAMES); do \
	  $(OFFPRINT) impose release/$$issue-press.pdf -o release/$$issue-sheets.pdf $(SHEETS) --show release/$$issue-dummy.png; \
	done
	$(OFFPRINT) preflight --profile digital $(NAMES:%=release/%.pdf)
	$(OFFPRINT) preflight --profile press $(NAMES:%=release/%-press.pdf) $(ISSUE_NAMES:%=release/%-sheets.pdf)
	$(BIN)/python scripts/manifest.py release

# --- the program ---

lint: style types imports  ## ruff, mypy and the direction of imports

style: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy

imports: $(DEV)
	$(BIN)/lint-imports

test: $(DEV) $(READY) $(FOREIGN)  ## run the tests; tests of missing system tools are skipped and say so
	$(BIN)/python -m pytest $(PYTEST)

fuzz: $(DEV) $(READY)  ## merge 10,000 spoilt PDFs (N=…), each whole or refused; CASE=… tries one again
	@$(BIN)/python tests/fuzz/run.py $(if $(CASE),--case $(CASE),--cases $(N))

kill: $(DEV) $(READY)  ## kill builds at 200 moments (KILLS=…): every PDF whole, and the next build goes on
	@KILLS=$(KILLS) $(BIN)/python -m pytest -q -n auto tests/desk/test_killed.py -k moment

cluster: $(DEV) $(READY)  ## build on Dask clusters of this machine, kill their workers, and compare with local builds
	@$(BIN)/python -m pytest -q tests/desk/test_cluster.py tests/desk/test_afar.py

corpus: $(DEV) $(READY)  ## merge every PDF below PATHS with a sample, and look at the results
	@$(BIN)/python scripts/corpus.py $(if $(PASSWORDS),--password-file $(PASSWORDS)) $(PATHS)

# Only what `make` has made: whatever else lies in output/ claims nothing.
conformance: all languages  ## let veraPDF check output/, and what PATHS names; STRICT=1 fails where it is missing
	@$(OFFPRINT) build $(INTERVIEWS) $(ISSUES) --edition press -o $(PRESS) --force --quiet
	@$(BIN)/python scripts/conformance.py $(if $(filter-out 0,$(STRICT)),--strict) \
	  $(INTERVIEW_PDFS) $(ISSUE_PDFS) $(LANGUAGE_PDFS) $(PRESS) $(FOREIGN) $(PATHS)

bench: $(BENCH) $(READY)  ## measure speed and line quality against ReportLab and Typst
	@$(BIN)/python bench/run.py --markdown
	@$(BIN)/python bench/start.py --markdown
	@$(BIN)/python bench/archive.py --markdown
	@$(BIN)/python bench/press.py --markdown --rounds 3
	@$(BIN)/python bench/merge.py --markdown --rounds 3
	@$(BIN)/python bench/issue.py --markdown
	@$(BIN)/python bench/rebuild.py --markdown
	@$(BIN)/python bench/scale.py --markdown

profile: $(READY)  ## name every share of the time of a build, and the dearest functions; PATHS=… builds these
	@$(BIN)/python bench/shares.py --markdown --functions 20 $(PATHS)

typography: $(BENCH) $(READY)  ## measure lines and pages of the samples, and of what PATHS names
	@$(BIN)/python bench/typography.py sources $(PATHS)

fidelity: $(BENCH) $(READY)  ## count what other programs read to the character, of the samples and what PATHS names
	@$(BIN)/python bench/fidelity.py sources tests/typography $(PATHS)

lock: $(RUN)  ## choose the locked versions again; LOCK_ARGS=--upgrade takes newer ones
	@$(PIP) uv
	@set -e; compile() { $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-emit-index-url --no-emit-find-links $(LOCK_ARGS) --group build pyproject.toml "$$@"; }; \
	  compile -o requirements/run.lock; \
	  compile --extra test --extra lint -c requirements/run.lock -o requirements/dev.lock; \
	  compile --extra bench -c requirements/dev.lock -o requirements/bench.lock

install = if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends \
	    $(1) >/dev/null; \
	else echo "as root: apt-get install $(1)"; fi

tools:  ## install the system tools that some tests use (Debian, Ubuntu)
	@$(call install,$(SYSTEM_TOOLS))

conformance-tools:  ## install Java and Maven, which fetch and run veraPDF (Debian, Ubuntu)
	@$(call install,$(JAVA_TOOLS))

clean:  ## remove what was typeset
	rm -rf output release $(FOREIGN)

distclean: clean  ## remove the virtual environment and all caches as well
	rm -rf $(VENV) build dist .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .benchmarks
	find layout bench scripts sources tests -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-18s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
