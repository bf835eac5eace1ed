"""What is written down or offered many times at once stands there once."""

import pytest
from django.core.cache import cache

from profiles.access.models import Happened
from profiles.supporters.decision_actions import write_down
from profiles.supporters.models import Supporter
from tests.at_once import at_once
from tests.factories import TOLD_ROSA, make_page, make_supporter, make_user

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


@pytest.fixture
def sister() -> Supporter:
    cache.clear()
    page = make_page(make_user("ana@example.org"), call_me="Ana", important="Tea first.")
    return make_supporter(page, make_user("sister@example.org"))


def test_a_button_pressed_many_times_writes_one_decision(sister):
    page = sister.profile

    def press():
        return write_down(
            profile=page, supporter=sister, by=sister.user, about="The dentist",
            tried="Pictures.", decided=TOLD_ROSA,
        )  # fmt: skip

    written = at_once([press] * MANY)
    assert {each.ref for each in written} == {page.decisions.get().ref}
    assert page.looks.filter(happened=Happened.DECIDED).count() == 1
