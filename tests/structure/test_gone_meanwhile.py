"""A page is deleted in the very moment when somebody holds it, to do something to it.

Everybody who may send a form sends it. Nothing is done then; but nobody meets a fault.
"""

from typing import Any

import pytest

from profiles.house import for_people
from profiles.pages import actions, gone
from profiles.pages.models import Profile
from profiles.permissions import PERMISSIONS
from tests.structure.everybody import Hall

pytestmark = pytest.mark.once  # the same is asked of either database
KINDLY = {302, 403, 404, 409, 410}
NEEDED = {"review:topic", "review:end"}  # their check is begun here, which holds the page too


class Meanwhile:
    """Another window, which deletes a page as soon as somebody is to hold it."""

    DoesNotExist = Profile.DoesNotExist

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.waits = self.did = False
        self.objects, lock = self, Profile.lock

        def gone_first(page: Profile) -> Profile:
            if self.waits:
                self.waits, self.did = False, True
                _delete(Profile.objects.get(pk=page.pk))
            return lock(page)

        monkeypatch.setattr(Profile, "lock", gone_first)
        # It is deleted in the transaction of whoever asks, and is back after their fault. In one
        # of its own it would be gone: so these are the pages that are looked for then.
        monkeypatch.setattr(gone, "Profile", self)

    def filter(self, **which: Any) -> "Meanwhile":
        return self

    def exists(self) -> bool:
        return not self.did


def _delete(page: Profile) -> None:
    if account := page.account:
        for_people.delete(user=account)
    else:
        actions.delete_page(profile=page)


def test_nobody_meets_a_fault(everybody: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile, met, wrong = Meanwhile(monkeypatch), 0, []
    for name, row in PERMISSIONS.items():
        if not row.post or name in NEEDED:
            continue
        meanwhile.waits, meanwhile.did = True, False
        try:
            status: Any = everybody.ask(min(row.post), name, "POST").status_code
        except Exception as fault:  # noqa: BLE001  # whatever it is, somebody would meet it
            status = type(fault).__name__
        met += meanwhile.did
        if meanwhile.did and status not in KINDLY:
            wrong.append(f"{name}: {status}")
    assert wrong == []
    assert met > 20, "else this would prove nothing"
