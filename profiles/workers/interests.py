"""What a worker and a person both mention: whole words, and nothing cleverer. Pure."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

# The topics in which people say what they like. Only what a reader may see of them is ever asked.
INTERESTS: Final = frozenset({"interests", "important", "goals", "story"})
SHORTEST: Final = 4
MOST: Final = 5  # words in one line
# Words that everybody uses, and that say nothing of what somebody likes.
EVERYDAY: Final = frozenset(
    """
    about after again also always another anything because been before being best both came come
    comes could day days does doing done down each enjoy enjoys even ever every everyone everything
    feel first from gets give goes going good great growing happy hates have having help helps here
    home into just keep kind know last like liked likes little long look looking lots love loved
    loves made make makes making many matter matters mean mine more morning most much myself need
    needs never nice night nothing often once only other others people person please quite really
    same shall should some somebody someone something sometimes somewhere soon still such take talk
    talks tell than that their them then there these they thing things think this those time times
    today together told took used usually very want wanted wants week well went were what when
    where which while will with without work working works would year years your yours
    """.split()
)


def in_both(enjoys: str, lines: Iterable[str]) -> tuple[str, ...]:
    """The words that stand in both, as the worker wrote them, in the worker's order."""
    said = {_same(word) for line in lines for word in _words(line)} - EVERYDAY
    found = {_same(word): word for word in reversed([*_words(enjoys)]) if _same(word) in said}
    return tuple(reversed(found.values()))[:MOST]


def _words(text: str) -> Iterator[str]:
    """Whole words that are long enough to mean something."""
    for is_word, letters in groupby(unicodedata.normalize("NFC", text), _is_of_a_word):
        word = "".join(letters)
        if is_word and len(word) >= SHORTEST:
            yield word


def _is_of_a_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LM"


def _same(word: str) -> str:
    """A word without what is only its spelling: capitals, and letters written in two ways."""
    return unicodedata.normalize("NFKC", word).casefold()
