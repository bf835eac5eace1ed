"""Many computers at one moment: tries are counted, and what is read is what is written down."""

import json
from collections import Counter
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from profiles.access.models import Happened, Look
from profiles.clinics import views
from profiles.door.models import Paper
from profiles.reading import actions as reading_actions
from profiles.sharing import actions
from profiles.sharing.clinic import Taking
from profiles.sharing.models import MOST_TRIES
from tests.at_once import at_once
from tests.clinics.computer import WARD, Computer, computer
from tests.factories import make_page, make_user, say

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE, EACH = 40, 5  # 200 tries


@pytest.fixture
def it(monkeypatch: pytest.MonkeyPatch) -> Computer:
    """One that needs a passcode, asked from one machine as often as may be."""
    cache.clear()
    for limit in [*views.LIMITS]:
        monkeypatch.delitem(views.LIMITS, limit)
    monkeypatch.setattr(reading_actions, "MOST_LINES", 1_000_000)
    page = make_page(make_user("ana@example.org"), call_me="Ana", important="Tea first.")
    return computer(page, taking=Taking.PASSCODE)


def trying(it: Computer, passcodes: list[str]) -> Callable[[], list[int]]:
    """A computer that tries these, one after another; the statuses."""
    bodies = [json.dumps({"recipient": WARD, "passcode": each}) for each in passcodes]
    address = it.address

    def go() -> list[int]:
        browser = Client()
        answers = [browser.post(address, b, content_type="application/json") for b in bodies]
        return [answer.status_code for answer in answers]

    return go


def wrong(it: Computer, number: int) -> str:
    return str((int(it.share.passcode) + number) % 1_000_000).zfill(6)


def test_two_hundred_wrong_passcodes_at_once_are_ten(it: Computer) -> None:
    came = at_once(
        trying(it, [wrong(it, 1 + EACH * n + each) for each in range(EACH)]) for n in range(AT_ONCE)
    )
    statuses = Counter(status for each in came for status in each)
    assert statuses == {401: MOST_TRIES, 404: AT_ONCE * EACH - MOST_TRIES}
    it.share.refresh_from_db()
    assert it.share.wrong_tries == it.share.wrong_guesses.count() == MOST_TRIES
    assert Look.objects.filter(happened=Happened.WRONG_PASSCODE).count() == MOST_TRIES
    assert Look.objects.filter(happened=Happened.LOCKED).count() == 1
    assert trying(it, [it.share.passcode])() == [404]


def test_one_wrong_passcode_two_hundred_times_at_once_is_one(it: Computer) -> None:
    came = at_once([trying(it, [wrong(it, 1)] * EACH)] * AT_ONCE)
    assert {status for each in came for status in each} == {401}
    it.share.refresh_from_db()
    assert it.share.wrong_tries == it.share.wrong_guesses.count() == 1
    assert trying(it, [it.share.passcode])() == [200]


def test_what_is_read_at_once_is_what_is_written_down(it: Computer) -> None:
    came = at_once([trying(it, [it.share.passcode])] * 10)
    assert came == [[200]] * 10
    assert it.share.looks.openings().count() == Paper.objects.count() == 10


def test_one_ticket_used_at_once_after_a_change_is_one_more_look(it: Computer) -> None:
    [place, *_] = it.places()
    say(it.share.profile, "important", "Coffee.")
    came = at_once([lambda: Client().get(place).status_code] * 6)
    assert came == [200] * 6
    assert it.share.looks.openings().count() == Paper.objects.count() == 2


def test_whoever_asks_at_the_moment_of_the_stop_is_before_it_or_gets_nothing(it: Computer) -> None:
    owner = it.share.profile.owner
    came = at_once(
        [
            lambda: actions.stop(share=it.share, by=owner),
            *([trying(it, [it.share.passcode])] * 10),
        ]
    )
    statuses = [status for each in came[1:] for status in each]
    assert {*statuses} <= {200, 404}
    looks = it.share.looks.openings()
    assert looks.count() == statuses.count(200)
    ended = it.share.events.get(kind="withdrawn").happened_at
    assert not looks.filter(looked_at__gt=ended).exists()
    assert trying(it, [it.share.passcode])() == [404]
