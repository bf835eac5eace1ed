"""Whatever happened since a backup: a restore never shows anybody more than was shown before it.

The machine of the sharing tests lives on from a moment that is kept; then the database goes back to
that moment, as a restore does, and the endings that were noted meanwhile are done again.
"""

import re
from dataclasses import asdict
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import initialize, invariant, run_state_machine_as_test

from profiles.core.journal import Ending, Kind
from profiles.core.models import ToJournal
from profiles.house import replay
from tests.drawn import NIGHTLY
from tests.readers import words_in
from tests.sharing.lives import Sharing
from tests.sharing.oracle import HELPERS, READERS

TOPIC_OF = re.compile(r"CNRY([a-z]+)")
LIVES = 150 if NIGHTLY else 6
A_LIFE = 14  # steps, from the backup to the fire
Seen = dict[tuple[str, ...], set[str]]


class Restored(Sharing):
    """A life with a backup at its beginning, and a restore at its end."""

    does_it_again = True

    @initialize()
    def a_page(self) -> None:
        super().a_page()
        self.backup = transaction.savepoint()
        self.known_then = len(self.known)

    # What each sees at every step is tested where the machine is at home.
    a_helper_sees_just_that_and_suggests_only_if_they_may = None
    every_reader_sees_just_that_in_every_format = lambda self: None  # noqa: E731
    the_ledger_alone_tells_how_each_share_stands = None

    @invariant()
    def tries_are_forgotten(self) -> None:
        """How often something may be tried is tested elsewhere."""
        cache.clear()

    def teardown(self) -> None:
        try:
            if hasattr(self, "backup"):
                self.is_never_more_than_before()
        finally:
            super().teardown()

    def is_never_more_than_before(self) -> None:
        before = self.all_that_is_seen()
        endings = [
            as_read(number, row) for number, row in enumerate(ToJournal.objects.order_by("pk"), 1)
        ]
        transaction.savepoint_rollback(self.backup)
        if self.does_it_again:
            replay.do_again(endings)
        after = self.all_that_is_seen()
        more = {who: seen - before[who] for who, seen in after.items() if seen - before[who]}
        assert not more, ([asdict(ending) for ending in endings], more)

    def all_that_is_seen(self) -> Seen:
        """By everybody, of each share that the backup knows, and of the page they help with."""
        cache.clear()
        self.everybody_signs_in()
        seen: Seen = {}
        for number, known in enumerate(self.known[: self.known_then]):
            for name in READERS:
                reader = self.readers[name]
                reader.come_in(known.share, passcode=known.passcode)
                for channel in ("html", "text"):
                    words = words_in(reader.ask(known.share, channel))
                    seen[name, str(number), channel] = {*TOPIC_OF.findall(words)}
        for name in HELPERS:
            for helper in self.page.supporters.filter(user=self.helpers[name].user):
                words = words_in(self.helpers[name].browser.get(f"/helping/{helper.ref}/"))
                seen[name, helper.ref] = {*TOPIC_OF.findall(words)}
        return seen


def as_read(number: int, row: ToJournal) -> Ending:
    """A row as it comes back from the journal."""
    at = datetime.fromisoformat(row.at.isoformat())
    kind, says = Kind(row.kind), row.says
    return Ending(number=number, uid=row.uid, kind=kind, ref=row.ref, says=says, at=at)


def live(machine: Any, lives: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=lives,
            stateful_step_count=A_LIFE,
            deadline=None,
            derandomize=not NIGHTLY,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            report_multiple_bugs=False,
        ),
    )


@pytest.mark.once
@pytest.mark.django_db
def test_a_restore_never_shows_more_than_was_shown_before_it() -> None:
    live(Restored, LIVES)


@pytest.mark.once
@pytest.mark.django_db
def test_without_the_journal_it_would() -> None:
    class Forgetful(Restored):
        does_it_again = False

    with pytest.raises(AssertionError):
        live(Forgetful, LIVES)
