"""What a supporter offers, and what the person makes of it. Nothing is ever used by itself."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from profiles.access.actions import note
from profiles.access.models import Happened
from profiles.accounts.models import User
from profiles.answers import actions as answers
from profiles.answers import rules as writing
from profiles.answers.actions import Conflict, Words
from profiles.answers.models import Answer, YesBy, lines_under
from profiles.notices.actions import owe
from profiles.sharing.rules import is_its_person
from profiles.supporters import rules
from profiles.supporters.actions import as_reader, mark, visible
from profiles.supporters.models import Suggestion, Supporter
from profiles.supporters.notices import suggested
from profiles.topics.topic import Topic

Reply = Suggestion.Reply


@transaction.atomic
def suggest(*, supporter: Supporter, topic: Topic, text: str, why: str) -> Suggestion:
    """Offer words for a topic. While they wait for the person, the same again are the same.

    Raises PermissionDenied if the supporter may not, or does not help any more.
    """
    hold(supporter)
    if same := _waiting(supporter, topic, text, why):
        return same
    rules.may_suggest(supporter).or_refuse()
    writing.may_say(topic, text).or_refuse()
    suggestion = _offer(supporter, topic, text, why)
    note(Happened.SUGGESTED, profile=supporter.profile, reader=as_reader(supporter))
    if supporter.profile.owner_id and supporter.profile.tells_me:
        owe(suggested, profile=supporter.profile, about=suggestion.pk)
    return suggestion


@transaction.atomic
def write_together(
    *, supporter: Supporter, topic: Topic, words: str, started_from: str, mine: bool, yes_by: YesBy
) -> None:
    """Keep what was written side by side, and how the person said yes.

    `started_from` is the mark of the words that this supporter saw. Raises Conflict when they see
    others now. Under a topic whose words they cannot see, nothing is put over them: the new words
    wait for the person, as a suggestion would. `mine` says that the words are the supporter's, and
    not the person's own. Raises PermissionDenied as `suggest` does.
    """
    hold(supporter)
    rules.may_write_together(supporter).or_refuse()
    rules.may_leave_words(supporter).or_refuse()  # under every topic: else it would tell of some
    writing.may_say(topic, words).or_refuse()
    profile = supporter.profile
    newest = profile.answers.about(topic.key).first()
    kept = newest.only_me if newest else topic.starts_private
    together = Words(
        text=words,
        picture=newest.picture if newest else topic.picture,
        photo_id=newest.photo_id if newest else None,
        only_me=kept,
        said_by=supporter.name if mine else "",
        checked=mine,
        helped_by=supporter.name,
        yes_by=yes_by,
    )
    hidden = kept and topic.key not in supporter.shown_though_kept
    seen = visible(supporter, profile=profile, topic=topic.key)
    if mark(supporter, seen) != started_from and (hidden or not together.same_as(newest)):
        raise Conflict(seen)
    if hidden:
        if not _waiting(supporter, topic, words, "", together=True):
            _offer(supporter, topic, words, "", together=True)
    else:
        number = newest.number if newest else 0
        answers.save_answer(profile=profile, topic=topic, words=together, started_from=number)
    note(Happened.TOGETHER, profile=profile, reader=as_reader(supporter), words=topic.title)


@transaction.atomic
def use(*, suggestion: Suggestion, by: User, topic: Topic, started_from: int) -> bool:
    """Put a supporter's words on the page, as theirs. Raises Conflict when the page moved on.

    Where the person says just the same already, in their own words, those stay their own.
    """
    is_its_person(by, suggestion.profile).or_refuse()
    newest = suggestion.profile.answers.about(topic.key).first()
    if newest and _is_theirs_already(newest, suggestion):
        return _answered(suggestion, Reply.USED)
    answers.save_answer(
        profile=suggestion.profile,
        topic=topic,
        words=Words(
            text=suggestion.text,
            picture=newest.picture if newest else topic.picture,
            photo_id=newest.photo_id if newest else None,
            only_me=newest.only_me if newest else topic.starts_private,
            said_by=suggestion.supporter.name,
            checked=True,
        ),
        started_from=started_from,
    )
    return _answered(suggestion, Reply.USED)


@transaction.atomic
def write_my_way(
    *, suggestion: Suggestion, by: User, topic: Topic, words: Words, started_from: int
) -> bool:
    """Save the person's own words, which a suggestion led to. Raises Conflict as saving does."""
    is_its_person(by, suggestion.profile).or_refuse()
    answers.save_answer(
        profile=suggestion.profile, topic=topic, words=words, started_from=started_from
    )
    return _answered(suggestion, Reply.CHANGED)


@transaction.atomic
def answer(*, suggestion: Suggestion, by: User, said: Suggestion.Reply) -> bool:
    """Keep one's own words, or leave it for now. No reason is asked for."""
    is_its_person(by, suggestion.profile).or_refuse()
    return _answered(suggestion, said)


def _is_theirs_already(newest: Answer, suggestion: Suggestion) -> bool:
    newest.profile = suggestion.profile
    same = lines_under(newest.topic, suggestion.text) == newest.lines
    return same and not newest.said_by


def _offer(
    supporter: Supporter, topic: Topic, text: str, why: str, *, together: bool = False
) -> Suggestion:
    return Suggestion.objects.create(
        profile=supporter.profile,
        supporter=supporter,
        topic=topic.key,
        text=text,
        why=why,
        together=together,
    )


def _answered(suggestion: Suggestion, said: Suggestion.Reply) -> bool:
    waiting = Suggestion.objects.waiting().filter(pk=suggestion.pk)
    return waiting.update(answer=said, answered_at=timezone.now()) == 1


def hold(supporter: Supporter) -> None:
    """Hold the page, and take in what this supporter may do now.

    Raises PermissionDenied if they were stopped meanwhile: then they may do nothing.
    """
    supporter.profile.lock()
    now = Supporter.objects.helping().filter(pk=supporter.pk).first()
    if now is None:
        supporter.may, supporter.kept_topics = "", []
        raise PermissionDenied(rules.NOT_ANY_MORE)
    supporter.may, supporter.kept_topics = now.may, now.kept_topics


def _waiting(
    supporter: Supporter, topic: Topic, text: str, why: str, *, together: bool = False
) -> Suggestion | None:
    """The suggestion of a second press of the button."""
    waiting = supporter.suggestions.waiting().filter(topic=topic.key, together=together)
    for other in waiting.with_profile(supporter.profile):
        if (other.text, other.why) == (text, why):
            return other
    return None
