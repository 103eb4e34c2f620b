# The few commands. Each makes its own .venv first; what they do is written in site/tools/ and docs/commands.md.
# PYTHON=/path/to/python chooses the Python that makes .venv; without it, the first of these that works.
ifndef PYTHON
PYTHON := $(and $(wildcard .venv/.installed-*),$(realpath .venv/bin/python),.venv/bin/python)
endif
ifeq ($(PYTHON),)
PYTHON := $(or $(shell for p in python3.13 python3.12 python3.11; do "$$p" -c "" 2>/dev/null && echo $$p && break; done),python3)
endif
START = @command -v "$(PYTHON)" >/dev/null || { echo "No $(PYTHON) here: install Python 3.11 or newer, or name one with PYTHON=/path/to/python." >&2; exit 1; }; exec "$(PYTHON)" site/tools/bootstrap.py

.PHONY: help run check test test-next bench drills gallery film lighthouse deploy-check assets messages lock

help:  ## This list
	@sed -n 's/^\([a-z-]*\):  ## /make \1\t/p' Makefile | expand -t 18
run:  ## The site at http://127.0.0.1:8000 with its sample people (PORT=8123 for another port)
	$(START) run
check:  ## Lint, types and the tests that need no browser, on SQLite
	$(START) --dev check
test:  ## Everything: lint, types, all tests on SQLite and PostgreSQL, and in the browser
	$(START) --dev test
test-next:  ## The tests on the newest Wagtail
	$(START) --dev test_next
bench:  ## What each kind of page costs, on both databases
	$(START) --dev bench
drills:  ## What holds under pressure (SABOTAGE=1 shows that the drills can fail)
	$(START) --dev drills
gallery:  ## Pictures of the main pages, narrow and wide
	$(START) --dev gallery
lighthouse:  ## Lighthouse's marks for a phone, the median of five
	$(START) --dev lighthouse
deploy-check:  ## Whether this environment is ready to be the site (ASK=1 also asks SITE_URL from outside)
	$(START) deploy_check
assets:  ## Join the stylesheets into the one file that pages link
	$(START) --dev assets
film:  ## A film of content/films from its script (FILM=key; PICTURES=1 only draws; needs ffmpeg and a synthesiser)
	$(START) --dev film
messages:  ## Collect the texts to translate and compile the catalogues (needs gettext)
	$(START) --dev messages
lock:  ## Write the locked requirements anew from requirements.in and requirements-dev.in
	$(START) --dev lock
