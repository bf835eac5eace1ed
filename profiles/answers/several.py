"""What stands on several pages, as somebody may see each, in as few questions as for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Max

from profiles.answers.models import Agreed, Answer, Edition, not_opened_since
from profiles.core.names import CALL_ME, name_in
from profiles.pages.models import Profile
from profiles.photos.models import Photo

PHOTO: Final = "photo"  # among the topics that are new or changed: the photo of the person
Rows = dict[int, dict[str, Answer]]  # by page or edition, and then by topic


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What somebody may see of a page; and, if they have looked at it, what they saw then."""

    page: Profile
    topics: Collection[str] | None  # as in Agreed
    ticked: Mapping[str, int] | Collection[str]  # of what its person keeps: see ticks
    with_photo: bool = True
    stood: Edition | None = None  # when they looked last
    then: Agreed | None = None  # what they might see then; none: the same as now
    with_photo_then: bool = True


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What is on a page, for somebody who looked at it before: the name, and what is different.

    Both are told of what they see today, by what they saw. What was taken back is not told.
    """

    name: str = ""
    added: list[str] = field(default_factory=list)  # the keys of topics, or PHOTO
    changed: list[str] = field(default_factory=list)


def names_in(sights: Iterable[Sight]) -> list[str]:
    """What the person of each page is called, as far as somebody may see it; "" if they may not."""
    sights = list(sights)
    now = _current(sights, topics=[CALL_ME])
    return [_name(shown) for shown in _shown_now(sights, now)]


def names_for_themselves(pages: Iterable[Profile]) -> list[str]:
    """What the person of each page is called, for them or whoever keeps it: kept or not."""
    pages = list(pages)
    now = _current([Sight(page=page, topics=None, ticked=()) for page in pages], [CALL_ME])
    return [_name(_known(page, now[page.pk].values())) for page in pages]


def news_in(sights: Iterable[Sight]) -> list[Difference]:
    """Of each page, the name and what is different since somebody looked at it last."""
    sights = list(sights)
    now = _current(sights)
    stood = _stood(sights)
    found = []
    for sight, shown in zip(sights, _shown_now(sights, now), strict=True):
        news = Difference(name=_name(shown))
        if sight.stood:
            _compare(news, sight, shown, stood[sight.stood.pk])
        found.append(news)
    _compare_photos(sights, found)
    return found


def _current(sights: list[Sight], topics: Collection[str] | None = None) -> Rows:
    pages = {sight.page.pk: sight.page for sight in sights}
    answers = Answer.objects.filter(profile__in=pages).current()
    if topics is not None:
        answers = answers.filter(topic__in=topics)
    return _rows((answer.profile_id, answer) for answer in answers) if pages else _rows(())


def _stood(sights: list[Sight]) -> Rows:
    """The rows of each edition that somebody saw."""
    editions = {sight.stood.pk for sight in sights if sight.stood}
    stood = Edition.answers.through.objects.filter(edition__in=editions).select_related("answer")
    return _rows((each.edition_id, each.answer) for each in stood) if editions else _rows(())


def _rows(found: Iterable[tuple[int, Answer]]) -> Rows:
    rows: Rows = defaultdict(dict)
    for whose, answer in found:
        rows[whose][answer.topic] = answer
    return rows


def _shown_now(sights: list[Sight], now: Rows) -> Iterable[dict[str, Answer]]:
    opened = _last_opened(sights)
    for sight in sights:
        kept = not_opened_since(sight.ticked, opened[sight.page.pk])
        agreed = Agreed(page=sight.page.pk, topics=sight.topics, kept_topics=kept)
        yield _known(sight.page, agreed.shown(now[sight.page.pk].values()))


def _known(page: Profile, answers: Iterable[Answer]) -> dict[str, Answer]:
    """These rows, each knowing its page, whose key opens them."""
    rows = {answer.topic: answer for answer in answers}
    for answer in rows.values():
        answer.profile = page
    return rows


def _last_opened(sights: list[Sight]) -> dict[int, dict[str, int]]:
    """By page and topic, the newest row that its person let others see, where it matters."""
    ticked = {topic for sight in sights for topic in sight.ticked}
    found: dict[int, dict[str, int]] = defaultdict(dict)
    if ticked:
        pages = {sight.page.pk for sight in sights if sight.ticked}
        rows = Answer.objects.filter(profile__in=pages, topic__in=ticked).for_readers().order_by()
        newest = rows.values_list("profile_id", "topic").annotate(newest=Max("number"))
        for page, topic, number in newest:
            found[page][topic] = number
    return found


def _name(shown: Mapping[str, Answer]) -> str:
    return name_in(shown[CALL_ME].lines) if CALL_ME in shown else ""


def _compare(
    news: Difference, sight: Sight, shown: Mapping[str, Answer], stood: Mapping[str, Answer]
) -> None:
    """What stands there now is compared with what stood there: by what is seen, and not by how
    often it was saved. So nobody is told that words were taken off, or kept, in between.
    """
    then = stood
    if sight.then:
        then = _known(sight.page, sight.then.shown(stood.values()))
    for topic, answer in shown.items():
        before = then.get(topic)
        if before is None or (before.only_me and not answer.only_me):
            news.added.append(topic)
        elif before.pk != answer.pk:
            before.profile = sight.page
            if _as_seen(before) != _as_seen(answer):
                news.changed.append(topic)


def _as_seen(answer: Answer) -> tuple[Any, ...]:
    return answer.lines, answer.picture, answer.photo_id, answer.whose


def _photos_now(sights: list[Sight]) -> dict[int, Photo]:
    """The photo on each page of which it matters, without what it shows."""
    pages = {sight.page.pk for sight in sights if sight.stood and sight.with_photo}
    newest = Photo.objects.filter(profile__in=pages).newest_of_each() if pages else ()
    return {photo.profile_id: photo for photo in newest if not photo.is_removed}


def _compare_photos(sights: list[Sight], found: list[Difference]) -> None:
    """The same of photos. One that was taken off and is back, or never changed, is no news."""
    now = _photos_now(sights)
    others: list[tuple[Profile, Difference, int, int]] = []
    for sight, news in zip(sights, found, strict=True):
        photo = now.get(sight.page.pk) if sight.stood and sight.with_photo else None
        before = sight.stood.photo_id if sight.stood and sight.with_photo_then else None
        if photo and before is None:
            news.added.append(PHOTO)
        elif photo and before and photo.pk != before:
            others.append((sight.page, news, photo.pk, before))
    wanted = {pk for _, _, *pair in others for pk in pair}
    photos = {each.pk: each for each in Photo.objects.filter(pk__in=wanted)} if wanted else {}
    for page, news, after, before in others:
        if _photo_as_seen(photos[after], page) != _photo_as_seen(photos[before], page):
            news.changed.append(PHOTO)


def _photo_as_seen(photo: Photo, page: Profile) -> tuple[bytes, str]:
    photo.profile = page
    return photo.data, photo.alt
