"""What is written once never changes."""

import pytest

from profiles.answers import actions
from profiles.answers.models import Answer
from profiles.core.append_only import NeverChanges
from profiles.pages import actions as page_actions
from tests.factories import make_page

REFUSED = [
    lambda: Answer.objects.get().save(),
    lambda: Answer.objects.get().delete(),
    lambda: Answer.objects.update(topic="people"),
    lambda: Answer.objects.all().delete(),
    lambda: Answer.objects.bulk_update([Answer.objects.get()], ["topic"]),
    lambda: Answer.objects.update_or_create(topic="important", defaults={"number": 9}),
]


@pytest.mark.django_db
@pytest.mark.parametrize("attempt", REFUSED)
def test_an_answer_is_never_changed_or_removed(attempt) -> None:
    page = make_page(important="Tea first.")
    with pytest.raises(NeverChanges):
        attempt()
    with pytest.raises(NeverChanges):
        page.answers.all().delete()
    assert page.answers.get().text == "Tea first."


@pytest.mark.django_db
def test_it_all_goes_when_the_person_deletes_their_page() -> None:
    page = make_page(important="Tea first.")
    actions.freeze_if_changed(page)
    page_actions.delete_page(profile=page)
    assert not Answer.objects.exists()
