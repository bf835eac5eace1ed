"""A sentence that quotes somebody's words ends once, whether or not they brought a stop along."""

from typing import Final

ENDS: Final = ".!?…。．！？｡؟۔।॥։።"  # what ends a sentence, in the scripts that people write here
_AROUND: Final = "\"'”’»›)]）］」』 \t\u00a0\u200e\u200f\u2069\u202c"  # and may close behind it


def full_stop_after(words: str) -> str:
    """The full stop of a sentence that ends with these words; "" if they end it already."""
    return "" if words.rstrip(_AROUND).endswith(tuple(ENDS)) else "."


def ended(words: str) -> str:
    """The words as the end of a sentence."""
    return words + full_stop_after(words)
