"""The reader's side: the doorstep, what they say back, and closing the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.access.actions import Reader
from profiles.accounts.models import User
from profiles.accounts.signed_in import account_of
from profiles.core import security_log
from profiles.core.http import form_page, posted, too_many
from profiles.core.rate_limits import count
from profiles.core.security_log import Event
from profiles.pages.gone import PageIsGone, while_it_is_there
from profiles.reading import actions as reading_actions
from profiles.reading.actions import CardToShow, TooManyCameIn
from profiles.reading.decorators import (
    MOST_COME_IN,
    astray,
    closed,
    for_readers,
    forget,
    introduction_to,
    open_share,
    remember,
    with_share,
)
from profiles.reading.forms import DoorstepForm, TellForm, TypedCodeForm
from profiles.reading.passcodes import Guess
from profiles.reading.said import just_said, remember_said
from profiles.sharing import actions, endings, rules
from profiles.sharing.models import Share
from profiles.sharing.names import name_shown

BOTH = ["GET", "HEAD", "POST"]
# By internet address, over all shares; wrong ones only. A ward has one address for everybody.
LIMITS = {"type_code": "20/h/ip", "passcode": "20/h/ip"}


@for_readers
@require_http_methods(BOTH)
def type_code(request: HttpRequest) -> HttpResponse:
    """Somebody was read a code, and types it."""
    form = TypedCodeForm(posted(request))
    if form.is_valid():
        if key := form.key():
            return redirect("reading:doorstep", key=key)
        paid = count(request, "type_code", LIMITS)
        if paid is None:
            return too_many(request)
        spoken = Share.objects.open().with_spoken_code(form.typed())
        if share := spoken.select_related("profile__data_key").first():
            paid.take_back()
            return redirect("reading:doorstep", key=share.key)
        endings.note_code_over(code=form.typed())
        form.add_error("code", "That code opens nothing now. Check it, or ask for a new one")
    return form_page(request, "reading/type_code.html", {"form": form})


@for_readers
@require_http_methods(BOTH)
def doorstep(request: HttpRequest, key: str) -> HttpResponse:
    """What a link shows first: no name and no content. The reader says who they are."""
    share = open_share(key)
    if share is None or share.is_locked:
        return astray(request, key)
    if not rules.may_open(request.user, share):
        if request.method == "POST":
            return closed(request)
        return render(request, "reading/doorstep_worker.html", {"key": key})
    card = _card_of(request)
    form = DoorstepForm(
        posted(request),
        share=share,
        has_card=card is not None,
        initial=_said_before(share, card),
    )
    if form.is_valid():
        try:
            with while_it_is_there(share.profile):
                answer = _came_in(request, key, share, form, card)
        except PageIsGone:
            return closed(request)
        if answer:
            return answer
    context = {
        "form": form,
        "introduced": introduction_to(request, key),
        "key": key,
        "is_keepers": share.by_keeper,
    }
    return form_page(request, "reading/doorstep.html", context)


def _came_in(
    request: HttpRequest, key: str, share: Share, form: DoorstepForm, card: CardToShow | None
) -> HttpResponse | None:
    """To the page, for somebody who may come in; None when the passcode was wrong."""
    reader = form.reader()
    if share.passcode_set:
        paid = count(request, "passcode", LIMITS)
        if paid is None:
            return too_many(request)
        typed = form.cleaned_data["passcode"]
        match reading_actions.try_passcode(share=share, typed=typed, reader=reader):
            case Guess.LOCKED:
                return closed(request)
            case Guess.WRONG | Guess.AGAIN:
                event = Event.PASSCODE_LOCKED if share.is_locked else Event.PASSCODE_WRONG
                security_log.note(event, request, share=share.pk)
                form.add_error("passcode", "That passcode did not match. Check it, and try again")
                return None
        paid.take_back()
    shown = card if form.cleaned_data.get("show_card") else None
    try:
        _, reader_key = reading_actions.introduce(
            share=share, reader=reader, card=shown, most=MOST_COME_IN
        )
    except TooManyCameIn:
        return too_many(request)
    if share.kind == Share.Kind.WORKER and (worker := account_of(request)):
        try:
            actions.claim(share=share, by=worker)
        except User.DoesNotExist:  # deleted in another window meanwhile
            return closed(request)
    answer = redirect("door:read", key=key)
    remember(answer, key, reader_key)
    return answer


@require_http_methods(BOTH)
@with_share
def tell(request: HttpRequest, share: Share, reader: Reader) -> HttpResponse:
    """Something looks out of date: a note to the person, never a change."""
    form = TellForm(posted(request))
    if form.is_valid():
        words = form.cleaned_data["words"]
        said = reading_actions.say_out_of_date(share=share, reader=reader, words=words)
        remember_said(request, [said])
        return redirect("reading:thanks", key=share.key)
    context = {"form": form, "key": share.key, "is_keepers": share.by_keeper}
    return form_page(request, "reading/tell.html", context)


@require_safe
@with_share
def thanks(request: HttpRequest, share: Share, reader: Reader) -> HttpResponse:
    """What the reader said has gone to the person: in these words, and nothing else of them."""
    return render(
        request,
        "reading/thanks.html",
        {
            "key": share.key,
            "is_keepers": share.by_keeper,
            "name": name_shown(share),
            "reader": reader,
            "said": just_said(request, share),
            "has_card": _card_of(request) is not None,
        },
    )


@for_readers
@require_POST
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """Close the page, and let this computer forget who read it, also where it is shared no more."""
    answer = render(request, "reading/left.html")
    forget(answer, key)
    return answer


@for_readers
@require_safe
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address under /s/: to the doorstep, or the closed page of a link that is over."""
    return astray(request, request.path)


def _card_of(request: HttpRequest) -> CardToShow | None:
    """The hello card of the account that is signed in, if it keeps one."""
    return getattr(User.objects.with_card(account_of(request)), "hello_card", None)


def _said_before(share: Share, card: CardToShow | None) -> dict[str, str]:
    """What is known of a worker already, so that they need not say it again: from when they last
    came in here, or from their hello card.
    """
    is_theirs = share.kind == Share.Kind.WORKER
    if is_theirs and (last := share.introductions.order_by("-pk").first()):
        last.profile = share.profile
        return {"name": last.name, "role": last.role, "place": last.place}
    if card:
        return {"name": card.name, "role": card.role, "place": card.place}
    return {}
