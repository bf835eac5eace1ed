"""Wherever somebody's words are shown, a number in them stands as it was typed."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from profiles.core.as_typed import OPEN
from profiles.core.encrypted_fields import EncryptedTextField
from profiles.permissions import PERMISSIONS
from tests.drawn import NIGHTLY
from tests.structure.everybody import Hall
from tests.structure.test_templates import TEMPLATES

pytestmark = pytest.mark.once  # how a page looks is the same on every database

NUMBER = "07700 900456"
TYPED = f" دينا {NUMBER}"
# What is sealed and is no words that somebody reads in a sentence.
NO_WORDS = {
    "birth_date", "code", "content_key", "decided", "email", "gender", "helped_by", "key",
    "nhs_number", "passcode", "terms", "worker_email", "wording",
}  # fmt: skip
NO_PAGES = ("archive", "everything", "json", "pdf", "txt")
PAGES = sorted(
    name for name, allow in PERMISSIONS.items() if allow.get and not name.endswith(NO_PAGES)
)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
AS_IT_IS = {"textarea", "option", "script", "style"}  # nothing can be set apart in these


class Reader(HTMLParser):
    """Finds the numbers that are shown and could be turned round by what is around them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.turned: list[str] = []
        self.seen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for before in data.split(NUMBER)[:-1]:
            self.seen += 1
            if not self._is_set_apart(before):
                self.turned.append(f"{[tag for tag, _ in self.open][-3:]}: {data.strip()[-150:]}")

    def _is_set_apart(self, before: str) -> bool:
        return before.rfind(OPEN) > before.rfind("\u2069") or any(
            tag in AS_IT_IS
            or (tag == "bdi" and attrs.get("dir") == "ltr")
            or attrs.get("class") == "visually-hidden"
            for tag, attrs in self.open
        )


@pytest.fixture
def with_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever anybody wrote ends with a word from right to left, and a number."""

    def opened(field: EncryptedTextField, plain: bytes) -> str:
        words = plain.decode()
        return words + TYPED if words and field.name not in NO_WORDS else words

    monkeypatch.setattr(EncryptedTextField, "from_plain", opened)


@pytest.mark.parametrize("name", PAGES)
def test_a_number_stands_as_it_was_typed(name: str, everybody: Hall, with_numbers: None) -> None:
    turned = [each for page in shown(everybody, name) for each in page.turned]
    assert not turned, "\n".join(dict.fromkeys(turned))


@pytest.mark.parametrize("name", ["access:looked", "door:read", "sharing:share", "workers:sorry"])
def test_there_is_a_number_on_such_pages(name: str, everybody: Hall, with_numbers: None) -> None:
    assert any(page.seen for page in shown(everybody, name))


def test_what_is_joined_in_a_sentence_is_set_apart_before() -> None:
    joined = re.compile(r"(?<!each_as_typed)\|join:")
    assert not [path for path in TEMPLATES.rglob("*.html") if joined.search(path.read_text())]


def shown(hall: Hall, name: str) -> Iterator[Reader]:
    """This page, as each person sees it who may; by day, as one of them does, by turns."""
    may = sorted(PERMISSIONS[name].get or ())
    for who in may if NIGHTLY else [may[PAGES.index(name) % len(may)]]:
        answer = hall.ask(who, name, "GET")
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            reader = Reader()
            reader.feed(answer.text)
            yield reader
