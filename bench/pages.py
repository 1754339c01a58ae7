"""The pages' figures at a million utterances: thread list, thread page and search at twenty requests a second; and a
staff act's time while an import runs."""

import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from bench.inputs import x_archive
from bench.signed_in import serving, token_in

COMMAND = [sys.executable, "-m", "ordskifte"]
COMMON = ("veien", "kommunen", "brøytet", "barnehage", "bussen", "påsken", "hjelp", "servicetorget")
PHRASES = ('"åpningstidene på"', '"rask hjelp fra"', '"heller kva gjer"', '"dette holder ikke"')
RATE = 20  # requests a second


def _percentile(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "median_ms": round(statistics.median(ordered) * 1000, 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 1),
        "requests": len(ordered),
    }


def _paced(what: Callable[[int], Any], seconds: int) -> dict[str, float]:
    """Call `what` twenty times a second, each in a thread of its own, as twenty people would."""
    times: list[float] = []
    started = time.perf_counter()
    threads = []

    def one(number: int) -> None:
        at = time.perf_counter()
        what(number)
        times.append(time.perf_counter() - at)

    for number in range(seconds * RATE):
        thread = threading.Thread(target=one, args=(number,))
        thread.start()
        threads.append(thread)
        time.sleep(max(0.0, started + (number + 1) / RATE - time.perf_counter()))
    for thread in threads:
        thread.join()
    return _percentile(times)


def _queries(rare: list[str]) -> list[str]:
    """Half rare words, four in ten common ones, one in ten phrases."""
    chance = random.Random(7)
    return [
        chance.choice(rare) if at % 10 < 5 else chance.choice(COMMON) if at % 10 < 9 else chance.choice(PHRASES)
        for at in range(500)
    ]


def _rare(archive: Path) -> list[str]:
    """The last word of some tweets: made up, and found in very few others."""
    with (archive / "data" / "tweet.js").open(encoding="utf-8") as lines:
        text = lines.read(4_000_000)
    return [part.split('"', 1)[0].rsplit(" ", 1)[-1] for part in text.split('"full_text": "')[1:2000]]


def figures(*, count: int, seconds: int = 20) -> dict[str, Any]:
    """Bring in `count` utterances, then ask for pages through the real server, signed in."""
    with tempfile.TemporaryDirectory(prefix="ordskifte-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        archive = x_archive(folder / "x", count)
        home = folder / "home"
        subprocess.run([*COMMAND, "--home", home, "import", archive, "--json"], check=True, capture_output=True)
        small = x_archive(folder / "more", max(count // 5, 1000))
        with serving(home) as (address, cookies):
            client = httpx.Client(
                base_url=address, cookies=cookies, timeout=60, limits=httpx.Limits(max_connections=50)
            )

            def get(path: str, **params: str) -> None:
                found = client.get(path, params=params)
                if found.status_code != 200:
                    raise SystemExit(f"{path} answered {found.status_code}")

            threads = re.findall(r'href="/desk/threads/([0-9a-f-]{36})/"', client.get("/desk/threads/").text)
            queries = _queries(_rare(archive))
            for path in ("/desk/threads/", "/desk/search/?q=hjelp"):
                get(path)
            made = {
                "utterances": count,
                "thread_list": _paced(lambda number: get("/desk/threads/"), seconds),
                "thread_page": _paced(lambda number: get(f"/desk/threads/{threads[number % len(threads)]}/"), seconds),
                "search": _paced(lambda number: get("/desk/search/", q=queries[number % len(queries)]), seconds),
            }
            page = client.get("/desk/people/units/")
            if page.status_code != 200:
                raise SystemExit(f"the page of units answered {page.status_code}")
            token = token_in(page.text)
            importing = subprocess.Popen(
                [*COMMAND, "--home", home, "import", small, "--channel", "Målt", "--json"], stdout=subprocess.DEVNULL
            )
            times = []
            while importing.poll() is None:  # an act: a row, an entry, one transaction
                at = time.perf_counter()
                data = {"name": f"Enhet {len(times)}", "csrfmiddlewaretoken": token}
                if client.post("/desk/people/units/", data=data).status_code != 302:
                    raise SystemExit("the act was refused")
                times.append(time.perf_counter() - at)
                time.sleep(0.1)
            made["staff_act_during_import"] = _percentile(times)
            return made
