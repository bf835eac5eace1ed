"""The door: the only way from stored words to a Sheet, and it writes down who came through."""

from django.db import transaction
from django.utils import timezone

from profiles.access.models import Channel, Look
from profiles.accounts.models import User
from profiles.answers import actions
from profiles.answers.actions import Words
from profiles.answers.models import Answer, Edition, Photo, Profile
from profiles.sheet.layouts import LAYOUTS
from profiles.sheet.sheet import Said, Sheet, SheetPhoto, build
from profiles.topics.load import load


@transaction.atomic
def open_for(
    profile: Profile, *, by: User | None, channel: Channel, everything: bool = False
) -> Sheet:
    """The page for those who write it: its person, its keeper, or the visitor who began it.

    What is marked "only me" stays out, as it would for any reader, unless `everything` is asked
    for by the person themself. A keeper's look is written down; the person's own is not.
    """
    edition = actions.freeze_if_changed(profile)
    if by is not None and profile.kept_by_id == by.pk and profile.owner_id != by.pk:
        Look.objects.create(profile=profile, edition=edition, channel=channel)
    answers = edition.answers.in_hand(profile)
    return _sheet(profile, [a for a in answers if everything or not a.only_me], edition)


def open_earlier(profile: Profile, number: int) -> Sheet | None:
    """An earlier edition as its person wrote it; None if there was no such edition."""
    edition = profile.editions.numbered(number).first()
    if edition is None:
        return None
    answers = edition.answers.in_hand(profile)
    return _sheet(profile, [a for a in answers if not a.only_me], edition)


def rehearse(profile: Profile, *, topic: str = "", words: Words | None = None) -> Sheet:
    """The page as it would be with these words on it. For measuring: it is shown to nobody."""
    current = profile.answers.current().in_hand(profile)
    answers = [a for a in current if not a.only_me and a.topic != topic]
    if words and not words.only_me:
        answers.append(
            Answer(
                profile=profile,
                topic=topic,
                number=1,
                text=words.text,
                picture=words.picture,
                language=profile.language,
            )
        )
    return _sheet(profile, answers, None)


def _sheet(profile: Profile, answers: list[Answer], edition: Edition | None) -> Sheet:
    photo = profile.photos.newest() if edition is None else edition.photo
    return build(
        answers=[
            Said(
                topic=answer.topic,
                text=answer.text,
                picture=answer.picture,
                said_by=answer.said_by,
                language=answer.language,
            )
            for answer in answers
        ],
        photo=_photo(profile, photo),
        layout=LAYOUTS[profile.layout],
        topics=load(),
        edition=edition.number if edition else None,
        made_on=timezone.localdate(),
        updated_on=max(
            (timezone.localtime(answer.said_at).date() for answer in answers), default=None
        ),
        language=profile.language,
    )


def _photo(profile: Profile, photo: Photo | None) -> SheetPhoto | None:
    if photo is None or photo.is_removed:
        return None
    photo.profile = profile
    return SheetPhoto(data=photo.data, alt=photo.alt)
