"""Putting a photo on the page, cropping it and taking it off."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from profiles.core import rate_limits
from profiles.core.append_only import NeverChanges
from profiles.core.journal import Kind, endings_after
from profiles.core.models import ToJournal
from profiles.photos import actions, images, worker_process
from profiles.photos.actions import usual_words
from profiles.photos.images import Crop
from profiles.photos.models import Photo
from tests.at_once import at_once
from tests.factories import make_page, say, signed_in
from tests.photos.photos import (
    BLUE,
    RED,
    as_file,
    colours,
    corners,
    jpeg_header,
    jpeg_of_many_scans,
    near,
    read,
    telling_exif,
)
from tests.photos.test_images import EPS, GIF_OF_60_FRAMES, SVG

PHOTO, CROP, FILE, REMOVE = "/me/photo/", "/me/photo/crop/", "/me/photo/file/", "/me/photo/remove/"
WIDE = as_file(corners(800, 400), exif=telling_exif())


def upload(browser: Client, data: bytes = WIDE, alt: str = "", name: str = "jo.jpg"):
    return browser.post(PHOTO, {"photo": SimpleUploadedFile(name, data), "alt": alt})


def with_photo(page, data: bytes = WIDE, alt: str = "Jo in a red hat") -> Photo:
    return actions.add_photo(profile=page, whole=images.take_in(data), alt=alt)


def choose(browser: Client, crop: str, alt: str = "Jo in a red hat", started_from: int = 1):
    return browser.post(CROP, {"crop": crop, "alt": alt, "started_from": started_from})


def test_with_no_photo_the_page_says_so_and_that_it_can_be_skipped(visitor):
    response = visitor.get(PHOTO)
    assertContains(response, "There is no photo yet")
    assertContains(response, "You can skip this")
    assertContains(response, 'accept="image/*"')
    assertContains(response, 'enctype="multipart/form-data"')
    assert "capture" not in response.text


def test_somebody_with_no_page_is_asked_to_sign_in_or_start_one(db, client):
    for address in (PHOTO, CROP, FILE):
        assertContains(client.get(address), 'href="/start/"', status_code=403)
    assertRedirects(upload(client), "/start/")


def test_a_chosen_photo_is_kept_and_can_be_cropped_next(visitor, visitors_page):
    assertRedirects(upload(visitor, alt="Jo in a  red hat"), CROP)
    kept = visitors_page.photos.newest()
    assert kept.alt == "Jo in a red hat" and kept.crop == "middle"
    assert read(kept.whole).size == (800, 400) and read(kept.data).size == (480, 480)
    assert b"CNRY" not in kept.whole + kept.data
    assertContains(visitor.get(PHOTO), 'alt="Jo in a red hat"')


@pytest.mark.parametrize("said, alt", [({"call_me": "Jo"}, "A photo of Jo"), ({}, "A photo of me")])
def test_words_for_the_photo_can_be_skipped(ana, said, alt):
    page = make_page(ana, **said)
    browser = signed_in(ana)
    upload(browser, alt="  ")
    assert page.photos.newest().alt == alt


REFUSED = [
    pytest.param(b"", images.NOT_A_PHOTO, id="empty"),
    pytest.param(SVG, images.NOT_A_PHOTO, id="svg"),
    pytest.param(EPS, images.NOT_A_PHOTO, id="eps"),
    pytest.param(GIF_OF_60_FRAMES, images.NOT_A_PHOTO, id="gif"),
    pytest.param(WIDE[: len(WIDE) // 2], images.PART_MISSING, id="cut short"),
    pytest.param(jpeg_header(65_500, 65_500), images.TOO_DETAILED, id="4,290 megapixels"),
    pytest.param(jpeg_header(9_000, 9_000), images.TOO_DETAILED, id="81 megapixels"),
    pytest.param(bytes(images.MOST_BYTES + 1), images.TOO_BIG, id="a little too big"),
    pytest.param(bytes(20 * 1024 * 1024), images.TOO_BIG, id="more than we hold in memory"),
]


@pytest.mark.parametrize("data, sentence", REFUSED)
def test_a_refused_file_is_answered_with_a_sentence_and_nothing_is_kept(
    visitor, visitors_page, data, sentence
):
    response = upload(visitor, data, alt="Jo in a red hat")
    assertContains(response, sentence, count=2, status_code=422)  # in the summary, by the field
    assertContains(response, 'value="Jo in a red hat"', status_code=422)
    assert not visitors_page.photos.exists()


def test_a_photo_of_200_000_scans_is_given_up_and_answered_with_a_sentence(
    visitor, visitors_page, monkeypatch, caplog
):
    """Within all other bounds, it would take minutes: its child is ended when its time is over."""
    monkeypatch.setattr(worker_process, "LONGEST", 1.0)
    data = jpeg_of_many_scans(7_000, images.MOST_BYTES)
    assert data.count(b"\xff\xda") > 200_000
    assertContains(upload(visitor, data), images.NOT_A_PHOTO, count=2, status_code=422)
    assert "took longer" in caplog.text
    assert not visitors_page.photos.exists()


def test_a_refused_file_leaves_the_photo_that_was_there(visitor, visitors_page):
    before = with_photo(visitors_page)
    upload(visitor, b"hello")
    assert visitors_page.photos.newest() == before


@pytest.mark.parametrize("fields", [{}, {"photo": "words, not a file"}])
def test_nothing_chosen_is_said_kindly(visitor, fields):
    assertContains(visitor.post(PHOTO, fields), "Choose a photo, or go back", status_code=422)


def test_words_that_are_too_long_are_not_cut(visitor, visitors_page):
    response = upload(visitor, alt="x" * 201)
    assertContains(response, "Use 200 letters or fewer", status_code=422)
    assertContains(response, "x" * 201, status_code=422)
    assert "maxlength" not in response.text
    assert not visitors_page.photos.exists()


def test_a_letter_that_cannot_be_kept_is_named_as_such(visitor):
    assertContains(upload(visitor, alt="Jo\0"), "we cannot keep", status_code=422)


def test_a_files_name_is_never_kept_or_shown(visitor, visitors_page):
    name = "../../<script>CNRY</script>.jpg"
    upload(visitor, name=name)
    assert visitors_page.photos.newest()
    response = upload(visitor, b"hello", name=name)
    assert "CNRY" not in response.text


def test_the_photo_is_sealed_in_the_table(visitors_page):
    kept = with_photo(visitors_page)
    stored = Photo.objects.filter(pk=kept.pk).values_list("whole", "data", "alt").get()
    assert all(b"JFIF" not in each and b"red hat" not in each for each in map(bytes, stored))


@pytest.mark.django_db(transaction=True)
def test_each_of_several_that_are_chosen_at_once_is_taken_away_by_a_number_of_its_own():
    """After a restore, the number tells which of them was taken away since."""
    page, whole = make_page(call_me="Jo"), images.take_in(WIDE)
    with_photo(page)
    at_once([lambda: actions.add_photo(profile=page, whole=whole, alt="Jo")] * 4)
    noted = [line.says["number"] for line in endings_after(0)[1] if line.kind is Kind.PHOTO]
    assert sorted(noted) == [2, 3, 4, 5]


def test_what_was_taken_away_before_takes_no_newer_photo_away_after_a_restore(visitors_page):
    whole = images.take_in(as_file(corners()))
    for alt in ("Jo", "Jo laughing"):
        actions.add_photo(profile=visitors_page, whole=whole, alt=alt)
    [told] = ToJournal.objects.filter(kind=Kind.PHOTO)
    actions.take_off_again(ref=told.ref, says=told.says)
    assert visitors_page.photos.newest()


@pytest.mark.parametrize("address", [PHOTO, "/me/matters/important/photo/"])
def test_a_visitor_has_so_many_photos_opened_an_hour_and_keeps_the_words(
    visitor, monkeypatch, address
):
    cache.clear()
    monkeypatch.setitem(rate_limits.VISITORS, "photo", "1/h/ip")

    def send() -> HttpResponse:
        photo = SimpleUploadedFile("jo.jpg", WIDE)
        return visitor.post(address, {"photo": photo, "alt": "Jo in a red hat"})

    assert send().status_code == 302
    answer = send()
    assertContains(answer, worker_process.BUSY, status_code=422)
    assertContains(answer, "Jo in a red hat", status_code=422)


def test_a_photo_row_never_changes(visitors_page):
    kept = with_photo(visitors_page)
    kept.alt = "Somebody else"
    with pytest.raises(NeverChanges):
        kept.save()


def test_the_crop_page_shows_five_squares_of_which_one_is_chosen(visitor, visitors_page):
    with_photo(visitors_page)
    response = visitor.get(CROP)
    for how, label in zip(Crop, ["Left", "Middle", "Right", "Closer", "Further away"], strict=True):
        assertContains(response, f'src="/me/photo/file/?crop={how}&amp;size=small"')
        assertContains(response, f"<span>{label}</span>")
    assert response.text.count(" checked") == 1
    assertContains(response, 'value="Jo in a red hat"')


def test_the_squares_of_a_tall_photo_are_called_top_and_bottom(visitor, visitors_page):
    with_photo(visitors_page, as_file(corners(400, 800)))
    response = visitor.get(CROP)
    assertContains(response, "<span>Top</span>")
    assertContains(response, "<span>Bottom</span>")
    assert "<span>Left</span>" not in response.text


def test_with_no_photo_there_is_nothing_to_crop(visitor):
    assertRedirects(visitor.get(CROP), PHOTO)


def test_a_chosen_crop_is_a_new_row(visitor, visitors_page):
    first = with_photo(visitors_page)
    assertRedirects(choose(visitor, "left"), "/me/")
    newest = visitors_page.photos.newest()
    assert newest != first and newest.crop == "left" and newest.whole == first.whole
    seen = colours(read(newest.data))
    assert all(map(near, seen, [RED, RED, BLUE, BLUE]))


def test_other_words_for_the_photo_are_a_new_row_too(visitor, visitors_page):
    with_photo(visitors_page)
    choose(visitor, "middle", alt="Jo, smiling")
    assert visitors_page.photos.newest().alt == "Jo, smiling"


def test_words_taken_away_become_the_usual_ones(visitor, visitors_page):
    with_photo(visitors_page)
    choose(visitor, "middle", alt="")
    assert visitors_page.photos.newest().alt == "A photo of Jo"


def test_saving_what_stands_there_adds_nothing(visitor, visitors_page):
    with_photo(visitors_page)
    choose(visitor, "middle")
    assert visitors_page.photos.count() == 1


@pytest.mark.parametrize("crop", ["", "upside down"])
def test_a_crop_must_be_one_of_the_five(visitor, visitors_page, crop):
    with_photo(visitors_page)
    response = choose(visitor, crop, alt="Jo, smiling")
    assertContains(response, "Choose one of these five", count=2, status_code=422)
    assertContains(response, 'value="Jo, smiling"', status_code=422)
    assert visitors_page.photos.count() == 1


def test_a_crop_chosen_for_one_photo_never_falls_on_another(visitor, visitors_page):
    with_photo(visitors_page)
    another = with_photo(visitors_page, as_file(corners(400, 800)), alt="Jo and Dee")
    said = {"crop": "left", "alt": "Jo in a red hat", "started_from": 1}
    assertContains(visitor.post(CROP, said), ">\nJo in a red hat</textarea>", status_code=409)
    response = visitor.post(CROP, said | {"alt": "Jo and Dee"}, follow=True)
    assertRedirects(response, PHOTO)
    assertContains(response, "changed in another window")
    assert visitors_page.photos.newest() == another


def test_a_photo_need_not_be_chosen_again_where_only_its_words_are_too_long(visitor, visitors_page):
    shown = upload(visitor, alt="Jo in a red hat. " * 20)
    assertContains(shown, "We have this photo from you.", status_code=422)
    kept = shown.context["form"]["kept"].value()
    again = visitor.post(PHOTO, {"kept": kept, "alt": "Jo in a red hat"})
    assertRedirects(again, CROP)
    assert visitors_page.photos.newest().whole


def test_a_crop_that_is_pressed_twice_is_one_press(visitor, visitors_page):
    with_photo(visitors_page)
    said = {"crop": "left", "alt": "Jo in a red hat", "started_from": 1}
    for _press in range(2):
        assertRedirects(visitor.post(CROP, said), reverse("house:me"))
    assert visitors_page.photos.count() == 2


def test_a_photo_taken_off_is_gone_from_the_page_and_can_be_added_again(visitor, visitors_page):
    with_photo(visitors_page)
    assertContains(visitor.post(REMOVE, follow=True), "The photo is off your page")
    assert visitors_page.photos.newest() is None
    assert visitor.get(FILE).status_code == 404
    upload(visitor)
    assert visitor.get(FILE).status_code == 200


def test_taking_off_what_is_not_there_adds_nothing(visitor, visitors_page):
    assertRedirects(visitor.post(REMOVE), PHOTO)
    assert not visitors_page.photos.exists()


def test_the_file_is_a_photo_and_nothing_else(visitor, visitors_page):
    kept = with_photo(visitors_page)
    response = visitor.get(FILE)
    assert response.content == kept.data
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == 'inline; filename="photo.jpg"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]


@pytest.mark.parametrize("how", Crop)
def test_each_square_can_be_seen_small(visitor, visitors_page, how):
    with_photo(visitors_page)
    small = visitor.get(FILE, {"crop": how.value, "size": "small"})
    assert read(small.content).size == (192, 192) and len(small.content) < 20_000
    assert read(visitor.get(FILE, {"crop": how.value}).content).size == (480, 480)


def test_the_square_on_the_page_can_be_seen_small(visitor, visitors_page):
    with_photo(visitors_page)
    choose(visitor, "left")
    small = read(visitor.get(FILE, {"size": "small"}).content)
    assert small.size == (192, 192) and near(colours(small)[1], RED)


@pytest.mark.parametrize("asked", [{"crop": "x"}, {"size": "99999"}, {"crop": "left", "size": "x"}])
def test_squares_we_do_not_make_are_not_found(visitor, visitors_page, asked):
    with_photo(visitors_page)
    assert visitor.get(FILE, asked).status_code == 404


def test_nobody_sees_another_persons_photo(anas_page, dees_browser, dee, visitor):
    with_photo(anas_page)
    make_page(dee)
    for stranger in (dees_browser, visitor):
        assert stranger.get(FILE).status_code == 404
        assertRedirects(stranger.get(CROP), PHOTO)
        assertContains(stranger.get(PHOTO), "There is no photo yet")
        stranger.post(REMOVE)
    assert anas_page.photos.newest()


@pytest.mark.parametrize(
    "method, address",
    [
        ("put", PHOTO),
        ("delete", PHOTO),
        ("put", CROP),
        ("post", FILE),
        ("get", REMOVE),
    ],
)
def test_the_wrong_method_is_refused(visitor, method, address):
    assert getattr(visitor, method)(address).status_code == 405


def test_a_photo_comes_in_only_with_the_pages_own_token(visitors_page, visitor):
    visitor.handler.enforce_csrf_checks = True
    assert upload(visitor).status_code == 403
    assert visitor.post(REMOVE).status_code == 403
    assert not visitors_page.photos.exists()


def test_strangers_bytes_are_decoded_only_in_a_child(visitor, monkeypatch):
    def decoded_here(data):
        raise AssertionError

    monkeypatch.setattr(images, "take_in", decoded_here)
    assertRedirects(upload(visitor), CROP)


def test_when_the_child_ends_the_person_can_try_again(visitor, visitors_page, monkeypatch):
    monkeypatch.setattr(worker_process, "PROGRAM", ["/bin/false"])
    assertContains(upload(visitor), images.NOT_A_PHOTO, count=2, status_code=422)
    assert not visitors_page.photos.exists()


def test_a_name_kept_to_oneself_stays_out_of_the_photos_words(visitor, visitors_page):
    assert usual_words(visitors_page) == "A photo of Jo"
    say(visitors_page, "call_me", "Jo", only_me=True)
    assert usual_words(visitors_page) == "A photo of me"


def test_a_name_too_long_to_be_typed_there_is_left_out_of_the_photos_words(visitors_page):
    say(visitors_page, "call_me", "👩‍👩‍👧‍👦" * 30)
    assert usual_words(visitors_page) == "A photo of me"
