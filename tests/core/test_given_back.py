"""What was typed comes back wherever something else than its form is the answer."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.test import Client
from django.urls import resolve, reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.accounts import recent_login
from profiles.core import rate_limits
from profiles.core.given_back import give_back, typed_in
from profiles.pages.actions import start_page
from tests.factories import make_share, make_user, signed_in

pytestmark = pytest.mark.django_db
ASK = reverse("workers:ask")
WORDS = "I start <on> Monday."
SENT = {"code": "7KQ3-M9XT", "name": "Priya", "role": "nurse", "why": WORDS}
OURS = {"Sec-Fetch-Site": "same-origin"}
BACK = f">\n{WORDS.replace('<', '&lt;').replace('>', '&gt;')}</textarea>"


@pytest.fixture
def nobody_may_more(monkeypatch) -> None:
    monkeypatch.setattr(rate_limits.ratelimit, "consume", lambda *_, **__: None)


def test_whoever_was_signed_out_copies_their_words_and_signs_in_for_the_same_page(priyas_browser):
    priyas_browser.logout()
    answer = priyas_browser.post(ASK, SENT)
    assertContains(answer, "You are not signed in here any more.", status_code=403)
    assertContains(answer, BACK, status_code=403)
    assertContains(answer, '<label class="field-label" for="typed-2">Your name</label>', 1, 403)
    assertContains(answer, f'href="/account/login/?next={ASK}"', status_code=403)
    assertRedirects(priyas_browser.post(ASK), f"/account/login/?next={ASK}", 302, 302)


def test_a_page_elsewhere_shows_nobody_its_words_as_theirs():
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(ASK, SENT, headers={"Sec-Fetch-Site": "cross-site"})
    assertNotContains(answer, "Monday", status_code=403)
    assertContains(browser.post(ASK, SENT, headers=OURS), BACK, status_code=403)


def test_so_does_whoever_signed_in_a_while_ago(anas_browser, monkeypatch):
    monkeypatch.setattr(recent_login, "_was_here", lambda request: False)
    answer = anas_browser.post(reverse("account_email"), {"email": "new@example.org"})
    assertContains(answer, ">\nnew@example.org</textarea>", status_code=403)
    assertContains(answer, "/account/login/again/?next=", status_code=403)


def test_who_has_sent_too_much_gets_it_back(anas_browser, ana, anas_page, nobody_may_more):
    asked = {"name": "my friend Sam", "email": "sam@example.org", "may": "see"}
    invite = reverse("supporters:ask")
    shown = anas_browser.post(invite, asked).context["wording"].fingerprint
    kept = start_page(for_someone=True, language="en", user=ana)
    offer = reverse("supporters:hand_over", kwargs={"ref": kept.key})
    for address, sent in (
        (invite, asked | {"shown": shown, "about_page": anas_page.key}),
        (offer, {"keeper_name": "my friend Sam", "email": "sam@example.org"}),
    ):
        answer = anas_browser.post(address, sent)
        for words in ("my friend Sam", "sam@example.org"):
            assertContains(answer, f">\n{words}</textarea>", status_code=429)


def test_what_was_typed_under_a_question_that_is_gone_comes_back(anas_browser):
    answer = anas_browser.post("/me/matters/asked-no-more/", {"text": WORDS})
    assertContains(answer, BACK, status_code=404)
    answer = anas_browser.post("/me/matters/asked-no-more/")
    assertContains(answer, "We cannot find that page", status_code=404)


def test_a_page_that_is_no_page_of_ours_gives_nothing_back(client):
    assertNotContains(client.post("/nowhere/at/all/", {"text": WORDS}), "Monday", status_code=404)


def test_a_rule_that_says_no_gives_it_back(anas_browser, monkeypatch):
    def refuse(**_):
        raise PermissionDenied("Not now.")

    monkeypatch.setattr("profiles.workers.card_views.actions.save_card", refuse)
    answer = anas_browser.post(reverse("workers:hello"), {"name": "Ana", "enjoys": WORDS})
    assertContains(answer, BACK, status_code=403)
    assertContains(answer, "Not now.", status_code=403)


def test_how_it_was_decided_comes_back_where_the_share_is_over(anas_browser, anas_page, ana):
    decided = {"mode": "for_me", "person_showed": WORDS, "about_page": anas_page.key}
    answer = anas_browser.post(reverse("sharing:check"), decided)  # left, in another window
    assertContains(answer, BACK, status_code=409)
    share = make_share(anas_page)
    anas_browser.post(reverse("sharing:stop", kwargs={"ref": share.ref}))
    for name in ("sharing:change_how_long", "sharing:change_what", "sharing:passcode"):
        answer = anas_browser.post(reverse(name, kwargs={"ref": share.ref}), decided)
        assertContains(answer, BACK, status_code=409)


def test_a_form_without_words_leads_on_as_before(rf):
    assert give_back(rf.post("/", {"only_me": "no"}), "It changed.", status=409) is None


def test_a_passcode_is_no_words(rf):
    sent = QueryDict("name=Cal&role=nurse&passcode=123456&only_me=no")
    assert [typed.text for typed in typed_in(rf.post("/"), sent)] == ["Cal", "nurse"]


@pytest.mark.parametrize(
    "name, sent, labels",
    [
        ("workers:ask", SENT, ["The person’s “ask me” code", "Your name", "What you do",
                               "Why would you like to read their page?"]),
        ("workers:hello", {"name": "Priya", "enjoys": "Tomatoes"}, ["Your name", "What I enjoy"]),
        ("sharing:who", {"reader_name": "Ward 4", "way": "link"},
         ["Who do you want to share with?"]),
        ("moments:carer", {"reader_name": "Priya", "keeper_name": ""}, ["Who is coming?"]),
        ("moments:changed", {"words": "tea"}, ["What has changed?"]),
        ("supporters:ask", {"name": "Sam", "email": "s@example.org", "may": "see"},
         ["What do you call them?", "Their email address"]),
    ],
)  # fmt: skip
def test_each_box_says_what_it_was_for(rf, name, sent, labels):
    request = rf.post(reverse(name), sent)
    request.resolver_match = resolve(request.path)
    assert [typed.label for typed in typed_in(request, request.POST)] == labels


def test_a_row_is_told_by_its_number_and_a_box_that_a_question_names_is_theirs(rf):
    sent = {
        "ring-0-name": "Dee", "ring-0-who": "My sister", "ring-0-number": "", "ring-0-when": "",
        "ring-1-name": "Sam", "ring-1-number": "0123", "text": "Not at night.", "only_me": "no",
    }  # fmt: skip
    request = rf.post("/me/safe/ring_first/", sent)
    request.resolver_match = resolve(request.path)
    assert [(typed.label, typed.text) for typed in typed_in(request, request.POST)] == [
        ("1. Name", "Dee"), ("1. Who they are to me", "My sister"),
        ("2. Name", "Sam"), ("2. Number", "0123"), ("", "Not at night."),
    ]  # fmt: skip


def test_a_day_comes_back_as_people_write_it(rf):
    for sent, shown in (("2027-03-04", "4 March 2027"), ("4th March", "4th March"), (" ", None)):
        typed = typed_in(rf.get("/"), QueryDict(f"until=day&day={sent}"))
        assert [each.text for each in typed] == ([shown] if shown else [])


def test_the_last_day_comes_back_where_the_share_is_over(anas_browser, anas_page):
    share = make_share(anas_page)
    anas_browser.post(reverse("sharing:stop", kwargs={"ref": share.ref}))
    answer = anas_browser.post(
        reverse("sharing:change_how_long", kwargs={"ref": share.ref}),
        {"until": "day", "day": "2027-03-04", "about_page": anas_page.key},
    )
    assertContains(answer, ">\n4 March 2027</textarea>", status_code=409)


def test_a_visitor_may_not_share_and_keeps_their_words(visitor, visitors_page):
    answer = visitor.post(reverse("sharing:who"), {"reader_name": WORDS, "way": "link"})
    assertContains(answer, "Sign in first", status_code=403)
    assertContains(answer, BACK, status_code=403)


def test_whoever_has_no_page_here_any_more_gets_every_box_back():
    browser = signed_in(make_user("sam@example.org"))
    answer = browser.post("/me/matters/ring_first/", {"row-0-name": WORDS, "text": "Ring Dee."})
    for box in (BACK, ">\nRing Dee.</textarea>"):
        assertContains(answer, box, status_code=410)
