"""Words that were half typed long ago: put away in the history, where they can be brought back."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from profiles.answers.actions import Conflict, Words, drop_draft, save_answer, settle
from profiles.answers.models import Draft
from profiles.topics.load import load

KEPT_OPEN = timedelta(days=30)


def close_draft(draft: Draft) -> bool:
    """Save what was half typed, and then again what stood there before: nothing is lost.

    False if the draft stays: it is too long to be an answer, or somebody is writing just now.
    """
    try:
        with transaction.atomic():
            return _close(draft)
    except (Conflict, PermissionDenied):
        return False


def _close(draft: Draft) -> bool:
    topic = load().by_key.get(draft.topic)
    still = draft.profile.drafts.about(draft.topic).first()
    if topic is None or still is None or still.version != draft.version:
        return False
    mine = Words.typed(draft)
    newest = draft.profile.answers.about(topic.key).first()
    if newest is None:
        save_answer(profile=draft.profile, topic=topic, words=mine, started_from=0)
        nothing = Words(text="", only_me=mine.only_me)
        save_answer(profile=draft.profile, topic=topic, words=nothing, started_from=1)
    else:
        number = newest.number
        settle(profile=draft.profile, topic=topic, mine=mine, choice="theirs", started_from=number)
    drop_draft(profile=draft.profile, topic=topic, version=draft.version)
    return True
