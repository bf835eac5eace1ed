"""A reader gets a photo beside an answer with that answer, in every format, and never without."""

import json

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from profiles.access.models import Happened
from profiles.photos.models import AnswerPhoto
from profiles.sharing import actions as sharing
from tests.factories import make_share, put_beside, say
from tests.pdf.reading import tags_of
from tests.readers import FORMATS, ReaderWithLink

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def told(cal: ReaderWithLink, share, channel: str) -> str:
    """Everything that an answer to a reader holds: words, descriptions, and photos as data."""
    cal.come_in(share)
    answer = cal.ask(share, channel)
    if channel != "pdf" or answer.status_code != 200:
        return answer.content.decode(errors="replace")
    return " ".join(f"{tag.alt} {tag.words}" for tag in tags_of(answer.content))


@pytest.mark.parametrize("channel", FORMATS)
def test_it_goes_with_its_answer_in_every_format(anas_page, cal, channel):
    put_beside(anas_page, "important", "CNRY-cup")
    assert "CNRY-cup" in told(cal, make_share(anas_page), channel)


@pytest.mark.parametrize("channel", FORMATS)
def test_without_its_answer_neither_it_nor_its_words_go(anas_page, cal, channel):
    say(anas_page, "people", "Biscuit, my dog.")
    put_beside(anas_page, "people", "CNRY-dog")
    share = make_share(anas_page, topics=("important",), with_photo=True)
    answer = told(cal, share, channel)
    assert "Tea first" in answer and "CNRY" not in answer
    photo = AnswerPhoto.objects.get()
    cal.come_in(share)
    sent = cal.ask(share, channel).content
    assert photo.data not in sent and b"image/jpeg" not in sent


@pytest.mark.parametrize("channel", FORMATS)
def test_kept_to_oneself_later_it_goes_at_once(anas_page, cal, channel):
    put_beside(anas_page, "important", "CNRY-cup")
    say(anas_page, "people", "Biscuit.")
    share = make_share(anas_page, topics=("important", "people"))
    say(anas_page, "important", "Tea first.", only_me=True)
    assert "CNRY" not in told(cal, share, channel)


@pytest.mark.parametrize("channel", FORMATS)
def test_once_sharing_has_stopped_nobody_gets_it(anas_page, cal, ana, channel):
    put_beside(anas_page, "important", "CNRY-cup")
    share = make_share(anas_page)
    cal.come_in(share)
    sharing.stop(share=share, by=ana)
    assert "CNRY" not in told(cal, share, channel)


def test_whoever_ticks_the_answer_is_told_that_the_photo_goes_with_it(anas_page, anas_browser):
    put_beside(anas_page, "important", "CNRY-cup")
    share = make_share(anas_page)
    asked = anas_browser.get(reverse("sharing:change_what", args=[share.ref]))
    assertContains(asked, "With its photo: ", count=1)
    assertContains(asked, "CNRY-cup", count=1)


def test_it_stands_in_the_page_itself_which_no_cache_keeps_and_is_a_look(anas_page, cal):
    put_beside(anas_page, "important", "CNRY-cup")
    share = make_share(anas_page)
    cal.come_in(share)
    page = cal.ask(share)
    assert '<img class="own-photo" src="data:image/jpeg;base64,' in page.text
    assert "no-store" in page["Cache-Control"]
    assert anas_page.looks.get().happened == Happened.LOOKED


def test_in_a_file_a_reader_gets_it_no_larger_than_it_is_printed(anas_page, cal):
    put_beside(anas_page, "important", "CNRY-cup", width=1200, height=900)
    file = json.loads(told(cal, make_share(anas_page), "json"))
    [answer] = [each for each in file["answers"] if each["topic"] == "important"]
    assert len(answer["photo"]["data"]) <= 8_000
