"""Digits as a picture: large, apart from each other and nearly upright, with pale lines behind them."""

import io
import random
from functools import cache

from captcha.conf.settings import CAPTCHA_FONT_PATH
from PIL import Image, ImageDraw, ImageFont

# Twice the size at which it is shown.
WIDTH, HEIGHT, FONT_SIZE = 480, 160, 104
LINES, DEGREES = 5, 7
PAPER, INK, FAINT = 255, 0, 205


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(CAPTCHA_FONT_PATH, FONT_SIZE)


def picture(digits: str, *, seed: str) -> bytes:
    """A PNG, in black on white. One seed always gives the same one."""
    # It decides how the digits look, not which they are.
    chance = random.Random(seed)  # noqa: S311
    image = Image.new("L", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    for _line in range(LINES):
        draw.line([0, chance.randrange(HEIGHT), WIDTH, chance.randrange(HEIGHT)], fill=FAINT, width=3)
    margin = 20
    room = (WIDTH - 2 * margin) // len(digits)
    for place, digit in enumerate(digits):
        mask = Image.new("L", (room, HEIGHT), 0)
        middle = (room / 2, HEIGHT / 2 + chance.randint(-8, 8))
        ImageDraw.Draw(mask).text(middle, digit, font=_font(), fill=255, anchor="mm")
        turned = mask.rotate(chance.uniform(-DEGREES, DEGREES), resample=Image.Resampling.BICUBIC)
        image.paste(INK, (margin + place * room, 0), turned)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
