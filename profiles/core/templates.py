"""How our templates are read: what only steers the drawing leaves no empty line in a page."""

import re

from django.template import Origin
from django.template.loaders import app_directories, filesystem

# These print nothing where they stand, and neither does the first tag of a pair, nor any tag that
# keeps what it finds `as` a name.
STEERING = {"elif", "else", "empty", "extends", "load"}
STEERING |= {"endblock", "endcomment", "endfor", "endif", "endwith"}
# Sentences, whose line breaks belong to what is translated; and what is shown as it was typed.
AS_WRITTEN = re.compile(
    r"\{%\s*(?P<tag>blocktrans(?:late)?|verbatim)\b.*?\{%\s*end(?P=tag)\b"
    r"|<(?P<element>pre|textarea)\b.*?</(?P=element)>",
    re.DOTALL,
)
LINE = re.compile(r"^([ \t]*)(\{[%#].*)\n", re.MULTILINE)  # one that begins with a tag
NAMED_SENTENCE = (
    r"\{%\s*blocktrans(?:late)?\b(?:(?!%\}).)*\sasvar\s.*?\{%\s*endblocktrans(?:late)?\s*%\}"
)
TAG = re.compile(rf"({NAMED_SENTENCE}|\{{%.*?%\}}|\{{#.*?#\}})")
PAIRED = re.compile(r"\{%\s*end(\w+)")
NAMED = re.compile(rf"\sas\s+\w+\s*%\}}$|^{NAMED_SENTENCE}$")
LAST_BREAK = re.compile(r"\n((?:\{% end(?:for|if|with) %\})*)\n?\Z")
KEPT_BREAK = "\0"  # stands for a line break that is to stay, and is in no template


def tidy(source: str) -> str:
    """A template that draws the same, without the lines that its steering tags would leave empty.

    A line of nothing but steering tags loses its indentation and its line break. Where a line is a
    whole {% if %}, or begins a branch, they move into the branch. A template's last line break goes
    too: the line that includes it has one. So no two words come together.
    """
    steering = STEERING | set(PAIRED.findall(source))

    def tidy_line(line: re.Match[str]) -> str:
        pieces = TAG.split(line[2])  # text and tags by turns, and text, if only "", at both ends
        text, tags = pieces[::2], pieces[1::2]
        if "".join(text).strip() or not all(_steers(tag, steering) for tag in tags):
            return _in_branches(pieces, indent=line[1]) or line[0]
        return "".join(tags)

    written = AS_WRITTEN.sub(lambda found: found[0].replace("\n", KEPT_BREAK), source)
    return LINE.sub(tidy_line, LAST_BREAK.sub(r"\1", written)).replace(KEPT_BREAK, "\n")


def _steers(tag: str, steering: set[str]) -> bool:
    return tag.startswith("{#") or _name(tag) in steering or bool(NAMED.search(tag))


def _name(tag: str) -> str:
    return tag[2:-2].split(maxsplit=1)[0]


def _in_branches(pieces: list[str], *, indent: str) -> str:
    """A line of nothing but branches, each a line of its own; or "" if it is not one."""
    depth, drawn = int(_name(pieces[1]) in {"elif", "else"}), ""
    for at, piece in enumerate(pieces):
        name = _name(piece) if at % 2 and piece.startswith("{%") else ""
        if piece and depth == 0 and (at > 1 or name != "if"):
            return ""
        depth += name == "if"
        ends = depth == 1 and name in {"elif", "else", "endif"} and at > 1
        begins = depth == 1 and name in {"if", "elif", "else"}
        drawn += ("\n" if ends else "") + piece
        if begins and not any(pieces[at + 1 :]):
            return drawn  # what is drawn begins on the next line
        drawn += indent if begins else ""
        depth -= name == "endif"
    return drawn + ("\n" if depth else "")


class _Tidied(filesystem.Loader):
    """Reads pages tidily. Whatever is not HTML, such as the text of an email, stays as it is."""

    def get_contents(self, origin: Origin) -> str:
        """What stands in a template."""
        contents = super().get_contents(origin)
        return tidy(contents) if origin.name.endswith(".html") else contents


class FromFolders(_Tidied):
    """The templates of our own folders."""


class FromApps(_Tidied, app_directories.Loader):
    """The templates that the apps bring along."""
