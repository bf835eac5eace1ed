"""What comes along when words are pasted from another program."""

from profiles.core.letters import without_list_mark

PASTED = {
    "·\tTea first.": "Tea first.",
    "•\tTea first.": "Tea first.",
    "  ▪ Tea first.": "Tea first.",
    "•Tea first.": "Tea first.",
    "\uf0b7\tTea first.": "Tea first.",
    "\uf0b7 - Tea first.": "Tea first.",
    "\uf0a7  Tea first.": "Tea first.",
    "o\tTea first.": "Tea first.",
    "- Tea first.": "Tea first.",
    "–  Tea first.": "Tea first.",
    "* Tea first.": "Tea first.",
    "\uf0b7": "",
    "Tea first \uf04a then \uf0e0 toast": "Tea first ☺ then → toast",
}
TYPED = [
    "-",
    "-5 is too cold for me.",
    "*Never* touch my chair.",
    "·tea",
    "o Tea",
    "1. Tea first.",
    "2) Then toast.",
    "Tea - two sugars - first.",
    "  Tea first.",
    "✓ Tea",
    "…",
]


def test_the_mark_of_a_list_is_no_word():
    assert {pasted: without_list_mark(pasted) for pasted in PASTED} == PASTED


def test_whatever_else_is_typed_stays():
    assert [without_list_mark(line) for line in TYPED] == TYPED


def test_it_is_done_once_and_for_all():
    lines = [without_list_mark(line) for line in PASTED]
    assert [without_list_mark(line) for line in lines] == lines
