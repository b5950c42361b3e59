"""Pictures on paper: cut round their focal point, no finer than a press can print, inside the HTML."""

import io
from base64 import b64encode
from dataclasses import dataclass

from PIL import Image, ImageOps

from home.krant.druk.parts import Picture

DPI = 300
MM_PER_INCH = 25.4
# Of a drawing in few colours, letters and lines stay sharp.
FEW_COLOURS = 64


@dataclass(frozen=True)
class Printed:
    """A picture on its place: width and height in mm, and whether it may be cut to them."""

    picture: Picture
    width: float
    height: float

    @property
    def dpi(self) -> int:
        """How fine it is on paper, in pixels to the inch, before it is reduced."""
        width, height = self._cut()
        return int(min(width / self.width, height / self.height) * MM_PER_INCH)

    def _cut(self) -> tuple[float, float]:
        """Width and height in pixels of what is shown of it."""
        ratio = self.width / self.height
        width = min(self.picture.width, self.picture.height * ratio)
        return width, width / ratio

    def data_uri(self) -> str:
        """The picture as it is printed, as an address that holds it."""
        with Image.open(io.BytesIO(self.picture.read())) as opened:
            image = ImageOps.exif_transpose(opened)
            left, top, right, bottom = self._box(image.width, image.height)
            scale = min(1.0, DPI / MM_PER_INCH * self.width / (right - left))
            size = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
            image = _on_white(image).resize(size, Image.Resampling.LANCZOS, box=(left, top, right, bottom))
        return _as_uri(image)

    def _box(self, width: int, height: int) -> tuple[float, float, float, float]:
        ratio = self.width / self.height
        wide = min(width, height * ratio)
        high = wide / ratio
        left = min(max(0.0, self.picture.focus[0] * width - wide / 2), width - wide)
        top = min(max(0.0, self.picture.focus[1] * height - high / 2), height - high)
        return left, top, left + wide, top + high


def natural(picture: Picture, width: float, *, lowest: float = 0.5, highest: float = 1.25) -> Printed:
    """The whole picture at a width in mm, cut where it is flatter or taller than these ratios allow."""
    ratio = picture.height / picture.width
    return Printed(picture, width, width * min(max(ratio, lowest), highest))


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return image.convert("L" if image.mode in ("1", "L", "I;16") else "RGB")


def _as_uri(image: Image.Image) -> str:
    written = io.BytesIO()
    if image.getcolors(FEW_COLOURS):
        image.save(written, "PNG", optimize=True)
        kind = "png"
    else:
        image.save(written, "JPEG", quality=84, optimize=True)
        kind = "jpeg"
    return f"data:image/{kind};base64,{b64encode(written.getvalue()).decode()}"
