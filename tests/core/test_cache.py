"""The cache lives in the database: what is counted there must hold for every process."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from profiles.core.cached import NotKept
from tests.factories import make_share
from tests.read_only import read_only

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}


def test_migrate_alone_makes_its_table() -> None:
    # The tests' own database was made by `migrate`, and by nothing else.
    assert "cache" in connection.introspection.table_names()
    cache.set("a", 1)
    assert cache.get("a") == 1


def test_a_table_made_by_hand_before_is_left_as_it_is() -> None:
    cache.set("a", 1)
    call_command("createcachetable", verbosity=0)
    assert cache.get("a") == 1


def test_what_cannot_be_kept_is_told_and_is_not_taken_for_somebody_faster() -> None:
    cache.add("there", 1)
    with read_only():
        for keep in (cache.add, cache.set):
            for name in ("there", "new"):
                with pytest.raises(NotKept):
                    keep(name, 2)
    assert cache.get("there") == 1
    assert cache.add("there", 2) is False


def test_where_nobody_can_be_counted_nobody_is_told_that_they_tried_too_often(
    client, anas_page
) -> None:
    share = make_share(anas_page, with_passcode=True)
    client.raise_request_exception = False
    posts = {
        reverse("reading:doorstep", args=[share.key]): {
            "name": "Cal", "role": "nurse", "passcode": share.passcode
        },
        reverse("account_request_login_code"): {"email": "new@example.org"},
        reverse("pages:start"): {"who": "me", "language": "en"},
    }  # fmt: skip
    with read_only():
        said = [client.post(path, what, headers=OURS).status_code for path, what in posts.items()]
    assert said == [503, 503, 503]
