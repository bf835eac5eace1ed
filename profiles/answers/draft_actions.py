"""Everything that changes what is half typed, and the photo that waits with it."""

import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone

from profiles.answers.actions import (
    Words,
    drop_draft,
    keep_below,
    may_put_photo,
    newest_under,
    number_of,
    with_photo_there,
)
from profiles.answers.models import Draft
from profiles.pages.models import Profile
from profiles.photos.actions import add_beside
from profiles.topics.topic import Topic


class DraftMoved(Exception):
    """Another window has typed under this topic since this one last saved."""


@transaction.atomic
def save_draft(
    *,
    profile: Profile,
    topic: Topic,
    words: Words,
    started_from: int,
    version: str,
    fresh: str = "",
) -> str:
    """Keep half-typed words, and return their new version: `fresh`, where the window chose one.

    `version` is the one this window last got, "" for none; and, with spaces between, those that it
    chose since and has no answer to. Raises DraftMoved when another window typed in between: its
    words are not overwritten, unless these begin with all of them.

    Words that have been saved already, by a press of the button that overtook this, are no longer
    half-typed: nothing is kept then.
    """
    newest = newest_under(profile, topic)
    words = with_photo_there(profile, topic, words)
    if words.same_as(newest):
        drop_draft(profile=profile, topic=topic, version=version)
        return ""
    started_from = min(started_from, number_of(newest))  # nobody started from what never was
    fresh = fresh or _new_version()
    if version:
        mine = Draft.objects.filter(profile=profile, topic=topic.key, version__in=version.split())
        changed = mine.update(
            text=Draft.sealed_text(profile, words.text),
            picture=words.picture,
            photo=words.photo_id,
            only_me=words.only_me,
            started_from=started_from,
            version=fresh,
            saved_at=timezone.now(),
        )
        if changed:
            return fresh
    try:
        with transaction.atomic():
            Draft.objects.create(
                profile=profile,
                topic=topic.key,
                text=words.text,
                picture=words.picture,
                photo_id=words.photo_id,
                only_me=words.only_me,
                started_from=started_from,
                version=fresh,
            )
    except IntegrityError:
        there = profile.drafts.about(topic.key).first()
        if there is None or there.version in version.split() or not _typed_on(there, words):
            raise DraftMoved from None
        return save_draft(
            profile=profile, topic=topic, words=words, started_from=started_from,
            version=there.version, fresh=fresh,
        )  # fmt: skip
    return fresh


@transaction.atomic
def keep_aside(
    *, profile: Profile, topic: Topic, words: Words, started_from: int, version: str
) -> None:
    """Keep words that met a conflict as the draft, so that they can be shown beside the others.

    What another window had half typed makes room for them, and stays in the history; unless these
    are the same words, typed on.
    """
    newest = newest_under(profile, topic)
    draft = profile.drafts.about(topic.key).first()
    if draft and draft.version not in version.split() and not _typed_on(draft, words):
        keep_below(profile, topic, Words.typed(draft), newest)
    save_draft(
        profile=profile,
        topic=topic,
        words=words,
        started_from=started_from,
        version=draft.version if draft else "",
    )


@transaction.atomic
def put_photo(*, profile: Profile, topic: Topic, whole: bytes, alt: str) -> None:
    """Put a photo that we took in beside what is half typed under a topic, or what stands there.

    It is on the page once that is saved. Older half-typed words make room for it, and stay in the
    history. Raises PermissionDenied where there are as many photos as a page can hold.
    """
    newest = newest_under(profile, topic)
    may_put_photo(profile, topic).or_refuse()
    draft = profile.drafts.about(topic.key).first()
    if draft and draft.started_from != number_of(newest):
        keep_below(profile, topic, Words.typed(draft), newest)
        draft.delete()
        draft, newest = None, newest_under(profile, topic)
    if draft is None:
        draft = Draft(
            profile=profile,
            topic=topic.key,
            text=newest.text if newest else "",
            only_me=newest.only_me if newest else topic.starts_private,
            started_from=number_of(newest),
        )
    draft.profile, draft.picture = profile, topic.picture
    draft.photo = add_beside(profile=profile, topic=topic.key, whole=whole, alt=alt)
    draft.version, draft.saved_at = _new_version(), timezone.now()
    draft.save()
    profile.answer_photos.about(topic.key).let_go_of_unsaved()


@transaction.atomic
def throw_away(*, profile: Profile, topic: Topic, version: str) -> None:
    """Let go of half-typed words, while nobody saves under that topic."""
    profile.lock()  # else another window could be saving with a photo that goes here
    drop_draft(profile=profile, topic=topic, version=version)


def _typed_on(draft: Draft, words: Words) -> bool:
    """Do these words begin with all that the draft holds? Then nothing of it is lost with it."""
    return (
        words.text.startswith(draft.text)
        and draft.photo_id in (None, words.photo_id)
        and draft.only_me == words.only_me
    )


def _new_version() -> str:
    """A draft's new version: no other window knows it."""
    return secrets.token_urlsafe(12)
