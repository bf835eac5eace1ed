"""What a share does not show any more, since its person keeps it to themself."""

from collections.abc import Iterable

from profiles.sharing.models import Share


def taken_back(share: Share) -> set[str]:
    """The topics of this share that its person has kept to themself since."""
    kept = share.profile.answers.current().filter(topic__in=share.topics, only_me=True)
    return hidden_from(share, kept.values_list("topic", flat=True))


def hidden_from(share: Share, kept: Iterable[str]) -> set[str]:
    """Of what its person keeps to themself, what is not ticked for this reader."""
    return {*kept} - {*share.shown_though_kept}
