"""A browser on our pages asks nobody else for anything, and has nothing to complain of.

Every journey is watched for this, and fails when it is not so. Here: that the watch can see.
"""

import pytest
from playwright.sync_api import Page

from tests.factories import make_page
from tests.journeys.conftest import Browsers
from tests.journeys.watch import Watch

WRONG = {
    "a picture of somebody else’s": (
        "document.body.append(Object.assign(new Image(), {src: 'http://elsewhere.test/a.png'}))",
        "The security policy stopped img-src http://elsewhere.test/a.png",
    ),
    "a picture of ours that is not there": (
        "document.body.append(Object.assign(new Image(), {src: '/static/nowhere.png'}))",
        "A page asked for what is not there: ",
    ),
    "a script written into the page": (
        "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))",
        "The security policy stopped script-src-elem inline",
    ),
    "a style written into the page": (
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">A</p>')",
        "The security policy stopped style-src-attr inline",
    ),
    "words sent elsewhere": (
        "void fetch('http://elsewhere.test/', {method: 'POST', body: 'a'}).catch(() => 0)",
        "The security policy stopped connect-src http://elsewhere.test/",
    ),
    "a script that breaks": (
        "void setTimeout(() => { throw new Error('A script that breaks') })",
        "A script broke: A script that breaks",
    ),
    "a link followed elsewhere": (
        "void (location.href = 'http://elsewhere.test/')",
        "A page asked for http://elsewhere.test/",
    ),
}


@pytest.fixture
def watched(browsers: Browsers) -> tuple[Page, Watch]:
    """A window whose own watch does not end the test."""
    window = browsers.open(make_page(call_me="Jo"))
    window.goto("/me/")
    return window, browsers.watches.pop()


def test_the_watch_sees(watched: tuple[Page, Watch]) -> None:
    window, watch = watched
    for wrong, problem in WRONG.values():
        window.goto("/me/")
        watch.problems.clear()
        window.evaluate(wrong)
        waited_for(window, watch, problem)


def test_the_watch_has_nothing_to_say_where_all_is_well(watched: tuple[Page, Watch]) -> None:
    assert watched[1].problems == []


def waited_for(window: Page, watch: Watch, problem: str) -> None:
    """Let the browser's own messages come in, until the problem is among them."""
    for _ in range(50):
        if any(problem in seen for seen in watch.problems):
            return
        window.wait_for_timeout(20)
    raise AssertionError(f"not seen: {problem}; only {watch.problems}")


def test_nothing_is_asked_for_without_a_script_either(browsers: Browsers) -> None:
    window = browsers.open(make_page(call_me="Jo"), java_script_enabled=False)
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.resource_type))
    window.goto("/me/name/call_me/")
    assert {"document", "stylesheet", "font", "image"} <= set(asked)
    assert "script" not in asked
