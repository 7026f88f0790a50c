#!/usr/bin/env bash
# Sets up a fresh Debian or Ubuntu machine for building, running and testing Ashore. Quick when all is there.
# What it can't do it says in one sentence, and why.
#   scripts/setup.sh run|test|bench|release      (default: test, which needs the most)
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-test}

needed_rust=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml | head -1)
needed_node=20.19
export PATH="$HOME/.cargo/bin:$PATH"

cannot() { printf '\nAshore can'\''t be set up: %s\n' "$*" >&2; exit 1; }
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -1)" = "$1" ]; }

# --- Debian packages ---------------------------------------------------------------------------------------------
packages=(
  build-essential perl make pkg-config ca-certificates   # SQLCipher and its OpenSSL are compiled from source
  libwebkit2gtk-4.1-dev                                  # the web view
  libayatana-appindicator3-1 fonts-noto-cjk              # tray and Chinese type, needed when it runs
  xvfb dbus imagemagick                                  # a window without a display, and its picture
)
[ "$purpose" = test ] && packages+=(webkit2gtk-driver dunst python3 python3-venv python3-icalendar python3-vobject openssl git poppler-utils age bsdutils strace sqlite3)
[ "$purpose" = bench ] && packages+=(sqlite3 webkit2gtk-driver dunst) # what the import is measured against; a window to drive
[ "$purpose" = release ] && packages+=(python3 libayatana-appindicator3-dev rpm cpio debootstrap) # the packager asks pkg-config for the tray's library

missing=()
if command -v dpkg-query >/dev/null; then
  for package in "${packages[@]}"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
fi
if ! command -v dpkg-query >/dev/null; then
  echo "This is not Debian or Ubuntu, so packages are not installed; needed are the counterparts of: ${packages[*]}"
elif [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ]; then as_root=(env)
  elif command -v sudo >/dev/null; then as_root=(sudo)
  else cannot "these packages are missing and installing them needs root or sudo: ${missing[*]}"; fi
  echo "Installing Debian packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq || cannot "apt-get update failed, so ${missing[*]} can't be installed."
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
    >/dev/null || cannot "apt-get could not install ${missing[*]}."
fi

# --- Rust --------------------------------------------------------------------------------------------------------
command -v cargo >/dev/null || cannot "Rust $needed_rust or newer is needed; install rustup (Debian 13, Ubuntu 24.04: apt install rustup) and run: rustup default stable"
rust=$(rustc --version | cut -d' ' -f2)
at_least "$needed_rust" "${rust%%-*}" || cannot "Rust $needed_rust or newer is needed and this is $rust; run: rustup update stable"
if [ "$purpose" = test ]; then
  cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 ||
    cannot "rustfmt and clippy are missing; run: rustup component add rustfmt clippy"
  # The versions are those the project was tested with; any installed one is left alone.
  command -v cargo-nextest >/dev/null || cargo install --locked --quiet cargo-nextest --version 0.9.143 ||
    cannot "cargo install cargo-nextest failed, and the tests run under it."
  command -v cargo-deny >/dev/null || cargo install --locked --quiet cargo-deny --version 0.20.2 ||
    cannot "cargo install cargo-deny failed, and it checks licences and banned crates."
fi

# --- Python's own verifier of BagIt bags, against which exported packs are held ---------------------------------------
if [ "$purpose" = test ]; then
  tools=${CARGO_TARGET_DIR:-target}/tools/python
  [ -x "$tools/bin/bagit.py" ] || { python3 -m venv "$tools" && "$tools/bin/pip" install --quiet bagit==1.9.0; } ||
    cannot "Python could not install bagit, and the tests hold exported packs against it."
fi

# --- Node and the packages of the user interface ---------------------------------------------------------------------
command -v node >/dev/null && command -v npm >/dev/null ||
  cannot "Node $needed_node or newer with npm is needed (Debian 13 and Ubuntu 25.04: apt install nodejs npm; older ones: a Node version manager such as nvm or fnm)."
node=$(node --version | tr -d v)
at_least "$needed_node" "$node" || cannot "Node $needed_node or newer is needed and this is $node; get it with a Node version manager such as nvm or fnm."
stamp=ui/node_modules/.ashore-installed
if ! cmp -s ui/package-lock.json "$stamp"; then
  echo "Installing the packages of the user interface"
  npm --prefix ui ci --no-audit --no-fund --loglevel=error || cannot "npm could not install the packages of the user interface."
  cp ui/package-lock.json "$stamp"
fi
