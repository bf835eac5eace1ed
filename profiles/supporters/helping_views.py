"""The supporter's side: whom they help, suggesting words, and handing a page over."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.accounts.models import User
from profiles.accounts.signed_in import account_of
from profiles.core.http import form_page, posted, too_many
from profiles.core.mails import sayable, send
from profiles.core.one_press import STILL_AT_IT, OnePress
from profiles.core.rate_limits import count
from profiles.pages.gone import PageIsGone, while_it_is_there
from profiles.pages.models import Profile
from profiles.sharing.models import digest_of_address
from profiles.supporters import (
    actions,
    handing,
    rules,
    suggestion_actions,
)
from profiles.supporters.choosing import choices
from profiles.supporters.decorators import supporter_called, with_helped_page, with_supporter
from profiles.supporters.forms import HandOverForm, SuggestForm
from profiles.supporters.models import Supporter
from profiles.supporters.people import people_of
from profiles.topics.load import load
from profiles.topics.lookup import asked_for

BOTH = ["GET", "HEAD", "POST"]
MAILS = {"hand_over": "20/d/user,5/h/key"}  # of one account, and to one address


@require_http_methods(BOTH)
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The people this account helps, and the pages it keeps for somebody."""
    context = people_of(request.user, request)
    context["taken_over"] = Supporter.objects.who_kept(request.user).count()
    context["waits"] = handing.waits_for(account_of(request))
    return render(request, "supporters/home.html", context, status=context["listed"].status)


@require_safe
@with_supporter
def what_to_suggest(request: HttpRequest, supporter: Supporter, user: User) -> HttpResponse:
    """Which topic would they like to suggest words for?"""
    rules.may_suggest(supporter).or_refuse()
    context = _about(supporter) | {"parts": choices(supporter, load().parts, "supporters:suggest")}
    return render(request, "supporters/what_to_suggest.html", context)


@require_http_methods(BOTH)
@with_supporter
def suggest(
    request: HttpRequest, supporter: Supporter, user: User, part: str, topic: str
) -> HttpResponse:
    """Suggest words for one topic, beside those that this supporter may see."""
    _, asked = asked_for(part, topic)
    verdict = rules.may_suggest(supporter)
    if request.method != "POST":
        verdict.or_refuse()
    form = SuggestForm(posted(request), topic=asked)
    form.typed_in(supporter.profile.language)
    if not verdict:
        form.add_error("words", verdict.reason)
    if form.is_valid():
        try:
            suggestion_actions.suggest(
                supporter=supporter,
                topic=asked,
                text=form.said,
                why=form.cleaned_data["why"],
            )
        except PermissionDenied as refused:  # since they pressed the button
            form.add_error("words", str(refused))
        else:
            messages.success(request, "Your words wait for them. They decide, in their own time.")
            return redirect("door:helping", ref=supporter.ref)
    context = _about(supporter) | {"topic": asked, "form": form}
    context["seen"] = actions.look_at(supporter, topic=asked.key)
    answer = form_page(request, "supporters/suggest.html", context)
    if not rules.may_suggest(supporter):
        answer.status_code = 403  # what they wrote is still in the box
    return answer


@require_http_methods(BOTH)
@with_helped_page
def hand_over(
    request: HttpRequest, page: Profile, supporter: Supporter | None, user: User
) -> HttpResponse:
    """Offer a page that this account keeps to the person it is about."""
    rules.may_hand_over(user, page).or_refuse()
    if request.method == "POST" and "take_back" in request.POST:
        handing.take_back(profile=page, by=user)
        return redirect("supporters:hand_over", ref=page.key)
    form = HandOverForm(posted(request), page=page)
    if form.is_valid() and (answer := _offered(request, page, user, form)):
        return answer
    handing.note_not_taken(page.handings.all())
    offer = page.handings.open().first()
    if offer:
        offer.profile = page
    context = {"page": page, "form": form, "offer": offer}
    context["is_being_sent"] = offer and _press(page, offer.email_digest).is_at_it()
    return form_page(request, "supporters/hand_over.html", context)


def _offered(
    request: HttpRequest, page: Profile, user: User, form: HandOverForm
) -> HttpResponse | None:
    """Offer the page, once a press. None if that did not work, and the form says why."""
    email, called = form.cleaned_data["email"], form.cleaned_data["keeper_name"]
    who = sayable(called) if form.cleaned_data["say_name"] else ""
    press = _press(page, digest_of_address(email))
    done = redirect("supporters:hand_over", ref=page.key)
    if not press.begins():
        form.add_error("email", STILL_AT_IT)
        return None
    went = False
    try:
        if press.has_sent(called, who) and page.handings.open().for_address(email).exists():
            return done
        if count(request, "hand_over", MAILS, key=email) is None:
            return too_many(request)
        key = handing.offer(profile=page, by=user, email=email, keeper_name=called)
        link = settings.SITE_ADDRESS + reverse("supporters:handed", kwargs={"key": key})
        went = send("handed", email, link=link, who=who)
        if not went:
            handing.take_back(profile=page, by=user)  # nobody has its link
    finally:
        press.ends(called, who, went=went)
    if went:
        return done
    form.add_error("email", "The email could not be sent, so nothing is offered. Try it later")
    return None


def _press(page: Profile, address: str) -> OnePress:
    """The button that offers this page to this address, which is given by its digest."""
    return OnePress("handed", page.key, address)


@require_POST
@never_cache
@login_required
def leave(request: HttpRequest, ref: str) -> HttpResponse:
    """Stop helping somebody, in this one step. Whoever presses twice has stopped as well."""
    user = account_of(request)
    if user is None:
        raise Http404
    supporter = supporter_called(user, ref)
    if supporter:
        with suppress(PageIsGone), while_it_is_there(supporter.profile):
            actions.leave(supporter=supporter, by=user)
    elif not Supporter.objects.named(ref).not_any_more(user).exists():
        raise Http404
    messages.success(request, "You do not help them any more.")
    return redirect("supporters:home")


def _about(supporter: Supporter) -> dict[str, Any]:
    return {"supporter": supporter, "name": supporter.profile.name_on_page}
