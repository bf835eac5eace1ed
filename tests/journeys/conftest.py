"""Windows of a real browser, and what every journey in them must keep to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from profiles.accounts.models import User
from profiles.pages.decorators import VISITORS_PAGES
from profiles.pages.models import Profile
from tests.journeys.steps import IMPORTANT
from tests.journeys.watch import Watch

PATIENCE = 15_000  # milliseconds: the first page that is printed starts worker processes


@dataclass
class Browsers:
    """Opens browsers, each with cookies of its own, and watches what goes on in them."""

    new_context: Callable[..., BrowserContext]
    address: str
    watches: list[Watch] = field(default_factory=list)

    def open(self, whose: Profile | User | None = None, **how: Any) -> Page:
        """A window of a new browser: that of whoever began this page, or is signed in."""
        context = self.new_context(base_url=self.address, **how)
        context.set_default_timeout(PATIENCE)
        self.watches.append(Watch(context, self.address))
        if whose is not None:
            remember(context, whose, self.address)
        return context.new_page()


@pytest.fixture
def browsers(
    live_server: LiveServer, new_context: Callable[..., BrowserContext]
) -> Iterator[Browsers]:
    """Every journey ends with this: nothing was asked of others, and nothing went wrong unseen."""
    expect.set_options(timeout=PATIENCE)
    opened = Browsers(new_context, live_server.url)
    yield opened
    assert [problem for watch in opened.watches for problem in watch.problems] == []


@pytest.fixture
def window(browsers: Browsers, visitors_page: Profile) -> Page:
    """Where Jo, who has begun a page and has no account, is asked what matters."""
    opened = browsers.open(visitors_page)
    opened.goto(IMPORTANT)
    return opened


@pytest.fixture(
    params=[
        pytest.param(True, id="with script"),
        # By day, the tests of the views are without scripts: their client knows none.
        pytest.param(False, id="without script", marks=pytest.mark.nightly),
    ]
)
def scripted(request: pytest.FixtureRequest) -> bool:
    """Is JavaScript on? Every journey works either way."""
    return bool(request.param)


def remember(context: BrowserContext, whose: Profile | User, address: str) -> None:
    """Let a browser be the one in which a visitor began this page, or somebody has signed in."""
    client = Client()
    if isinstance(whose, User):
        client.force_login(whose)
        session = client.session
    else:
        session = client.session
        session[VISITORS_PAGES] = [whose.key]
        session.save()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": address}
    context.add_cookies([cookie])  # type: ignore[list-item]
