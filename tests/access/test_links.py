"""No page shows a link that its reader may not follow, or that leads nowhere."""

from __future__ import annotations

import pytest

from tests.access.crawl import crawl_pages, links
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.long]

# {person: a page that their links must lead to}
READERS = {
    "office": "/periods/2015Q3/",
    "clerk": "/returns/2015Q3/keji/",
    "town": "/returns/2015Q3/xiaolan/",
    "far_town": "/towns/dongqu/",
}


@pytest.mark.parametrize("person", READERS)
def test_every_link_leads_somewhere(world: World, person: str) -> None:
    seen = crawl_pages(world.client(person), "/")
    assert {
        address: answer.status_code for address, answer in seen.items() if answer.status_code != 200
    } == {}
    assert READERS[person] in seen


def test_the_administrators_links_stay_with_the_accounts(world: World) -> None:
    browser = world.client("admin")
    for address in ("/admin/", "/admin/auth/user/", f"/admin/auth/user/{world.people['town'].pk}/change/"):
        # The list's own filters and orders are Django's, and without end.
        shown = {link for link in links(address, browser.get(address)) if "?" not in link}
        assert {link.split("/")[1] for link in shown} == {"admin"}
        assert {link: browser.get(link).status_code for link in shown} == dict.fromkeys(shown, 200)
