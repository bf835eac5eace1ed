"""Whoever runs the site is told that a page broke, and told nothing that is somebody's."""

import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread, Timer
from time import sleep

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from profiles.core.faults import TellsFaults
from project import env
from tests.factories import make_share

pytestmark = pytest.mark.django_db
WORDS = "CNRY in what was typed"


@contextmanager
def somewhere(status: int = 200) -> Iterator[tuple[str, list[bytes]]]:
    """An address that takes what is told, and what it was told."""
    told: list[bytes] = []

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Location", "/elsewhere/")
            self.end_headers()

        def do_GET(self) -> None:  # as whoever lets themself be sent on asks
            told.append(b"")
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Takes) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/in", told
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def somewhere_odd(drops: int) -> Iterator[tuple[str, list[str]]]:
    """An address that answers with what is no answer, after so many drops; and if it was heard."""
    heard: list[str] = []

    def answer() -> None:
        called, _ = server.accept()
        with called, suppress(OSError):
            called.recv(65_536)
            for _ in range(drops):
                called.sendall(b"H")
                sleep(0.05)
            called.sendall(b"odd\r\n\r\n")
            heard.append("all of it")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=answer)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/in", heard
        finally:
            thread.join()


@pytest.fixture
def telling(settings) -> Iterator[TellsFaults]:
    settings.TELL_FAULTS_TO = ["watch@example.org"]
    handler, log = TellsFaults(), logging.getLogger("django.request")
    log.addHandler(handler)
    yield handler
    log.removeHandler(handler)


def break_it(monkeypatch, fault: Exception, path: str = "/me/matters/important/") -> Client:
    """A browser, in which a page with words in its form breaks."""

    def breaks(*_: object, **__: object) -> None:
        raise fault

    reads_sessions = "django.contrib.sessions.middleware.SessionMiddleware.process_request"
    monkeypatch.setattr(reads_sessions, breaks)
    browser = Client(raise_request_exception=False)
    browser.post(path, {"text": WORDS})
    return browser


def test_it_is_told_once_with_the_page_the_fault_and_its_number(telling, monkeypatch, anas_page):
    share = make_share(anas_page)
    monkeypatch.setattr(
        "profiles.reading.views.open_share",
        lambda key: (_ for _ in ()).throw(RuntimeError(f"{WORDS} {key}")),
    )
    browser = Client(raise_request_exception=False)
    number = "f" * 32
    for _ in range(3):
        door = reverse("reading:doorstep", args=[share.key])
        assert browser.get(door, headers={"X-Request-ID": number}).status_code == 500
    [told] = mail.outbox
    assert told.to == ["watch@example.org"]
    assert "reading:doorstep" in told.body and "RuntimeError" in told.body and number in told.body
    assert WORDS not in told.body and share.key not in told.body + told.subject


def test_an_address_of_theirs_is_told_too(telling, settings, monkeypatch):
    before = set(threading.enumerate())
    with somewhere() as (place, told):
        settings.TELL_FAULTS_TO = [place]
        break_it(monkeypatch, DatabaseError("CNRY"))
    [body] = told
    assert json.loads(body).keys() == {"text", "site", "page", "kind", "status", "number"}
    assert "DatabaseError" in json.loads(body)["text"] and b"CNRY" not in body
    running = {each for each in threading.enumerate() if isinstance(each, Timer)}
    assert running <= before  # no clock runs on once it is told


@pytest.mark.parametrize("status", [302, 500])
def test_where_they_take_nothing_the_page_is_answered_all_the_same(
    telling, settings, monkeypatch, status
):
    with somewhere(status) as (place, told):
        settings.TELL_FAULTS_TO = [place, "http://127.0.0.1:9/closed"]
        break_it(monkeypatch, RuntimeError())
    assert len(told) == 1  # and nobody went to where it was sent on


@pytest.mark.parametrize("drops", [0, 40])
def test_one_that_answers_oddly_keeps_nobody_and_shows_no_address(
    telling, settings, monkeypatch, capsys, caplog, drops
):
    monkeypatch.setattr("profiles.core.faults.PATIENCE", 0.2)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    with somewhere_odd(drops) as (place, heard):
        settings.TELL_FAULTS_TO = [place, "watch@example.org"]
        break_it(monkeypatch, RuntimeError(), path="/s/CNRYkey/")
    assert bool(heard) == (not drops)  # who lets it drop is hung up on
    assert "A fault was not told" in caplog.text
    assert "CNRYkey" not in capsys.readouterr().err
    assert len(mail.outbox) == 1  # the next place is told all the same


def test_while_one_place_is_slow_nobody_else_waits_for_it(telling):
    assert telling.lock is None


def test_what_is_only_busy_or_away_by_our_own_word_is_no_fault(telling, monkeypatch):
    from profiles.house import readiness

    monkeypatch.setattr(readiness, "faults", lambda: ["The disk is nearly full."])
    assert Client().get("/ready").status_code == 503
    assert Client().get("/nowhere/").status_code == 404
    assert mail.outbox == []


def test_the_same_fault_is_told_again_after_a_while(telling, monkeypatch):
    moments = iter([0.0, 599.0, 601.0])
    monkeypatch.setattr("profiles.core.faults.monotonic", lambda: next(moments))
    assert [telling._is_new("page", "kind") for _ in range(3)] == [True, False, True]


@pytest.mark.parametrize("given", ["http://example.org/in", "nobody", "a@example.org, ftp://x"])
def test_an_address_that_is_none_stops_the_program(monkeypatch, given):
    monkeypatch.setenv("TELL_FAULTS_TO", given)
    with pytest.raises(ImproperlyConfigured, match="TELL_FAULTS_TO"):
        env.places_to_tell("TELL_FAULTS_TO", local=False)
