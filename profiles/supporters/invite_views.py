"""Where an invitation to help is answered, and where a person takes a page that was kept for them.

Both are reached by a link in an email. A link that is over, or never was, is the one closed page;
and to whoever is not signed in with the address it was sent to, it tells no name.
"""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from profiles.accounts.models import User
from profiles.accounts.signed_in import account_of
from profiles.pages.gone import PageIsGone, while_it_is_there
from profiles.reading.decorators import astray, closed, for_readers
from profiles.sharing.models import digest_of_address
from profiles.supporters import actions, handing, sentences
from profiles.supporters.models import Handing, Supporter

BOTH = ["GET", "HEAD", "POST"]


@for_readers
@require_http_methods(BOTH)
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Who asks for help, and what the helper will be able to do: yes, or no thank you."""
    supporter = Supporter.objects.asked(key).select_related("profile__data_key").first()
    if supporter is None:
        actions.note_not_answered(Supporter.objects.with_key(key))
        if said_yes := Supporter.objects.helping().with_key(key).first():
            return _pressed_again(request, said_yes)
        return astray(request, key, to="supporters:invitation")
    user = account_of(request)
    if user is None or supporter.email_digest != digest_of_address(user.email):
        return _not_you(request)
    if request.method == "POST" and (said := request.POST.get("say")) in {"yes", "no"}:
        try:
            with while_it_is_there(supporter.profile):
                return _answered(request, supporter, user, said=said)
        except PageIsGone:
            return closed(request)
    context = {
        "supporter": supporter,
        "name": supporter.profile.name_on_page,
        "may": sentences.I_MAY[Supporter.May(supporter.may)],
    }
    return render(request, "supporters/invitation.html", context)


@for_readers
@require_http_methods(BOTH)
def handed(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody wrote a page about this person, and offers it to them."""
    offer = Handing.objects.open().with_key(key).select_related("profile__data_key").first()
    if offer is None:
        handing.note_not_taken(Handing.objects.with_key(key))
        account, before = account_of(request), Handing.objects.with_key(key)
        if account and before.taken_by(account).exists():
            return redirect("house:me")  # they took it, and press the link in the email again
        if account is None and before.taken().exists():
            return _not_you(request)
        return astray(request, key, to="supporters:handed")
    user = account_of(request)
    if user is None or offer.email_digest != digest_of_address(user.email):
        return _not_you(request)
    if request.method == "POST":
        try:
            with while_it_is_there(offer.profile):
                return _taken(request, offer, user)
        except PageIsGone:
            return closed(request)
    context = {"keeper": offer.keeper_name, "name": offer.profile.name}
    context["shares"] = offer.profile.shares.current().from_keeper().count()
    return render(request, "supporters/handed.html", context)


def _answered(request: HttpRequest, supporter: Supporter, user: User, *, said: str) -> HttpResponse:
    if said == "no":
        actions.decline(supporter=supporter, by=user)
        return render(request, "supporters/declined.html")
    if actions.accept(supporter=supporter, by=user):
        return redirect("door:helping", ref=supporter.ref)
    return closed(request)


def _taken(request: HttpRequest, offer: Handing, user: User) -> HttpResponse:
    if request.POST.get("say") == "no":
        handing.decline(handing=offer, by=user)
        return render(request, "supporters/declined.html")
    if not handing.take(handing=offer, by=user):
        return closed(request)
    if offer.profile.shares.current().from_keeper().exists():
        return redirect("sharing:handed")  # first: it waits for their yes
    return redirect("supporters:helpers")


def _pressed_again(request: HttpRequest, supporter: Supporter) -> HttpResponse:
    """Whoever said yes finds the email again, and presses its link to come back."""
    user = account_of(request)
    if Supporter.objects.of(user or AnonymousUser()).named(supporter.ref).exists():
        return redirect("door:helping", ref=supporter.ref)
    return _not_you(request) if user is None else closed(request)


def _not_you(request: HttpRequest) -> HttpResponse:
    """For whoever is not signed in with the address: how to be, and no name."""
    if request.method == "POST":
        return closed(request)
    return render(request, "supporters/not_you.html")
