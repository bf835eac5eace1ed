"""We say nothing to people that our own hints would ask others to think about."""

from pathlib import Path

import pytest

from profiles.language.hints import hints
from profiles.language.markdown import hints_in
from tests.kind_words import kind_words_on, words_of_python, words_of_template, words_of_toml

HOUSE = Path(__file__).parents[2]
PROFILES = HOUSE / "profiles"
PYTHON = [path for path in PROFILES.rglob("*.py") if "migrations" not in path.parts]
TOML = [path for path in PROFILES.rglob("*.toml") if path.name != "hints.toml"]  # it names them
TEMPLATES = [path for path in (HOUSE / "templates").rglob("*") if path.suffix in {".html", ".txt"}]
FOR_PEOPLE = [HOUSE / "README.md", HOUSE / "CHANGELOG.md"]

ALLOWED = {
    "profiles/core/crypto.py": {"The setting"},  # it is one of the program's
    "profiles/house/gallery.py": {
        "client",
        "activities",
    },  # so that builders see what a hint looks like
}


def about(path: Path) -> str:
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("path", TEMPLATES, ids=about)
def test_no_template_and_no_email_says_a_word_that_hurts(path: Path) -> None:
    assert kind_words_on(words_of_template(path.read_text())) == []


@pytest.mark.parametrize("path", TOML, ids=about)
def test_no_topic_and_no_consent_says_one(path: Path) -> None:
    assert kind_words_on(" .\n".join(words_of_toml(path.read_text()))) == []


@pytest.mark.parametrize("path", PYTHON, ids=about)
def test_no_sentence_in_our_code_says_one(path: Path) -> None:
    said = hints(" .\n".join(words_of_python(path.read_text())))
    assert {hint.words for hint in said} == ALLOWED.get(about(path), set())


@pytest.mark.parametrize("path", FOR_PEOPLE, ids=about)
def test_what_we_write_about_ourselves_says_none(path: Path) -> None:
    assert hints_in(path.read_text()) == []
