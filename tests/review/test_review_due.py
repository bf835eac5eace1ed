"""When it is time to ask: is it still right? It follows from what was said, and from the clock.

A row is: what happened how many days ago, and whether the page is due today.
"""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from profiles.answers.models import Answer, Edition
from profiles.pages import actions
from profiles.pages.models import Profile
from profiles.review.queries import due_for_review
from tests.factories import make_page, say

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=timezone.get_default_timezone())


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def a_page(*, said: float, checked: float | None = None, edition: float | None = None) -> Profile:
    """A page whose first word was said, which was checked, and whose edition froze so long ago."""
    page = actions.start_page(for_someone=False, language="en", user=None)
    Answer.objects.create(profile=page, topic="call_me", number=1, text="Jo", said_at=ago(said))
    if edition is not None:
        Edition.objects.create(profile=page, number=1, frozen_at=ago(edition))
    if checked is not None:
        begun, day = ago(checked + 1), ago(checked)
        page.reviews.create(with_person=True, begun_at=begun, finished_at=day)
    return page


def is_due(page: Profile, at: datetime = NOW) -> bool:
    return due_for_review(at).filter(pk=page.pk).exists()


@pytest.mark.parametrize(
    "happened, due",
    [
        # Half a year after the first word.
        ({"said": 181}, False),
        ({"said": 182}, True),
        ({"said": 2_000}, True),
        # Half a year after the last check, whatever was said before.
        ({"said": 2_000, "checked": 181}, False),
        ({"said": 2_000, "checked": 182}, True),
        # The edition that readers get has turned a year old since the last check.
        ({"said": 2_000, "checked": 100, "edition": 364}, False),
        ({"said": 2_000, "checked": 100, "edition": 365}, True),
        # It had turned a year old before that check, which saw it.
        ({"said": 2_000, "checked": 100, "edition": 466}, False),
        # Nobody is asked again within a month.
        ({"said": 2_000, "checked": 29, "edition": 365}, False),
        ({"said": 2_000, "checked": 30, "edition": 365}, True),
        ({"said": 2_000, "checked": 0, "edition": 2_000}, False),
    ],
)
def test_when_it_is_due(happened, due):
    assert is_due(a_page(**happened)) is due


def test_only_the_newest_edition_and_the_last_check_count():
    page = a_page(said=2_000, checked=300, edition=1_000)
    page.reviews.create(with_person=True, begun_at=ago(11), finished_at=ago(10))
    Edition.objects.create(profile=page, number=2, frozen_at=ago(10))
    assert not is_due(page)


def test_a_check_that_was_left_does_not_count():
    page = a_page(said=200)
    page.reviews.create(with_person=True, begun_at=ago(10))
    assert is_due(page)


def test_a_page_with_nothing_on_it_is_never_due():
    page = a_page(said=400)
    say(page, "call_me", "")
    assert not is_due(page)
    assert not is_due(make_page(), at=NOW + timedelta(days=2_000))


@pytest.mark.parametrize("days, due", [(-1, True), (0, True), (1, False), (30, False)])
def test_what_was_put_off_is_due_when_that_is_over(days, due):
    page = a_page(said=200)
    Profile.objects.filter(pk=page.pk).update(put_off_until=NOW + timedelta(days=days))
    assert is_due(page) is due


def test_it_is_asked_of_each_page_by_itself():
    old, young = a_page(said=200), a_page(said=20)
    assert list(due_for_review(NOW)) == [old]
    assert young not in due_for_review(NOW)
