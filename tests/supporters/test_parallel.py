"""What is written down or offered many times at once stands there once."""

import pytest
from django.core.cache import cache

from profiles.access.models import Happened
from profiles.supporters.decision_actions import write_down
from profiles.supporters.models import Supporter
from profiles.supporters.suggestion_actions import suggest
from profiles.topics.load import load
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


def test_a_button_pressed_many_times_makes_one_suggestion(sister):
    topic = load().topic("sleep")
    made = at_once([lambda: suggest(supporter=sister, topic=topic, text="Light.", why="")] * MANY)
    assert {each.pk for each in made} == {sister.profile.suggestions.get().pk}
    assert sister.profile.looks.filter(happened=Happened.SUGGESTED).count() == 1
