#!/usr/bin/env bash
# Weighs the program against a bare Tauri window, both optimised, on the same display: the time from the start to the
# loaded page (a moment after DOMContentLoaded, for both), and the memory of all processes in proportion (PSS).
# Run after scripts/release.sh:   scripts/display.sh scripts/weigh.sh
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$HOME/.cargo/bin:$PATH"
target=${CARGO_TARGET_DIR:-target}
ours=$target/release/ashore
[ -x "$ours" ] || { echo "Build the program first: make release" >&2; exit 1; }
cp Cargo.lock tests/weigh/Cargo.lock
cargo build --offline --release --manifest-path tests/weigh/Cargo.toml --target-dir "$target/weigh"
exec python3 scripts/weigh.py "$ours" "$target/weigh/release/bare-window"
