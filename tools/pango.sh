#!/bin/sh
# Sees to Pango, the library of the system that lays out the text of PDFs. Installs it where that needs no
# password; otherwise says how. Never fails: without it everything works but PDFs. Needs .venv (tools/setup.sh).
set -eu

cd "$(dirname -- "$0")/.."

say() { printf '%s\n' "$*" >&2; }
is_there() { .venv/bin/python -W ignore -c 'import weasyprint' >/dev/null 2>&1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

if is_there; then exit 0; fi
if command -v apt-get >/dev/null && as_root true 2>/dev/null; then
    say "Pango installeren (voor pdf's) ..."
    as_root env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get -qq update &&
        apt-get -qq -y install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0' \
        >/dev/null 2>&1 </dev/null || true
    if is_there; then exit 0; fi
fi
say "Let op: de site werkt, maar maakt geen pdf's, want de bibliotheek Pango is er niet. Zo installeert u die:"
say "  Debian en Ubuntu  sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
say "  Fedora            sudo dnf install pango"
say "  macOS             brew install pango"
