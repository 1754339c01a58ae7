"""The worked example of docs/formats/ledger.md, made by the code that the document describes."""

from datetime import UTC, datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ordskifte.records.ledger.checkpoint import TreeHead, sign_checkpoint
from ordskifte.records.ledger.leaf import content_commitment, leaf_body, row_commitment
from ordskifte.records.ledger.note import Signer
from ordskifte.records.ledger.proof import Proof, dump_proof
from ordskifte.records.ledger.tree import inclusion_ranges, leaf_hash, root

ORIGIN = "eksempel.example/ordskifte"
SIGNER = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
RAW = '{"content":"Når åpner biblioteket?"}'
SALT = bytes(range(32, 64))
ROW = '{"kind":"post","text":"Når åpner biblioteket?"}'
RECORD = "0198f3a2-7c1e-8abc-9def-001122334455"
AT = datetime(2026, 3, 11, 14, 50, tzinfo=UTC)
LEAVES = [
    leaf_body(
        "channel.created", at=AT, actor="person:0b54c1de-6a3e-4a53-9d0c-5f7d7f0f3a11", details={"kind": "mastodon"}
    ),
    leaf_body(
        "version",
        at=AT,
        actor="import",
        record=RECORD,
        details={"utterance": "6d1f0c52-93a4-8e77-a1b0-2c3d4e5f6071"},
        content=content_commitment(SALT, sha256(RAW.encode()).digest()),
        row=row_commitment(SALT, ROW.encode()),
    ),
    leaf_body("import.ended", at=AT, actor="import", details={"versions": 1}),
]
HASHES = [leaf_hash(leaf) for leaf in LEAVES]
HEAD = TreeHead(ORIGIN, 3, root(HASHES))
NOTE = sign_checkpoint(HEAD, [SIGNER])
PROOF = Proof(
    origin=ORIGIN,
    record=RECORD,
    entry=1,
    leaf=LEAVES[1],
    salt=SALT,
    raw_digest=sha256(RAW.encode()).digest(),
    erased=False,
    path=tuple(root(HASHES[start:end]) for start, end in inclusion_ranges(1, 3)),
    checkpoint=NOTE,
)


def block(content: str, kind: str = "text") -> str:
    return f"```{kind}\n{content.rstrip()}\n```\n"


def worked_example() -> str:
    """The section's text, from its first sentence to its last block."""
    left, right = (root(HASHES[:2]), HASHES[2])
    return f"""\
The signing key's seed is the bytes 00 01 02 ... 1f, so the verifier key is:

{block(str(SIGNER.verifier))}
What was received is these bytes, and the row that was made of them has this canonical JSON; the salt is the bytes
20 21 22 ... 3f:

{block(RAW, "json")}
{block(ROW, "json")}
{
        block(
            f'''SHA-256 of what was received  {sha256(RAW.encode()).hexdigest()}
content                       {content_commitment(SALT, sha256(RAW.encode()).digest()).hex()}
row                           {row_commitment(SALT, ROW.encode()).hex()}'''
        )
    }
The ledger has three entries. These are their leaves, each on one line without a newline at its end:

{chr(10).join(block(leaf.decode(), "json") for leaf in LEAVES)}
Their leaf hashes, the node over the first two, and the root:

{
        block(
            f'''entry 0     {HASHES[0].hex()}
entry 1     {HASHES[1].hex()}
entry 2     {HASHES[2].hex()}
over 0, 1   {left.hex()}
root        {root([left, right]).hex()}'''
        )
    }
The checkpoint:

{block(NOTE)}
The proof file of entry 1:

{block(dump_proof(PROOF).decode(), "json")}"""
