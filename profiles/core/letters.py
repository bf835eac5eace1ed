"""Letters that nobody sees."""

from typing import Final

# Marks that turn the direction of words, or stand between letters and take no room. Messages and
# mail programs put them around what people copy.
UNSEEN: Final = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)

# What counts as a letter, and is drawn as nothing: the fillers of Korean syllables.
BLANK: Final = "\u115f\u1160\u3164\uffa0"


def can_be_seen(name: str) -> bool:
    """Is there a letter or a digit in it that is drawn? Then people can tell whose name it is."""
    return any(letter.isalnum() and letter not in BLANK for letter in name)
