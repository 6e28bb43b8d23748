"""Pictures and papers of the demo, drawn by code from a seed: no photo of anybody is needed or shipped."""

import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 900
SKY, HILL, GROUND = "#bcd7e6", "#6f9a74", "#b98a5a"
WOOD, WOOD_DARK = "#8a5a2b", "#5b3814"
PAPER, INK, LINE = "#fbf6e6", "#3b3347", "#8c8496"
Painter = Callable[[ImageDraw.ImageDraw, random.Random], None]


def photo(scene: str, seed: int) -> bytes:
    """A JPEG of `scene` (a key of SCENES), 1200 × 900 pixels; the same seed gives the same bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    SCENES[scene](ImageDraw.Draw(image), random.Random(seed))
    return _bytes(image, "JPEG", quality=82)


def paper(title: str, lines: list[str]) -> bytes:
    """A one-page PDF with a title, lines of text and a stamp that says it is an example."""
    image = Image.new("RGB", (WIDTH, int(WIDTH * 1.414)), "#ffffff")
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 60, WIDTH - 60, image.height - 60), outline=INK, width=3)
    draw.text((120, 130), title, fill=INK, font_size=46)
    draw.line((120, 205, WIDTH - 120, 205), fill=INK, width=4)
    for row, line in enumerate(lines):
        draw.text((120, 260 + row * 62), line, fill=INK, font_size=32)
    draw.ellipse((760, 1230, 1060, 1530), outline="#26357f", width=8)
    draw.text((835, 1350), "CONTOH", fill="#26357f", font_size=44)
    return _bytes(image, "PDF", resolution=120)


def _bytes(image: Image.Image, kind: str, **options: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def _field(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """Hills behind, ground in front: where most scenes happen."""
    for _ in range(4):
        x, width = rng.randint(-200, 1000), rng.randint(500, 900)
        draw.ellipse((x, 220, x + width, 900), fill=HILL)
    draw.rectangle((0, 520, WIDTH, HEIGHT), fill=GROUND)


def drying(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """Slices that dry on bamboo racks in the sun."""
    _field(draw, rng)
    for top in (430, 560, 700):
        draw.polygon([(120, top + 90), (240, top), (1080, top), (1160, top + 90)], fill=WOOD, outline=WOOD_DARK)
        for column in range(11):
            for row in range(2):
                x, y = 235 + column * 78 + rng.randint(-6, 6), top + 14 + row * 36
                draw.ellipse((x, y, x + 58, y + 26), fill=rng.choice(["#c98a35", "#b9772a", "#d79c4a"]))


def packages(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """Three packs on a table, from plain to designed."""
    draw.rectangle((0, 0, WIDTH, 640), fill="#dcd3c5")
    draw.rectangle((0, 640, WIDTH, HEIGHT), fill="#8c8271")
    colours = rng.sample(["#26357f", "#84201a", "#1b4f2e", "#d9a441", "#683a16"], 3)
    for index, colour in enumerate(colours):
        x, height = 130 + index * 340, 380 + index * 70
        draw.rounded_rectangle((x, 760 - height, x + 270, 760), 18, fill=colour)
        draw.rounded_rectangle((x + 45, 830 - height, x + 225, 960 - height), 12, fill="#fdf1c9")
        draw.arc((x + 75, 835 - height, x + 195, 935 - height), 20, 160, fill=WOOD_DARK, width=16)
        for row in range(3):
            draw.rectangle((x + 45, 640 + row * 30, x + 170 - row * 25, 650 + row * 30), fill="#fdf1c9")


def cloth(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """A woven or batik cloth: stripes with a repeated motif."""
    palette = rng.sample(["#26357f", "#683a16", "#84201a", "#e8a70c", "#f3e6cf", "#1b4f2e"], 4)
    for x in range(0, WIDTH, 60):
        draw.rectangle((x, 0, x + 60, HEIGHT), fill=palette[(x // 60) % 3])
    for y in range(50, HEIGHT, 150):
        for x in range(50 + (y // 150 % 2) * 75, WIDTH, 150):
            draw.polygon([(x, y - 48), (x + 48, y), (x, y + 48), (x - 48, y)], outline=palette[3], width=9)
            draw.ellipse((x - 13, y - 13, x + 13, y + 13), fill=palette[3])


def pottery(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """Pots on the ground before the kiln."""
    _field(draw, rng)
    for index in range(5):
        x, y, size = 90 + index * 215, 560 + (index % 2) * 60, rng.randint(150, 190)
        fill = rng.choice(["#a5502c", "#94452a", "#b8643b"])
        draw.ellipse((x, y, x + size, y + size * 1.2), fill=fill)
        draw.rectangle((x + size * 0.3, y - 30, x + size * 0.7, y + 30), fill=fill)
        draw.arc((x + 18, y + 50, x + size - 18, y + 110), 0, 180, fill="#f3e6cf", width=7)


def plaiting(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """Plaited strips, over and under."""
    light, dark = rng.choice([("#e3c78f", "#b98a4a"), ("#d9b978", "#8a5a2b")])
    for y in range(0, HEIGHT, 50):
        for x in range(0, WIDTH, 50):
            draw.rectangle((x + 2, y + 2, x + 48, y + 48), fill=light if (x + y) // 50 % 2 else dark)
            draw.line((x + 6, y + 25, x + 44, y + 25), fill=WOOD_DARK, width=2)


def workshop(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """A house with a work room, seen from the street."""
    _field(draw, rng)
    draw.rectangle((220, 380, 980, 720), fill="#efe2c6", outline=WOOD_DARK, width=6)
    draw.polygon([(160, 390), (600, 190), (1040, 390)], fill="#94452a", outline=WOOD_DARK)
    draw.rectangle((540, 500, 680, 720), fill=WOOD)
    for x in (290, 770):
        draw.rectangle((x, 450, x + 150, 570), fill=SKY, outline=WOOD_DARK, width=6)
    draw.rectangle((430, 410, 770, 470), fill=rng.choice(["#26357f", "#1b4f2e", "#84201a"]))


def notebook(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """A page of notes or receipts on a table."""
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill="#5f6f63")
    draw.polygon([(290, 90), (910, 60), (950, 840), (320, 860)], fill=PAPER, outline=LINE)
    for row in range(15):
        y = 160 + row * 44
        draw.line((350, y, 860, y - 14), fill=LINE, width=2)
        if rng.random() < 0.85:
            draw.line((365, y - 12, 365 + rng.randint(120, 260), y - 18), fill=INK, width=5)
            draw.line((700, y - 18, 700 + rng.randint(60, 140), y - 22), fill="#26357f", width=5)


SCENES: dict[str, Painter] = {
    painter.__name__: painter for painter in (drying, packages, cloth, pottery, plaiting, workshop, notebook)
}
