#!/usr/bin/env bash
# Builds what people install: the optimised app with its .deb and .rpm, and the command line. Opens no connection once
# packages are there. Results and their SHA-256 sums lie in target/release/artifacts.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$HOME/.cargo/bin:$PATH"
target=${CARGO_TARGET_DIR:-target}
artifacts=$target/release/artifacts

scripts/setup.sh release
cargo fetch --locked
export CARGO_NET_OFFLINE=true

# The command line first: it goes into the packages beside the window.
cargo build --locked --release -p ashore-cli
cli=$(realpath "$target/release/ashore-cli")
ui/node_modules/.bin/tauri build --ci --bundles deb,rpm --config "{
  \"bundle\": { \"linux\": {
    \"deb\": { \"files\": { \"/usr/bin/ashore-cli\": \"$cli\" } },
    \"rpm\": { \"files\": { \"/usr/bin/ashore-cli\": \"$cli\" } } } } }"

rm -rf "$artifacts"
mkdir -p "$artifacts"
cp "$target"/release/bundle/deb/*.deb "$target"/release/bundle/rpm/*.rpm "$target/release/ashore" "$cli" "$artifacts/"
scripts/sbom.py "$artifacts/ashore.cdx.json"
(cd "$artifacts" && sha256sum -- * >SHA256SUMS && cat SHA256SUMS)
scripts/display.sh scripts/smoke.sh "$artifacts"
