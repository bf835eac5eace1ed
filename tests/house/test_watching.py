"""Numbers for those who watch over the site: told to them alone, and none about a person."""

import re
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django.asserts import assertContains

from profiles.core.models import ToJournal, note_success
from profiles.house import readiness, watching
from profiles.notices.models import Notice
from project import env
from tests.factories import make_share

pytestmark = pytest.mark.django_db
METRICS = "/metrics"


@pytest.fixture
def watched(settings) -> None:
    settings.METRICS_FROM = [ip_network("127.0.0.0/8")]


def count_of(name: str, said: str) -> float:
    found = re.search(rf"^{re.escape(name)} ([0-9.e+]+)$", said, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_unless_somebody_is_named_there_is_no_such_page(client):
    assert client.get(METRICS).status_code == 404
    with pytest.raises(MiddlewareNotUsed):
        watching.counted(lambda request: None)


def test_nobody_else_finds_it(watched):
    for elsewhere in (
        {"REMOTE_ADDR": "192.0.2.1"},
        {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"REMOTE_ADDR": ""},
    ):
        assert Client(**elsewhere).get(METRICS).status_code == 404
    assert Client().get(METRICS).status_code == 200


def test_behind_a_proxy_it_is_the_address_behind_it_that_counts(watched, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert Client(HTTP_X_FORWARDED_FOR="192.0.2.1").get(METRICS).status_code == 404
    assert Client(HTTP_X_FORWARDED_FOR="192.0.2.1, 127.0.0.5").get(METRICS).status_code == 200


def test_each_answer_is_counted_by_its_page_and_not_by_its_address(watched, anas_page):
    share = make_share(anas_page)
    browser = Client()
    name = 'tell_it_once_request_seconds_count{page="reading:doorstep",status="200"}'
    before = count_of(name, browser.get(METRICS).content.decode())
    browser.get(f"/s/{share.key}/")
    browser.get("/CNRY-typed-by-somebody/")
    said = browser.get(METRICS).content.decode()
    assert count_of(name, said) == before + 1
    assert 'page="none",status="404"' in said
    assert share.key not in said and "CNRY" not in said


def test_when_tidy_was_last_done_whole_is_told(watched, client):
    now = timezone.now()
    note_success("tidy", at=now)
    said = client.get(METRICS).content.decode()
    told = count_of('tell_it_once_last_success_timestamp_seconds{what="tidy"}', said)
    assert told == pytest.approx(now.timestamp(), abs=1)


def test_what_waits_is_told(watched, client, anas_page):
    now = timezone.now()
    for minutes in (5, 1):
        owed = now - timedelta(minutes=minutes)
        Notice.objects.create(profile=anas_page, task="a", about=minutes, owed_at=owed, due_at=now)
    ToJournal.objects.create(kind="page", ref="a")
    said = client.get(METRICS).content.decode()
    assert count_of("tell_it_once_waiting_emails", said) == 2
    assert count_of("tell_it_once_oldest_waiting_email_seconds", said) == pytest.approx(300, abs=60)
    assert count_of("tell_it_once_waiting_endings", said) == 1


def test_whoever_watches_is_told_what_is_missing(watched, monkeypatch):
    monkeypatch.setattr(readiness, "faults", lambda: ["The disk is nearly full."])
    assertContains(Client().get("/ready"), "The disk is nearly full.", status_code=503)
    assert Client(REMOTE_ADDR="192.0.2.1").get("/ready").content == b"not ready\n"


def test_a_request_that_comes_from_nowhere_may_not_watch(watched):
    assert not watching.may_watch(RequestFactory().get(METRICS, REMOTE_ADDR="nonsense"))


def test_a_probe_that_passed_fewer_proxies_than_others_is_answered(watched, settings, monkeypatch):
    """One from inside says less of where it came from. It is told what a stranger is told."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    monkeypatch.setattr(readiness, "faults", list)
    answer = Client(HTTP_X_FORWARDED_FOR="127.0.0.1").get("/ready")
    assert (answer.status_code, answer.content) == (200, b"ready\n")


def test_what_is_no_address_stops_the_program(monkeypatch):
    monkeypatch.setenv("METRICS_FROM", "10.0.0.0/8, everybody")
    with pytest.raises(ImproperlyConfigured, match="METRICS_FROM"):
        env.networks("METRICS_FROM")
