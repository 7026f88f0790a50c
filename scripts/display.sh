#!/usr/bin/env bash
# Runs a command on a virtual display of its own, with a session bus of its own. Leaves nothing behind.
#   ASHORE_SCREEN=390x844 scripts/display.sh COMMAND…
set -euo pipefail
runtime=$(mktemp -d)
chmod 700 "$runtime"
server="" bus=""
trap 'kill $server $bus 2>/dev/null || true; rm -rf "$runtime"' EXIT

exec 8> >(read -r number; echo "$number" > "$runtime/display"; cat >/dev/null)
Xvfb -displayfd 8 -screen 0 "${ASHORE_SCREEN:-1400x1000}x24" -nolisten tcp >"$runtime/xvfb.log" 2>&1 &
server=$!
exec 8>&-
# Not dbus-run-session: its daemon writes its own troubles between our lines.
dbus-daemon --session --nofork --nopidfile --address="unix:path=$runtime/bus" >"$runtime/bus.log" 2>&1 &
bus=$!
for _ in $(seq 200); do [ -s "$runtime/display" ] && [ -S "$runtime/bus" ] && break; sleep 0.05; done
[ -s "$runtime/display" ] || { echo "No virtual display could be started: $(cat "$runtime/xvfb.log")" >&2; exit 1; }
[ -S "$runtime/bus" ] || { echo "No session bus could be started: $(cat "$runtime/bus.log")" >&2; exit 1; }

# WebKit's software path is left alone: with its compositing switched off, pictures through WebDriver hang for ever.
unset WEBKIT_DISABLE_DMABUF_RENDERER WEBKIT_DISABLE_COMPOSITING_MODE WAYLAND_DISPLAY
export DISPLAY=":$(cat "$runtime/display")" DBUS_SESSION_BUS_ADDRESS="unix:path=$runtime/bus" \
  XDG_RUNTIME_DIR="$runtime" NO_AT_BRIDGE=1 GDK_BACKEND=x11
status=0
"$@" || status=$?
exit "$status"
