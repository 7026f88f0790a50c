#!/usr/bin/env bash
# What a disk can do to a vault: power lost at 2,000 moments and at every write of a new or changed schema, 200 kills, every one of the first 500 writes to the
# database, 300 beside it, 60 renames and 200 syncs failing, a full disk at each of 64 MB, 1,000 flipped bits, 1,000
# damaged backups. Prints the counts; fails at the first acknowledged record that is lost and the first damage that is
# not named. Takes the better part of an hour.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$HOME/.cargo/bin:$PATH" ASHORE_FAULTS=1
log=$(mktemp)
trap 'rm -f "$log"' EXIT

run() {
  # Sequentially: each has the disk to itself, and what it counted is printed.
  cargo test --locked -p ashore-vault --features faults "$@" -- --nocapture --test-threads=1 >"$log" 2>&1 ||
    { cat "$log" >&2; echo "A fault did harm; see above." >&2; exit 1; }
  sed -n 's/^.*FAULTS //p' "$log"
}

run --lib faults::
run --test vault killed_at_any_moment
run --test vault flipped_bits

# Years of a computer's life: sleep, travel, restarts, locks, clocks that jump. The counts are printed.
ASHORE_CLOCK_SCENARIOS=500 cargo test --locked -p ashore-app --test clock -- --nocapture >"$log" 2>&1 ||
  { cat "$log" >&2; echo "A reminder was missed or came twice; see above." >&2; exit 1; }
sed -n 's/^\([0-9]* clock scenarios: .*\)$/\1/p' "$log"
