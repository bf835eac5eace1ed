"""The files that a computer takes: made of a sheet that came through the door, and encrypted."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.utils import timezone

from profiles.clinics.encryption import encrypted
from profiles.door.door import Opened
from profiles.door.own_pages import on_paper
from profiles.exports.fhir.collection import collection
from profiles.exports.fhir.document import document
from profiles.exports.fhir.subject import Subject
from profiles.pdf import printing
from profiles.sharing.clinic import ClinicLink
from profiles.sheet.sheet import Sheet


class File(StrEnum):
    """What there is to take."""

    COLLECTION = "collection"  # whom it is about, and the page as a PDF
    DOCUMENT = "document"  # the same words, heading by heading; a second PDF would confuse a desk


# Letters that each has at least, once it is encrypted: whoever takes fewer has none made for it.
SMALLEST: Final = {File.COLLECTION: 8_000, File.DOCUMENT: 2_000}


def files_of(
    opened: Opened, link: ClinicLink, *, code: str, wanted: Collection[File]
) -> dict[File, str]:
    """These files, each encrypted. Raises DoesNotFit, TooHard or Busy, as the printing does."""
    sheet = on_paper(opened.sheet, code, opened.share)
    return {
        file: encrypted(_built(file, sheet, link), content_key=link.content_key) for file in wanted
    }


def _built(file: File, sheet: Sheet, link: ClinicLink) -> dict[str, Any]:
    found_by, share = link.found_by, link.share
    subject = Subject(found_by.name, **asdict(found_by))
    said: dict[str, Any] = {
        "made_at": timezone.now(),
        "about": share.ref,
        "keeper": share.keeper,
    }
    if file is File.DOCUMENT:
        return document(sheet, subject, pdf=None, **said)
    return collection(sheet, subject, pdf=printing.make_pdf(sheet).pdf, **said)


def last_updated(opened: Opened) -> datetime:
    """When what is taken last changed: the words, or what was agreed to."""
    decided = opened.share.events.in_order().values_list("happened_at", flat=True).last()
    return max(filter(None, (opened.edition.frozen_at, decided)))
