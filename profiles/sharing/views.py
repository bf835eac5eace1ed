"""Who can see the page: every share, and what can be done about each."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.access import log
from profiles.accounts.models import User
from profiles.accounts.signed_in import account_of
from profiles.core import codes
from profiles.core.form_fields import carried
from profiles.core.given_back import see_now
from profiles.core.http import form_page, posted, sent_as
from profiles.core.one_press import STILL_AT_IT
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile
from profiles.sharing import actions, endings, rules, sentences, taken
from profiles.sharing.decorators import (
    being_made,
    with_any_share,
    with_my_page,
    with_my_share,
)
from profiles.sharing.forms import ChangeHowLongForm, ChangeWhatForm, CheckForm, SendForm
from profiles.sharing.links import Sent, picture_of, send_link
from profiles.sharing.models import AskCode, Share
from profiles.sharing.names import who_helps
from profiles.sharing.terms import NotAsShown
from profiles.sharing.wording import Wording, wording_to_keep

BOTH = ["GET", "HEAD", "POST"]


@require_safe
@with_page
def home(request: HttpRequest, page: Profile) -> HttpResponse:
    """Everybody who can see the page, and the button to share it with somebody new."""
    verdict = rules.may_share(account_of(request), page)
    if not verdict:
        context: dict[str, Any] = {"page": page, "reason": verdict.reason}
        return render(request, "sharing/not_yet.html", context)
    kept = dict(page.answers.current().values_list("topic", "only_me"))
    shares = page.shares.given().with_looks().latest_first().with_profile(page)
    endings.note_endings(shares)
    cards = [sentences.card(share, kept) for share in shares]
    code = AskCode.objects.of(page)
    context = {
        "page": page,
        "waiting": [card for card in cards if card["waits"]],
        "begun": being_made(page),
        "now": [card for card in cards if card["shows"]],
        "helpers": who_helps(page),
        "paused": [card for card in cards if card["open"] and not card["shows"]],
        "before": [card for card in cards if not card["open"]],
        "asks": page.asks.waiting().with_profile(page),
        "ask_code": codes.shown(code.code) if code else "",
    }
    return render(request, "sharing/home.html", context)


@require_safe
@with_my_page
def handed(request: HttpRequest, page: Profile, person: User) -> HttpResponse:
    """What the keeper shared before the page was theirs: keep each, or stop it. It is paused."""
    kept = dict(page.answers.current().values_list("topic", "only_me"))
    endings.note_endings_of(page)
    shares = page.shares.current().from_keeper().with_looks().latest_first().with_profile(page)
    rows = [sentences.card(share, kept) | {"who": log.who_opened(page, share)} for share in shares]
    return render(request, "sharing/handed.html", {"page": page, "rows": rows})


@require_http_methods(BOTH)
@with_any_share
def keep(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """What the keeper shared with one reader, whole, for the person to say yes to, or to stop."""
    if not rules.is_its_person(person, share.profile):
        raise Http404
    if not share.is_current():
        return _see_now(request, share)
    if not share.waits_for_yes:  # they said yes, and press again
        return redirect("sharing:share", ref=share.ref)
    wording = wording_to_keep(share)
    form = CheckForm(posted(request), initial={"shown": wording.fingerprint})
    context = sentences.share_page(share) | {"form": form, "wording": wording}
    context["who"] = log.who_opened(share.profile, share)
    if form.is_valid():
        shown = form.cleaned_data["shown"]
        try:
            actions.keep(share=share, by=person, decided=form.decided(), shown=shown)
        except Share.DoesNotExist:  # decided in another window, or over by now
            return _see_now(request, share)
        except NotAsShown:
            again = form.asked_anew(wording.fingerprint)
            context |= {"form": again, "has_changed": True}
            return render(request, "sharing/keep.html", context, status=409)
        return _to_what_waits(share)
    return form_page(request, "sharing/keep.html", context)


def _to_what_waits(share: Share) -> HttpResponse:
    """To what else is to be decided of what a keeper shared; or to this share, if there is none."""
    if share.profile.shares.current().from_keeper().exists():
        return redirect("sharing:handed")
    return redirect("sharing:share", ref=share.ref)


@require_safe
@with_my_share
def share(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """One share: who, what and until when; its link; and what has been decided about it."""
    # A hello card is for the person: whoever keeps the page does not get it.
    cards = [] if share.profile.is_kept else sentences.cards(share)
    context = sentences.share_page(share) | {"cards": cards}
    return render(request, "sharing/share.html", context)


@require_safe
@with_my_share
def show(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """The link as a picture to scan, as large as the screen."""
    if not share.is_current():
        return redirect("sharing:share", ref=share.ref)
    context = sentences.share_page(share)
    if context["is_clinic"] and "address" in request.GET:
        context |= {"picture": picture_of(context["viewer"], for_clinic=True), "is_address": True}
    return render(request, "sharing/show.html", context)


@require_http_methods(BOTH)
@with_my_share
def change_what(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """Show other topics, or let them do something else with the page."""
    form = ChangeWhatForm.about(share, posted(request)).asking(share)
    if {"all", "for"} & {*request.POST}:
        form = sentences.with_ticked(form, request.POST.get("for", "")).asking(share)
    elif form.is_valid() and sent_as(request, "do") != "change":
        wording = actions.if_changed(share, **form.chosen())
        change = partial(actions.change_what, decided=form.decided(), **form.chosen())
        if answer := _said_yes(request, share, person, change, wording):
            return answer
        return _check_change(request, share, form, wording)
    context = {"form": form, "parts": sentences.parts_to_choose(form)}
    return _change_page(request, "sharing/change_what.html", share, context)


@require_http_methods(BOTH)
@with_my_share
def change_how_long(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """Let it end on another day."""
    form = ChangeHowLongForm.about(share, posted(request)).asking(share)
    if form.is_valid() and sent_as(request, "do") != "change":
        wording = actions.if_ends(share, **form.chosen())
        change = partial(actions.change_how_long, decided=form.decided(), **form.chosen())
        if answer := _said_yes(request, share, person, change, wording):
            return answer
        return _check_change(request, share, form, wording)
    return _change_page(request, "sharing/change_how_long.html", share, {"form": form})


@require_http_methods(BOTH)
@with_my_share
def passcode(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """Make a new passcode, at one press; or ask for one too, or for none any more, after a yes."""
    said = request.POST if request.method == "POST" else request.GET
    wanted = said.get("wanted", "yes") == "yes"
    if not rules.may_have_passcode(share, wanted=wanted):
        raise Http404  # no page of ours offers it
    if not share.is_current():
        return _see_now(request, share)
    asked = "shown" in request.POST  # else it was pressed elsewhere, where nothing could be said
    if wanted == share.passcode_set:
        if wanted and request.method == "POST" and not asked:
            return _changed(share, person, actions.change_passcode)
        return redirect("sharing:share", ref=share.ref)  # so already: pressed twice, or elsewhere
    wording = actions.if_passcode(share, wanted=wanted)
    shown = {"shown": wording.fingerprint}
    form = CheckForm(posted(request) if asked else None, initial=shown).asking(share)
    context = {"form": form, "wording": wording, "wanted": wanted}
    if form.is_valid():
        change = partial(actions.change_passcode, wanted=wanted, decided=form.decided())
        if answer := _said_yes(request, share, person, change, wording):
            return answer
        again = form.asked_anew(wording.fingerprint).asking(share)
        context |= {"form": again, "has_changed": True}
    return _change_page(request, "sharing/passcode.html", share, context)


@require_POST
@with_my_share
def pause(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """Close it for now."""
    return _changed(share, person, actions.pause)


@require_POST
@with_my_share
def resume(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """Open it again."""
    return _changed(share, person, actions.resume)


@require_http_methods(BOTH)
@with_any_share
def stop(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """What stopping does, what it cannot pull back, and the button that does it at once."""
    if request.method == "POST":
        waited = share.waits_for_yes
        actions.stop(share=share, by=person)
        return _to_what_waits(share) if waited else redirect("sharing:share", ref=share.ref)
    if not share.is_current():  # the way back of a browser: it must not look as if it were open
        return redirect("sharing:share", ref=share.ref)
    context = sentences.share_page(share)
    context |= {
        "papers": taken.papers(share),
        "copies": taken.copies(share),
        "records": taken.records(share),
    }
    return render(request, "sharing/stop.html", context)


@require_http_methods(BOTH)
@with_my_share
def speak(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """A short code to read out, which works for an hour."""
    if not rules.may_be_given_out(share):
        raise Http404  # no page of ours offers it
    if not share.is_open():
        return _closed_now(request, share)
    if request.method != "POST":
        return redirect("sharing:share", ref=share.ref)
    code = actions.speak(share=share, by=person)
    context = sentences.share_page(share) | {"code": codes.shown(code)}
    return render(request, "sharing/speak.html", context)


@require_http_methods(BOTH)
@with_my_share
def send(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """Email the link to somebody: only the link, never the words."""
    if not rules.may_be_given_out(share):
        raise Http404  # no page of ours offers it
    if not share.is_open():
        return _closed_now(request, share)
    form = SendForm(posted(request), initial={"email": share.worker_email}).from_whom(share)
    if form.is_valid():
        went = send_link(request, share, form.cleaned_data["email"], name=form.said_name())
        if went is Sent.YES:
            messages.success(request, "The link is on its way by email.")
            return redirect("sharing:share", ref=share.ref)
        not_now = "We could not send that just now. Try again in an hour"
        form.add_error("email", STILL_AT_IT if went is Sent.AT_IT else not_now)
    context = sentences.share_page(share) | {"form": form}
    return form_page(request, "sharing/send.html", context)


def _closed_now(request: HttpRequest, share: Share) -> HttpResponse:
    """Nobody could come in by what was asked for: the share says why, and nothing goes out."""
    if share.is_current():
        messages.error(request, "It is paused, so nobody could come in. Open it again first.")
    else:
        messages.error(request, "This is not shared any more, so nothing was sent.")
    return _see_now(request, share)


def _see_now(request: HttpRequest, share: Share) -> HttpResponse:
    return see_now(request, reverse("sharing:share", kwargs={"ref": share.ref}))


def _changed(share: Share, person: User, change: Callable[..., object]) -> HttpResponse:
    """Make a change, and show the share as it is now. One that has ended stays as it is."""
    with suppress(Share.DoesNotExist):
        change(share=share, by=person)
    return redirect("sharing:share", ref=share.ref)


def _said_yes(
    request: HttpRequest,
    share: Share,
    person: User,
    change: Callable[..., object],
    wording: Wording,
) -> HttpResponse | None:
    """Make a change whose whole sentences the person has just said yes to; None: show them."""
    if request.POST.get("shown") != wording.fingerprint:
        return None
    try:
        return _changed(share, person, partial(change, shown=wording.fingerprint))
    except NotAsShown:  # another window changed it meanwhile
        return None


def _check_change(request: HttpRequest, share: Share, form: Form, wording: Wording) -> HttpResponse:
    """Only the whole sentences of what would be, to say yes to; what was chosen goes along."""
    context: dict[str, Any] = {"form": form, "wording": wording}
    context["carried"] = carried(form, without="shown")
    return _change_page(request, "sharing/change_check.html", share, context)


def _change_page(
    request: HttpRequest, template: str, share: Share, context: dict[str, Any]
) -> HttpResponse:
    if not share.is_current():
        return _see_now(request, share)
    context |= sentences.share_page(share)
    return form_page(request, template, context)
