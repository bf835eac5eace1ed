"""Of a Markdown text, what somebody reads is looked at, each word where it stands in the file."""

import re
from time import process_time

import pytest

from profiles.language.markdown import Reading, hints_in


def found(text: str) -> list[str]:
    return [hint.words for hint in hints_in(text)]


def places(text: str) -> list[tuple[int, int, str]]:
    return [(hint.line, hint.column, hint.words) for hint in hints_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "`client`",
        "``the client's ` tick``",
        "```\nclient\n```",
        "```python\nclient\n\nclient\n```\n",
        "``` client\n```",
        "~~~\nclient\n```\nclient\n~~~",
        "> ```\n> client\n> ```",
        "   ````\nclient\n```\nclient\n````",
        "```\nclient that is never closed",
        "    client",
        "- Tea\n\n      client",
        "[here](https://example.org/client)",
        "[here](<client a>)",
        "[here](/client/(client)/x 'Tea')",
        "![A garden](client.png)",
        "[here]: https://example.org/client",
        "[here]: x 'A client that nobody reads'",
        "<https://example.org/client>",
        "<client@example.org>",
        "Go to https://example.org/*client*/x today",
        "Go to www.example.org/client today",
        "Ask a.client@example.org or client@example.org.",
        '<img src="client.png">',
        'Tea <b title="client">today</b>',
        "<!-- client\nclient -->",
        "Tea <!-- client\nclient --> today",
        "<!-- client that is never closed",
        "<script>\nclient\n</script>",
        "Tea <code>client</code> today",
        "<pre>\nclient\n\nclient</pre>",
        "service `x` user",
        "|a|\n|-|\n|b|client|",
    ],
)
def test_code_addresses_and_what_is_not_shown_are_no_words(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A client",
        "# A client",
        "A client\n===",
        "## A client ##",
        "1. ```sh\n   pip\n   ```\n\nA client.",
        "- ```\n  x\n  ```\n- A client.",
        "``` this is code ```\nA client.",
        "Dear <name of person\n\nA client.\n\nYours>",
        "# Title `one\n\nA client.\n\n## Title two`",
        "One `a\n\nA client. `b`",
        "> A client",
        ">>> A client",
        ">" * 40 + " A client",
        "- " * 40 + "client",
        "- A client (and more)",
        "+ [ ] A client",
        "|a|b|\n|-|-|\n|c|A client|",
        "|client|\n|-|",
        "A ~~client~~",
        "[a client](https://example.org)",
        "[a client][here]\n\n[here]: x",
        "[here](x 'A client')",
        "[here]\n\n[here]: x\n  (A client)",
        '![here]\n\n> [here]: x "A \\"client\\""',
        "![A client](x.png)",
        "![A [client](y)](x.png)",
        "Tea[^1]\n\n[^1]: client",
        "Tea[^1]\n\n[^1]: Cake.\n\n    A client.",
        "Tea[^1]\n\n[^1]: Cake.\n\n       A client.",
        "Tea.\n[^1]: Cake.\n[^2]: A client.",
        "Tea[^client]",
        "<div>A client</div>",
        "<details>\n<summary>A client</summary>",
        "Tea <code>is a client",
        "<custom-tag> A client",
        "A &#99;lient",
        "A cl<b>ie</b>nt",
        "A \\*client\\*",
        "5 < 6, a client > 4",
        "[a client](https://example.org/(x",
        "[a client] (x)",
        "a client](x)",
        "[[a client](x)](y)",
        "[a client](x y)",
        "[a client][no such name]",
        "![]([a client",
        "[" * 1001 + "a client" + "]" * 1001 + "\n\n[a]: b",
        "A client[^2]",
        "A client <!--> x",
        "Tea <!--> A client -->",
        "Tea <!---> A client -->",
        "A client <!-- x",
    ],
)
def test_every_word_that_somebody_reads_is_looked_at(text: str) -> None:
    assert found(text) == ["client"]


@pytest.mark.parametrize(
    "text",
    [
        "**wheelchair** bound",
        "wheelchair *bound*",
        "***wheelchair** bound*",
        "~~wheelchair~~ bound",
        "wheelchair-**bound**",
        "wheel**chair** bound",
        "[wheelchair](x 'Tea') bound",
        "[wheelchair][a] bound\n\n[a]: x 'Tea'",
        "wheelchair\nbound",
        "wheelchair  \nbound",
        "wheelchair\\\nbound",
        "> wheelchair\n> bound",
        "> wheelchair\nbound",
        "- wheelchair\n  bound",
        "wheelchair<br>bound",
        "wheelchair <!-- x --> bound",
        "wheelchair&nbsp;bound",
        "wheelchair&#32;bound",
        "wheel&shy;chair bound",
        "wheelchair\\-bound",
        "wheelchair[^1] bound\n\n[^1]: Tea",
        "<p>wheelchair\n<em>bound</em>",
        "![wheelchair **bound**](x)",
        "wheelchair\rbound",
        "wheelchair\r\nbound",
    ],
)
def test_a_phrase_is_found_across_marks_lines_and_entities(text: str) -> None:
    (words,) = found(text)
    assert re.sub(r"[\W]", "", words) == "wheelchairbound"


@pytest.mark.parametrize(
    "text",
    [
        "# wheelchair\nbound",
        "wheelchair\n\nbound",
        "wheelchair\n===\nbound",
        "- wheelchair\n- bound",
        "> wheelchair\n\nbound",
        "|wheelchair|bound|\n|-|-|",
        "|a|\n|-|\n|wheelchair|\n|bound|",
        "<p>wheelchair</p><p>bound</p>",
        "[^1]: wheelchair\n[^2]: bound",
        "wheelchair ![bound](x)",
        "wheelchair ![](x) bound",
        "[wheelchair](x 'bound')",
        "wheelchair\n***\nbound",
        "wheelchair <https://example.org> bound",
        "wheelchair \\* bound",
        "*[wheelchair*](x) bound",
    ],
)
def test_two_blocks_never_make_one_phrase(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text, line, column",
    [
        ("# A client #", 1, 5),
        ("> a\n>   b **client**", 2, 9),
        ("- a\n\n  b\n\n      code\n\n  A client", 7, 5),
        ("|a|b|\n|-|-|\n| client \\| x| y |", 3, 3),
        ("> |a|b|\n> |-|-|\n> |`x`|a \\| client|", 3, 13),
        ("|a|b|\n|-|-|\n|a| client|", 3, 5),
        ("&amp; &lt; client", 1, 12),
        ("\\* client", 1, 4),
        ("[x](y\n'A client')", 2, 4),
        ("[x]\n\n\n[x]: y\n 'A client'", 5, 5),
        ("a\r\nb\rclient", 3, 1),
        ("\tclient", 0, 0),
        ("1.\tclient", 1, 4),
        ("<div>\n  <p>client", 2, 6),
        ("a \\\n   client", 2, 4),
        ("\n\n- - client\n", 3, 5),
        ("Tea[^1]\n\n[^1]:\n    client", 4, 5),
        ("Head\nclient\n===", 2, 1),
        ("a client  \n", 1, 3),
    ],
)
def test_a_word_keeps_its_place_in_the_file(text: str, line: int, column: int) -> None:
    assert places(text) == ([(line, column, "client")] if line else [])


def test_hints_come_in_the_order_of_the_file() -> None:
    text = "A [client](x 'A case') and\na case.\n\n- Clients\n"
    assert places(text) == [
        (1, 4, "client"),
        (1, 17, "case"),
        (2, 3, "case"),
        (4, 3, "Clients"),
    ]


@pytest.mark.parametrize(
    "text, read",
    [
        ("*foo bar*", "foo bar"),
        ("a * foo bar*", "a * foo bar*"),
        ("foo_bar_baz", "foo_bar_baz"),
        ("**foo*bar**", "foo*bar"),
        ("`foo`bar` baz", "bar` baz"),
        ("[not a `link](/foo`)", "[not a )"),
        ("[foo <bar attr='](baz)'>", "[foo "),
        ("[link](foo(and(bar)) 'title')", "link title"),
        ('[link](/url "title "and" title")', '[link](/url "title "and" title")'),
        ("![foo *bar*](train.jpg)", "foo bar"),
        ("[foo][bar][baz]\n\n[baz]: /url", "[foo]bar"),
        ("[foo]: /url\n\n[foo]", "foo"),
        ("[Foo*bar\\]]:my_(url) 'title'\n\n[Foo*bar\\]]", "Foo*bar] title"),
        ("\\## foo", "## foo"),
        ("&copy; &amp; &#35; &nosuch;", "© & # &nosuch;"),
        ("foo\n    bar", "foo bar"),
        ("- foo\n\n\tbar", "foo bar"),
        ("> # Foo\n> bar\nbaz", "Foo bar baz"),
        ("foo\n***\nbar", "foo bar"),
        ("~~foo~~ ~bar~", "foo ~bar~"),
        ("<a><bab><c2c>foo", "foo"),
        ("<33> foo", "<33> foo"),
        ("foo ![toolong [bar](x)](y)", "foo toolong bar"),
    ],
)
def test_what_is_read_is_what_commonmark_shows(text: str, read: str) -> None:
    assert Reading(text).text.replace(".", " ").split() == read.split()


HOSTILE = [
    "`", "[", "]", "![", "*", "_", "~", "<", ">", "&", "|", "\\", "a\n", "- ", "> ", "- a\n", ">\n",
    "[a", "[a](", "[a](b", "[a](b)", '[a](b "', "[a][", "a]", "*a ", "*a*", "a**b", "<a ", "<!-- ",
    "<!-- a --->", "x <?", "<b>", "&amp;", "\\!", "`a``b ", "# a\n", "|a|\n", "a\n=\n", "1. a\n",
    "[a]: b 'c'\n", "[^a]: b\n", "<div>\n\n", "a.a", "a@", "client ", "a\u0301\u0327", "'a",
]  # fmt: skip


@pytest.mark.parametrize("sign", "\\`*_~[]<&!|")
def test_more_signs_than_any_person_writes_are_looked_at_as_they_stand(sign: str) -> None:
    assert found(f"a{sign} " * 25_000 + "\n\n`client`") == ["client"]


@pytest.mark.nightly  # by day, no test looks at a clock
@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
@pytest.mark.parametrize("before", ["", "x [^a] [a]\n\n[a]: b\n\n[^a]: c\n\nx"], ids=["", "x"])
def test_time_grows_with_the_length_and_no_faster(piece: str, before: str) -> None:
    """Twenty times the length is some twenty times the time; quadratic, it would be 400 times."""

    def seconds(length: int) -> float:
        text = before + piece * (length // len(piece))
        began = process_time()
        hints_in(text)
        return process_time() - began

    seconds(1000)
    assert seconds(40_000) < 100 * max(seconds(2_000), 0.005)
