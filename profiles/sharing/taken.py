"""What was taken along through a share, and by whom: what stopping cannot pull back."""

import json
from datetime import datetime
from typing import Any

from profiles.access.log import NEWEST
from profiles.access.models import Happened
from profiles.access.sentences import NOT_SAID, row_for
from profiles.core import codes
from profiles.pages.models import Profile
from profiles.sharing.models import ConsentEvent, Share


def papers(share: Share) -> list[dict[str, Any]]:
    """What was printed, and by whom."""
    rows = share.papers.latest_first().select_related("edition", "look")
    rows = rows.exclude(look__happened=Happened.TOOK_RECORD)  # it is in a record, not on paper
    keeper, since = _keepers_until(share)
    return [
        {
            "edition": row.edition.number,
            "at": row.printed_at,
            "code": codes.shown(row.code),
            "by": _by(row.look, share.profile),
            "keeper": keeper if since is None or row.printed_at < since else "",
        }
        for row in rows
    ]


def _keepers_until(share: Share) -> tuple[str, datetime | None]:
    """By what name a keeper shared it, or ""; and when its person said yes to it, if they did."""
    if share.by_keeper:
        return share.keeper_name or "", None
    given = share.events.filter(kind=ConsentEvent.Kind.GIVEN).in_order().with_profile(share.profile)
    named = json.loads(given[0].terms).get("keeper", "") if given else ""
    return named, given[-1].happened_at if given else None


def copies(share: Share) -> list[dict[str, Any]]:
    """The files that were taken, but for those that a record has."""
    looks = share.looks.copies().latest_first().select_related("edition")
    return [
        {
            "edition": look.edition.number if look.edition else None,
            "at": look.looked_at,
            "by": _by(look, share.profile),
        }
        for look in looks
    ]


def records(share: Share) -> list[dict[str, Any]]:
    """The records that have taken the page, each once: it goes on being there. The newest first."""
    looks = share.looks.of_kinds([Happened.TOOK_RECORD]).latest_first()
    looks = looks.select_related("edition", "paper", "share")
    rows: dict[str, dict[str, Any]] = {}
    for look in looks[:NEWEST].with_profile(share.profile):
        who = row_for(look).who
        if who in rows:
            rows[who]["times"] += 1
            continue
        rows[who] = {
            "who": NOT_SAID.lower() if who == NOT_SAID else who,
            "edition": look.edition.number if look.edition else None,
            "at": look.looked_at,
            "code": codes.shown(look.paper.code) if hasattr(look, "paper") else "",
            "times": 1,
        }
    return [*rows.values()]


def _by(look: Any, profile: Profile) -> str:
    """Who took it along; "" for the person themself."""
    if look is None:
        return ""
    look.profile = profile
    return ", ".join(filter(None, [look.reader_said, look.reader_role]))
