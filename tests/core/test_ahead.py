"""What a browser fetches ahead is no look: nobody has seen it."""

import pytest
from django.urls import reverse

from tests.factories import make_share
from tests.readers import address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "purpose", ["prefetch", "prefetch;prerender", "Prefetch; anonymous-client-ip"]
)
def test_what_is_fetched_ahead_writes_no_look_and_is_asked_for_again(anas_page, cal, purpose):
    share = make_share(anas_page)
    cal.come_in(share)
    before = share.looks.count()
    page = address("door:read", share.key)
    ahead = cal.browser.get(page, headers={"Sec-Purpose": purpose})
    assert (ahead.status_code, ahead.content) == (503, b"")
    assert share.looks.count() == before
    assert cal.browser.get(page).status_code == 200
    assert share.looks.count() == before + 1


def test_nor_is_a_page_of_ones_own(anas_browser, anas_page):
    home = reverse("house:me")
    assert anas_browser.get(home, headers={"Sec-Purpose": "prefetch"}).status_code == 503
    assert anas_browser.get(home).status_code == 200
