"""The door: the only way from stored words to a Sheet, and it writes down who came through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from django.db import transaction
from django.utils import timezone

from profiles.access.actions import Reader, note
from profiles.access.models import Channel, Happened
from profiles.accounts.models import User
from profiles.answers import actions
from profiles.answers.actions import Frozen, Words
from profiles.answers.models import Answer, Edition, answers_now
from profiles.core.clock import ONE_PRESS
from profiles.pages.gone import PageIsGone
from profiles.pages.models import Profile
from profiles.photos.models import AnswerPhoto, Photo, photo_of
from profiles.reading.actions import hold_open
from profiles.review.models import newest_finished
from profiles.sharing import rules
from profiles.sharing.models import Share
from profiles.sheet.build import build
from profiles.sheet.catalogue import ONE_PAGE, layout, layouts
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto
from profiles.sheet.sizes import A4, SIZES
from profiles.sheet.themes import NOTEBOOK, THEMES
from profiles.supporters.actions import as_reader as supporter_as_reader
from profiles.supporters.models import Supporter
from profiles.topics.load import load

# What is made into a file first: it is shown, and written down, when it is handed over.
SHOWN_LATER: Final = (Channel.PAPER, Channel.RECORD)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A page that came through the door for a reader."""

    sheet: Sheet
    share: Share
    edition: Edition
    answers: Sequence[Answer]  # what stands on the sheet was said in these


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A page to take along: as readers get it, in each layout, and with all that was said."""

    page: Sheet
    in_layouts: Mapping[str, Sheet]
    everything: Sheet
    edition: Edition


@transaction.atomic
def open_through(share: Share, *, reader: Reader, channel: Channel) -> Opened | None:
    """What this share may show, now; and a line in the log saying it was shown.

    None if the share is not open any more, was not given for this, or has another passcode since
    the reader was let in. LogIsFull if enough has been written down of its readers lately. Its page
    is held first, as it is when a share is stopped: so a look is written before the stop, or
    nothing is shown. What is to be on paper, or in a record, is not shown yet: its line comes with
    `paper_codes.hand_over`.
    """
    now = hold_open(share)
    if now is None or not (channel is Channel.SCREEN or rules.may_print(now)):
        return None
    stands = actions.freeze_if_changed(now.profile)
    edition = stands.edition
    if channel not in SHOWN_LATER:
        note(
            Happened(channel.value), profile=now.profile, share=now, edition=edition, reader=reader
        )
    return Opened(sheet=_through(now, stands), share=now, edition=edition, answers=stands.answers)


@transaction.atomic
def as_reader(share: Share, *, by: User | None = None) -> Sheet:
    """The very page that this share's reader gets, for its person to see before and after.

    The look of a keeper who is shown it is written down.
    """
    return _through(share, _opened_by(share.profile, by, Channel.SCREEN))


def to_print(profile: Profile, *, layout_key: str = "") -> Sheet:
    """The page as those who write it print it, in its own layout or in this one. It is nobody's to
    see until it is on paper, and then `note_printed` writes it down.

    The page is held only where its words are in no edition yet: many who print do not wait for each
    other.
    """
    stands = actions.frozen(profile) or _frozen_now(profile)
    answers = _for_readers(stands.answers)
    return _sheet(profile, answers, stands.edition, layout_key=layout_key)


def keeps(profile: Profile, by: User | None) -> bool:
    """Is this the account that keeps the page for its person?"""
    return by is not None and profile.kept_by_id == by.pk and profile.owner_id != by.pk


def note_printed(profile: Profile, *, by: User | None, edition: int | None) -> None:
    """Write down that a keeper has the page on paper. A person's own paper is no look.

    The page is held by whoever calls this: so what one press fetched twice is written once. Raises
    PageIsGone for whoever kept it when it was begun, and does not any more: they must not get it.
    """
    if not _keeps_still(profile, by):
        return
    stood = profile.editions.numbered(edition or 0).first()
    lately = profile.looks.lately(ONE_PRESS).filter(share=None, edition=stood)
    if not lately.filter(happened=Happened.PRINTED).exists():
        note(Happened.PRINTED, profile=profile, edition=stood)


def note_taken(profile: Profile, *, by: User | None, copy: "Copy") -> None:
    """Write down that a keeper has taken the page along, every way at once.

    The page is held by whoever calls this. Raises PageIsGone as note_printed does.
    """
    if _keeps_still(profile, by):
        note(Happened.TOOK_DATA, profile=profile, edition=copy.edition)


@transaction.atomic
def open_for(
    profile: Profile, *, by: User | None, channel: Channel, everything: bool = False
) -> Sheet:
    """The page for those who write it: its person, its keeper, or the visitor who began it.

    What is marked "only me" stays out, as it would for any reader, unless `everything` is asked
    for by the person themself. A keeper's look is written down; the person's own is not.
    """
    stands = _opened_by(profile, by, channel)
    return _sheet(
        profile,
        stands.answers if everything else _for_readers(stands.answers),
        stands.edition,
        to_take_along=channel is Channel.DATA,
    )


@transaction.atomic
def open_for_supporter(supporter: Supporter) -> Sheet | None:
    """What a supporter may see, now; and a line in the log. None if they do not help any more.

    It bears no edition's number: that grows with every word, also those the person keeps.
    """
    profile = supporter.profile
    stands = _held(profile)
    now = Supporter.objects.helping().filter(pk=supporter.pk).first()
    if now is None:
        return None
    reader, edition = supporter_as_reader(supporter), stands.edition
    look = note(Happened.LOOKED, profile=profile, edition=edition, reader=reader)
    Supporter.objects.filter(pk=now.pk).update(last_look=look)
    return replace(_sheet(profile, now.agreed.shown(stands.answers), edition), edition=None)


@transaction.atomic
def copy_for(profile: Profile) -> Copy:
    """The page for those who write it, every way at once. It is nobody's to see until it is made
    into a file, and then `note_taken` writes it down.
    """
    stands = _held(profile)
    edition, shown = stands.edition, _for_readers(stands.answers)
    return Copy(
        page=_sheet(profile, shown, edition),
        in_layouts={key: _sheet(profile, shown, edition, layout_key=key) for key in layouts()},
        everything=_sheet(  # in a layout that has every topic
            profile, stands.answers, edition, layout_key=ONE_PAGE, to_take_along=True
        ),
        edition=edition,
    )


def open_earlier(profile: Profile, number: int) -> Sheet | None:
    """An earlier edition as its person wrote it; None if there was no such edition."""
    edition = profile.editions.numbered(number).first()
    if edition is None:
        return None
    answers = edition.answers.for_readers().with_profile(profile)
    # The last check was of the words that stand now, and says nothing of these.
    return _sheet(profile, answers, edition, with_check=False)


def rehearse(profile: Profile, *, topic: str = "", words: Words | None = None) -> Sheet:
    """The page as it would be with these words, or as it is now. For measuring: nobody sees it."""
    answers = [a for a in answers_now(profile) if not a.only_me and (not words or a.topic != topic)]
    if words and not words.only_me:
        photos = profile.answer_photos.filter(pk=words.photo_id) if words.photo_id else ()
        answers.append(
            Answer(
                profile=profile,
                topic=topic,
                number=1,
                text=words.text,
                picture=words.picture,
                photo=next(iter(photos), None),
                language=profile.language,
            )
        )
    return _sheet(profile, answers, None)


def rehearse_for(share: Share) -> Sheet:
    """The page as this share's reader would get it. For measuring: it is shown to nobody."""
    return _of_share(share, answers_now(share.profile), None)


def try_on(profile: Profile, **style: str) -> Sheet:
    """The page as readers would see it, in another layout, theme, size or with other pictures. For
    its writer to see: nothing is frozen, and it bears no edition.
    """
    current = _for_readers(answers_now(profile))
    return _sheet(profile, current, None, layout_key=style.get("layout", ""), style=style)


def to_draw_for(supporter: Supporter) -> Sheet | None:
    """What a supporter who writes with the person may see now, to be drawn. It is not theirs to see
    until `note_drawn` has written it down.
    """
    now = Supporter.objects.helping().filter(pk=supporter.pk).first()
    if now is None or not now.may_write:
        return None
    profile = supporter.profile
    seen = now.agreed.shown(answers_now(profile))
    return _sheet(profile, seen, None)


@transaction.atomic
def note_drawn(supporter: Supporter, sheet: Sheet) -> bool:
    """Write down that a supporter is shown this picture of the page, unless they looked just now.

    False if the page is another by now, as far as they may see it: then they must not get it.
    """
    profile = supporter.profile
    profile.lock()
    if to_draw_for(supporter) != sheet:
        return False
    reader = supporter_as_reader(supporter)
    lately = profile.looks.lately(ONE_PRESS).filter(happened=Happened.LOOKED)
    looked = [(look.reader_said, look.reader_role) for look in lately.with_profile(profile)]
    if (reader.name, reader.role) not in looked:
        note(Happened.LOOKED, profile=profile, reader=reader)
    return True


def _keeps_still(profile: Profile, by: User | None) -> bool:
    """Is this its keeper, and has nobody taken it over since it was opened?"""
    if not keeps(profile, by):
        return False
    if not Profile.objects.filter(pk=profile.pk, kept_by=by).exists():
        raise PageIsGone
    return True


@transaction.atomic
def _frozen_now(profile: Profile) -> Frozen:
    return _held(profile)


def _held(profile: Profile) -> Frozen:
    """What the page says now, and goes on saying until our transaction is over."""
    profile.lock()
    return actions.freeze_if_changed(profile)


def _opened_by(profile: Profile, by: User | None, channel: Channel) -> Frozen:
    """What the page says now. A keeper's look at it is written down."""
    stands = _held(profile)
    if keeps(profile, by):
        note(Happened(channel.value), profile=profile, edition=stands.edition)
    return stands


def _for_readers(answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if not answer.only_me]


def _through(share: Share, stands: Frozen) -> Sheet:
    return _of_share(share, stands.answers, stands.edition)


def _of_share(share: Share, answers: list[Answer], edition: Edition | None) -> Sheet:
    """What a share shows of these answers: no topic, and no photo, that was not agreed to."""
    return _sheet(
        share.profile,
        share.agreed.shown(answers),
        edition,
        with_photo=share.with_photo,
        layout_key=share.layout,
    )


def _sheet(
    profile: Profile,
    answers: list[Answer],
    edition: Edition | None,
    *,
    with_photo: bool = True,
    with_check: bool = True,
    to_take_along: bool = False,  # by its person: photos whole, and what they keep is marked
    layout_key: str = "",
    style: Mapping[str, str] = MappingProxyType({}),
) -> Sheet:
    theme, size, pictures = (
        style.get(what) or getattr(profile, what) for what in ("theme", "size", "pictures")
    )
    chosen = layout(layout_key or profile.layout)
    paper = SIZES.get(size, A4)
    photo = photo_of(profile) if edition is None else edition.photo
    check = newest_finished.first(profile.pk) if with_check else None
    return build(
        answers=[
            SheetAnswer(
                topic=answer.topic,
                text=answer.text,
                picture=answer.picture,
                photo=_beside(profile, answer.photo, whole=to_take_along),
                said_by=answer.whose,
                language=answer.language,
                only_me=to_take_along and answer.only_me,
            )
            for answer in answers
        ],
        photo=_photo(profile, photo) if with_photo else None,
        layout=chosen,
        # A page is whole, whatever a row says: a small size is only another way to print it.
        size=paper if paper.key in chosen.sizes and not paper.is_small else A4,
        theme=THEMES.get(theme, NOTEBOOK),
        pictures=pictures,
        ask_me=profile.ask_me,
        topics=load(),
        edition=edition.number if edition else None,
        made_on=timezone.localdate(),
        updated_on=max(
            (timezone.localtime(answer.said_at).date() for answer in answers), default=None
        ),
        language=profile.language,
        helped_by=tuple(dict.fromkeys(answer.helped_by for answer in answers if answer.helped_by)),
        checked_on=check.day if check else None,
        checked_by_person=check.with_person if check else True,
    )


def _photo(profile: Profile, photo: Photo | None) -> SheetPhoto | None:
    if photo is None or photo.is_removed:
        return None
    photo.profile = profile
    return SheetPhoto(data=photo.data, alt=photo.alt)


def _beside(profile: Profile, photo: AnswerPhoto | None, *, whole: bool) -> SheetPhoto | None:
    """The photo beside an answer; all of it that we keep, where its person takes it along."""
    if photo is None:
        return None
    photo.profile = profile
    return SheetPhoto(data=photo.data, alt=photo.alt, whole=photo.whole if whole else b"")
