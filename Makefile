SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help web media media-check up down demo check test e2e reset logs fix lock openapi migration new-service deps-ci schemas docs feed-proof fuzz soak chaos-events chaos-calls bench-events bench-lists bench-desk bench-media bench-sockets \
  k8s k8s-check k8s-up k8s-down k8s-e2e \
  e2e-web screenshots interactions first-frame lighthouse web-check \
  images standin-images compose-file compose-up compose-down test-containers

REQUIREMENTS := PYTHONPATH=deploy/src python3 -m deploy.requirements
UV := .venv-boot/bin/uv
SYNCED := .venv/.synced
CONTAINERS := .venv/.containers
MEDIA := services/videocall/media
WEB_APPS := $(patsubst web/apps/%/package.json,%,$(wildcard web/apps/*/package.json))
WEB_SOURCES = $(shell find web/*.* web/apps web/packages -name node_modules -prune -o -name dist -prune -o -print)
MEMBERS := $(patsubst %/pyproject.toml,%,$(wildcard */pyproject.toml libs/*/pyproject.toml services/*/pyproject.toml web/*/pyproject.toml))
ADD := $(UV) pip install --python .venv --quiet --no-deps --require-hashes
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header
export UV_COMPILE_BYTECODE := 1
export UV_PYTHON_DOWNLOADS := never
export PATH := $(CURDIR)/.venv/bin:$(PATH)

help: ## Show what can be done
	@awk -F':.*## ' '/^##@ /{printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z0-9-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ Run it

demo: web media ## Play both journeys, and leave the suite running, with 300 more made behind it (journeys=N)
	@python -m demo $(if $(journeys),--journeys $(journeys))

up: web media ## Start the whole suite on this machine and show it until Ctrl-C
	@python -m stack up

web: $(SYNCED) ## Build the pages, where their sources have changed
	@if $(MAKE) --silent --no-print-directory web/node_modules/.package-lock.json 2>.venv/npm.log; then \
	  $(MAKE) --silent --no-print-directory $(WEB_APPS:%=web/apps/%/dist/.built); \
	else echo "The pages are not built: npm could not fetch their packages (.venv/npm.log). All else works."; fi

media: $(SYNCED) ## Install what the media node stands on
	@$(MAKE) --silent --no-print-directory $(MEDIA)/node_modules/.package-lock.json 2>.venv/npm.media.log || \
	  echo "Video calls have no picture: npm could not fetch werift (.venv/npm.media.log). All else works."

down: $(SYNCED) ## Stop the suite; nothing is lost
	@python -m stack down

reset: $(SYNCED) ## Stop the suite and forget all its data
	@python -m stack reset

logs: $(SYNCED) ## Follow a log: make logs of=hold
	@python -m stack logs -f $(of)

##@ While you work (CONTRIBUTING.md)

check: $(SYNCED) ## What every commit must pass, in the order that fails fastest
	@ruff format --check -q .
	@ruff check -q .
	@lint-imports --no-logo | awk 'shown || /^Contracts:/ {shown = 1; print}'
	@python tools/unpublished_facts.py
	@python tools/unused_code.py
	@python tools/file_length.py
	@python -m tools.docstrings
	@python -m tools.names
	@python tools/migrations.py
	@python tools/schemas.py --check
	@python tools/promises.py
	@python -m tools.asyncapi --check
	@python -m tools.openapi --check
	@python -m tools.sockets --check
	@python -m tools.roles --check
	@python -m deploy.k8s drift
	@python -m deploy.compose.file --check
	@mypy .
	@$(MAKE) --no-print-directory web-check media-check
	@pytest -q libs/events/tests/test_contracts.py tests/docs

web-check: web ## The pages: lint, types, the client as the services say it, unit tests, weight
	@cd web && npm run --silent lint && npm run --silent typecheck && npm run --silent gen:check && npm test --silent && node budgets.mjs

media-check: web media ## The media node: lint, types
	@cd $(MEDIA) && npm run --silent lint && npm run --silent typecheck

lock: UPGRADE = $(if $(upgrade),--upgrade-package $(upgrade))
lock: .venv-boot/.ready ## Write locks/ after a change of dependencies; newer versions: make lock upgrade=httpx
	@$(LOCK) --group dev --output-file locks/dev.txt $(UPGRADE) pyproject.toml
	@sed -i '/^-e /d' locks/dev.txt # the members of the workspace lie here and have no version
	@for group in bench containers film media services; do \
	  $(LOCK) --group $$group --constraints locks/dev.txt --output-file locks/$$group.txt $(UPGRADE); \
	  sed -i '/^-e /d' locks/$$group.txt; \
	done

fix: $(SYNCED) ## Let the tools mend what they can
	@ruff format -q .
	@ruff check -q --fix .
	@cd web && npm run --silent fix

ifdef T
test: $(SYNCED)
	@pytest -q $(if $(filter services/% libs/%,$(T)),$(if $(findstring .py,$(T)),,-n 2 --dist loadfile)) $(T)
else
test: check web ## Everything, or one thing: make test T=path, T=path::test or T="path -k word"
	@pytest -q -n 2 --dist loadfile libs services web/server simulators demo bench chaos deploy stack tools \
	  tests/projections tests/meaning tests/upgrades tests/k8s tests/services
	@pytest -q -n 2 tests/e2e tests/chaos tests/soak
	@pytest -q -n 2 tests/web
endif

e2e: web media ## The journeys and all their branches, through the gateway
	@pytest -q tests/e2e

e2e-web: web media ## The same in a browser; pictures and traces of failures lie in .local/web-failures
	@pytest -q -n 2 tests/web

screenshots: web ## Every screen and state of the pages, one contact sheet a flow, in .local/screenshots
	@pytest -q tests/web/pictures.py tests/web/console/pictures.py

interactions: web ## How long a press waits on a phone four times slower, and a scroll through 100,000 orders
	@pytest -q tests/web/interactions.py tests/web/console/interactions.py

first-frame: export FIRST_FRAME_RUNS = $(or $(runs),20)
first-frame: web media ## Whole calls between two browsers, how soon both see each other and how many were green: runs=20
	@pytest -q tests/web/console/first_frame.py

lighthouse: web ## What Lighthouse says of the first page, as a phone sees it: the median of five (the suite has to run)
	@cd web/lighthouse && npm ci --silent
	@cd web/lighthouse && node measure.mjs $(or $(address),http://127.0.0.1:8080/) $$(cd ../.. && python -m tests.web.browser)

schemas: $(SYNCED) ## Export every new event, write its contract and sample, and who publishes and consumes it
	@python tools/exports.py
	@ruff check -q --fix --select I,RUF022 libs/events/src/events/__init__.py
	@ruff format -q libs/events/src/events/__init__.py
	@python tools/schemas.py
	@python tools/samples.py
	@python -m tools.asyncapi

openapi: web ## Write what the services' routes and sockets say into web/packages/api, docs/roles.md and docs/sockets, and the client from that
	@python -m tools.openapi
	@python -m tools.sockets
	@python -m tools.roles
	@cd web && npm run --silent gen

migration: $(SYNCED) ## Write the next migration from tables.py: make migration of=hold says="a hold names its channel"
	@python tools/migration.py $(of) "$(says)"
	@$(MAKE) --no-print-directory fix

new-service: $(SYNCED) ## Start a service in the house style: make new-service name=loyalty noun=cards
	@python tools/new_service.py $(name) $(noun)
	@$(MAKE) --no-print-directory fix

docs: $(SYNCED) tools/asyncapi-page/node_modules/.package-lock.json ## Build a page about all events: build/events/index.html
	@python tools/asyncapi_page.py

##@ Longer proofs

soak: $(SYNCED) ## 300 journeys with random interruptions; then all that must be true is: make soak [seed=…]
	@SOAK_JOURNEYS=$(or $(journeys),300) SOAK_SEED=$(or $(seed),$$RANDOM) pytest -q tests/soak

fuzz: $(SYNCED) ## Requests made up from the OpenAPI documents: nothing undocumented, no 5xx
	@FUZZ_EXAMPLES=$(or $(examples),40) FUZZ_SEED=$(or $(seed),$$RANDOM) pytest -q tests/e2e/test_fuzz.py

feed-proof: $(SYNCED) ## The partner feed under ten writers and kills: 20,000 events, none lost, none twice
	@FEED_PROOF_EVENTS=20000 pytest -q -s libs/feed/tests/test_proof.py

chaos-events: $(SYNCED) ## Kill relays, consumers, broker and database under 50,000 facts: none is lost
	@python -m chaos $(if $(seed),--seed $(seed))

chaos-calls: $(SYNCED) media ## Kill replicas, sockets and media nodes under 100 video calls: none is lost [seed=… seconds=…]
	@python -m chaos.calls $(if $(seed),--seed $(seed)) $(if $(seconds),--seconds $(seconds))

bench-events: $(SYNCED) ## Measure libs/events against its goals (10 minutes, on a machine with nothing else to do)
	@$(ADD) --requirements locks/bench.txt
	@python -m bench.events $(case)

bench-lists: $(SYNCED) ## Measure the lists of staff with a million orders (15 minutes, on a machine with nothing else to do)
	@python -m bench.lists

bench-desk: $(SYNCED) ## Measure how calls are routed to a thousand agents (5 minutes, on a machine with nothing else to do)
	@python -m bench.desk

bench-media: $(SYNCED) media ## Measure how many calls one media node carries (5 minutes, on a machine with nothing else to do)
	@python -m bench.media

bench-sockets: $(SYNCED) ## Measure 2,000 idle sockets on one process, and 1,000 that come back at once (2 minutes)
	@python -m bench.sockets

##@ In containers (docs/containers.md)

images: .needs-images $(CONTAINERS) web media ## Build the images of all services, print their sizes, look inside
	@python -m deploy.compose images

standin-images: .needs-images $(CONTAINERS) ## Where no registry can be reached: make images that stand in for the official ones
	@python -m deploy.compose standins

compose-file: $(SYNCED) ## Write what the suite says into docker-compose.yml
	@python -m deploy.compose.file

compose-up: .needs-images $(CONTAINERS) web ## Start the suite in containers and wait until it is ready; with Grafana: make compose-up observe=1
	@python -m deploy.compose up $(if $(observe),--observe)

compose-down: $(CONTAINERS) ## Stop the containers; nothing is lost
	@python -m deploy.compose down

test-containers: export TESTCONTAINERS_RYUK_DISABLED := true
test-containers: export TESTCONTAINERS_CONNECTION_MODE := docker_host
test-containers: .needs-images standin-images images ## Services against servers in containers, then the compose file: journeys, kills, down and up
	@TEST_BACKEND=containers pytest -q -n 2 --dist loadfile libs services simulators
	@pytest -q -m containers tests/containers

##@ On Kubernetes (docs/deploy.md)

k8s: $(SYNCED) ## Render deploy/k8s anew from the events, the routes and the settings
	@python -m deploy.k8s render

k8s-check: $(SYNCED) ## Check every Kubernetes overlay without a cluster, and the check itself
	@python -m deploy.k8s check
	@pytest -q tests/k8s

k8s-up: $(SYNCED) ## Roll the suite out to the one-node cluster that kubectl points at
	@python -m deploy.k8s up

k8s-down: $(SYNCED) ## Take it away again, data included
	@python -m deploy.k8s down

k8s-e2e: .needs-cluster standin-images images ## The suite on a real Kubernetes, yours or one made here: journeys, roll-outs under load, kills
	@pytest -q -m cluster tests/kube

##@ This machine

deps-ci: ## Install what images, test-containers and k8s-e2e need from the operating system (apt, as root or by sudo)
	@$(REQUIREMENTS) install

.needs-%:
	@$(REQUIREMENTS) $* $(firstword $(MAKECMDGOALS))

## Files that the targets stand on

$(SYNCED): .venv-boot/.ready locks/dev.txt pyproject.toml $(MEMBERS:%=%/pyproject.toml)
	@[ -x .venv/bin/python ] || $(UV) venv --quiet .venv
	@$(UV) pip sync --python .venv --quiet --require-hashes locks/dev.txt
	@$(UV) pip install --python .venv --quiet --no-deps $(MEMBERS:%=--editable %)
	@touch $@

%/node_modules/.package-lock.json: %/package-lock.json | $(SYNCED)
	@cd $* && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=1 --fetch-retry-mintimeout=2000 >/dev/null
	@touch $@

web/apps/%/dist/.built: $(WEB_SOURCES) | $(SYNCED)
	@cd web && npm run build --silent -w @chonso/$* -- --logLevel warn
	@touch $@

$(CONTAINERS): $(SYNCED)
	@$(ADD) --requirements locks/containers.txt
	@touch $@

.venv-boot/.ready:
	@python3 -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or newer with pip is needed (Debian: apt-get install python3-pip)." >&2; exit 1; }
	@python3 -m venv --without-pip .venv-boot
	@python3 -m pip --python .venv-boot/bin/python install --quiet uv==0.13.9
	@touch $@
