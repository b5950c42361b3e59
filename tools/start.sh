#!/bin/sh
# Starts the site with its worker until Ctrl-C. Usage: start.sh demo|run PORT
#   demo  with example content, as visitors would see it
#   run   for developers: DEBUG, and a restart at every change
set -eu

cd "$(dirname -- "$0")/.."
mode=$1
port=$2

sh tools/setup.sh
.venv/bin/python -I -S tools/check_port.py "$port" "make $mode"

export DJANGO_SETTINGS_MODULE=config.settings.development
export SITE_URL="http://localhost:$port"
export PATH="$PWD/.venv/bin:$PATH"
# Python may keep compiled files, also where the surroundings say otherwise: starting is then much quicker.
unset PYTHONDONTWRITEBYTECODE

# What the database was last made with; nothing to compare for a database elsewhere.
data=${DATA_DIR:-var}
made_with() { cat uv.lock ./*/migrations/*.py site/*/migrations/*.py | cksum; }
is_made() {
    [ -z "${DATABASE_URL:-}" ] && [ -e "$data/db.sqlite3" ] &&
        [ "$(cat "$data/.made-with" 2>/dev/null)" = "$(made_with)" ]
}
make_demo() {
    rm -f "$data/.made-with"
    python manage.py demo
    made_with >"$data/.made-with"
}

case $mode in
demo)
    procfile=Procfile
    # One process answers a demo well and starts sooner than two.
    export WEB_WORKERS="${WEB_WORKERS:-1}" WEB_THREADS="${WEB_THREADS:-2}"
    # Only the first time must the site wait for its database.
    if is_made; then make_demo & else make_demo; fi
    ;;
run)
    procfile=Procfile.dev
    export DEBUG=1
    python manage.py migrate --verbosity 0
    ;;
*)
    echo "Gebruik: start.sh demo|run POORT" >&2
    exit 2
    ;;
esac

exec python tools/serve.py "$procfile" "$port"
