"""A backup that is put back reopens nothing: not by our command, and not by hand."""

from pathlib import Path

import pytest
from django.core.management import call_command

from profiles.core import journal
from profiles.core.models import ToJournal
from profiles.house.replay import catch_up
from tests.house.restore.kinds import KINDS, Case
from tests.house.restore.places import by_command, by_hand

pytestmark = pytest.mark.django_db(transaction=True)


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
