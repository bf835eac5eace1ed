"""A photo of one's own is put beside an answer: without a script, and no word is lost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.answers.models import Draft
from profiles.pages.actions import adopt
from profiles.pages.models import Profile
from profiles.photos.images import MOST_PHOTOS
from profiles.photos.models import AnswerPhoto
from profiles.review import actions as review
from profiles.topics.load import load
from profiles.topics.lookup import write_url
from tests.factories import make_page, put_beside, say, texts
from tests.photos.photos import as_file, corners, looks_like_corners, png_header, read
from tests.photos.test_images import GIF_OF_60_FRAMES, SVG
from tests.writing.test_write import BOTH, DRAFT, WRITE, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PHOTO = reverse("writing:photo", args=["matters", "important"])
AWAY = reverse("writing:throw_away", args=["matters", "important"])
PART = reverse("writing:part", args=["matters"])
EARLIER = reverse("writing:earlier_words", args=["matters", "important"])
FILE = as_file(corners(800, 600))
IMAGE = '<img class="own-photo-now" src="data:image/jpeg;base64,'


def upload(browser: Client, data: bytes | None = FILE, alt: str = "My blue cup", **more: str):
    files = {"photo": SimpleUploadedFile("cup.jpg", data)} if data is not None else {}
    return browser.post(PHOTO, {"alt": alt, **files, **more})


def form_of(browser: Client) -> dict[str, str]:
    """What the form of the question holds, as a browser without scripts would send it."""
    shown = browser.get(WRITE).context["form"]
    fields = ("text", "picture", "only_me", "started_from", "draft_stamp")
    return {name: str(shown[name].value()) for name in fields}


def chosen(browser: Client) -> str:
    """What the picture that is chosen on the question's page shows; "" for none."""
    page = browser.get(WRITE).content.decode()
    tile = re.search(r'name="picture"[^>]*\schecked[^>]*>.*?<span>(.*?)</span>', page, re.DOTALL)
    assert tile
    return re.sub(r"<[^>]+>|[\u2066-\u2069]", "", tile[1])


def beside(page: Profile, topic: str = "important") -> str:
    """What the photo beside an answer shows, as it stands on the page."""
    [answer] = page.answers.newest().filter(topic=topic).with_profile(page)
    return answer.photo.alt if answer.photo else ""


def test_beside_the_pictures_there_is_a_way_to_ones_own_photo(anas_browser):
    assertContains(anas_browser.get(WRITE), 'name="photo" value="yes">Use a photo of your own<')
    assertContains(anas_browser.get(PHOTO), "Whoever may see this answer sees the photo too.")


def test_on_the_way_there_the_words_are_kept(anas_browser, anas_page):
    there = anas_browser.post(WRITE, typed("Tea at nine, in my", started_from=1, photo="yes"))
    assertRedirects(there, PHOTO)
    assert Draft.objects.get().text == "Tea at nine, in my"
    upload(anas_browser)
    assert form_of(anas_browser)["text"] == "Tea at nine, in my"
    assert texts(anas_page, "important") == ["Tea first.\nThen we talk."]  # nothing is saved


def test_words_that_another_window_typed_are_not_lost_on_the_way(anas_browser, anas_page):
    anas_browser.post(DRAFT, typed("In the other window.", started_from=1))
    anas_browser.post(WRITE, typed("In this one.", started_from=1, photo="yes"))
    assert Draft.objects.get().text == "In this one."
    assert "In the other window." in texts(anas_page, "important")


def test_words_that_are_too_long_stay_in_their_box(anas_browser):
    long = anas_browser.post(WRITE, typed("a" * 4_001, started_from=1, photo="yes"))
    assertContains(long, "a" * 4_001, status_code=422)


def test_it_waits_until_it_is_saved_and_says_so(anas_browser, anas_page):
    assertRedirects(upload(anas_browser), WRITE)
    page = anas_browser.get(WRITE)
    assertContains(page, "Here is your photo. It is not on your page until you save it")
    assert chosen(anas_browser) == "Photo: My blue cup"
    assert beside(anas_page) == ""
    anas_browser.post(WRITE, form_of(anas_browser))
    assert beside(anas_page) == "My blue cup" and not Draft.objects.exists()
    assertNotContains(anas_browser.get(WRITE), "Here is your photo")
    assert chosen(anas_browser) == "Photo: My blue cup"


def test_it_is_shown_wherever_its_answer_is(anas_browser, anas_page):
    put_beside(anas_page, "important", "CNRY-cup")
    review.begin(profile=anas_page)
    check = reverse("review:topic", args=["important"])
    for address in (WRITE, PHOTO, PART, EARLIER, check):
        shown = anas_browser.get(address)
        assertContains(shown, IMAGE)
        assertContains(shown, "CNRY-cup")


def test_both_texts_of_two_windows_are_shown_with_their_photos(anas_browser, anas_page):
    upload(anas_browser, alt="CNRY-cup")
    say(anas_page, "important", "Coffee.")
    put_beside(anas_page, "important", "CNRY-mug")
    shown = anas_browser.get(BOTH)
    assertContains(shown, 'alt="CNRY-cup"')
    assertContains(shown, 'alt="CNRY-mug"')
    assertContains(shown, "Coffee.")


def test_a_photo_can_come_first_and_asks_for_words(anas_browser, anas_page):
    address = write_url(load().topic("people"))
    there = reverse("writing:photo", args=["matters", "people"])
    photo = SimpleUploadedFile("a.jpg", FILE)
    assertRedirects(anas_browser.post(there, {"photo": photo, "alt": "Biscuit"}), address)
    [kept] = AnswerPhoto.objects.all()
    blank = typed(
        "", picture=f"photo-{kept.pk}", draft_stamp=Draft.objects.get().version, only_me="no"
    )
    anas_browser.post(reverse("writing:draft", args=["matters", "people"]), blank)
    blank["draft_stamp"] = Draft.objects.get().version
    assertContains(anas_browser.post(address, blank), "Say it in words too", status_code=422)
    anas_browser.post(address, blank | {"text": "Biscuit, my dog."})
    assert beside(anas_page, "people") == "Biscuit"


def test_with_the_words_gone_it_goes_too(anas_browser, anas_page):
    put_beside(anas_page, "important")
    anas_browser.post(WRITE, form_of(anas_browser) | {"text": ""})
    assert beside(anas_page) == "" and not anas_page.answers.current().filter(topic="important")


@pytest.mark.parametrize("picture", ["", "2615"])
def test_another_picture_or_none_takes_it_off_and_it_can_be_chosen_again(
    anas_browser, anas_page, picture
):
    put_beside(anas_page, "important", "My blue cup")
    own = form_of(anas_browser)["picture"]
    anas_browser.post(WRITE, form_of(anas_browser) | {"picture": picture})
    assert beside(anas_page) == ""
    assertContains(anas_browser.get(WRITE), "My blue cup")
    anas_browser.post(WRITE, form_of(anas_browser) | {"picture": own})
    assert beside(anas_page) == "My blue cup"


def test_thrown_away_with_the_words_nothing_is_left_of_it(anas_browser):
    upload(anas_browser)
    anas_browser.post(AWAY, {"draft_stamp": Draft.objects.get().version})
    assert not AnswerPhoto.objects.exists()


def test_another_takes_its_place(anas_browser, anas_page):
    put_beside(anas_page, "important", "My blue cup")
    upload(anas_browser, alt="My red cup")
    anas_browser.post(WRITE, form_of(anas_browser))
    assert beside(anas_page) == "My red cup"


def test_only_its_words_can_change(anas_browser, anas_page):
    put_beside(anas_page, "important", "My blue cup")
    assertContains(anas_browser.get(PHOTO), 'value="My blue cup"')
    assertRedirects(upload(anas_browser, None, alt="My blue cup, with two handles"), WRITE)
    anas_browser.post(WRITE, form_of(anas_browser))
    assert beside(anas_page) == "My blue cup, with two handles"
    first, second = AnswerPhoto.objects.order_by("pk")
    assert first.whole == second.whole


def test_without_a_photo_or_without_words_for_it_nothing_is_kept(anas_browser):
    assertContains(upload(anas_browser, None), "Choose a photo, or go back", status_code=422)
    shown = upload(anas_browser, alt="  ")
    assertContains(shown, "Say in a few words what the photo shows", status_code=422)
    assert not AnswerPhoto.objects.exists()


def test_a_photo_that_lacks_only_words_need_not_be_chosen_again(anas_browser, anas_page):
    shown = upload(anas_browser, alt="")
    assertContains(shown, "You need not choose it again", status_code=422)
    kept = shown.context["form"]["kept"].value()
    assertRedirects(upload(anas_browser, None, kept=kept), WRITE)
    assert looks_like_corners(read(AnswerPhoto.objects.get().whole))


@pytest.mark.parametrize("kept", ["not base64!", "aGVsbG8=", "A" * 100_000, "\x00", "é"])
def test_what_comes_along_in_the_form_is_looked_at_like_a_file(anas_browser, kept):
    assert upload(anas_browser, None, kept=kept).status_code == 422
    assert not AnswerPhoto.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"Tea first.",
        SVG,
        GIF_OF_60_FRAMES,
        png_header(30_000, 30_000, 1, 0),
        FILE[:900],
        b"",
    ],
)
def test_what_is_no_photo_is_refused_and_its_words_stay(anas_browser, data):
    shown = upload(anas_browser, data, alt="CNRY-cup")
    assertContains(shown, "CNRY-cup", status_code=422)
    assert not AnswerPhoto.objects.exists() and not Draft.objects.exists()


def test_words_for_it_can_be_too_long_and_are_given_back(anas_browser):
    assertContains(upload(anas_browser, alt="a" * 201), "a" * 201, status_code=422)


def full(page: Profile) -> None:
    """Twelve photos beside other answers."""
    others = [key for key in load().by_key if key not in ("call_me", "important")]
    for topic in others[:MOST_PHOTOS]:
        say(page, topic, "My rosary.")
        put_beside(page, topic)


def test_a_thirteenth_is_refused_before_and_when_it_is_saved_and_no_word_is_lost(
    anas_browser, anas_page
):
    upload(anas_browser)
    full(anas_page)
    given = form_of(anas_browser) | {"text": "Tea at nine."}
    shown = anas_browser.post(WRITE, given)
    assertContains(shown, "12 photos beside answers", status_code=422)
    assertContains(shown, "Tea at nine.</textarea>", status_code=422)
    assertContains(upload(anas_browser), "12 photos beside answers", status_code=422)
    assert beside(anas_page) == ""
    anas_browser.post(WRITE, given | {"picture": "2615"})
    assert texts(anas_page, "important")[-1] == "Tea at nine."


def test_nobody_elses_photo_can_be_chosen(anas_browser, anas_page):
    other = make_page(important="Coffee.")
    put_beside(other, "important", "CNRY-other")
    put_beside(anas_page, "call_me", "CNRY-name")
    for photo in AnswerPhoto.objects.all():
        given = typed("Tea.", started_from=1, picture=f"photo-{photo.pk}")
        shown = anas_browser.post(WRITE, given)
        assertContains(shown, "Choose one of these pictures", status_code=422)
        assertNotContains(shown, "CNRY", status_code=422)


def test_a_window_from_before_another_photo_was_saved_meets_it(anas_browser, anas_page):
    put_beside(anas_page, "important", "My blue cup")
    given = form_of(anas_browser)
    put_beside(anas_page, "important", "My red cup")
    assertRedirects(anas_browser.post(WRITE, given | {"text": "Tea at nine."}), BOTH)
    assert beside(anas_page) == "My red cup"


def test_half_typed_words_keep_it_while_they_are_saved_as_one_types(anas_browser):
    upload(anas_browser)
    given = form_of(anas_browser) | {"text": "Tea at ni"}
    assert anas_browser.post(DRAFT, given).status_code == 200
    assert Draft.objects.get().photo_id
    assert chosen(anas_browser) == "Photo: My blue cup"


def test_from_a_review_it_leads_back_to_the_review(anas_browser):
    there = anas_browser.post(f"{WRITE}?review=yes", typed("Tea.", started_from=1, photo="yes"))
    assert there.url == f"{PHOTO}?review=yes"
    photo = SimpleUploadedFile("cup.jpg", FILE)
    back = anas_browser.post(there.url, {"photo": photo, "alt": "My cup"})
    assert back.url == f"{WRITE}?review=yes"


def test_beside_the_name_there_is_the_portrait_and_no_other(anas_browser):
    name = load().topic("call_me")
    assertNotContains(anas_browser.get(write_url(name)), "Use a photo of your own")
    there = reverse("writing:photo", args=[name.part, name.key])
    assertRedirects(anas_browser.get(there), reverse("photos:photo"))


def test_visitors_who_send_many_are_asked_to_wait(visitor, monkeypatch):
    monkeypatch.setattr("profiles.writing.photo_views.may_visitor", lambda *_: False)
    assertContains(upload(visitor), "A lot of people are choosing photos", status_code=422)


def test_a_photo_of_a_visitor_moves_into_their_account_with_the_page(visitor, visitors_page, ana):
    say(visitors_page, "important", "Tea.")
    put_beside(visitors_page, "important", "My cup")
    assert adopt(profile=visitors_page, by=ana)
    assert beside(Profile.objects.get(owner=ana)) == "My cup"


def test_whoever_helps_from_their_own_device_puts_none_there(sisters_browser):
    """They write words; pictures and photos are chosen on the person's own page."""
    assert upload(sisters_browser).status_code == 410
    assert not AnswerPhoto.objects.exists()


def test_a_keeper_puts_one_on_the_page_they_keep(anas_browser, anas_page):
    Profile.objects.update(for_someone=True, owner=None, kept_by=anas_page.owner)
    assertRedirects(upload(anas_browser), WRITE)
    assert AnswerPhoto.objects.exists()
