"""How it looks: chosen by pictures of the page itself, and kept on the page."""

import io

import pytest
from django.urls import reverse
from PIL import Image
from pytest_django.asserts import assertContains

from profiles.door import door, style_views
from profiles.door.models import Paper
from profiles.pages.models import Profile
from profiles.pdf import printing
from profiles.sharing import actions as sharing_actions
from profiles.sharing.models import Share
from profiles.sheet.catalogue import layouts
from tests.factories import make_page, make_share, say
from tests.pdf.reading import opened, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOSPITAL = {"layout": "hospital", "theme": "ink", "size": "letter", "pictures": "none"}


@pytest.fixture
def anas_page(ana) -> Profile:
    page = make_page(ana, call_me="Ana", must_know="Nuts.")
    say(page, "health", "Kept.", only_me=True)
    return page


@pytest.fixture
def writer(client, ana, anas_page):
    client.force_login(ana)
    return client


def test_what_is_chosen_is_kept_and_printed(writer, anas_page):
    answer = writer.post(reverse("door:style"), HOSPITAL)
    assert answer.url == reverse("door:page")
    anas_page.refresh_from_db()
    assert {name: getattr(anas_page, name) for name in HOSPITAL} == HOSPITAL
    pdf = writer.get(reverse("door:page_pdf")).content
    assert "before any treatment" in " ".join(text_of(pdf).split())
    with opened(pdf) as document:
        assert [round(side) for side in document[0].get_size()] == [612, 792]


def test_what_stands_now_is_chosen_beforehand(writer, anas_page):
    Profile.objects.update(**HOSPITAL)
    shown = writer.get(reverse("door:style"))
    for key in HOSPITAL.values():
        assertContains(shown, f'value="{key}" checked')
    assert shown.content.count(b" checked") == len(HOSPITAL)


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"layout": "none"},
        {"theme": ""},
        {"size": "a0"},
        {"size": "card"},
        {"pictures": "huge"},
        {"layout": "../one-page"},
    ],
)
def test_what_we_do_not_have_changes_nothing(writer, anas_page, posted):
    before = Profile.objects.values().get()
    answer = writer.post(reverse("door:style"), {**HOSPITAL, **posted} if posted else {})
    assert answer.status_code == 422
    assert Profile.objects.values().get() == before


@pytest.mark.parametrize(
    ("what", "known"), [(what, known()) for what, known in style_views.KINDS.items()]
)
def test_the_pictures_are_of_their_own_page_in_each(writer, what, known):
    answer = writer.get(reverse("door:style_picture", args=[what]))
    assert answer["Content-Type"] == "image/webp"
    assert "no-store" in answer["Cache-Control"]
    drawn = Image.open(io.BytesIO(answer.content))
    assert drawn.width == style_views.WIDTH * len(known)
    thumbs = [
        drawn.crop((at * style_views.WIDTH, 0, (at + 1) * style_views.WIDTH, drawn.height))
        for at in range(len(known))
    ]
    assert len({thumb.tobytes() for thumb in thumbs}) == len(known)


def test_a_picture_shows_no_topic_that_no_reader_would_see(writer, anas_page):
    sheet = door.try_on(anas_page, layout="hospital")
    assert "health" not in sheet.topics
    assert sheet.edition is None
    assert not anas_page.editions.exists()


def test_a_page_that_is_too_long_has_a_picture_all_the_same(writer, anas_page):
    say(anas_page, "people", "\n".join(f"Line {n}." for n in range(70)))
    assert writer.get(reverse("door:style_picture", args=["layout"])).status_code == 200


def test_while_the_engine_is_busy_the_words_can_still_be_chosen(writer, monkeypatch):
    def busy(*args: object) -> bytes:
        raise printing.Busy

    monkeypatch.setattr(style_views.printing, "draw_album", busy)
    assert writer.get(reverse("door:style_picture", args=["theme"])).status_code == 503
    assertContains(writer.get(reverse("door:style")), "Black on white, to save ink")


def test_nothing_else_is_drawn(writer):
    assert writer.get(reverse("door:style_picture", args=["photo"])).status_code == 404


def test_paper_stays_the_newest_when_the_look_is_changed(writer, client, anas_page):
    writer.get(reverse("door:page_pdf"))
    paper = Paper.objects.get()
    writer.post(reverse("door:style"), HOSPITAL)
    assert paper.layout == "one-page"
    assertContains(client.get(reverse("door:check", args=[paper.code])), "newest")
    writer.get(reverse("door:page_pdf"))
    assert sorted(Paper.objects.values_list("layout", flat=True)) == ["hospital", "one-page"]
    assert Paper.objects.values("code").distinct().count() == 2


def test_a_layout_that_is_no_more_leaves_a_page_as_everybody_has_it(anas_page):
    Profile.objects.update(layout="gone", theme="gone", size="gone")
    anas_page.refresh_from_db()
    sheet = door.to_print(anas_page)
    assert (sheet.layout.key, sheet.theme.key, sheet.size.key) == ("one-page", "notebook", "a4")


@pytest.mark.parametrize(
    ("layout", "size"), [("hospital", "easy-read"), ("one-page", "card"), ("one-page", "bedside")]
)
def test_a_page_is_whole_whatever_size_its_row_says(anas_page, layout, size):
    say(anas_page, "sleep", "The hall light on.")
    Profile.objects.update(layout=layout, size=size)
    anas_page.refresh_from_db()
    sheet = door.to_print(anas_page)
    assert sheet.size.key == "a4"
    assert {"call_me", "must_know", "sleep"} == set(sheet.topics)


# ---- for one reader


@pytest.fixture
def share(anas_page) -> Share:
    return make_share(anas_page, topics=["must_know"])


def style_of(share: Share) -> str:
    return reverse("door:style_for_reader", args=[share.ref])


def test_one_reader_gets_another_layout_on_screen_and_on_paper(writer, share, cal):
    assertContains(writer.get(style_of(share)), 'id="id_layout_mine" value="" checked')
    assert writer.post(style_of(share), {"layout": "hospital"}).status_code == 302
    assertContains(writer.get(style_of(share)), 'value="hospital" checked')
    assert "before any treatment" in cal.read(share, "html")
    assert "before any treatment" in " ".join(cal.read(share, "pdf").split())
    assert Paper.objects.get().layout == "hospital"
    assertContains(writer.get(reverse("door:page")), "Please read this before you help me.")
    writer.post(style_of(share), {"layout": ""})
    assert "before any treatment" not in cal.read(share, "html")


def test_another_layout_shows_no_more_than_was_agreed_to(writer, share, cal, anas_page):
    say(anas_page, "people", "CNRY-people")
    for key in layouts():
        writer.post(style_of(share), {"layout": key})
        read = cal.read(share, "html")
        assert "Nuts." in read
        assert "CNRY-people" not in read
        assert "Kept." not in read


def test_a_share_that_is_over_keeps_its_style(writer, ana, share):
    sharing_actions.stop(share=share, by=ana)
    answer = writer.post(style_of(share), {"layout": "hospital"})
    assert answer.url == reverse("sharing:share", args=[share.ref])
    share.refresh_from_db()
    assert share.layout == ""


def test_no_layout_of_ours_is_refused_for_a_reader(writer, share):
    assert writer.post(style_of(share), {"layout": "none"}).status_code == 422


def printed(anas_page: Profile) -> str:
    return " ".join(text_of(printing.make_pdf_here(door.to_print(anas_page)).pdf).split())


def test_lines_to_fill_in_are_printed_only_where_they_were_asked_for(writer, anas_page):
    assert "Ask me about" not in printed(anas_page)
    writer.post(reverse("door:style"), {**HOSPITAL, "ask_me": "on"})
    anas_page.refresh_from_db()
    assert "Ask me about" in printed(anas_page)
    assertContains(writer.get(reverse("door:style")), 'id="id_ask_me" checked')
    writer.post(reverse("door:style"), HOSPITAL)
    anas_page.refresh_from_db()
    assert "Ask me about" not in printed(anas_page)


def test_where_much_is_said_there_are_no_lines_to_fill_in(anas_page):
    Profile.objects.update(ask_me=True)
    for topic in ("people", "culture", "goals", "story", "interests", "calm"):
        say(anas_page, topic, "Tea.")
    anas_page.refresh_from_db()
    assert "Ask me about" not in printed(anas_page)
