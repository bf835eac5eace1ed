"""The words somebody says yes to: whole, and each version of them known."""

import hashlib
import shutil
import string
from datetime import timedelta

import pytest
from django.core.checks import registry, run_checks
from django.utils import timezone

from profiles.sharing.checks import broken_sentences, every_sentence_is_there
from profiles.sharing.clinic import Taking
from profiles.sharing.wording import CONTENT, Sentence, read, titles, wording_for
from tests.factories import begin_clinic_share, begin_share, say
from tests.topics.content import say_in

# Every version that was ever shown, and what it said. A change of a word is a new version: add a
# row, and leave the old ones.
VERSIONS = {
    "1": "ce8d2d2413de46b9ff572429a1242d88e08034db97c90c0e9293d95331ee3769",
    "2": "f4a2944a94c3236cab14948033c4f126a78e1812dbbc619da0ba1609e8193e39",
    "3": "d93f4b7a5db3fa7d933f177936ce4c320c0af3df50c536c2234fdb3fd8507041",
    "4": "0ef80f8508c69d0b98d3eb2f0ccdbbe44f915e7979fe4bdee64fb4acf7ed4168",
    "5": "b32c8f927ec64c123b9e22fa69daeec677b2181a357a56a8e7ce3c01de098179",
}


def test_a_changed_word_is_a_new_version():
    said = hashlib.sha256((CONTENT / "en" / "consent.toml").read_bytes()).hexdigest()
    assert VERSIONS[read("en")["version"]] == said


def test_nothing_is_left_to_be_filled_in_but_what_we_fill():
    for words in read("en").values():
        fields = {field for _, field, _, _ in string.Formatter().parse(words) if field}
        assert fields <= {"reader", "email", "until", "lasts", "keeper", "person"}


@pytest.mark.django_db
def test_it_names_whom_what_how_and_until_when(anas_page):
    ends = timezone.now() + timedelta(days=10)
    text = wording_for(begin_share(anas_page, ends_at=ends, with_passcode=True)).text
    for said in ["Priya, Sunrise Home Care", "What matters most to me", "passcode", "print it"]:
        assert said in text
    assert f"{ends:%Y}" in text
    assert "You can say no." in text
    assert "You can stop at any time." in text
    assert "cannot pull back paper" in text


@pytest.mark.django_db
def test_it_says_what_is_kept_from_others(anas_page):
    say(anas_page, "health", "Epilepsy.", only_me=True)
    for begin, whom in ((begin_share, "Priya"), (begin_clinic_share, "Ward 4")):
        text = wording_for(begin(anas_page, topics=["health", "important"])).text
        assert f"You keep these to yourself, and will show them to {whom}" in text
        assert "My health." in text


@pytest.mark.django_db
def test_it_says_of_what_was_taken_back_that_they_do_not_see_it(anas_page):
    for begin, whom in ((begin_share, "Priya"), (begin_clinic_share, "Ward 4")):
        say(anas_page, "health", "Epilepsy.")
        share = begin(anas_page, topics=["health", "important"])
        assert "My health" in said_to_be_seen(share)
        assert "keep these" not in wording_for(share).text
        say(anas_page, "health", "Epilepsy.", only_me=True)
        assert "What matters most to me" in said_to_be_seen(share)
        assert "My health" not in said_to_be_seen(share)
        [line] = [line for line in wording_for(share).text.splitlines() if "My health" in line]
        assert line.startswith(f"You keep these to yourself now. {whom}")
        assert line.endswith("can see them only if you open them again: My health.")


def said_to_be_seen(share):
    return next(each for each in wording_for(share).sentences if each.name == "topics").topics


@pytest.mark.django_db
def test_a_keeper_is_told_so_too(kept):
    share = begin_share(kept, topics=["important"])
    say(kept, "important", "Tea.", only_me=True)
    assert "These are kept private now." in wording_for(share).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "whose, said", [("anas_page", "can see your photo."), ("kept", "can see the photo.")]
)
def test_it_says_so_where_the_photo_is_seen_and_only_there(whose, said, request):
    page = request.getfixturevalue(whose)
    for begin in (begin_share, begin_clinic_share):
        share = begin(page)
        share.with_photo = True
        assert f"They {said}" in wording_for(share).text
        share.with_photo = False
        assert said not in wording_for(share).text


@pytest.mark.django_db
def test_reading_only_makes_no_promise_about_paper(anas_page):
    text = wording_for(begin_share(anas_page, may_print=False)).text
    assert "print" not in text
    assert "cannot undo what they have read" in text


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["{reader}", "{0}", "%s", "{topics.__class__}", "{{7*7}}"])
def test_a_name_is_never_taken_for_something_to_fill_in(anas_page, name):
    assert f"This is for {name}." in wording_for(begin_share(anas_page, reader_name=name)).text


@pytest.mark.parametrize(
    "topics, said",
    [
        ((), "They can see:"),
        (("a",), "They can see: a."),
        (("a", "b"), "They can see: a; b."),
        (("a, b and c", "d and e"), "They can see: a, b and c; d and e."),
    ],
)
def test_where_one_title_ends_is_seen_though_it_has_a_comma_or_an_and(topics, said):
    assert Sentence(words="They can see:", topics=topics).text == said


def test_no_topics_have_no_titles():
    assert titles([]) == ""


def test_topics_are_named_in_the_order_we_ask():
    assert titles({"sleep", "call_me"}) == "What to call me; My nights"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('version = "5"', "", "(sharing.E003) version: is missing"),
        ('no = "You can say no.', 'maybe = "You can say no.', "(sharing.E002) maybe: is unknown"),
        ('photo = "They can see your photo."', "", "(sharing.E003) photo: is missing"),
        ('photo = "They can see your photo."', 'photo = ""', "(sharing.E004) photo: is empty"),
        ('photo = "They can see your photo."', "photo = 1", "(sharing.E004) photo: must be a"),
        ("{reader}", "{name}", "(sharing.E004) who: must be a sentence that fills in {reader}, "),
        ("{email}", "{email.domain}", "(sharing.E004) worker: must be a sentence that fills in"),
        ("{until}", "{until!r}", "(sharing.E004) until: must be a sentence that fills in"),
        ("your photo", "your {photo", "(sharing.E004) photo: must be a sentence that fills in"),
        ('version = "5"', "version = 1", "(sharing.E004) version: must be words in quotes"),
        ('version = "5"', "version =", "(sharing.E001) cannot be read: "),
    ],
)
def test_manage_py_check_names_a_sentence_that_is_wrong(tmp_path, old, new, problem):
    folder = shutil.copytree(CONTENT, tmp_path / "content")
    say_in(folder / "en" / "consent.toml", old, new)
    assert str(broken_sentences(folder)[0]).startswith(f"en/consent.toml: {problem}")


def test_manage_py_check_looks_at_our_own_sentences():
    assert broken_sentences(CONTENT) == run_checks(tags=["sharing"]) == []
    assert every_sentence_is_there in registry.registry.get_checks()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["anas_page", "kept"])
def test_with_a_passcode_the_link_alone_is_not_said_to_open_it(page, request):
    share = begin_share(request.getfixturevalue(page), with_passcode=True)
    text = wording_for(share).text
    assert "Anybody who has both can open it." in text
    assert "Anybody who has the link" not in text


@pytest.mark.django_db
def test_it_says_who_gets_in_and_with_what(anas_page):
    signs_in = wording_for(begin_share(anas_page, email="priya@example.org")).text
    assert "They sign in with this email address: priya@example.org. Nobody else can" in signs_in
    assert "Anybody" not in signs_in
    for taking, said in {
        Taking.NOW: "Anybody who has the link, or a photo of the picture, can take the page too.",
        Taking.PASSCODE: "Anybody who has the link and the passcode can take the page too.",
        Taking.UPDATED: "Anybody who has the link and the passcode can take the page too.",
    }.items():
        text = wording_for(begin_clinic_share(anas_page, taking=taking)).text
        assert said in text and text.count("Anybody") == 1
