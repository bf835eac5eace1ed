"""When something is wrong: a plain sentence, the typed words kept, and nothing half-saved."""

from playwright.sync_api import Page, expect

from profiles.photos.models import Photo
from tests.factories import make_page
from tests.journeys.conftest import Browsers
from tests.journeys.steps import box, choose, expect_heading, lines, press, unfold

FOUR_LINES = "Nuts.\nBees.\nDust.\nCats."
LONG = "Tea first. " * 400
SEEN = "Jo in a red hat, smiling"


def expect_sentence(window: Page, words: str) -> None:
    """The summary says it, and so does the place where it went wrong."""
    expect(window.get_by_role("alert")).to_contain_text(words)
    expect(window.locator(".error")).to_contain_text(words)


def test_too_much_is_never_cut(browsers: Browsers, scripted: bool) -> None:
    page = make_page(call_me="Jo")
    jo = browsers.open(page, java_script_enabled=scripted)
    jo.goto("/me/safe/must_know/")
    box(jo, "must_know").fill(FOUR_LINES)
    unfold(jo, "Who may see this?")
    choose(jo, "Only me, for now")
    press(jo, "Save and carry on")
    expect_sentence(jo, "Choose the 3 that matter most")
    expect(box(jo, "must_know")).to_have_value(FOUR_LINES)
    expect(jo.get_by_label("Only me, for now")).to_be_checked()
    box(jo, "must_know").fill(LONG)
    press(jo, "Save and carry on")
    expect_sentence(jo, "That is 4,399 letters.")
    expect(box(jo, "must_know")).to_have_value(LONG)
    assert not page.answers.about("must_know").exists()
    box(jo, "must_know").fill("Nuts, even 1.")
    press(jo, "Save and carry on")
    expect_heading(jo, "Who should people ring first about you?")
    assert page.answers.about("must_know").get().text == "Nuts, even 1."


def test_a_file_that_is_no_photo_leaves_everything_as_it_was(
    browsers: Browsers, scripted: bool
) -> None:
    jo = browsers.open(make_page(call_me="Jo"), java_script_enabled=scripted)
    jo.goto("/me/photo/")
    photo = {"name": "jo.jpg", "mimeType": "image/jpeg", "buffer": b"<script>not a photo</script>"}
    jo.get_by_label("Choose a photo, or take one").set_input_files(photo)  # type: ignore[arg-type]
    jo.get_by_label("What does the photo show?").fill(SEEN)
    press(jo, "Use this photo")
    expect_sentence(jo, "We could not open that file.")
    expect(jo.get_by_label("What does the photo show?")).to_have_value(SEEN)
    assert not Photo.objects.exists()


def test_a_press_of_save_in_an_old_window_does_no_harm(browsers: Browsers, scripted: bool) -> None:
    jo = browsers.open(
        make_page(call_me="Jo", important="Tea.\nDog."), java_script_enabled=scripted
    )
    jo.goto("/me/matters/?order=yes")
    old = jo.context.new_page()
    old.goto("/me/matters/?order=yes")
    press(jo, "Move up: Dog.")
    expect(lines(jo, "important")).to_have_text(["Dog.", "Tea."])
    press(old, "Remove: Tea.")
    expect(lines(old, "important")).to_have_text(["Dog.", "Tea."])


def test_an_unknown_address_is_told_kindly(browsers: Browsers, scripted: bool) -> None:
    jo = browsers.open(make_page(call_me="Jo"), java_script_enabled=scripted)
    jo.goto("/me/safe/nowhere/")
    expect(jo.get_by_text("You have not done anything wrong")).to_be_visible()
    jo.get_by_role("main").get_by_role("link", name="Go to the first page").click()
    jo.get_by_role("link", name="Carry on with my page").click()
    expect_heading(jo, "Hello Jo")
