"""Large exports that look official: the same seed gives the same bytes."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

BASE = "https://sosial.eksempel.example"
ME = f"{BASE}/users/eksempelkommune"
SAID = (
    "Når blir veien til {p} brøytet?",
    "Det er fortsatt mørkt i {p} etter at lysene gikk.",
    "Takk for rask hjelp fra servicetorget!",
    "Hvorfor koster SFO så mye hos dere?",
    "Kan dere si noe om åpningstidene på {p} i påsken?",
    "Jeg klager på avslaget jeg fikk i sak {c}.",
    "Kvifor er det så dyrt med barnehage her?",
    "Bussen gjekk ikkje i dag heller, kva gjer kommunen?",
    "Ungene fryser på {p}, dette holder ikke.",
    "Nummeret mitt er {f}, kan dere se på saken?",
)
PLACES = ("Solli", "Nordvik skole", "Fjellheim", "Strandgata", "Moen", "Vikabukta", "Åsen", "Ørnes", "Båthamna")
NUMBERS = ("05909441023", "17924512345")
FIRST = datetime(2016, 1, 1, 8, tzinfo=UTC)


def _text(chance: random.Random) -> str:
    said = " ".join(chance.choice(SAID) for _ in range(chance.choice((1, 1, 1, 2, 2, 4))))
    case = f"{chance.randint(2020, 2026)}/{chance.randint(1, 9999)}"
    rare = f" {''.join(chance.choice('bdfgklmnprstv') + chance.choice('aeiouyæøå') for _ in range(4))}"
    return said.format(p=chance.choice(PLACES), c=case, f=chance.choice(NUMBERS)) + rare


def _tweet(number: int, chance: random.Random) -> dict[str, object]:
    ident = str(10**18 + number * 7)
    at = FIRST + timedelta(seconds=317 * number)
    tweet: dict[str, object] = {
        "edit_info": {"initial": {"editTweetIds": [ident], "editsRemaining": "5", "isEditEligible": True}},
        "retweeted": False,
        "source": '<a href="https://mobile.example" rel="nofollow">Web App</a>',
        "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []},
        "display_text_range": ["0", "140"],
        "favorite_count": str(chance.randint(0, 40)),
        "id_str": ident,
        "truncated": False,
        "retweet_count": str(chance.randint(0, 9)),
        "id": ident,
        "created_at": at.strftime("%a %b %d %H:%M:%S +0000 %Y"),
        "full_text": _text(chance),
        "lang": "no",
    }
    if number > 40 and chance.random() < 0.25:
        parent = str(int(ident) - 7 * chance.randint(1, 40))
        tweet |= {"in_reply_to_status_id_str": parent, "in_reply_to_user_id_str": "4242"}
    return tweet


def _note(number: int, chance: random.Random) -> dict[str, object]:
    ident = 10**17 + number * 7
    at = (FIRST + timedelta(seconds=317 * number)).strftime("%Y-%m-%dT%H:%M:%SZ")
    parent = f"{ME}/statuses/{ident - 7 * chance.randint(1, 40)}" if number > 40 and chance.random() < 0.25 else None
    note = {
        "id": f"{ME}/statuses/{ident}",
        "type": "Note",
        "summary": None,
        "published": at,
        "url": f"{BASE}/@eksempelkommune/{ident}",
        "attributedTo": ME,
        "inReplyTo": parent,
        "to": ["https://www.w3.org/ns/activitystreams#Public"],
        "cc": [f"{ME}/followers"],
        "content": f"<p>{_text(chance)}</p>",
        "attachment": [],
        "tag": [],
    }
    return {"id": f"{ident}/activity", "type": "Create", "actor": ME, "published": at, "object": note}


def _written(items: Iterator[dict[str, object]], path: Path, before: str, after: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        out.write(before)
        for number, item in enumerate(items):
            out.write(("," if number else "") + json.dumps(item, ensure_ascii=False))
        out.write(after)


def tweets(count: int) -> Iterator[dict[str, object]]:
    """The first tweets of an X archive of any size."""
    chance = random.Random(20101027)
    return (_tweet(number, chance) for number in range(count))


def x_archive(folder: Path, count: int) -> Path:
    """An X archive of `count` tweets, in the older form that `twitter-to-sqlite` reads too."""
    account = {"username": "eksempelkommune", "accountId": "4242", "accountDisplayName": "Eksempel kommune"}
    items = ({"tweet": tweet} for tweet in tweets(count))
    _written(items, folder / "data" / "tweet.js", "window.YTD.tweet.part0 = [", "]")
    named = f"window.YTD.account.part0 = {json.dumps([{'account': account}])}"
    (folder / "data" / "account.js").write_text(named)
    return folder


def mastodon_archive(folder: Path, count: int) -> Path:
    """A Mastodon account archive of `count` notes, on one line."""
    chance = random.Random(20101027)
    head = '{"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json","type":"OrderedCollection","orderedItems":['
    _written((_note(number, chance) for number in range(count)), folder / "outbox.json", head, "]}")
    actor = {
        "id": ME,
        "type": "Person",
        "preferredUsername": "eksempelkommune",
        "name": "Eksempel kommune",
        "outbox": "outbox.json",
    }
    (folder / "actor.json").write_text(json.dumps(actor))
    return folder
