"""Photos of one's own beside answers go along in a file, and come back."""

import base64
import hashlib
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from profiles.access.models import Channel
from profiles.answers import actions
from profiles.door import door
from profiles.exports.portable import as_portable
from profiles.imports.checking import NotAProfile
from profiles.imports.portable import read, to_sheet
from profiles.pages.models import Profile
from profiles.photos import images
from profiles.photos.images import MOST_PHOTOS
from profiles.photos.models import AnswerPhoto
from profiles.topics.load import load
from tests.factories import make_page, put_beside, say
from tests.imports.bring.files import CHOOSE, bring_back, carried, open_in, upload
from tests.imports.pages import make_file
from tests.photos.photos import as_file, corners, looks_like_corners, png_header
from tests.photos.photos import read as read_photo
from tests.photos.test_images import SVG
from tests.sheet.factories import ONE_PAGE, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CUP = as_file(corners())
TOPICS = [key for key in load().by_key if key not in ("call_me", "must_know")]


def in_file(data: bytes) -> str:
    return base64.b64encode(data).decode()


def beside(topic: str = "important", data: bytes = CUP, **changes: Any) -> dict[str, Any]:
    """An answer of a file with a photo beside it."""
    photo = {"media_type": "image/jpeg", "data": in_file(data), "alt": "My blue cup"} | changes
    return {"topic": topic, "text": "Tea first.", "photo": photo}


def a_file(*answers: dict[str, Any]) -> bytes:
    return json.dumps(make_file(answers=list(answers), person=None, helped_by=None)).encode()


def everything(page: Profile) -> bytes:
    sheet = door.open_for(page, by=None, channel=Channel.DATA, everything=True)
    return json.dumps(as_portable(sheet)).encode()


def shown(page: Profile, topic: str = "important") -> AnswerPhoto | None:
    [answer] = page.answers.newest().filter(topic=topic).with_profile(page)
    photo: AnswerPhoto | None = answer.photo
    return photo


def refusal(*answers: dict[str, Any]) -> str:
    with pytest.raises(NotAProfile) as refused:
        read(a_file(*answers))
    return str(refused.value)


def test_in_the_file_it_stands_in_place_of_a_picture_and_whole_for_its_person_alone(anas_page):
    put_beside(anas_page, "important", "My blue cup")
    for own in (True, False):
        channel = Channel.DATA if own else Channel.TEXT
        sheet = door.open_for(anas_page, by=None, channel=channel)
        [said] = [a for a in as_portable(sheet)["answers"] if a["topic"] == "important"]
        photo = shown(anas_page)
        assert photo and "picture" not in said
        assert said["photo"] == {
            "media_type": "image/jpeg",
            "data": in_file(photo.whole if own else photo.data),
            "alt": "My blue cup",
        }


def test_a_page_of_a_file_shows_it():
    sheet = to_sheet(read(a_file(beside())), layout=ONE_PAGE, made_on=TODAY)
    assert sheet.photos["important"].alt == "My blue cup"
    assert len(sheet.photos["important"].data) <= images.PRINTED_BYTES


def test_what_goes_along_comes_back_on_another_page(anas_page, client):
    put_beside(anas_page, "important", "My blue cup")
    other = make_page()
    open_in(client, other)
    done = bring_back(client, everything(anas_page), "important", only_me="no")
    assert done.url == reverse("door:page")
    photo, before = shown(other), shown(anas_page)
    assert photo and before and photo.alt == before.alt
    assert looks_like_corners(read_photo(photo.whole))
    assert photo.whole == images.take_in(before.whole, images.BESIDE)  # made anew, as all are


def test_a_file_of_the_page_itself_changes_nothing(anas_browser, anas_page):
    put_beside(anas_page, "important")
    page = upload(anas_browser, everything(anas_page))
    assert "important" in [topic.key for topic in page.context["same"]]


def test_a_second_press_of_the_button_is_harmless(visitor, visitors_page):
    sent = carried(upload(visitor, a_file(beside())))
    for _ in range(2):
        visitor.post(CHOOSE, sent | {"words-important": "file", "only_me": "no"})
    assert visitors_page.answers.about("important").count() == 1
    assert AnswerPhoto.objects.count() == 1


def test_another_photo_is_shown_beside_the_one_that_is_there_and_chosen(anas_browser, anas_page):
    put_beside(anas_page, "important", "CNRY-now")
    red = as_file(corners().rotate(180))
    data = a_file(beside(data=red, alt="CNRY-file") | {"text": "Tea first.\nThen we talk."})
    page = upload(anas_browser, data)
    assertContains(page, "CNRY-now")
    assertContains(page, "CNRY-file")
    photo = shown(anas_page)
    assert photo and photo.alt == "CNRY-now"  # nothing has changed yet
    bring_back(anas_browser, data, "important")
    photo = shown(anas_page)
    assert photo and photo.alt == "CNRY-file"


def test_a_file_that_has_none_takes_none_off(anas_browser, anas_page):
    put_beside(anas_page, "important", "My blue cup")
    data = a_file({"topic": "important", "text": "Coffee.", "picture": "drinks"})
    bring_back(anas_browser, data, "important")
    photo = shown(anas_page)
    assert photo and photo.alt == "My blue cup"


def test_what_goes_along_is_small_though_the_photos_were_large(visitor):
    large = as_file(corners(2_000, 1_500), "PNG")
    page = upload(visitor, a_file(beside(data=large, media_type="image/png")))
    assert len(carried(page)["file"]) < 60_000


def test_with_those_that_stand_there_it_may_be_one_too_many_and_nothing_comes(
    anas_browser, anas_page
):
    for topic in TOPICS[:MOST_PHOTOS]:
        say(anas_page, topic, "My rosary.")
        put_beside(anas_page, topic)
    other = next(key for key in load().by_key if key not in ("call_me", *TOPICS[:MOST_PHOTOS]))
    before = anas_page.answers.count()
    page = bring_back(anas_browser, a_file(beside(other)), other, only_me="no")
    assertContains(page, "12 photos beside answers", status_code=422)
    assert anas_page.answers.count() == before


def test_twelve_come_in_place_of_twelve_others(anas_browser, anas_page):
    first, others = TOPICS[:MOST_PHOTOS], TOPICS[MOST_PHOTOS : 2 * MOST_PHOTOS]
    for topic in first:
        say(anas_page, topic, "My rosary.")
        put_beside(anas_page, topic)
    data = a_file(*(beside(topic) for topic in first))
    bring_back(anas_browser, data, *first)
    photos = [shown(anas_page, topic) for topic in first]
    assert {photo.alt for photo in photos if photo} == {"My blue cup"}
    assert others and actions.freeze_if_changed(anas_page).edition


@pytest.mark.parametrize(
    "answer, sentence",
    [
        (beside(data=b"Tea first."), "answers, number 1, photo, data: We could not open that file"),
        (beside(data=SVG), "answers, number 1, photo, data: We could not open that file"),
        (beside(data=png_header(30_000, 30_000, 1, 0)), "photo, data: That photo is too large"),
        (beside(data=CUP[:900]), "photo, data: Part of that photo is missing"),
        (beside(data=bytes(150_001)), "photo, data: this is 200,004 letters long. The most is"),
        (beside() | {"photo": {"media_type": "image/jpeg", "alt": "x"}}, "data: this is missing"),
        (beside() | {"photo": {"media_type": "image/jpeg", "data": "QQ=="}}, "alt: this is miss"),
        (beside() | {"photo": "QQ=="}, "answers, number 1, photo: this has to be members"),
        (beside(media_type="image/svg+xml"), "is not a kind of photo we can read"),
        (beside(alt=""), "photo, alt: this is empty"),
        (beside(alt=" \u202e "), "photo, alt: this is empty"),
        (beside(alt="a" * 301), "photo, alt: this is 301 letters long. The most is 300"),
        (beside(size="large"), "photo, size: we do not know the name"),
    ],
)
def test_what_is_no_photo_is_refused_with_its_place(answer, sentence):
    assert sentence in refusal(answer)


@pytest.mark.parametrize("data", ["not base64!", "QQ", "é"])
def test_what_is_not_base64_is_refused_with_its_place(data):
    answer = beside()
    answer["photo"]["data"] = data
    assert "photo, data: this is not base64" in refusal(answer)


def test_thirteen_are_refused_before_any_is_looked_at():
    def never(data: bytes) -> bytes:
        raise AssertionError

    answers = [beside(topic) for topic in TOPICS[: MOST_PHOTOS + 1]]
    with pytest.raises(NotAProfile, match="13 photos here. The most is 12"):
        read(a_file(*answers), take_in_beside=never)
    assert len(read(a_file(*answers[:MOST_PHOTOS])).photos) == MOST_PHOTOS


def test_beside_a_name_it_is_left_out_and_told(visitor):
    portable = read(a_file(beside("call_me", data=b"never looked at")))
    assert not portable.photos
    assert portable.notes == ("answers, number 1, photo: beside a name stands the photo of you.",)


def test_a_page_made_from_a_file_has_it_and_is_the_same_each_time(tmp_path):
    from django.core.management import call_command

    (tmp_path / "page.json").write_bytes(a_file(beside(), beside("people")))
    made = []
    for name in ("one.pdf", "two.pdf"):
        call_command("make_page", str(tmp_path / "page.json"), str(tmp_path / name), verbosity=0)
        made.append(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert made[0] == made[1]


def test_no_page_is_started_by_a_hostile_file(client: Client, db):
    assert upload(client, a_file(beside(data=SVG))).status_code == 302
    assert not AnswerPhoto.objects.exists()
