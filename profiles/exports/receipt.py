"""A receipt as data, with the member names of ISO/IEC TS 27560:2023 (consent record structure).

The names are those of the header, processing, party and event sections of the standard, as its
authors' guide lists them (W3C DPV Community Group, "Consent Records and Receipts as per ISO/IEC TS
27560:2023", August 2024). `schema/consent-receipt-1.json` says which we give and what is in them.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Final

from profiles.sharing.days import is_whole_day
from profiles.sharing.decided import AUTHORITY, Mode
from profiles.sharing.ledger import NOT_THEIRS, By
from profiles.sharing.receipts import EventKind, LedgerEntry, Receipt
from profiles.topics.load import load

SCHEMA_VERSION: Final = "tell-it-once/consent-receipt/1"
PERSON, OPERATOR, READER, KEEPER = "person", "operator", "reader", "keeper"
# A page tells of health, faith and daily life: all of it is treated as UK GDPR Article 9 data.
SPECIAL: Final = "health, belief and daily life (UK GDPR Article 9)"
STATES: Final[Mapping[EventKind, str]] = {
    EventKind.ASKED: "requested",
    EventKind.REFUSED: "refused",
    EventKind.GIVEN: "given",
    EventKind.CHANGED: "reconfirmed",
    EventKind.PAUSED: "paused",
    EventKind.RESUMED: "resumed",
    EventKind.WITHDRAWN: "withdrawn",
    EventKind.EXPIRED: "expired",
}
A_FEW_DAYS: Final = timedelta(days=3)
FOR_THEM: Final = {Mode.FOR_ME, Mode.TOLD}  # never called consent
RIGHTS: Final = (
    "See everything", "Take a copy", "Change it", "Delete it", "Stop sharing at any time",
)  # fmt: skip


def as_data(receipt: Receipt, *, site: str, contact: str) -> dict[str, Any]:
    """The receipt as the members of a JSON object. `site` is our address, for the ways to act."""
    return {
        "schema_version": SCHEMA_VERSION,
        "record_id": receipt.share_ref,
        "pii_principal_id": receipt.person_ref,
        "pii_processing": [_processing(entry, receipt, site) for entry in receipt.agreed],
        "party_identification": _parties(receipt, site, contact),
        "events": [_event(entry) for entry in receipt.entries],
    }


def _processing(entry: LedgerEntry, receipt: Receipt, site: str) -> dict[str, Any]:
    return {
        "privacy_notice": {
            "version": entry.wording_version,
            "text": entry.wording,
            "shown_at": entry.at.isoformat(),
        },
        "language": entry.wording_language,
        "purposes": [_purpose(entry, receipt, site)],
    }


def _purpose(entry: LedgerEntry, receipt: Receipt, site: str) -> dict[str, Any]:
    ends = entry.ends_at.isoformat() if entry.ends_at else ""
    return {
        "purpose": "That the reader knows who the person is and how to help them well",
        "lawful_basis": _basis(entry),
        "pii_information": [_information(key, entry) for key in entry.topics]
        + ([_photo()] if entry.with_photo else []),
        "pii_controllers": [OPERATOR],
        "collection_method": "Written by the person, or by somebody at their side",
        "processing_method": _method(entry, receipt),
        "storage_locations": [site],
        "retention_period": f"Shown until {ends}; kept until the person deletes their page",
        "recipient_third_parties": [READER],
        "withdrawal_method": f"{site}/me/sharing/{receipt.share_ref}/stop/",
        "privacy_rights": list(RIGHTS),
        "jurisdiction": "GB-EAW",
        "authority_party": "Information Commissioner’s Office",
    }


def _method(entry: LedgerEntry, receipt: Receipt) -> str:
    if receipt.is_for_clinic:
        return "Taken by the computer of a hospital or clinic, and kept in its records"
    return "Shown on a screen, and printed or kept" if entry.may_print else "Shown on a screen"


def _information(key: str, entry: LedgerEntry) -> dict[str, Any]:
    topic = load().by_key.get(key)
    return {
        "pii_type": topic.title if topic else key,
        "pii_attribute_id": key,
        "pii_optional": True,
        "special_pii_category": SPECIAL,
        "kept_from_others": key in entry.kept_topics,
    }


def _photo() -> dict[str, Any]:
    return {
        "pii_type": "My photo",
        "pii_attribute_id": "photo",
        "pii_optional": True,
        "special_pii_category": SPECIAL,
        "kept_from_others": False,
    }


def _parties(receipt: Receipt, site: str, contact: str) -> list[dict[str, str]]:
    return [
        {
            "party_id": PERSON,
            "party_name": "The person this page is about",
            "party_role": "PII principal",
            "party_type": "natural person",
        },
        {
            "party_id": OPERATOR,
            "party_name": "The people who run this site",
            "party_role": "PII controller",
            "party_type": "organisation",
            "party_url": site,
            **({"party_contact": contact} if contact else {}),
        },
        {
            "party_id": READER,
            "party_name": receipt.reader,
            "party_role": "recipient",
            "party_type": "third party",
        },
        *([_keeper(receipt.keeper)] if receipt.keeper else []),
    ]


def _keeper(name: str) -> dict[str, str]:
    return {
        "party_id": KEEPER,
        "party_name": f"{name}, who kept this page for the person",
        "party_role": "representative",
        "party_type": "natural person",
    }


def _event(entry: LedgerEntry) -> dict[str, Any]:
    event: dict[str, Any] = {
        "event_time": entry.at.isoformat(),
        "entity_id": whose(entry),
        "event_type": type_of(entry),
        "event_state": STATES[entry.kind],
        "event_id": entry.ref,
    }
    if entry.ends_at and entry.ends_at > entry.at:
        event["validity_duration"] = _lasting(entry.at, entry.ends_at)
    if entry.decided:
        event["how_decided"] = list(entry.decided.sentences)
    return event


def _lasting(begins: datetime, ends: datetime) -> str:
    """How long, as ISO 8601 has it: in days; or to the minute, where it ends within a few."""
    lasts = ends - begins
    if is_whole_day(ends) or lasts > A_FEW_DAYS:
        return f"P{lasts.days}D"
    return f"PT{ceil(lasts / timedelta(minutes=1))}M"


def whose(entry: LedgerEntry) -> str:
    """Who did it."""
    if entry.kind is EventKind.EXPIRED or entry.by in {By.HANDOVER, *NOT_THEIRS}:
        return OPERATOR
    return KEEPER if entry.is_keepers else PERSON


def type_of(entry: LedgerEntry) -> str:
    """A decision that was made for the person is never called consent."""
    if entry.in_force and entry.in_force.mode in FOR_THEM:
        return "decision made for the person"
    return "explicit consent"


def _basis(entry: LedgerEntry) -> str:
    decided = entry.in_force
    if decided and decided.mode is Mode.FOR_ME:
        return f"a decision made for the person: {AUTHORITY[decided.authority].lower()}"
    if decided and decided.mode is Mode.TOLD:
        return "a decision made for the person: whoever kept their page says they were told yes"
    return "explicit consent"
