#!/usr/bin/env bash
# Runs a command on a virtual display of its own, with a session bus of its own. Leaves nothing behind.
#   scripts/display.sh COMMAND…
set -euo pipefail
runtime=$(mktemp -d)
chmod 700 "$runtime"
exec 8> >(read -r number; echo "$number" > "$runtime/display"; cat >/dev/null)
Xvfb -displayfd 8 -screen 0 "${ASHORE_SCREEN:-1400x1000}x24" -nolisten tcp >"$runtime/xvfb.log" 2>&1 &
server=$!
exec 8>&-
trap 'kill "$server" 2>/dev/null || true; rm -rf "$runtime"' EXIT
for _ in $(seq 200); do [ -s "$runtime/display" ] && break; sleep 0.05; done
[ -s "$runtime/display" ] || { echo "No virtual display could be started: $(cat "$runtime/xvfb.log")" >&2; exit 1; }

# WebKit's software path is left alone: with its compositing switched off, pictures through WebDriver hang for ever.
unset WEBKIT_DISABLE_DMABUF_RENDERER WEBKIT_DISABLE_COMPOSITING_MODE WAYLAND_DISPLAY
export DISPLAY=":$(cat "$runtime/display")" XDG_RUNTIME_DIR="$runtime" NO_AT_BRIDGE=1 GDK_BACKEND=x11
status=0
dbus-run-session -- "$@" || status=$?
exit "$status"
