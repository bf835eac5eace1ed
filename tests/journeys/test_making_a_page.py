"""The whole story, from the front page to one sheet of paper, with script and without."""

from io import BytesIO
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, expect

from profiles.photos.models import Photo
from tests.journeys.conftest import Browsers
from tests.journeys.steps import (
    box,
    choose,
    expect_heading,
    first_words,
    follow,
    lines,
    press,
    say,
    unfold,
)
from tests.photos.photos import as_file, corners, looks_like_corners, read, telling_exif
from tests.verapdf import validate

NUTS = "Nuts close my throat."
PEN = "My pen is in the red bag."
LAUGH = "I make the whole bus laugh."
TEA = "A cup of tea before we talk."
DOG = "My dog Biscuit comes too."
SECRET = "I take tablets for my nerves."
SEEN = "Jo in a red hat, smiling"


def test_a_page_from_the_front_door_to_the_printer(browsers: Browsers, scripted: bool) -> None:
    jo = browsers.open(java_script_enabled=scripted)
    given_the_front_page(jo)
    when_a_page_is_begun(jo)
    when_the_name_is_said(jo)
    when_the_first_ten_seconds_are_said_with_another_picture(jo)
    when_one_question_is_left_out(jo)
    when_something_is_kept_for_jo_alone(jo)
    when_jo_stops_for_now(jo)
    then_home_knows_where_to_carry_on(jo)
    when_three_things_that_matter_are_said(jo)
    then_lines_can_be_moved_removed_and_put_back(jo)
    when_a_photo_is_put_on_the_page(jo)
    then_the_photo_tells_nothing_of_the_camera()
    then_the_page_shows_what_a_reader_sees(jo)
    then_any_line_can_be_changed_from_there(jo)
    then_the_paper_is_one_page_that_holds_the_words(jo)


def test_a_page_can_be_made_for_somebody_else(browsers: Browsers, scripted: bool) -> None:
    amir = browsers.open(java_script_enabled=scripted)
    given_the_front_page(amir)
    when_a_page_is_begun(amir, who="Someone I help")
    expect(amir.get_by_text("Ask them, and write it as they would say it.")).to_be_visible()
    say(
        amir, "call_me", "Jo", then="Save and stop for now", asked="What do they like to be called?"
    )
    expect_heading(amir, "Jo’s page")


def given_the_front_page(jo: Page) -> None:
    jo.goto("/")
    expect_heading(jo, "Say it once, in your own words")


def when_a_page_is_begun(jo: Page, who: str = "Me") -> None:
    follow(jo, "Make my page")
    expect_heading(jo, "Who is this page for?")
    choose(jo, who)
    press(jo, "Begin")


def when_the_name_is_said(jo: Page) -> None:
    say(jo, "call_me", "Jo")


def when_the_first_ten_seconds_are_said_with_another_picture(jo: Page) -> None:
    expect(jo.get_by_text("Nuts close my throat. My pen")).to_be_hidden()
    unfold(jo, "Examples")
    expect(jo.get_by_text("Nuts close my throat. My pen")).to_be_visible()
    unfold(jo, "Picture")
    unfold(jo, "See all the pictures")
    choose(jo, "Food allergy")
    say(jo, "must_know", f"{NUTS}\n{PEN}")


def when_one_question_is_left_out(jo: Page) -> None:
    expect_heading(jo, "Who should people ring first about you?")
    follow(jo, "Leave this question for now")
    expect_heading(jo, "Is there anyone who should not be rung or told?")
    follow(jo, "Leave this question for now")


def when_something_is_kept_for_jo_alone(jo: Page) -> None:
    expect(jo.get_by_label("Only me, for now")).to_be_checked()
    say(jo, "health", SECRET)


def when_jo_stops_for_now(jo: Page) -> None:
    say(jo, "appreciate", LAUGH, then="Save and stop for now")


def then_home_knows_where_to_carry_on(jo: Page) -> None:
    expect_heading(jo, "Hello Jo")
    expect(
        jo.get_by_role("heading", name="Who should people ring first about you?")
    ).to_be_visible()
    follow(jo, "Answer this")
    expect_heading(jo, "Who should people ring first about you?")
    follow(jo, "Back to Keep me safe")
    follow(jo, "Back to my page")


def when_three_things_that_matter_are_said(jo: Page) -> None:
    follow(jo, "What matters to me")
    follow(jo, "What matters most to me")
    say(jo, "important", f"{TEA}\n{DOG}\nI hate lifts.", then="Save and stop for now")


def then_lines_can_be_moved_removed_and_put_back(jo: Page) -> None:
    follow(jo, "What matters to me")
    expect(first_words(jo, "important")).to_have_text(f"{TEA} {DOG} I hate lifts.")
    follow(jo, "Put in order")
    press(jo, f"Move up: {DOG}")
    expect(jo.get_by_text("Moved to 1 of 3")).to_be_visible()
    expect(lines(jo, "important")).to_have_text([DOG, TEA, "I hate lifts."])
    press(jo, "Remove: I hate lifts.")
    expect(lines(jo, "important")).to_have_text([DOG, TEA])
    press(jo, "Put it back")
    expect(lines(jo, "important")).to_have_text([DOG, TEA, "I hate lifts."])
    follow(jo, "It is in order now")


def when_a_photo_is_put_on_the_page(jo: Page) -> None:
    follow(jo, "Back to my page")
    follow(jo, "My photo")
    sideways = as_file(corners().rotate(90, expand=True), exif=telling_exif(orientation=6))
    photo = {"name": "DCIM-jo.jpg", "mimeType": "image/jpeg", "buffer": sideways}
    jo.get_by_label("Choose a photo, or take one").set_input_files(photo)  # type: ignore[arg-type]
    jo.get_by_label("What does the photo show?").fill(SEEN)
    press(jo, "Use this photo")
    expect_heading(jo, "Which part of the photo shall we show?")
    expect(jo.get_by_label("What does the photo show?")).to_have_value(SEEN)
    choose(jo, "Further away")
    press(jo, "Save")
    expect_heading(jo, "Hello Jo")


def then_the_photo_tells_nothing_of_the_camera() -> None:
    photo = Photo.objects.latest("pk")
    assert b"CNRY" not in photo.whole + photo.data
    assert looks_like_corners(read(photo.whole))


def then_the_page_shows_what_a_reader_sees(jo: Page) -> None:
    follow(jo, "See my page")
    expect_heading(jo, "Hello, I’m Jo")
    sheet = jo.locator(".sheet")
    for words in [NUTS, PEN, LAUGH, TEA, DOG]:
        expect(sheet).to_contain_text(words)
    expect(sheet).not_to_contain_text(SECRET)
    expect(sheet.get_by_role("img", name=SEEN)).to_be_visible()
    expect(jo.get_by_text("There is room for about")).to_be_visible()
    expect(jo.get_by_role("link", name="My health")).to_be_visible()


def then_any_line_can_be_changed_from_there(jo: Page) -> None:
    entries = jo.locator(".sheet .entry").count()
    expect(jo.locator(".sheet .change")).to_have_count(entries + 1)  # and the name
    follow(jo, "Change: What matters most to me")
    expect(box(jo, "important")).to_have_value(f"{DOG}\n{TEA}\nI hate lifts.")
    say(jo, "important", f"{DOG}\n{TEA}", then="Save and stop for now")
    follow(jo, "See my page")
    expect(jo.locator(".sheet")).not_to_contain_text("I hate lifts.")


def then_the_paper_is_one_page_that_holds_the_words(jo: Page) -> None:
    with jo.expect_download() as download:  # Alt and a click: save it, rather than look at it
        jo.get_by_role("link", name="Print it (PDF)").click(modifiers=["Alt"])
    assert download.value.suggested_filename == "my-page.pdf"
    paper = Path(download.value.path()).read_bytes()
    document = pypdfium2.PdfDocument(BytesIO(paper))
    assert len(document) == 1
    words = " ".join(document[0].get_textpage().get_text_range().split())
    document.close()
    for said in ["Jo", NUTS, PEN, LAUGH, TEA, DOG]:
        assert said in words
    assert SECRET not in words
    assert "lifts" not in words
    [report] = validate(paper)
    assert report.passed, report
