"""A backup restored on an empty machine is the same archive, and what was erased after it does not come back."""

from pathlib import Path

from tests.cli.running import furnished, ordskifte, place, python

FILL = """
import sys
from datetime import UTC, datetime, timedelta
from ordskifte.cli.session import opened
from ordskifte.base.clock import now
with opened(sys.argv[1]) as session:
    from ordskifte.archive import deciding
    from ordskifte.plan.register import register_channel
    from ordskifte.listen.imports import import_paths
    import json, pathlib
    folder = pathlib.Path(sys.argv[2]); folder.mkdir()
    items = [{"id": f"https://social.example/p/{n}", "type": "Note", "attributedTo": "https://social.example/u/1",
              "published": f"2026-03-0{n}T10:00:00Z", "content": text}
             for n, text in ((1, "Kanarifugl, takk!"), (2, "Plogen kommer klokka sju."))]
    (folder / "outbox.json").write_text(json.dumps({"@context": "https://www.w3.org/ns/activitystreams",
        "id": "outbox.json", "type": "OrderedCollection", "totalItems": 2,
        "orderedItems": [{"type": "Create", "id": i["id"] + "/a", "actor": i["attributedTo"],
                          "published": i["published"], "to": ["https://www.w3.org/ns/activitystreams#Public"],
                          "object": i} for i in items]}))
    (folder / "actor.json").write_text(json.dumps({"@context": "https://www.w3.org/ns/activitystreams",
        "id": "https://social.example/u/1", "type": "Person", "preferredUsername": "kommunen", "name": "Kommunen"}))
    run = import_paths([folder], store=session.store, keys=session.keys, clock=now)
    from ordskifte.records.sequencer import sequence_all
    sequence_all(signing=session.keys.signing, origin=session.keys.origin, clock=now)
    from ordskifte.threads.models import Utterance
    print(json.dumps({"state": run.state, "utterances": Utterance.objects.count()}))
"""

ERASE = """
import sys, json
from ordskifte.cli.session import opened
from ordskifte.base.clock import now
with opened(sys.argv[1]) as session:
    from ordskifte.archive.erasing import Place, erase
    from ordskifte.threads.models import Version
    one = Version.objects.get(text__contains="Kanarifugl").utterance_id
    gone = erase([one], basis="personvernforordningen art. 17", by="system:test", at=now(),
                 place=Place(session.store, session.keys))
    from ordskifte.records.sequencer import sequence_all
    sequence_all(signing=session.keys.signing, origin=session.keys.origin, clock=now)
    print(json.dumps(len(gone.erased)))
"""

TEXTS = """
import sys, json
from ordskifte.cli.session import opened
with opened(sys.argv[1]) as session:
    from ordskifte.threads.models import Version
    from ordskifte.records.models import Checkpoint
    print(json.dumps({"texts": sorted(Version.objects.values_list("text", flat=True)),
                      "note": Checkpoint.objects.order_by("-size").first().note}))
"""


def digests(home: Path, out: Path) -> object:
    """What an export of the home weighs, file by file."""
    from hashlib import sha256

    done = ordskifte("--home", home, "export", "activitystreams", "--out", out)
    assert done.status == 0, done.err
    return {
        str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def test_the_same_checkpoint_and_the_same_export_and_no_erased_word_again() -> None:
    with place() as folder:
        home, backup, key, listed = (folder / name for name in ("home", "b.backup", "key.txt", "erasures.json"))
        key.write_text(furnished(home))
        filled = python(FILL, home, folder / "export")
        assert filled.value == {"state": "done", "utterances": 2}, filled.err
        assert ordskifte("--home", home, "backup", backup).status == 0
        before = python(TEXTS, home).value
        exported = digests(home, folder / "out-1")

        again = folder / "again"
        done = ordskifte("restore", backup, "--home", again, "--recovery-key-file", key, "--json")
        assert done.status == 0, done.err
        assert "No list of later erasures" in done.err
        assert done.value["checkpoint"] == before["note"]
        assert python(TEXTS, again).value == before
        assert digests(again, folder / "out-2") == exported
        assert exported

        assert python(ERASE, home).value == 1
        assert ordskifte("--home", home, "erasures", listed, "--json").value == {"listed": 1, "erased": 0}
        verified = ordskifte("--home", home, "verify", "--json")
        assert verified.status == 0, verified.out
        assert "Kanarifugl" not in listed.read_text()

        third = folder / "third"
        done = ordskifte("restore", backup, "--home", third, "--recovery-key-file", key, "--erasures", listed, "--json")
        assert done.status == 0, done.err
        assert done.value["erased"] == 1
        assert not any("Kanarifugl" in text for text in python(TEXTS, third).value["texts"])
        verified = ordskifte("--home", third, "verify", "--json")
        assert verified.status == 0, verified.out

        broken = folder / "broken.json"
        broken.write_text("{}")
        done = ordskifte("restore", backup, "--home", folder / "no", "--recovery-key-file", key, "--erasures", broken)
        assert done.status == 2
        assert not (folder / "no").exists()
