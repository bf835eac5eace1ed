"""The hints, as they stand in their file; and a broken file is refused."""

import pytest
from django.core.checks import registry, run_checks

from profiles.core.content import BrokenContent
from profiles.language.checks import broken_hints, every_hint_is_whole
from profiles.language.hints import hints
from profiles.language.load import CONTENT, load, read
from profiles.language.phrases import Phrases, TextWords

GOOD = """
[lists]
who = ["he", "she"]

[[hints]]
words = ["client", "{who} is a client"]
unless = ["email client"]
instead = "the person’s name"
why = "People are no clients."
source = "RSC"
"""


def test_there_are_all_seventy_four():
    assert len(load()) == 74


def test_each_says_in_one_plain_sentence_why():
    for entry in load():
        assert entry.why.endswith(".") and ". " not in entry.why
        assert len(entry.why.split()) <= 17
        assert entry.source


def test_what_to_say_instead_does_not_hurt_either():
    for entry in load():
        assert hints(f"{entry.instead}\n{entry.why}\n") == [], entry.words[0]
        assert not entry.instead.endswith(".")


def test_an_exception_stands_around_the_words_it_is_about():
    """Else it would change nothing, and somebody would think that it did."""
    for entry in load():
        about = Phrases()
        for phrase in entry.words:
            about.add(phrase, 0)
        for fine in entry.unless:
            said = fine.replace("*ing", "going").replace("*s", "things").replace("#", "7")
            assert any(about.all_in(TextWords(said.replace("*", "her")))), fine


def test_lists_are_written_out(tmp_path):
    (entry,) = read(written(tmp_path, GOOD))
    assert entry.words == ("client", "he is a client", "she is a client")


@pytest.mark.parametrize(
    "old, new, problem",
    [
        ('source = "RSC"', "", r"hint 1 \(client\): source: is missing"),
        ('source = "RSC"', 'source = "RSC"\ncolour = "red"', "colour: is unknown"),
        ('why = "People', 'why = " People', "why: begins or ends with a space"),
        ('why = "People', 'why = "All\\nPeople', "why: must be on one line"),
        ('why = "People are no clients."', "why = 1", "why: must be words in quotes"),
        ('words = ["client"', 'words = ["client", "client"', "words: says one thing twice"),
        (
            'unless = ["email client"]',
            "unless = [7]",
            "unless: has one that must be words in quotes",
        ),
        ('words = ["client", "{who} is a client"]', "", r"hint 1 \(no words\): words: is missing"),
        ('"he", ', '"", ', "lists.who: has one that is empty"),
        ('"{who} is', '"{nobody} is', "words: there is no list 'nobody'"),
        ('source = "RSC"', 'source = "RSC"\nin_names = 1', "in_names: must be true or false"),
        ("[lists]", "[list]", "list: is unknown"),
        ("[[hints]]", "[[hints]", "cannot be read"),
        (GOOD, "", "hints: is missing"),
        (
            'source = "RSC"',
            'source = "RSC"\n' + GOOD[GOOD.index("[[") :],
            "words: 'client' stand in two hints",
        ),
    ],
)
def test_a_broken_file_is_refused_with_the_reason(tmp_path, old, new, problem):
    with pytest.raises(BrokenContent, match=problem):
        read(written(tmp_path, GOOD.replace(old, new, 1)))


def written(tmp_path, text):
    path = tmp_path / "hints.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_manage_py_check_looks_at_every_language(tmp_path):
    assert broken_hints(CONTENT) == run_checks(tags=["language"]) == []
    assert every_hint_is_whole in registry.registry.get_checks()
    (tmp_path / "cy").mkdir()
    (error,) = broken_hints(tmp_path)
    assert str(error) == ("cy/hints.toml: (language.E001) cannot be read: there is no such file")
