"""Letters that nobody sees."""

from typing import Final

# Marks that turn the direction of words, or stand between letters and take no room. Messages and
# mail programs put them around what people copy.
UNSEEN: Final = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
