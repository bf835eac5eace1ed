"""The page as plain text."""

from pathlib import Path

from profiles.exports.fhir.document import document
from profiles.exports.fhir.subject import named_on
from profiles.exports.markdown import markdown
from profiles.exports.plain import plain
from profiles.exports.portable import as_portable
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto
from tests.fhir import MADE_AT
from tests.imports.pages import JOS_PHOTO, make_sheet

GOLDEN = Path(__file__).parent / "golden"


def document_of(sheet: Sheet) -> str:
    return str(document(sheet, named_on(sheet), pdf=None, made_at=MADE_AT, about="a-page"))


def test_jos_page_reads_as_it_always_has():
    text = plain(make_sheet(photo=JOS_PHOTO))
    assert text == (GOLDEN / "jo.txt").read_text(encoding="utf-8")


def test_every_word_of_every_answer_is_there():
    sheet = make_sheet()
    text = plain(sheet)
    assert [word for word in sheet.words() if word not in text] == []


def test_no_answer_is_too_long_for_a_file():
    lines = [f"Line {number}." for number in range(600)]
    sheet = make_sheet(SheetAnswer(topic="calm", text="\n".join(lines)))
    for text in (plain(sheet), markdown(sheet), document_of(sheet)):
        assert [line for line in lines if line not in text] == []


def test_what_to_know_first_comes_before_the_rest():
    text = plain(make_sheet())
    assert text.index("peanuts") < text.index("01632 960123") < text.index("I am funny.")


def test_somebody_elses_words_say_whose_they_are():
    assert "Good things about me (said by my sister Dee):" in plain(make_sheet())


def test_a_name_with_nothing_more_to_say_stands_once():
    assert plain(make_sheet(SheetAnswer(topic="call_me", text="Jo"))).count("Jo\n") == 1


def test_a_page_with_one_answer_has_no_empty_parts():
    text = plain(
        make_sheet(SheetAnswer(topic="calm", text="Sit near me."), full_name="", edition=None)
    )
    assert "Read this first" not in text
    assert "What matters to me" not in text
    assert text.startswith("A page about me\n")
    assert "Made on 23 November 2026." in text
    assert "Edition" not in text


def test_angle_brackets_and_markdown_stay_as_typed():
    assert "  * <b>*loud*</b> & _quiet_" in plain(
        make_sheet(SheetAnswer(topic="calm", text="<b>*loud*</b> & _quiet_"))
    )


def test_a_number_between_arabic_words_stays_as_it_was_typed():
    said = SheetAnswer(topic="ring_first", text="دينا 07700 900123", language="ar")
    sheet = make_sheet(said)
    assert "  * دينا \u206607700 900123\u2069\n" in plain(sheet)
    assert as_portable(sheet)["answers"][0]["text"] == "دينا 07700 900123"


def test_of_a_photo_beside_an_answer_stands_what_it_shows():
    photo = SheetPhoto(data=b"", alt="My blue cup")
    said = SheetAnswer(topic="calm", text="Sit near me.", photo=photo)
    assert "  * Sit near me.\n  (Photo: My blue cup)\n" in plain(make_sheet(said))


def test_who_helped_ends_the_sentence_once():
    for names, said in {("Amir", "Cal Jr."): "Amir, Cal Jr.", ("Amir",): "Amir."}.items():
        assert f"Helped by: {said}\n" in plain(make_sheet(helped_by=names))
