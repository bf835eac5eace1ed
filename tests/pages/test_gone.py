"""What is told of a page that was deleted while something was done to it."""

import pytest
from django.db import IntegrityError

from profiles.pages.actions import delete_page
from profiles.pages.gone import PageIsGone, while_it_is_there
from profiles.pages.models import Profile

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("fault", [IntegrityError, Profile.DoesNotExist])
def test_a_page_that_is_there_is_never_said_to_be_gone(anas_page, fault):
    with pytest.raises(fault), while_it_is_there(anas_page):
        raise fault
    delete_page(profile=Profile.objects.get(pk=anas_page.pk))
    with pytest.raises(PageIsGone), while_it_is_there(anas_page):
        raise fault
