"""Are the words of the house kind? `kind_words_on(text)`, and where our words stand.

People's own words are theirs, and are left out: on our pages they stand under a `dir="auto"`.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final

from playwright.sync_api import Page

from profiles.language.hints import hints

# What a page says in our words. Its copy has no people's words in it, and no others' good examples.
HOUSE_WORDS: Final = """() => {
  const copy = document.documentElement.cloneNode(true);
  copy.querySelectorAll('[dir=auto], textarea, script, style').forEach(each => each.remove());
  const said = [...copy.querySelectorAll('*')].flatMap(each =>
    ['aria-label', 'alt', 'title', 'placeholder'].map(name => each.getAttribute(name) || ''));
  const blocks = [...copy.querySelectorAll('*')].flatMap(each =>
    [...each.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data));
  return [...said, ...blocks].filter(words => words.trim()).join(' .\\n');
}"""
SHOWN: Final = {
    "aria-label",
    "alt",
    "title",
    "placeholder",
    "content",
    "label",
    "data-offline",
    "data-failed",
}


def kind_words_on(text: str) -> list[str]:
    """A sentence for each word that hurts; an empty list is good."""
    return [hint.sentence for hint in hints(text)]


def kind_words_here(window: Page) -> list[str]:
    """The same for what the open page says in our words."""
    return kind_words_on(window.evaluate(HOUSE_WORDS))


def words_of_python(source: str) -> Iterator[str]:
    """Every text in a program that somebody could read: of two words or more, and no docstring."""
    tree = ast.parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(words)) if id(node) not in docstrings:
                yield from [words] if " " in words.strip() else []


def words_of_toml(source: str) -> Iterator[str]:
    """Every text in a TOML file, but not the words that a person may use: they are theirs."""
    values = tomllib.loads(source)
    asked_back = [each["ask"] for each in values.pop("coach", [])]
    yield from _texts([values, asked_back])


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from _texts(each)
        case dict():
            for each in value.values():
                yield from _texts(each)


def words_of_template(source: str) -> str:
    """What a template says: its text, what its tags are given in quotes, and its labels."""
    source = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", source, flags=re.DOTALL)
    given = [
        words
        for tag in re.findall(r"\{%.*?%\}", source, flags=re.DOTALL)
        for _, words in re.findall(r"""(["'])(.*?)\1""", tag)
        if " " in words
    ]
    reader = _Reader()
    reader.feed(re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " … ", source, flags=re.DOTALL))
    return " .\n".join([*given, *reader.said])


class _Reader(HTMLParser):
    """Gathers the text of a page, and of the attributes that are read out or shown."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [words for name, words in attrs if name in SHOWN and words]

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.said.append(data)
