#!/usr/bin/env bash
# Throws bytes at every parser of foreign files: each target for FUZZ_SECONDS (default 120), within 512 MB and 5 s an input.
# What breaks a promise is left in fuzz/artifacts/ and belongs into the tests of its format.
#   scripts/fuzz.sh [TARGET…]
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$HOME/.cargo/bin:$PATH" RUSTC_BOOTSTRAP=1
command -v cargo-fuzz >/dev/null || cargo install --locked --quiet cargo-fuzz --version 0.13.2
if [ $# -gt 0 ]; then targets=("$@"); else mapfile -t targets < <(sed -n 's/^name = "\([a-z_]*\)"$/\1/p' fuzz/Cargo.toml); fi
python3 fuzz/seeds.py
for target in "${targets[@]}"; do
  mkdir -p "fuzz/corpus/$target" "fuzz/seeds/$target"
  printf '\n== %s\n' "$target"
  # What reads pages is ended by whoever started it after so many seconds.
  timeout=5; [ "$target" = pdf ] && timeout=20
  nice -n 10 cargo fuzz run "$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -- \
    -max_total_time="${FUZZ_SECONDS:-120}" -timeout="$timeout" -rss_limit_mb=512 -max_len=65536 -print_final_stats=1 -verbosity=0
done
