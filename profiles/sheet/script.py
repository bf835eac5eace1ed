"""Which way a line is read, and in what language, told from its own letters."""

import unicodedata
from typing import Final, Literal

Direction = Literal["ltr", "rtl"]

RIGHT_TO_LEFT: Final = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
)

# The likeliest language of a script, for a line that is not in its answer's own script.
LIKELY: Final = {
    "ARABIC": "ar", "HEBREW": "he", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko",
    "CYRILLIC": "ru", "GREEK": "el", "DEVANAGARI": "hi", "BENGALI": "bn", "GURMUKHI": "pa",
    "GUJARATI": "gu", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml",
    "SINHALA": "si", "THAI": "th", "LAO": "lo", "TIBETAN": "bo", "MYANMAR": "my", "KHMER": "km",
    "ETHIOPIC": "am", "GEORGIAN": "ka", "ARMENIAN": "hy",
}  # fmt: skip
SCRIPT_OF: Final = {
    **{language: script for script, language in LIKELY.items()},
    "ur": "ARABIC", "fa": "ARABIC", "ps": "ARABIC", "sd": "ARABIC", "ckb": "ARABIC", "ug": "ARABIC",
    "ks": "ARABIC", "yi": "HEBREW", "uk": "CYRILLIC", "bg": "CYRILLIC", "sr": "CYRILLIC",
    "be": "CYRILLIC", "mk": "CYRILLIC", "ne": "DEVANAGARI", "mr": "DEVANAGARI", "ti": "ETHIOPIC",
    "as": "BENGALI",
}  # fmt: skip
URDU_ONLY: Final = frozenset("ٹڈڑںےہھ")
PERSIAN_ONLY: Final = frozenset("پچژگ")


def first_strong(text: str) -> Direction | None:
    """The direction of the first letter that has one, as a browser's dir="auto" finds it."""
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return None


def direction_of(language: str) -> Direction:
    """The direction a language is written in."""
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def script_of(text: str) -> str:
    """The Unicode name of the script of a line's first letter, or "" if it has no letter."""
    for letter in text:
        if letter.isalpha():
            return unicodedata.name(letter, "").partition(" ")[0].partition("-")[0]
    return ""


def language_of(text: str, otherwise: str) -> str:
    """The answer's own language, unless this line is plainly written in another script."""
    script = script_of(text)
    if script == "LATIN" and otherwise.split("-")[0].lower() in SCRIPT_OF:
        return "en"
    if script not in LIKELY or SCRIPT_OF.get(otherwise.split("-")[0].lower()) == script:
        return otherwise
    if otherwise.split("-")[0].lower() == "ja" and script == "CJK":
        return otherwise
    if script == "CJK" and any("HIRAGANA" in unicodedata.name(letter, "") for letter in text):
        return "ja"
    if script == "ARABIC" and URDU_ONLY & set(text):
        return "ur"
    if script == "ARABIC" and PERSIAN_ONLY & set(text):
        return "fa"
    return LIKELY[script]
