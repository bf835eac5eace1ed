"""Writing down how something was decided for a person who could not decide it then."""

from django.db import transaction

from profiles.access.actions import Reader, note
from profiles.access.models import Happened
from profiles.access.sentences import KEEPER
from profiles.pages.models import Profile
from profiles.sharing.decided import Decided
from profiles.supporters.actions import HELPER
from profiles.supporters.models import Decision, Supporter


@transaction.atomic
def write_down(
    *, profile: Profile, supporter: Supporter | None, about: str, tried: str, decided: Decided
) -> Decision:
    """Keep what was decided, by whom and why. It is never edited: another one is added.

    `supporter` is who writes it down; none: whoever keeps the page.
    """
    written_by = supporter.name if supporter else KEEPER
    decision = Decision.objects.create(
        profile=profile,
        supporter=supporter,
        written_by=written_by,
        about=about,
        tried=tried,
        decided=decided.as_json(),
    )
    reader = Reader(name=written_by, role=HELPER)
    note(Happened.DECIDED, profile=profile, reader=reader, words=about)
    return decision
