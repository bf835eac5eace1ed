"""Every account's address is written in one way, in which capitals A to Z are small letters.

An account that was made with a capital could never be entered: its code was looked up in small
letters. Nobody is lost: where two accounts have one and the same address, written in two ways, the
one that signs in with it gets the pages of both, and is asked which of them to open.
"""

from collections import defaultdict
from typing import Any

from django.db import migrations

from profiles.core import addresses, codes

ABOUT = "email"  # profiles.sharing.models.AN_ADDRESS


def settle(apps: Any, schema_editor: Any) -> None:
    """Write the address of every account as `addresses.settled` does."""
    alike = defaultdict(list)
    for user in apps.get_model("profiles", "User").objects.order_by("pk"):
        alike[addresses.settled(user.email)].append(user)
    for settled, users in alike.items():
        first, *others = sorted(users, key=lambda user: _comes_first(user, settled))
        for other in others:
            _give_pages(apps, other, to=first)
        if first.email != settled:
            _find_by(apps, settled, before=first.email)
            first.email = settled
            first.save(update_fields=["email"])
        _settle_rows(apps, first, settled)


def _comes_first(user: Any, settled: str) -> tuple[bool, bool, float]:
    """Which of two accounts with one address signs in: as until now; else who was here last."""
    last = user.last_login.timestamp() if user.last_login else 0.0
    return user.email != settled, not last, -last


def _give_pages(apps: Any, other: Any, *, to: Any) -> None:
    pages = apps.get_model("profiles", "Profile").objects
    pages.filter(owner_id=other.pk).update(owner=to)
    pages.filter(kept_by_id=other.pk).update(kept_by=to)


def _find_by(apps: Any, settled: str, *, before: str) -> None:
    """What was meant for this address is found by a digest of it: by that of the new writing."""
    old = codes.digest(before.strip().casefold(), about=ABOUT)
    new = codes.digest(settled, about=ABOUT)
    for model, name in [("Share", "worker_digest"), ("Handing", "email_digest")]:
        apps.get_model("profiles", model).objects.filter(**{name: old}).update(**{name: new})
    supporters = apps.get_model("profiles", "Supporter").objects
    for supporter in supporters.filter(email_digest=old):
        is_asked = supporters.filter(profile=supporter.profile_id, email_digest=new)
        if not is_asked.exists():  # one address is asked once to help with one page
            supporters.filter(pk=supporter.pk).update(email_digest=new)


def _settle_rows(apps: Any, user: Any, settled: str) -> None:
    """The same in allauth's table, which may hold the address twice: in both ways."""
    every = apps.get_model("account", "EmailAddress").objects
    rows = every.filter(user_id=user.pk).order_by("-verified", "-primary", "pk")
    same = [row for row in rows if addresses.settled(row.email) == settled]
    if [row.email for row in same] == [settled]:
        return
    for row in same[1:]:
        row.delete()
    for row in same[:1]:
        elsewhere = every.exclude(user_id=user.pk).filter(email=settled, verified=True)
        row.email = settled
        row.verified = row.verified and not elsewhere.exists()
        row.primary = not rows.filter(primary=True).exclude(pk=row.pk).exists()
        row.save(update_fields=["email", "verified", "primary"])


class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0012_decision_supporter"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
