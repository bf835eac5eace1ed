"""One page in other sizes: printed by whoever may print it, and told to be new by what it holds."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.access.models import Happened
from profiles.door.models import Paper
from profiles.pages.models import Profile
from profiles.sheet.sizes import BEDSIDE, SIZES
from tests.factories import make_page, make_share, say
from tests.pdf.reading import opened, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # how it looks is the same on each

WORDS = {
    "call_me": "Ana",
    "must_know": "Nuts.",
    "ring_first": "Dee, 07700 900123",
    "important": "Tea first.\nThen we talk.",
    "story": "I was a baker.",
}


BEDSIDE_TOO = {"size": BEDSIDE.key}


@pytest.fixture
def anas_page(ana) -> Profile:
    return make_page(ana, **WORDS)


def sides(pdf: bytes) -> list[tuple[int, int]]:
    with opened(pdf) as document:
        return [(round(width), round(height)) for width, height in map(_size, document)]


def _size(page) -> tuple[float, float]:
    return page.get_size()


def pdf_of(answer) -> bytes:
    assert answer.status_code == 200, answer.content[:300]
    assert answer["Content-Type"] == "application/pdf"
    return answer.content


@pytest.mark.parametrize("size", SIZES)
def test_its_person_prints_it_in_every_size(anas_browser, size):
    pdf = pdf_of(anas_browser.get(reverse("door:page_pdf"), {"size": size}))
    expected = (round(SIZES[size].width * 72 / 25.4), round(SIZES[size].height * 72 / 25.4))
    assert set(sides(pdf)) == {expected}
    assert "Nuts." in text_of(pdf)


@pytest.mark.parametrize("size", ["a0", "../a4", "A4", "card "])
def test_a_size_that_is_none_is_not_there(anas_browser, size):
    assert anas_browser.get(reverse("door:page_pdf"), {"size": size}).status_code == 404
    assert not Paper.objects.exists()


def test_a_size_that_the_layout_has_not_is_not_there(anas_browser, anas_page):
    Profile.objects.update(layout="about-me")
    assert anas_browser.get(reverse("door:page_pdf"), {"size": "card"}).status_code == 404


def test_the_page_says_what_a_small_size_leaves_out_before_it_is_printed(anas_browser):
    shown = anas_browser.get(reverse("door:page"))
    for key, size in SIZES.items():
        address = f"{reverse('door:page_pdf')}?size={key}"
        (assertNotContains if key == "a4" else assertContains)(shown, address)
        if key != "a4":
            assertContains(shown, size.title)
    assertContains(shown, "It does not hold all of: What matters most to me; My life so far.")


def test_what_stands_there_only_where_there_is_room_is_told_and_makes_paper_old(
    anas_browser, anas_page, client
):
    say(anas_page, "do_not", "Do not rush me.")
    assertContains(
        anas_browser.get(reverse("door:page")),
        "Where there is room, it holds this too: “Please do not”.",
        count=2,
    )
    assert "rush me" in text_of(pdf_of(anas_browser.get(reverse("door:page_pdf"), BEDSIDE_TOO)))
    check = reverse("door:check", args=[Paper.objects.get().code])
    assertContains(client.get(check), "This is the newest page")
    say(anas_page, "do_not", "Do not hurry me.")
    assertContains(client.get(check), "There is a newer page")


def test_a_reader_prints_any_size_and_no_more_than_they_may_see(cal, ana, anas_page):
    share = make_share(anas_page, topics=["call_me", "ring_first", "important"])
    cal.come_in(share)
    shown = cal.ask(share)
    for size in ("large-print", "card", "bedside"):
        assertContains(shown, f"{reverse('door:read_pdf', args=[share.key])}?size={size}")
        pdf = pdf_of(cal.ask(share, "pdf", size=size))
        assert "07700 900123" in text_of(pdf)
        assert "Nuts." not in text_of(pdf)
    printed = share.looks.filter(happened=Happened.PRINTED)
    assert printed.count() == Paper.objects.count() == 3  # each is another paper
    assert {*Paper.objects.values_list("size", flat=True)} == {"large-print", "card", "bedside"}


def test_who_may_not_print_gets_no_size(cal, anas_page):
    share = make_share(anas_page, may_print=False)
    cal.come_in(share)
    assertNotContains(cal.ask(share), "?size=")
    assert cal.ask(share, "pdf", size="card")["Content-Type"] != "application/pdf"
    assert not Paper.objects.exists()


@pytest.mark.parametrize("size", SIZES)
def test_paper_of_every_size_is_the_newest_until_what_it_holds_changes(
    anas_browser, anas_page, client, size
):
    pdf_of(anas_browser.get(reverse("door:page_pdf"), {"size": size}))
    paper = Paper.objects.get()
    check = reverse("door:check", args=[paper.code])
    assertContains(client.get(check), "This is the newest")
    say(anas_page, "story", "I was a baker in Leeds.")
    held = SIZES[size].topics_of(["story"])
    (assertNotContains if held else assertContains)(client.get(check), "This is the newest")
    say(anas_page, "must_know", "Nuts, and milk.")
    assertNotContains(client.get(check), "This is the newest")


def test_the_same_page_on_a_bedside_sheet_has_a_code_of_its_own(anas_browser, anas_page):
    for size in ("a4", "bedside", "bedside"):
        pdf_of(anas_browser.get(reverse("door:page_pdf"), {"size": size}))
    assert [*Paper.objects.order_by("pk").values_list("size", flat=True)] == ["a4", BEDSIDE.key]


def test_too_long_for_one_side_may_be_printed_on_both(anas_browser, anas_page):
    say(anas_page, "story", "word " * 700)
    refused = anas_browser.get(reverse("door:page_pdf"))
    assert refused.status_code == 409
    assertContains(refused, "?size=two-sides", status_code=409)
    assertContains(refused, "It has room without: My life so far.", status_code=409)
    pdf = pdf_of(anas_browser.get(reverse("door:page_pdf"), {"size": "two-sides"}))
    assert len(sides(pdf)) == 2
