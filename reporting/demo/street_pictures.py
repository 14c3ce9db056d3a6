"""Drawn photos of the street: a front before and after its tiles made room for plants, a wall before and after."""

import io
import random
from enum import StrEnum

from PIL import Image, ImageDraw

_SIZE = (1200, 900)
_PAVEMENT = 640  # where the wall ends
_GREENS = ((58, 112, 60), (84, 140, 70), (46, 92, 54), (112, 158, 84))
_FLOWERS = ((214, 92, 120), (238, 190, 76), (246, 240, 236), (150, 110, 190))


class Street(StrEnum):
    """What is drawn."""

    FRONT_BEFORE = "front-before"
    FRONT_AFTER = "front-after"
    WALL_BEFORE = "wall-before"
    WALL_AFTER = "wall-after"
    TABLE = "table"


def _bricks(image: Image.Image, dice: random.Random, colour: tuple[int, int, int]) -> None:
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, _SIZE[0], _PAVEMENT), fill=tuple(part + 26 for part in colour))
    for row, y in enumerate(range(0, _PAVEMENT, 32)):
        for x in range(-80 + (row % 2) * 40, _SIZE[0], 80):
            shade = dice.randint(-12, 12)
            fill = tuple(max(0, min(255, part + shade)) for part in colour)
            pen.rectangle((x + 2, y + 2, x + 77, min(y + 29, _PAVEMENT)), fill=fill)


def _pavement(image: Image.Image, dice: random.Random) -> None:
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, _PAVEMENT, *_SIZE), fill=(150, 148, 144))
    for y in range(_PAVEMENT, _SIZE[1], 86):
        for x in range(0, _SIZE[0], 120):
            grey = 182 + dice.randint(-9, 9)
            pen.rectangle((x + 3, y + 3, x + 116, y + 82), fill=(grey, grey - 2, grey - 6))


def _house(image: Image.Image) -> None:
    pen = ImageDraw.Draw(image)
    pen.rectangle((150, 150, 390, _PAVEMENT), fill=(226, 222, 212))
    pen.rectangle((172, 172, 368, _PAVEMENT), fill=(44, 82, 96))
    pen.rectangle((196, 200, 344, 330), fill=(152, 186, 200))
    pen.ellipse((330, 420, 350, 440), fill=(220, 190, 110))
    pen.rectangle((600, 140, 1010, 450), fill=(226, 222, 212))
    pen.rectangle((626, 166, 984, 424), fill=(150, 182, 198))
    pen.rectangle((798, 166, 812, 424), fill=(226, 222, 212))
    pen.rectangle((580, 450, 1030, 474), fill=(196, 192, 182))


def _garden(image: Image.Image, dice: random.Random) -> None:
    pen = ImageDraw.Draw(image)
    pen.rectangle((480, _PAVEMENT - 4, 1120, _PAVEMENT + 90), fill=(92, 66, 46))
    pen.rectangle((480, _PAVEMENT + 84, 1120, _PAVEMENT + 98), fill=(128, 122, 116))
    for _number in range(420):
        x, y = dice.gauss(800, 170), dice.gauss(_PAVEMENT + 20, 34)
        if 484 < x < 1116 and y < _PAVEMENT + 84:
            size = dice.randint(12, 30)
            pen.ellipse((x, y, x + size, y + size * 0.7), fill=dice.choice(_GREENS))
    for climb in range(260):
        x, y = 1050 + dice.gauss(0, 26 + climb / 12), _PAVEMENT - climb * 2.1
        size = dice.randint(14, 30)
        pen.ellipse((x, y, x + size, y + size * 0.8), fill=dice.choice(_GREENS))
    for _number in range(70):
        x, y = dice.gauss(800, 150), dice.gauss(_PAVEMENT + 8, 28)
        pen.ellipse((x, y, x + 14, y + 14), fill=dice.choice(_FLOWERS))


def _mural(image: Image.Image) -> None:
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 50, 1140, 600), fill=(238, 226, 198))
    for number, colour in enumerate(((42, 92, 120), (206, 112, 62), (86, 136, 92), (226, 178, 78))):
        x = 150 + number * 240
        pen.ellipse((x, 190, x + 180, 370), fill=colour)
        pen.rectangle((x + 40, 370, x + 140, 600), fill=colour)
    pen.arc((100, 60, 1100, 900), 180, 360, fill=(196, 72, 84), width=30)


def _table(image: Image.Image, dice: random.Random) -> None:
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, *_SIZE), fill=(224, 216, 198))
    pen.polygon([(120, 420), (1080, 420), (1180, 800), (20, 800)], fill=(164, 118, 78))
    for x in range(220, 1000, 190):
        pen.ellipse((x, 470, x + 90, 530), fill=(246, 244, 238))
        pen.ellipse((x + 14, 480, x + 76, 518), fill=(92, 60, 40))
    for _number in range(60):
        x, y = dice.randint(500, 700), dice.randint(250, 400)
        pen.ellipse((x, y, x + 22, y + 18), fill=dice.choice(_FLOWERS))
    pen.rectangle((570, 380, 640, 470), fill=(70, 110, 130))


def draw_street(picture: Street) -> bytes:
    """Return a drawing as JPEG; the same each time."""
    dice = random.Random("street")  # noqa: S311 bricks, no secret: the same ones before and after
    image = Image.new("RGB", _SIZE)
    if picture == Street.TABLE:
        _table(image, dice)
    else:
        is_wall = picture in (Street.WALL_BEFORE, Street.WALL_AFTER)
        _bricks(image, dice, (132, 126, 120) if is_wall else (158, 92, 70))
        _pavement(image, dice)
        if picture == Street.WALL_AFTER:
            _mural(image)
        if not is_wall:
            _house(image)
        if picture == Street.FRONT_AFTER:
            _garden(image, dice)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()
