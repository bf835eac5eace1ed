"""Make a page from a portable file, with no database and no account."""

import secrets
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import ngettext

from profiles.core import codes
from profiles.core.pdf_standards import STANDARDS
from profiles.exports.fhir.document import document
from profiles.exports.fhir.subject import named_on
from profiles.exports.files import written
from profiles.exports.markdown import markdown
from profiles.exports.plain import plain
from profiles.exports.portable import as_portable
from profiles.exports.web_page import web_page
from profiles.imports.checking import MOST_BYTES, NotAProfile
from profiles.imports.portable import Portable, is_private, read, to_sheet
from profiles.pdf.printing import DoesNotFit, MadePage, TooHard, make_pdf_here
from profiles.sheet.catalogue import layouts
from profiles.sheet.sheet import Sheet
from profiles.sheet.sizes import SIZES
from profiles.sheet.themes import THEMES
from profiles.topics.load import load

FAULT: Final = 1
NOT_A_PROFILE: Final = 2
DOES_NOT_FIT: Final = 3
MOST_NAMED: Final = 3

NO_PAGE: Final = "We could not make this page, and nothing was written. The fault is ours."

Writer = Callable[[Sheet, MadePage], bytes]
WRITERS: Final[Mapping[str, Writer]] = MappingProxyType(
    {
        ".pdf": lambda sheet, made: made.pdf,
        ".html": lambda sheet, made: web_page(sheet).encode(),
        ".txt": lambda sheet, made: plain(sheet).encode(),
        ".md": lambda sheet, made: markdown(sheet).encode(),
    }
)
DATA: Final = ".json"
PORTABLE: Final = "tell-it-once"
FORMATS: Final[Mapping[str, Writer]] = MappingProxyType(  # of a data file
    {
        PORTABLE: lambda sheet, made: written(as_portable(sheet)),
        "fhir": lambda sheet, made: written(
            document(
                sheet,
                named_on(sheet),
                pdf=made.pdf,
                made_at=timezone.now(),
                about=codes.new_key(),
            )
        ),
    }
)
ENDINGS: Final = ".pdf, .html, .txt, .md or .json"


class Unusable(ValueError):
    """What was asked for cannot be done; its text is the sentence to show."""


class Command(BaseCommand):
    """Every kind of page keeps the one-page promise, so each is first made as a PDF."""

    help = (
        "Makes a page from a portable file, with no database. Says how many pages it is, the "
        "size of its print and how full it is. Ends with 2 for a file that is not a profile, "
        "and with 3 when the words do not fit: then no file is written."
    )
    requires_system_checks: list[str] = []  # Django's own way; some need a database

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file, the page, and what to show."""
        # Neither is needed for --list.
        parser.add_argument(
            "profile", metavar="PROFILE.json", nargs="?", default="", help="a tell-it-once/1 file"
        )
        parser.add_argument(
            "out", metavar="OUT.pdf", nargs="?", default="", help=f"the page: {ENDINGS}"
        )
        parser.add_argument(
            "--list", action="store_true", help="name every layout, size, theme and standard"
        )
        parser.add_argument("--layout", default="one-page", help=f"one of: {_list(layouts())}")
        parser.add_argument("--size", default="a4", help=f"one of: {_list(SIZES)}")
        parser.add_argument("--theme", default="notebook", help=f"one of: {_list(THEMES)}")
        parser.add_argument(
            "--standard", default=settings.PDF_STANDARD, help=f"one of: {_list(STANDARDS)}"
        )
        parser.add_argument(
            "--format",
            help=f"of a {DATA} file: one of {_list(FORMATS)}. Otherwise: {PORTABLE}",
        )
        parser.add_argument(
            "--topics",
            metavar="A,B",
            help="show these topics only. Otherwise: all but those that are private",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the page, or say in a sentence why there is none."""
        if options["list"]:
            self.stdout.write("\n".join(_everything()))
            return
        try:
            if not (options["profile"] and options["out"]):
                raise Unusable("Name the profile and the page, like: make_page jo.json jo.pdf")
            out = _usable_out(Path(options["out"]), profile=Path(options["profile"]))
            layout = layouts()[_one_of("layout", options["layout"], layouts())]
            size = SIZES[_one_of("size", options["size"], SIZES)]
            if size.key not in layout.sizes:
                raise Unusable(
                    f"The layout “{layout.key}” has no size “{size.key}”. "
                    f"Choose from: {_list(layout.sizes)}."
                )
            theme = THEMES[_one_of("theme", options["theme"], THEMES)]
            standard = _one_of("standard", options["standard"], STANDARDS)
            topics = _topics(options["topics"])
            writer = _writer(out, options["format"])
            portable = read(_contents(Path(options["profile"])))
            sheet = to_sheet(portable, layout=layout, made_on=timezone.localdate(), topics=topics)
            sheet = replace(sheet, theme=theme).on(size)
            made = make_pdf_here(sheet, standard)
            _write(out, writer(sheet, made))
        except (Unusable, NotAProfile, TooHard) as error:
            self._stop(NOT_A_PROFILE, str(error))
        except DoesNotFit as error:
            self._stop(DOES_NOT_FIT, f"{error} The longest answers: {_longest(error)}.")
        except Exception as fault:  # ours, not theirs: --traceback shows where
            if options["traceback"]:
                raise
            self._stop(FAULT, f"{NO_PAGE} ({type(fault).__name__})")
        for note in portable.notes:
            self.stderr.write(note)
        if topics is None and (left_out := _private(portable)):
            self.stderr.write(
                f"Left out, since they are private: {', '.join(left_out)}. To show them, name "
                f"all that you want, like: --topics {','.join(_all_of(portable))}"
            )
        if made.unprintable:
            self.stderr.write(f"We cannot print these letters: {' '.join(made.unprintable)}")
        pages = ngettext("{count} page", "{count} pages", made.pages).format(count=made.pages)
        self.stdout.write(f"{out}: {pages}, {made.print_pt:g} pt print. {made.fit.sentence}")

    def _stop(self, status: int, sentence: str) -> NoReturn:
        # Not CommandError: it would put its own name before the sentence.
        self.stderr.write(sentence)
        sys.exit(status)


def _everything() -> Iterator[str]:
    """Every layout with its sizes, every theme and every standard, a line each."""
    for key, layout in layouts().items():
        yield f"layout {key}: {layout.title}. Sizes: {_list(layout.sizes)}"
    for key, theme in THEMES.items():
        yield f"theme {key}: {theme.title}"
    for key, title in STANDARDS.items():
        yield f"standard {key}: {title}"


def _list(names: Any) -> str:
    return ", ".join(sorted(names))


def _longest(error: DoesNotFit) -> str:
    return ", ".join(
        f"{load().topic(key).title} ({key}, {_lines(count)})"
        for key, count in error.fit.longest[:MOST_NAMED]
    )


def _lines(count: int) -> str:
    return ngettext("{count} line", "{count} lines", count).format(count=count)


def _one_of(what: str, given: str, known: Any) -> str:
    if given not in known:
        raise Unusable(f"We do not know the {what} “{given}”. Choose from: {_list(known)}.")
    return given


def _topics(given: str | None) -> list[str] | None:
    if given is None:
        return None
    keys = [key.strip() for key in given.split(",") if key.strip()]
    if not keys:
        raise Unusable("Name at least one topic after --topics, like: --topics important,calm")
    return [_one_of("topic", key, load().by_key) for key in keys]


def _private(portable: Portable) -> list[str]:
    """The topics of a file that are shown only if they are named."""
    return [said.topic for said in portable.answers if is_private(said)]


def _all_of(portable: Portable) -> list[str]:
    return [said.topic for said in portable.answers if said.topic in load().by_key]


def _writer(out: Path, asked: str | None) -> Writer:
    if out.suffix.lower() == DATA:
        return FORMATS[_one_of("format", asked or PORTABLE, FORMATS)]
    if asked is not None:
        raise Unusable(f"Only a data file has a format. Let the page’s name, {out}, end in {DATA}.")
    return WRITERS[out.suffix.lower()]


def _usable_out(out: Path, *, profile: Path) -> Path:
    if out.suffix.lower() not in {*WRITERS, DATA}:
        raise Unusable(f"The page’s name, {out}, has to end in {ENDINGS}.")
    if out.is_dir():
        raise Unusable(f"{out} is a folder. Give the page a name of its own.")
    if not out.parent.is_dir():
        raise Unusable(f"There is no folder {out.parent} to put the page in.")
    if out.exists() and profile.exists() and out.samefile(profile):
        raise Unusable("The page would be written over the profile. Give it a name of its own.")
    return out


def _contents(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Unusable(f"There is no file {file}.") from None
    except IsADirectoryError:
        raise Unusable(f"{file} is a folder. Name the file in it.") from None
    except (OSError, ValueError):
        raise Unusable(f"We could not read {file}. Check that you may open it.") from None


def _write(out: Path, page: bytes) -> None:
    """Put the whole page there, or leave what was there as it was."""
    part = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
    try:
        try:
            part.write_bytes(page)
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
    except OSError:
        raise Unusable(f"We could not write {out}. Check that you may write there.") from None
