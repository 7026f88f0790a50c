#!/usr/bin/env bash
# Installs a .deb in a clean Debian root, starts it there on a virtual display, and removes it again: the menu entry has
# both names, the window opens, and what the user recorded stays when the package goes. Needs root and debootstrap.
#   scripts/clean-root.sh FILE.deb [ROOT]      (a ROOT that is there already is used again)
set -euo pipefail
package=$(realpath "$1")
root=${2:-$(mktemp -d)}
keep=${2:+yes}
[ "$(id -u)" = 0 ] || { echo "Not tried: a clean root can only be made as root."; exit 1; }
command -v debootstrap >/dev/null || { echo "Not tried: debootstrap is not installed (apt install debootstrap)."; exit 1; }
finish() {
  umount "$root/proc" "$root/dev/shm" 2>/dev/null || true
  [ -n "$keep" ] || rm -rf "$root"
}
trap finish EXIT

suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
# The mirror this machine itself uses.
mirror=$(apt-cache policy base-files | sed -n 's/^ *[0-9]* \(http[^ ]*\) .*main.*/\1/p' | head -1)
[ -e "$root/usr/bin/apt-get" ] || debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$root.log" 2>&1 ||
  { tail -5 "$root.log"; echo "No clean root could be made."; exit 1; }
cp /etc/resolv.conf "$root/etc/resolv.conf"
for file in /etc/apt/sources.list /etc/apt/apt.conf.d/*proxy*; do [ ! -e "$file" ] || cp "$file" "$root$file"; done
mkdir -p "$root/proc" "$root/dev/shm"
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
mountpoint -q "$root/dev/shm" || mount -t tmpfs tmpfs "$root/dev/shm"
cp "$package" "$root/tmp/ashore.deb"

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/var/person DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
inside apt-get update -qq
inside apt-get install -y -qq --no-install-recommends /tmp/ashore.deb xvfb xauth dbus >/dev/null
entry=$(inside sh -c 'ls /usr/share/applications/*shore*.desktop')
for line in 'Name=Ashore' 'Name\[zh_CN\]=上岸'; do
  inside grep -q "^$line" "$entry" || { echo "The menu entry lacks $line"; exit 1; }
done
inside sh -c 'ls /usr/share/icons/hicolor/*/apps/ashore.png >/dev/null'
inside sh -c '
  mkdir -p /var/person/run && chmod 700 /var/person/run
  export XDG_RUNTIME_DIR=/var/person/run ASHORE_READY_FILE=/var/person/ready
  xvfb-run -a dbus-run-session -- sh -c "ashore 2>/var/person/log & app=\$!
    for _ in \$(seq 900); do [ -e /var/person/ready ] && break; sleep 0.1; done; kill \$app; wait \$app" || true
  [ -e /var/person/ready ] || { cat /var/person/log; echo "The window did not open."; exit 1; }'
inside env ASHORE_PASSPHRASE=一只很普通的通行短语 ashore-cli --vault /var/person/vault vault create >/dev/null
before=$(inside sh -c 'find /var/person/vault -type f -exec sha256sum {} + | sort')
inside apt-get remove -y -qq ashore >/dev/null
inside sh -c '! command -v ashore && ! ls /usr/share/applications/*shore*.desktop 2>/dev/null'
[ "$before" = "$(inside sh -c 'find /var/person/vault -type f -exec sha256sum {} + | sort')" ] || { echo "The vault was touched."; exit 1; }
echo "Installs, starts and goes again in a clean $suite; the vault stays."
