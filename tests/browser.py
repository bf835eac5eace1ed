"""Real Chromium for the journeys: Debian's, because it is the one that setting up installs."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

QUIET = [
    "--no-sandbox",  # CI is root, and Chromium's sandbox refuses root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No page is open for long: to compile its scripts a second time takes more than that saves.
    "--js-flags=--no-opt --no-maglev",
    # Nothing but our own live server can be looked up, so no page can reach a third party.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """How Chromium is started. Where Debian's is absent, Playwright looks for its own.

    The one without a screen draws no windows of its own, which take more than our pages do.
    """
    # Playwright's event loop runs in the test's own thread, from here to the end of the session.
    # Django sees it and would refuse the database to every later test, though nothing is async.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield browser_type_launch_args | {
            "executable_path": shutil.which("chromium-headless-shell") or shutil.which("chromium"),
            "args": QUIET,
        }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """What every browser window begins with."""
    return browser_context_args | {"locale": "en-GB", "timezone_id": "Europe/London"}
