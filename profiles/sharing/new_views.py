"""Saying yes, in five short pages: who, what, how long, check, ready.

With a clinic's computer there is one more: how it takes the page, and by what it finds the person.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.accounts.models import User
from profiles.core.given_back import see_now
from profiles.core.http import form_page, posted
from profiles.pages.models import Profile
from profiles.sharing import new_actions, rules, sentences
from profiles.sharing.clinic import clinic_link_of
from profiles.sharing.clinic_form import ClinicForm
from profiles.sharing.decorators import (
    being_made,
    not_yet,
    with_page_to_share,
    with_share_being_made,
)
from profiles.sharing.forms import CheckForm, HowLongForm, WhatForm, WhoForm
from profiles.sharing.links import send_link
from profiles.sharing.models import Share
from profiles.sharing.new_actions import NotReady
from profiles.sharing.terms import Lapsed, NotAsShown
from profiles.sharing.wording import wording_for

BOTH = ["GET", "HEAD", "POST"]


@require_safe
@with_page_to_share
def new(request: HttpRequest, page: Profile, person: User) -> HttpResponse:
    """Share with somebody new: to the first question."""
    return redirect("sharing:who")


@require_http_methods(BOTH)
@with_page_to_share
def who(request: HttpRequest, page: Profile, person: User) -> HttpResponse:
    """Who is it for, and how will they open it?"""
    if not (verdict := rules.may_begin(person, page)):
        return not_yet(request, page, verdict.reason)
    begun = being_made(page)
    form = WhoForm.about(page, begun, posted(request), way=_pressed(request))
    if form.is_valid():
        try:
            share = begun or new_actions.begin(profile=page, by=person)
            new_actions.say_who(
                share=share,
                by=person,
                reader_name=form.cleaned_data["reader_name"],
                worker_email=form.cleaned_data["worker_email"],
                with_passcode=form.cleaned_data["way"] == WhoForm.PASSCODE,
                for_clinic=form.cleaned_data["way"] == WhoForm.CLINIC,
                keeper_name=form.cleaned_data.get("keeper_name", ""),
            )
        except Share.DoesNotExist:  # another window has said yes to it meanwhile
            return see_now(request, reverse("sharing:ready"))
        for_clinic = form.cleaned_data["way"] == WhoForm.CLINIC
        return redirect("sharing:clinic" if for_clinic else "sharing:what")
    return form_page(request, "sharing/who.html", {"page": page, "form": form, "share": begun})


@require_http_methods(BOTH)
@with_share_being_made
def clinic(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """How does their computer take the page, and by what does it find the person?"""
    if share.kind != Share.Kind.CLINIC:
        return see_now(request, reverse("sharing:who"))
    form = ClinicForm.about(share, posted(request))
    if form.is_valid():
        new_actions.say_clinic(share=share, by=person, **form.chosen())
        return _to_check(share) if _is_whole(share) else redirect("sharing:what")
    return form_page(request, "sharing/clinic.html", {"form": form} | _about(share))


@require_http_methods(BOTH)
@with_share_being_made
def what(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """Which topics may they see, and what may they do with them?"""
    form = WhatForm.about(share, posted(request))
    if {"all", "for"} & {*request.POST}:
        form = sentences.with_ticked(form, request.POST.get("for", ""))
    elif form.is_valid():
        new_actions.say_what(share=share, by=person, **form.chosen())
        return _to_check(share) if _is_whole(share) else redirect("sharing:how_long")
    context = {"form": form, "parts": sentences.parts_to_choose(form)}
    return form_page(request, "sharing/what.html", context | _about(share))


@require_http_methods(BOTH)
@with_share_being_made
def how_long(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """Until when?"""
    form = HowLongForm.about(share, posted(request))
    if form.is_valid():
        new_actions.say_how_long(share=share, by=person, **form.chosen())
        return _to_check(share)
    return form_page(request, "sharing/how_long.html", {"form": form} | _about(share))


@require_http_methods(BOTH)
@with_share_being_made
def check(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """What is going to be shared, whole; how the person decided; and their yes."""
    if share.has_lapsed():
        return see_now(request, reverse("sharing:how_long"))
    if _is_clinic_unsaid(share):
        return see_now(request, reverse("sharing:clinic"))
    if not _is_whole(share):  # the way back of a browser, after it became for somebody else
        return see_now(request, reverse("sharing:how_long" if share.topics else "sharing:what"))
    wording = wording_for(share)
    form = CheckForm(posted(request), initial={"shown": wording.fingerprint}).asking(share)
    context = {"form": form, "wording": wording} | _about(share)
    context |= sentences.to_check(share, wording)
    if not form.is_valid():
        return form_page(request, "sharing/check.html", context)
    decided = form.decided()
    try:
        given = new_actions.give(
            share=share, by=person, decided=decided, shown=form.cleaned_data["shown"]
        )
    except Share.DoesNotExist:
        return redirect("sharing:ready")  # the button was pressed twice
    except Lapsed:
        return see_now(request, reverse("sharing:how_long"))
    except NotReady:
        return see_now(request, reverse("sharing:how_long" if share.topics else "sharing:what"))
    except NotAsShown:
        again = form.asked_anew(wording.fingerprint).asking(share)
        context |= {"form": again, "has_changed": True}
        return render(request, "sharing/check.html", context, status=409)
    if given.worker_email:
        send_link(request, given, given.worker_email, name=form.said_name())
    return redirect("sharing:ready")


@require_safe
@with_page_to_share
def ready(request: HttpRequest, page: Profile, person: User) -> HttpResponse:
    """It is shared: the link, the picture to scan, a code to read out, an email, and paper."""
    share = page.shares.given().latest_first().first()
    if share is None:
        return redirect("sharing:home")
    share.profile = page
    if share.waits_for_yes:
        return redirect("sharing:handed")
    # It may last for minutes, or was paused in another window; and a browser keeps a page.
    if not share.is_open():
        return redirect("sharing:share", ref=share.ref)
    return render(request, "sharing/ready.html", sentences.share_page(share))


@require_POST
@with_share_being_made
def let_go(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """Leave it. Nothing was shared."""
    new_actions.let_go(share=share, by=person)
    return redirect("sharing:home")


def _pressed(request: HttpRequest) -> str:
    """The way that was pressed on the page before: only to show it to a clinic's computer."""
    return WhoForm.CLINIC if request.GET.get("way") == WhoForm.CLINIC else ""


def _to_check(share: Share) -> HttpResponse:
    """On to the check: by way of what measures the page, where a computer takes it on its paper."""
    return redirect("clinics:fits" if share.kind == Share.Kind.CLINIC else "sharing:check")


def _is_clinic_unsaid(share: Share) -> bool:
    """Is it for a clinic's computer, and not said yet how that takes the page?"""
    link = clinic_link_of(share)
    return share.kind == Share.Kind.CLINIC and (link is None or not link.taking)


def _is_whole(share: Share) -> bool:
    """Is it said what is shown and how long, so that only the check is left?"""
    link = clinic_link_of(share)
    lasts = share.ends_at or (link and link.lasts)
    return bool(share.topics and lasts) and not share.has_lapsed()


def _about(share: Share) -> dict[str, Any]:
    return {"page": share.profile, "share": share, "reader": share.reader_name}
