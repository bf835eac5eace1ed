"""A new carer, and a stay in hospital: each ends at paper, or at a yes that was not said yet."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.house.example_people import JO
from profiles.sharing.days import end_of, last_day
from profiles.topics.load import load
from profiles.writing.ward import WARD, address_after, ward_of
from tests.factories import begin_share, make_share, say

pytestmark = pytest.mark.django_db
CARER, HOSPITAL, READY = (reverse(f"moments:{name}") for name in ("carer", "hospital", "ready"))
WHAT, CHECK = reverse("sharing:what"), reverse("sharing:check")


def in_days(count):
    return (timezone.localdate() + timedelta(days=count)).isoformat()


def comes(browser, address=CARER, **said):
    return browser.post(address, {"reader_name": "Priya", "day": in_days(3)} | said)


def test_a_carer_is_named_with_the_day_and_nothing_is_shared_yet(anas_browser, anas_page):
    assertRedirects(comes(anas_browser), WHAT)
    share = anas_page.shares.being_made().get()
    share.profile = anas_page
    assert (share.reader_name, share.kind, share.topics) == ("Priya", "link", [])
    assert share.ends_at == end_of(timezone.localdate() + timedelta(days=3))
    assert not anas_page.shares.given().exists()


def test_what_is_next_is_the_check_since_the_day_is_said(anas_browser, anas_page):
    comes(anas_browser)
    chosen = {"topics": ["important"], "may": "read"}
    assertRedirects(anas_browser.post(WHAT, chosen), CHECK)
    assertContains(anas_browser.get(CHECK), "Priya")


def test_the_day_of_one_reader_is_not_carried_over_to_another(anas_browser, anas_page):
    comes(anas_browser)
    anas_browser.post(reverse("sharing:who"), {"reader_name": "Sam", "way": "link"})
    assert anas_page.shares.being_made().get().ends_at is None


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"reader_name": " "}, "Tell us who is coming"),
        ({"day": ""}, "Choose the day of the visit"),
        ({"day": in_days(-1)}, "Choose a day from today onwards"),
        ({"day": "2999-01-01"}, "Choose a day within a year"),
        ({"day": "soon"}, "Write the day like"),
    ],
)
def test_what_is_missing_is_said_and_the_words_stay(anas_browser, anas_page, said, wrong):
    refused = comes(anas_browser, **said)
    assertContains(refused, wrong, status_code=422)
    assertContains(refused, said.get("reader_name", "Priya"), status_code=422)
    assert not anas_page.shares.exists()


def test_a_share_that_was_begun_becomes_the_carers(anas_browser, anas_page):
    begun = begin_share(anas_page, reader_name="Sam", topics=["call_me"])
    comes(anas_browser)
    [share] = anas_page.shares.being_made().with_profile(anas_page)
    assert (share.pk, share.reader_name, share.topics) == (begun.pk, "Priya", [])


def test_a_visitor_is_asked_to_sign_in_first(visitor):
    assertContains(visitor.get(CARER), "Sign in first", status_code=403)
    assertContains(visitor.post(READY, {}), "Sign in", status_code=422)
    assertContains(comes(visitor, READY), "Sign in first", status_code=403)


def test_a_keeper_says_who_shares_it(client, rosa, kept):
    client.force_login(rosa)
    assertContains(comes(client), "Tell them your name", status_code=422)
    assertRedirects(comes(client, keeper_name="Rosa"), WHAT)
    [share] = kept.shares.being_made().with_profile(kept)
    assert (share.by_keeper, share.keeper_name) == (True, "Rosa")


def test_a_ward_is_shown_what_it_asks_first_whole(anas_browser, anas_page):
    say(anas_page, "must_know", "I am allergic to peanuts.\nMy pen is in the blue bag.")
    say(anas_page, "health", "I have epilepsy.", only_me=True)
    page = anas_browser.get(HOSPITAL)
    for line in ("I am allergic to peanuts.", "My pen is in the blue bag.", "I have epilepsy."):
        assertContains(page, line)
    assertContains(page, "Only you can see this.")
    assertNotContains(page, "Tea first.")  # a ward does not ask it first


def test_the_blanks_are_asked_in_the_order_of_the_ward(anas_page):
    say(anas_page, "must_know", "Nuts.")
    ward = ward_of(anas_page)
    assert [topic.key for topic in ward.blank][:2] == ["health", "medicines"]
    asked, address = [], address_after(ward, None)
    while address != READY:
        topic = load().topic(address.split("?")[0].split("/")[-2])
        asked.append(topic)
        address = address_after(ward, topic)
    assert asked == ward.blank


def test_where_nothing_is_blank_it_goes_straight_to_the_end(anas_page):
    for topic in ward_of(anas_page).topics:
        say(anas_page, topic.key, "Yes.")
    assert address_after(ward_of(anas_page), None) == READY


def test_at_the_end_it_can_be_printed_in_the_layout_of_a_ward(anas_browser, anas_page):
    say(anas_page, "must_know", "I am allergic to peanuts.")
    assertContains(anas_browser.get(READY), f'{reverse("door:page_pdf")}?layout=hospital"')
    paper = anas_browser.get(reverse("door:page_pdf"), {"layout": "hospital"})
    assert paper["Content-Type"] == "application/pdf"
    assert anas_page.papers.get().layout == "hospital"
    anas_page.refresh_from_db()
    assert anas_page.layout == "one-page"  # that is only this paper's


def test_a_layout_that_is_not_there_is_not_found(anas_browser):
    for name in ("door:page_pdf", "door:picture"):
        assert anas_browser.get(reverse(name), {"layout": "x"}).status_code == 404


def test_a_size_that_a_layout_does_not_come_in_is_a4(anas_browser, anas_page):
    anas_page.size = "easy-read"
    anas_page.save(update_fields=["size"])
    paper = anas_browser.get(reverse("door:page_pdf"), {"layout": "hospital"})
    assert paper["Content-Type"] == "application/pdf"
    assert anas_page.papers.get().size == "a4"


def test_at_the_end_it_can_be_shared_with_who_and_until_when_half_filled_in(
    anas_browser, anas_page
):
    page = anas_browser.get(READY)
    assertContains(page, 'value="The ward"')
    assertContains(page, f'value="{in_days(7)}"')
    assertRedirects(comes(anas_browser, READY, reader_name="Ward 4"), WHAT)
    [share] = anas_page.shares.being_made().with_profile(anas_page)
    assert (share.reader_name, last_day(share.ends_at).isoformat()) == ("Ward 4", in_days(3))


def test_what_is_kept_to_oneself_is_named_as_not_seen(anas_browser, anas_page):
    say(anas_page, "health", "I have epilepsy.", only_me=True)
    assertContains(anas_browser.get(READY), "Only you can see: My health.")


def test_with_as_many_shares_as_there_may_be_it_says_so(anas_browser, anas_page, monkeypatch):
    monkeypatch.setattr("profiles.sharing.rules.MOST_OPEN", 1)
    make_share(anas_page, topics=["important"])
    assert anas_browser.get(CARER).status_code == 403
    assert comes(anas_browser, READY).status_code == 403


def ward_question(topic):
    here = {"part": load().topic(topic).part, "topic": topic}
    return f"{reverse('writing:write', kwargs=here)}?hospital=yes"


def test_a_blank_is_added_or_skipped_and_either_leads_on_to_the_next(anas_browser, anas_page):
    page = anas_browser.get(ward_question("health"))
    assertContains(page, "A ward will ask this")
    assertContains(page, ">Add this<", count=1)
    assertContains(page, f'href="{ward_question("medicines")}">Skip<', count=1)
    said = {"text": "Asthma.", "only_me": "yes", "started_from": 0}
    added = anas_browser.post(ward_question("health"), said)
    assertRedirects(added, ward_question("medicines"))
    assert anas_page.answers.about("health").get().only_me  # what starts private stays private


def test_what_is_wrong_is_said_on_the_way_and_the_words_stay(anas_browser):
    refused = anas_browser.post(ward_question("pain"), {"text": " ", "only_me": "no"})
    assert refused.status_code == 422
    assertContains(refused, "Add this", status_code=422)


def test_nothing_is_asked_back_on_the_way_to_a_ward(anas_browser, anas_page):
    said = {"text": "Toast", "only_me": "no", "started_from": 0}
    assertRedirects(
        anas_browser.post(ward_question("eating"), said),
        address_after(ward_of(anas_page), load().topic("eating")),
    )


def test_jo_has_eight_presses_from_home_to_paper():
    """One to begin, one for what is right, one a blank, and one to print."""
    said = {topic for topic, _ in JO.said}
    asked = [key for key in load().change(WARD).topics if key not in said]
    assert 1 + 1 + len(asked) + 1 <= 8


def test_a_page_with_nothing_on_it_is_not_called_ready(client, visitor):
    client.post(reverse("pages:start"), {"who": "me", "language": "en"})
    assertContains(client.get(READY), "There is nothing on this page yet")
    assertNotContains(client.get(READY), "Print it for the ward")
    assertNotContains(client.get(HOSPITAL), "Then we ask")
    assertContains(visitor.get(READY), "Your page is ready for the ward</h1>")
