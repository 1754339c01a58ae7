"""Pages of threads, over HTTP: who may see them, what they show, and that nothing foreign runs."""

import asyncio
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import StreamingHttpResponse
from django.test import AsyncRequestFactory, Client

from ordskifte.people.models import Role
from ordskifte.records.models import Entry
from ordskifte.records.queries import entries_of_record
from ordskifte.threads import sending
from ordskifte.threads.models import Utterance
from tests.factories import (
    delete,
    edit,
    home_store,
    keep_media,
    latest_version,
    make_channel,
    make_person,
    make_unit,
    say,
)

pytestmark = pytest.mark.django_db

NUMBER = "02013299997"  # invented, by the rules of 2032
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)> javascript:alert(1) \u202egnp.exe'


def signed_in(*roles: str, language: str = "en") -> Client:
    client = Client()
    client.force_login(make_person(*roles, language=language))
    return client


@pytest.fixture
def editor() -> Client:
    return signed_in(Role.EDITOR)


def addresses(utterance: Utterance) -> list[str]:
    return [
        "/desk/threads/",
        f"/desk/threads/{utterance.thread_id}/",
        f"/desk/u/{utterance.id}/",
        f"/desk/u/{utterance.id}/versions/",
        f"/desk/v/{utterance.current_id}/",
        f"/desk/v/{utterance.current_id}/evidence/",
    ]


def test_signed_out_goes_to_sign_in_and_one_without_roles_is_refused() -> None:
    said = say(make_channel(), "hei")
    without = signed_in()
    for address in addresses(said):
        answer = Client().get(address)
        assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={address}")
        assert without.get(address).status_code == 403


def test_a_stranger_to_a_sensitive_unit_finds_nothing_there(editor: Client) -> None:
    unit = make_unit(sensitive=True)
    channel = make_channel(unit=unit)
    said = say(channel, "følsomt", attachments=[{"blob": keep_media(b"GIF89a1", "image/gif"), "alt": ""}])
    blob = sha256(b"GIF89a1").hexdigest()
    hidden = [*addresses(said)[1:], f"/desk/media/{said.current_id}/{blob}"]
    assert [editor.get(address).status_code for address in hidden] == [404] * 6
    own = Client()
    own.force_login(make_person(Role.CASEWORKER, unit=unit))
    answers = [own.get(address) for address in hidden]
    assert [answer.status_code for answer in answers] == [200, 302, 200, 302, 200, 200]


def test_the_empty_desk_asks_for_the_first_file(editor: Client) -> None:
    page = editor.get("/desk/threads/").content.decode()
    assert "Drop in your first archive file to have something to read." in page
    assert 'class="ds-button" href="/desk/imports/"' in page
    assert (
        'class="ds-button" href="/desk/imports/"'
        not in signed_in(Role.CASEWORKER).get("/desk/threads/").content.decode()
    )


def test_filters_that_fit_nothing_offer_all_threads(editor: Client) -> None:
    say(make_channel(), "hei")
    page = editor.get("/desk/threads/?deleted=1&language=nn").content.decode()
    assert "No threads fit these filters." in page
    assert 'href="/desk/threads/?language=nn"' in page  # the chip that takes "deleted" away


def test_an_utterance_and_a_version_have_addresses_of_their_own(editor: Client) -> None:
    said = edit(say(make_channel(), "én"), "to")
    assert (
        editor.get(f"/desk/u/{said.id}/")["Location"] == f"/desk/threads/{said.thread_id}/?from={said.id}#u-{said.id}"
    )
    found = editor.get(f"/desk/v/{said.current_id}/")["Location"]
    assert found == f"/desk/u/{said.id}/versions/?version={said.current_id}#v-{said.current_id}"
    assert editor.get(f"/desk/u/{uuid4()}/").status_code == 404


def test_a_thread_that_was_joined_to_another_sends_on(editor: Client) -> None:
    channel = make_channel()
    before = say(channel, "svar", external_id="c", parent="b").thread_id
    middle = say(channel, "midt i", external_id="b", parent="a")
    assert middle.thread_id != before
    assert editor.get(f"/desk/threads/{before}/")["Location"] == f"/desk/u/{before}/"
    assert editor.get(f"/desk/threads/{uuid4()}/").status_code == 404


def test_foreign_text_is_shown_and_never_becomes_markup(editor: Client) -> None:
    said = say(
        make_channel(name=f"k {HOSTILE}"),
        HOSTILE,
        by=HOSTILE,
        title=HOSTILE,
        summary=HOSTILE,
        permalink="javascript:alert(1)",
        attachments=[
            {"blob": "", "alt": HOSTILE, "name": HOSTILE, "url": "javascript:alert(1)", "media_type": HOSTILE}
        ],
    )
    edit(said, HOSTILE + " igjen")
    for address in addresses(said):
        page = editor.get(address, follow=True).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page
        assert "\u202e" not in page


def test_deletions_edits_and_masks_are_shown(editor: Client) -> None:
    channel = make_channel()
    post = say(channel, f"nummeret mitt er {NUMBER}")
    edit(say(channel, "Idiotisk planlegging", parent=post), "Elendig planlegging")
    delete(say(channel, "angret", parent=post))
    page = editor.get(f"/desk/threads/{post.thread_id}/").content.decode()
    assert "<del>Idiotisk</del> planlegging" in page
    assert "<ins>Elendig</ins> planlegging" in page
    assert "The author has deleted this." in page
    assert NUMBER not in page
    assert '<span class="os-shield"><span aria-hidden="true">●●●●●● ●●●●●</span>' in page


def test_what_we_received_is_text_and_a_download(editor: Client) -> None:
    raw = b'{"content": "<script>alert(1)</script>"}'
    said = say(make_channel(), "hei", raw=raw)
    address = f"/desk/v/{said.current_id}/evidence/"
    page = editor.get(address)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    file = editor.get(f"{address}?download=1")
    assert (file.content, file["Content-Type"]) == (raw, "application/octet-stream")
    assert file["Content-Disposition"] == f'attachment; filename="{said.current_id}.bin"'


def test_bytes_that_are_not_text_are_shown_without_harm(editor: Client) -> None:
    said = say(make_channel(), "hei", raw=b"\xff\xfe\x00\x1b[31m" + b"a" * 70_000)
    page = editor.get(f"/desk/v/{said.current_id}/evidence/").content.decode()
    assert '<span class="os-hidden">⟦U+0000⟧</span>' in page
    assert "This is the first 64 kB." in page


def test_sealed_evidence_opens_with_a_reason_that_is_recorded_first() -> None:
    said = say(make_channel(), f"jeg er {NUMBER}")
    address = f"/desk/v/{said.current_id}/evidence/"
    archivist = signed_in(Role.ARCHIVIST)
    assert NUMBER not in archivist.get(address).content.decode()
    assert archivist.post(address, {"reason": "  "}).status_code == 422
    assert not Entry.objects.filter(kind="evidence.opened").exists()
    opened = archivist.post(address, {"reason": f"innsynskrav fra {NUMBER}"})
    assert NUMBER in opened.content.decode()
    assert "no-store" in opened["Cache-Control"]
    (act,) = [entry for entry in entries_of_record(said.current_id) if entry.kind == "evidence.opened"]
    version = latest_version(said)
    assert act.details == {"object": version.evidence_id, "reason": "innsynskrav fra ●●●●●● ●●●●●"}
    assert b"02013299997" in archivist.post(address, {"reason": "kopi", "download": "1"}).content
    record = archivist.get(f"/desk/threads/{said.thread_id}/").content.decode()
    assert "Opened what we received. Reason: innsynskrav fra ●●●●●● ●●●●●" in record


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR, Role.OWNER])
def test_sealed_evidence_stays_shut_for_other_roles(role: str) -> None:
    said = say(make_channel(), f"jeg er {NUMBER}")
    client = signed_in(role)
    address = f"/desk/v/{said.current_id}/evidence/"
    page = client.get(address).content.decode()
    assert "These bytes are sealed" in page
    assert "<textarea" not in page
    assert client.post(address, {"reason": "nysgjerrig"}).status_code == 403
    assert client.get(f"{address}?download=1").headers["Content-Type"].startswith("text/html")
    assert not Entry.objects.filter(kind="evidence.opened").exists()


def test_a_missing_object_is_said_in_words(editor: Client) -> None:
    said = say(make_channel(), "hei")
    version = latest_version(said)
    assert version.evidence is not None
    home_store().delete(version.evidence.path)
    answer = editor.get(f"/desk/v/{version.id}/evidence/")
    assert answer.status_code == 503
    assert "The evidence cannot be read" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "media_type", "inline"),
    [
        (b"\x89PNG\r\n\x1a\nrest", "image/png", True),
        (b"\xff\xd8\xffrest", "image/jpeg", True),
        (b"GIF89arest", "image/gif", True),
        (b"RIFF....WEBPrest", "image/webp", True),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "application/octet-stream", False),
        (b"<html><script>alert(1)</script>", "application/octet-stream", False),
        (b"", "application/octet-stream", False),
    ],
)
def test_media_are_shown_only_when_their_bytes_are_pictures(
    editor: Client, content: bytes, media_type: str, inline: bool
) -> None:
    blob = keep_media(content, "image/png")
    said = say(
        make_channel(), "se", attachments=[{"blob": blob, "alt": "", "name": "a.png", "url": "", "media_type": ""}]
    )
    answer = editor.get(f"/desk/media/{said.current_id}/{blob}")
    assert answer.content == content
    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"].startswith("inline" if inline else "attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_large_file_is_sent_in_pieces(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "WHOLE", 10)
    content = b"....ftypmp42" * 50_000
    said = say(make_channel(), "se", attachments=[{"blob": keep_media(content, "video/mp4"), "alt": ""}])
    answer = editor.get(f"/desk/media/{said.current_id}/{sha256(content).hexdigest()}")
    assert (answer.streaming, answer["Content-Length"]) == (True, str(len(content)))
    assert b"".join(answer) == content


def test_a_large_file_is_sent_in_pieces_by_an_asgi_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sending, "WHOLE", 10)
    path = tmp_path / "film"
    path.write_bytes(b"film" * 200_000)
    request = AsyncRequestFactory().get("/")
    answer = sending.send_stored(request, path.open("rb"), size=800_000, media_type="application/octet-stream")
    assert isinstance(answer, StreamingHttpResponse)

    async def received() -> bytes:
        return b"".join([piece async for piece in answer])

    assert asyncio.run(received()) == path.read_bytes()


def test_media_are_given_only_through_a_version_that_holds_them(editor: Client) -> None:
    blob = keep_media(b"GIF89a2", "image/gif")
    said = say(make_channel(), "uten bilde")
    assert editor.get(f"/desk/media/{said.current_id}/{blob}").status_code == 404
    with_lost = say(make_channel(), "med", attachments=[{"blob": "0" * 64, "alt": ""}])
    assert editor.get(f"/desk/media/{with_lost.current_id}/{'0' * 64}").status_code == 404


@pytest.mark.parametrize("query", ["?from=x", f"?after={uuid4()}", "?before=&after=", "?end", "?from=%00"])
def test_odd_places_in_a_thread_still_show_it(editor: Client, query: str) -> None:
    said = say(make_channel(), "hei")
    assert editor.get(f"/desk/threads/{said.thread_id}/{query}").status_code == 200


@pytest.mark.parametrize(
    "query", ["?after=x", "?before=1_2", "?since=x&until=", "?channel=%00", "?after=-99999999999999999999_" + "0" * 32]
)
def test_odd_places_in_the_list_still_show_it(editor: Client, query: str) -> None:
    assert editor.get(f"/desk/threads/{query}").status_code == 200


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_is_in_the_persons_language(language: str) -> None:
    client = signed_in(Role.ARCHIVIST, language=language)
    page = client.get("/desk/threads/").content.decode()
    assert f'<html lang="{language}"' in page
    assert settings.LANGUAGES[0][0] == "nb"
