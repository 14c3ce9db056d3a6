"""Drawn photos: nobody's home, but a wall with damp looks like a wall with damp."""

import io
import random
from enum import StrEnum

from PIL import Image, ImageDraw, ImageFilter

_SIZE = (1200, 900)


class Picture(StrEnum):
    """What is drawn."""

    HEATER = "heater"
    DAMP = "damp"
    METER = "meter"
    WINDOW = "window"
    GARDEN = "garden"
    GARLANDS = "garlands"


def _wall(colour: tuple[int, int, int]) -> Image.Image:
    """Return a wall that is a little darker towards the floor, with a skirting board."""
    width, height = _SIZE
    column = Image.new("RGB", (1, height))
    for y in range(height):
        shade = 1 - 0.18 * y / height
        column.putpixel((0, y), tuple(int(part * shade) for part in colour))
    image = column.resize(_SIZE)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, height - 110, width, height), fill=(126, 98, 74))
    pen.rectangle((0, height - 150, width, height - 108), fill=(232, 228, 218))
    return image


def _heater(image: Image.Image) -> None:
    pen = ImageDraw.Draw(image)
    pen.rectangle((560, 0, 630, 260), fill=(148, 146, 140))
    pen.ellipse((500, 30, 690, 210), fill=(93, 84, 74))
    pen.rectangle((560, 0, 630, 260), fill=(148, 146, 140))
    pen.rounded_rectangle((350, 250, 840, 760), 28, fill=(112, 74, 52), outline=(70, 46, 33), width=8)
    for x in range(400, 800, 40):
        pen.rounded_rectangle((x, 310, x + 22, 560), 8, fill=(58, 40, 31))
    pen.rounded_rectangle((440, 600, 750, 690), 16, fill=(39, 33, 31))
    for x in range(470, 730, 52):
        pen.polygon([(x, 682), (x + 16, 622), (x + 32, 682)], fill=(232, 142, 44))


def _damp(image: Image.Image, dice: random.Random) -> None:
    spots = Image.new("L", _SIZE, 0)
    pen = ImageDraw.Draw(spots)
    for _number in range(260):
        x, y = int(abs(dice.gauss(0, 260))), int(abs(dice.gauss(0, 210)))
        radius = dice.randint(6, 46)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=dice.randint(60, 190))
    image.paste(Image.new("RGB", _SIZE, (64, 70, 58)), mask=spots.filter(ImageFilter.GaussianBlur(7)))


def _meter(image: Image.Image) -> None:
    pen = ImageDraw.Draw(image)
    pen.ellipse((400, 190, 800, 590), fill=(248, 247, 243), outline=(186, 182, 172), width=8)
    pen.rounded_rectangle((490, 320, 710, 420), 14, fill=(170, 190, 160))
    pen.line((520, 370, 560, 370), fill=(52, 66, 48), width=10)
    pen.line((580, 370, 620, 370), fill=(52, 66, 48), width=10)
    pen.line((640, 370, 680, 370), fill=(52, 66, 48), width=10)
    pen.ellipse((580, 470, 620, 510), fill=(66, 150, 82))


def _window(image: Image.Image, dice: random.Random) -> None:
    pen = ImageDraw.Draw(image)
    pen.rectangle((330, 110, 870, 690), fill=(236, 233, 226))
    pen.rectangle((370, 150, 830, 650), fill=(168, 190, 204))
    pen.rectangle((590, 150, 610, 650), fill=(236, 233, 226))
    for _number in range(120):
        x, y = dice.randint(374, 826), dice.randint(400, 646)
        pen.ellipse((x, y, x + 6, y + 9), fill=(214, 226, 233))
    pen.rectangle((370, 630, 830, 650), fill=(86, 88, 74))


def _leaves(pen: ImageDraw.ImageDraw, dice: random.Random, x: int, y: int, size: int) -> None:
    for _number in range(26):
        left, top = x + dice.randint(-size, size), y + dice.randint(-size, size)
        radius = dice.randint(8, 20)
        green = (60 + dice.randint(0, 40), 120 + dice.randint(0, 50), 62)
        pen.ellipse((left - radius, top - radius, left + radius, top + radius), fill=green)


def _garden(image: Image.Image, dice: random.Random) -> None:
    """A facade with windows and a strip of green along the pavement."""
    pen = ImageDraw.Draw(image)
    for x in (140, 520, 900):
        pen.rectangle((x, 130, x + 190, 420), fill=(236, 233, 226))
        pen.rectangle((x + 20, 150, x + 170, 400), fill=(150, 176, 190))
    for x in range(60, 1200, 70):
        _leaves(pen, dice, x, 690 - dice.randint(0, 180), 70)
    pen.rectangle((0, 790, 1200, 900), fill=(150, 148, 144))


def _garlands(image: Image.Image, dice: random.Random) -> None:
    """Two ropes of leaves across the street, against the sky."""
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 1200, 900), fill=(186, 208, 222))
    pen.rectangle((0, 120, 210, 900), fill=(176, 110, 84))
    pen.rectangle((990, 60, 1200, 900), fill=(196, 150, 112))
    for top in (250, 480):
        for x in range(190, 1020, 45):
            _leaves(pen, dice, x, top + int(((x - 600) / 60) ** 2 * -1.1) + 60, 26)


def draw(picture: Picture) -> bytes:
    """Return a drawing as JPEG; the same each time."""
    dice = random.Random(picture.value)  # noqa: S311 spots on a wall, no secret
    colours = {
        Picture.DAMP: (214, 208, 190),
        Picture.WINDOW: (205, 198, 184),
        Picture.GARDEN: (186, 120, 92),
    }
    image = _wall(colours.get(picture, (221, 212, 192)))
    if picture == Picture.HEATER:
        _heater(image)
    elif picture == Picture.METER:
        _meter(image)
    elif picture == Picture.WINDOW:
        _window(image, dice)
    elif picture == Picture.GARDEN:
        _garden(image, dice)
    elif picture == Picture.GARLANDS:
        _garlands(image, dice)
    else:
        _damp(image, dice)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()
