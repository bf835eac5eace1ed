"""A share and its ledger, in the words of FHIR R4's Consent: what was decided, by whom, until when.

FHIR has this one name for it, also where somebody decided for the person. There the file says so,
and never that the person consented.
"""

import base64
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format

from profiles.exports.fhir.codes import coding, concept
from profiles.exports.fhir.narrative import as_typed, in_sentence, narrative, paragraph
from profiles.exports.fhir.pieces import as_string, moment
from profiles.exports.receipt import KEEPER, OPERATOR, PERSON, type_of, whose
from profiles.sharing.decided import Mode
from profiles.sharing.receipts import EventKind, LedgerEntry, Receipt
from profiles.topics.load import load

OPENS: Final = {EventKind.GIVEN, EventKind.RESUMED}
CLOSES: Final = {EventKind.PAUSED, EventKind.WITHDRAWN, EventKind.EXPIRED}
ENDS: Final = {EventKind.WITHDRAWN, EventKind.EXPIRED}
THEIR_OWN: Final = {Mode.ME, Mode.HELPED}
THE_PERSON: Final = "The person this page is about"
OUR_LANGUAGE: Final = "en-GB"
OURS: Final = "urn:tell-it-once"

# FHIR's own codes. That of the scope has a display which would call everything a consent.
SCOPE: Final = coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy")
DISCLOSURE: Final = coding(
    "http://terminology.hl7.org/CodeSystem/v3-ActCode", "IDSCL", "information disclosure"
)
RECIPIENT: Final = coding(
    "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP", "information recipient"
)
CARE: Final = coding(
    "http://terminology.hl7.org/CodeSystem/v3-ActReason", "CAREMGT", "care management"
)
_ACTION: Final = "http://terminology.hl7.org/CodeSystem/consentaction"
SEE: Final = coding(_ACTION, "access", "Access")
KEEP: Final = coding(_ACTION, "collect", "Collect")


def consent(receipt: Receipt, *, site: str, subject_name: str = "") -> dict[str, Any]:
    """One share as it stands by its ledger, with every entry of that. `site` is our address."""
    agreed = (receipt.agreed or receipt.entries)[-1]
    person = _person(receipt, subject_name)
    return {
        "resourceType": "Consent",
        "language": OUR_LANGUAGE,
        "text": narrative(_told(receipt), OUR_LANGUAGE),
        "contained": [
            _entry(number, entry, person) for number, entry in enumerate(receipt.entries, 1)
        ],
        "identifier": [{"system": f"{OURS}:share", "value": receipt.share_ref}],
        "status": _status(receipt),
        "scope": concept(SCOPE),
        "category": [concept(DISCLOSURE), concept(text=type_of(agreed))],
        "patient": person,
        "dateTime": moment(agreed.at),
        "performer": [_who_decided(agreed, person)],
        **_words_shown(agreed),
        "policy": [{"authority": site, "uri": f"{site}/me/sharing/{receipt.share_ref}/receipt/"}],
        "policyRule": concept(text=_version(agreed)),
        "verification": [_verified(agreed, person)],
        "provision": _provision(receipt, agreed),
    }


def _status(receipt: Receipt) -> str:
    """Does it show anything, as the last entry says that opened or closed it?"""
    kinds = [entry.kind for entry in receipt.entries if entry.kind in OPENS | CLOSES]
    return "active" if kinds and kinds[-1] in OPENS and not ENDS & {*kinds} else "inactive"


def _person(receipt: Receipt, name: str) -> dict[str, Any]:
    return {
        "identifier": {"system": f"{OURS}:person", "value": receipt.person_ref},
        "display": as_string(name) or THE_PERSON,
    }


def _is_theirs(entry: LedgerEntry) -> bool:
    """Is it the person's own decision, with help or without?"""
    return entry.in_force is not None and entry.in_force.mode in THEIR_OWN


def _who_decided(entry: LedgerEntry, person: dict[str, Any]) -> dict[str, Any]:
    if _is_theirs(entry) or entry.in_force is None:
        return person
    return {"display": as_string(entry.in_force.decided_by) or "Somebody who decided for them"}


def _words_shown(entry: LedgerEntry) -> dict[str, Any]:
    """The very text that was decided about."""
    if not entry.wording:
        return {}
    return {
        "sourceAttachment": {
            "contentType": "text/plain",
            "language": entry.wording_language,
            "data": base64.b64encode(entry.wording.encode()).decode(),
            "title": "The words that were shown",
        }
    }


def _version(entry: LedgerEntry) -> str:
    return f"Version {entry.wording_version} of our words, in {entry.language_shown}"


def _verified(entry: LedgerEntry, person: dict[str, Any]) -> dict[str, Any]:
    """Was it the person who said it to us?"""
    if not _is_theirs(entry):
        return {"verified": False}
    return {"verified": True, "verifiedWith": person, "verificationDate": moment(entry.at)}


def _provision(receipt: Receipt, agreed: LedgerEntry) -> dict[str, Any]:
    """What the reader may see, and until when. What stands last in the ledger counts: something
    may have been taken away again, without a yes to it.
    """
    now = receipt.entries[-1]
    began = next((each for each in receipt.entries if each.kind is EventKind.GIVEN), agreed)
    over = [entry.at for entry in receipt.entries if entry.kind in ENDS]
    ends = [*over, *([now.ends_at] if now.ends_at else [])]
    return {
        "type": "permit",
        "period": {
            "start": moment(began.at),
            **({"end": moment(max(began.at, min(ends)))} if ends else {}),
        },
        "actor": [
            {
                "role": concept(RECIPIENT),
                "reference": {"display": as_string(receipt.reader) or "A reader"},
            }
        ],
        "action": [concept(SEE), *([concept(KEEP)] if now.may_print else [])],
        "purpose": [CARE],
        **({"code": codes} if (codes := list(_topics(now))) else {}),
    }


def _topics(entry: LedgerEntry) -> Iterator[dict[str, Any]]:
    """What may be seen, in the order of the page."""
    known = load().by_key
    keys = sorted(entry.topics, key=lambda key: [*known, key].index(key))
    titles = {key: known[key].title if key in known else key for key in keys}
    if entry.with_photo:
        titles["photo"] = "My photo"
    for key, title in titles.items():
        yield concept(coding(f"{OURS}:topic", key, title), text=title)


def _entry(number: int, entry: LedgerEntry, person: dict[str, Any]) -> dict[str, Any]:
    """One entry of the ledger: what happened, when, and who did it."""
    who = {
        PERSON: person,
        OPERATOR: {"display": "The people who run this site"},
        KEEPER: {"display": as_string(entry.keeper) or "Whoever kept the page then"},
    }
    return {
        "resourceType": "Provenance",
        "id": f"entry-{number}",
        "target": [{"reference": "#"}],  # the whole of it
        "occurredDateTime": moment(entry.at),
        "recorded": moment(entry.at),
        "activity": concept(text=as_string(entry.sentence)),
        "agent": [{"who": who[whose(entry)]}],
    }


def _told(receipt: Receipt) -> Iterator[str]:
    """The receipt in words, as its page tells it."""
    for entry in receipt.entries:
        yield f"<h2>{in_sentence(entry.sentence)}</h2>"
        yield paragraph(_in_words(entry.at))
        if entry.decided:
            yield from (paragraph(in_sentence(said)) for said in entry.decided.sentences)
        if entry.wording:
            shown = (f"<li>{in_sentence(said)}</li>" for said in entry.sentences_shown)
            yield f"<p>What was shown:</p><ul>{''.join(shown)}</ul>"
            yield paragraph(as_typed(_version(entry)))


def _in_words(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j F Y, H:i")
