"""Two windows bring a file in the same moment: it comes once."""

import pytest

from profiles.answers.actions import Words
from profiles.imports.actions import ChosenPhoto, ChosenWords, bring
from profiles.imports.portable import WholePhoto
from profiles.pages.models import Profile
from profiles.topics.load import load
from tests.at_once import at_once
from tests.factories import make_page, texts
from tests.photos.photos import as_file, corners


@pytest.mark.django_db(transaction=True)
def test_one_press_that_is_sent_twice_at_once_brings_the_photo_once():
    page = make_page(call_me="Jo")
    data = as_file(corners())
    photo = ChosenPhoto(photo=WholePhoto(data=data, alt="Jo", sent=data), started_from=0)
    words = ChosenWords(topic=load().topic("calm"), words=Words(text="Sit."), started_from=0)

    def press() -> None:
        bring(profile=Profile.objects.get(pk=page.pk), words=[words], photo=photo)

    at_once([press] * 4)
    assert texts(page, "calm") == ["Sit."]
    assert page.photos.count() == 1
