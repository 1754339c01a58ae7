"""A whole deposit: from rows and evidence to a package, with memory; and documents rendered a second.

The home is filled with an archive of any size, everything is decided to be archived, and every tenth record journalled.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.inputs import mastodon_archive

_HERE = Path(__file__).resolve().parent.parent
_COMMAND = [sys.executable, "-m", "ordskifte"]

_DECIDE = """
import sys
from ordskifte.cli.session import opened
with opened(sys.argv[1]):
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute('''
          insert into records_keepdecision (id, record_id, record_kind, outcome, documents, reason, words, rule,
                                            rule_version, basis, by, at)
          select gen_random_uuid(), id, 'utterance', 'archive', true, 'own_words', '', 'bench', '1',
                 'arkivforskrifta § 1', 'system:command', first_seen from threads_utterance
          on conflict do nothing''')
        cursor.execute('''
          with p as (
            insert into records_period (id, title, starts, ends, journal, opened_at, opened_by, closed_by)
            values (gen_random_uuid(), 'Sosiale medier', '2000-01-01', '2099-12-31', 'own', now(), 'system:command', '')
            on conflict do nothing returning id
          ), t as (
            select u.id, u.thread_id, u.first_seen, u.at, d.id as decision,
                   row_number() over (order by u.at, u.id) as n
            from threads_utterance u join records_keepdecision d on d.record_id = u.id
          ), k as (
            insert into records_case (id, period_id, year, number, external_system, external_id, title, public_title,
                                      status, unit_name, responsible, opened_on, made_at, made_by, closed_by)
            select gen_random_uuid(), p.id, 2026, n, '', t.id::text, 'Sak ' || n, '', 'closed', 'Service', '',
                   t.first_seen::date, t.first_seen, 'system:command', ''
            from t, p where n % 10 = 0 returning id, number
          ), h as (
            insert into records_casethread (thread_id, case_id, linked_at, linked_by)
            select distinct on (t.thread_id) t.thread_id, k.id, t.first_seen, 'system:command'
            from k join t on t.n = k.number on conflict do nothing
          )
          insert into records_journalentry (id, case_id, record_id, decision_id, kind, year, number, number_in_case,
                 external_id, status, journal_date, document_date, received_at, registered_at, registered_by, title,
                 public_title, closed_how, closed_by)
          select gen_random_uuid(), k.id, t.id, t.decision, 'in', 2026, t.n, 1, '', 'finished', t.first_seen::date,
                 t.at::date, t.at, t.first_seen, 'system:command', 'Kommentar ' || t.n, '', '', ''
          from k join t on t.n = k.number''')
"""

_WRITE = """
import json, resource, sys, time
from pathlib import Path
from ordskifte.cli.session import opened

class Ready:  # a press whose documents are rendered already
    puid = "fmt/476"
    def __init__(self, content): self.content = content
    def order(self, document):
        import io
        return lambda: io.BytesIO(self.content)

with opened(sys.argv[1]) as session:
    from ordskifte.archive.deposit import Assembling, Spool, reading
    from ordskifte.archive.exporting import contents_for
    from ordskifte.people.viewer import NOBODY
    from ordskifte.records.noark5.write.package import write_package
    from ordskifte.records.pdfa.render import Fonts, Renderer
    from ordskifte.records.pdfa.values import Document, Said
    with Renderer(Fonts()) as renderer:
        said = Said(author="Nabo", ours=False, text="Nar?", published="", the_one=True)
        pdf = renderer.render(Document("1", "Ytring", "Kommune", "nb", (), (said,))).content
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    begun = time.perf_counter()
    contents = contents_for(NOBODY, Ready(pdf), store=session.store, keys=session.keys)
    assembling = Assembling(NOBODY, contents)
    with reading(), Spool() as changes:
        done = write_package(assembling.uttrekk(changes), Path(sys.argv[2]), schemas=None, announce=assembling.announce)
    seconds = time.perf_counter() - begun
    print(json.dumps({
        "records": done.registreringer, "entries": done.journalposter, "files": done.dokumentfiler,
        "seconds": round(seconds, 1), "records_per_second": round(done.registreringer / seconds),
        "most_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "memory_before_mb": before,
    }))
"""

_RENDER = """
import json, resource, sys, time
from functools import partial
from pathlib import Path
from ordskifte.cli.session import opened
with opened(sys.argv[1]) as session:
    from ordskifte.archive.context_of import context_of
    from ordskifte.archive.document import document_of
    from ordskifte.archive.printing import Printer
    from ordskifte.archive.records_of import records_of
    from ordskifte.threads.models import Utterance
    ids = list(Utterance.objects.order_by("id").values_list("id", flat=True)[: int(sys.argv[2])])
    begun = time.perf_counter()
    with Printer(session.home.path / "fonts") as press:
        for start in range(0, len(ids), 200):
            records = records_of(ids[start : start + 200])
            contexts = context_of(records.values())
            orders = [
                press.order(partial(document_of, one, contexts.get(one.utterance_id, []), body="Kommune",
                                    language="nb", pictures=lambda _one: None, origin=""))
                for one in records.values()
            ]
            for order in orders:
                order()
    seconds = time.perf_counter() - begun
    print(json.dumps({
        "documents": len(ids), "documents_per_second": round(len(ids) / seconds),
        "most_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }))
"""


def figures(*, count: int, documents: int = 5_000, kept: Path | None = None) -> dict[str, Any]:
    """Records a second with documents rendered before, memory, and documents rendered a second."""
    with tempfile.TemporaryDirectory(prefix="ordskifte-bench-") as temporary:
        folder = kept or Path(temporary)
        home = folder / "deposit-home"
        os.chmod(temporary, 0o755)
        if not home.exists():
            archive = mastodon_archive(Path(temporary) / "archive", count)
            _ran([*_COMMAND, "--home", str(home), "import", str(archive), "--keep", "later", "--json"])
            _ran([sys.executable, "-c", _DECIDE, str(home)])
        wrote = _ran([sys.executable, "-c", _WRITE, str(home), str(Path(temporary) / "package")])
        rendered = _ran([sys.executable, "-c", _RENDER, str(home), str(documents)])
    return {"written": json.loads(wrote), "rendered": json.loads(rendered)}


def _ran(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, check=True, cwd=_HERE, text=True).stdout
