"""Look for words that hurt in a leaflet, a letter or a web page, before people read it."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser

from profiles.language.hints import Hint, hints
from profiles.language.markdown import hints_in

SOME: Final = 1
NOT_READ: Final = 2
MARKDOWN: Final = frozenset({".md", ".markdown"})
STANDARD_INPUT: Final = "-"


class Unreadable(ValueError):
    """A file that cannot be looked at; its text is the sentence to show."""


class Command(BaseCommand):
    """Needs no database, and changes nothing."""

    help = (
        "Looks for words that hurt in text or Markdown files, and says why, and what to say "
        "instead. Ends with 0 when there are none, with 1 when there are some, and with 2 for a "
        "file that is not there or is not text. Code and addresses in Markdown are left out."
    )
    requires_system_checks: list[str] = []  # Django's own way; some need a database

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the files, and how to print what is found."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="a file; - is standard input")
        parser.add_argument("--markdown", action="store_true", help="read every FILE as Markdown")
        parser.add_argument("--json", action="store_true", help="print one JSON list")

    def handle(
        self, *args: Any, files: list[str], markdown: bool, json: bool, **options: Any
    ) -> None:
        """Print every hint, file by file, and end with what came of it."""
        found, unread = [], False
        for name in files:
            try:
                text = _text_of(name)
            except Unreadable as sentence:
                self.stderr.write(str(sentence))
                unread = True
                continue
            is_markdown = markdown or Path(name).suffix.lower() in MARKDOWN
            found += [(name, hint) for hint in (hints_in if is_markdown else hints)(text)]
        self.stdout.write(_as_json(found) if json else _as_lines(found), ending="")
        if unread or found:
            sys.exit(NOT_READ if unread else SOME)


def _as_lines(found: Iterable[tuple[str, Hint]]) -> str:
    return "".join(f"{name}:{hint.line}:{hint.column}: {hint.sentence}\n" for name, hint in found)


def _as_json(found: Iterable[tuple[str, Hint]]) -> str:
    rows = [
        {
            "file": name,
            "line": hint.line,
            "column": hint.column,
            "words": hint.words,
            "why": hint.why,
            "instead": hint.instead,
            "source": hint.source,
        }
        for name, hint in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _text_of(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    except FileNotFoundError:
        raise Unreadable(f"There is no file {name}.") from None
    except IsADirectoryError:
        raise Unreadable(f"{name} is a folder. Name the files in it.") from None
    except (OSError, ValueError):
        raise Unreadable(f"We could not read {name}. Check that you may open it.") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text:
        raise Unreadable(f"{name} is not plain text in UTF-8. Save it as text, or as Markdown.")
    return text
