"""Pictures on paper are cut round what matters, and no heavier than a press can use."""

import io
from base64 import b64decode

import pytest
from PIL import Image

from home.krant.druk.parts import Picture
from home.krant.druk.pictures import Printed, natural


def drawn(width: int, height: int, *, mode: str = "RGB", kind: str = "PNG") -> bytes:
    """Red on the left, blue on the right, with a little of every colour so that it is a photograph."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 30, 200), (width // 2, 0, width, height))
    for number in range(100):
        image.putpixel((number, 0), (number, 255 - number, 99))
    output = io.BytesIO()
    image.convert(mode).save(output, kind)
    return output.getvalue()


def printed(width: int, height: int, mm: tuple[float, float], **more) -> Image.Image:
    content = drawn(width, height)
    picture = Picture(lambda: content, width, height, **more)
    return opened(Printed(picture, *mm).data_uri())


def opened(uri: str) -> Image.Image:
    return Image.open(io.BytesIO(b64decode(uri.partition("base64,")[2])))


def test_it_is_no_finer_than_300_to_the_inch() -> None:
    assert printed(3000, 2000, (50.8, 33.8667)).size == (600, 400)


def test_it_is_never_made_larger() -> None:
    assert printed(300, 200, (50.8, 33.8667)).size == (300, 200)


@pytest.mark.parametrize(("focus", "colour"), [((0.1, 0.5), 0), ((0.9, 0.5), 2)])
def test_what_matters_stays_in_sight(focus: tuple[float, float], colour: int) -> None:
    image = printed(1000, 500, (20, 40), focus=focus)
    assert image.width / image.height == pytest.approx(0.5, abs=0.01)
    pixel = image.getpixel((image.width // 2, image.height // 2))
    assert isinstance(pixel, tuple)
    assert pixel[colour] > 150
    assert sum(pixel) < 320


def test_how_fine_it_is_counts_what_is_cut_off() -> None:
    picture = Picture(lambda: b"", 1000, 500)
    assert Printed(picture, 127, 63.5).dpi == 200
    # Half of its width is cut off.
    assert Printed(picture, 127, 127).dpi == 100


def test_a_whole_picture_is_cut_only_when_it_is_very_flat_or_tall() -> None:
    assert natural(Picture(lambda: b"", 400, 300), 56).height == pytest.approx(42)
    assert natural(Picture(lambda: b"", 400, 100), 56).height == pytest.approx(28)
    assert natural(Picture(lambda: b"", 100, 400), 56).height == pytest.approx(70)


def test_a_drawing_keeps_its_lines_and_a_photograph_stays_light() -> None:
    output = io.BytesIO()
    Image.new("1", (400, 400)).save(output, "PNG")
    drawing = Printed(Picture(output.getvalue, 400, 400), 50, 50).data_uri()
    assert drawing.startswith("data:image/png")
    content = drawn(400, 400)
    assert Printed(Picture(lambda: content, 400, 400), 50, 50).data_uri().startswith("data:image/jpeg")


def test_what_is_transparent_is_paper() -> None:
    output = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(output, "PNG")
    assert (
        opened(Printed(Picture(output.getvalue, 40, 40), 10, 10).data_uri()).convert("L").getpixel((9, 9))
        == 255
    )
