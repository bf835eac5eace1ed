"""A real window in which somebody with no account has begun a page."""

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer


@pytest.fixture
def context_of_visitor(
    browser: Browser, live_server: LiveServer, visitor: Client
) -> Iterator[BrowserContext]:
    """The visitor's browser: it has the cookie of their session."""
    key = visitor.session.session_key
    assert key
    with browser.new_context(base_url=live_server.url) as context:
        context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        yield context


@pytest.fixture
def window(context_of_visitor: BrowserContext) -> Page:
    return context_of_visitor.new_page()
