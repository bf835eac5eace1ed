"""A worker's asking to see a page, and what its person says."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from profiles.access.actions import Reader
from profiles.access.actions import note as note_look
from profiles.access.models import Happened
from profiles.accounts.models import User
from profiles.core import codes
from profiles.core.journal import Kind, note
from profiles.notices.actions import owe
from profiles.pages.models import Profile
from profiles.sharing import new_actions, rules
from profiles.sharing.ledger import record
from profiles.sharing.models import AN_ASKING, Ask, AskCode, ConsentEvent, Share
from profiles.sharing.notices import asked


@transaction.atomic
def make_ask_code(*, profile: Profile, by: User) -> AskCode:
    """A code by which workers may ask; the one before it no longer works."""
    profile = profile.lock()
    rules.is_its_person(by, profile).or_refuse()
    _let_go_of_code(profile)
    code = codes.new_code()
    return AskCode.objects.create(
        profile=profile, code=code, code_digest=codes.digest(code, about=AN_ASKING)
    )


@transaction.atomic
def drop_ask_code(*, profile: Profile, by: User) -> None:
    """Let nobody ask any more."""
    rules.is_its_person(by, profile).or_refuse()
    _let_go_of_code(profile)


def _let_go_of_code(profile: Profile) -> None:
    for code in AskCode.objects.filter(profile=profile):
        note(Kind.ASK_CODE, code.code_digest)
        code.delete()


@transaction.atomic
def ask(*, code: str, worker: User, reader: Reader, why: str) -> None:
    """Ask the person whose code this is. Whether there is one, the asker never learns."""
    digest = codes.digest(code, about=AN_ASKING)
    found = AskCode.objects.filter(code_digest=digest).select_related("profile__data_key").first()
    if found is None or found.profile.owner_id == worker.pk:
        return
    profile = found.profile
    try:
        with transaction.atomic():
            made = Ask.objects.create(
                profile=profile,
                worker=worker,
                name=reader.name,
                role=reader.role,
                place=reader.place,
                why=why,
            )
    except IntegrityError:  # they have asked already, and the person has not said yes or no
        return
    note_look(Happened.ASKED, profile=profile, reader=reader, words=why)
    record(
        ConsentEvent.Kind.ASKED,
        profile=profile,
        terms={"reader": reader.name, "role": reader.role, "place": reader.place, "why": why},
    )
    if profile.tells_me and profile.owner_id:
        owe(asked, profile=profile, about=made.pk)


@transaction.atomic
def say_yes(*, ask: Ask, by: User) -> Share:
    """Begin a share with the worker who asked. It is only a yes once all five pages are.

    Raises Share.DoesNotExist if another window has said yes to what was begun meanwhile.
    """
    share = new_actions.begin(profile=ask.profile, by=by)
    named = ", ".join(filter(None, [ask.name, ask.place]))
    new_actions.say_who(share=share, by=by, reader_name=named, worker_email=ask.worker.email)
    return share


@transaction.atomic
def answer(*, ask: Ask, by: User, said: Ask.Reply) -> None:
    """Say no, or not now. The asker is told neither, and no reason is asked for."""
    rules.is_its_person(by, ask.profile).or_refuse()
    changed = Ask.objects.waiting().filter(pk=ask.pk).exclude(answer=said)
    if changed.update(answer=said, answered_at=timezone.now()) and said is Ask.Reply.NO:
        record(
            ConsentEvent.Kind.REFUSED,
            profile=ask.profile,
            terms={"reader": ask.name, "role": ask.role, "place": ask.place},
        )
