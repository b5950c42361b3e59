"""Files that people send as a picture, made on the spot: honest ones, broken ones and hostile ones."""

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms


def drawn(size: tuple[int, int] = (640, 480), mode: str = "RGB") -> Image.Image:
    """A picture with something to see: red on the left half, blue on the right one."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    return image.convert(mode)


def stored(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def jpeg(size: tuple[int, int] = (640, 480), **options: Any) -> bytes:
    return stored(drawn(size), **options)


def with_place() -> bytes:
    """As a phone makes it: lying on its side, with where and when, a comment, XMP and a profile."""
    exif = Image.Exif()
    exif[0x010F] = "SECRETPHONE"
    # Turned a quarter when it is shown.
    exif[0x0112] = 6
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (52.0, 28.0, 11.0)
    exif[0x8825] = gps
    return jpeg(
        exif=exif,
        comment=b"SECRETCOMMENT",
        xmp=b"<x:xmpmeta>SECRETXMP</x:xmpmeta>",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )


def png_of(width: int, height: int) -> bytes:
    """A small file that says it is a huge picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    heading = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    dots = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", heading) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


def with_zip_behind() -> bytes:
    """A picture that is an archive as well."""
    file = BytesIO(jpeg())
    file.seek(0, 2)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("SECRETFILE.txt", "SECRETCONTENT")
    return file.getvalue()


def two_in_one() -> bytes:
    """As phones store depth: a second picture behind the first."""
    file = BytesIO()
    drawn().save(file, "MPO", save_all=True, append_images=[Image.new("RGB", (32, 32), "lime")])
    return file.getvalue()


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    return stored(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


GIF_AND_SCRIPT = b"GIF89a/*\x01\x00\x01\x00\x80\x00\x00*/=1;alert(1);//" + b"\0" * 30
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
HTML = b"<!doctype html><script>alert(1)</script>"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200

# {what: (the file, why it is refused)}
REFUSED = {
    "empty": (b"", "empty"),
    "20 MB": (jpeg() + b"\0" * 20_000_000, "bytes"),
    "gif and script": (GIF_AND_SCRIPT, "type"),
    "gif": (stored(drawn(), "GIF"), "type"),
    "svg": (SVG, "type"),
    "pdf": (PDF, "type"),
    "html": (HTML, "type"),
    "tiff": (stored(drawn(), "TIFF"), "type"),
    "bmp": (stored(drawn((20, 20)), "BMP"), "type"),
    "zip": (b"PK\x03\x04" + b"\0" * 100, "type"),
    "heic": (HEIC, "heic"),
    "bomb": (png_of(50_000, 50_000), "dots"),
    "smaller bomb": (png_of(9_000, 9_000), "dots"),
    "half a jpeg": (jpeg()[:-3000], "broken"),
    "start of a jpeg": (jpeg()[:40], "broken"),
    "half a png": (stored(drawn(), "PNG")[:-300], "broken"),
    "half a webp": (stored(drawn(), "WEBP")[:-300], "broken"),
    "png without dots": (png_of(4_000, 4_000), "broken"),
    "moving png": (moving("PNG"), "moving"),
    "moving webp": (moving("WEBP"), "moving"),
}
