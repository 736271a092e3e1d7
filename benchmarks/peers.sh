#!/usr/bin/env bash
# Unpacks the programs that ./tokenwatt bench compares with into target/peers: nothing is installed, no service starts.
# Needs Debian or Ubuntu, for apt-get download and dpkg-deb; their versions are what the tables name.
set -eu

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
peers=$root/target/peers
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null \
  || { echo "peers.sh: needs apt-get and dpkg-deb (Debian, Ubuntu)" >&2; exit 1; }
mkdir -p "$peers/packages"
cd "$peers/packages"
for package in victoria-metrics prometheus prometheus-alertmanager; do
  ls "$package"_*.deb >/dev/null 2>&1 || apt-get download -q "$package" \
    || { echo "peers.sh: no package $package; try apt-get update first" >&2; exit 1; }
  dpkg-deb -x "$package"_*.deb "$peers"
done
ls "$peers/usr/bin"
