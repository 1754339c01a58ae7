"""How fast a deposit is written and checked, and how much memory both take; in a process of their own."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_RUN = """
import json, resource, sys, time
from pathlib import Path
from ordskifte.records.noark5.check.run import check_package
from ordskifte.records.noark5.write.package import write_package
from tests.records.noark5.world import archive, extraction, many

out, count = Path(sys.argv[1]), int(sys.argv[2])
begun = time.perf_counter()
done = write_package(extraction(archive(many(count)), endringer=()), out, schemas=None)
written = time.perf_counter()
report = check_package(out)
checked = time.perf_counter()
print(json.dumps({
    "entries": done.journalposter,
    "files": done.dokumentfiler,
    "written_per_second": round(done.journalposter / (written - begun)),
    "checked_per_second": round(done.journalposter / (checked - written)),
    "errors": sum(one.errors for one in report.tests.values()),
    "most_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
}))
"""


def figures(*, count: int) -> dict[str, Any]:
    """Entries a second, written (with two small files each) and checked."""
    with tempfile.TemporaryDirectory(prefix="ordskifte-bench-") as folder:
        ran = subprocess.run(
            [sys.executable, "-c", _RUN, Path(folder) / "package", str(count)],
            capture_output=True,
            check=True,
            cwd=Path(__file__).resolve().parent.parent,
            text=True,
        )
    found: dict[str, Any] = json.loads(ran.stdout)
    return found
