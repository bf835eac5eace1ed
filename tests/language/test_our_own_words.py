"""We say nothing to people that our own hints would ask others to think about."""

from pathlib import Path
from typing import TypeVar

import pytest

from profiles.language.hints import hints
from profiles.language.markdown import hints_in
from tests.kind_words import kind_words_on, words_of_python, words_of_template, words_of_toml

T = TypeVar("T")
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


# All files in one test: alone, each would take longer to call than to read.


def test_no_template_and_no_email_says_a_word_that_hurts() -> None:
    said = {about(path): kind_words_on(words_of_template(path.read_text())) for path in TEMPLATES}
    assert only_what_is_said(said) == {}


def test_no_topic_and_no_consent_says_one() -> None:
    said = {
        about(path): kind_words_on(" .\n".join(words_of_toml(path.read_text()))) for path in TOML
    }
    assert only_what_is_said(said) == {}


def test_no_sentence_in_our_code_says_one() -> None:
    said = {
        about(path): {hint.words for hint in hints(" .\n".join(words_of_python(path.read_text())))}
        for path in PYTHON
    }
    assert only_what_is_said(said) == ALLOWED


def test_what_we_write_about_ourselves_says_none() -> None:
    said = {about(path): hints_in(path.read_text()) for path in FOR_PEOPLE}
    assert only_what_is_said(said) == {}


@pytest.mark.parametrize("files", [TEMPLATES, TOML, PYTHON], ids=["templates", "toml", "python"])
def test_the_files_are_found(files: list[Path]) -> None:
    assert len(files) > 30


def only_what_is_said(said: dict[str, T]) -> dict[str, T]:
    """By file, without those that say nothing of the kind."""
    return {name: words for name, words in said.items() if words}
