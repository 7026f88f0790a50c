#!/usr/bin/env bash
# Holds the built command line against questions drawn from a seed, and against worked cases and real files that lie
# beside the project, when they do.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$HOME/.cargo/bin:$PATH"
vectors=../shared/vectors
material=../shared/material
program="${CARGO_TARGET_DIR:-target}/debug/ashore-cli"
cargo build --locked --workspace --bin ashore-cli
if [ -d "$material" ]; then
  cargo run --locked --quiet -p ashore-importers --example material -- "$material"
  python3 scripts/material/imports.py "$material" "$program"
else
  echo "No real files beside the project ($material), so there is nothing to import."
fi
python3 scripts/random/check.py "$program"
if [ ! -d "$vectors" ]; then
  echo "No worked cases beside the project ($vectors), so there is nothing to compare with."
  exit 0
fi
python3 scripts/vectors.py "$vectors" "$program"
