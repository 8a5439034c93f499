# What can be done with a clone. `make demo` shows the product, `make test` proves it.

SWIFT ?= swift
SOURCES := Package.swift Sources Tests fixtures/testing
BUILD_FLAGS := --explicit-target-dependency-import-check error
RELEASE := .build/release
PREFIX ?= /usr/local

SPEC := fixtures/chat/asyncapi.yml
CONTRACT := contracts/frontend-v1.json
SEED ?= 1
SEEDS ?= 1 2 3
TIME ?= 20s
COUNT ?= 1000000

.DEFAULT_GOAL := help
.PHONY: help build release test lint format check demo bench pact-capture pact-verify fuzz \
	fuzz-self bugbench tsan conformance interop autobahn install clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Compile everything; a warning or an undeclared import is an error
	$(SWIFT) build --build-tests $(BUILD_FLAGS)

release: ## Compile the commands with optimisation
	@$(SWIFT) build -c release $(BUILD_FLAGS) --product wspact
	@$(SWIFT) build -c release $(BUILD_FLAGS) --product wspact-provider
	@$(SWIFT) build -c release $(BUILD_FLAGS) --product wspact-consumer

# Tests that wait for sockets and processes run by themselves: beside the official suites, which
# compute for a minute on every core, they would wait for their turn longer than for their peers.
WIRE := WebSocketTests|SessionTests|CaptureTests|VerifyTests|FuzzTests|ReferenceProvidersTests|WSPactTestingTests|PriceClientTests|CommandTests

test: ## Run every test (no network, nothing but Swift needed)
	$(SWIFT) build --build-tests $(BUILD_FLAGS)
	$(SWIFT) test --skip-build --skip '$(WIRE)'
	$(SWIFT) test --skip-build --no-parallel --filter '$(WIRE)'

lint: ## Check formatting and forbidden words without changing a file
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)
	@! grep -rnE 'try!|fatalError\(|[^a-zA-Z]as! ' Sources --include='*.swift' \
		|| { echo 'these crash instead of giving a message'; exit 1; }

format: ## Rewrite sources in the project's style
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

check: lint build test ## Everything that needs only Swift, fastest failure first

demo: release ## Capture, verify and fuzz the chat service, then find a planted bug
	@PATH="$(CURDIR)/$(RELEASE):$$PATH" fixtures/chat/demo.sh

pact-capture: release ## Record the chat consumer; fails when the committed contract is out of date
	@PATH="$(CURDIR)/$(RELEASE):$$PATH" fixtures/chat/capture.sh $(CAPTURE_FLAGS)

pact-verify: release ## Verify contracts/ against the chat provider
	@PATH="$(CURDIR)/$(RELEASE):$$PATH" wspact verify contracts/ \
		--provider-cmd 'wspact-provider chat --port 0'

fuzz: release ## Fuzz the chat provider: make fuzz SEED=7 TIME=60s
	@PATH="$(CURDIR)/$(RELEASE):$$PATH" wspact fuzz --spec $(SPEC) \
		--provider-cmd 'wspact-provider chat --port 0' --seed $(SEED) --time $(TIME)

fuzz-self: ## Feed damaged texts and frames to the engines: make fuzz-self COUNT=1000000 SEED=1
	@$(SWIFT) build -c release $(BUILD_FLAGS) --product Benchmarks
	@$(RELEASE)/Benchmarks fuzz-self --count $(COUNT) --seed $(SEED)

# Options for every run alike: FUZZ_FLAGS='--connections 2'. BUGS takes names, parts of names,
# classes, or 'correct' for what must not be blamed.
bugbench: release ## Fuzz every planted bug and decoy: make bugbench BUGS=desk SEEDS="1 2" TIME=20s
	@$(SWIFT) build -c release $(BUILD_FLAGS) --product Benchmarks
	@python=.build/venv/bin/python; \
	$$python -c 'import fastapi, jsonschema_rs, uvicorn, websockets, yaml' 2>/dev/null || python=; \
	PATH="$(CURDIR)/$(RELEASE):$$PATH" Benchmarks bugs --bugs "$(BUGS)" --seeds "$(SEEDS)" \
		--time $(TIME) --flags "$(FUZZ_FLAGS)" --python "$$python"

tsan: ## Run the transport's tests under the thread sanitizer (a build of its own, in .build/tsan)
	$(SWIFT) build --build-tests --sanitize=thread --scratch-path .build/tsan
	TSAN_OPTIONS=halt_on_error=1 $(SWIFT) test --skip-build --sanitize=thread \
		--scratch-path .build/tsan --no-parallel --filter WebSocketTests

bench: release ## Measure start-up, engines, proxy and fuzzer in release mode, other tools beside them
	@$(SWIFT) build -c release $(BUILD_FLAGS) --product Benchmarks
	@PATH="$(CURDIR)/$(RELEASE):$$PATH" fixtures/bench.sh

conformance: ## Run the official suites whole, and print how many cases pass
	$(SWIFT) test $(BUILD_FLAGS) --filter 'JSONSchemaTests.*Conformance|JSONTestSuite'

interop: release ## Try everything on what others have written (PyPI, Chromium, Autobahn's core set)
	@PATH="$(CURDIR)/$(RELEASE):$$PATH" fixtures/chat/interop.sh
	.build/venv/bin/pip install --quiet --disable-pip-version-check -r fixtures/interop/requirements.txt
	@PATH="$(CURDIR)/$(RELEASE):$$PATH" .build/venv/bin/python fixtures/interop/peers.py
	@PATH="$(CURDIR)/$(RELEASE):$$PATH" OPTIONAL=1 SETS="$(or $(SETS),core)" \
		fixtures/interop/autobahn.sh
	@PATH="$(CURDIR)/$(RELEASE):$$PATH" .build/venv/bin/python fixtures/schemas/judge.py
	@PATH="$(CURDIR)/$(RELEASE):$$PATH" fixtures/pact/interop.sh
	.build/venv/bin/python fixtures/interop/pact_engine.py --count 25000 > .build/pact-verdicts.jsonl
	WSPACT_PACT_VERDICTS=$(CURDIR)/.build/pact-verdicts.jsonl \
		$(SWIFT) test $(BUILD_FLAGS) --filter OfficialEngineTests

autobahn: release ## The Autobahn Testsuite against server, client and proxy: make autobahn SETS=all
	@PATH="$(CURDIR)/$(RELEASE):$$PATH" SETS="$(SETS)" fixtures/interop/autobahn.sh

install: release ## Copy the commands to PREFIX/bin
	install -d $(DESTDIR)$(PREFIX)/bin
	install $(RELEASE)/wspact $(RELEASE)/wspact-provider $(DESTDIR)$(PREFIX)/bin

clean: ## Remove what was built
	rm -rf .build
