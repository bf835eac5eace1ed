"""A link that lost a slash or gained a dot still leads to its doorstep, and tells nothing more."""

from base64 import urlsafe_b64encode
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from profiles.core.codes import new_key
from profiles.door.models import Paper
from profiles.sharing import actions
from profiles.sharing.models import Share
from profiles.supporters import handing
from tests.factories import ask_for_help, make_page, make_share
from tests.readers import address

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BROKEN = [
    "/s/{}", "/s/{}.", "/s/{}./", "/s/{}/.", "/s/{})", "/s/{}/)", "/s/{}%20", "/s/{}/%20",
    "/s/{}%0A/",
    "/s/{}?fbclid=1", "/s/{}%3Ffbclid=1", "/s/{},", "/s/%3C{}%3E", "/s/{}&gt;", "/s/{}%E2%80%9D",
    "/s/{}/page", "/s/{}./page/", "/s/{}./page.pdf", "/s/{}/tell", "/s//{}/", "/s/{}_", "/s/{}*/",
]  # fmt: skip


@pytest.fixture
def share(anas_page) -> Share:
    return make_share(anas_page)


@pytest.mark.parametrize("path", BROKEN)
def test_a_broken_link_leads_to_the_doorstep_whether_or_not_there_is_such_a_share(share, path):
    for key in (share.key, new_key()):
        answer = Client().get(path.format(key))
        assert (answer.status_code, answer.url) == (302, address("reading:doorstep", key))
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer.headers["Cache-Control"]
        assert not answer.cookies
    assert not share.looks.exists()
    assert Client().get(address("reading:doorstep", share.key)).status_code == 200


def test_a_broken_link_to_what_is_stopped_ends_at_the_closed_page(share, ana):
    actions.stop(share=share, by=ana)
    model = Client().get(address("reading:doorstep", new_key())).content
    answer = Client().get(f"/s/{share.key}.", follow=True)
    assert (answer.status_code, answer.content) == (410, model)


@pytest.mark.parametrize("path", ["/s/{}A/", "/s/A{}/", "/s/{}/aB3_-dE5fG7hI9jK1lM2nQ/"])
def test_what_does_not_hold_one_whole_key_is_closed(share, path):
    assert Client().get(path.format(share.key[:-1] + "Q")).status_code == 410


def test_nothing_is_posted_on(share):
    for path in (f"/s/{share.key}./", f"/s/{share.key}./tell/"):
        assert Client().post(path, {"name": "Cal"}).status_code == 410
    assert Client().post(f"/s/{share.key}").status_code in {405, 410}
    assert not share.introductions.exists()


@pytest.mark.parametrize(
    "pasted",
    [
        "http://testserver/s/{}.",
        "http://testserver/s/{}/?fbclid=1wAb",
        "http://testserver/s/{}#top",
        "See http://testserver/s/{} and be kind.",
        "https://x.safelinks.example/?url=http%3A%2F%2Ftestserver%2Fs%2F{}%2F&data=05%7C01",
        "{}",
        "https://another.example/s/{}/",
    ],
)
def test_the_box_takes_a_link_however_it_comes_and_leads_only_to_our_own_doorstep(share, pasted):
    answer = Client().post(reverse("reading:type_code"), {"code": pasted.format(share.key)})
    assert answer.url == address("reading:doorstep", share.key)


def test_the_box_takes_a_link_of_more_letters_than_a_line(share):
    pasted = f"https://x.example/?url=/s/{share.key}/&data={'a%7C' * 700}"
    answer = Client().post(reverse("reading:type_code"), {"code": pasted})
    assert answer.url == address("reading:doorstep", share.key)


def test_the_box_takes_an_address_that_a_scanner_hid(share):
    hidden = urlsafe_b64encode(f"http://testserver/s/{share.key}".encode()).decode()
    answer = Client().post("/s/", {"code": f"https://scan.example/v1?u={quote(hidden)}&t=1"})
    assert answer.url == address("reading:doorstep", share.key)


def test_two_links_are_not_chosen_between(share):
    answer = Client().post("/s/", {"code": f"/s/{share.key}/ or /s/{new_key()}/"})
    assert answer.status_code == 422


@pytest.mark.parametrize("end", ["", ".", "./", "/.", ")", "%20", "/%3E", "?x=1"])
def test_an_invitation_and_a_page_handed_over_are_found_as_well(anas_page, dee, end):
    asked = ask_for_help(anas_page, email="dee@example.org")
    kept = make_page(dee, call_me="Nan")
    kept.owner, kept.kept_by, kept.for_someone = None, dee, True
    kept.save()
    offered = handing.offer(profile=kept, by=dee, email="nan@example.org", keeper_name="Dee")
    for name, key in [("invitation", asked), ("handed", offered), ("handed", new_key())]:
        right = reverse(f"supporters:{name}", kwargs={"key": key})
        answer = Client().get(right.rstrip("/") + end, follow=True)
        assert answer.redirect_chain[-1][0].split("?")[0] == right
        assert answer.content == Client().get(right).content or answer.status_code == 200


@pytest.mark.parametrize("end", ["", ".", "./", "/.", ")", "%20", "/%3E", "?x=1"])
def test_the_address_on_paper_is_found_as_well(share, cal, end):
    cal.come_in(share)
    cal.ask(share, "pdf")
    right = f"/check/{Paper.objects.get().code}/"
    answer = Client().get(right.rstrip("/") + end, follow=True)
    assert answer.status_code == 200
    assert b"newest" in answer.content


@pytest.mark.parametrize(
    "pasted",
    [
        "http://testserver/check/{}/?fbclid=1",
        "https://x.example/?url=http%3A%2F%2Ftestserver%2Fcheck%2F{}%2F&data=05%7Cabcd-1234",
        "Check it at testserver/check/{}.",
    ],
)
def test_the_box_for_paper_takes_its_address_however_it_comes(client, pasted):
    answer = client.post(reverse("door:type_check_code"), {"code": pasted.format("7KQ3-M9XT")})
    assert answer.url == "/check/7KQ3-M9XT/"


def test_the_box_for_paper_takes_an_address_that_a_scanner_hid(client):
    hidden = urlsafe_b64encode(b"http://testserver/check/7KQ3-M9XT/").decode()
    for coded in (hidden, hidden.rstrip("=")):
        pasted = f"https://scan.example/v1?u={coded}&t=abcd-1234"
        answer = client.post(reverse("door:type_check_code"), {"code": pasted})
        assert answer.url == "/check/7KQ3-M9XT/"
