"""Nobody is let in before the database knows all that was taken away; and stopping always stops."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from profiles.core import journal
from profiles.core.journal_places import CannotReach, InFile
from profiles.core.models import ToJournal
from profiles.house import gate, readiness
from profiles.management.commands import db_worker
from profiles.sharing import actions
from profiles.sharing.models import Share
from tests.factories import make_share
from tests.house.restore.places import by_hand
from tests.readers import address

pytestmark = pytest.mark.django_db(transaction=True)
NOT_WRITTEN = "The endings journal cannot be read or written."
READY = reverse("house:ready")


@pytest.fixture(autouse=True)
def it_watches(settings, monkeypatch):
    settings.WATCH_ENDINGS = 10
    monkeypatch.setattr(readiness.printing, "can_print", lambda: True)


@pytest.fixture
def share(anas_page) -> Share:
    return make_share(anas_page)


def cannot_write(*given):
    raise CannotReach


def status(browser: Client, share: Share) -> int:
    return browser.get(address("reading:doorstep", share.key)).status_code


def test_the_first_who_comes_after_a_restore_by_hand_is_met_by_the_ending(share, tmp_path):
    assert status(Client(), share) == 200
    call_command("backup", str(tmp_path / "backup"))
    actions.stop(share=share, by=share.profile.owner)
    by_hand(tmp_path / "backup")
    assert Share.objects.open().exists(), "else this would prove nothing"
    assert status(Client(), share) == 410


def test_a_process_that_goes_on_meanwhile_asks_again_soon(share, tmp_path, monkeypatch):
    browser, now = Client(), 1000.0
    monkeypatch.setattr(gate.time, "monotonic", lambda: now)
    assert status(browser, share) == 200
    call_command("backup", str(tmp_path / "backup"))
    actions.stop(share=share, by=share.profile.owner)
    by_hand(tmp_path / "backup")
    now += settings.WATCH_ENDINGS
    assert status(browser, share) == 410


def test_a_worker_that_goes_on_meanwhile_asks_before_its_next_task(
    share, settings, tmp_path, monkeypatch
):
    [librarys_own] = db_worker.Worker.__bases__
    open_then, worker = [], db_worker.Worker.__new__(db_worker.Worker)
    monkeypatch.setattr(
        librarys_own, "run_task", lambda *_: open_then.append(Share.objects.open().exists())
    )
    worker.run_task(None)
    call_command("backup", str(tmp_path / "backup"))
    actions.stop(share=share, by=share.profile.owner)
    by_hand(tmp_path / "backup")
    worker.run_task(None)
    settings.ENDINGS_JOURNAL = str(tmp_path / "not-mounted" / "endings")
    worker.run_task(None)
    assert open_then == [True, False, False]


def test_a_probe_does_it_too_before_it_says_ready(share, tmp_path):
    call_command("backup", str(tmp_path / "backup"))
    actions.stop(share=share, by=share.profile.owner)
    by_hand(tmp_path / "backup")
    assert Client().get(READY).status_code == 200
    assert not Share.objects.open().exists()


def test_where_nobody_can_say_what_ended_nothing_is_shown(share, settings, tmp_path):
    assert status(Client(), share) == 200
    where = settings.ENDINGS_JOURNAL
    settings.ENDINGS_JOURNAL = str(tmp_path / "not-mounted" / "endings")
    browser = Client()
    answer = browser.get(address("reading:doorstep", share.key))
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert browser.get(reverse("house:up")).status_code == 200
    assert browser.get(READY).status_code == 503
    answer = browser.post(reverse("sharing:stop", args=[share.ref]))
    assert answer.status_code == 503 and "Sharing has not stopped." in answer.content.decode()
    assert browser.get("/nothing/is/here/").status_code == 503
    settings.ENDINGS_JOURNAL = where
    assert status(browser, share) == 200


def test_stopping_stops_also_where_it_cannot_be_written_and_ready_is_red(
    share, anas_browser, monkeypatch
):
    assert anas_browser.get(READY).status_code == 200
    with monkeypatch.context() as patch:
        patch.setattr(InFile, "add", cannot_write)
        assert anas_browser.post(reverse("sharing:stop", args=[share.ref])).status_code == 302
        assert status(Client(), share) == 410
        assert ToJournal.objects.exists()
        assert readiness.faults() == [NOT_WRITTEN]
        assert anas_browser.get(READY).status_code == 503
        with pytest.raises(CommandError, match="Endings that waited for the journal"):
            call_command("tidy", stdout=StringIO())
    call_command("tidy", stdout=StringIO())
    assert not ToJournal.objects.exists()
    assert anas_browser.get(READY).status_code == 200


@pytest.mark.parametrize("place", ["/dev/full", "/dev"], ids=["full", "no file"])
def test_where_there_can_be_no_file_at_all_it_is_told(share, settings, place):
    """The device is really full, and always was; or a folder stands there."""
    settings.ENDINGS_JOURNAL = place
    assert actions.stop(share=share, by=share.profile.owner)
    assert not Share.objects.open().exists()
    assert ToJournal.objects.exists()
    with pytest.raises(CannotReach):
        journal.move()
    assert readiness.faults() == [NOT_WRITTEN]
