"""Compiles the translation catalogues (.po to .mo), without gettext on the machine."""

import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "site" / "core" / "locale"


def main() -> int:
    """Writes each catalogue beside its source; 1 if one cannot be read."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        try:
            catalogue = polib.pofile(str(source))
        except (OSError, ValueError) as error:
            print(f"{source}: {error}", file=sys.stderr)
            return 1
        target = source.with_suffix(".mo")
        # In one step: a site that is running reads either the old or the new file.
        half = target.with_suffix(".mo.tmp")
        catalogue.save_as_mofile(str(half))
        half.replace(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
