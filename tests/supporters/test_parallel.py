"""What is written down or offered many times at once stands there once."""

import pytest
from django.core.cache import cache

from profiles.access.models import Happened
from profiles.answers.actions import Conflict, Words, save_answer
from profiles.answers.models import YesBy
from profiles.supporters.actions import mark, visible
from profiles.supporters.decision_actions import write_down
from profiles.supporters.models import Supporter
from profiles.supporters.suggestion_actions import suggest, use, write_together
from profiles.topics.load import load
from tests.at_once import at_once
from tests.factories import TOLD_ROSA, make_page, make_supporter, make_user, texts

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


def test_what_two_people_save_at_once_covers_nothing_that_one_of_them_has_not_seen(sister):
    page, topic = sister.profile, load().topic("important")
    offered = suggest(supporter=sister, topic=topic, text="Milk first.", why="")
    seen = mark(sister, visible(sister, profile=page, topic=topic.key))

    def by_herself():
        words = Words(text="Coffee first.")
        save_answer(profile=page, topic=topic, words=words, started_from=1)

    def together():
        write_together(
            supporter=sister, topic=topic, words="Cocoa first.", started_from=seen, mine=False,
            yes_by=YesBy.SAID,
        )  # fmt: skip

    def by_a_yes():
        use(suggestion=offered, by=page.owner, topic=topic, started_from=1)

    def kept(save):
        try:
            save()
        except Conflict:
            return False
        return True

    ways = {by_herself: "Coffee first.", together: "Cocoa first.", by_a_yes: "Milk first."}
    saved = at_once([lambda save=save: kept(save) for save in ways])
    assert sum(saved) == 1
    assert texts(page, "important") == ["Tea first.", [*ways.values()][saved.index(True)]]
    assert sister.suggestions.waiting().exists() != saved[2]
