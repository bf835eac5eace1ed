"""Lines that warn of danger are found, others are left alone, and a broken list is refused."""

import pytest

from profiles.core.content import BrokenContent
from profiles.language.checks import broken_dangers
from profiles.language.danger import load, read, warns
from profiles.language.phrases import Phrases, TextWords
from tests.language.danger_sentences import DANGER, NO_DANGER, WHEN_BARE
from tests.language.test_hints import sentences

GOOD = """
[lists]
me = ["me", "him"]

[[dangers]]
words = ["lift {me}", "choke"]
unless = ["choke chain"]

[[dangers]]
when_bare = true
words = ["asthma"]
"""


@pytest.mark.parametrize("line", sentences(DANGER))
def test_a_line_that_warns_is_found_whatever_stands_at_the_top(line):
    assert warns(line)
    assert warns(line, is_bare=True)


@pytest.mark.parametrize("line", sentences(WHEN_BARE))
def test_some_lines_warn_only_while_nothing_stands_at_the_top(line):
    assert warns(line, is_bare=True)
    assert not warns(line)


@pytest.mark.parametrize("line", sentences(NO_DANGER))
def test_a_line_that_warns_of_nothing_is_left_alone(line):
    assert not warns(line)
    assert not warns(line, is_bare=True)


def test_the_words_of_each_row_are_found_by_themselves():
    for danger in load():
        for words in danger.words:
            assert warns(words.replace("*", "quite"), is_bare=True), words


def test_an_exception_stands_around_the_words_it_is_about():
    for danger in load():
        about = Phrases()
        for phrase in danger.words:
            about.add(phrase, 0)
        for fine in danger.unless:
            assert any(about.all_in(TextWords(fine.replace("*", "quite")))), fine


@pytest.mark.parametrize("language", ["cy", "ar", "", "nowhere"])
def test_a_language_without_words_warns_of_nothing(language):
    assert not warns("I can choke.", language)


@pytest.mark.parametrize("language", ["en", "en-GB", "EN"])
def test_english_is_english_wherever(language):
    assert warns("I can choke.", language)


WRONG = [
    ('words = ["asthma"]', "", "danger 2 (no words): words: is missing"),
    (
        "when_bare = true",
        'when_bare = "yes"',
        "danger 2 (asthma): when_bare: must be true or false",
    ),
    ("when_bare = true", "why = 1", "danger 2 (asthma): why: is unknown"),
    ('words = ["asthma"]', 'words = ["choke"]', "words: 'choke' stand in two dangers"),
    ('"lift {me}"', '"lift {you}"', "danger 1 (lift {you}): words: there is no list 'you'"),
    ("[[dangers]]", "[[danger]]", "danger: is unknown"),
]


@pytest.mark.parametrize(("old", "new", "says"), WRONG)
def test_a_broken_list_is_refused_with_the_reason(tmp_path, old, new, says):
    path = tmp_path / "en" / "danger.toml"
    path.parent.mkdir()
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(BrokenContent) as caught:
        read(path)
    assert says in str(caught.value)
    assert any(says in f"{error.obj}: {error.msg}" for error in broken_dangers(tmp_path))


def test_a_list_that_is_whole_is_read(tmp_path):
    path = tmp_path / "danger.toml"
    path.write_text(GOOD, encoding="utf-8")
    first, second = read(path)
    assert first.words == ("lift me", "lift him", "choke")
    assert (first.when_bare, second.when_bare) == (False, True)
