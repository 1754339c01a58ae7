"""The desk's figures: the inbox, a conversation and the news of an open desk, at twenty requests a second, with
20,000 open conversations among a million utterances. The rows are made by SQL: what is measured is reading."""

import re
import subprocess
from pathlib import Path
from string import Template
from typing import Any

import psycopg

from bench.inputs import x_archive
from bench.load import get
from bench.pages import home_folder, measured
from bench.signed_in import COMMAND, serving
from ordskifte.base.postgres import Embedded

OPEN = 20_000
_EACH = 4  # utterances in a thread

FILL = """
insert into plan_channel (id, name, kind, external_id, handle, url, practice, created_at)
select md5('channel' || n)::uuid, 'Kanal ' || n, 'facebook', 'konto-' || n, '', '', false, now()
from generate_series(1, 10) n;

insert into people_unit (id, name, sensitive)
select md5('unit' || n)::uuid, 'Enhet ' || n, n = 8 from generate_series(1, 8) n;

insert into plan_topic (id, names, words, unit_id, four_eyes)
select md5('topic' || n)::uuid, jsonb_build_object('nb', 'Tema ' || n), '["brøyt"]', md5('unit' || n)::uuid, false
from generate_series(1, 7) n;

insert into threads_author (id, channel_id, external_id, handle, name, url, ours)
select md5('author' || n)::uuid, md5('channel' || (n % 10 + 1))::uuid, 'a' || n, '@a' || n, 'Person ' || n, '', n <= 10
from generate_series(1, 100000) n;

insert into threads_thread (id, channel_id, title, title_at, first_at, last_at, utterances, ours, has_media, edited,
    deleted, private, languages)
select md5('u' || (n * ${each}))::uuid, md5('channel' || (n % 10 + 1))::uuid, 'Når brøyter dere vei ' || n || '?',
    t, t, t + interval '3 hours', ${each}, 1, false, false, false, n % 50 = 0, '{nb}'
from (select n, now() - n * interval '5 minutes' t from generate_series(0, ${threads} - 1) n) made;

insert into threads_utterance (id, channel_id, thread_id, parent_id, external_id, author_id, kind, ours, private,
    published, at, current_id, versions, deleted, first_seen)
select md5('u' || n)::uuid, md5('channel' || (n / ${each} % 10 + 1))::uuid,
    md5('u' || (n / ${each} * ${each}))::uuid,
    case when n % ${each} > 0 then md5('u' || (n / ${each} * ${each}))::uuid end, 'e' || n,
    md5('author' || (case when n % ${each} = 3 then n / ${each} % 10 + 1 else n % 99000 + 11 end))::uuid,
    'comment', n % ${each} = 3, n / ${each} % 50 = 0, t, t, md5('v' || n)::uuid, 1, false, t
from (select n, now() - n / ${each} * interval '5 minutes' + n % ${each} * interval '1 hour' t
    from generate_series(0, ${threads} * ${each} - 1) n) made;

insert into threads_version (id, utterance_id, author_id, key, kind, at, published, seen, title, summary, text, alts,
    language, english, visibility, permalink, attachments, extra, masked, tags)
select md5('v' || n)::uuid, md5('u' || n)::uuid, md5('author' || (n % 99000 + 11))::uuid, '', 'comment', t, t, t,
    '', '',
    'Når har dere tenkt å brøyte vei nummer ' || n || '? Bussen kommer ikke fram. Elendig planlegging!',
    '', 'nb', false, 'public', '', '[]', '{}', 0, array['~m202611']
from (select n, now() - n / ${each} * interval '5 minutes' t
    from generate_series(0, ${threads} * ${each} - 1) n) made;

insert into converse_conversation (thread_id, channel_id, private, state, turn, topic_id, unit_id, kind, warnings,
    language, says, newest_id, arrived_at, opened_at, last_at, clock_from, risk_at, due_at, response_type, closed_at,
    serial)
select md5('u' || (n * ${each}))::uuid, md5('channel' || (n % 10 + 1))::uuid, n % 50 = 0,
    case when n >= ${open} then 'done' when n % 7 = 0 then 'waiting' else 'open' end,
    case when n >= ${open} or n % 9 = 0 then 'theirs' else 'ours' end,
    md5('topic' || (n % 7 + 1))::uuid, md5('unit' || (n % 8 + 1))::uuid, 'criticism',
    case when n % 100 = 0 then '{threat}'::text[] when n % 20 = 0 then '{klage}' else '{}' end,
    'nb', 'Når har dere tenkt å brøyte vei nummer ' || n || '?', md5('u' || (n * ${each} + 2))::uuid, t, t, t,
    case when n < ${open} then t end, case when n < ${open} then t + interval '1 day' end,
    case when n < ${open} then t + interval '90 days' end, case when n < ${open} then '' else 'F1' end,
    case when n >= ${open} then t end, 1
from (select n, now() - n * interval '5 minutes' t from generate_series(0, ${conversations} - 1) n) made;

insert into converse_assessment (version_id, utterance_id, language, language_sure, kind, formal, journal_candidate,
    moderation, personal_data, why, rules_version, at)
select md5('v' || n)::uuid, md5('u' || n)::uuid, 'nb', true, 'criticism', '{}', false, 'keep', '[]',
    '[{"rule": "question.when", "start": 0, "end": 3}]', 'x', now()
from generate_series(0, ${conversations} * ${each} - 1) n;

insert into converse_answered (id, conversation_id, channel_id, kind, response_type, holding, at, in_time)
select md5('a' || n)::uuid, md5('u' || (n * ${each}))::uuid, md5('channel' || (n % 10 + 1))::uuid, 'question', 'F1',
    false, now() - (n - ${open}) * interval '5 minutes', true
from generate_series(${open}, ${conversations} - 1) n;

insert into converse_task (id, kind, conversation_id, says, due_at, made_at)
select md5('t' || n)::uuid, 'commitment', md5('u' || (n * ${each}))::uuid, 'Vi svarer i morgen.',
    now() + n * interval '1 hour', now()
from generate_series(0, 999) n;
"""


MODERATES = """
insert into people_grant (id, person_id, role, given_at)
select gen_random_uuid(), id, 'moderator', now() from people_person on conflict do nothing
"""


def fill(home: Path, *, utterances: int) -> None:
    """A million utterances with their conversations."""
    numbers = {"each": _EACH, "threads": utterances // _EACH, "open": OPEN, "conversations": OPEN * 4}
    with Embedded(home) as database, psycopg.connect(**database.address("owner"), autocommit=True) as connection:
        for statement in Template(FILL).substitute(numbers).split(";\n\n"):
            connection.execute(statement.encode())
        connection.execute("vacuum analyze")


def figures(*, count: int, kept: Path | None = None, seconds: int = 20) -> dict[str, Any]:
    """Fill a home by SQL, serve it, and ask for the desk's pages. `kept`: as for the pages."""
    with home_folder(kept) as folder:
        home = folder / "desk"
        if not (home / "home.json").exists():
            archive = x_archive(folder / "few", 10)
            subprocess.run([*COMMAND, "--home", home, "import", archive, "--json"], check=True, capture_output=True)
            fill(home, utterances=count)
        with serving(home) as served:
            with psycopg.connect(**Embedded(home).address("owner"), autocommit=True) as connection:
                connection.execute(MODERATES)
            first = get(served.address, "/desk/", served.headers)
            found = list(dict.fromkeys(re.findall(r'href="(/desk/c/[0-9a-f-]{36}/)"', first)))
            pages = {
                "inbox": ["/desk/"],
                "warned": ["/desk/?view=warned"],
                "conversation": found,
                "news": ["/desk/news/?view=needs&since=2026-01-01T00:00:00Z"],
            }
            everything = [paths[at % len(paths)] for at in range(500) for paths in pages.values()]
            made: dict[str, Any] = {"utterances": count, "open_conversations": OPEN, "requests_a_second": 20}
            for name, paths in {**pages, "all_mixed": everything}.items():
                made[name] = measured(served, paths, seconds=seconds)
            return made
