"""The demo's journal: something to see in every list of it."""

from pathlib import Path

import pytest
from django.test import Client

from ordskifte.archive.models import AccessRequest, Delivery, JournalChoice, Release
from ordskifte.base.home import Home
from ordskifte.base.keys import Keys
from ordskifte.base.store import FolderStore
from ordskifte.records.models import Case, JournalEntry, Shielding
from ordskifte.web.demo.body import fill_body

pytestmark = pytest.mark.django_db


def test_the_journal_has_something_of_everything_and_is_laid_once(
    store: FolderStore, keys: Keys, tmp_path: Path, client: Client
) -> None:
    home = Home(tmp_path)
    for _ in range(2):
        fill_body(home=home, store=store, keys=keys)
        own = JournalEntry.objects.exclude(number=None)
        assert sorted(one or 0 for one in own.values_list("number", flat=True)) == list(range(1, 10))
        assert own.filter(closed_how="answered").count() == 3
        assert {"received", "sent"} == set(Delivery.objects.values_list("state", flat=True))
        assert Case.objects.get(external_number=118).called == "2025/118"
        assert (AccessRequest.objects.count(), Release.objects.count(), JournalChoice.objects.count()) == (1, 1, 2)
    assert Shielding.objects.filter(by="system:sensitive_units").exists()
    text = client.get("/journal/").text
    assert "Hilde Rønning" in text
    for hidden in ("Fatima", "Oline", "barnehageplass"):
        assert hidden not in text
