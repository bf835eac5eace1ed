"""What `tidy` writes down and lets go of; a share ends by the clock, whether or not it has run."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from profiles.accounts.models import User
from profiles.answers import draft_actions
from profiles.answers.actions import Words
from profiles.answers.models import Draft
from profiles.pages.models import Profile
from profiles.sharing import actions, endings
from profiles.sharing.models import ConsentEvent, Share
from profiles.topics.load import load
from tests.factories import begin_share, make_page, make_share, make_user, say, texts

pytestmark = pytest.mark.django_db


def tidy(*words: str) -> str:
    said = StringIO()
    call_command("tidy", *words, stdout=said)
    return said.getvalue()


def over(share: Share, days: float = 0) -> Share:
    """Let this share's time have run out so long ago."""
    Share.objects.filter(pk=share.pk).update(ends_at=timezone.now() - timedelta(days=days))
    share.refresh_from_db()
    return share


def kinds(share: Share) -> list[str]:
    return list(share.events.in_order().values_list("kind", flat=True))


def test_an_ending_is_noted_once_at_the_moment_it_ended(anas_page):
    share = over(make_share(anas_page))
    assert "Shares that have ended: 1 noted." in tidy()
    assert "Shares that have ended: 0 noted." in tidy()
    ending = share.events.get(kind=ConsentEvent.Kind.EXPIRED)
    assert ending.happened_at == share.ends_at


def test_it_ended_before_anything_was_noted(anas_page, cal):
    share = over(make_share(anas_page))
    assert cal.open(share.key).status_code == 410


def test_what_is_open_or_was_stopped_has_no_such_ending(ana, anas_page):
    open_, stopped = make_share(anas_page), make_share(anas_page)
    actions.stop(share=stopped, by=ana)
    tidy()
    assert kinds(open_) == ["given"]
    assert kinds(over(stopped)) == ["given", "withdrawn"]
    tidy()
    assert kinds(stopped) == ["given", "withdrawn"]


def test_what_was_paused_ends_too(ana, anas_page):
    share = make_share(anas_page)
    actions.pause(share=share, by=ana)
    over(share)
    tidy()
    assert kinds(share)[-1] == "expired"


def test_noting_it_twice_at_once_is_noting_it_once(anas_page):
    share = over(make_share(anas_page))
    assert endings.note_ending(share=share)
    assert not endings.note_ending(share=share)
    assert kinds(share).count("expired") == 1


def test_a_share_that_was_never_given_is_let_go_after_thirty_days(anas_page):
    begun = begin_share(anas_page)
    tidy()
    assert Share.objects.filter(pk=begun.pk).exists()
    Share.objects.update(made_at=timezone.now() - timedelta(days=31))
    given = make_share(make_page(make_user("bo@example.org"), important="Tea."))
    tidy()
    assert list(Share.objects.all()) == [given]


def test_the_key_of_a_share_goes_ninety_days_after_its_end(ana, anas_page):
    young, old, stopped = (make_share(anas_page) for _ in range(3))
    actions.stop(share=stopped, by=ana)
    Share.objects.filter(pk=stopped.pk).update(stopped_at=timezone.now() - timedelta(days=91))
    over(young, 89)
    over(old, 91)
    assert "Keys of shares that ended long ago: 2 let go." in tidy()
    assert "Keys of shares that ended long ago: 0 let go." in tidy()
    for share, key in ((old, ""), (stopped, ""), (young, young.key)):
        assert Share.objects.get(pk=share.pk).key == key


def half_typed(page: Profile, text: str, days: int, started_from: int = 0) -> None:
    topic = load().topic("important")
    draft_actions.save_draft(
        profile=page, topic=topic, words=Words(text=text), started_from=started_from, version=""
    )
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=days))


def test_words_half_typed_long_ago_go_into_the_history_and_are_not_lost(anas_page):
    half_typed(anas_page, "Coffee, perh", 31, started_from=1)
    tidy()
    assert not Draft.objects.exists()
    assert texts(anas_page, "important") == ["Tea first.\nThen we talk.", "Coffee, perh",
                                             "Tea first.\nThen we talk."]  # fmt: skip
    current = anas_page.answers.current().get(topic="important")
    assert current.text == "Tea first.\nThen we talk."


def test_where_nothing_was_said_nothing_is_said_afterwards(ana):
    page = make_page(ana, call_me="Ana")
    half_typed(page, "Coffee, perh", 31)
    tidy()
    assert texts(page, "important") == ["Coffee, perh", ""]
    assert not page.answers.current().filter(topic="important").exists()


@pytest.mark.parametrize("days", [0, 29])
def test_words_half_typed_lately_stay(anas_page, days):
    half_typed(anas_page, "Coffee, perh", days, started_from=1)
    tidy()
    assert Draft.objects.exists()


def test_words_too_many_to_be_an_answer_stay_as_they_are(anas_page):
    half_typed(anas_page, "a" * 4_001, 60, started_from=1)
    tidy()
    assert Draft.objects.get().text == "a" * 4_001


def test_a_dry_run_changes_nothing(anas_page):
    share = over(make_share(anas_page))
    half_typed(anas_page, "Coffee", 31, started_from=1)
    said = tidy("--dry-run")
    assert "Shares that have ended: 1 would be noted." in said
    assert "Words half typed long ago: 1 would be put into the history." in said
    assert kinds(share) == ["given"]
    assert Draft.objects.exists()


def test_an_account_with_a_page_is_never_taken_for_one_that_nobody_entered(ana, anas_page):
    User.objects.update(joined_at=timezone.now() - timedelta(days=9), last_login=None)
    tidy()
    assert User.objects.filter(pk=ana.pk).exists()
    say(anas_page, "sleep", "Still here.")
