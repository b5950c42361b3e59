"""Pictures of people we do not know: what is no picture is refused, and of the others only dots are kept."""

import importlib
import tracemalloc
from io import BytesIO

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from core import photos
from core.photos import LONGEST, SMALL, Photo, PhotoError, read_photo
from tests.core import pictures
from tests.core.pictures import drawn, jpeg, stored
from tests.pdfs import needs_pango


def opened(photo: Photo) -> Image.Image:
    return Image.open(BytesIO(photo.content))


def is_close(dot: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(dot, tuple)
    return all(abs(one - other) < 30 for one, other in zip(dot, colour, strict=True))


@pytest.mark.parametrize("name", pictures.REFUSED)
def test_what_is_no_picture_is_refused_with_a_sentence(name: str) -> None:
    content, why = pictures.REFUSED[name]
    with pytest.raises(PhotoError) as caught:
        read_photo(content)
    assert (caught.value.code, caught.value.messages) == (why, [str(photos.REFUSED[why])])


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    tracemalloc.start()
    with pytest.raises(PhotoError):
        read_photo(pictures.png_of(50_000, 50_000))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


def test_nothing_of_a_phone_comes_through() -> None:
    content = pictures.with_place()
    assert Image.open(BytesIO(content)).getexif().get_ifd(0x8825)
    photo = read_photo(content)
    for kept in (photo.content, photo.small):
        image = Image.open(BytesIO(kept))
        assert not dict(image.getexif())
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert b"SECRET" not in kept
        assert b"Exif" not in kept


def test_it_stands_upright() -> None:
    image = opened(read_photo(pictures.with_place()))
    # Red was on the left; turned a quarter to the right it is above.
    assert image.size == (480, 640)
    assert is_close(image.getpixel((240, 100)), (255, 0, 0))
    assert is_close(image.getpixel((240, 540)), (0, 0, 255))


@pytest.mark.parametrize("content", [pictures.with_zip_behind(), pictures.two_in_one()], ids=["zip", "mpo"])
def test_what_is_hidden_behind_a_picture_is_gone(content: bytes) -> None:
    photo = read_photo(content)
    assert b"SECRET" not in photo.content
    assert photo.content.endswith(b"\xff\xd9")
    assert photo.content.count(b"\xff\xd9") == 1
    assert is_close(opened(photo).getpixel((10, 10)), (255, 0, 0))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_one_sees_through_is_white(kind: str) -> None:
    image = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    image.paste((0, 0, 255, 255), (50, 0, 100, 100))
    made = opened(read_photo(stored(image, kind, lossless=True)))
    assert is_close(made.getpixel((10, 50)), (255, 255, 255))
    assert is_close(made.getpixel((90, 50)), (0, 0, 255))


@pytest.mark.parametrize(
    "content",
    [
        stored(drawn(mode="P"), "PNG"),
        stored(drawn(mode="P"), "PNG", transparency=200),
        stored(drawn(mode="CMYK")),
        stored(drawn(mode="RGB"), "PNG", transparency=(0, 255, 0)),
        stored(drawn(), "JPEG", progressive=True),
        stored(drawn(mode="LAB").convert("RGB"), "WEBP"),
    ],
    ids=["palette", "palette with holes", "cmyk", "rgb with a hole", "progressive", "webp"],
)
def test_colours_are_as_they_were(content: bytes) -> None:
    made = opened(read_photo(content))
    assert made.mode == "RGB"
    assert is_close(made.getpixel((100, 100)), (255, 0, 0))
    assert is_close(made.getpixel((600, 100)), (0, 0, 255))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16"])
def test_greys_are_as_they_were(mode: str) -> None:
    image = Image.new("L", (100, 100), 0)
    image.paste(255, (50, 0, 100, 100))
    if mode == "I;16":
        image = image.convert("I").point(lambda value: value * 257).convert("I;16")
    made = opened(read_photo(stored(image if mode == "I;16" else image.convert(mode), "PNG")))
    assert is_close(made.getpixel((10, 50)), (0, 0, 0))
    assert is_close(made.getpixel((90, 50)), (255, 255, 255))


def test_a_profile_is_worked_into_the_colours() -> None:
    # In Lab the numbers mean something else altogether: without its profile this is a wrong picture.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = opened(read_photo(jpeg(icc_profile=profile)))
    assert is_close(made.getpixel((100, 100)), (255, 0, 0))
    for broken in (b"x" * 200, profile[:200]):
        made = opened(read_photo(jpeg(icc_profile=broken)))
        assert is_close(made.getpixel((100, 100)), (255, 0, 0))


@pytest.mark.parametrize("size", [(6000, 4000), (4000, 6000), (20_000, 20), (1, 1)])
def test_it_is_big_enough_for_print_and_not_bigger(size: tuple[int, int]) -> None:
    photo = read_photo(jpeg(size))
    made, small = opened(photo), Image.open(BytesIO(photo.small))
    assert (photo.width, photo.height) == made.size
    assert max(made.size) == min(LONGEST, max(size))
    assert max(small.size) == min(SMALL, max(size))


whole = st.sampled_from([jpeg((40, 30)), stored(drawn((40, 30)), "PNG"), stored(drawn((40, 30)), "WEBP")])


@hypothesis_settings(max_examples=150, deadline=None)
@given(content=whole, at=st.integers(0, 800), noise=st.binary(min_size=1, max_size=40), cut=st.booleans())
def test_whatever_somebody_makes_of_a_picture(content: bytes, at: int, noise: bytes, cut: bool) -> None:
    at %= len(content)
    changed = content[:at] + noise + (b"" if cut else content[at + len(noise) :])
    try:
        made = read_photo(changed)
    except PhotoError as error:
        assert error.messages
    else:
        assert opened(made).format == "JPEG"


@hypothesis_settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=300))
def test_whatever_somebody_sends(content: bytes) -> None:
    with pytest.raises(PhotoError):
        read_photo(content)


def test_the_sentence_says_how_large_it_may_be() -> None:
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            assert str(photos.MOST_MEGABYTES) in str(photos.REFUSED["bytes"])


@needs_pango()
def test_half_a_picture_is_refused_after_a_pdf_too() -> None:
    importlib.import_module("core.pdf.printer")
    with pytest.raises(PhotoError):
        read_photo(jpeg((400, 300))[:-600])
