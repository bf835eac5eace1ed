"""Somebody asks to see the page: the person says yes, no or not now."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from profiles.accounts.models import User
from profiles.pages.models import Profile
from profiles.sharing import ask_actions, rules
from profiles.sharing.decorators import not_yet, with_my_page
from profiles.sharing.models import Ask, Share


@require_http_methods(["GET", "HEAD", "POST"])
@with_my_page
def answer(request: HttpRequest, page: Profile, person: User, ref: str) -> HttpResponse:
    """Who asks, and why; and yes, no, or not now. A no needs no reason, and is not told."""
    asking = next(iter(page.asks.named(ref).with_profile(page)), None)
    if asking is None:
        raise Http404
    if asking.is_decided:  # pressed twice, or the way back of a browser
        return redirect("sharing:home")
    match request.POST.get("say") if request.method == "POST" else None:
        case "yes":
            if not (verdict := rules.may_begin(person, page)):
                return not_yet(request, page, verdict.reason)
            try:
                ask_actions.say_yes(ask=asking, by=person)
            except Share.DoesNotExist:
                return redirect("sharing:ready")
            return redirect("sharing:who")
        case "no":
            ask_actions.answer(ask=asking, by=person, said=Ask.Reply.NO)
            messages.success(request, "You said no. They are not told.")
            return redirect("sharing:home")
        case "later":
            ask_actions.answer(ask=asking, by=person, said=Ask.Reply.LATER)
            messages.success(request, "You can answer later. They are not told.")
            return redirect("sharing:home")
    return render(request, "sharing/answer.html", {"page": page, "ask": asking})


@require_POST
@with_my_page
def ask_code(request: HttpRequest, page: Profile, person: User) -> HttpResponse:
    """Make a code by which workers may ask, or let nobody ask any more."""
    if request.POST.get("wanted") == "no":
        ask_actions.drop_ask_code(profile=page, by=person)
    else:
        ask_actions.make_ask_code(profile=page, by=person)
    return redirect("sharing:home")
