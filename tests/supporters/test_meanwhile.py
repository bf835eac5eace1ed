"""What changed since a page was opened is seen where it is done, whatever a screen believed."""

import pytest
from django.core.exceptions import PermissionDenied

from profiles.access.models import Happened
from profiles.answers.models import YesBy
from profiles.supporters import actions, suggestion_actions
from profiles.supporters.models import MOST_WAITING, Suggestion, Supporter
from profiles.topics.load import load
from tests.factories import ask_for_help, make_supporter, say

pytestmark = pytest.mark.django_db
Reply = Suggestion.Reply
SLEEP, HEALTH = load().topic("sleep"), load().topic("health")


def together(supporter, topic, words="Light.", **said):
    seen = actions.visible(supporter, profile=supporter.profile, topic=topic.key)
    usual = {"started_from": actions.mark(supporter, seen), "mine": False, "yes_by": YesBy.SAID}
    suggestion_actions.write_together(supporter=supporter, topic=topic, words=words, **usual | said)


def test_who_was_asked_in_another_window_is_not_asked_again(anas_page):
    ask_for_help(anas_page, email="lena@example.org")
    with pytest.raises(PermissionDenied, match="asked somebody at that address already"):
        ask_for_help(anas_page, email="Lena@example.org")
    with pytest.raises(PermissionDenied, match="your own email address"):
        ask_for_help(anas_page, email="ANA@example.org")
    assert anas_page.supporters.current().count() == 1


def test_nobody_answers_or_leaves_for_somebody_else(anas_page, sister, dee):
    key = ask_for_help(anas_page, email=sister.email)
    asked = Supporter.objects.asked(key).get()
    assert not actions.accept(supporter=asked, by=dee)
    assert not actions.decline(supporter=asked, by=dee)
    assert actions.accept(supporter=asked, by=sister)
    assert not actions.leave(supporter=asked, by=dee)
    assert Supporter.objects.of(sister).get() == asked


def test_who_said_yes_in_another_window_is_not_ended_by_a_no(anas_page, sister):
    key = ask_for_help(anas_page, email=sister.email)
    asked = Supporter.objects.asked(key).get()
    actions.accept(supporter=asked, by=sister)
    assert not actions.decline(supporter=asked, by=sister)
    assert Supporter.objects.of(sister).get() == asked


@pytest.mark.parametrize("may", ["see", "suggest"])
def test_who_may_do_less_since_writes_nothing_together(ana, anas_page, anas_sister, may):
    as_opened = Supporter.objects.select_related("profile").get(pk=anas_sister.pk)
    actions.change(supporter=anas_sister, by=ana, may=may, kept_topics=[])
    with pytest.raises(PermissionDenied, match="To write together"):
        together(as_opened, SLEEP)
    assert not anas_page.answers.about("sleep").exists()
    if may == "see":
        with pytest.raises(PermissionDenied, match="To suggest words"):
            suggestion_actions.suggest(supporter=as_opened, topic=SLEEP, text="Light.", why="")
        assert not anas_page.suggestions.exists()


def test_words_that_are_kept_from_a_helper_since_are_not_covered(ana, anas_page, sister):
    say(anas_page, "health", "Asthma.", only_me=True)
    helper = make_supporter(anas_page, sister, kept_topics=["health"])
    as_opened = Supporter.objects.select_related("profile").get(pk=helper.pk)
    seen = actions.visible(as_opened, profile=anas_page, topic="health")
    actions.change(supporter=helper, by=ana, may="write", kept_topics=[])
    suggestion_actions.hold(as_opened)
    assert actions.visible(as_opened, profile=anas_page, topic="health") is None
    as_opened.kept_topics = helper.kept_topics
    with pytest.raises(suggestion_actions.Conflict):
        together(as_opened, HEALTH, started_from=actions.mark(as_opened, seen))
    assert anas_page.answers.about("health").with_profile(anas_page)[0].text == "Asthma."


def test_where_no_more_suggestions_have_room_none_is_written_together_either(
    anas_page, anas_sister
):
    """Else it would tell of which topics somebody keeps words."""
    for n in range(MOST_WAITING):
        suggestion_actions.suggest(supporter=anas_sister, topic=SLEEP, text=str(n), why="")
    for topic in (SLEEP, HEALTH):
        with pytest.raises(PermissionDenied, match="waiting for an answer"):
            together(anas_sister, topic)
    assert not anas_page.looks.filter(happened=Happened.TOGETHER).exists()


def test_a_topic_that_starts_private_stays_so_when_their_words_are_the_first(ana, anas_sister):
    offered = suggestion_actions.suggest(
        supporter=anas_sister, topic=HEALTH, text="Asthma.", why=""
    )
    suggestion_actions.use(suggestion=offered, by=ana, topic=HEALTH, started_from=0)
    assert anas_sister.profile.answers.about("health").get().only_me


def test_a_yes_to_words_that_somebody_else_brought_unchecked_is_kept(ana, anas_page, anas_sister):
    say(anas_page, "sleep", "Light.", said_by="my brother Tom")
    offered = suggestion_actions.suggest(supporter=anas_sister, topic=SLEEP, text="Light.", why="")
    suggestion_actions.use(suggestion=offered, by=ana, topic=SLEEP, started_from=1)
    newest = anas_page.answers.about("sleep").with_profile(anas_page)[0]
    assert newest.whose == "my sister Dee, and checked with me"


def test_what_was_decided_in_another_window_stays_decided(ana, anas_sister):
    offered = suggestion_actions.suggest(supporter=anas_sister, topic=SLEEP, text="Light.", why="")
    assert suggestion_actions.answer(suggestion=offered, by=ana, said=Reply.KEPT)
    assert not suggestion_actions.answer(suggestion=offered, by=ana, said=Reply.LATER)
    assert anas_sister.suggestions.get().answer == Reply.KEPT


def test_words_written_together_are_not_those_that_were_suggested_before(anas_sister):
    suggestion_actions.suggest(supporter=anas_sister, topic=HEALTH, text="Asthma.", why="")
    for _press in range(2):
        together(anas_sister, HEALTH, "Asthma.")
    waiting = anas_sister.suggestions.waiting().values_list("together", flat=True)
    assert sorted(waiting) == [False, True]
