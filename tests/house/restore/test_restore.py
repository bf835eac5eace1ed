"""A backup that is put back reopens nothing: not by our command, and not by hand."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import F

from profiles.accounts.models import DataKey
from profiles.core import journal
from profiles.core.journal_places import CannotReach, InFile
from profiles.core.models import JournalMark, ToJournal
from profiles.house.replay import catch_up
from profiles.sharing import actions
from profiles.sharing.models import Share
from tests.factories import make_share
from tests.house.restore.kinds import KINDS, NEED_WORDS, Case
from tests.house.restore.places import by_command, by_hand
from tests.tidying import tidy

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_waits_here_is_newer_than_any_line(anas_page, monkeypatch) -> None:
    """She opened it again while the journal could not be written, and the process was killed."""
    share, by = make_share(anas_page), anas_page.owner
    actions.pause(share=share, by=by)
    with monkeypatch.context() as patch:
        patch.setattr(InFile, "add", cannot)
        actions.resume(share=share, by=by)
    JournalMark.objects.update(number=F("number") - 1)
    assert catch_up() is journal.JournalState.BEHIND
    assert Share.objects.open().exists()
    journal.move_all()
    JournalMark.objects.update(number=0)
    assert catch_up() is journal.JournalState.BEHIND
    assert Share.objects.open().exists()
    assert [*share.events.in_order().values_list("kind", flat=True)] == [
        "given", "paused", "resumed",
    ]  # fmt: skip


def cannot(*given: object) -> None:
    raise CannotReach


def back(cases: dict[str, Case]) -> list[str]:
    """What of these is there, or open."""
    return [name for name, case in cases.items() if case.is_back()]


def test_whatever_was_ended_stays_ended_through_a_restore(tmp_path: Path) -> None:
    cases = {kind.__name__: kind() for kind in KINDS}
    assert back(cases) == [*cases]
    file = tmp_path / "backup"
    call_command("backup", str(file))
    for case in cases.values():
        case.end()
    assert back(cases) == []
    by_hand(file)
    assert back(cases) == [*cases], "else this would prove nothing"
    assert catch_up() is journal.JournalState.BEHIND
    assert back(cases) == []
    journal.move_all()
    assert catch_up() is journal.JournalState.LEVEL
    assert by_command(file).endswith("done again, by the endings journal.\n")
    assert back(cases) == []
    assert not ToJournal.objects.exists()


def test_a_page_that_was_damaged_keeps_nobody_out_and_shows_nothing_once_it_opens(
    tmp_path: Path,
) -> None:
    """Where doing it again needs a page that does not open, what it shares waits for its person."""
    cases = [kind() for kind in NEED_WORDS]
    file = tmp_path / "backup"
    call_command("backup", str(file))
    for case in cases:
        case.end()
    by_hand(file)
    keys = {key.pk: bytes(key.wrapped) for key in DataKey.objects.all()}
    DataKey.objects.update(wrapped=b"1.test.damaged")
    assert catch_up() is journal.JournalState.BEHIND
    for pk, wrapped in keys.items():
        DataKey.objects.filter(pk=pk).update(wrapped=wrapped)
    assert [case for case in cases if case.is_back()] == []


def test_a_line_that_was_changed_is_told_and_a_new_backup_needs_it_no_more(
    anas_page, tmp_path: Path
) -> None:
    first, second = make_share(anas_page), make_share(anas_page)
    for share in (first, second):
        actions.pause(share=share, by=anas_page.owner)
    journal.move_all()
    file, at = Path(settings.ENDINGS_JOURNAL), -1
    lines = file.read_bytes().split(b"\n")
    lines[1] = lines[1][:at] + (b"A" if lines[1][at:] != b"A" else b"B")
    file.write_bytes(b"\n".join(lines))
    assert catch_up() is journal.JournalState.LEVEL
    with pytest.raises(CommandError, match=r"The endings journal, read whole: none .*Broken"):
        tidy()
    call_command("backup", str(tmp_path / "backup"))
    actions.resume(share=second, by=anas_page.owner)
    actions.stop(share=first, by=anas_page.owner)
    journal.move_all()
    assert by_command(tmp_path / "backup").endswith("done again, by the endings journal.\n")
    assert [share.stopped_at is None for share in Share.objects.order_by("pk")] == [False, True]
