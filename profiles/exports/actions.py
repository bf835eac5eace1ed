"""Asking for an archive that takes long to make."""

from django.db import transaction
from django.utils import timezone

from profiles.accounts.models import User
from profiles.exports.models import KeptArchive
from profiles.exports.notices import archive_is_ready
from profiles.notices.actions import owe
from profiles.pages.models import Profile


@transaction.atomic
def ask_for_archive(*, page: Profile, by: User) -> None:
    """Let a worker make it, keep it for a day, and email this account that it is ready."""
    page.lock()
    now, mine = timezone.now(), KeptArchive.objects.of(page, by)
    if mine.being_made().exists():
        return  # it is being made
    mine.delete()
    kept = KeptArchive.objects.create(profile=page, account=by, asked_at=now)
    owe(archive_is_ready, profile=page, about=kept.pk, at=now)
