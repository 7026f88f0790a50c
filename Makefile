# Each target does its own set-up. `make help` lists them.
.PHONY: help run test faults offline release clean-root bench weigh fuzz material setup bindings
.DEFAULT_GOAL := help

help:      ## this list
	@sed -n 's/^\([a-z-]*\): .*## \(.*\)/make \1	\2/p' Makefile | expand -t 18

setup:     ## install what building and testing need
	@scripts/setup.sh test

run:       ## build and open the window (on a virtual display where there is none)
	@scripts/run.sh

test:      ## everything that must hold
	@scripts/setup.sh test
	@scripts/test.sh

faults:    ## what a disk can do to a vault, thousands of times, with the counts
	@scripts/setup.sh test
	@scripts/faults.sh

offline:   ## all tests where there is no network but a loopback
	@scripts/setup.sh test
	@scripts/offline.sh

release:   ## optimised app, command line, .deb and .rpm
	@scripts/release.sh

clean-root: ## the .deb installed, started and removed in a clean Debian (as root, after release)
	@scripts/setup.sh release
	@scripts/clean-root.sh $(wildcard $(or $(CARGO_TARGET_DIR),target)/release/artifacts/*.deb)

weigh:     ## start and memory beside a bare window (after release)
	@scripts/setup.sh run
	@scripts/display.sh scripts/weigh.sh

bench:     ## speed, as ratios taken in one run
	@scripts/setup.sh bench
	@cargo bench --locked --workspace --bench '*' --no-fail-fast
	@cargo test --locked --profile bench -p ashore-vault --features measures --lib -- --nocapture --test-threads 1 measures::
	@scripts/build-ui.sh
	@cargo test --locked --profile bench -p ashore --features automation --test e2e -- --nocapture fits_in_a_frame

fuzz:      ## two minutes of random bytes for every parser of foreign files
	@scripts/setup.sh run
	@scripts/fuzz.sh

material:  ## ask thousands of drawn questions; compare with worked cases beside the project
	@scripts/setup.sh run
	@scripts/material.sh

bindings:  ## write the TypeScript of the commands anew
	@ASHORE_BINDINGS=write cargo nextest run -p ashore --test ipc
