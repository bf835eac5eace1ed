"""Paper: what was printed, for whom, and whether it is still the newest.

Paper cannot be pulled back. So each carries a code that opens nothing, and tells only that.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, QuerySet

from profiles.access.actions import Reader, note
from profiles.access.models import Happened, Look
from profiles.answers.models import Edition, answers_now, current_answers, is_less
from profiles.core import codes
from profiles.core.clock import ONE_PRESS
from profiles.core.prepared import prepared
from profiles.door.door import Opened
from profiles.door.models import Paper
from profiles.pages.models import Profile
from profiles.photos.models import photo_of
from profiles.reading.actions import hold_log, hold_open
from profiles.sharing import rules
from profiles.sharing.days import last_day, three_months_after
from profiles.sharing.endings import note_endings
from profiles.sharing.models import Share
from profiles.sheet.catalogue import layout
from profiles.sheet.sheet import Sheet
from profiles.sheet.sizes import A4, SIZES

A_PRESS: Final = "press"  # what a digest is about: see codes.digest


class Standing(StrEnum):
    """All that a check tells."""

    NEWEST = "newest"
    NEWER = "newer"  # there is a newer one
    ENDED = "ended"  # no longer shared
    UNKNOWN = "unknown"  # no paper has this code, or its page is gone


def check_by(share: Share | None, today: date) -> date:
    """The day after which a reader should ask again: the last of the share, or in three months."""
    return last_day(share.ends_at) if share and share.ends_at else three_months_after(today)


def code_for(opened: Opened, browser: str) -> str:
    """The code for a reader's paper: one and the same for whatever one press of theirs fetches."""
    press = _kept_under(_press(opened.sheet, opened.share, browser))
    # Kept before anything is printed, where every process finds it: two may fetch at once.
    code: str | None = cache.get_or_set(press, codes.new_code, ONE_PRESS.seconds)
    return code or codes.new_code()


def code_after(opened: Opened, before: Paper) -> str:
    """The code for what a reader gets now who was let in for an earlier paper.

    It is that paper's own while it says the same. Once the page has changed it is another, and one
    and the same for all that they fetch until it changes again.
    """
    sheet = opened.sheet
    then = (before.edition_id, before.topics, before.with_photo, before.layout, before.size)
    now = (opened.edition.pk, sorted(sheet.topics), sheet.photo is not None)
    if then == (*now, sheet.layout.key, sheet.size.key):
        return before.code
    return codes.code_from(_press(sheet, opened.share, before.code), about=A_PRESS)


@transaction.atomic
def hand_over(
    opened: Opened, *, reader: Reader, code: str, happened: Happened = Happened.PRINTED
) -> Paper | None:
    """Write down the paper that a reader is about to get, and the look that it is; once a press.

    `happened` is what that look tells: a computer takes the paper into its records. None if sharing
    has stopped or has another passcode since it was begun, or shows less now than stands on it:
    then they must not get it.
    """
    share, sheet = opened.share, opened.sheet
    profile = share.profile
    now = hold_open(share)
    if now is None or not rules.may_print(now):
        return None
    if _is_less(opened, now):
        return None
    if written := share.papers.coded(code).first():
        return written
    look = note(happened, profile=profile, share=now, edition=opened.edition, reader=reader)
    return _write(profile, share, opened.edition, code, sheet, look=look)


def _is_less(opened: Opened, share: Share) -> bool:
    """Was something taken back that stands on this sheet: a topic, a line of one, or a photo?"""
    sheet, profile = opened.sheet, share.profile
    now = {each.topic: each for each in share.agreed.shown(answers_now(profile))}
    if any(is_less(now.get(a.topic), a) for a in opened.answers if a.topic in sheet.topics):
        return True
    photo = photo_of(profile) if sheet.photo and share.with_photo else None
    return bool(sheet.photo) and (photo is None or photo.pk != opened.edition.photo_id)


@transaction.atomic
def note_none(
    opened: Opened,
    *,
    reader: Reader,
    browser: str,
    asked_at: datetime,
    happened: Happened = Happened.NO_PAPER,
) -> None:
    """Write down that a reader asked for paper and did not get it; once a press.

    It happened when they asked: it may have been made so long that sharing has stopped since.
    `happened` is what the line tells: a computer asks for its records.
    """
    hold_log(opened.share)
    press = _press(opened.sheet, opened.share, browser)
    if cache.add(f"{_kept_under(press)}:none", value=True, timeout=ONE_PRESS.seconds):
        note(
            happened,
            profile=opened.share.profile,
            share=opened.share,
            edition=opened.edition,
            reader=reader,
            at=asked_at,
        )


def own_paper(profile: Profile, sheet: Sheet, share: Share | None) -> Paper | None:
    """The paper that its person printed before, for the same reader, and that says just this."""
    look, said = (sheet.layout.key, sheet.size.key), sorted(sheet.topics)
    papers = _own_papers(profile.pk, share.pk if share else None, sheet.edition or 0, *look)
    with_photo = sheet.photo is not None
    return next((p for p in papers if (p.topics, p.with_photo) == (said, with_photo)), None)


@prepared
def _own_papers(
    page: int, share: int | None, edition: int, layout: str, size: str
) -> QuerySet[Paper]:
    own = Paper.objects.filter(profile_id=page, share=share, look=None, edition__number=edition)
    return own.filter(layout=layout, size=size)


def own_code(profile: Profile, sheet: Sheet, share: Share | None) -> str:
    """The code for a paper that its person is the first to print: the same, if two do at once.

    It is of this very edition. After a restore, other words may get the number of one that is lost,
    and paper that is in somebody's hand must not be taken for theirs.
    """
    when = _frozen_at.first(profile.pk, sheet.edition or 0)
    return codes.code_from(_press(sheet, share, f"page {profile.pk} {when}"), about=A_PRESS)


def keep_own(profile: Profile, sheet: Sheet, share: Share | None, code: str) -> None:
    """Write down a paper that its person has printed; once, however often it is printed.

    The page is held by whoever calls this.
    """
    edition = _printed.first(profile.pk, sheet.edition or 0, code)
    if edition is None:
        raise Edition.DoesNotExist
    if not edition.has_paper:  # type: ignore[attr-defined]
        _write(profile, share, edition, code, sheet)


@prepared
def _frozen_at(page: int, edition: int) -> QuerySet[Any, datetime]:
    return _edition(page, edition).values_list("frozen_at", flat=True)


@prepared
def _printed(page: int, edition: int, code: str) -> QuerySet[Edition]:
    paper = Paper.objects.coded(code).filter(profile_id=page)
    return _edition(page, edition).annotate(has_paper=Exists(paper))


def _edition(page: int, number: int) -> QuerySet[Edition]:
    return Edition.objects.filter(profile_id=page).numbered(number)


def standing_of(code: str) -> Standing:
    """Whether the paper with this code is the newest, by what its own layout and size print."""
    # The same one question for a code that was never given and for one that ended. What else is
    # asked, is asked of paper that is still shared.
    found = Paper.objects.coded(code).select_related("share").first()
    if found is None:
        return Standing.UNKNOWN
    if found.share and not found.share.is_open():
        note_endings([found.share])
        return Standing.ENDED
    same = _says_the_same(found)
    return Standing.NEWEST if same else Standing.NEWER


def _says_the_same(paper: Paper) -> bool:
    share, profile, size = paper.share, paper.profile, SIZES.get(paper.size, A4)
    printed = size.topics_of(layout(paper.layout).topics)
    current = current_answers(profile.pk)
    seen = share.agreed.shown(current) if share else [a for a in current if not a.only_me]
    then = paper.edition.answers.filter(topic__in=paper.topics)
    if {*then} != {answer for answer in seen if answer.topic in printed}:
        return False
    if not size.has_photo:
        return True
    photo = profile.photos.newest() if share is None or share.with_photo else None
    was = paper.edition.photo if paper.with_photo else None
    return was == photo


def _write(
    profile: Profile,
    share: Share | None,
    edition: Edition,
    code: str,
    sheet: Sheet,
    look: Look | None = None,
) -> Paper:
    return Paper.objects.create(
        profile=profile,
        share=share,
        edition=edition,
        look=look,
        code=code,
        topics=sorted(sheet.topics),
        with_photo=sheet.photo is not None,
        layout=sheet.layout.key,
        size=sheet.size.key,
        check_by=check_by(share, sheet.made_on),  # as it says itself, also after midnight
    )


def _press(sheet: Sheet, share: Share | None, by: str) -> str:
    """What is fetched again by the same browser soon after: it says the same, to the same."""
    until = check_by(share, sheet.made_on)
    look = (sheet.layout.key, sheet.size.key, sheet.theme.key)
    said = (sheet.edition, look, sorted(sheet.topics), sheet.photo is not None)
    return f"{by} {share.pk if share else 0} {until} {said}"


def _kept_under(press: str) -> str:
    return f"paper:{codes.digest(press, about=A_PRESS)}"
