"""Starting a page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from profiles.pages.models import Profile

pytestmark = pytest.mark.django_db
START = reverse("pages:start")


def test_a_visitor_starts_with_no_account_and_no_email(client):
    response = client.post(START, {"who": "me", "language": "en"})
    assert response.url == reverse("writing:write", args=["name", "call_me"])
    page = Profile.objects.get()
    assert (page.owner, page.kept_by, page.for_someone) == (None, None, False)
    assert client.get(response.url).status_code == 200


def test_somebody_who_helps_says_so(client, db):
    client.post(START, {"who": "someone", "language": "cy"})
    page = Profile.objects.get()
    assert (page.for_someone, page.language) == (True, "cy")


def test_starting_when_signed_in_makes_the_page_theirs(dees_browser, dee):
    dees_browser.post(START, {"who": "me", "language": "en"})
    assert Profile.objects.get().owner == dee


@pytest.mark.parametrize(
    "typed",
    [{}, {"who": "me"}, {"who": "nobody", "language": "en"}, {"who": "me", "language": "xx"}],
)
def test_what_is_left_open_is_asked_again_and_nothing_is_made(client, typed):
    response = client.post(START, typed)
    assert response.status_code == 422
    assert "Choose" in response.content.decode()
    assert not Profile.objects.exists()


def test_a_visitors_words_stay_seven_days(client):
    client.post(START, {"who": "me", "language": "en"})
    assert client.session.get_expiry_age() == pytest.approx(7 * 24 * 60 * 60, abs=60)


def test_the_seven_days_count_from_the_last_visit(client):
    client.post(START, {"who": "me", "language": "en"})
    two_days_on = timezone.now() + timedelta(days=2)
    ends = client.session.get_expiry_date(modification=two_days_on)
    assert ends == two_days_on + timedelta(days=7)


def test_whoever_comes_back_in_time_always_finds_their_words(client):
    client.post(START, {"who": "me", "language": "en"})
    begun = timezone.now()
    for days in (6, 12, 18):
        with travel(begun + timedelta(days=days)):
            assert client.get(reverse("house:me")).status_code == 200


def test_starting_again_loses_nothing_both_pages_can_be_opened(visitor, visitors_page):
    assert b"You have already begun a page" in visitor.get(START).content
    visitor.post(START, {"who": "someone", "language": "en"})
    choose = reverse("pages:choose")
    assert "Jo’s page" in visitor.get(choose).content.decode()
    visitor.post(choose, {"page": visitors_page.key})
    assert 'Hello <span class="stroke">Jo<' in visitor.get(reverse("house:me")).content.decode()


def test_no_cache_keeps_what_one_visitor_was_told(visitor):
    assert "no-store" in visitor.get(START)["Cache-Control"]


def test_the_wrong_method_is_refused(client):
    assert client.delete(START).status_code == 405
