"""What a reader reads: what was agreed to and nothing else, in every format, and never unseen."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from profiles.access.models import Happened, Look
from profiles.door import reader_views
from profiles.door.models import Paper
from profiles.pdf import printing
from profiles.pdf.fit import Busy, Fit, MadePage
from profiles.photos.actions import add_photo, remove_photo
from profiles.sharing import actions
from profiles.sharing.days import last_day, written
from profiles.sharing.models import Share
from profiles.workers import actions as workers
from profiles.workers.about import About
from tests.factories import I_DECIDED, make_page, make_share, make_user, put_beside, say
from tests.pdf.reading import text_of
from tests.photos.photos import as_file, corners
from tests.readers import FORMATS, ReaderWithLink, address, words_in

pytestmark = pytest.mark.django_db
SHOWN, HIDDEN, KEPT = "CNRY-ana-important", "CNRY-ana-sleep", "CNRY-ana-health"


@pytest.fixture
def share(ana) -> Share:
    cache.clear()
    page = make_page(ana, call_me="Ana", important=SHOWN, sleep=HIDDEN)
    say(page, "health", KEPT, only_me=True)
    return make_share(page, topics=["important"])


@pytest.mark.parametrize("channel", FORMATS)
def test_every_format_shows_what_was_agreed_to_and_nothing_else(share, cal, channel):
    words = cal.read(share, channel)
    assert SHOWN in words
    assert HIDDEN not in words
    assert KEPT not in words


def test_what_is_urgent_is_read_before_anything_is_told_of_the_share(ana, cal):
    said = {"must_know": "Peanuts.", "yes_no": "Eyes up.", "ring_first": "Dee.", "sleep": "Light."}
    page = make_page(ana, call_me="Ana\nLike banana", **said)
    words = cal.read(make_share(page, topics=[*said]))
    order = [">Ana<", "Like banana", ">Peanuts.<", ">Eyes up.<", ">Dee.<"]
    order += ["is sharing this with you", 'id="large"', "Please read this", ">Light.<"]
    assert [words.index(said) for said in order] == sorted(words.index(said) for said in order)


def test_where_nothing_is_urgent_it_is_told_first(ana, cal):
    page = make_page(ana, call_me="Ana", appreciate="I sing.", sleep="Light.")
    words = cal.read(make_share(page, topics=["appreciate", "sleep"]))
    order = [">Ana<", "is sharing this with you", ">I sing.<", ">Light.<"]
    assert [words.index(said) for said in order] == sorted(words.index(said) for said in order)


def test_more_than_few_words_about_the_name_stand_below(ana, cal):
    page = make_page(ana, call_me="Ana\n" + "Like banana. " * 9 + "CNRY-end", must_know="Peanuts.")
    words = cal.read(make_share(page, topics=["must_know"]))
    assert words.index(">Peanuts.<") < words.index("CNRY-end")
    assert words.count("CNRY-end") == 1


def test_numbers_can_be_pressed_on_a_screen_and_are_words_elsewhere(ana, cal):
    page = make_page(
        ana, call_me="Ana", ring_first="Dee, 07700 900123", sleep="Ask +44 117 496 0123."
    )
    share = make_share(page, topics=["ring_first", "sleep"])
    words = cal.read(share)
    assert '<a class="number" href="tel:07700900123">' in words
    assert '<a href="tel:+441174960123">' in words
    for channel in ("pdf", "text", "json"):
        assert "tel:" not in cal.read(share, channel)


@pytest.mark.parametrize("channel", FORMATS)
def test_every_format_leaves_its_line_in_the_log(share, cal, channel):
    cal.read(share, channel)
    look = share.looks.get()
    assert look.happened == channel
    assert (look.reader_said, look.reader_role, look.reader_place) == (
        "Cal", "night nurse", "Ward 4",
    )  # fmt: skip
    assert look.edition.number == 1


@pytest.mark.parametrize("channel", ["pdf", "text", "json"])
def test_what_may_only_be_read_is_given_in_no_file_and_leads_to_the_page(ana, share, cal, channel):
    actions.change_what(
        share=share, by=ana, topics=["important"], with_photo=False, may_print=False,
        decided=I_DECIDED,
    )  # fmt: skip
    cal.come_in(share)
    page = f'href="{address("door:read", share.key)}"'
    assertContains(cal.ask(share, channel), page, status_code=403)
    assert not Look.objects.exists()
    assertNotContains(cal.ask(share), "Print it on one page")


def test_what_was_kept_is_shown_to_whom_it_was_ticked_for(share, cal):
    doctor = make_share(share.profile, topics=["health"])
    assert KEPT in cal.read(doctor)
    assert KEPT not in cal.read(share)


def test_a_topic_written_later_starts_hidden(share, cal):
    say(share.profile, "people", "CNRY-ana-people")
    assert "CNRY-ana-people" not in cal.read(share)


def test_new_words_of_a_shared_topic_are_shown_with_the_next_edition(share, cal):
    cal.read(share)
    say(share.profile, "important", "Coffee now.")
    page = cal.ask(share)
    assertContains(page, "Coffee now.")
    assertContains(page, "Edition 2.")


def test_half_typed_words_are_shown_to_nobody(share, cal, client, ana):
    client.force_login(ana)
    typed = {"text": "CNRY-draft", "only_me": "no", "picture": "", "started_from": 1}
    client.post("/me/matters/important/draft/", typed)
    assert "CNRY-draft" not in cal.read(share)


def test_a_photo_is_shown_only_if_it_was_ticked_and_asks_for_nothing_more(share, cal):
    add_photo(profile=share.profile, whole=as_file(corners()), alt="Ana in a red hat")
    assert "Ana in a red hat" not in cal.read(share)
    with_photo = make_share(share.profile, with_photo=True)
    page = cal.read(with_photo)
    assert 'src="data:image/jpeg;base64,' in page
    assert 'alt="Ana in a red hat"' in page


def test_the_page_says_who_shares_with_whom_and_until_when(share, cal):
    page = cal.read(share)
    assert "Ana is sharing this with you, Cal," in page
    assert written(last_day(share.ends_at)) in page
    assert "Ana can see that you looked." in page


def test_the_most_urgent_comes_first(ana, cal):
    page = make_page(ana, call_me="Ana", sleep="S.", must_know="M.", yes_no="Y.", ring_first="R.")
    words = cal.read(make_share(page, topics=["sleep", "must_know", "yes_no", "ring_first"]))
    assert [words.index(f">{letter}.<") for letter in "MYRS"] == sorted(
        words.index(f">{letter}.<") for letter in "MYRS"
    )


HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'",
}


@pytest.mark.parametrize("name", ["reading:doorstep", "reading:tell", *FORMATS.values()])
def test_everything_a_reader_opens_is_kept_and_told_by_nobody(share, cal, name):
    cal.come_in(share)
    answer = cal.browser.get(address(name, share.key))
    assert answer.status_code == 200
    assert all(part in answer.headers[header] for header, part in HEADERS.items())


@pytest.mark.parametrize("path", ["/s/", "/s/never/", "/check/", "/check/7KQ3-M9XT/", "/s/a/b/"])
def test_so_is_everything_else_there(db, client, path):
    answer = client.get(path)
    assert all(part in answer.headers[header] for header, part in HEADERS.items())
    assert client.put(path).headers["Referrer-Policy"] == "no-referrer"


def test_no_page_of_a_reader_loads_htmx_or_says_where_they_are(share, cal):
    page = cal.read(share)
    assert "htmx" not in page
    assert "back=" not in page
    assert "http://" not in page.replace("http://testserver", "")


# ---- paper


def test_paper_says_for_whom_when_which_edition_and_when_to_ask_again(share, cal):
    words = cal.read(share, "pdf")
    paper = Paper.objects.get()
    for said in [
        "Made for Priya, Sunrise Home Care on ",
        "Edition 1.",
        f"Please ask me again after {paper.check_by.day} {paper.check_by:%B %Y}",
        f"{paper.code[:4]}-{paper.code[4:]} at testserver/check",
    ]:
        assert said in words


def test_paper_never_carries_the_key(share, cal):
    cal.come_in(share)
    made = cal.ask(share, "pdf").content
    assert share.key not in text_of(made)
    assert share.key.encode() not in made


def test_paper_is_asked_about_again_on_the_day_on_which_sharing_ends(ana, share, cal):
    cal.read(share, "pdf")
    assert Paper.objects.latest("pk").check_by == last_day(share.ends_at)
    soon = timezone.now() + timedelta(days=3)
    actions.change_how_long(share=share, by=ana, ends_at=soon, decided=I_DECIDED)
    cal.ask(share, "pdf")
    assert Paper.objects.latest("pk").check_by == last_day(soon)


def test_a_share_that_stops_while_its_paper_is_made_gives_no_paper(ana, share, cal, monkeypatch):
    make = printing.make_pdf

    def stops_meanwhile(sheet):
        actions.stop(share=share, by=ana)
        return make(sheet)

    monkeypatch.setattr(reader_views.printing, "make_pdf", stops_meanwhile)
    cal.come_in(share)
    answer = cal.ask(share, "pdf")
    assert answer.status_code == 410
    assert b"%PDF" not in answer.content
    assert not Paper.objects.exists()


@pytest.mark.parametrize("what", ["their photo", "it for another", "beside an answer", "a line"])
def test_what_is_taken_off_while_the_paper_is_made_is_on_no_paper(
    anas_page, cal, monkeypatch, what
):
    add_photo(profile=anas_page, whole=as_file(corners()), alt="Ana")
    put_beside(anas_page, "important")
    say(anas_page, "sleep", "Late.\nWith the light on.")
    share = make_share(anas_page, with_photo=True, topics=["important", "sleep"])

    def taken_off_meanwhile(sheet):
        if what == "their photo":
            remove_photo(profile=anas_page)
        elif what == "it for another":
            add_photo(profile=anas_page, whole=as_file(corners()), alt="Ana")
        elif what == "a line":
            say(anas_page, "sleep", "Late.")
        else:
            say(anas_page, "important", "Tea first.")
        return made(sheet)

    def made(sheet):
        fit = Fit(lines_left=1, lines_over=0, filled=1, print_pt=12)
        return MadePage(pdf=b"%PDF-", pages=1, print_pt=12, fit=fit, layouts=1)

    monkeypatch.setattr(reader_views.printing, "make_pdf", taken_off_meanwhile)
    cal.come_in(share)
    answer = cal.ask(share, "pdf")
    assert answer.status_code == 302
    assert not Paper.objects.exists()
    assert answer.url == address("door:read_pdf", share.key)  # the link still opens: made anew
    monkeypatch.setattr(reader_views.printing, "make_pdf", made)
    assert cal.ask(share, "pdf").content == b"%PDF-"
    assert [look.happened for look in share.looks.all()] == ["pdf"]


def test_a_topic_that_goes_while_the_paper_is_made_is_on_no_paper_and_it_is_made_anew(
    ana, cal, monkeypatch
):
    page = make_page(ana, call_me="Ana", important="Tea.", sleep="CNRY-late")
    share = make_share(page, topics=["important", "sleep"])
    make = printing.make_pdf

    def goes_meanwhile(sheet):
        if "sleep" in sheet.topics:
            narrowed(share, may_print=True)
        return make(sheet)

    monkeypatch.setattr(reader_views.printing, "make_pdf", goes_meanwhile)
    cal.come_in(share)
    answer = cal.ask(share, "pdf", size="large-print")
    assert answer.url == f"{address('door:read_pdf', share.key)}?size=large-print"
    words = words_in(cal.ask(share, "pdf", size="large-print"))
    assert "Tea." in words and "CNRY" not in words


def test_paper_that_may_not_be_had_any_more_leads_to_the_page(share, cal, monkeypatch):
    make = printing.make_pdf

    def goes_meanwhile(sheet):
        narrowed(share, may_print=False)
        return make(sheet)

    monkeypatch.setattr(reader_views.printing, "make_pdf", goes_meanwhile)
    cal.come_in(share)
    page = f'href="{address("door:read", share.key)}"'
    assertContains(cal.ask(share, "pdf"), page, status_code=403)
    assert [look.happened for look in share.looks.all()] == ["nopaper"]


def narrowed(share, *, may_print):
    actions.change_what(
        share=share, by=share.profile.owner, topics=["important"], with_photo=False,
        may_print=may_print, decided=I_DECIDED,
    )  # fmt: skip


def test_what_does_not_fit_is_told_and_stays_readable(ana, cal):
    page = make_page(ana, call_me="Ana", people="\n".join(f"Line {n}" for n in range(120)))
    share = make_share(page, topics=["people"])
    cal.come_in(share)
    assertContains(cal.ask(share, "pdf"), "We never cut", status_code=409)
    assertContains(cal.ask(share), "Line 119")
    assert not Paper.objects.exists()


def test_when_the_press_is_busy_the_reader_is_asked_for_patience(share, cal, monkeypatch):
    def busy(sheet):
        raise Busy

    monkeypatch.setattr(reader_views.printing, "make_pdf", busy)
    cal.come_in(share)
    answer = cal.ask(share, "pdf")
    assert answer.status_code == 503
    assert answer["Retry-After"]


def test_printing_without_end_is_stopped(share, cal, monkeypatch):
    monkeypatch.setitem(reader_views.LIMITS, "print", "2/h/key")
    cal.come_in(share)
    assert [cal.ask(share, "pdf").status_code for _ in range(3)] == [200, 200, 429]


# ---- saying something back


def test_i_have_read_this_goes_to_the_person(share, cal, client, ana):
    cal.come_in(share)
    promise = {"promise": "I will ask before I move your chair."}
    cal.browser.post(address("workers:have_read", share.key), promise)
    look = share.looks.get(happened=Happened.HAS_READ)
    assert look.words == promise["promise"]
    client.force_login(ana)
    assertContains(client.get("/me/"), "has read your page")
    assertContains(client.get(reverse("access:looked")), promise["promise"])


def test_i_have_read_this_needs_no_words(share, cal):
    cal.come_in(share)
    answer = cal.browser.post(address("workers:have_read", share.key), {})
    assert answer.url == address("reading:thanks", share.key)
    assert share.looks.get(happened=Happened.HAS_READ).words is None


def test_what_was_said_is_shown_again_in_the_persons_name(share, cal):
    cal.come_in(share)
    said = {"promise": "I will knock.", "promised": "I will ring you.",
            "by_day": timezone.localdate() + timedelta(days=3)}  # fmt: skip
    answer = cal.browser.post(address("workers:have_read", share.key), said)
    assert answer.url == address("reading:thanks", share.key)  # and no word of it
    for _ in range(2):  # a reload shows the same, and says nothing more
        page = cal.browser.get(answer.url)
        for words in ["Thank you, Cal", "Ana will see:", "I have read this.", "I will knock.",
                      "made you a promise.", "I will ring you."]:  # fmt: skip
            assertContains(page, words)
        assertNotContains(page, "Priya, Sunrise")  # what the person calls the share
    assert share.looks.filter(happened=Happened.HAS_READ).count() == 1


def test_only_the_browser_that_said_it_is_shown_it(share, cal):
    cal.come_in(share)
    cal.browser.post(address("workers:have_read", share.key), {"promise": "CNRY-cal"})
    other = ReaderWithLink()  # of the same name, at the same link
    other.come_in(share)
    page = other.browser.get(address("reading:thanks", share.key))
    assertNotContains(page, "CNRY-cal")
    assertContains(page, "in their list of who has looked")
    second = make_share(share.profile)
    cal.come_in(second)
    assertNotContains(cal._at(second.key).get(address("reading:thanks", second.key)), "CNRY-cal")


def test_without_a_name_that_the_reader_may_see_it_is_the_person(ana, cal):
    page = make_page(ana, important="Tea.")
    say(page, "call_me", "CNRY-ana", only_me=True)
    share = make_share(page)
    cal.come_in(share)
    cal.browser.post(address("reading:tell", share.key), {"words": "Dee has moved."})
    thanks = cal.browser.get(address("reading:thanks", share.key))
    assertContains(thanks, "The person will see:")
    assertContains(thanks, "Dee has moved.")
    assertNotContains(thanks, "CNRY-ana")


def test_who_has_no_hello_card_is_offered_one(share, cal):
    cal.come_in(share)
    thanks = address("reading:thanks", share.key)
    assertContains(cal.browser.get(thanks), "Say hello to Ana")
    worker = make_user("priya@example.org")
    cal.browser.force_login(worker)
    assertContains(cal._at(share.key).get(thanks), reverse("workers:hello"))
    workers.save_card(worker=worker, about=About(name="Priya"))
    assertNotContains(cal._at(share.key).get(thanks), reverse("workers:hello"))


def test_something_out_of_date_is_a_note_and_changes_nothing(share, cal):
    cal.come_in(share)
    before = list(share.profile.answers.values_list("pk", flat=True))
    cal.browser.post(address("reading:tell", share.key), {"words": "Dee has another number."})
    assert share.looks.get(happened=Happened.OUT_OF_DATE).words == "Dee has another number."
    assert list(share.profile.answers.values_list("pk", flat=True)) == before


@pytest.mark.parametrize(
    "name, said", [("reading:tell", {"words": ""}), ("reading:tell", {"words": "a" * 601}),
                   ("workers:have_read", {"promise": "a" * 301})],
)  # fmt: skip
def test_too_little_or_too_much_gets_a_sentence(share, cal, name, said):
    cal.come_in(share)
    assert cal.browser.post(address(name, share.key), said).status_code == 422
    assert not share.looks.exclude(happened="html").exists()


def test_the_database_keeps_no_word_of_it_in_the_clear(share, cal):
    from django.db import connection

    cal.come_in(share)
    cal.browser.post(address("workers:have_read", share.key), {"promise": "I will knock."})
    with connection.cursor() as cursor:
        cursor.execute("SELECT reader_said, reader_role, words FROM profiles_look")
        stored = b"".join(bytes(part) for part in cursor.fetchone())
    assert not [word for word in (b"Cal", b"nurse", b"knock") if word in stored]


def test_reverse_names_are_the_addresses_in_the_design():
    assert reverse("door:read", kwargs={"key": "k"}) == "/s/k/page/"
    assert reverse("door:read_pdf", kwargs={"key": "k"}) == "/s/k/page.pdf"
    assert reverse("door:check", kwargs={"code": "c"}) == "/check/c/"
