"""When the disk is full or the database is away: words come back, and no stop is claimed."""

import errno
import re
from contextlib import suppress
from html import unescape

import pytest
from django.db import OperationalError
from django.urls import NoReverseMatch, reverse

from profiles.house.failed import GOES_ON
from profiles.sharing import actions as sharing
from tests.factories import make_share, texts
from tests.read_only import read_only

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}
WRITE = reverse("writing:write", kwargs={"part": "matters", "topic": "important"})
TYPED = "Tea first.\nالشاي <b>أولاً</b>"


@pytest.fixture
def nothing_can_be_written(anas_browser, anas_page):
    """As on a machine whose disk turned read-only; the reading goes on."""
    anas_browser.raise_request_exception = False
    anas_browser.get("/me/")  # what is written once, is written
    with read_only():
        yield


def words_given_back(answer):
    return [unescape(said) for said in re.findall(r"<textarea[^>]*>\n?([^<]*)<", answer.text)]


@pytest.mark.usefixtures("nothing_can_be_written")
def test_words_that_could_not_be_saved_come_back_in_a_box(anas_browser, anas_page):
    said = {"text": TYPED, "only_me": "no", "started_from": 0}
    answer = anas_browser.post(WRITE, said, headers=OURS)
    assert answer.status_code == 503
    assert words_given_back(answer) == [TYPED]
    assert int(answer["Retry-After"]) > 0
    assert "These words are not saved" in answer.text
    assert "Your words are saved" not in answer.text


@pytest.mark.usefixtures("nothing_can_be_written")
def test_a_form_that_stood_elsewhere_shows_nobody_its_words(anas_browser):
    said = {"text": "CNRY", "only_me": "no", "started_from": 0}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}, {}):
        answer = anas_browser.post(WRITE, said, headers=headers)
        assert answer.status_code == 503
        assert "CNRY" not in answer.text


def test_a_stop_that_could_not_be_written_says_that_sharing_goes_on(
    anas_browser, anas_page, monkeypatch
):
    share = make_share(anas_page)
    anas_browser.raise_request_exception = False

    def breaks(**said):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(sharing, "stop", breaks)
    address = reverse("sharing:stop", kwargs={"ref": share.ref})
    answer = anas_browser.post(address, headers=OURS)
    assert answer.status_code == 503
    assert "Sharing has not stopped." in answer.text
    assert "words are saved" not in answer.text
    share.refresh_from_db()
    assert share.is_open()


@pytest.mark.parametrize("place", GOES_ON)
def test_each_place_where_it_is_said_is_one_of_ours(place):
    pieces = [{}, {"ref": "abc"}, {"key": "abc"}, {"token": "abc"}, {"pk": 1}]
    found = []
    for kwargs in pieces:
        with suppress(NoReverseMatch):
            found.append(reverse(place, kwargs=kwargs))
    assert found


@pytest.mark.usefixtures("nothing_can_be_written")
@pytest.mark.parametrize("place", ["account_logout", "pages:delete"])
def test_what_was_not_taken_away_is_said_to_be_there(anas_browser, place):
    """Somebody at a library's computer goes away when they read that it went wrong."""
    answer = anas_browser.post(reverse(place), {"sure": "on"}, headers=OURS)
    assert answer.status_code == 503
    assert "That was not done" in answer.text and GOES_ON[place] in answer.text
    assert "words are saved" not in answer.text
    assert anas_browser.get("/me/").status_code == 200


@pytest.mark.parametrize(
    "fault, status",
    [
        (OSError(errno.ENOSPC, "No space left on device"), 503),
        (OSError(errno.ENOENT, "No such file"), 500),
        (RuntimeError("CNRY"), 500),
    ],
)
def test_words_come_back_whatever_broke(anas_browser, anas_page, monkeypatch, fault, status):
    def breaks(**said):
        raise fault

    anas_browser.raise_request_exception = False
    before = texts(anas_page, "important")
    monkeypatch.setattr("profiles.answers.actions.save_answer", breaks)
    said = {"text": TYPED, "only_me": "no", "started_from": 0}
    answer = anas_browser.post(WRITE, said, headers=OURS)
    assert answer.status_code == status
    assert words_given_back(answer) == [TYPED]
    assert "CNRY" not in answer.text
    assert texts(anas_page, "important") == before
