"""docs/formats/ledger.md says what the code does: its example is the code's, and its own checker proves it."""

import subprocess
import sys
from pathlib import Path

import pytest

from ordskifte.records.ledger.check import check_proof
from ordskifte.records.ledger.proof import dump_proof
from tests.records.ledger.worked_example import PROOF, RAW, SIGNER, worked_example

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "formats" / "ledger.md"


@pytest.fixture
def text() -> str:
    return DOCUMENT.read_text()


def test_the_worked_example_is_what_the_code_makes(text: str) -> None:
    assert text.partition("## 10. Worked example\n\n")[2] == worked_example()


def run_checker(text: str, folder: Path, proof: bytes, content: bytes) -> subprocess.CompletedProcess[str]:
    """The document's own few lines of Python, as a stranger would run them."""
    (folder / "check.py").write_text(text.partition("```python\n")[2].partition("```")[0])
    (folder / "proof.json").write_bytes(proof)
    (folder / "content").write_bytes(content)
    return subprocess.run(
        [sys.executable, "-I", "check.py", "proof.json", str(SIGNER.verifier), "content"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_documents_checker_proves_the_example(text: str, tmp_path: Path) -> None:
    done = run_checker(text, tmp_path, dump_proof(PROOF), RAW.encode())
    assert (done.returncode, done.stdout) == (0, "proved: version 2026-03-11T14:50:00Z entry 1 of 3\n"), done.stderr
    assert check_proof(PROOF, str(SIGNER.verifier)).content == "bound"


@pytest.mark.parametrize(
    ("old", "new", "content"),
    [
        ("3\\n", "4\\n", RAW),
        ('"entry": 1', '"entry": 2', RAW),
        ('"entry": 1', '"entry": 3', RAW),
        ("import", "Import", RAW),
        (f'"salt": "{bytes(range(32, 64)).hex()}"', f'"salt": "{bytes(32).hex()}"', RAW),
        ("", "", RAW + "!"),
    ],
)
def test_the_documents_checker_refuses_what_was_altered(
    text: str, tmp_path: Path, old: str, new: str, content: str
) -> None:
    proof = dump_proof(PROOF).decode()
    assert old in proof
    assert run_checker(text, tmp_path, proof.replace(old, new).encode(), content.encode()).returncode != 0
