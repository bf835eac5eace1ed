"""A place to print is held until what was printed is written down: that waits for the database."""

import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import transaction
from django.urls import reverse

from profiles.core.busy import PLACES
from tests.factories import make_share
from tests.places import held_until_written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_printed_before():
    cache.clear()


def test_of_a_page_that_its_person_prints(anas_browser, anas_page):
    with held_until_written():
        assert anas_browser.get("/me/page.pdf").status_code == 200


def test_of_paper_to_hand_over(anas_browser, anas_page):
    share = make_share(anas_page)
    at = reverse("door:as_reader_pdf", args=[share.ref])
    with held_until_written():
        assert anas_browser.get(at).status_code == 200


def test_of_a_readers_paper(anas_page, cal):
    cal.come_in(share := make_share(anas_page))
    with held_until_written():
        assert cal.ask(share, "pdf").status_code == 200


def test_nobody_waits_to_print_while_they_hold_the_database():
    request_started.send(sender=None)
    with transaction.atomic(), pytest.raises(RuntimeError, match="holds the database"):
        PLACES.to_print()
    with PLACES.to_print():
        pass
    request_finished.send(sender=None)
    with transaction.atomic(), PLACES.to_print():  # of a test
        pass
