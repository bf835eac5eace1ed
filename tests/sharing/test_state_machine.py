"""Owner, readers, helpers and a clock live through months; a few lines say what each may see.

Of the two readers one has an account, and may be a named worker. Of the two helpers one kept the
page before it was handed over, and the other is asked by the person. One share was made by the
keeper: nothing opens it but the person's own yes.

The oracle shares no code with the door. It knows the answers, the shares and the introductions as
plain values, and is asked after every step, in every format: what is shown has to be exactly that,
neither more nor less. `bin/test --nightly` takes 25 times as many steps, and never the same ones.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    run_state_machine_as_test,
)

from profiles.answers import actions as answers
from profiles.answers.actions import Words
from profiles.answers.models import Agreed, Answer
from profiles.core import prepared
from profiles.core.verdict import YES
from profiles.pdf import printing
from profiles.reading import passcodes
from profiles.reading.models import IntroductionQuerySet
from profiles.sharing import rules
from profiles.sharing.models import ShareQuerySet
from profiles.supporters import handing
from profiles.supporters.models import SupporterQuerySet
from tests.sharing.lives import Sharing

NIGHTLY = bool(os.environ.get("NIGHTLY"))
STEPS = 10_000 if NIGHTLY else 400
A_LIFE = 40  # steps, in one world


@contextmanager
def patched(where: Any, name: str, becomes: Any) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(where, name, becomes)
        prepared.forget()  # else the questions that were built without the fault are asked
        yield
    prepared.forget()


def live(steps: int) -> None:
    """Let worlds come and go, until so many steps were taken."""
    usual = {
        "deadline": None,
        "derandomize": not NIGHTLY,
        "database": None,
        "suppress_health_check": list(HealthCheck),
        "stateful_step_count": A_LIFE,
        "phases": [Phase.generate],  # to make an example smaller takes minutes
        "report_multiple_bugs": False,
    }
    # Printed in this process: worker processes live by the real clock, and would be ended for it.
    with patched(printing, "make_pdf", printing.make_pdf_here):
        run_state_machine_as_test(
            Sharing, settings=settings(max_examples=steps * 12 // (8 * A_LIFE), **usual)
        )


@pytest.mark.django_db
def test_each_reader_sees_just_what_was_agreed_to_at_every_step() -> None:
    # By day PostgreSQL answers the same questions half as often: what races is tried elsewhere.
    steps = STEPS if NIGHTLY or connection.vendor == "sqlite" else STEPS // 2
    Sharing.steps = 0
    with patched(Sharing, "enough", steps):
        live(steps)
    assert Sharing.steps >= steps


# ---- a machine that finds nothing has to show that it could


def open_without(name: str) -> Any:
    """Shares as if one of the four moments did not count."""

    def open_(self: ShareQuerySet, at: datetime | None = None) -> ShareQuerySet:
        asked = {"stopped_at": None, "paused_at": None, "ends_at__gt": at or datetime.now(UTC)}
        asked.pop(name)
        return self.given().filter(**asked)

    return open_


shown = Agreed.shown


def bring_back_as_it_was(*, answer: Answer, **said: Any) -> Answer | None:
    """Words return with whoever could see them then."""
    return answers.save_answer(words=Words.of(answer), based_on=answer, **said)


def as_for_readers(wrong: Any) -> Any:
    """What is shown, wrong for readers and right for helpers: those may see every topic."""

    def shown_so(self: Agreed, said: Iterable[Answer]) -> list[Answer]:
        return shown(self, said) if self.topics is None else [a for a in said if wrong(self, a)]

    return shown_so


def as_for_helpers() -> Any:
    """What is shown, with all that is kept for helpers, and right for readers."""

    def shown_so(self: Agreed, said: Iterable[Answer]) -> list[Answer]:
        return [*said] if self.topics is None else shown(self, said)

    return shown_so


BY_DAY = {  # found soon: one of each kind. The others are left to the nightly run
    "every topic is shown",
    "what is kept is shown to helpers",
    "what a keeper shared stays open",
}
ABOUT_HELPERS: set[str] = set()  # no reader need be asked, to find what a helper is shown
FORMATS_FOR = {
    "everybody may print": {"html", "text"},
    "what is kept is shown to helpers": ABOUT_HELPERS,
    "a helper who was stopped goes on": ABOUT_HELPERS,
    "a keeper needs no yes": ABOUT_HELPERS,
}
FAULTS = {
    "a stopped share stays open": (ShareQuerySet, "open", open_without("stopped_at")),
    "a paused share stays open": (ShareQuerySet, "open", open_without("paused_at")),
    "a share that is over stays open": (ShareQuerySet, "open", open_without("ends_at__gt")),
    "what is kept is shown": (
        Agreed,
        "shown",
        as_for_readers(lambda self, answer: answer.topic in self.topics),
    ),
    "every topic is shown": (
        Agreed,
        "shown",
        as_for_readers(lambda self, answer: not answer.only_me),
    ),
    "what was ticked though kept is hidden": (
        Agreed,
        "shown",
        as_for_readers(lambda self, answer: answer.topic in self.topics and not answer.only_me),
    ),
    "what is kept is shown to helpers": (Agreed, "shown", as_for_helpers()),
    "a helper who was stopped goes on": (
        SupporterQuerySet,
        "helping",
        lambda self: self.filter(given_at__isnull=False, accepted_at__isnull=False),
    ),
    "a keeper needs no yes": (
        SupporterQuerySet,
        "helping",
        lambda self: self.current().filter(accepted_at__isnull=False),
    ),
    "what a keeper shared stays open": (handing, "pause_for_its_person", lambda profile: None),
    "what a keeper shared needs no yes": (rules, "may_change", lambda share: YES),
    "a worker's page is open to whoever has the link": (rules, "may_open", lambda user, share: YES),
    "words return with whoever could see them": (answers, "bring_back", bring_back_as_it_was),
    "everybody may print": (rules, "may_print", lambda share: True),
    "nobody has to come in again": (IntroductionQuerySet, "since", lambda self, moment: self),
    "a new passcode leaves readers in": (
        IntroductionQuerySet,
        "by_passcode_of_share",
        lambda self: self,
    ),
    "a passcode can be tried for ever": (passcodes, "_count", lambda share, digits: True),
}


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("fault", [name for name in FAULTS if NIGHTLY or name in BY_DAY])
def test_the_machine_finds_this_fault(fault: str) -> None:
    formats = FORMATS_FOR.get(fault, {"html"})  # the quick ones
    with (
        patched(Sharing, "formats", formats),
        patched(*FAULTS[fault]),
        pytest.raises((AssertionError, BaseExceptionGroup)),
    ):
        live(5_000 if NIGHTLY else 1_000)
