"""Of a Markdown text, only its words are looked at, each where it stands."""

import pytest

from profiles.language.hints import hints
from profiles.language.markdown import words_of

NOT_WORDS = [
    "`client`",
    "``the client's ` tick``",
    "```\nclient\n```",
    "```python\nclient\n\nclient\n```\n",
    "~~~\nclient\n```\nclient\n~~~",
    "> ```\n> client\n> ```",
    "   ````\nclient\n```\nclient\n````",
    "```\nclient that is never closed",
    "[here](https://example.org/client)",
    "[here](/client/(client)/x 'client')",
    "![A garden](client.png)",
    "[here]: https://example.org/client",
    "<https://example.org/client>",
    "Go to https://example.org/client today",
    '<img src="client.png">',
    "<!-- client\nclient -->",
    "service `x` user",
]


@pytest.mark.parametrize("text", NOT_WORDS)
def test_code_and_addresses_are_no_words(text):
    assert hints(words_of(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "# A client",
        "A **client**",
        "[a client](https://example.org)",
        "`code` and a client",
        "```\ncode\n```\na client",
        "~~~\ncode\n~~~\n\na client",
        "A tick ` and a client",
        "- a client (and more)",
        "5 < 6, a client > 4",
    ],
)
def test_everything_else_is(text):
    assert [hint.words for hint in hints(words_of(text))] == ["client"]


@pytest.mark.parametrize("text", [*NOT_WORDS, "a\r\n```\r\nb\r\n```\r\nc", "", "`", "```", "[]("])
def test_every_word_keeps_its_place(text):
    kept = words_of(text)
    assert len(kept) == len(text)
    assert [at for at, letter in enumerate(kept) if letter in "\r\n"] == [
        at for at, letter in enumerate(text) if letter in "\r\n"
    ]
