"""The cards a municipality puts on its Facebook page: one line in large letters, its name in small ones."""

from functools import cache
from zlib import crc32

from ordskifte.web.demo.pictures import HIGH, PAPER, WIDE, YELLOW, Sheet, picture

CARDS: dict[str, str] = {
    "card-spring.png": "Dugnad lørdag",
    "card-pool.png": "Svømmehallen pusses opp",
    "card-summer-school.png": "Sommarskule",
    "card-waste.png": "Nye dunker",
    "card-meeting.png": "Folkemøte",
    "card-youth.png": "Ungdomspanel",
    "card-vaccine.png": "Vaksine",
    "card-ferry.png": "71 % vil ha senere ferge",
    "card-asphalt.png": "Stengt natt til fredag",
    "card-apprentices.png": "Bli lærling",
    "card-fire.png": "Bålforbud",
    "card-culture.png": "Kulturskolen",
    "card-halloween.png": "Kjør sakte",
    "card-budget.png": "Budsjett 2026",
    "card-gifts.png": "96 540 kroner",
    "card-ice.png": "Glatt i dag",
    "card-bus.png": "Gratis buss",
    "card-worried.png": "Bekymret for et barn?",
}

_GROUNDS = ("#1b4b8a", "#20514f", "#5b3a6e", "#7a3b2e", "#2f4a2c")


@cache
def picture_of(name: str) -> bytes:
    """The PNG bytes of a picture or a card; KeyError when there is neither."""
    if name not in CARDS:
        return picture(name)
    sheet = Sheet(_GROUNDS[crc32(name.encode()) % len(_GROUNDS)])
    sheet.line([(0, HIGH - 110), (300, HIGH - 180), (620, HIGH - 90), (WIDE, HIGH - 200)], YELLOW, 6)
    sheet.words(WIDE / 2, HIGH / 2 - 60, CARDS[name], 84 if len(CARDS[name]) < 16 else 62, PAPER, middle=True)
    sheet.shape([(60, HIGH - 90), (60, HIGH - 40), (84, HIGH - 24), (108, HIGH - 40), (108, HIGH - 90)], PAPER)
    sheet.words(126, HIGH - 56, "Eksempel kommune", 34, PAPER)
    return sheet.png()
