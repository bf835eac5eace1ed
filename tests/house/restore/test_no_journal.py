"""Where nobody can tell what was ended since, everything starts paused, and its person is told."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from profiles.accounts.after_restore import note_open
from profiles.accounts.models import Session
from profiles.core import journal, journal_places
from profiles.core.crypto import read_field_keys
from profiles.core.journal import FromNewer, JournalState, KeyIsMissing
from profiles.core.journal_places import CannotReach
from profiles.core.models import JournalMark
from profiles.exports.receipt import as_data
from profiles.house.replay import catch_up
from profiles.sharing import actions
from profiles.sharing.models import Share
from profiles.sharing.receipts import receipt_for
from profiles.sharing.sentences import events
from tests.factories import make_page, make_share, make_supporter, make_user
from tests.house.restore.kinds import shows
from tests.house.restore.places import by_command

pytestmark = pytest.mark.django_db
TOLD = "We had to go back to an older copy of what we keep"


@pytest.fixture
def share(anas_page) -> Share:
    return make_share(anas_page, reader_name="Cal")


def file() -> Path:
    return Path(settings.ENDINGS_JOURNAL)


@pytest.fixture
def kept(share) -> Share:
    """A share of which the journal has heard."""
    journal.move_all()
    assert catch_up() is JournalState.LEVEL
    return share


def is_told(share: Share, browser: Client) -> set[str]:
    """Where its person, who has to sign in anew, is told that it was us."""
    browser.force_login(share.profile.owner)
    places = {
        "house:me": reverse("house:me"),
        "sharing:share": reverse("sharing:share", args=[share.ref]),
    }
    shown = {name: browser.get(address) for name, address in places.items()}
    assert {answer.status_code for answer in shown.values()} == {200}
    return {name for name, answer in shown.items() if TOLD in answer.content.decode()}


def missing() -> None:
    file().unlink()


def cut_short() -> None:
    lines = file().read_bytes().splitlines(keepends=True)
    file().write_bytes(b"".join(lines[:-1]))


def of_another_database() -> None:
    missing()
    mark = JournalMark()
    mark.pk = 2
    journal.begin(mark)
    mark.delete()


def with_a_changed_byte() -> None:
    """In the last line, which this database has not done: it may be older than that."""
    text = bytearray(file().read_bytes())
    text[-20] = ord("A") if text[-20] != ord("A") else ord("B")
    file().write_bytes(text)


def older_with_a_changed_byte() -> None:
    """In a line that an older copy would have to do again."""
    JournalMark.objects.update(number=0)
    text = bytearray(file().read_bytes())
    at = text.index(b"\n") + 50
    text[at] = ord("A") if text[at] != ord("A") else ord("B")
    file().write_bytes(text)


@pytest.mark.parametrize(
    "breaks",
    [missing, cut_short, of_another_database, with_a_changed_byte, older_with_a_changed_byte],
)
def test_everything_is_paused_and_its_person_is_told(
    kept: Share, anas_browser: Client, breaks: Callable[[], None]
) -> None:
    breaks()
    assert catch_up() is JournalState.MISSING
    assert not shows(kept)
    [row, *_] = events(Share.objects.select_related("profile__data_key").get(pk=kept.pk))
    assert row["sentence"].startswith("We had to go back to an older copy")
    assert not Session.objects.exclude(account=None).exists(), "a device may have been signed out"
    assert is_told(kept, anas_browser) == {"house:me", "sharing:share"}
    journal.move_all()
    assert catch_up() is JournalState.LEVEL


def test_the_receipt_says_that_it_was_us(kept) -> None:
    missing()
    catch_up()
    share = Share.objects.select_related("profile__data_key").get(pk=kept.pk)
    receipt = receipt_for(share)
    assert receipt.entries[-1].sentence.startswith("We had to go back to an older copy")
    data = json.dumps(as_data(receipt, site="https://example.org", contact=""))
    assert data.count('"entity_id": "operator", "event_type"') == 1


def test_once_she_opens_it_again_nothing_more_is_told(kept, anas_browser) -> None:
    missing()
    catch_up()
    assert actions.resume(share=kept, by=kept.profile.owner)
    assert shows(kept)
    assert not is_told(kept, anas_browser)


def test_what_she_pauses_herself_after_that_is_not_said_to_be_our_doing(kept, anas_browser) -> None:
    missing()
    catch_up()
    assert actions.resume(share=kept, by=kept.profile.owner)
    assert actions.pause(share=kept, by=kept.profile.owner)
    assert not is_told(kept, anas_browser)


def test_she_is_asked_again_who_may_help(kept, sister) -> None:
    helper = make_supporter(kept.profile, sister)
    missing()
    catch_up()
    helper.refresh_from_db()
    assert helper.given_at is None and helper.ended_at is None


def test_words_that_do_not_open_are_no_reason_to_leave_a_share_open(kept) -> None:
    broken = make_share(make_page(make_user("bo@example.org"), call_me="Bo", important="Tea."))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE profiles_share SET reader_name = %s WHERE id = %s", [b"1.x.y", broken.pk]
        )
    missing()
    assert catch_up() is JournalState.MISSING
    assert not Share.objects.open().exists()


def test_a_key_that_is_not_here_closes_the_door_and_pauses_nothing(kept, settings) -> None:
    settings.FIELD_KEYS = read_field_keys("new:" + "A" * 43 + "=")
    with pytest.raises(KeyIsMissing):
        catch_up()
    assert Share.objects.open().exists()


@pytest.mark.parametrize("secret", ["", "another" * 8])
def test_what_cannot_be_found_under_another_secret_pauses_everything(kept, settings, secret):
    """Whoever set up a machine anew may have brought the keys along, and not this secret."""
    dee = make_user("dee@example.org")
    note_open(dee, is_open=False)
    journal.move_all()
    JournalMark.objects.update(number=0)  # as in a backup from before
    settings.SHARE_KEY_SECRET = secret or settings.SHARE_KEY_SECRET
    assert catch_up() is JournalState.BEHIND
    dee.refresh_from_db()
    assert dee.is_active is bool(secret), "else this would prove nothing"
    assert Share.objects.open().exists() is not bool(secret)
    assert catch_up() is JournalState.LEVEL


@pytest.mark.parametrize("says", [{"kind": "look"}, {"kind": "share", "since": "2027"}])
def test_what_only_a_newer_version_knows_lets_nobody_in_before_that_is_back(kept, says) -> None:
    """An operator went back to this version, and to the backup that was made with it."""
    mark = journal.held_mark()
    said = {"uid": "u", "ref": "r", "says": {}, "at": "2027-01-01T00:00:00+00:00", **says}
    line = journal._sealed(mark.journal, mark.number + 1, said)
    journal_places.place().add(lambda last: [line])
    with pytest.raises(FromNewer):
        catch_up()
    with override_settings(WATCH_ENDINGS=10):
        answer = Client().get(reverse("house:home"))
    assert answer.status_code == 503
    with pytest.raises(CommandError, match="was written by a newer version of the program"):
        call_command("doctor", stdout=StringIO())
    assert Share.objects.open().exists()


def test_a_journal_of_another_database_makes_room_where_nobody_is_yet(db, settings) -> None:
    """Somebody began anew on their own machine, with new keys, and left the old file there."""
    journal.begin(journal.held_mark())
    JournalMark.objects.all().delete()
    settings.FIELD_KEYS = read_field_keys("new:" + "A" * 43 + "=")
    assert catch_up() is JournalState.NEW
    assert catch_up() is JournalState.LEVEL
    assert [*file().parent.glob("endings.broken-*")]


def test_a_folder_that_is_not_there_now_pauses_nothing(kept, settings, tmp_path) -> None:
    settings.ENDINGS_JOURNAL = str(tmp_path / "not-mounted" / "endings")
    with pytest.raises(CannotReach):
        catch_up()
    assert Share.objects.open().exists()


@pytest.mark.django_db(transaction=True)
def test_a_backup_from_before_there_were_journals_is_paused_too(
    share, tmp_path, monkeypatch
) -> None:
    backup = tmp_path / "backup"
    JournalMark.objects.all().delete()
    with monkeypatch.context() as patch:
        patch.setattr("profiles.house.backups.catch_up", lambda: None)
        call_command("backup", str(backup))
    missing()
    assert "each person is told why" in by_command(backup)
    assert not shows(share)


@pytest.mark.django_db(transaction=True)
def test_a_database_is_never_restored_over(share, tmp_path) -> None:
    backup = tmp_path / "backup"
    call_command("backup", str(backup))
    with pytest.raises(CommandError, match="There is a database already"):
        call_command("restore", str(backup))
    assert shows(share)
