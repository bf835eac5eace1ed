"""Writing down how something was decided for a person who could not decide it then."""

from django.db import transaction

from profiles.access.actions import Reader, note
from profiles.access.models import Happened
from profiles.access.sentences import KEEPER
from profiles.accounts.models import User
from profiles.pages.models import Profile
from profiles.sharing.decided import Decided
from profiles.supporters import rules
from profiles.supporters.actions import HELPER
from profiles.supporters.models import Decision, Supporter


def to_check(
    *, profile: Profile, supporter: Supporter | None, about: str, tried: str, decided: Decided
) -> Decision:
    """What would be kept, as it will stand: for whoever writes it, before it is written down."""
    return Decision(
        profile=profile,
        supporter=supporter,
        written_by=supporter.name if supporter else KEEPER,
        about=about,
        tried=tried,
        decided=decided.as_json(),
    )


@transaction.atomic
def write_down(
    *,
    profile: Profile,
    supporter: Supporter | None,
    by: User,
    about: str,
    tried: str,
    decided: Decided,
) -> Decision:
    """Keep what was decided, by whom and why. It is never edited: another one is added.

    `supporter` is who writes it down; none: whoever keeps the page. The same words again, in
    whatever window, are the one that stands there. Raises PermissionDenied if they do not help
    any more.
    """
    profile.lock()
    rules.may_write_down(by, profile, supporter).or_refuse()
    decision = to_check(
        profile=profile, supporter=supporter, about=about, tried=tried, decided=decided
    )
    if same := _same(decision):
        return same
    decision.save()
    reader = Reader(name=decision.written_by, role=HELPER)
    note(Happened.DECIDED, profile=profile, reader=reader, words=about)
    return decision


def _same(decision: Decision) -> Decision | None:
    """The decision of a second press of the button, by whoever wrote the first."""
    written = decision.profile.decisions.filter(supporter=decision.supporter)
    for other in written.latest_first().with_profile(decision.profile):
        if other.says == decision.says:
            return other
    return None
