#!/usr/bin/env bash
# Builds Ashore and opens its window. Without a display it opens on a virtual one, keeps a picture of the first drawn
# screen in target/ashore.png and runs on until Ctrl-C. ASHORE_EXIT_AFTER_READY=1 ends it once that screen is there.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
picture=target/ashore.png
patience=120 # seconds until the first screen must be there

# Opens the window and waits until the page says that its first screen stands.
open_window() {
  ready=$(mktemp -u)
  ASHORE_READY_FILE="$ready" "$target/debug/ashore" &
  app=$!
  trap 'kill "$app" 2>/dev/null || true; rm -f "$ready"' EXIT
  trap 'exit 130' INT TERM
  for _ in $(seq $((patience * 10))); do
    [ -e "$ready" ] && return 0
    kill -0 "$app" 2>/dev/null || { wait "$app" && exit 0; echo "Ashore ended before its first screen was drawn." >&2; exit 1; }
    sleep 0.1
  done
  echo "The first screen was not drawn within $patience seconds." >&2
  exit 1
}

# The page may be ahead of the screen by a frame or two: two equal pictures with something on them are a drawn screen.
take_picture() {
  local before="" now
  for _ in $(seq $((patience * 2))); do
    import -silent -window root "$picture"
    now=$(identify -format '%# %k' "$picture")
    [ "${now##* }" -ge 16 ] && [ "$now" = "$before" ] && return 0
    before=$now
    sleep 0.5
  done
  echo "The window stayed blank for $patience seconds." >&2
  exit 1
}

if [ "${1:-}" = on-virtual-display ]; then
  mkdir -p target
  open_window
  take_picture
  echo "$picture"
  [ "${ASHORE_EXIT_AFTER_READY:-}" = 1 ] && exit 0
  echo "Ashore is running on a virtual display; Ctrl-C ends it." >&2
  wait "$app"
  exit
fi

export PATH="$HOME/.cargo/bin:$PATH"
scripts/setup.sh run
scripts/build-ui.sh
cargo build --bin ashore
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  ASHORE_SCREEN=390x844 exec scripts/display.sh scripts/run.sh on-virtual-display
fi
open_window
[ "${ASHORE_EXIT_AFTER_READY:-}" = 1 ] && exit 0
wait "$app"
