"""The pages' figures at a million utterances through the real server: thread list, thread page and search at twenty
requests a second, each alone and all mixed; and a staff act's time while an import runs.

Wall-clock times say what a person waits, on a machine that does nothing else. `cpu_ms` is processor time per request,
of the web processes and of the database; it hardly changes when the machine is shared."""

import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from bench.inputs import tweets, x_archive
from bench.load import cpu_seconds, get, paced, percentiles
from bench.signed_in import Served, serving, token_in

COMMAND = [sys.executable, "-m", "ordskifte"]
COMMON = ("veien", "kommunen", "brøytet", "barnehage", "bussen", "påsken", "hjelp", "servicetorget")
PHRASES = ('"åpningstidene på"', '"rask hjelp fra"', '"heller kva gjer"', '"dette holder ikke"')


def _searches() -> list[str]:
    """Half rare words (the last word of a tweet is made up, and found in very few), four in ten common, one in ten
    phrases."""
    chance = random.Random(7)
    rare = [str(tweet["full_text"]).rsplit(" ", 1)[-1] for tweet in tweets(2000)]
    words = [
        chance.choice(rare) if at % 10 < 5 else chance.choice(COMMON) if at % 10 < 9 else chance.choice(PHRASES)
        for at in range(500)
    ]
    return [f"/desk/search/?{urlencode({'q': word})}" for word in words]


def measured(served: Served, paths: Sequence[str], *, seconds: int) -> dict[str, Any]:
    for path in paths[:20]:
        get(served.address, path, served.headers)  # what every new process does once is not measured
    web, database = cpu_seconds([served.pid]), cpu_seconds([served.database])
    times = paced(served.address, paths, served.headers, seconds=seconds)
    web, database = cpu_seconds([served.pid]) - web, cpu_seconds([served.database]) - database
    each = {"web": round(1000 * web / len(times), 1), "database": round(1000 * database / len(times), 1)}
    return {**percentiles(times), "cpu_ms": each}


def _acts_during_import(served: Served, archive: Path) -> dict[str, float]:
    """Acts of a person (a row, an entry, one transaction), one after the other, until an import beside them ends."""
    with httpx.Client(base_url=served.address, headers=served.headers, timeout=60) as client:
        page = client.get("/desk/people/units/")
        token, cookies = token_in(page.text), dict(page.cookies)
        command = [*COMMAND, "--home", str(served.home), "import", str(archive), "--channel", "Målt", "--json"]
        importing = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        headers = {"Cookie": "; ".join([served.headers["Cookie"], *(f"{k}={v}" for k, v in cookies.items())])}
        times: list[float] = []
        while importing.poll() is None:
            at = time.perf_counter()
            data = {"name": f"Enhet {time.time_ns()}", "csrfmiddlewaretoken": token}
            if client.post("/desk/people/units/", data=data, headers=headers).status_code != 302:
                raise SystemExit("the act was refused")
            times.append(time.perf_counter() - at)
            time.sleep(0.1)
        return percentiles(times)


@contextmanager
def home_folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        kept.chmod(0o711)  # as root the database's own user must be able to pass
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="ordskifte-bench-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        yield Path(name)


def figures(*, count: int, kept: Path | None = None, seconds: int = 30) -> dict[str, Any]:
    """Bring in `count` utterances, then ask for pages through the real server, signed in.

    `kept`: a folder for the home, which is used again by the next run.
    """
    with home_folder(kept) as folder:
        home = folder / "home"
        if not (home / "home.json").exists():
            archive = x_archive(folder / "x", count)
            subprocess.run([*COMMAND, "--home", home, "import", archive, "--json"], check=True, capture_output=True)
        more = x_archive(folder / "more", max(count // 5, 1000))
        with serving(home) as served:
            first = get(served.address, "/desk/threads/", served.headers)
            found = list(dict.fromkeys(re.findall(r'href="(/desk/threads/[0-9a-f-]{36}/)"', first)))
            pages = {"thread_list": ["/desk/threads/"], "thread_page": found, "search": _searches()}
            everything = [paths[at % len(paths)] for at in range(500) for paths in pages.values()]
            made: dict[str, Any] = {"utterances": count, "requests_a_second": 20}
            for name, paths in {**pages, "all_mixed": everything}.items():
                made[name] = measured(served, paths, seconds=seconds)
            made["staff_act_during_import"] = _acts_during_import(served, more)
            return made
