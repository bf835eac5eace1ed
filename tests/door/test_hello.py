"""A hello card on paper: one small page, every word on it, and open to a screen reader."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from profiles.door import hello_views
from profiles.door.hello import card_for_paper
from profiles.pdf.fit import TooHard
from profiles.pdf.printing import Busy, DoesNotFit, renderer_here
from profiles.sheet.sheet import SheetPhoto
from profiles.workers import actions as workers
from profiles.workers.about import About
from profiles.workers.forms import (
    LONGEST_NAME,
    LONGEST_PLACE,
    LONGEST_ROLE,
    LONGEST_WORDS,
)
from tests.drawn import NIGHTLY
from tests.factories import make_card, make_share
from tests.pdf.reading import opened, tags_of, text_of
from tests.photos.photos import as_file, corners
from tests.readers import ReaderWithLink
from tests.sheet.factories import make_photo
from tests.verapdf import validate

A6, A5 = [298, 420], [420, 595]  # in points
DAY = date(2026, 11, 25)
PRIYA = About(
    name="Priya",
    role="support worker",
    place="Sunrise Home Care",
    enjoys="Growing tomatoes on my balcony, Welsh rugby, and long walks.",
    works="I sit down first, and I ask before I help.",
    thanked="I am on time, and I remember the dog’s name.",
)
ARABIC = About(
    name="أميرة",
    role="ممرضة",
    place="المستشفى",
    enjoys="أحب الشاي أولاً، ثم نتحدث.",
    works="أجلس أولاً.",
    thanked="أنا دقيقة في المواعيد.",
)


def longest(letters: str) -> About:
    """A card on which every box is as full as it can be."""
    lengths = {"name": LONGEST_NAME, "role": LONGEST_ROLE, "place": LONGEST_PLACE}
    return About(
        **{
            name: (letters * LONGEST_WORDS)[: lengths.get(name, LONGEST_WORDS)].strip() or "."
            for name in About.__dataclass_fields__
        }
    )


def printed(about: About, *, both=(), photo: SheetPhoto | None = None) -> bytes:
    return renderer_here().print_card(card_for_paper(about, both=both, photo=photo, made_on=DAY))


FULL = {
    "wide": "W",
    "wide words": "WWWWWWW ",
    "words": "gardening ",
    "right to left": "حديقة ",
    "one long word": "a",
    "full width": "漢",
    "hindi": "बागवानी ",
    "markup": "<b>&amp; ",
    "no font has it": "\U000f0000 ",
}


# By day the letters take turns at a photo; with and without, each size of card is there.
LONGEST_CARDS = [
    pytest.param(letters, photo, id=f"{name}, {'photo' if photo else 'no photo'}")
    for at, (name, letters) in enumerate(FULL.items())
    for photo in ([None, make_photo()] if NIGHTLY else [[None, make_photo()][at % 2]])
]


@pytest.mark.parametrize("letters, photo", LONGEST_CARDS)
def test_the_longest_card_that_can_be_typed_is_one_page_and_whole(letters, photo):
    about = longest(letters)
    both = [about.enjoys[:LONGEST_WORDS]]
    with opened(printed(about, both=both, photo=photo)) as document:
        assert len(document) == 1  # that every word is there is proved before anybody gets it
        assert [round(side) for side in document[0].get_size()] in [A6, A5]


def test_a_card_as_most_will_be_is_a_small_one():
    with opened(printed(PRIYA, both=["tomatoes"], photo=make_photo())) as document:
        assert [round(side) for side in document[0].get_size()] == A6


@pytest.mark.parametrize("about", [PRIYA, ARABIC, longest("W"), About(name="Bo")])
@pytest.mark.parametrize("photo", [None, make_photo()], ids=["no photo", "photo"])
def test_it_is_pdf_ua(about, photo):
    [report] = validate(printed(about, both=["tomatoes"], photo=photo))
    assert report.passed, report


def test_every_word_is_read_in_order():
    words = " ".join(text_of(printed(PRIYA, both=["tomatoes", "rugby"])).split())
    for said in ("Hello, my name is Priya", "We both mention: tomatoes, rugby", PRIYA.enjoys):
        assert said in words
    assert words.index(PRIYA.enjoys) < words.index(PRIYA.works) < words.index(PRIYA.thanked)


def test_a_screen_reader_is_told_the_headings_the_photo_and_the_language():
    tags = tags_of(printed(ARABIC, photo=make_photo()))
    kinds = [tag.kind for tag in tags]
    assert kinds.count("H1") == 1
    assert kinds.count("H2") == 3
    assert [tag.alt for tag in tags if tag.kind == "Figure"] == [make_photo().alt]
    assert "ar" in {tag.language for tag in tags}


def test_no_word_of_a_name_is_broken():
    for name in ("Oluwafunmilayo Balasubramanian", "Featherstonehaugh"):
        words = text_of(printed(replace(PRIYA, name=name), photo=make_photo())).split()
        assert {*name.split()} <= {*words}


def test_what_is_empty_has_no_heading():
    kinds = [tag.kind for tag in tags_of(printed(About(name="Bo")))]
    assert "H2" not in kinds


def test_words_too_wide_for_any_small_card_are_refused_and_never_cut():
    with pytest.raises(DoesNotFit):
        printed(longest("\ufdfd"))  # one letter, as wide as a line


@pytest.mark.django_db
class TestThePersonPrintsIt:
    @pytest.fixture
    def card(self, anas_page, priya, priyas_browser):
        cache.clear()
        share = make_share(anas_page, email=priya.email)
        ReaderWithLink(name="Priya", browser=priyas_browser).read(share)
        return make_card(priya, enjoys="Tea first.")

    @pytest.fixture
    def at(self, card):
        return reverse("door:hello_pdf", kwargs={"ref": card.ref})

    def test_they_get_it_as_a_file(self, anas_browser, at):
        answer = anas_browser.get(at)
        assert answer["Content-Type"] == "application/pdf"
        assert "Hello, my name is Priya" in " ".join(text_of(answer.content).split())

    @pytest.mark.parametrize("error, status", [(TooHard("no"), 409), (Busy(), 503)])
    def test_they_are_told_when_it_cannot_be_made(
        self, anas_browser, at, monkeypatch, error, status
    ):
        def fails(card):
            raise error

        monkeypatch.setattr(hello_views.printing, "make_card", fails)
        assert anas_browser.get(at).status_code == status

    @pytest.mark.parametrize("taken", ["card", "photo"])
    def test_what_is_taken_back_while_it_is_made_is_on_no_paper(
        self, anas_browser, card, at, monkeypatch, taken
    ):
        workers.add_photo(card=card, whole=as_file(corners()), alt="Me")

        def meanwhile(paper):
            if taken == "card":
                workers.delete_card(card=card)
            else:
                workers.remove_photo(card=card)
            return b"%PDF-"

        monkeypatch.setattr(hello_views.printing, "make_card", meanwhile)
        assert anas_browser.get(at).status_code == 404
