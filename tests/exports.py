"""Small Mastodon archives of an invented municipality, for tests that need something to bring in."""

import json
from pathlib import Path
from typing import Any

BASE = "https://sosial.eksempel.example"
ME = f"{BASE}/users/eksempelkommune"


def note(number: int, text: str, **more: Any) -> dict[str, Any]:
    ident = f"{ME}/statuses/{number}"
    made = {
        "id": ident,
        "type": "Note",
        "published": f"2024-05-{number % 28 + 1:02d}T08:00:00Z",
        "url": f"{BASE}/@eksempelkommune/{number}",
        "attributedTo": ME,
        "to": ["https://www.w3.org/ns/activitystreams#Public"],
        "cc": [],
        "content": f"<p>{text}</p>",
        "inReplyTo": None,
        "attachment": [],
    }
    return made | more


def archive(folder: Path, notes: list[dict[str, Any]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    actor = {
        "id": ME,
        "type": "Person",
        "preferredUsername": "eksempelkommune",
        "name": "Eksempel kommune",
        "outbox": "outbox.json",
    }
    (folder / "actor.json").write_text(json.dumps(actor))
    items = [
        {
            "id": f"{one['id']}/activity",
            "type": "Create",
            "actor": ME,
            "published": one["published"],
            "to": one["to"],
            "cc": [],
            "object": one,
        }
        for one in notes
    ]
    outbox = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": "outbox.json",
        "type": "OrderedCollection",
        "orderedItems": items,
    }
    (folder / "outbox.json").write_text(json.dumps(outbox, ensure_ascii=False))
    return folder
