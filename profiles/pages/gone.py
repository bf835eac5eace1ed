"""A page can be deleted in one window while something is done to it in another."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from profiles.pages.models import Profile


class PageIsGone(Exception):
    """The page was deleted while something was done to it. Nothing of that was kept."""


@contextmanager
def while_it_is_there(profile: Profile) -> Iterator[None]:
    """Do something to a page. Raises PageIsGone if it was deleted meanwhile."""
    try:
        yield
    except (Profile.DoesNotExist, IntegrityError) as error:  # not to be held, or to be added to
        if Profile.objects.filter(pk=profile.pk).exists():
            raise
        raise PageIsGone from error
