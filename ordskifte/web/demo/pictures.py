"""The demo's pictures, drawn here: nobody else's work, nobody's face, and the same bytes every time."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFont

WIDE, HIGH = 1000, 640
FINE = 2  # drawn twice as large and made smaller, so that edges are smooth

INK, PAPER, SNOW, SEA, GRASS = "#1b2b3a", "#fbf7ef", "#eef3f7", "#a9c9dc", "#9dbf8a"
RED, BLUE, YELLOW, GREEN, WOOD, ROCK = "#c43c2f", "#2c6aa8", "#f2c14e", "#3f7d4f", "#a8794b", "#8d9298"

Point = tuple[float, float]


def _scatter(seed: int) -> Random:
    """Chance that falls the same way every time: where stars, stones and snow lie."""
    return Random(seed)  # noqa: S311 - for drawing, not for secrets


class Sheet:
    """A picture in the making; every measure is in points of the finished picture."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (WIDE * FINE, HIGH * FINE), ground)
        self.draw = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, wide: float, high: float, fill: str, *, round_: float = 0) -> None:
        corners = [(x * FINE, y * FINE), ((x + wide) * FINE, (y + high) * FINE)]
        self.draw.rounded_rectangle(corners, radius=round_ * FINE, fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: str, *, flat: float = 1) -> None:
        high = radius * flat
        corners = [((x - radius) * FINE, (y - high) * FINE), ((x + radius) * FINE, (y + high) * FINE)]
        self.draw.ellipse(corners, fill=fill)

    def line(self, points: Sequence[Point], fill: str, wide: float) -> None:
        self.draw.line([(x * FINE, y * FINE) for x, y in points], fill=fill, width=int(wide * FINE), joint="curve")

    def shape(self, points: Sequence[Point], fill: str) -> None:
        self.draw.polygon([(x * FINE, y * FINE) for x, y in points], fill=fill)

    def words(self, x: float, y: float, text: str, size: float, fill: str = INK, *, middle: bool = False) -> None:
        font = ImageFont.truetype(BytesIO(_letters()), size * FINE)
        font.set_variation_by_axes([600])
        self.draw.text((x * FINE, y * FINE), text, font=font, fill=fill, anchor="mm" if middle else "lm")

    def png(self) -> bytes:
        out = BytesIO()
        small = self.image.reduce(FINE).quantize(96, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        small.save(out, "PNG", compress_level=6)
        return out.getvalue()


@cache
def _letters() -> bytes:
    """Inter, the letters of the desk: Pillow's own have no Å or Ø."""
    return files("ordskifte.ui").joinpath("static/ui/vendor/inter/inter-latin-wght-normal.woff2").read_bytes()


def _snow_plough_map(on: Sheet) -> None:
    on.shape([(0, 470), (240, 430), (420, 520), (620, 500), (820, 590), (1000, 560), (1000, 640), (0, 640)], SEA)
    on.shape([(560, 0), (700, 60), (860, 40), (1000, 110), (1000, 0)], "#d5dde3")
    on.line([(20, 380), (220, 340), (420, 400), (640, 360), (980, 420)], RED, 12)
    on.line([(420, 400), (400, 220), (620, 130)], RED, 12)
    for road in (
        [(220, 340), (180, 200), (90, 120)],
        [(400, 220), (330, 160), (300, 70)],
        [(640, 360), (720, 260), (880, 210)],
        [(640, 360), (680, 470)],
    ):
        on.line(road, BLUE, 8)
    for x, y, place in (
        (220, 340, "Moen"),
        (420, 400, "Nordvik skole"),
        (620, 130, "Fjellheim"),
        (90, 120, "Åsen"),
        (880, 210, "Ørnes"),
        (300, 70, "Solli"),
        (680, 470, "Båthamna"),
    ):
        on.disc(x, y, 11, INK)
        on.disc(x, y, 6, PAPER)
        on.words(x + 18, y + (26 if place == "Nordvik skole" else -24), place, 26)
    on.box(30, 540, 470, 80, PAPER, round_=10)
    on.line([(50, 565), (110, 565)], RED, 12)
    on.words(125, 565, "Klasse A: ferdig klokka 6", 22)
    on.line([(50, 597), (110, 597)], BLUE, 8)
    on.words(125, 597, "Klasse B: ferdig klokka 7.30", 22)


def _library_poster(on: Sheet) -> None:
    on.box(0, 0, WIDE, HIGH, "#21395b")
    sky = _scatter(3)
    for _ in range(70):
        on.disc(
            sky.uniform(20, 980), sky.choice([sky.uniform(15, 75), sky.uniform(295, 360)]), sky.uniform(1.5, 5), YELLOW
        )
    on.shape([(500, 430), (240, 360), (200, 560), (500, 600)], PAPER)
    on.shape([(500, 430), (760, 360), (800, 560), (500, 600)], "#efe7d6")
    on.line([(500, 430), (500, 600)], "#b9a98a", 5)
    for row in range(4):
        on.line([(265, 420 + row * 34), (465, 466 + row * 30)], "#c9bda4", 4)
        on.line([(735, 420 + row * 34), (535, 466 + row * 30)], "#c9bda4", 4)
    on.words(500, 120, "Biblioteket er ope laurdag", 58, PAPER, middle=True)
    on.words(500, 200, "klokka 10–14", 46, YELLOW, middle=True)
    on.words(500, 265, "Eventyrstund klokka 11", 34, PAPER, middle=True)


def _playground(on: Sheet) -> None:
    on.box(0, 0, WIDE, 420, "#d8e9f3")
    on.box(0, 400, WIDE, 240, GRASS)
    on.box(790, 200, 40, 260, WOOD)
    for x, y, size in ((810, 130, 120), (740, 190, 80), (880, 190, 80)):
        on.disc(x, y, size, GREEN)
    on.shape([(150, 430), (520, 430), (460, 530), (210, 530)], WOOD)
    on.line([(335, 430), (335, 170)], "#6d4a2a", 14)
    on.shape([(345, 190), (345, 390), (500, 390)], PAPER)
    on.shape([(335, 150), (335, 190), (400, 170)], RED)
    on.line([(520, 430), (640, 530)], BLUE, 22)
    for x in (700, 750, 950):
        on.line([(x, 360), (x - 30, 540)], INK, 8)
    on.line([(690, 360), (960, 360)], INK, 10)
    for x in (760, 860):
        on.line([(x, 360), (x, 480)], ROCK, 4)
        on.box(x - 28, 480, 56, 12, RED, round_=5)


def _pothole(on: Sheet) -> None:
    on.box(0, 0, WIDE, HIGH, "#6b6f73")
    grains = _scatter(7)
    for _ in range(900):
        on.disc(
            grains.uniform(0, 1000),
            grains.uniform(0, 640),
            grains.uniform(0.8, 2.4),
            grains.choice(["#5c6064", "#7c8084"]),
        )
    for x in range(60, 1000, 190):
        on.shape([(x, 60), (x + 95, 60), (x + 75, 240), (x - 20, 240)], "#e6e6e0")
    on.disc(520, 420, 230, "#3d3a36", flat=0.5)
    on.disc(525, 430, 190, "#5d6a70", flat=0.45)
    on.disc(480, 415, 60, "#91a3ab", flat=0.3)


def _sami_flag_day(on: Sheet) -> None:
    on.box(0, 0, WIDE, HIGH, "#17407a")
    on.disc(500, 330, 210, YELLOW)
    on.disc(500, 330, 170, RED)
    on.box(0, 470, WIDE, 170, SNOW)
    on.shape([(500, 200), (370, 520), (630, 520)], "#c9a268")
    on.shape([(500, 330), (460, 520), (540, 520)], "#5e4326")
    on.line([(500, 200), (480, 160)], "#5e4326", 8)
    on.line([(500, 200), (520, 160)], "#5e4326", 8)
    for x in (180, 800):
        on.disc(x, 500, 62, "#8a7763", flat=0.5)
        on.box(x + 40, 440, 22, 60, "#8a7763", round_=8)
        on.disc(x + 58, 440, 22, "#8a7763", flat=0.7)
        on.line([(x + 52, 425), (x + 30, 370), (x + 10, 350)], "#5e4326", 7)
        on.line([(x + 62, 425), (x + 88, 372), (x + 80, 340)], "#5e4326", 7)
        for leg in (-40, -20, 20, 40):
            on.line([(x + leg, 520), (x + leg, 575)], "#6e5d4b", 9)
    on.words(500, 70, "Lihkku beivviin!", 60, PAPER, middle=True)
    on.words(500, 605, "6. februar klokka 12", 36, "#17407a", middle=True)


def _rocks(on: Sheet, seed: int, low: float) -> None:
    stones = _scatter(seed)
    for _ in range(60):
        x, size = stones.uniform(-20, 1020), stones.uniform(28, 80)
        on.disc(x, low + stones.uniform(0, 160), size, stones.choice([ROCK, "#7b8086", "#9ea3a8"]), flat=0.6)


def _molo(on: Sheet) -> None:
    on.box(0, 0, WIDE, 260, "#c7ced4")
    on.box(0, 240, WIDE, 260, "#8fa3b0")
    for y in range(270, 430, 32):
        on.line([(x, y + (x // 50 % 2) * 8) for x in range(0, 1050, 50)], "#a7b7c1", 4)
    _rocks(on, 11, 480)
    for x, y in ((380, 470), (640, 500)):
        on.disc(x, y, 48, "#f4f4f0", flat=0.42)
        on.disc(x - 52, y + 6, 17, "#f4f4f0", flat=0.9)
        on.shape([(x - 10, y - 14), (x + 66, y - 6), (x + 10, y + 14)], "#a2a9ae")
        on.shape([(x - 68, y + 4), (x - 88, y + 10), (x - 66, y + 13)], YELLOW)


def _crack(on: Sheet) -> None:
    on.box(0, 0, WIDE, HIGH, "#b9c4cc")
    on.shape([(0, 640), (120, 90), (420, 30), (760, 120), (1000, 60), (1000, 640)], "#777c80")
    on.shape([(120, 90), (420, 30), (500, 640), (0, 640)], "#868b90")
    on.line([(430, 40), (455, 170), (430, 260), (480, 360), (460, 470), (500, 620)], "#26282a", 26)
    on.line([(436, 60), (459, 170), (436, 258), (484, 358)], "#dfeef5", 7)
    _rocks(on, 5, 560)
    on.box(0, 600, WIDE, 40, "#55595c")


def _school_crossing(on: Sheet) -> None:
    on.box(0, 0, WIDE, 400, "#d8e9f3")
    on.box(560, 130, 380, 250, "#c76b4a")
    on.shape([(540, 130), (750, 40), (960, 130)], "#7b3d2b")
    for x in (600, 700, 800):
        on.box(x, 190, 60, 70, "#f7e7b0")
    on.box(880, 280, 45, 100, "#5e3323")
    on.box(0, 380, WIDE, 260, "#6b6f73")
    for x in range(60, 560, 110):
        on.shape([(x, 420), (x + 60, 420), (x + 40, 600), (x - 30, 600)], "#f0f0ea")
    for x, coat in ((250, BLUE), (370, RED)):
        on.disc(x, 330, 34, "#e8b992")
        on.box(x - 38, 362, 76, 100, coat, round_=16)
        on.box(x - 38, 385, 76, 44, "#f4e13a", round_=6)
        on.line([(x - 18, 462), (x - 24, 530)], INK, 18)
        on.line([(x + 18, 462), (x + 26, 530)], INK, 18)


def _christmas_tree(on: Sheet) -> None:
    on.box(0, 0, WIDE, HIGH, "#16243a")
    flakes = _scatter(24)
    for _ in range(140):
        on.disc(flakes.uniform(0, 1000), flakes.uniform(0, 540), flakes.uniform(1.5, 4), "#dfe8ef")
    on.box(0, 530, WIDE, 110, SNOW)
    on.box(478, 500, 44, 70, "#5e4326")
    for low, half in ((520, 190), (410, 150), (300, 110), (210, 70)):
        on.shape([(500, low - 170), (500 - half, low), (500 + half, low)], GREEN)
    for _ in range(60):
        y = flakes.uniform(90, 510)
        on.disc(500 + flakes.uniform(-1, 1) * (y - 60) * 0.36, y, 6, YELLOW)
    for x in (150, 210, 300, 700, 780, 860):
        on.disc(x, 500, 18, "#e8b992")
        on.box(x - 22, 518, 44, 70, flakes.choice([RED, BLUE, "#7a5c99"]), round_=12)


PICTURES: dict[str, tuple[str, Callable[[Sheet], None]]] = {
    "snow-plough-map.png": (SNOW, _snow_plough_map),
    "library-poster.png": (PAPER, _library_poster),
    "playground.png": (PAPER, _playground),
    "pothole.png": (ROCK, _pothole),
    "sami-flag-day.png": (BLUE, _sami_flag_day),
    "molo.png": (SEA, _molo),
    "crack.png": (ROCK, _crack),
    "school-crossing.png": (PAPER, _school_crossing),
    "christmas-tree.png": (INK, _christmas_tree),
}


@cache
def picture(name: str) -> bytes:
    """A picture's PNG bytes; KeyError when there is none of that name."""
    ground, paint = PICTURES[name]
    sheet = Sheet(ground)
    paint(sheet)
    return sheet.png()
