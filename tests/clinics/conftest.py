"""Links for computers, in each way to take a page."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
import time_machine
from django.core.cache import cache

from profiles.clinics import files
from profiles.pages.models import Profile
from profiles.sharing.clinic import Taking
from tests.clinics.computer import Computer, computer, made


@pytest.fixture(autouse=True)
def printed_at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paper that takes no time to make, where a test does not ask for real paper."""
    if "real_paper" not in request.fixturenames:
        monkeypatch.setattr(files.printing, "make_pdf", lambda sheet: made())


@pytest.fixture
def real_paper() -> None:
    """Nothing stands in for the printing."""


@pytest.fixture
def now(anas_page: Profile) -> Computer:
    cache.clear()
    return computer(anas_page)


@pytest.fixture
def with_passcode(anas_page: Profile) -> Computer:
    cache.clear()
    return computer(anas_page, taking=Taking.PASSCODE)


@pytest.fixture
def updated(anas_page: Profile) -> Computer:
    cache.clear()
    return computer(anas_page, taking=Taking.UPDATED)


@pytest.fixture
def time_machine_at() -> Callable[[datetime], AbstractContextManager[object]]:
    """Let the clock stand still at a moment, for as long as it is asked to."""
    return lambda moment: time_machine.travel(moment, tick=False)
