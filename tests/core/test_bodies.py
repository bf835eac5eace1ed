"""What is too long is refused before it is taken apart, and said. Files have their own bounds."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from unittest.mock import Mock, call
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from profiles.answers.models import Answer
from profiles.core.bodies import LONGEST_FORM, SILENCE, Bodies
from profiles.photos import worker_process
from tests.factories import make_card, make_share, make_user
from tests.photos.photos import as_file, corners

pytestmark = pytest.mark.django_db
WRITE = "/me/matters/important/"
FORM = "application/x-www-form-urlencoded"
TYPED = {"picture": "", "only_me": "no", "started_from": 0}
OURS = {"Sec-Fetch-Site": "same-origin"}


@contextmanager
def nothing_is_taken_apart() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIRequest, "_load_post_and_files", lambda _: pytest.fail("taken apart"))
        yield


@pytest.mark.parametrize("path", [WRITE, f"{WRITE}draft/", "/start/", "/account/login/", "/s/x/"])
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=b", "text/plain"])
def test_a_form_that_is_too_long_is_not_even_taken_apart(visitor, path, kind):
    with nothing_is_taken_apart():
        answer = visitor.post(path, b"text=" + b"\n" * LONGEST_FORM, content_type=kind)
    assertContains(answer, "That is too long", status_code=413)
    assert not Answer.objects.filter(topic="important").exists()


def test_one_of_just_this_length_is_read_and_comes_back_with_a_sentence(visitor):
    said = "a" * (LONGEST_FORM - 200)
    answer = visitor.post(WRITE, f"text={said}&picture=&only_me=no&started_from=0", FORM)
    assertContains(answer, "Your words are still in the box", status_code=422)
    assertContains(answer, said, status_code=422)


def test_its_words_are_given_back_to_be_copied(visitor):
    said = "Tea first & then <b>we talk</b>.\n" + "a" * LONGEST_FORM
    answer = visitor.post(WRITE, urlencode({"text": said, **TYPED}), FORM, headers=OURS)
    assertContains(answer, "Your words. Copy a part of them.", status_code=413)
    assertContains(answer, "\nTea first &amp; then &lt;b&gt;we talk&lt;/b&gt;.\n", status_code=413)
    assertContains(answer, "a" * LONGEST_FORM, status_code=413)


def test_so_is_what_stood_in_the_other_boxes_and_nothing_that_the_form_carried(visitor):
    said = {"words": "a" * LONGEST_FORM, "why": "You said <so> & more.", "seen": "CNRY"}
    answer = visitor.post(
        "/helping/x/suggest/matters/important/", urlencode(said), FORM, headers=OURS
    )
    assertContains(answer, ">\nYou said &lt;so&gt; &amp; more.</textarea>", status_code=413)
    assertNotContains(answer, "CNRY", status_code=413)


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}]
)
def test_what_another_site_sends_in_somebodys_name_is_not_shown(visitor, headers):
    said = urlencode({"text": "CNRY" * LONGEST_FORM})
    answer = visitor.post(WRITE, said, FORM, headers=headers)
    assertNotContains(answer, "CNRY", status_code=413)


def test_nor_are_so_many_empty_lines_that_it_would_take_long(visitor):
    with nothing_is_taken_apart():
        answer = visitor.post(WRITE, b"text=CNRY" + b"%0A" * 400_001, FORM, headers=OURS)
    assertContains(answer, "It is too long for us to show it here", status_code=413)
    assertNotContains(answer, "CNRY", status_code=413)


def test_a_library_is_not_even_given_back(visitor):
    with nothing_is_taken_apart():
        answer = visitor.post(WRITE, b"text=" + b"CNRY" * 1_300_000, FORM, headers=OURS)
    assertContains(answer, "It is too long for us to show it here", status_code=413)
    assertNotContains(answer, "CNRY", status_code=413)


@pytest.mark.parametrize("path", [WRITE, "/me/photo/", "/me/bring/"])
@pytest.mark.parametrize("coding", ["chunked", "Chunked", "gzip, chunked"])
def test_what_says_no_length_is_refused_rather_than_taken_for_empty(visitor, path, coding):
    with nothing_is_taken_apart():
        answer = visitor.post(path, b"text=Tea", FORM, headers={"Transfer-Encoding": coding})
    assertContains(answer, "We did not get all of it", status_code=411)


def test_what_says_a_length_that_is_none_is_refused(visitor):
    for length in ["-1", "many", "1e3", "9" * 5_000]:
        answer = visitor.post(WRITE, b"text=Tea", FORM, CONTENT_LENGTH=length)
        assert answer.status_code == 411


@pytest.mark.parametrize("breaks", [False, True])
def test_what_is_sent_to_us_has_to_come_soon_and_our_answer_may_take_its_time(rf, breaks):
    line = Mock()

    def view(request):
        line.settimeout.assert_called_once_with(SILENCE)
        if breaks:
            raise InterruptedError
        return HttpResponse()

    request = rf.get("/", **{"gunicorn.socket": line})
    with pytest.raises(InterruptedError) if breaks else nullcontext():
        Bodies(view)(request)
    assert line.settimeout.call_args_list[1:] == [call(None)]


def test_a_photo_may_be_longer(visitor, visitors_page):
    noise = as_file(corners(600, 600), "PNG", compress_level=0)
    assert len(noise) > LONGEST_FORM
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = visitor.post("/me/photo/", {"photo": SimpleUploadedFile("a.png", noise), "alt": "Jo"})
    assert answer.status_code == 302


def test_so_may_a_file_that_is_brought_back(visitor):
    padding = " " * LONGEST_FORM
    said = {"file": '{"format": "tell-it-once/1", "answers": []}' + padding}
    assert visitor.post("/me/bring/choose/", said).status_code != 413


def test_whoever_is_refused_a_photo_is_told_and_keeps_what_they_typed(visitor, monkeypatch):
    from django.core.files.uploadedfile import SimpleUploadedFile

    monkeypatch.setattr(worker_process, "take_in", lambda data: pytest.fail("taken in"))
    monkeypatch.setattr("profiles.photos.views.may_visitor", lambda *_: False)
    photo = SimpleUploadedFile("a.jpg", as_file(corners()))
    answer = visitor.post("/me/photo/", {"photo": photo, "alt": "CNRY in a red hat"})
    assertContains(answer, "A lot of people are choosing photos", status_code=422)
    assertContains(answer, "CNRY in a red hat", status_code=422)


def test_a_visitor_begins_so_many_pages_an_hour_and_no_more(monkeypatch):
    from django.core.cache import cache

    from profiles.core import rate_limits
    from profiles.pages.models import Profile

    cache.clear()
    monkeypatch.setitem(rate_limits.VISITORS, "begin", "2/h/ip,9/m/key")
    came = [Client().post("/start/", {"who": "me", "language": "en"}) for _ in range(4)]
    assert [answer.status_code for answer in came] == [302, 302, 429, 429]
    assertContains(came[-1], "A lot of pages were begun from here", status_code=429)
    assert Profile.objects.count() == 2


def test_all_visitors_together_do_too(monkeypatch):
    from django.core.cache import cache

    from profiles.core import rate_limits

    cache.clear()
    monkeypatch.setitem(rate_limits.VISITORS, "begin", "9/h/ip,2/m/key")
    came = [
        Client(REMOTE_ADDR=f"192.0.2.{at}").post("/start/", {"who": "me", "language": "en"})
        for at in range(3)
    ]
    assert [answer.status_code for answer in came] == [302, 302, 429]


def test_who_is_signed_in_is_not_counted(dees_browser, monkeypatch):
    from profiles.core import rate_limits

    monkeypatch.setitem(rate_limits.VISITORS, "begin", "0/h/ip,0/m/key")
    answer = dees_browser.post("/start/", {"who": "me", "language": "en"})
    assert answer.status_code == 302


def test_a_visitor_prints_so_many_times_an_hour(visitor, monkeypatch):
    from django.core.cache import cache

    from profiles.core import rate_limits

    cache.clear()
    monkeypatch.setitem(rate_limits.VISITORS, "print", "1/h/ip")
    again = [visitor.get(f"/me/page.pdf?size={size}").status_code for size in ("", "", "letter")]
    assert again == [200, 200, 429]  # what is there from before is no print more


def test_nobody_counts_the_lines_of_words_that_are_far_too_long(visitor, monkeypatch):
    monkeypatch.setattr("profiles.answers.forms.tidied", lambda _: pytest.fail("line by line"))
    answer = visitor.post(WRITE, {"text": "a" + "\n" * 150_000 + "b", **TYPED})
    assert answer.status_code == 422


@pytest.mark.parametrize("what", [("print", "/me/page.pdf"), ("draw", "/me/page.png")])
def test_each_account_and_each_browser_prints_and_has_drawn_so_often(
    anas_browser, visitor, monkeypatch, what
):
    from profiles.core import rate_limits

    action, address = what
    monkeypatch.setitem(rate_limits.EVERYBODY, action, 1)
    for browser in (anas_browser, visitor):  # one does not count for the other
        again = [browser.get(f"{address}?layout={layout}") for layout in ("", "", "hospital")]
        # What is there from before is not made anew, so it does not count.
        assert [answer.status_code for answer in again] == [200, 200, 429]
    head = visitor.head(address)
    assert head.status_code == 200  # nothing is made for it


def test_a_page_for_one_reader_and_a_hello_card_are_prints_as_well(
    anas_browser, anas_page, monkeypatch
):
    from profiles.core import rate_limits

    share, card = make_share(anas_page), make_card(make_user("priya@example.org"))
    card.show_through(share)
    monkeypatch.setitem(rate_limits.EVERYBODY, "print", 2)
    papers = [f"/me/sharing/{share.ref}/page.pdf", f"/me/hello/{card.ref}/card.pdf"]
    answers = [anas_browser.get(paper).status_code for paper in [*papers, *papers]]
    assert answers == [200, 200, 200, 429]  # the page is there from before
