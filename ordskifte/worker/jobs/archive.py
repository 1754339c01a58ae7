"""Jobs of deciding and keeping: what waits, what imports decided, what goes, what is warned of."""

from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from ordskifte.archive.erasing import Place
from ordskifte.base.clock import now
from ordskifte.base.keys import load_keys
from ordskifte.base.store import store_of
from ordskifte.worker.retry import AFTER_TROUBLE


def place() -> Place:
    """The home's store and keys."""
    return Place(store_of(settings.HOME), load_keys(settings.HOME))


@app.task(name="import_ended", retry=AFTER_TROUBLE)
def import_ended(import_id: str) -> None:
    """The keep-decision of an import becomes decisions; the rest waits, with proposals."""
    from ordskifte.archive.imported import decide_import

    decide_import(UUID(import_id), at=now())
    app.configure_task("read_proposals").defer()


@app.task(name="read_proposals", retry=AFTER_TROUBLE)
def read_proposals() -> None:
    """Propose for all that waits without a proposal, a chunk in each transaction."""
    from ordskifte.archive import worklist

    while worklist.read_proposals(at=now()):
        pass


@app.task(name="to_decide", retry=AFTER_TROUBLE)
def to_decide(version_ids: list[str]) -> None:
    """What came in waits for its decision; what was left out and is now deleted on the platform goes at once."""
    from ordskifte.archive.arriving import on_arrived

    on_arrived([UUID(one) for one in version_ids], at=now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="keep_acts", queueing_lock="keep_acts")
def keep_acts(timestamp: int) -> None:
    """Measures and complaints get a record of their own."""
    from ordskifte.archive.deciding import keep_acts as keep

    keep(at=now())


@app.task(name="purge_deleted", retry=AFTER_TROUBLE)
def purge_deleted(record_ids: list[str]) -> None:
    """What its author deleted and was left out."""
    from ordskifte.archive.purge import purge_deleted as purge

    purge([UUID(one) for one in record_ids], at=now(), place=place())


@app.periodic(cron="29 2 * * *")
@app.task(name="purge", queueing_lock="purge")
def purge(timestamp: int) -> None:
    """Each night: what was left out longer ago than the body has set."""
    from ordskifte.archive.purge import purge_due

    purge_due(at=now(), place=place())


@app.periodic(cron="7 6 * * *")
@app.task(name="warn_undecided", queueing_lock="warn_undecided")
def warn_undecided(timestamp: int) -> None:
    """Each morning: what nobody has decided for too long is a task; what a lost job left is found."""
    from ordskifte.archive.warning import warn
    from ordskifte.archive.worklist import enqueue_missing

    enqueue_missing()
    app.configure_task("read_proposals").defer()
    warn(at=now())


@app.task(name="dispose", retry=AFTER_TROUBLE)
def dispose(disposal_id: str) -> None:
    """Carry out a list that two persons stand behind."""
    from ordskifte.archive.disposal import carry_out

    carry_out(UUID(disposal_id), at=now(), place=place())


@app.task(name="erase_asked", retry=AFTER_TROUBLE)
def erase_asked(request_id: str) -> None:
    """Carry out an answered request for erasure."""
    from ordskifte.archive.privacy import carry_out

    carry_out(UUID(request_id), at=now(), place=place())
