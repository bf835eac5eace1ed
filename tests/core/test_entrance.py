"""What cannot be read is turned away with a kind page, wherever it was sent."""

import io
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIHandler
from pytest_django.asserts import assertContains

from profiles.core.entrance import type_to_read
from project import wsgi

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=a"
CHOSEN = urlencode({"size": "usual", "colours": "dark", "spacing": "close", "pictures": "shown",
                    "motion": "moving"})  # fmt: skip
NOT_OURS = ["utf-16", "utf-7", "latin-1", "unicode_escape", "idna", "punycode", "rot13", "hex",
            "nonsense", "", "a" * 5_000]  # fmt: skip


@pytest.mark.parametrize("charset", NOT_OURS)
@pytest.mark.parametrize("kind", [FORM, MULTIPART, "text/plain"])
def test_other_letters_than_ours_get_a_400(client, kind, charset):
    answer = client.generic("POST", "/looks/", CHOSEN, f"{kind}; charset={charset}")
    assertContains(answer, "We could not understand that", status_code=400)


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8", '"utf-8"', "us-ascii", "U8"])
def test_our_letters_are_taken_under_every_name(client, charset):
    answer = client.generic("POST", "/looks/", CHOSEN, f"{FORM}; charset={charset}")
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "address",
    ["/?a=%00", "/?%00", "/me/looked/by-day/?name=a%00b", "/s/?x=\x00", "/looks/?back=%00"],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_nul_in_a_query_gets_a_400(client, address, method):
    assert client.generic(method, address).status_code == 400


@pytest.mark.parametrize(
    "address",
    ["/helping/a%00/", "/helping/invite/%00/", "/me/helpers/%00/", "/check/%00/", "/me/%00/",
     "/me/sharing/%00/", "/mail/stop/%00/", "/me/hello/%00/card.pdf", "/%00/"],
)  # fmt: skip
def test_a_nul_in_an_address_is_the_name_of_nothing(anas_browser, address):
    assert anas_browser.get(address).status_code == 404
    assert anas_browser.post(address).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"--a\r\nContent-Disposition: form-data; name=x; filename*=nonsense''x\r\n\r\nb\r\n--a--",
        b"--a\r\nContent-Disposition: form-data; name*=utf-16''%00\r\n\r\nb\r\n--a--",
        b"--a\r\nContent-Disposition: \xff\r\n\r\nb",
        b"--a",
        b"",
    ],
)
def test_parts_that_are_none_are_no_fault_of_ours(client, body):
    assert client.generic("POST", "/looks/", body, MULTIPART).status_code < 500


@pytest.mark.parametrize(
    "content_type",
    [f"{FORM}; charset*=nonsense''x", f"{FORM}; charset=a\x00b", "\xe9", f"{FORM}; charset=\xff"],
)
def test_a_type_that_django_would_break_on_gets_a_400_too(client, content_type):
    environ = client._base_environ(
        PATH_INFO="/looks/", REQUEST_METHOD="POST", CONTENT_TYPE=content_type,
        CONTENT_LENGTH="0", **{"wsgi.input": io.BytesIO()},
    )  # fmt: skip
    said: list[str] = []
    answer = b"".join(
        wsgi.application(environ, lambda status, headers, fault=None: said.append(status))
    )
    assert said == ["400 Bad Request"]
    assert b"We could not understand that" in answer


@pytest.mark.parametrize("content_type", ["", FORM, "multipart/form-data; boundary=----a1"])
def test_a_type_that_browsers_send_is_left_as_it_is(content_type):
    assert type_to_read(content_type) == content_type
    assert isinstance(wsgi.django, WSGIHandler)
