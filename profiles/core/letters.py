"""Letters that nobody sees, and signs that are no words."""

import re
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


# A word processor marks the items of a list, and such marks come along when its text is pasted, or
# are typed. On our page each line is an item already. Some of its marks, and the smiles and arrows
# that it makes of ":)" and "-->", have no shape in any other program.
LIST_MARK: Final = re.compile(
    r"(?:[•▪▫■□●○◦‣⁃∙➢❖\uf02d\uf06f\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc]\s*|[·–*-](?:\s+(?=\S))|o\t\s*)+"
)
SIGNS_OF_ONE_PROGRAM: Final = str.maketrans(
    {"\uf04a": "☺", "\uf04c": "☹", "\uf0df": "←", "\uf0e0": "→", "\uf0f3": "↔", "\uf0fc": "✓"}
)


def without_list_mark(line: str) -> str:
    """The line as it is read on a page, without the mark that stood before it in a list."""
    words = line.lstrip()
    mark = LIST_MARK.match(words)
    return (words[mark.end() :] if mark else line).translate(SIGNS_OF_ONE_PROGRAM)
