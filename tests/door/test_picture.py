"""The page as a picture: in the words that are saved, for those who write it, kept by nobody."""

import io

import pytest
from django.urls import reverse
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.access.models import Happened
from profiles.answers import draft_actions
from profiles.answers.actions import Words
from profiles.door import own_pages
from profiles.door.models import Paper
from profiles.pages.models import Profile
from profiles.pdf import printing
from profiles.pdf.fit import DrawnPage
from profiles.photos import actions as photo_actions
from profiles.supporters import actions as helping
from profiles.supporters.models import Supporter
from profiles.topics.load import load
from tests.factories import make_page, put_beside, say
from tests.photos.photos import as_file, corners

pytestmark = pytest.mark.django_db
PICTURE, PAGE = reverse("door:picture"), reverse("door:page")
WRITE = reverse("writing:write", args=["matters", "important"])
DRAWN = DrawnPage(png=b"\x89PNG", boxes={"important": (50, 300, 900, 40)}, is_whole=True)


def helping_picture(supporter: Supporter) -> str:
    return reverse("door:helping_picture", kwargs={"ref": supporter.ref})


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The topics on each page that was drawn, without the time that it takes."""
    pages: list[set[str]] = []

    def draw(sheet, *_):
        pages.append({*sheet.topics})
        return DRAWN

    monkeypatch.setattr(own_pages.printing, "draw_page", draw)
    return pages


def test_it_is_a_picture_of_the_page_and_kept_by_no_cache(anas_browser, anas_page):
    answer = anas_browser.get(PICTURE)
    assert answer["Content-Type"] == "image/png"
    assert "no-store" in answer["Cache-Control"]
    picture = Image.open(io.BytesIO(answer.content))
    assertContains(anas_browser.get(WRITE), f'width="{picture.width}" height="{picture.height}"')
    assert not anas_page.editions.exists()
    assert not anas_page.looks.exists()
    assert not Paper.objects.exists()


def test_what_is_kept_and_what_is_half_typed_is_not_drawn(anas_browser, anas_page, drawn):
    say(anas_page, "health", "Kept.", only_me=True)
    words, people = Words(text="Typed."), load().topic("people")
    draft_actions.save_draft(
        profile=anas_page, topic=people, words=words, started_from=0, version=""
    )
    assert anas_browser.get(PICTURE).status_code == 200
    assert drawn == [{"call_me", "important"}]


def test_it_is_drawn_anew_only_when_something_changed(anas_browser, anas_page, drawn):
    def ask(version):
        return anas_browser.get(PICTURE, headers={"If-None-Match": version})

    version = anas_browser.get(PICTURE)["ETag"]
    answer = ask(version)
    assert (answer.status_code, answer.content) == (304, b"")
    assert "no-store" in answer["Cache-Control"]
    say(anas_page, "important", "Coffee.")
    answer = ask(version)
    assert answer.status_code == 200
    photo_actions.add_photo(profile=anas_page, whole=as_file(corners()), alt="Ana")
    assert ask(answer["ETag"]).status_code == 200
    Profile.objects.update(theme="ink")
    assert ask(answer["ETag"]).status_code == 200
    assert len(drawn) == 4


def test_it_is_of_the_page_it_stands_beside_whatever_is_open_in_another_window(
    anas_browser, ana, anas_page, drawn
):
    address = f"{PICTURE}?of={anas_page.key}"
    assertContains(anas_browser.get(WRITE), f'src="{address}"')
    make_page(ana, call_me="Nan", people="Mo.")
    anas_browser.get(address)
    anas_browser.get(PICTURE)
    assert drawn == [{"call_me", "important"}, {"call_me", "people"}]


@pytest.mark.parametrize("of", ["", "nobody"])
def test_of_nobody_elses_page_is_there_a_picture(anas_browser, visitors_page, drawn, of):
    for key in (of, visitors_page.key):
        assert anas_browser.get(PICTURE, {"of": key}).status_code == 404
    assert drawn == []


def test_a_page_that_is_too_long_is_drawn_and_says_so_in_words(visitor, visitors_page):
    say(visitors_page, "people", "\n".join(f"Line {n}." for n in range(90)))
    assert visitor.get(PICTURE).status_code == 200
    seen = visitor.get(PAGE)
    assertContains(seen, "This is the first side. The page is too long for its paper")
    write = visitor.get(WRITE).content.decode()
    assert "lines too long" in write
    assert "Only the first side is drawn. All the words are safe." in write


def test_of_an_empty_page_there_is_no_picture_but_a_sentence(client, db):
    client.post(reverse("pages:start"), {"who": "me", "language": "en"})
    assert client.get(PICTURE).status_code == 404
    assertContains(client.get(WRITE), "Nothing is on the page yet.")
    assertNotContains(client.get(WRITE), PICTURE)
    assertNotContains(client.get(reverse("house:me")), PICTURE)
    assertNotContains(client.get(PAGE), "<svg")


def test_while_the_engine_is_busy_everything_else_goes_on(anas_browser, monkeypatch):
    def busy(*args: object) -> DrawnPage:
        raise printing.Busy

    monkeypatch.setattr(own_pages.printing, "draw_page", busy)
    answer = anas_browser.get(PICTURE)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assertContains(anas_browser.get(PAGE), "Tea first.")
    assertNotContains(anas_browser.get(PAGE), "<svg")


def test_home_shows_it_with_the_photo(anas_browser, anas_page):
    assertNotContains(anas_browser.get(reverse("house:me")), 'class="face"')
    photo_actions.add_photo(profile=anas_page, whole=as_file(corners()), alt="Ana in a red hat")
    home = anas_browser.get(reverse("house:me"))
    assertContains(home, f'src="{PICTURE}?of={anas_page.key}"')
    assertContains(home, 'alt="Ana in a red hat"')


def test_the_page_holds_its_picture_and_where_a_press_on_it_leads(anas_browser, drawn):
    """In one answer: of a picture that is fetched by itself, the words could be newer."""
    page = anas_browser.get(PAGE)
    assertContains(page, 'src="data:image/png;base64,iVBORw=="')
    assertContains(page, f'<a href="{WRITE}" tabindex="-1">')
    assertContains(page, '<rect x="50" y="300" width="900" height="40">')
    assertContains(page, WRITE, count=2)  # the same link is among the words
    assertNotContains(page, PICTURE)


def test_a_topic_that_we_do_not_have_leads_nowhere(anas_browser, monkeypatch):
    boxes = {"../elsewhere": (0, 0, 9, 9)}
    made = DrawnPage(png=b"\x89PNG", boxes=boxes, is_whole=True)
    monkeypatch.setattr(own_pages.printing, "draw_page", lambda *_: made)
    assertNotContains(anas_browser.get(PAGE), "<rect")


# ---- for somebody who writes with the person


def test_who_writes_together_sees_what_they_may_see(sisters_browser, anas_page, anas_sister, drawn):
    say(anas_page, "health", "Kept.", only_me=True)
    together = reverse("supporters:write_together", args=[anas_sister.ref, "matters", "important"])
    address = helping_picture(anas_sister)
    assertContains(sisters_browser.get(together), f'src="{address}"')
    answer = sisters_browser.get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert drawn == [{"call_me", "important"}]
    assert not anas_page.editions.exists()


def test_their_picture_is_part_of_their_look_and_alone_is_one(
    sisters_browser, anas_page, anas_sister, drawn
):
    looks = anas_page.looks.filter(happened=Happened.LOOKED)
    for _ in range(2):
        sisters_browser.get(helping_picture(anas_sister))
    assert looks.count() == 1
    sisters_browser.head(helping_picture(anas_sister))
    version = sisters_browser.get(helping_picture(anas_sister))["ETag"]
    sisters_browser.get(helping_picture(anas_sister), headers={"If-None-Match": version})
    assert looks.count() == 1


def test_where_they_see_nothing_there_is_no_picture(sisters_browser, anas_page, anas_sister):
    for topic in ("call_me", "important"):
        say(anas_page, topic, "Kept.", only_me=True)
    together = reverse("supporters:write_together", args=[anas_sister.ref, "matters", "important"])
    assertNotContains(sisters_browser.get(together), helping_picture(anas_sister))
    assert sisters_browser.get(helping_picture(anas_sister)).status_code == 404


@pytest.mark.parametrize("change", ["stopped", "sees", "kept", "photo", "beside", "line"])
def test_what_is_taken_back_while_it_is_drawn_is_not_handed_over(
    sisters_browser, ana, anas_page, anas_sister, monkeypatch, change
):
    photo_actions.add_photo(profile=anas_page, whole=as_file(corners()), alt="Ana")
    put_beside(anas_page, "important")
    say(anas_page, "sleep", "Late.\nWith the light on.")

    def meanwhile(sheet, *_):
        if change == "stopped":
            helping.stop(supporter=anas_sister, by=ana)
        elif change == "sees":
            helping.change(supporter=anas_sister, by=ana, may="see", kept_topics=())
        elif change == "kept":
            say(anas_page, "important", "Tea first.", only_me=True)
        elif change == "beside":
            say(anas_page, "important", "Tea first.")
        elif change == "line":
            say(anas_page, "sleep", "Late.")
        else:
            photo_actions.remove_photo(profile=anas_page)
        return DRAWN

    monkeypatch.setattr(own_pages.printing, "draw_page", meanwhile)
    before = anas_page.looks.count()
    address = helping_picture(anas_sister)
    assertRedirects(sisters_browser.get(address), address, fetch_redirect_response=False)
    assert anas_page.looks.count() == before


def test_who_may_only_suggest_gets_none(sisters_browser, ana, anas_sister):
    helping.change(supporter=anas_sister, by=ana, may="suggest", kept_topics=())
    assert sisters_browser.get(helping_picture(anas_sister)).status_code == 403
