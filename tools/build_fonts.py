"""Make the fonts of the PDFs from the full fonts, which come as npm packages: of all of them in
site/core/pdf/fonts/, and of the printed wijkkrant in home/krant/druk/fonts/.

    python tools/build_fonts.py

Only needed for a newer font or for letters of another language: the results are committed. Vazirmatn has
one glyph for each Arabic letter. Fonts that put a letter together from a shape and dots, as Noto Sans Arabic
does, look the same, but then the text of a PDF cannot be copied, searched or read aloud.
"""

import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "site" / "core" / "pdf" / "fonts"
KRANT = ROOT / "home" / "krant" / "druk" / "fonts"
# Latin and Cyrillic of all of Europe, Vietnamese, Greek, and the signs that go with them.
EUROPEAN = (
    "U+20-7E,U+A0-24F,U+259,U+2BB-2DD,U+300-36F,U+370-3FF,U+400-52F,U+1E00-1EFF,"
    "U+2000-206F,U+20A0-20C0,U+2116,U+2122,U+2212,U+25CC"
)
# With the spaces, which take the font of the words around them.
ARABIC = "U+20,U+A0,U+600-6FF,U+750-77F,U+200C-200F,U+25CC,U+FB50-FDFF,U+FE70-FEFC"
# Of Tigrinya and Amharic.
ETHIOPIC = "U+20,U+A0,U+25CC,U+1200-139F,U+2D80-2DDF,U+AB00-AB2F"
WEIGHTS = ("400Regular", "700Bold")
# Text, stress and headlines of a newspaper.
NEWS = ("400Regular", "400Regular_Italic", "700Bold", "900Black")
# Source Serif comes with many shapes of the same letter; a newspaper uses one.
SHAPES = ["ccmp", "locl", "calt", "liga", "kern", "mark", "mkmk"]
type Wanted = tuple[str, str, tuple[str, ...], Path]
PACKAGES: dict[str, Wanted] = {
    "NotoSans": ("@expo-google-fonts/noto-sans@0.4.2", EUROPEAN, WEIGHTS, FONTS),
    "Vazirmatn": ("@expo-google-fonts/vazirmatn@0.4.1", ARABIC, WEIGHTS, FONTS),
    "SourceSerif4": ("@expo-google-fonts/source-serif-4@0.4.1", EUROPEAN, NEWS, KRANT),
    "NotoSansEthiopic": ("@expo-google-fonts/noto-sans-ethiopic@0.4.2", ETHIOPIC, WEIGHTS, KRANT),
}


def unpacked(package: str, folder: Path) -> Path:
    """Fetch an npm package into `folder`; return the folder with its files."""
    npm = shutil.which("npm") or str(Path(sys.executable).with_name("npm"))
    done = subprocess.run(
        [npm, "pack", "--silent", package], cwd=folder, capture_output=True, text=True, check=True
    )
    with tarfile.open(folder / done.stdout.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def reduced(source: Path, target: Path, letters: str, shapes: list[str]) -> None:
    """Write the font with only these letters, all that shapes them, and its own names and licence."""
    options = subset.Options(layout_features=shapes, hinting=False, name_IDs=["*"], notdef_outline=True)
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(letters.replace("U+", "")))
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


def main() -> int:
    """Build all fonts; return the exit code."""
    for name, (package, letters, weights, target_folder) in PACKAGES.items():
        target_folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as scratch:
            folder = unpacked(package, Path(scratch))
            for weight in weights:
                target = target_folder / f"{name}-{weight[3:].replace('_', '')}.ttf"
                shapes = SHAPES if weights is NEWS else ["*"]
                reduced(folder / weight / f"{name}_{weight}.ttf", target, letters, shapes)
                print(f"{target.name} {target.stat().st_size // 1000} kB")
            shutil.copyfile(folder / "LICENSE_FONT", target_folder / f"{name}-OFL.txt")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
