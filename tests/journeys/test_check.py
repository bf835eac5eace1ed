"""The check before a yes is short enough to be read: on a phone, with every answer there whole."""

import pytest
from playwright.sync_api import Page, ViewportSize

from profiles.accounts.models import User
from profiles.topics.load import load
from tests.factories import begin_share, make_page, make_user
from tests.journeys.conftest import Browsers

PHONE = ViewportSize(width=390, height=844)
NINE = (
    "must_know", "yes_no", "ring_first", "appreciate", "important", "people", "communicate",
    "calm", "sleep",
)  # fmt: skip


@pytest.fixture
def jo(transactional_db: None) -> User:
    return make_user("jo@example.org")


def check_of(browsers: Browsers, jo: User, *topics: str) -> Page:
    """The check of a share of the first good example under each of these."""
    said = {topic: load().topic(topic).good[0] for topic in topics}
    begin_share(make_page(jo, **{"call_me": "Jo"} | said), topics=topics)
    window = browsers.open(jo, viewport=PHONE)
    window.goto("/me/sharing/new/check/")
    return window


@pytest.mark.parametrize("topics, screens", [(NINE, 3), ((*load().by_key,), 6)], ids=["9", "all"])
def test_what_is_asked_ends_within_so_many_screens(
    browsers: Browsers, jo: User, topics: tuple[str, ...], screens: int
) -> None:
    window = check_of(browsers, jo, *topics)
    last = window.get_by_role("button", name="No, do not share it").bounding_box()
    assert last
    assert last["y"] + last["height"] <= screens * PHONE["height"]
