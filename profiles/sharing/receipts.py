"""A receipt: everything that is in the ledger about one share, for its person to keep."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language_info

from profiles.sharing.decided import Decided
from profiles.sharing.ledger import By
from profiles.sharing.models import ConsentEvent, Share
from profiles.sharing.sentences import told

EventKind = ConsentEvent.Kind


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    """One entry of the ledger, as it was written."""

    ref: str
    kind: EventKind
    at: datetime
    reader: str
    keeper: str  # by what name a keeper had shared it, where its person had not said yes before
    by: By | None  # who did this, of what a keeper shared; none: the person, or nobody
    topics: tuple[str, ...]  # their keys, but for what the person had taken back by then
    kept_topics: tuple[str, ...]
    with_photo: bool
    may_print: bool
    ends_at: datetime | None
    decided: Decided | None  # how this was decided, where it had to be said
    in_force: Decided | None  # the decision that this entry rests on: its own, or the last one
    wording: str
    wording_version: str
    wording_language: str

    @property
    def sentence(self) -> str:
        """What happened, in words."""
        return told(self.kind, {"reader": self.reader, "keeper": self.keeper, "by": self.by})

    @property
    def is_keepers(self) -> bool:
        """Did whoever kept the page do this? Then it is never called the person's yes."""
        return self.by is By.KEEPER

    @property
    def language_shown(self) -> str:
        """What the language of those words is called, by whoever reads this now."""
        with suppress(KeyError):
            return str(get_language_info(self.wording_language)["name_translated"])
        return self.wording_language

    @property
    def sentences_shown(self) -> list[str]:
        """The words that were shown before this was decided."""
        return self.wording.splitlines()


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """One share, as the ledger tells it, oldest entry first."""

    share_ref: str
    person_ref: str
    kind: Share.Kind
    reader: str
    entries: tuple[LedgerEntry, ...]

    @property
    def keeper(self) -> str:
        """By what name a keeper shared it; "" if none did."""
        return next((entry.keeper for entry in self.entries if entry.is_keepers), "")

    @property
    def is_for_clinic(self) -> bool:
        """Is it with the computer of a hospital or clinic?"""
        return self.kind is Share.Kind.CLINIC

    @property
    def agreed(self) -> tuple[LedgerEntry, ...]:
        """The entries in which something was agreed to, with the words that were shown."""
        return tuple(entry for entry in self.entries if entry.wording)


def receipt_for(share: Share) -> Receipt:
    """The receipt of this share, from its ledger alone."""
    rows = share.events.in_order().with_profile(share.profile)
    return Receipt(
        share_ref=share.ref,
        person_ref=share.profile.key,
        kind=Share.Kind(share.kind),
        reader=share.reader_name,
        entries=tuple(_entries(rows)),
    )


def _entries(rows: Iterable[ConsentEvent]) -> Iterator[LedgerEntry]:
    in_force: Decided | None = None
    for row in rows:
        in_force = Decided.from_json(row.decided) or in_force
        yield _entry(row, in_force)


def _entry(row: ConsentEvent, in_force: Decided | None) -> LedgerEntry:
    terms: dict[str, Any] = json.loads(row.terms)
    ends_at, hidden = terms.get("ends_at"), terms.get("taken_back", ())
    return LedgerEntry(
        ref=row.ref,
        kind=EventKind(row.kind),
        at=row.happened_at,
        reader=terms.get("reader", ""),
        keeper=terms.get("keeper", ""),
        by=By(terms["by"]) if terms.get("by") else None,
        topics=tuple(topic for topic in terms.get("topics", ()) if topic not in hidden),
        kept_topics=tuple(terms.get("kept_topics", ())),
        with_photo=bool(terms.get("photo")),
        may_print=bool(terms.get("print")),
        ends_at=datetime.fromisoformat(ends_at) if ends_at else None,
        decided=Decided.from_json(row.decided),
        in_force=in_force,
        wording=row.wording,
        wording_version=row.wording_version,
        wording_language=row.wording_language,
    )
