"""A form whose token is old gives the words back. Only whoever writes that page can save them."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import make_page, make_share, texts

pytestmark = pytest.mark.django_db
HERE = "/me/matters/important/"
OURS = {"Sec-Fetch-Site": "same-origin"}
SAVE = '<button class="button" type="submit">Save</button>'


@pytest.fixture
def strict(ana, anas_page) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    return client


def typed(page, **said) -> dict[str, str]:
    usual = {"text": "CNRY <b>tea</b>", "picture": "", "only_me": "no", "started_from": "1"}
    return usual | {"draft_stamp": "", "about_page": page.key, "csrfmiddlewaretoken": "old"} | said


def pressed_again(browser: Client, answer) -> object:
    """What a press of the button on the answer sends."""
    said = dict(answer.context["again"]) | {
        "csrfmiddlewaretoken": str(answer.context["csrf_token"])
    }
    return browser.post(answer.context["address"], said, headers=OURS)


def test_the_words_come_back_and_can_be_saved(strict, anas_page):
    answer = strict.post(f"{HERE}?from=check", typed(anas_page), headers=OURS)
    assertContains(answer, "CNRY &lt;b&gt;tea&lt;/b&gt;", status_code=403)
    assertContains(answer, SAVE, status_code=403, html=True)
    assert texts(anas_page, "important") == ["Tea first.\nThen we talk."]
    assert pressed_again(strict, answer).status_code == 302
    assert texts(anas_page, "important")[-1] == "CNRY <b>tea</b>"


def test_somebody_else_who_signed_in_meanwhile_can_only_copy_them(dee, anas_page):
    other = Client(enforce_csrf_checks=True)
    other.force_login(dee)
    make_page(dee, call_me="Dee", important="Mine.")
    answer = other.post(HERE, typed(anas_page), headers=OURS)
    assertContains(answer, "CNRY", status_code=403)
    assertNotContains(answer, SAVE, status_code=403, html=True)
    assert answer.context["again"] is None


def test_after_the_cookies_are_gone_they_can_be_copied(anas_page):
    answer = Client(enforce_csrf_checks=True).post(HERE, typed(anas_page), headers=OURS)
    assertContains(answer, "CNRY", status_code=403)
    assertContains(answer, "Sign in", status_code=403)
    assertNotContains(answer, SAVE, status_code=403, html=True)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Referer": "http://testserver/me/"},
    ],
)
@pytest.mark.parametrize("by_script", [False, True])
def test_a_form_from_elsewhere_is_told_nothing(strict, anas_page, headers, by_script):
    headers = headers | ({"HX-Request": "true"} if by_script else {})
    answer = strict.post(HERE, typed(anas_page), headers=headers)
    assertNotContains(answer, "CNRY", status_code=403)
    assertNotContains(answer, "hx-swap-oob", status_code=403)


def test_an_older_browser_says_where_a_form_came_from_in_its_own_way(strict, anas_page):
    answer = strict.post(HERE, typed(anas_page), headers={"Origin": "http://testserver"})
    assertContains(answer, "CNRY", status_code=403)


def test_every_box_comes_back_and_what_the_form_carried_does_not(strict, anas_page):
    said = {
        "about": "CNRY-about", "tried": "CNRY-tried\nCNRY-more", "age": "adult", "asked": " ",
        "draft_stamp": "hidden-stamp", "review_on": "2026-12-24",
    }  # fmt: skip
    answer = strict.post("/helping/someone/decided/", said, headers=OURS)
    for words in ("CNRY-about", "CNRY-more"):
        assertContains(answer, words, status_code=403)
    for carried in ("hidden-stamp", "adult"):
        assertNotContains(answer, carried, status_code=403)


def test_a_form_without_words_says_to_try_again(strict, anas_page):
    answer = strict.post("/me/matters/important/line/", {"do": "up"}, headers=OURS)
    assertContains(answer, "Please try that again", status_code=403)


@pytest.mark.parametrize("about", ["", "\x00", "nobodys"])
def test_a_page_that_is_not_there_is_nobodys_to_save(strict, anas_page, about):
    answer = strict.post(HERE, typed(anas_page, about_page=about), headers=OURS)
    assert answer.status_code == 403 and answer.context["again"] is None


def test_autosave_gets_a_new_token_and_saves_with_it(strict, anas_page):
    script = OURS | {"HX-Request": "true"}
    answer = strict.post(f"{HERE}draft/", typed(anas_page), headers=script)
    assert answer.status_code == 403
    token = str(answer.context["csrf_token"])
    assertContains(answer, f'value="{token}"', status_code=403)
    again = typed(anas_page, csrfmiddlewaretoken=token)
    assert strict.post(f"{HERE}draft/", again, headers=script).status_code == 200
    assert anas_page.drafts.get().text == "CNRY <b>tea</b>"


def test_a_file_with_an_old_token_is_refused_as_before(strict, anas_page):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {"csrfmiddlewaretoken": "old", "photo": SimpleUploadedFile("a.jpg", b"x")}
    answer = strict.post("/me/photo/", sent, headers=OURS)
    assertContains(answer, "Please try that again", status_code=403)


def test_a_yes_or_an_email_is_not_given_under_the_word_save(strict, anas_page):
    share = make_share(anas_page)
    said = {"email": "x@example.org", "about_page": anas_page.key, "csrfmiddlewaretoken": "old"}
    answer = strict.post(reverse("sharing:send", kwargs={"ref": share.ref}), said, headers=OURS)
    assertContains(answer, "x@example.org", status_code=403)
    assertContains(answer, "Nothing was done with them yet.", status_code=403)
    assert answer.context["again"] is None


def test_what_was_typed_for_no_page_can_be_sent_once_more(strict):
    said = {"email": "ana@example.org", "csrfmiddlewaretoken": "old"}
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), said, headers=OURS)
    assertContains(answer, "Nothing was done with them yet.", status_code=403)
