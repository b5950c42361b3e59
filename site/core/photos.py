"""Pictures of people we do not know: judged by what is in them, and made anew from their dots alone.

Nothing of a file comes through but what one sees: no place, no time, no name of a camera, no preview of what
was cut away, and no other file that is hidden in it. The name of a file and what a browser says it is count
for nothing.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

# A phone makes pictures of two to eight.
MOST_MEGABYTES = 10
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
# JPEG is opened at a fraction of its size; of the others every dot has to be in memory at once.
MOST_DOTS = {"JPEG": 60_000_000, "MPO": 60_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
# A page of A4 in print, and a picture in a list.
LONGEST, SMALL = 3000, 320
QUALITY, SMALL_QUALITY = 88, 75
MOST_PROFILE = 4 * 1024 * 1024

# In the box at the start of a file, where iPhones and newer cameras say what they made.
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

REFUSED = {
    "empty": _("Dit bestand is leeg. Kies de foto opnieuw."),
    "bytes": _("Deze foto is groter dan 10 MB. Kies een kleinere, of bel ons."),
    "type": _("Dit is geen foto die wij kunnen lezen. Kies een JPG-, PNG- of WebP-bestand."),
    "heic": _("Dit is een HEIC-foto. Die kunnen wij niet lezen. Bewaar de foto als JPG en kies die."),
    "dots": _("Deze foto heeft te veel beeldpunten. Kies een kleinere, of bel ons."),
    "moving": _("Dit beeld beweegt. Kies een foto die stilstaat."),
    "broken": _("Deze foto is beschadigd of kwam niet helemaal aan. Kies haar opnieuw, of kies een andere."),
}


class PhotoError(ValidationError):
    """A file that is refused; the message says why, to the person who sent it."""

    def __init__(self, why: str) -> None:
        super().__init__(REFUSED[why], code=why)


@dataclass(frozen=True)
class Photo:
    """A picture as it is kept: JPEG in sRGB, at most 3000 dots long, with a small one for lists."""

    content: bytes
    small: bytes
    width: int
    height: int


def read_photo(content: bytes) -> Photo:
    """The picture in a file that somebody sent. PhotoError, in a sentence, for everything that is none."""
    if not content:
        raise PhotoError("empty")
    if len(content) > MOST_BYTES:
        raise PhotoError("bytes")
    image = _opened(content)
    if image.width * image.height > MOST_DOTS[image.format or ""]:
        raise PhotoError("dots")
    # A phone puts a second picture behind the first, for depth; that one is left.
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise PhotoError("moving")
    drawn = _guarded(lambda: _from_dots(image))
    small = drawn.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return Photo(_jpeg(drawn, QUALITY), _jpeg(small, SMALL_QUALITY), drawn.width, drawn.height)


def _opened(content: bytes) -> Image.Image:
    """The file with its heading read, and no more than that."""
    try:
        with warnings.catch_warnings():
            # Its limit is not ours, and every size is looked at before a dot is read.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(BytesIO(content), formats=["JPEG", "PNG", "WEBP"])
    except Image.DecompressionBombError as error:
        raise PhotoError("dots") from error
    except Exception as error:
        raise PhotoError(_what_it_is(content)) from error


def _what_it_is(content: bytes) -> str:
    """Why a file cannot be opened: it begins as a picture, it is HEIC, or it is something else."""
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n")) or content[8:12] == b"WEBP":
        return "broken"
    is_heic = content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS
    return "heic" if is_heic else "type"


def _guarded(work: Callable[[], Image.Image]) -> Image.Image:
    """Readers of pictures fail in every way there is on files that were made to make them fail."""
    try:
        return work()
    except Exception as error:
        raise PhotoError("broken") from error


def _from_dots(image: Image.Image) -> Image.Image:
    """A new picture in red, green and blue: upright, not too big, on white where one could see through."""
    profile = image.info.get("icc_profile") or b""
    # JPEG can be read at a half, a quarter or an eighth: less memory, and less time.
    image.draft(None, (LONGEST, LONGEST))
    image.load()
    image = _in_eight_bits(ImageOps.exif_transpose(image))
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    colours = _in_srgb(_on_white(image), profile)
    # Of a new one nothing but dots can be stored.
    made = Image.new("RGB", colours.size)
    made.paste(colours)
    return made


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """A mode that can be made smaller nicely."""
    if image.mode == "P" or (image.mode in ("1", "L", "RGB") and "transparency" in image.info):
        return image.convert("RGBA")
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("L") if image.mode in ("1", "F") else image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in ("RGBA", "LA", "PA"):
        return image
    sheet = Image.new("RGB", image.size, "white")
    seen = image.convert("RGBA")
    sheet.paste(seen, mask=seen.getchannel("A"))
    return sheet


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The colours as screens and printers take them when nothing is said about them."""
    if 0 < len(profile) <= MOST_PROFILE:
        try:
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            made = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            # A profile that does not fit its picture: then the colours as they are.
            made = None
        if made is not None:
            return made
    return image.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    stored = BytesIO()
    image.save(stored, "JPEG", quality=quality, optimize=True)
    return stored.getvalue()
