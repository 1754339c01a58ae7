"""What leaves, as bytes that can be compared: what was approved is what goes out."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from ordskifte.base.canonical import canonical
from ordskifte.publish.models import Outbox


def digest_of(value: Mapping[str, Any] | Sequence[Any]) -> str:
    return sha256(canonical(value)).hexdigest()


def row_digest(row: Outbox) -> str:
    """The digest of everything of a row that its receiver gets."""
    return digest_of(
        {
            "kind": str(row.kind),
            "channel": str(row.channel_id) if row.channel_id else None,
            "text": row.text,
            "language": row.language,
            "subject": row.subject,
            "to": row.to,
            "target": row.target_external_id,
            "title": row.details.get("title", ""),
            "pictures": row.details.get("pictures", []),
            "films": row.details.get("films", []),
        }
    )
