"""Two windows change the photo in the same moment: what was taken off stays off, by any order."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from profiles.pages.models import Profile
from profiles.photos import actions
from profiles.photos.actions import PhotoMoved
from profiles.photos.images import Crop
from tests.at_once import at_once
from tests.factories import make_page
from tests.photos.photos import as_file, corners

pytestmark = pytest.mark.django_db(transaction=True)
WHOLE = as_file(corners())


def with_photo() -> tuple[Profile, Callable[[], Profile]]:
    """A page with a photo, and how each window looks it up for itself."""
    page = make_page(call_me="Jo")
    actions.add_photo(profile=page, whole=WHOLE, alt="Jo")
    return page, lambda: Profile.objects.get(pk=page.pk)


def test_a_photo_that_is_taken_off_while_it_is_cropped_does_not_come_back():
    page, found = with_photo()

    def crop() -> None:
        with suppress(PhotoMoved):
            actions.crop_photo(profile=found(), how=Crop.LEFT, alt="Jo", started_from=1)

    at_once([crop, lambda: actions.remove_photo(profile=found())])
    assert page.photos.newest() is None


def test_a_photo_that_is_taken_off_twice_is_taken_off_once():
    page, found = with_photo()
    at_once([lambda: actions.remove_photo(profile=found())] * 4)
    assert page.photos.count() == 2


def test_a_photo_that_is_brought_back_twice_comes_back_once():
    page, found = with_photo()
    before = page.photos.newest()
    actions.remove_photo(profile=page)

    def bring_back() -> None:
        photo = page.photos.get(pk=before.pk)
        actions.bring_photo_back(profile=found(), photo=photo)

    at_once([bring_back] * 4)
    assert page.photos.count() == 3
