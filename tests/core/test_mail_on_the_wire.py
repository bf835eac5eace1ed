"""Emails as they arrive: over SMTP, at a real server, and when that server does not behave."""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse
from django.utils import timezone

from profiles.core import mails
from profiles.core.mails import Letter
from profiles.core.smtp import Conversation, EmailBackend, InDoubt
from tests.factories import make_share, say
from tests.review.test_reminders import due_page
from tests.smtp import HERE, UNTIL_THE_WORDS, mail_server, send_to, slow_server
from tests.tidying import tidy

pytestmark = pytest.mark.django_db
UNTIL_TLS = (b"220 hello", b"250-here\r\n250 STARTTLS", b"220 go on")


def test_a_reminder_arrives_whole_with_a_way_to_stop_it(settings, client):
    page = due_page()
    with mail_server(settings) as postbox:
        assert "1 emailed." in tidy()
    [email], [raw] = postbox.emails, postbox.raw
    assert postbox.to == [["ana@example.org"]]
    assert email["To"] == "ana@example.org"
    assert email["From"] == "Tell It Once <hello@localhost>"
    assert email["Subject"] == "Is the page still right?"
    sent_at = parsedate_to_datetime(email["Date"]).replace(tzinfo=UTC)
    assert abs(sent_at - timezone.now()) < timedelta(minutes=1)
    assert email["Message-ID"].startswith("<")
    assert email["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = email["List-Unsubscribe"].strip(" <>")
    assert address in email.get_content()
    assert raw.count(address.encode()) == 2, "neither broken nor encoded: programs look for it"
    client.post(address.removeprefix("http://testserver"), {"List-Unsubscribe": "One-Click"})
    page.refresh_from_db()
    assert not page.reminds_me


def test_letters_beyond_ascii_arrive_as_they_were_sent(settings):
    due_page()
    with mail_server(settings) as postbox:
        tidy()
    [email], [raw] = postbox.emails, postbox.raw
    assert email.get_content_type() == "text/plain"
    assert email.get_content_charset() == "utf-8"
    assert email["Content-Transfer-Encoding"] in {"8bit", "quoted-printable"}
    assert "You don’t want these emails?" in email.get_content()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998  # RFC 5322
    for word in ("Anabel", "knee"):
        assert word not in raw.decode()


def test_the_link_of_a_share_arrives_and_opens_without_a_word_of_the_page(
    settings, ana, anas_page, anas_browser, client
):
    say(anas_page, "pain", "My left knee.")
    share = make_share(anas_page)
    with mail_server(settings) as postbox:
        anas_browser.post(
            reverse("sharing:send", kwargs={"ref": share.ref}), {"email": "priya@example.org"}
        )
    [email], [raw] = postbox.emails, postbox.raw
    assert email["To"] == "priya@example.org"
    assert f"http://testserver/s/{share.key}/" in email.get_content()
    assert "List-Unsubscribe" not in email
    for word in ("Ana", "Tea first", "knee", ana.email):
        assert word not in raw.decode()
    assert client.get(f"/s/{share.key}/").status_code == 200


def test_one_address_that_is_refused_does_not_stop_the_others(settings):
    for name in ("ana", "bo", "cy"):
        due_page(f"{name}@example.org")
    with mail_server(settings) as postbox:
        postbox.refuses = {"ana@example.org", "bo@example.org"}
        tidy()
        tidy()  # nor is it tried again the next day
    assert postbox.to == [["cy@example.org"]]


def a_letter() -> Letter:
    return Letter(name="locked", to="ana@example.org")


def test_a_server_that_drips_a_byte_now_and_then_is_hung_up_on(settings):
    settings.EMAIL_TIMEOUT = 0.2
    with slow_server(b"220-hello", then_drips=b"2") as (port, _):
        send_to(port, settings)
        with pytest.raises(mails.NoServer):
            mails.deliver(a_letter())


def test_so_is_one_that_drips_within_tls(settings, monkeypatch, tmp_path):
    settings.EMAIL_TIMEOUT = 0.6
    server = with_certificate(tmp_path / "here.pem", monkeypatch)
    with slow_server(*UNTIL_TLS, then_drips=b"2", tls=server) as (port, _):
        send_to(port, settings)
        settings.EMAIL_USE_TLS = True
        with pytest.raises(mails.NoServer):
            mails.deliver(a_letter())


def test_one_whose_certificate_is_over_is_asked_again_later(settings, monkeypatch, tmp_path):
    """That is mended one day, so the email is not lost. And nothing runs on until then."""
    server = with_certificate(tmp_path / "here.pem", monkeypatch, until=2001)
    with slow_server(*UNTIL_TLS, tls=server) as (port, _):
        send_to(port, settings)
        settings.EMAIL_USE_TLS = True
        with pytest.raises(mails.NoServer):
            mails.deliver(a_letter())
    assert not clocks_running()


def with_certificate(
    path: Path, monkeypatch: pytest.MonkeyPatch, *, until: int = 2100
) -> ssl.SSLContext:
    """What a server needs that has a certificate until this year, which we trust."""
    server, ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    server.load_cert_chain(a_certificate(path, until))
    ours.load_verify_locations(path)
    monkeypatch.setattr(EmailBackend, "ssl_context", ours)
    return server


def a_certificate(path: Path, until: int) -> Path:
    """A certificate for this machine, and its key, that nobody else knows.

    It holds for many years: OpenSSL asks the machine's clock, and not one that a test has moved.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HERE)])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2000, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(until, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HERE))]), False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    kind = serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(pem, kind, serialization.NoEncryption())
    path.write_bytes(made.public_bytes(pem) + secret)
    return path


def test_so_is_one_that_is_slow_with_each_line_and_never_too_slow(settings, monkeypatch):
    """Each of its lines comes in time; all of them together do not."""
    settings.EMAIL_TIMEOUT = 0.3
    monkeypatch.setattr(Conversation, "getreply", slowly(Conversation.getreply))
    with mail_server(settings) as postbox, pytest.raises(mails.NoServer):
        mails.deliver(a_letter())
    assert postbox.raw == []


def slowly(getreply: Callable[..., Any]) -> Callable[..., Any]:
    def later(conversation: Conversation) -> Any:
        time.sleep(0.1)
        return getreply(conversation)

    return later


def test_so_is_one_of_which_no_address_answers(settings, monkeypatch):
    """Its addresses are called one after another, and share the time."""
    settings.EMAIL_TIMEOUT, called = 0.05, []

    def nobody_answers(address: tuple[str, int], seconds: float) -> None:
        called.append(address)
        time.sleep(seconds)
        raise TimeoutError

    addresses = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (HERE, port)) for port in (1, 2, 3)]
    monkeypatch.setattr("profiles.core.smtp.socket.getaddrinfo", lambda *a, **k: addresses)
    monkeypatch.setattr("profiles.core.smtp.socket.create_connection", nobody_answers)
    send_to(25, settings)
    with pytest.raises(mails.NoServer):
        mails.deliver(a_letter())
    assert len(called) == 1


def test_one_that_takes_the_words_and_says_no_more_leaves_it_in_doubt(settings):
    settings.EMAIL_TIMEOUT = 0.3
    with slow_server(*UNTIL_THE_WORDS, b"354 go on") as (port, heard):
        send_to(port, settings)
        with pytest.raises(InDoubt):
            mails.deliver(a_letter())
        assert heard.is_set()
    with slow_server(*UNTIL_THE_WORDS) as (port, _):  # before them, there is no doubt
        send_to(port, settings)
        with pytest.raises(mails.NoServer):
            mails.deliver(a_letter())


@pytest.mark.parametrize(
    "says, raised",
    [("450 come again", mails.NotNow), ("452 full", mails.NotNow), ("550 nobody", mails.Refused)],
)
def test_a_server_may_refuse_for_now_or_for_ever(settings, says, raised):
    with mail_server(settings) as postbox:
        postbox.refuses, postbox.how = {"ana@example.org"}, says
        with pytest.raises(raised):
            mails.deliver(a_letter())


def test_no_clock_runs_on_after_a_conversation(settings):
    with mail_server(settings):
        mails.deliver(a_letter())
    assert not clocks_running()


def clocks_running() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
