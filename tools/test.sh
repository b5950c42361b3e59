#!/bin/sh
# Runs the tests, after everything they need: the environment, a browser, a voice, compiled catalogues.
# What follows the name goes to pytest: test.sh tests/wijken -x
set -eu

cd "$(dirname -- "$0")/.."
sh tools/setup.sh
BROWSER_PATH=$(sh tools/browser.sh)
export BROWSER_PATH
sh tools/speech.sh
exec .venv/bin/python -m pytest --numprocesses "${TEST_WORKERS:-2}" --dist worksteal "$@"
