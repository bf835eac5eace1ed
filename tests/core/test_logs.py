"""The log of a whole story holds nothing that opens a page, and nothing that anybody typed."""

import logging
from io import StringIO

import pytest
from django.core import mail

from profiles.core.logs import Masked
from profiles.door import door
from profiles.door.models import Paper
from tests.factories import make_share


def written(message: str, *args: object, **record: object) -> str:
    return Masked().format(
        logging.LogRecord("django.server", logging.INFO, __file__, 1, message, args, None)
    )


@pytest.mark.parametrize(
    "line, masked",
    [
        ('"GET /s/abc_DEF-1/page/?x=1 HTTP/1.1" 200', '"GET /s/***/page/?x=1 HTTP/1.1" 200'),
        ("Internal Server Error: /s/abc/", "Internal Server Error: /s/***/"),
        ("http://testserver/s/abc/page.pdf", "http://testserver/s/***/page.pdf"),
        ("GET /check/7KQ3-M9XT/", "GET /check/***/"),
        ("POST /mail/stop/WyJy:9_z-/", "POST /mail/stop/***/"),
        ("GET /looks/?back=%2Fs%2Fabc_DEF%2F", "GET /looks/?back=%2Fs%2F***%2F"),
        ("GET /S/abc/ and /%73/abc/", "GET /S/***/ and /%73/***/"),
        ("GET /s//abc_DEF/ and", "GET /s//***/ and"),
        ("GET /s/x/aB3_-dE5fG7hI9jK1lM2nQ. and", "GET /s/***/***. and"),
        ("GET /helping/invite/x/aB3_-dE5fG7hI9jK1lM2nQ", "GET /helping/invite/***/***"),
        ("in the_longest_processing and transaction_processing", None),
        ("GET /helping/invite/abc_DEF/", "GET /helping/invite/***/"),
        ("GET /helping/handed/abc_DEF/?x", "GET /helping/handed/***/?x"),
        ("/account/login/?next=/helping/invite/abc/", "/account/login/?next=/helping/invite/***/"),
        ("?next=%2Fhelping%2Fhanded%2Fabc%2F", "?next=%2Fhelping%2Fhanded%2F***%2F"),
        (
            "?next=%252Fhelping%252Finvite%252Fabc%252F",
            "?next=%252Fhelping%252Finvite%252F***%252F",
        ),
        ("GET /%68elping/inv%69te/abc/", "GET /%68elping/inv%69te/***/"),
        ("GET /chec%6B/7KQ3-M9XT/ and //s//abc/", "GET /chec%6B/***/ and //s//***/"),
        ("GET /helping/abc/ and /helping/invite/ and /helping/", None),
        ("GET /me/sharing/ and /static/s.css and /s/ and /check/", None),
    ],
)
def test_keys_and_codes_are_left_out(line, masked):
    assert written(line) == (masked or line)
    assert written("%s", line) == (masked or line)


def test_a_trace_is_masked_too(caplog):
    try:
        raise ValueError("/s/abc/page/")
    except ValueError:
        logging.getLogger("x").exception("broke")
    caplog.handler.setFormatter(Masked())
    assert "/s/abc" not in Masked().format(caplog.records[0])
    assert "/s/***/page/" in Masked().format(caplog.records[0])


def test_every_line_goes_through_it(settings):
    handlers = settings.LOGGING["handlers"].values()
    assert {handler["formatter"] for handler in handlers} == {"masked"}
    assert settings.LOGGING["formatters"]["masked"]["()"] == f"{Masked.__module__}.Masked"
    used = {
        name for each in settings.LOGGING["loggers"].values() for name in each.get("handlers", [])
    }
    assert used | {*settings.LOGGING["root"]["handlers"]} == {"console"}
    assert not logging.getLogger("django.server").propagate


@pytest.fixture
def log():
    """All that the program's own handler would write, from now on."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Masked())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_a_whole_story_leaves_nothing_in_the_log(anas_page, anas_browser, cal, log, monkeypatch):
    share = make_share(anas_page, with_passcode=True)
    anas_browser.post(f"/me/sharing/{share.ref}/email/", {"email": "cal@example.org"})
    cal.open(share.key)
    cal.come_in(share, passcode="CNRY-guess")
    cal.come_in(share, name="CNRY-Cal", passcode=share.passcode)
    assert "Tea first." in cal.ask(share).content.decode()
    assert cal.ask(share, "pdf").status_code == 200
    code = Paper.objects.get(share=share).code
    cal.browser.get(f"/check/{code}/")
    monkeypatch.setattr(door, "open_through", _break)
    cal.browser.raise_request_exception = False
    broken = cal.ask(share)
    assert broken.status_code == 500
    assert broken["Referrer-Policy"] == "no-referrer"
    logging.getLogger("profiles").info("The story is over at /s/%s/", share.key)
    told = log.getvalue()
    assert "Internal Server Error: /s/***/page/" in told
    assert "The story is over" in told
    assert mail.outbox
    for secret in (share.key, share.passcode, share.ref, code, "CNRY", "@example.org", "Tea"):
        assert secret not in told, secret


def _break(*args: object, **kwargs: object) -> None:
    raise RuntimeError
