"""Representative FHIR files of ours, for whoever checks all of them at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

from profiles.core.names import AND_CHECKED
from profiles.exports.fhir.collection import collection
from profiles.exports.fhir.consent import consent
from profiles.exports.fhir.document import document
from profiles.exports.fhir.subject import Subject, named_on
from profiles.sharing.decided import Decided, Mode
from profiles.sharing.ledger import By
from profiles.sharing.models import Share
from profiles.sharing.receipts import EventKind, LedgerEntry, Receipt
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


SITE = "https://example.org"
BY_PERSON = Decided(mode=Mode.ME)
WITH_HELP = Decided(mode=Mode.HELPED, helper="Dee <b>", help=("read",), shown="signed")
FOR_THEM = Decided(
    mode=Mode.FOR_ME, authority="best_interests", decided_by="Dr Rees", asked="Amir",
    person_showed="She smiled", can_object="She turns away",
)  # fmt: skip
TOLD = Decided(mode=Mode.TOLD, decided_by="Rosa", help=("read",), shown="pointed")


def make_entry(kind: EventKind, days: int = 0, **changes: Any) -> LedgerEntry:
    """An entry of a ledger, so many days after the first."""
    given: dict[str, Any] = {
        "ref": f"{kind}-{days}",
        "kind": kind,
        "at": MADE_AT + timedelta(days=days),
        "reader": "Ward 4",
        "keeper": "",
        "by": None,
        "topics": ("call_me", "important", "calm"),
        "kept_topics": (),
        "with_photo": True,
        "may_print": True,
        "ends_at": MADE_AT + timedelta(days=90),
        "decided": None,
        "in_force": BY_PERSON,
        "wording": "",
        "wording_version": "",
        "wording_language": "",
    }
    if kind in {EventKind.GIVEN, EventKind.CHANGED}:
        decided = changes.get("in_force", BY_PERSON)
        shown = {"wording": "Ward 4 can see it.\nYou can stop.", "wording_version": "2"}
        given |= {"decided": decided, "wording_language": "en"} | shown
    return LedgerEntry(**given | changes)


def make_receipt(*entries: LedgerEntry, **changes: Any) -> Receipt:
    """A share that somebody gave, and what became of it."""
    given: dict[str, Any] = {
        "share_ref": "mcMr2Sg_KDsm0lZyO9-HZQ",
        "person_ref": "0HgVb-yJwTRZ3lk_9cQ6Aw",
        "kind": Share.Kind.LINK,
        "reader": "Ward 4",
        "entries": entries or (make_entry(EventKind.GIVEN),),
    }
    return Receipt(**given | changes)


def receipts() -> dict[str, Receipt]:
    """Shares of every kind that a ledger tells of, by what each is."""
    kept = {"by": By.KEEPER, "keeper": "Rosa", "in_force": TOLD}
    return {
        "given": make_receipt(),
        "all of it": make_receipt(
            make_entry(EventKind.GIVEN),
            make_entry(EventKind.CHANGED, 1, in_force=WITH_HELP, may_print=False),
            make_entry(EventKind.PAUSED, 2),
            make_entry(EventKind.RESUMED, 3),
            make_entry(EventKind.WITHDRAWN, 4),
            make_entry(EventKind.EXPIRED, 90),
        ),
        "paused": make_receipt(make_entry(EventKind.GIVEN), make_entry(EventKind.PAUSED, 1)),
        "for them": make_receipt(make_entry(EventKind.GIVEN, in_force=FOR_THEM)),
        "kept": make_receipt(make_entry(EventKind.GIVEN, **kept)),
        "kept on": make_receipt(
            make_entry(EventKind.GIVEN, **kept),
            make_entry(EventKind.PAUSED, 1, **kept | {"by": By.HANDOVER}),
            make_entry(EventKind.GIVEN, 2, by=By.PERSON, keeper="Rosa"),
        ),
        "hostile": make_receipt(
            make_entry(EventKind.GIVEN, reader=HOSTILE[0], topics=("gone", "calm")),
            reader=HOSTILE[2],
        ),
    }


def consents() -> dict[str, dict[str, Any]]:
    """A Consent of each of them."""
    return {name: consent(each, site=SITE) for name, each in receipts().items()}
