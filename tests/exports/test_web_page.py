"""The page as one web page that opens by itself."""

import base64
import re

from profiles.exports.web_page import web_page
from profiles.sheet.sheet import SheetAnswer, SheetPhoto
from tests.imports.pages import JOS_PHOTO, make_sheet


def test_every_word_is_on_it():
    sheet = make_sheet()
    page = web_page(sheet)
    assert [word for word in sheet.words() if word not in page] == []


def test_it_asks_for_nothing_but_what_is_inside_it():
    page = web_page(make_sheet(photo=JOS_PHOTO))
    addresses = re.findall(r"""(?:src|href)=["']?([^"'> ]+)|url\(([^)]+)\)""", page)
    assert len(addresses) > 5
    assert [a for pair in addresses for a in pair if a and not a.startswith("data:")] == []
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_it_holds_only_the_pictures_it_shows():
    page = web_page(make_sheet(SheetAnswer(topic="calm", text="Sit near me.", picture="2615")))
    assert set(re.findall(r"\.picture-(\w+) {", page)) == {"2615"}


def test_the_photo_is_in_it_and_described():
    page = web_page(make_sheet(photo=JOS_PHOTO))
    assert 'alt="Jo in a red hat"' in page
    assert base64.b64encode(JOS_PHOTO.data).decode() in page


def test_words_that_look_like_a_web_page_stay_words():
    page = web_page(
        make_sheet(SheetAnswer(topic="calm", text="</style><script>alert(1)</script>{{ x }}"))
    )
    assert "<script>" not in page
    assert "&lt;/style&gt;&lt;script&gt;" in page


def test_a_number_between_arabic_words_stands_from_left_to_right():
    said = SheetAnswer(topic="ring_first", text="دينا 07700 900123", language="ar")
    assert '>دينا <b class="number" dir="ltr">07700 900123</b></p>' in web_page(make_sheet(said))


def test_a_photo_beside_an_answer_stands_in_it_with_what_it_shows():
    photo = SheetPhoto(data=JOS_PHOTO.data, alt="My blue cup")
    page = web_page(make_sheet(SheetAnswer(topic="calm", text="Sit near me.", photo=photo)))
    assert '<img class="own-photo" src="data:image/jpeg;base64,' in page
    assert 'alt="My blue cup"' in page and "asset:" not in page
