"""What a worker writes on a hello card, and the photo on it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.accounts.models import DataKey
from profiles.workers.models import HelloCard
from tests.factories import make_card
from tests.photos.photos import as_file, corners
from tests.workers.hello_card.cards import HELLO, SAID

pytestmark = pytest.mark.django_db


# ---- keeping it


def test_a_worker_says_who_they_are_and_sees_what_people_see(priyas_browser, priya):
    assert priyas_browser.post(HELLO, SAID).status_code == 302
    page = priyas_browser.get(HELLO)
    assertContains(page, "What people see")
    for words in SAID.values():
        assertContains(page, words)
    assert HelloCard.objects.of(priya).enjoys == SAID["enjoys"]


def test_everything_but_the_name_can_be_skipped(priyas_browser, priya):
    assert priyas_browser.post(HELLO, {"name": "Priya"}).status_code == 302
    assertNotContains(priyas_browser.get(HELLO), "<h3>What I enjoy</h3>")
    nameless = priyas_browser.post(HELLO, {"enjoys": "Rovers"})
    assertContains(nameless, "Tell people your name", status_code=422)
    assertContains(nameless, "Rovers", status_code=422)


def test_changing_it_keeps_one_card_and_its_address(priyas_browser, priya):
    card = make_card(priya)
    priyas_browser.post(HELLO, SAID | {"name": "Priya K", "seen": card.mark})
    changed = HelloCard.objects.get()
    assert (changed.ref, changed.name) == (card.ref, "Priya K")
    assert DataKey.objects.filter(hello_card=changed).count() == 1


def test_what_another_window_wrote_is_seen_before_it_is_written_over(priyas_browser, priya):
    seen = make_card(priya).mark
    priyas_browser.post(HELLO, SAID | {"seen": seen})
    mine = SAID | {"enjoys": "Bread.", "seen": seen}
    answer = priyas_browser.post(HELLO, mine)
    for words in ("changed in another window", SAID["enjoys"], "Bread.</textarea>"):
        assertContains(answer, words, status_code=409)
    assert HelloCard.objects.get().enjoys == SAID["enjoys"]
    again = answer.context["form"]["seen"].value()
    for _press in range(2):
        assert priyas_browser.post(HELLO, mine | {"seen": again}).status_code == 302
    assert HelloCard.objects.get().enjoys == "Bread."


@pytest.mark.parametrize("field, most", [("name", 40), ("role", 60), ("place", 80), ("works", 140)])
def test_too_long_is_said_and_nothing_is_cut(priyas_browser, field, most):
    typed = "a" * (most + 1)
    answer = priyas_browser.post(HELLO, SAID | {field: typed})
    assertContains(answer, f"Use {most} letters or fewer", status_code=422)
    assertContains(answer, typed, status_code=422)


def test_one_card_is_nobody_elses(dees_browser, priya):
    make_card(priya, **SAID)
    assertNotContains(dees_browser.get(HELLO), "Rovers")


def test_its_words_and_photo_are_sealed_under_a_key_of_its_own(priyas_browser, priya, anas_page):
    card = make_card(priya, **SAID)
    priyas_browser.post(reverse("workers:photo"), {"photo": photo_file()})
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, enjoys, photo, photo_alt FROM profiles_hellocard")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    for plain in (b"Priya", b"Rovers", b"\xff\xd8\xff", b"photo of"):
        assert plain not in stored
    assert card.data_key_id != anas_page.data_key_id


# ---- the photo


def photo_file():
    return SimpleUploadedFile("me.jpg", as_file(corners()), "image/jpeg")


def test_a_photo_goes_on_the_card_remade_and_square(priyas_browser, priya):
    make_card(priya)
    answer = priyas_browser.post(reverse("workers:photo"), {"photo": photo_file(), "alt": ""})
    assert answer.status_code == 302
    card = HelloCard.objects.of(priya)
    assert bytes(card.photo).startswith(b"\xff\xd8\xff")
    assert card.photo_alt == "A photo of Priya"
    assertContains(priyas_browser.get(HELLO), "data:image/jpeg;base64,")


def test_a_file_that_is_no_photo_is_refused_in_a_sentence(priyas_browser, priya):
    make_card(priya)
    bad = SimpleUploadedFile("me.jpg", b"MZ no photo", "image/jpeg")
    answer = priyas_browser.post(reverse("workers:photo"), {"photo": bad})
    assertContains(answer, "We could not open that file", status_code=422)


def test_the_photo_is_seen_where_it_can_be_taken_off(priyas_browser, priya):
    make_card(priya)
    priyas_browser.post(reverse("workers:photo"), {"photo": photo_file()})
    answer = priyas_browser.get(reverse("workers:photo"))
    assertContains(answer, 'src="data:image/jpeg;base64,')
    assertContains(answer, 'alt="A photo of Priya"')


def test_the_photo_can_be_taken_off(priyas_browser, priya):
    make_card(priya)
    priyas_browser.post(reverse("workers:photo"), {"photo": photo_file()})
    priyas_browser.post(reverse("workers:photo_remove"))
    assert HelloCard.objects.of(priya).photo == b""


def test_without_a_card_there_is_no_photo_and_nothing_to_delete(priyas_browser):
    assert priyas_browser.get(reverse("workers:photo")).status_code == 404
    assert priyas_browser.get(reverse("workers:delete")).url == reverse("workers:with_me")
