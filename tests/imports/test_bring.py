"""A file comes back: what would change is shown, and then what was chosen does."""

import base64
import io
import json
import re
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from profiles.answers import actions
from profiles.answers.actions import Words
from profiles.door import door
from profiles.exports.archive import EVERYTHING
from profiles.imports.actions import ChosenWords, Moved, bring
from profiles.imports.checking import MOST_BYTES
from profiles.imports.forms import FileForm
from profiles.pages import actions as page_actions
from profiles.pages.decorators import VISITORS_PAGES
from profiles.pages.models import Profile
from profiles.photos import actions as photo_actions
from profiles.topics.load import load
from tests.drawn import times
from tests.factories import make_page, make_share, put_beside, say, texts
from tests.imports.pages import make_file, make_photo_member
from tests.photos.photos import as_file, corners, looks_like_corners
from tests.photos.photos import read as read_photo

BRING, CHOOSE = reverse("imports:bring"), reverse("imports:choose")
ARCHIVE = reverse("exports:archive")


def answer(topic: str, text: str, **more: str) -> dict[str, str]:
    return {"topic": topic, "text": text} | more


def portable(*answers: dict[str, str], **more: Any) -> bytes:
    return json.dumps(
        make_file(answers=list(answers), person=None, helped_by=None, **more)
    ).encode()


def upload(browser: Client, data: bytes, name: str = "jo.json") -> HttpResponse:
    return browser.post(BRING, {"file": SimpleUploadedFile(name, data)})


def carried(shown: HttpResponse) -> dict[str, Any]:
    """What the form on the page sends along, with nothing chosen yet."""
    form = shown.context["form"]
    return {field.html_name: field.value() for field in form.hidden_fields()}


def bring_back(browser: Client, data: bytes, *topics: str, **chosen: str) -> HttpResponse:
    """Choose a file, and then these topics from it."""
    sent = carried(upload(browser, data)) | {f"words-{topic}": "file" for topic in topics}
    return browser.post(CHOOSE, sent | chosen)


def zipped(*members: tuple[str, bytes], how: int = ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", how) as made:
        for name, data in members:
            made.writestr(name, data)
    return file.getvalue()


def newest(page: Profile, topic: str) -> Any:
    return page.answers.about(topic).with_profile(page)[0]


FILE = portable(
    answer("important", "Coffee first.\nThen we talk.", picture="drinks", said_by="my sister Dee"),
    answer("culture", "Dydd Gŵyl Dewi.", language="cy"),
    answer("health", "Asthma."),
)


# What is shown first


def test_choosing_a_file_changes_nothing(visitor, visitors_page):
    assert upload(visitor, FILE).status_code == 200
    assert visitors_page.answers.count() == 1


def test_what_would_change_is_shown_with_nothing_chosen(visitor, visitors_page):
    say(visitors_page, "important", "Tea first.\nThen we talk.")
    say(visitors_page, "culture", "Dydd Gŵyl Dewi.", picture=load().topic("culture").picture)
    shown = upload(visitor, FILE)
    page = shown.content.decode()
    assert [row["topic"].key for row in shown.context["different"]] == ["important"]
    assert [row["topic"].key for row in shown.context["new"]] == ["health"]
    assert [topic.key for topic in shown.context["same"]] == ["culture"]
    assert [topic.key for topic in shown.context["not_in_it"]] == ["call_me"]
    assert "checked" not in re.sub(r"<head.*?</head>", "", page, flags=re.DOTALL)


def test_what_is_in_one_text_alone_is_marked_by_a_word(visitor, visitors_page):
    say(visitors_page, "important", "Tea first.\nThen we talk.")
    page = " ".join(upload(visitor, FILE).content.decode().split())
    marked = re.findall(r'data-only>(.*?) <span class="tag"', page)
    assert [line for line in marked if "first" in line] == ["Tea first.", "Coffee first."]
    assert "Said by my sister Dee" in page


def test_one_button_chooses_all_from_the_file_and_saves_nothing_yet(visitor, visitors_page):
    data = portable(answer("important", "Coffee."), photo=make_photo_member())
    shown = visitor.post(CHOOSE, carried(upload(visitor, data)) | {"all": "yes"})
    form = shown.context["form"]
    assert (form["words-important"].value(), form["photo"].value()) == ("file", True)
    assert shown.status_code == 200
    assert visitors_page.answers.count() == 1


def test_those_who_see_it_at_once_are_named(anas_browser, anas_page):
    make_share(anas_page, topics=["important"], reader_name="Priya")
    page = upload(anas_browser, FILE).content.decode()
    assert page.count("You share this with: Priya. They see at once what you bring") == 1


def test_what_does_not_come_along_is_told(visitor):
    data = json.dumps(make_file(answers=[answer("calm", "Sit near.", picture="spaceship")]))
    page = upload(visitor, data.encode()).content.decode()
    assert "The whole name in the file: Jo Bright." in page
    assert "Who helped to write it: Amir (brother)." in page
    assert "answers, number 1, picture: we do not have that picture." in page


def test_words_that_cannot_stand_here_are_shown_with_the_reason_and_cannot_be_chosen(visitor):
    data = portable(answer("must_know", "One.\nTwo.\nThree.\nFour."), answer("calm", "Sit near."))
    shown = upload(visitor, data)
    assert "Choose the 3 that matter most" in shown.content.decode()
    assert "words-must_know" not in shown.context["form"].fields


def test_a_file_that_says_the_same_leaves_nothing_to_choose(visitor, visitors_page):
    say(visitors_page, "important", "Tea.", picture="2615")
    data = portable(answer("important", "Tea.\n\n", picture="drinks"))
    assert (
        "All that is in the file is on the page already" in upload(visitor, data).content.decode()
    )


def test_a_file_of_an_old_name_says_the_same_as_the_page(visitor, visitors_page):
    old = "Jean. Rhymes with bean.\nNot Jeanie."
    say(visitors_page, "call_me", old, picture="1F44B")
    for text in (
        old,
        "Jean\nRhymes with bean.\nNot Jeanie.",
        "Jean.\nRhymes with bean.\nNot Jeanie.",
    ):
        shown = upload(visitor, portable(answer("call_me", text)))
        assert [topic.key for topic in shown.context["same"]] == ["call_me"]


# What was chosen


def test_a_name_of_one_long_line_is_brought_as_it_stands(visitor, visitors_page):
    line = "Jean. Rhymes with bean. " + "And nothing else, ever. " * 20
    bring_back(visitor, portable(answer("call_me", line)), "call_me")
    assert texts(visitors_page, "call_me") == ["Jo", line.strip()]
    assert visitors_page.name == "Jean"


def test_what_was_chosen_comes_as_new_rows_and_the_words_before_stay(visitor, visitors_page):
    say(visitors_page, "important", "Tea first.")
    done = bring_back(visitor, FILE, "important")
    assert done.url == reverse("door:page")
    assert texts(visitors_page, "important") == ["Tea first.", "Coffee first.\nThen we talk."]
    row = newest(visitors_page, "important")
    assert (row.said_by, row.picture) == ("my sister Dee", "2615")
    assert not visitors_page.answers.about("culture").exists()


def test_who_said_it_and_the_language_come_along(visitor, visitors_page):
    bring_back(visitor, FILE, "culture", only_me="no")
    assert newest(visitors_page, "culture").language == "cy"


def test_a_language_tag_that_is_too_long_to_keep_loses_its_end(visitor, visitors_page):
    data = portable(answer("calm", "坐近一点。", language="zh-Hant-TW-private"))
    bring_back(visitor, data, "calm", only_me="no")
    assert newest(visitors_page, "calm").language == "zh-Hant-TW"


def test_where_the_file_names_no_picture_the_one_that_is_there_stays(visitor, visitors_page):
    say(visitors_page, "calm", "Sit near.", picture="1F436")
    bring_back(visitor, portable(answer("calm", "Sit far.")), "calm")
    assert newest(visitors_page, "calm").picture == "1F436"


def test_a_blank_in_the_file_takes_nothing_off(visitor, visitors_page):
    say(visitors_page, "calm", "Sit near.")
    shown = upload(visitor, portable(answer("calm", "  \n"), answer("do", "Ask me.")))
    assert "words-calm" not in shown.context["form"].fields


@pytest.mark.parametrize("who, kept", [("no", False), ("yes", True)])
def test_for_what_is_new_the_person_says_who_may_see_it(visitor, visitors_page, who, kept):
    bring_back(visitor, FILE, "culture", only_me=who)
    assert newest(visitors_page, "culture").only_me is kept


def test_what_starts_private_comes_in_as_private(visitor, visitors_page):
    bring_back(visitor, FILE, "health", only_me="no")
    assert newest(visitors_page, "health").only_me is True


def test_for_what_was_there_the_setting_stays(visitor, visitors_page):
    say(visitors_page, "important", "Tea first.", only_me=True)
    say(visitors_page, "health", "Well.", only_me=False)
    bring_back(visitor, FILE, "important", "health", only_me="no")
    assert newest(visitors_page, "important").only_me is True
    assert newest(visitors_page, "health").only_me is False


def test_without_saying_who_may_see_it_nothing_new_comes(visitor, visitors_page):
    asked = bring_back(visitor, FILE, "culture")
    assert asked.status_code == 422
    assert "Choose who may see what is new" in asked.content.decode()
    assert asked.context["form"]["words-culture"].value() == "file"
    assert visitors_page.answers.count() == 1


def test_choosing_nothing_is_asked_about(visitor, visitors_page):
    asked = bring_back(visitor, FILE)
    assert asked.status_code == 422
    assert "Choose at least one thing from the file" in asked.content.decode()


def test_the_photo_comes_if_it_is_ticked(visitor, visitors_page):
    data = portable(answer("calm", "Sit near."), photo=make_photo_member())
    bring_back(visitor, data, "calm", only_me="no")
    assert not visitors_page.photos.exists()
    bring_back(visitor, data, photo="on")
    photo = visitors_page.photos.newest()
    photo.profile = visitors_page
    assert photo.alt == "Jo in a red hat"
    assert read_photo(photo.whole).size == (480, 480)


def test_a_second_press_of_the_button_is_harmless(visitor, visitors_page):
    data = portable(answer("calm", "Sit near."), photo=make_photo_member())
    sent = carried(upload(visitor, data)) | {"words-calm": "file", "photo": "on", "only_me": "no"}
    first, second = visitor.post(CHOOSE, sent), visitor.post(CHOOSE, sent)
    assert first.url == second.url == reverse("door:page")
    assert (visitors_page.answers.about("calm").count(), visitors_page.photos.count()) == (1, 1)


# When the page has changed meanwhile


def test_if_one_topic_changed_meanwhile_nothing_comes_and_that_one_is_asked_again(
    visitor, visitors_page
):
    sent = carried(upload(visitor, FILE))
    say(visitors_page, "important", "Milk first.")
    chosen = {"words-important": "file", "words-culture": "file", "only_me": "no"}
    again = visitor.post(CHOOSE, sent | chosen)
    assert again.status_code == 409
    form = again.context["form"]
    assert "Nothing has come from the file yet" in again.content.decode()
    assert (form["words-important"].value(), form["words-culture"].value()) == (None, "file")
    assert form["only_me"].value() == "no"
    assert texts(visitors_page, "important") == ["Milk first."]
    assert not visitors_page.answers.about("culture").exists()
    done = visitor.post(CHOOSE, carried(again) | chosen)
    assert done.status_code == 302
    assert texts(visitors_page, "important") == ["Milk first.", "Coffee first.\nThen we talk."]


def test_if_the_photo_changed_meanwhile_it_is_asked_again(visitor, visitors_page):
    data = portable(answer("calm", "Sit near."), photo=make_photo_member())
    sent = carried(upload(visitor, data)) | {"words-calm": "file", "photo": "on", "only_me": "no"}
    photo_actions.add_photo(profile=visitors_page, whole=as_file(corners()), alt="Jo")
    again = visitor.post(CHOOSE, sent)
    assert again.status_code == 409
    assert "The photo was changed in another window" in again.content.decode()
    assert again.context["form"]["photo"].value() is False
    assert not visitors_page.answers.about("calm").exists()


def test_a_save_in_the_very_moment_undoes_all_of_it(visitors_page, monkeypatch):
    def save_in_between(**kwargs: Any) -> None:
        raise actions.Conflict(newest(visitors_page, "call_me"))

    monkeypatch.setattr("profiles.imports.actions.save_answer", save_in_between)
    chosen = ChosenWords(topic=load().topic("calm"), words=Words(text="Sit."), started_from=0)
    with pytest.raises(Moved) as moved:
        bring(profile=visitors_page, words=[chosen], photo=None)
    assert moved.value.topics == {"calm"}


def test_a_number_from_nowhere_makes_no_gap(visitors_page):
    chosen = ChosenWords(topic=load().topic("calm"), words=Words(text="Sit."), started_from=7)
    with pytest.raises(Moved):
        bring(profile=visitors_page, words=[chosen], photo=None)


# What is sent along is checked once more


@pytest.mark.parametrize(
    "file, sentence",
    [
        ("", "This file is not JSON"),
        ('{"format": "tell-it-once/1", "answers": [{"topic": "x", "text": ""}]}', "the topic “x”"),
        (
            '{"format": "tell-it-once/1", "answers": [], "mood": 1}',
            "we do not know the name “mood”",
        ),
        ("[" * 50_000, "nested too deeply"),
        ("NaN", "a number we cannot read"),
    ],
)
def test_what_was_altered_on_the_way_is_refused_as_strictly(visitor, file, sentence):
    answered = visitor.post(CHOOSE, {"file": file, "words-calm": "file", "from-calm": "0"})
    assert answered.status_code == 422
    assert sentence in answered.content.decode()


@pytest.mark.parametrize("number", ["", "-1", "x", "9" * 40, "1.5"])
def test_a_number_that_was_altered_is_refused(visitor, visitors_page, number):
    sent = carried(upload(visitor, FILE)) | {"words-culture": "file", "from-culture": number}
    answered = visitor.post(CHOOSE, sent | {"only_me": "no"})
    assert answered.status_code == 422
    assert "Choose the file again" in answered.content.decode()
    assert visitors_page.answers.count() == 1


def test_what_goes_along_is_small_though_the_photo_was_large(visitor):
    data = base64.b64encode(as_file(corners(3_000, 2_000), "PNG")).decode()
    member = make_photo_member(media_type="image/png", data=data)
    shown = upload(visitor, portable(answer("calm", "Sit near."), photo=member))
    assert len(carried(shown)["file"]) < 210_000


# Files that are none


def refusal(data: bytes) -> str:
    form = FileForm({}, {"file": SimpleUploadedFile("file", data)})
    assert not form.is_valid()
    return str(form.errors["file"][0])


@pytest.mark.parametrize(
    "data, sentence",
    [
        (b"", "There is nothing in that file. Choose another one"),
        (b"{]", "This file is not JSON: it goes wrong at line 1, letter 2."),
        (b"PK\x03\x04 no zip at all", "We could not open this zip file."),
        (b" " * (MOST_BYTES + 1), "That file is too big. Choose one under 20 MB"),
        (zipped(("jo.json", FILE)), "There is no file called everything-i-said.json in this zip."),
        (zipped((f"../{EVERYTHING}", FILE)), "There is no file called everything-i-said.json"),
        (zipped((f"a/{EVERYTHING}", FILE), (EVERYTHING, FILE)), "There is more than one file"),
        (zipped((EVERYTHING, b" " * (MOST_BYTES + 9))), "This file is too big. The most is 20 MB."),
        (zipped((EVERYTHING, FILE), how=ZIP_BZIP2), "We could not open this zip file."),
        (zipped(*((f"{n}", b"") for n in range(1_001))), "There are too many files in this zip."),
        (zipped((EVERYTHING, FILE)).replace(b"\x00\x00\x08", b"\x01\x00\x08"), "has a password"),
        (zipped((EVERYTHING, FILE))[:-30], "We could not open this zip file."),
        (portable(), "There are no words in that file. Choose another one"),
        (portable(photo=make_photo_member(data="bm90IGEgcGhvdG8=")), "photo, data: "),
    ],
    ids=range(14),
)  # fmt: skip
def test_a_file_that_is_none_gets_a_sentence(data, sentence):
    assert refusal(data).startswith(sentence) or sentence in refusal(data)


def test_no_file_at_all_is_asked_about(visitor):
    asked = visitor.post(BRING, {})
    assert asked.status_code == 422
    assert "Choose a file, or go back without one" in asked.content.decode()


def test_a_zip_that_a_mac_packed_anew_is_read(visitor):
    data = zipped((f"copy/{EVERYTHING}", FILE), (f"__MACOSX/copy/{EVERYTHING}", b"shadow"))
    assert upload(visitor, data, "tell-it-once.zip").status_code == 200


def test_a_zip_that_windows_packed_anew_is_read(visitor):
    data = zipped((f"copy\\{EVERYTHING}", FILE), ("copy\\my-page.txt", b"Jo"))
    assert upload(visitor, data, "tell-it-once.zip").status_code == 200


@pytest.mark.parametrize("name", [f"..\\{EVERYTHING}", f"__MACOSX\\{EVERYTHING}"])
def test_the_other_slash_leads_nowhere_else(visitor, name):
    assert upload(visitor, zipped((name, FILE)), "tell-it-once.zip").status_code == 422


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["\ud800", "\0", "\u202e", "x-private", "2615", "drinks", "me", "en", "cy"]),
    st.just("é").map(lambda letter: letter * 4_001),
)
MEMBERS = st.sampled_from(
    "format language person answers photo helped_by updated_on name text call_me topic picture "
    "said_by data media_type alt role mood".split()
)
ANY_JSON = st.recursive(
    ODD, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(MEMBERS, inner, max_size=5)
)
TOPICS = st.sampled_from([*load().by_key, "x"])
ODD_ANSWERS = st.lists(
    st.fixed_dictionaries(
        {"topic": TOPICS, "text": ODD}, optional={"picture": ODD, "said_by": ODD, "language": ODD}
    ),
    max_size=5,
)
NEARLY = st.fixed_dictionaries(
    {"format": st.just("tell-it-once/1"), "answers": ODD_ANSWERS},
    optional={"person": ANY_JSON, "photo": ANY_JSON, "helped_by": ANY_JSON, "language": ODD},
)
JSON_BYTES = st.one_of(ANY_JSON, NEARLY).map(lambda data: json.dumps(data).encode())
NAMES = st.sampled_from([EVERYTHING, f"../{EVERYTHING}", f"/etc/{EVERYTHING}", "a/b"])
ZIPS = st.dictionaries(NAMES, JSON_BYTES, max_size=3).map(lambda files: zipped(*files.items()))
BROKEN = st.tuples(ZIPS, st.integers(0, 200), st.binary(min_size=1, max_size=4)).map(
    lambda it: it[0][: it[1]] + it[2] + it[0][it[1] + len(it[2]) :]
)


@settings(max_examples=times(60))
@given(drawn=st.data())
def test_whatever_somebody_chooses_gets_an_answer(drawn: st.DataObject):
    data = drawn.draw(st.one_of(JSON_BYTES, ZIPS, BROKEN, st.binary(max_size=200)))
    form = FileForm({}, {"file": SimpleUploadedFile("file", data)})
    if not form.is_valid():
        [sentence] = form.errors["file"]
        assert sentence.encode() and len(sentence) < 400


@settings(max_examples=times(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.data())
def test_whatever_can_be_chosen_can_be_brought(drawn: st.DataObject, visitor: Client):
    said = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
    answers = st.lists(
        st.fixed_dictionaries(
            {"topic": st.sampled_from([*load().by_key]), "text": said},
            optional={"picture": said.map(lambda text: text[:40]), "said_by": said},
        ),
        unique_by=lambda each: each["topic"],
        min_size=1,
    )
    shown = upload(visitor, portable(*drawn.draw(answers)))
    if shown.status_code == 422:
        assert "There are no words in that file" in shown.content.decode()
        return
    sent = {name: value for name, value in carried(shown).items() if value is not None}
    chosen = {name.replace("from-", "words-"): "file" for name in sent if "from-" in name}
    answered = visitor.post(CHOOSE, sent | chosen | {"only_me": "no"})
    assert answered.status_code == 302 or not chosen


# There and back


def test_a_page_with_everything_goes_into_the_archive_and_comes_back(client, visitors_page):
    for topic in load().by_key.values():
        if topic.key not in {"call_me", "must_know"}:
            say(visitors_page, topic.key, f"{topic.title}.\nالشاي أولاً", picture="2615")
    say(visitors_page, "call_me", "Jo\nSay it like “joe”.", picture="")
    say(visitors_page, "must_know", "One.\nTwo.\nThree.", said_by="my sister Dee", checked=True)
    say(visitors_page, "culture", "Dydd Gŵyl Dewi.", language="cy", said_by="Amir")
    say(visitors_page, "story", "W" * 4_000, only_me=True)
    photo_actions.add_photo(profile=visitors_page, whole=as_file(corners()), alt="Jo in a red hat")
    put_beside(visitors_page, "yes_no", "My sign for yes")
    first = Client()
    open_in(first, visitors_page)
    data = first.get(ARCHIVE).content
    client.post(reverse("pages:start"), {"who": "me", "language": "en", "bring": "yes"})
    shown = upload(client, data, "tell-it-once.zip")
    chosen = client.post(CHOOSE, carried(shown) | {"all": "yes"}).context["form"]
    sent = {field.html_name: field.value() for field in chosen}
    done = client.post(CHOOSE, sent | {"photo": "on", "only_me": "no"})
    assert done.url == reverse("door:page")
    other = Profile.objects.exclude(pk=visitors_page.pk).get()
    assert everything_on(other) == everything_on(visitors_page)
    square = door.copy_for(other).everything.photo
    assert square and square.alt == "Jo in a red hat"
    whole = other.photos.newest()
    whole.profile = other
    assert looks_like_corners(read_photo(whole.whole))


def open_in(browser: Client, page: Profile) -> None:
    session = browser.session
    session[VISITORS_PAGES] = [page.key]
    session.save()
    browser.cookies["sessionid"] = session.session_key or ""


def everything_on(page: Profile) -> dict[str, tuple[Any, ...]]:
    return {
        row.topic: (
            row.lines,
            row.picture,
            row.whose,
            row.language,
            row.photo.alt if row.photo else "",
        )
        for row in page.answers.current().with_profile(page)
    }


# Who may


def test_the_first_question_leads_to_it(client, db):
    started = client.post(reverse("pages:start"), {"who": "me", "language": "en", "bring": "yes"})
    assert started.url == BRING
    assert "See what would change" in client.get(BRING).content.decode()


def test_home_and_the_page_of_copies_lead_to_it(visitor):
    for name in ("house:me", "exports:copy"):
        assert f'href="{BRING}"' in visitor.get(reverse(name)).content.decode()


def test_a_keeper_brings_to_the_page_they_keep(dees_browser, dee):
    page = page_actions.start_page(for_someone=True, language="en", user=dee)
    shown = upload(dees_browser, FILE).content.decode()
    assert "Only them and me, for now" in shown
    bring_back(dees_browser, FILE, "culture", only_me="no")
    assert texts(page, "culture") == ["Dydd Gŵyl Dewi."]


def test_whoever_has_no_page_is_asked_to_start_one(client, db):
    assert client.get(BRING).url == reverse("pages:start")
    assert client.post(CHOOSE, {"file": "{}"}).url == reverse("pages:start")


def test_it_goes_to_the_page_it_was_shown_for(visitor, visitors_page):
    other = make_page(call_me="Sam")
    sent = carried(upload(visitor, FILE)) | {"words-culture": "file", "only_me": "no"}
    session = visitor.session
    session["pages"] = [visitors_page.key, other.key]
    session.save()
    visitor.post(CHOOSE, sent | {"about_page": visitors_page.key})
    assert texts(visitors_page, "culture") == ["Dydd Gŵyl Dewi."]
    assert texts(other, "culture") == []


def test_the_wrong_method_is_refused(visitor):
    assert visitor.get(CHOOSE).status_code == 405
    assert visitor.put(BRING).status_code == 405


def test_no_cache_keeps_it(visitor):
    assert "no-store" in visitor.get(BRING)["Cache-Control"]
    assert "no-store" in upload(visitor, FILE)["Cache-Control"]
