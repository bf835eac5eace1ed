"""What is altered on the way, or is no file of ours, is refused in a sentence."""

import base64
from zipfile import ZIP_BZIP2

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from profiles.answers.actions import Words
from profiles.exports.archive import EVERYTHING
from profiles.imports import forms
from profiles.imports.actions import ChosenWords, Moved, bring
from profiles.imports.checking import MOST_BYTES
from profiles.imports.forms import FileForm
from profiles.imports.unpack import portable_in
from profiles.topics.load import load
from tests.imports.bring.files import BRING, CHOOSE, FILE, answer, carried, portable, upload, zipped
from tests.imports.pages import make_photo_member
from tests.photos.photos import as_file, corners


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


def test_of_a_file_in_a_zip_no_more_is_unpacked_than_could_be_taken():
    assert len(portable_in(zipped((EVERYTHING, bytes(MOST_BYTES + 99))))) == MOST_BYTES + 1


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7",
        b"\x89PNG\r\n\xff",
        b"# Hello, my name is Jo",
        b'{"resourceType": "Bundle", "type": "document"}',
        b'{"format": "tell-it-once/history/1", "answers": []}',
        b'{"format": "tell-it-once/history/1", "answers": [{"number": 1}], "not_saved": []}',
        b'{"format": "tell-it-once/looks/1", "looks": []}',
        b"[]",
    ],
)
def test_for_another_kind_of_file_it_is_said_which_one_to_choose(data):
    assert refusal(data).startswith(
        "That file cannot be brought back. Choose tell-it-once.zip, or everything-i-said.json"
    )


def test_photos_that_take_too_long_in_all_are_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr(forms, "LONGEST_IN_ALL", -1)
    data = portable(answer("calm", "Sit near."), photo=make_photo_member())
    assert refusal(data).startswith("photo, data: the photos in this file take too long to open.")
    assert FileForm({}, {"file": SimpleUploadedFile("file", FILE)}).is_valid()  # it has none


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
