#!/bin/sh
# Prints the path of a Chromium for the browser tests, installing one if there is none.
# BROWSER_PATH, when set, is that path. Needs .venv (tools/setup.sh).
set -eu

cd "$(dirname -- "$0")/.."
own=$PWD/.tools/browsers

say() { printf '%s\n' "$*" >&2; }

# Some systems put a command there that only says how to install the browser.
offer() {
    if [ -x "$1" ] && "$1" --version >/dev/null 2>&1; then
        printf '%s\n' "$1"
        exit 0
    fi
}

offer_known() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        offer "$(command -v "$name" || true)"
    done
    offer '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    for cache in "$own" "${PLAYWRIGHT_BROWSERS_PATH:-}" "${HOME:-}/.cache/ms-playwright" "${HOME:-}/Library/Caches/ms-playwright"; do
        for browser in "$cache"/chromium-*/chrome-linux*/chrome "$cache"/chromium-*/chrome-mac*/*.app/Contents/MacOS/*; do
            offer "$browser"
        done
    done
}

apt() {
    if [ "$(id -u)" = 0 ]; then
        DEBIAN_FRONTEND=noninteractive apt-get -qq -y "$@" >&2 </dev/null
    else
        sudo -n env DEBIAN_FRONTEND=noninteractive apt-get -qq -y "$@" >&2 </dev/null
    fi
}

if [ -n "${BROWSER_PATH:-}" ]; then
    offer "$BROWSER_PATH"
    say "BROWSER_PATH wijst niet naar een browser die start: $BROWSER_PATH"
    exit 1
fi
offer_known
say "Geen browser gevonden; Chromium installeren voor de tests ..."
if command -v apt-get >/dev/null; then
    # The font also has the letters of Arabic.
    if apt update && apt install --no-install-recommends chromium fonts-dejavu-core; then offer_known; fi
fi
PLAYWRIGHT_BROWSERS_PATH=$own .venv/bin/python -m playwright install --no-shell chromium >&2 || true
offer_known
say "Er is geen browser voor de tests en installeren lukte niet. Installeer Chromium of Chrome en probeer het opnieuw," \
    "of geef het pad mee: make test BROWSER_PATH=/pad/naar/chromium"
exit 1
