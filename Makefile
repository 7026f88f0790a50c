# Each target does its own set-up. `make help` lists them.
.PHONY: help run test faults release bench fuzz material setup bindings
.DEFAULT_GOAL := help

help:      ## this list
	@sed -n 's/^\([a-z]*\): .*## \(.*\)/make \1	\2/p' Makefile | expand -t 18

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

release:   ## optimised app, command line, .deb and .rpm
	@scripts/release.sh

bench:     ## speed, as ratios taken in one run
	@scripts/setup.sh run
	@cargo bench --locked --workspace --bench '*'
	@cargo test --locked --profile bench -p ashore-vault --features measures --lib -- --nocapture --test-threads 1 measures::

fuzz:      ## two minutes of random bytes for every parser of foreign files
	@scripts/setup.sh run
	@scripts/fuzz.sh

material:  ## ask thousands of drawn questions; compare with worked cases beside the project
	@scripts/setup.sh run
	@scripts/material.sh

bindings:  ## write the TypeScript of the commands anew
	@ASHORE_BINDINGS=write cargo nextest run -p ashore --test ipc
