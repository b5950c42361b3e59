#!/bin/sh
# Removes what the other commands made. Stays away from var/: that holds what editors wrote.
set -eu

cd "$(dirname -- "$0")/.."
rm -rf .venv .tools node_modules dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
find . -path ./var -prune -o -path ./.git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
find site/core/locale -name '*.mo' -exec rm -f {} + 2>/dev/null || true
echo "Schoon. Uw gegevens staan nog in var/."
