#!/bin/sh
# Makes the environment in .venv from uv.lock. What is missing is fetched into this folder and nowhere
# else: uv into .tools/, Python into .tools/python. Quick when nothing changed.
# UV_NO_DEV=1 leaves out what only developers and tests need.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
cd "$root"

say() { printf '%s\n' "$*" >&2; }
fail() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# A folder that was copied or moved has an environment that still points at the old place.
fingerprint() {
    {
        printf '%s\n' "$root" "${UV_NO_DEV:-}"
        cat uv.lock .python-version tools/setup.sh
    } | cksum
}

compile_messages() {
    for catalogue in site/core/locale/*/LC_MESSAGES/*.po; do
        [ -e "$catalogue" ] || continue
        if [ -z "$(find "${catalogue%.po}.mo" -newer "$catalogue" 2>/dev/null)" ]; then
            .venv/bin/python tools/compile_messages.py ||
                fail "De vertalingen zijn niet leesbaar. Herstel het genoemde bestand en probeer het opnieuw."
            return
        fi
    done
}

# Prints a Python that can at least make HTTPS calls; the shims of pyenv exist without working.
any_python() {
    for candidate in python3 /usr/bin/python3 /usr/local/bin/python3 python; do
        if "$candidate" -c 'import ssl, sys; assert sys.version_info >= (3, 8)' >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

# Older ones do not read this uv.lock.
is_recent_uv() {
    case $("$1" --version 2>/dev/null) in
    'uv 0.'[0-6].* | 'uv 0.'[0-6]) return 1 ;;
    'uv '*) return 0 ;;
    *) return 1 ;;
    esac
}

# Sets $uv, fetching it if it is not there. Each way needs less of the machine than the one before.
get_uv() {
    mkdir -p .tools/bin
    for uv in uv "$root/.tools/bin/uv"; do
        if is_recent_uv "$uv"; then return; fi
    done
    log=$root/.tools/setup.log
    : >"$log"
    say "uv ophalen (voor de installatie, in .tools/) ..."
    if python=$(any_python); then
        rm -rf .tools/uvenv
        if "$python" -m venv .tools/uvenv >>"$log" 2>&1 &&
            .tools/uvenv/bin/python -m pip install --quiet 'uv>=0.9' >>"$log" 2>&1; then
            ln -sf ../uvenv/bin/uv .tools/bin/uv
        else
            # Debian leaves pip out of its Python: the same package, unpacked without pip.
            rm -rf .tools/uvenv
            "$python" tools/get_uv.py .tools/bin >>"$log" 2>&1 || true
        fi
    fi
    if is_recent_uv "$uv"; then return; fi
    for fetch in 'curl -LsSf' 'wget -qO-'; do
        # shellcheck disable=SC2086 # the command and its options are separate words
        if command -v "${fetch%% *}" >/dev/null && $fetch https://astral.sh/uv/install.sh >.tools/uv-install.sh 2>>"$log"; then
            UV_UNMANAGED_INSTALL="$root/.tools/bin" sh .tools/uv-install.sh >>"$log" 2>&1 || true
            break
        fi
    done
    if is_recent_uv "$uv"; then return; fi
    fail "uv kon niet worden opgehaald. Controleer de internetverbinding, of installeer uv zelf" \
        "(https://docs.astral.sh/uv/), en probeer het opnieuw. Wat er misging staat in .tools/setup.log."
}

# Whether this Python has the version and the parts the site uses, full-text search among them.
is_fit() {
    [ -n "$1" ] && "$1" - "$version" >/dev/null 2>&1 <<'PYTHON'
import ctypes, sqlite3, ssl, sys, zlib

assert "%d.%d" % sys.version_info[:2] == sys.argv[1]
assert sqlite3.sqlite_version_info >= (3, 37)
sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE t USING fts5(x)")
PYTHON
}

# Prints the Pythons of pyenv, also of those that pyenv has not selected for this folder.
pyenv_pythons() {
    {
        printf '%s\n' "${PYENV_ROOT:-}" "$(pyenv root 2>/dev/null || true)" "${HOME:-}/.pyenv"
        # HOME may point elsewhere, as on build servers.
        getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6 | sed 's|$|/.pyenv|'
        printf '%s\n' "$PATH" | tr ':' '\n' | sed -n 's|/shims/*$||p'
    } | while read -r folder; do
        for candidate in "$folder/versions/$version".*/bin/python; do
            if [ -x "$candidate" ]; then printf '%s\n' "$candidate"; fi
        done
    done
}

# Sets $python to a Python that fits: of the machine, of pyenv, or else fetched into this folder.
get_python() {
    read -r version <.python-version
    python=$(UV_PYTHON_DOWNLOADS=never "$uv" python find --system "${UV_PYTHON:-$version}" 2>/dev/null || true)
    if is_fit "$python"; then return; fi
    for python in $(pyenv_pythons); do
        if is_fit "$python"; then return; fi
    done
    export UV_PYTHON_INSTALL_DIR="$root/.tools/python"
    say "Python $version ophalen (in .tools/python) ..."
    if "$uv" python install --no-bin "$version" 2>>.tools/setup.log; then
        for python in "$UV_PYTHON_INSTALL_DIR"/cpython-"$version".*/bin/python3; do
            if is_fit "$python"; then return; fi
        done
    fi
    fail "Python $version is er niet en kon niet worden opgehaald. Installeer Python $version met SQLite en" \
        "OpenSSL (met uw pakketbeheer, of met: pyenv install $version) en probeer het opnieuw."
}

if [ -x .venv/bin/python ] && [ "$(cat .venv/.fingerprint 2>/dev/null)" = "$(fingerprint)" ]; then
    compile_messages
    exit 0
fi

unset VIRTUAL_ENV UV_PROJECT_ENVIRONMENT
if [ ! -w "${HOME:-/nonexistent}" ] && [ -z "${UV_CACHE_DIR:-}${XDG_CACHE_HOME:-}" ]; then
    export UV_CACHE_DIR="$root/.tools/cache"
fi
say "De omgeving klaarzetten in .venv ..."
get_uv
get_python
if [ -e .venv ] && ! grep -qsF "$root/.venv/" .venv/bin/django-admin; then
    rm -rf .venv
fi
# Compiled beforehand: the first start is then as quick as the next.
"$uv" sync --frozen --compile-bytecode --python "$python" ${UV_NO_DEV:+--no-dev} >&2 ||
    fail "De pakketten van de site konden niet worden geïnstalleerd; de reden staat hierboven." \
        "Is het de internetverbinding? Probeer het dan later opnieuw met: make install"
.venv/bin/python -c 'import django, granian, PIL.Image, psycopg, wagtail' ||
    fail "Een onderdeel van de site start niet op deze machine; de ontbrekende bibliotheek staat hierboven." \
        "Installeer die met uw pakketbeheer en probeer het opnieuw."
sh tools/pango.sh
fingerprint >.venv/.fingerprint
compile_messages
