#!/bin/sh
# Installs espeak-ng, which speaks the digits on forms, when it is not there and that can be done without a
# question. The site runs without it, so this never fails; tests of the sound are then skipped.
set -eu

say() { printf '%s\n' "$*" >&2; }

if command -v espeak-ng >/dev/null; then exit 0; fi
if command -v apt-get >/dev/null; then
    say "espeak-ng installeren voor de tests van het geluid ..."
    as_root=
    [ "$(id -u)" = 0 ] || as_root='sudo -n'
    # shellcheck disable=SC2086 # empty, or a command with its option
    if $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y update >&2 </dev/null &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends espeak-ng \
            >&2 </dev/null; then exit 0; fi
fi
say "espeak-ng is er niet: de tests van het geluid worden overgeslagen."
