""" "Read this to me": with a voice that lives on this device, or not at all."""

import json

import pytest
from playwright.sync_api import Page, expect

ADDRESS = "/me/matters/important/"
LOCAL = {"name": "Here", "lang": "en-GB", "localService": True}
REMOTE = {"name": "Google UK English Female", "lang": "en-GB", "localService": False}
FRENCH = {"name": "Ici", "lang": "fr-FR", "localService": True}

# Stands where the browser's own speech stands, and keeps what it was asked to say.
PRETEND = """
window.said = [];
class Utterance extends EventTarget { constructor(text) { super(); this.text = text; } }
window.SpeechSynthesisUtterance = Utterance;
Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
  speaking: false,
  getVoices: () => VOICES,
  cancel() { this.speaking = false; this.now = null; },
  speak(spoken) {
    this.speaking = true;
    this.now = spoken;
    window.said.push([spoken.text, spoken.voice.name, spoken.rate]);
  },
}) });
window.finish = () => speechSynthesis.now.dispatchEvent(new Event("end"));
"""


def pretend(window: Page, *voices: dict[str, object]) -> None:
    window.add_init_script(PRETEND.replace("VOICES", json.dumps(voices)))
    window.goto(ADDRESS)


@pytest.mark.parametrize("voices", [[], [REMOTE], [FRENCH], [REMOTE, FRENCH]])
def test_no_voice_of_our_own_means_no_button(window: Page, voices: list[dict[str, object]]) -> None:
    pretend(window, *voices)
    expect(window.locator("textarea")).to_be_visible()
    expect(window.get_by_role("button", name="Read this to me")).to_have_count(0)


def test_it_reads_a_sentence_at_a_time_with_the_local_voice(window: Page) -> None:
    pretend(window, REMOTE, LOCAL)
    window.get_by_role("button", name="Read this to me").click()
    assert window.evaluate("said") == [["What matters most to you?", "Here", 0.9]]
    window.evaluate("finish()")
    assert window.evaluate("said[1][0]") == "Small things count."
    assert window.evaluate("CSS.highlights.has('reading')")


def test_it_can_be_stopped_at_any_moment(window: Page) -> None:
    pretend(window, LOCAL)
    window.get_by_role("button", name="Read this to me").click()
    window.get_by_role("button", name="Stop reading").click()
    expect(window.get_by_role("button", name="Read this to me")).to_be_visible()
    assert window.evaluate("speechSynthesis.speaking") is False
    assert window.evaluate("CSS.highlights.has('reading')") is False


def test_it_stops_by_itself_at_the_end(window: Page) -> None:
    pretend(window, LOCAL)
    window.get_by_role("button", name="Read this to me").click()
    window.evaluate("while (speechSynthesis.now) finish()")
    expect(window.get_by_role("button", name="Read this to me")).to_be_visible()
    assert window.evaluate("said.length") == 3  # the question, its hint, and what is folded not


def test_it_never_starts_by_itself(window: Page) -> None:
    pretend(window, LOCAL)
    expect(window.get_by_role("button", name="Read this to me")).to_be_visible()
    assert window.evaluate("said") == []
