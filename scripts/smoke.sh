#!/usr/bin/env bash
# Tries what a release hands out, on a display: the window opens, and lets neither a WebDriver nor an inspector in.
#   scripts/display.sh scripts/smoke.sh FOLDER-OF-ARTIFACTS
set -euo pipefail
artifacts=$(realpath "$1")
home=$(mktemp -d)
app=""
trap '[ -z "$app" ] || kill $app 2>/dev/null || true; rm -rf "$home"' EXIT

# The window of the program beside the packages, then of the one in the .rpm (the .deb's is tried in a clean root).
# rpm2cpio ends with 1 although all is there; what is missing would not start.
(cd "$home" && { rpm2cpio "$artifacts"/*.rpm || true; } | cpio --quiet -idm)
for program in "$artifacts/ashore" "$home/usr/bin/ashore"; do
  rm -f "$home/ready"
  HOME=$home XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache XDG_CONFIG_HOME=$home/config \
    ASHORE_READY_FILE=$home/ready TAURI_WEBVIEW_AUTOMATION=true WEBKIT_INSPECTOR_SERVER=127.0.0.1:9227 \
    "$program" 2>"$home/log" &
  app=$!
  for _ in $(seq 600); do [ -e "$home/ready" ] && break; sleep 0.1; done
  [ -e "$home/ready" ] || { echo "The window of $program did not open: $(cat "$home/log")" >&2; exit 1; }
  if tr '\0' '\n' <"/proc/$app/environ" | grep -E '^(TAURI_WEBVIEW_AUTOMATION|WEBKIT_INSPECTOR)'; then
    echo "The release can be driven or inspected from outside." >&2
    exit 1
  fi
  # An inspector would listen where its variable says: 9227 is 240B there.
  if grep -qi ' 0100007F:240B ' /proc/net/tcp; then
    echo "The release opens an inspector." >&2
    exit 1
  fi
  kill "$app"
  wait "$app" || true
done
app=""

answer=$(echo '{"id":1,"period":"month","flows":["9000.00","-9450.00"]}' | "$artifacts/ashore-cli" calc cost)
case "$answer" in
  *'"irr_periodic":"0.05'*) ;;
  *) echo "The command line of the release answered: $answer" >&2; exit 1 ;;
esac
for package in "$artifacts"/*.deb; do
  needs=$(dpkg-deb --field "$package" Depends)
  for need in fonts-noto-cjk libayatana-appindicator3-1 libwebkit2gtk-4.1-0; do
    grep -q "$need" <<<"$needs" || { echo "$package does not ask for $need" >&2; exit 1; }
  done
  listed=$(dpkg-deb --contents "$package")
  for file in usr/bin/ashore usr/bin/ashore-cli usr/share/applications/; do
    grep -q "$file" <<<"$listed" || { echo "$package lacks $file" >&2; exit 1; }
  done
done
for package in "$artifacts"/*.rpm; do
  needs=$(rpm --query --package --requires "$package" 2>/dev/null)
  for need in google-noto-sans-cjk-fonts libayatana-appindicator-gtk3 libwebkit2gtk-4.1.so; do
    grep -q "$need" <<<"$needs" || { echo "$package does not ask for $need" >&2; exit 1; }
  done
  listed=$(rpm --query --package --list "$package" 2>/dev/null)
  for file in /usr/bin/ashore /usr/bin/ashore-cli /usr/share/applications/; do
    grep -q "$file" <<<"$listed" || { echo "$package lacks $file" >&2; exit 1; }
  done
done
echo "The release opens its window, shuts others out and computes."
