"""Whatever somebody is called, every sentence that says it reads right, on every page."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

import pytest

from profiles.core.as_typed import OPEN
from profiles.core.encrypted_fields import EncryptedTextField
from profiles.permissions import PERMISSIONS, Who
from tests.drawn import NIGHTLY
from tests.factories import make_page
from tests.structure.everybody import Hall
from tests.structure.test_as_typed import VOID

pytestmark = pytest.mark.once
ARABIC: Final = "فاطمة الزهراء"
LONG: Final = "Maria-Concepción Oyelaran-Hughes ap Llywelyn van der Meulen!"  # of 60 letters
NAMES: Final = {  # the person's own, and everybody else's
    "nobody said one": ("", "Cal Jr."),
    "from right to left": (ARABIC, ARABIC),
    "long, and with an s": (LONG, "Jess"),
}
# What somebody is called by themself, and by others; and what people who look say of themselves.
WHO_THEY_ARE: Final = {"name", "reader_name", "keeper_name", "reader_said", "written_by", "said_by"}
CALLED: Final = {"Ana", "Nan", "Jo"}  # what stands under "What to call me", in the hall
# Who is asked to open what. Others see the same there.
MOST: Final = (Who.OWNER, Who.KEEPER, Who.WORKER, Who.WRITES)
THEIRS: Final = {
    "supporters:invitation": (Who.OTHER,), "supporters:handed": (Who.OTHER,),
    "supporters:home": (Who.KEEPER, Who.WRITES), "workers:with_me": (Who.WORKER,),
    "workers:promised": (Who.WORKER,), "workers:hello": (Who.WORKER,),
}  # fmt: skip
NO_PAGES: Final = ("archive", "everything", "json", "pdf", "txt", "csv", "file", "picture", "photo")
OF_NOBODY: Final = ("account_", "mfa_", "house:help", "house:privacy", "house:acc", "house:example")
INLINE: Final = {"a", "b", "bdi", "bdo", "em", "i", "span", "strong", "small", "code"}
WRONG: Final = {
    "two stops": re.compile(r"(?<![.…])[.!?…]\.(?!\.)"),
    "twice whose": re.compile(r"[’']s[’']s\b"),
    "no name before its ’s": re.compile(r"(?:^|[\s(“])[’']s\b"),
    "no name before a sign": re.compile(r"\S\s+[,.;!?](?:\s|$)|“”|‘’|\(\)"),
    "None": re.compile(r"\bNone\b(?! of )"),
    "an empty place": re.compile(r"\bHello,(?! I’m| my name)|\b(?:beside|called|for|with)[.,] "),
}


class Sentences(HTMLParser):
    """The sentences of a page, each as it is read; and the names in them that nothing isolates."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.words = ""
        self.alone = True
        self.turned: list[str] = []
        self.bare = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self._end()
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self._end()
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.open]
        if {"script", "style", "textarea", "head", "option"} & {*tags} and "title" not in tags:
            return
        self.words += data
        isolated = OPEN in data or any(
            tag in {"bdi", "title"} or attrs.get("dir") in {"auto", "rtl"}
            for tag, attrs in self.open
        )
        self.bare = self.bare or (ARABIC in data and not isolated)

    def _end(self) -> None:
        said = " ".join(self.words.split())
        if said:
            self.said.append(said)
        if self.bare and said.strip(".:") != ARABIC:
            self.turned.append(said)
        self.words, self.bare = "", False


def addresses() -> Iterator[tuple[Who, str]]:
    """Every page that one of these people may open, and on which somebody may be named."""
    for name, door in PERMISSIONS.items():
        if not name.endswith(NO_PAGES) and not name.startswith(OF_NOBODY):
            may = [who for who in MOST if who in (door.get or ())]
            theirs = THEIRS.get(name, [who for who in may if who is Who.KEEPER or who is may[0]])
            yield from ((who, name) for who in theirs)


def addresses_for(case: str) -> list[tuple[Who, str]]:
    """All of them; by day, the names that nothing turns around take turns at them."""
    everything = [*addresses()]
    if NIGHTLY or case == "from right to left":
        return everything
    return everything[[*NAMES].index(case) // 2 :: 2]


@pytest.mark.parametrize("case", NAMES)
def test_a_name_reads_right_in_every_sentence(
    case: str, everybody: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_page(everybody.given["owner"], call_me="Ana")  # a second page in one account
    own, others = NAMES[case]
    opened = EncryptedTextField.from_plain

    def renamed(field: EncryptedTextField, plain: bytes) -> str:
        words = opened(field, plain)
        if words in CALLED:
            return own
        return others if words and field.name in WHO_THEY_ARE else words

    monkeypatch.setattr(EncryptedTextField, "from_plain", renamed)
    found = set()
    for who, name in addresses_for(case):
        answer = everybody.ask(who, name, "GET")
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            page = Sentences()
            page.feed(answer.content.decode())
            found |= {f"{name}: not isolated: {said}" for said in page.turned}
            found |= {
                f"{name}: {what}: {said}"
                for said in page.said
                for what, pattern in WRONG.items()
                if pattern.search(said)
            }
    assert not found, "\n".join(sorted(found))
