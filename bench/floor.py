"""The floor under an import: parse, SHA-256, deflate and COPY of the same bytes with the same indexes, no more.

Run as `python -m bench.floor ARCHIVE`, in a home of its own; prints items a second.
"""

import json
import shutil
import sys
import tempfile
import zlib
from hashlib import sha256
from pathlib import Path
from time import perf_counter

import psycopg

from ordskifte.base.postgres import Embedded

TABLE = """
create table floor (id text primary key, parent text, digest text, at timestamptz, body text,
    search tsvector generated always as (to_tsvector('norwegian', body)) stored);
create index on floor (parent); create index on floor (at); create index on floor using gin (search);
"""


def lines(path: Path) -> list[str]:
    text = path.read_text()
    decode, at, made = json.JSONDecoder().raw_decode, text.index("[") + 1, []
    pack = zlib.compressobj(6, zlib.DEFLATED, 31)
    while text[at] != "]":
        item, end = decode(text, at)
        raw = text[at:end].encode()
        pack.compress(raw)
        tweet = item["tweet"]
        body = tweet["full_text"].replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
        parent = tweet.get("in_reply_to_status_id_str", "\\N")
        made.append(f"{tweet['id']}\t{parent}\t{sha256(raw).hexdigest()}\t{tweet['created_at']}\t{body}")
        at = end + (text[end] == ",")
    return made


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="ordskifte-floor-"))
    folder.chmod(0o711)  # as root the database's own user must be able to pass
    with (
        Embedded(folder / "home") as server,
        psycopg.connect(**server.address("owner")) as connection,
    ):
        connection.execute(TABLE)  # type: ignore[arg-type]  # a constant
        connection.commit()
        started = perf_counter()
        made = lines(Path(sys.argv[1]) / "data" / "tweet.js")
        for first in range(0, len(made), 5000):
            with connection.cursor().copy("copy floor (id, parent, digest, at, body) from stdin") as copy:
                copy.write("\n".join(made[first : first + 5000]) + "\n")
            connection.commit()
        print(round(len(made) / (perf_counter() - started)))
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
