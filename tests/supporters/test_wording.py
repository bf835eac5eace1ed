"""The words somebody says yes to when they let somebody help."""

import hashlib
import shutil

import pytest
from django.core.checks import registry, run_checks

from profiles.supporters.checks import (
    broken_sentences,
    every_sentence_about_helpers_is_there,
)
from profiles.supporters.models import Supporter
from profiles.supporters.wording import CONTENT, read, wording_for
from tests.topics.content import say_in

May = Supporter.May
# As in tests/sharing/test_wording.py: a changed word is a new version, and a new row here.
VERSIONS = {"1": "c0e72454cc7ca521aabbe2fc3b74f2e8de628c52e51401904db9225f4ad8928a"}


def test_a_changed_word_is_a_new_version():
    said = hashlib.sha256((CONTENT / "en" / "helpers.toml").read_bytes()).hexdigest()
    assert VERSIONS[read("en")["version"]] == said


def test_whoever_may_do_more_is_told_of_more():
    see, suggest, write = (set(wording_for(may, []).text.splitlines()) for may in May)
    assert see < suggest < write


def test_what_nobody_else_sees_is_named():
    text = wording_for(May.SEE, ["health"]).text
    assert "My health" in text
    assert "My health" not in wording_for(May.SEE, []).text


def test_it_always_says_how_to_stop_and_that_they_never_share():
    for may in May:
        text = wording_for(may, []).text
        assert "stop this at any time" in text
        assert "never share your page" in text


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('version = "1"', "", "(supporters.E003) version: is missing"),
        ('never = "', 'ever = "', "(supporters.E002) ever: is unknown"),
        ("this helper", "{helper}", "(supporters.E004) kept: must be a sentence in which nothing"),
        ('see = "They', 'see = " They', "(supporters.E004) see: begins or ends with a space"),
    ],
)
def test_manage_py_check_names_a_sentence_that_is_wrong(tmp_path, old, new, problem):
    folder = shutil.copytree(CONTENT, tmp_path / "content")
    say_in(folder / "en" / "helpers.toml", old, new)
    assert str(broken_sentences(folder)[0]).startswith(f"en/helpers.toml: {problem}")


def test_manage_py_check_looks_at_our_own_sentences():
    assert broken_sentences(CONTENT) == run_checks(tags=["supporters"]) == []
    assert every_sentence_about_helpers_is_there in registry.registry.get_checks()
