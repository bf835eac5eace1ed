"""What a supporter and the person do side by side with a line that warns of danger."""

from collections.abc import Collection

from django.db import transaction

from profiles.answers import raising
from profiles.answers.actions import Conflict
from profiles.answers.models import YesBy
from profiles.answers.raising import Asking
from profiles.supporters.actions import mark, visible
from profiles.supporters.models import Supporter
from profiles.supporters.suggestion_actions import hold, write_together
from profiles.topics.topic import Topic


def asking(supporter: Supporter, topic: Topic) -> Asking | None:
    """What is to be asked about the words under a topic, as far as this supporter sees them."""
    page = supporter.profile
    answer, top = (visible(supporter, profile=page, topic=key) for key in (topic.key, raising.TOP))
    return raising.asking_about(page, topic, answer=answer, top=top)


def mark_of(supporter: Supporter, found: Asking) -> str:
    """A mark of what they saw: it tells nothing of what is kept from them."""
    return f"{mark(supporter, found.answer)}.{mark(supporter, found.top)}"


@transaction.atomic
def put_at_top(
    *,
    supporter: Supporter,
    topic: Topic,
    lines: Collection[str],
    seen: str,
    yes_by: YesBy | None,
) -> None:
    """Let these lines stand at the top too, or none, as the person said; and ask no more.

    Where the supporter cannot see what stands at the top, they wait for the person, as words that
    are written together do. Raises NotAsSeen, and PermissionDenied, as raising.put_at_top does.
    """
    hold(supporter)
    found = asking(supporter, topic)
    if found is None or mark_of(supporter, found) != seen or not set(lines) <= set(found.lines):
        raise raising.NotAsSeen
    chosen = [line for line in found.lines if line in lines]
    if chosen and yes_by:
        raising.may_stand_at_top(found, chosen).or_refuse()
        theirs = {found.answer.said_by, *([found.top.said_by] if found.top else [])}
        try:
            write_together(
                supporter=supporter,
                topic=raising.top_topic(),
                words="\n".join([*found.at_top, *chosen]),
                started_from=mark(supporter, found.top),
                mine=theirs == {supporter.name},
                yes_by=yes_by,
            )
        except Conflict:
            raise raising.NotAsSeen from None
    raising.decide(profile=supporter.profile, found=found, yes=chosen)
