"""Everything about a page in one zip file, with a few plain words that say what each part is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils import timezone

from profiles.door.door import Copy
from profiles.exports.fhir.document import document
from profiles.exports.fhir.subject import named_on
from profiles.exports.files import written
from profiles.exports.markdown import markdown
from profiles.exports.plain import plain
from profiles.exports.portable import as_portable
from profiles.exports.web_page import web_page

NAME: Final = "tell-it-once.zip"
READ_ME: Final = "read-me-first.txt"
EVERYTHING: Final = "everything-i-said.json"  # the one that can be brought back
MOST_ROWS: Final = 10_000  # of earlier words, and of looks: a zip file is made in memory


@dataclass(frozen=True, kw_only=True)
class Member:
    """One file in the zip, and what the read-me says of it."""

    name: str
    data: bytes
    words: str


def for_readers(
    copy: Copy, papers: Mapping[str, bytes], about: str, keeper: str
) -> Iterator[Member]:
    """The page as others get it: on paper, by layout; as a web page; as plain words; and for a
    record, in which the names of things are made of `about`, and a `keeper` is named.
    """
    for key, pdf in papers.items():
        title = copy.in_layouts[key].layout.title
        yield Member(name=f"my-page-{key}.pdf", data=pdf, words=f"To print: “{title}”.")
    yield Member(
        name="my-page.html",
        data=web_page(copy.page).encode(),
        words="A web page. It opens in any browser, and needs no internet.",
    )
    yield Member(
        name="my-page.txt",
        data=plain(copy.page).encode(),
        words="Only the words, to paste into an email or a message.",
    )
    yield Member(
        name="my-page.md",
        data=markdown(copy.page).encode(),
        words="The words with headings (Markdown), for programs that keep notes.",
    )
    yield Member(
        name="my-page.fhir.json",
        data=written(
            document(
                copy.page,
                named_on(copy.page),
                pdf=papers.get(copy.page.layout.key),
                made_at=_moment(copy),
                about=about,
                keeper=keeper,
            )
        ),
        words="For the computer of a hospital or clinic: a health record document (FHIR R4).",
    )


def _moment(copy: Copy) -> datetime:
    """When what it says came about: its words, or the day that stands on it. So the same page makes
    the same file, and another page another.
    """
    day = timezone.make_aware(datetime.combine(copy.page.made_on, time.min))
    return max(copy.edition.frozen_at, day)


def with_all_that_was_said(
    copy: Copy, history: Mapping[str, Any], photo: bytes
) -> Iterator[Member]:
    """What was said, now and before, with what is kept from everybody else; and the photos."""
    yield Member(
        name=EVERYTHING,
        data=written(as_portable(copy.everything)),
        words="All the answers as they are now. Tell It Once can read this file back.",
    )
    yield Member(
        name="earlier-words.json",
        data=written(history),
        words="Every answer that was ever saved, and words that are typed and not saved.",
    )
    for entry in copy.everything.entries:
        if entry.photo:
            words = f"The photo beside “{entry.title}”."
            yield Member(name=f"photo-{entry.topic}.jpg", data=entry.photo.whole, words=words)
    if photo:
        yield Member(name="photo.jpg", data=photo, words="The whole photo, before it was cropped.")


def who_looked(table: str, looks: Mapping[str, Any]) -> Iterator[Member]:
    """The log of the page, for a spreadsheet and for another program."""
    yield Member(
        name="who-looked.csv",
        data=table.encode(),
        words="Who looked at the page, and when. It opens as a table.",
    )
    yield Member(
        name="who-looked.json", data=written(looks), words="The same, for another program to read."
    )


def help_had(data: Mapping[str, Any]) -> Iterator[Member]:
    """What others suggested, and what was decided for the person."""
    yield Member(
        name="help.json",
        data=written(data),
        words="What others suggested, what became of it, and what was decided by others.",
    )


def promised(data: Mapping[str, Any]) -> Iterator[Member]:
    """What others promised."""
    yield Member(
        name="promises.json",
        data=written(data),
        words="What others promised, by which day, and what became of it.",
    )


def consent(
    history: Sequence[Mapping[str, Any]], receipts: Sequence[Mapping[str, Any]]
) -> Iterator[Member]:
    """What was decided about sharing."""
    yield Member(
        name="what-i-decided.json",
        data=written({"format": "tell-it-once/decided/1", "entries": list(history)}),
        words="Everything you decided about sharing, and the words you were shown.",
    )
    yield Member(
        name="receipts.json",
        data=written({"format": "tell-it-once/receipts/1", "receipts": list(receipts)}),
        words="A receipt for each share, in the form of ISO/IEC TS 27560.",
    )


def pack(
    *,
    readers: Sequence[Member],
    private: Sequence[Member],
    left_out: Sequence[str],
    made_on: date,
    for_someone: bool,
) -> bytes:
    """The zip file. What stands in it is in its read-me, and what could not be put in too."""
    context = {
        "readers": readers,
        "private": private,
        "left_out": left_out,
        "made_on": made_on,
        "for_someone": for_someone,
        "everything": EVERYTHING,
    }
    read_me = render_to_string("exports/read_me_first.txt", context)
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        _add(zipped, READ_ME, read_me.encode(), made_on)
        for member in (*readers, *private):
            _add(zipped, member.name, member.data, made_on)
    return file.getvalue()


def _add(zipped: ZipFile, name: str, data: bytes, day: date) -> None:
    info = ZipInfo(name, date_time=(day.year, day.month, day.day, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16  # else some systems unpack files that nobody may read
    zipped.writestr(info, data)
