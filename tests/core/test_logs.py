"""The log of a whole story holds nothing that opens a page, and nothing that anybody typed."""

import json
import logging
import re
from io import StringIO

import pytest
from django.core import mail
from django.db import OperationalError, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django_guid.context import guid
from django_guid.log_filters import CorrelationId
from django_guid.middleware import guid_middleware

from profiles.accounts.models import User
from profiles.core.logs import FORMATS, LINE, Masked
from profiles.door import door
from profiles.door.models import Paper
from tests.factories import make_share, make_user


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
        ("GET /shl/abc_DEF?recipient=Ward%204&x=1 HTTP", "GET /shl/***?recipient=***&x=1 HTTP"),
        ("GET /shl/abc/files/WyJj:1v_k:9-z HTTP", "GET /shl/***/files/*** HTTP"),
        ("GET /SHL/abc//%66iles/WyJj:1?Recipient=a", "GET /SHL/***//%66iles/***?Recipient=***"),
        ("?next=%2Fshl%2Fabc%3F", "?next=%2Fshl%2F***"),
        ("Not Found: /shl/#shlink:/eyJ1_-cmw and", "Not Found: /shl/#shlink:/*** and"),
        ("GET /shl/%23shlink%3A%2FeyJ1cmw HTTP", "GET /shl/***%2F*** HTTP"),
        ("GET /shLINK:/eyJ1cmw. HTTP", "GET /shLINK:/***. HTTP"),
        (f"GET /sh1/{'aB3_-dE5fG7hI9jK1lM2n' * 2}Q. and", "GET /sh1/***. and"),
        ("GET /shl/ and /static/files/a.css and the recipient is known", None),
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


def _quotes(typed: str) -> None:
    int(typed)


def _is_there_already(typed: str) -> None:
    with transaction.atomic():
        make_user(f"{typed}@example.org").save()
        User.objects.create(email=f"{typed}@example.org")


def _one_after_the_other(typed: str) -> None:
    try:
        {}[typed]
    except KeyError as error:
        raise LookupError(typed) from error


TYPED = "cnry-what-was-typed"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "breaks, kinds",
    [
        (_quotes, {"ValueError"}),
        (_is_there_already, {"IntegrityError"}),
        (_one_after_the_other, {"KeyError", "LookupError"}),
    ],
)
def test_a_trace_says_what_broke_and_where_and_nothing_that_was_typed(breaks, kinds, log):
    try:
        breaks(TYPED)
    except Exception:
        logging.getLogger("x").exception("broke")
    told = log.getvalue()
    assert TYPED not in told
    assert breaks.__name__ in told
    assert all(kind in told for kind in kinds)


def test_what_it_says_of_the_program_itself_stays(caplog):
    try:
        raise OperationalError("no such table: profiles_share")
    except OperationalError:
        logging.getLogger("x").exception("broke")
    said = Masked().format(caplog.records[0])
    assert said.endswith("OperationalError: no such table: profiles_share")


def test_every_line_goes_through_it(settings):
    faults, *handlers = sorted(settings.LOGGING["handlers"].values(), key=len)
    assert faults["class"].endswith("TellsFaults")  # it writes no line: tests/core/test_faults.py
    assert {handler["formatter"] for handler in handlers} == {"masked"}
    assert settings.LOGGING["formatters"]["masked"]["()"] is Masked
    used = {
        name for each in settings.LOGGING["loggers"].values() for name in each.get("handlers", [])
    }
    assert used | {*settings.LOGGING["root"]["handlers"]} == {"console"}
    assert not logging.getLogger("django.server").propagate


@pytest.fixture(params=FORMATS)
def log(request):
    """All that the program's own handler would write, from now on, in each of its ways."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(CorrelationId())
    handler.setFormatter(FORMATS[request.param](LINE))
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


NUMBER = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"


@pytest.mark.parametrize("name", FORMATS)
def test_a_line_says_when_how_bad_which_request_and_what(name):
    said = {"correlation_id": NUMBER.replace("-", "")}
    record = logging.makeLogRecord(
        {"name": "profiles.core", "levelname": "ERROR", "msg": "No mail for /s/%s/", "args": ("a",)}
        | said
    )
    line = FORMATS[name](LINE).format(record)
    for part in ("ERROR", said["correlation_id"], "profiles.core", "No mail for /s/***/"):
        assert part in line
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", line)
    assert (name == "json") is (line.startswith("{") and json.loads(line)["levelname"] == "ERROR")


def test_a_number_that_is_none_is_neither_used_nor_written_down(log):
    sent = (NUMBER, f"{NUMBER}x", "CNRY-what-somebody-typed", None)
    numbers = [number_of(each) for each in sent]
    assert numbers[0] == NUMBER
    assert len({*numbers}) == len(numbers)
    assert "CNRY" not in log.getvalue()


def number_of(sent):
    """The number of a request that was sent with this one."""
    told = []

    def answer(request):
        told.append(guid.get())
        return HttpResponse()

    headers = {"X-Request-ID": sent} if sent else {}
    guid_middleware(answer)(RequestFactory().get("/", headers=headers))
    return told[0]


def _break(*args: object, **kwargs: object) -> None:
    raise RuntimeError
