#!/usr/bin/env bash
# Runs the tests where there is no network at all: in a namespace of its own with nothing but a loopback, over which
# WebDriver speaks to the window. What is to be built is built before.
#   scripts/offline.sh [ARGUMENTS OF cargo nextest run]      (default: the whole workspace)
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$HOME/.cargo/bin:$PATH" CARGO_NET_OFFLINE=true
[ $# -gt 0 ] || set -- --workspace
cargo nextest run --locked "$@" --no-run
alone=(unshare --net)
"${alone[@]}" true 2>/dev/null || alone=(unshare --map-root-user --net)
if ! "${alone[@]}" true 2>/dev/null; then
  echo "Not tried: this system lets nobody make a namespace without a network."
  exit 1
fi
# The loopback of a new namespace is down; ioctl brings it up without further tools.
"${alone[@]}" bash -c '
  python3 -c "
import fcntl, socket, struct
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
fcntl.ioctl(s, 0x8914, struct.pack(\"16sh14x\", b\"lo\", 0x1 | 0x40))
"
  exec cargo nextest run --locked "$@"' offline "$@"
echo "All of it holds without a network."
