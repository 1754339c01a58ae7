import os, pytest
from tests.peers.test_journal_pages import *
from tests.peers.test_journal_pages import Room, desk, browser, playwright, open_page

pytestmark = [pytest.mark.peers, pytest.mark.django_db(transaction=True)]
for _n in [n for n in list(globals()) if n.startswith("test_")]:
    del globals()[_n]


def test_shots(browser, live_server, desk):
    os.makedirs("/tmp/jshots", exist_ok=True)
    for width, scheme in ((1280, "light"), (375, "light"), (1280, "dark")):
        desk.person.scheme = scheme
        desk.person.save()
        page = open_page(browser, str(live_server), desk, viewport={"width": width, "height": 900}, color_scheme=scheme)
        for name, address in {**desk.pages, **desk.public}.items():
            if name in ("nothing", "open", "no hits", "hostile entry", "answered"):
                continue
            page.goto(address)
            page.screenshot(path=f"/tmp/jshots/{name.replace(' ', '_')}-{width}-{scheme}.png", full_page=True)
        page.context.close()
