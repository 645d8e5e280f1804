# The commands that people type. What each does lives in scripts/.
.DEFAULT_GOAL := help
.PHONY: help run shop build dev test check bench load cluster chaos fuzz mutants pictures bootstrap clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Build all and serve; prints the address to open
	@scripts/run

shop: build ## Serve the example shop beside the sandbox; prints the shop's address
	@scripts/shop

build: ## Build server and site for release (target/release/tradein, target/site)
	@scripts/bootstrap --build-only
	@scripts/build

dev: ## Serve, and build anew at each change
	@scripts/bootstrap --build-only
	@scripts/dev

test: ## All tests, the browser's too
	@scripts/bootstrap
	@scripts/test

check: ## Format, lints, docs, dependency rules, circles, size budget, search for secrets
	@scripts/bootstrap
	@scripts/check

bench: ## Figures, as ratios against a baseline of the same run, and Lighthouse
	@scripts/bootstrap --bench
	@scripts/bench

load: ## Twenty minutes of load, with faults of partner, disk, clock and network: the books agree
	@scripts/bootstrap
	@scripts/build
	@node scripts/load.mjs
	@node scripts/machine.mjs

cluster: ## Serve three instances behind nginx, with PostgreSQL and Redis; scripts/cluster hurts them
	@scripts/bootstrap --cluster
	@scripts/build
	@scripts/cluster

chaos: ## Three minutes of three instances under load, with faults of instances and engines: the books agree
	@scripts/bootstrap
	@scripts/build
	@node scripts/chaos.mjs

fuzz: ## Look for inputs that break the parsers, ten minutes each (needs nightly)
	@scripts/fuzz

mutants: ## Change the code in one place at a time, and list what no test notices
	@scripts/bootstrap --mutants
	@scripts/mutants

pictures: ## Take a picture of every state of the widget, into docs/pictures/states
	@scripts/bootstrap
	@scripts/build
	@node scripts/pictures.mjs

bootstrap: ## Install what building and testing need
	@scripts/bootstrap

clean: ## Remove what was built
	rm -rf target end2end/node_modules end2end/test-results
