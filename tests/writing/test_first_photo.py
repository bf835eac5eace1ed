"""Among earlier pages, a photo is new, then changed, then taken off."""

import pytest

from profiles.answers.actions import freeze_if_changed
from profiles.answers.changes import by_edition
from profiles.photos import actions
from tests.photos.photos import as_file, corners

pytestmark = pytest.mark.django_db


def test_a_first_photo_is_new_and_not_changed(anas_page):
    freeze_if_changed(anas_page)
    for alt in ("Me", "Me in red"):
        actions.add_photo(profile=anas_page, whole=as_file(corners()), alt=alt)
        freeze_if_changed(anas_page)
    actions.remove_photo(profile=anas_page)
    freeze_if_changed(anas_page)
    told = [row["changes"][-1] for row in by_edition(anas_page)]
    assert told[:3] == ["Taken off: the photo", "Changed: the photo", "New: the photo"]
