"""Whom a visitor helps: which page an address under /helping/ is about, and what they may do."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from profiles.accounts.models import User
from profiles.accounts.signed_in import account_of
from profiles.core.given_back import give_back
from profiles.core.http import head_keeps_nothing
from profiles.pages.gone import PageIsGone, while_it_is_there
from profiles.pages.models import Profile
from profiles.supporters.models import Supporter

P = ParamSpec("P")


def supporter_called(user: User, ref: str) -> Supporter | None:
    """The supporter that this account is, today, under this name."""
    return Supporter.objects.of(user).named(ref).first()


def with_supporter(
    view: Callable[Concatenate[HttpRequest, Supporter, User, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Give the view the supporter who is signed in. Anybody else finds nothing here."""
    answered = head_keeps_nothing(view)

    @login_required
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        user = account_of(request)
        ref = str(kwargs.pop("ref"))
        if user is None:
            raise Http404
        supporter = supporter_called(user, ref)
        if supporter is None:
            return _nothing_here(request, user, ref)
        try:
            with while_it_is_there(supporter.profile):
                return answered(request, supporter, user, *args, **kwargs)
        except (PageIsGone, Supporter.DoesNotExist):
            return _nothing_here(request, user, ref)  # deleted, or they have left, meanwhile

    return opened


def with_helped_page(
    view: Callable[Concatenate[HttpRequest, Profile, Supporter | None, User, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """The same, where the page may also be one that this account keeps for its person.

    A supporter's own name, or the kept page's, stands in the address. None: they keep it.
    """
    answered = head_keeps_nothing(view)

    @login_required
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        user, ref = account_of(request), str(kwargs.pop("ref"))
        if user is None:
            raise Http404
        supporter = supporter_called(user, ref)
        kept = Profile.objects.kept(user).called(ref).select_related("data_key").first()
        page = supporter.profile if supporter else kept
        if page is None:
            return _nothing_here(request, user, ref)
        try:
            with while_it_is_there(page):
                return answered(request, page, supporter, user, *args, **kwargs)
        except (PageIsGone, Supporter.DoesNotExist):
            return _nothing_here(request, user, ref)  # deleted, or they have left, meanwhile

    return opened


def _nothing_here(request: HttpRequest, user: User, ref: str) -> HttpResponse:
    """For whoever does not help here, or not any more: what they typed is given back.

    Who did help is told that it is over, and who kept the page that its person has it now; to all
    others there is no such page. Raises Http404 for them, if they typed nothing.
    """
    theirs = Supporter.objects.filter(Q(ref=ref) | Q(profile__key=ref))
    helped = theirs.not_any_more(user).exists()
    to_list = (reverse("supporters:home"), _("People I help"))
    why = _("You cannot write on that page now.")
    if words := give_back(request, why, to_list, status=410 if helped else 404):
        return words
    if theirs.filter(profile__key=ref).who_kept(user).exists():
        return redirect("supporters:home")
    if not helped:
        raise Http404
    return render(request, "supporters/over.html", status=410)
