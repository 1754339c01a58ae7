"""What of a document everyone may read: the words, without what is shielded, and pictures when they are not."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ordskifte.archive.journal_values import Valued, hider
from ordskifte.archive.models import Release
from ordskifte.records.noark5.public import HIDDEN, name_is_searchable
from ordskifte.threads.models import Version


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """The words that were set free, as they stand in public on a day."""

    author: str
    at: datetime
    title: str
    text: str
    permalink: str
    version_id: UUID


def document_for(valued: Valued, *, on: date, version_id: UUID | None = None) -> PublicDocument | None:
    """The version that a person set free; with `version_id`, how that one would stand. Three queries."""
    if version_id is None:
        version_id = (
            Release.objects.filter(entry=valued.entry, ended_at=None).values_list("version_id", flat=True).first()
        )
    if version_id is None:
        return None
    version = Version.objects.select_related("author").filter(pk=version_id, erased_at=None).first()
    fields = {one.field for one in valued.shielded}
    if version is None or fields & {"text", "whole"}:
        return None
    hide = hider(valued)
    name = (version.author.name or version.author.handle) if version.author else ""
    natural = any(
        part.fysisk_person and part.korrespondansepart_navn == name for part in valued.post.korrespondanseparter
    )
    known = name_is_searchable(valued.post.journaldato, on) or not natural
    if not known:
        people = [part.korrespondansepart_navn for part in valued.post.korrespondanseparter if part.fysisk_person]
        hide = hide.and_names(people)
    return PublicDocument(
        author=HIDDEN if "author" in fields or not known else hide(name),
        at=version.at,
        title=hide(version.title) if "title" not in fields else HIDDEN if version.title else "",
        text=hide(version.text),
        # an address often holds the account's name: it is shown only where everything of the entry is
        permalink=version.permalink if not valued.words and known else "",
        version_id=version.id,
    )
