"""The words of a Markdown text, each where it stands: without code, and without addresses."""

import re
from typing import Final

FENCE: Final = re.compile(r"^[ \t>]*(`{3,}|~{3,})", re.MULTILINE)
NOT_WORDS: Final = re.compile(
    r"""
    (?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)            # `code`, and ``code with a ` in it``
    | (?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+["'(][^\n]*?["')])?\)   # [words](address)
    | ^[ ]{0,3}\[[^\]\n]+\]:[^\n]*                        # [name]: address
    | <[a-zA-Z][\w+.-]*:[^<>\s]*>                         # <https://…>
    | \bhttps?://\S+                                      # https://…
    | </?[a-zA-Z][^<>]*>                                  # a tag
    | <!--.*?-->                                          # a comment
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


def words_of(markdown: str) -> str:
    """The text with stops for whatever is not words, so that every word keeps its place."""
    return NOT_WORDS.sub(_blank, _without_fences(markdown))


def _without_fences(markdown: str) -> str:
    """The text without its fenced blocks; one that is never closed goes on to the end."""
    kept, fence = [], ""
    for line in markdown.splitlines(keepends=True):
        found = FENCE.match(line)
        opens = found[1] if found else ""
        inside = bool(fence) or bool(opens)
        if fence and opens.startswith(fence) and line.strip(" \t>\r\n") == opens:
            fence = ""
        elif not fence:
            fence = opens
        kept.append(_dots(line) if inside else line)
    return "".join(kept)


def _blank(found: re.Match[str]) -> str:
    return _dots(found[0])


def _dots(text: str) -> str:
    """A stop for every letter, so that no phrase reaches across; lines end where they did."""
    return re.sub(r"[^\r\n]", ".", text)
