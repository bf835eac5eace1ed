"""What kind of browser somebody is in, in words they would know it by."""

from typing import Final

# What a browser says of itself, and what people call it. The first that fits: most of them claim
# to be others besides.
BROWSERS: Final = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "FxiOS": "Firefox",
    "Firefox": "Firefox",
    "CriOS": "Chrome",
    "Chrom": "Chrome",
    "Safari": "Safari",
}
DEVICES: Final = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "an Android device",
    "CrOS": "a Chromebook",
    "Windows": "Windows",
    "Macintosh": "a Mac",
    "Linux": "Linux",
}


def in_words(user_agent: str) -> str:
    """Such as "Firefox on Windows"; empty where we cannot tell. Nothing else of it is kept."""
    kind, device = _first(BROWSERS, user_agent), _first(DEVICES, user_agent)
    return f"{kind} on {device}" if kind and device else kind


def _first(known: dict[str, str], user_agent: str) -> str:
    return next((words for sign, words in known.items() if sign in user_agent), "")
