"""Representative Bundles of ours, for whoever checks all of them at once."""

from datetime import UTC, datetime
from typing import Any

from profiles.core.names import AND_CHECKED
from profiles.exports.fhir.collection import collection
from profiles.exports.fhir.document import document
from profiles.exports.fhir.subject import Subject, named_on
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto
from profiles.topics.load import load
from tests.imports.pages import JOS_PHOTO, make_sheet

MADE_AT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
PDF = b"%PDF-1.7 of a page"
JO = Subject("Jo Bright", "1956-03-04", "female", "9434765919")
HOSTILE = (
    "<b>loud</b> & <script>alert(1)</script> ]]> <!-- ",
    "\u202eturned\u202c \u2067and \u200fapart",
    "a bell \x07 and a \ufffe nothing \x00 \x85",
    "W" * 3000,
    "دينا 07700 900123\nWie geht’s?\nمیری بہن",
    "\u00a0 wide \u2003 spaces \u3000",
    "{{ settings }} {% now 'Y' %} ${x} %s",
)


def sheets() -> dict[str, Sheet]:
    """Pages of every kind that there is, by what each is."""
    beside = SheetPhoto(data=b"", alt='My "blue" cup & <saucer>')
    return {
        "jo": make_sheet(photo=JOS_PHOTO),
        "empty": make_sheet(
            SheetAnswer(topic="calm", text=" "), full_name="", helped_by=[], updated_on=None
        ),
        "every topic": make_sheet(
            *(SheetAnswer(topic=key, text=f"Of {key}.\nAnd more.") for key in load().by_key)
        ),
        "hostile": make_sheet(
            *(
                SheetAnswer(topic=topic, text=words, said_by=words, photo=beside)
                for topic, words in zip(load().by_key, HOSTILE, strict=False)
            ),
            full_name=HOSTILE[0],
            helped_by=list(HOSTILE),
            photo=beside,
        ),
        "urdu": make_sheet(
            SheetAnswer(topic="call_me", text="زینب", language="ur"),
            SheetAnswer(topic="important", text="پہلے چائے، 9:30 پر۔\nTea first.", language="ur"),
            SheetAnswer(topic="ring_first", text="بہن ڈی 01632 960123", language="ur"),
            language="ur",
            full_name="",
        ),
        "told by another": make_sheet(
            SheetAnswer(topic="call_me", text="Jo"),
            SheetAnswer(topic="important", text="Tea.", said_by=f"Dee{AND_CHECKED}"),
            SheetAnswer(topic="calm", text="Sit.", said_by="Dee"),
            SheetAnswer(topic="do", text="Knock.", said_by="Dee"),
            SheetAnswer(topic="story", text="I drove a crane."),
            helped_by=["Dee", "Amir", "Rosa"],
        ),
    }


def bundles() -> dict[str, dict[str, Any]]:
    """Bundles of every kind that we make, by what each is."""
    found = {}
    for name, sheet in sheets().items():
        about = f"share of {name}"
        given: dict[str, Any] = {"made_at": MADE_AT, "about": about}
        found[f"collection, {name}"] = collection(sheet, JO, pdf=PDF, **given)
        found[f"collection, {name}, kept"] = collection(
            sheet, Subject("Jo"), pdf=PDF, keeper="Rosa", **given
        )
        found[f"document, {name}"] = document(sheet, JO, pdf=PDF, **given)
        found[f"document, {name}, kept"] = document(sheet, JO, pdf=PDF, keeper="Rosa", **given)
        found[f"document, {name}, own"] = document(sheet, named_on(sheet), pdf=None, **given)
    return found
