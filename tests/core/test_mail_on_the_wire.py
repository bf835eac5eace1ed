"""Emails as they arrive: over SMTP, at a real server, and when that server does not behave."""

import time
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from profiles.core import mails
from profiles.review.models import Reminder
from tests.factories import make_share, say
from tests.review.test_reminders import due_page, tidy
from tests.smtp import a_port_where_nobody_listens, deaf_server, mail_server, send_to

pytestmark = pytest.mark.django_db


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
        assert "1 emailed." in tidy()
        assert "0 emailed." in tidy(), "nor is it tried again the next day"
    assert postbox.to == [["cy@example.org"]]


def test_while_nobody_listens_nothing_breaks_and_the_next_run_sends(settings):
    due_page()
    send_to(a_port_where_nobody_listens(), settings)
    assert "0 emailed." in tidy()
    assert not Reminder.objects.exists()
    with mail_server(settings) as postbox:
        assert "1 emailed." in tidy()
    assert len(postbox.raw) == 1


def test_a_server_that_never_answers_is_left_alone_after_a_few_tries(settings, monkeypatch):
    for number in range(10):
        due_page(f"p{number}@example.org")
    monkeypatch.setattr(mails, "PATIENCE", 0.2)
    begun = time.monotonic()
    with deaf_server() as port:
        send_to(port, settings)
        assert "0 emailed." in tidy()
    assert time.monotonic() - begun < 0.2 * mails.MOST_FAILURES + 3
    assert not Reminder.objects.exists()
