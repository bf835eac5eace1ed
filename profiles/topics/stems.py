"""Words as they are compared: in small letters, without accents, and without their endings."""

import re
import unicodedata
from typing import Final

WORD: Final = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters without accents or apostrophes, each once."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "").replace("'", ""))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return list(dict.fromkeys(WORD.findall(letters)))


def stem(word: str) -> str:
    """A word without the ending that says how many, or that it goes on."""
    if len(word) > 4 and word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif len(word) > 4 and word.endswith(("sses", "xes", "zes", "ches", "shes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    elif len(word) > 5 and word.endswith("ing"):
        word = word[:-3]
        if word[-1] == word[-2] and word[-1] not in "ls":
            word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word
