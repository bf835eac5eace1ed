"""A reader's forms come from our own page, though that page sends no referrer."""

import pytest
from django.test import Client

from profiles.sharing.models import Share
from tests.factories import make_share
from tests.readers import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(anas_page) -> Share:
    return make_share(anas_page)


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def token(browser: Client, key: str) -> str:
    page = browser.get(address("reading:doorstep", key)).content.decode()
    return page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]


def post(browser: Client, key: str, csrf: str, **headers: str):
    said = {"name": "Cal", "role": "nurse", "csrfmiddlewaretoken": csrf}
    return browser.post(address("reading:doorstep", key), said, headers=headers)


def test_a_form_from_a_page_without_a_referrer_is_taken(share, strict):
    csrf = token(strict, share.key)
    assert (
        post(strict, share.key, csrf, origin="null", sec_fetch_site="same-origin").status_code
        == 302
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.test"},
        {"origin": "null", "sec_fetch_site": "cross-site"},
        {"origin": "null", "sec_fetch_site": "same-site"},
        {"origin": "null", "sec_fetch_site": "none"},
    ],
    ids=str,
)
def test_a_form_from_elsewhere_is_not(share, strict, headers):
    csrf = token(strict, share.key)
    assert post(strict, share.key, csrf, **headers).status_code == 403


def test_a_form_without_its_token_is_not(share, strict):
    token(strict, share.key)
    for csrf in ["", "a" * 64]:
        assert post(strict, share.key, csrf, origin="null").status_code == 403
    assert not share.introductions.exists()


def test_no_other_form_of_ours_takes_a_null_origin(anas_browser, strict):
    strict.cookies = anas_browser.cookies
    page = strict.get("/me/looked/").content.decode()
    csrf = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    said = {"csrfmiddlewaretoken": csrf, "wanted": "yes"}
    assert strict.post("/me/looked/email/", said, headers={"origin": "null"}).status_code == 403
