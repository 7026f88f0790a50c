#!/usr/bin/env bash
# Everything that must hold before a change lands, cheapest first. Stops at the first thing that does not.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$HOME/.cargo/bin:$PATH" CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-auto}
# Nothing is built twice: clippy, tests and the window all take the whole workspace with its default features.
step() {
  printf '\n== %s\n' "$1"
  shift
  local began=$SECONDS
  "$@"
  printf -- '-- %s s\n' $((SECONDS - began))
}

step "formatting" cargo fmt --all --check
step "licences, banned crates, sources" cargo deny --locked check --hide-inclusion-graph licenses bans sources
step "types of the user interface" npm run --silent --prefix ui check
step "tests of the user interface" npm run --silent --prefix ui test
step "the user interface" scripts/build-ui.sh
step "clippy" cargo clippy --locked --workspace --all-targets -- -D warnings
step "Rust tests and the window" cargo nextest run --locked --workspace --no-fail-fast
step "examples in the documentation" cargo test --locked --workspace --doc --quiet
