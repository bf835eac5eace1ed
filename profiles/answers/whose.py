"""Which page a visitor is writing."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from profiles.accounts.models import User
from profiles.answers.models import Profile

P = ParamSpec("P")
VISITORS_PAGE = "page"  # where a session remembers the page of somebody who has not signed in


def page_of(request: HttpRequest) -> Profile | None:
    """The page this visitor writes: their account's chosen one, or the one this session began."""
    if request.user.is_authenticated:
        found = Profile.objects.of(request.user).select_related("data_key").first()
    else:
        key = request.session.get(VISITORS_PAGE, "")
        found = Profile.objects.unclaimed().select_related("data_key").filter(key=key).first()
    if found and found.opened_at < timezone.now() - timedelta(days=1):
        Profile.objects.filter(pk=found.pk).update(opened_at=timezone.now())
        request.session.modified = True  # the days that we keep it start again
    return found


def account_of(request: HttpRequest) -> User | None:
    """The account that is signed in, if one is."""
    return request.user if isinstance(request.user, User) else None


def remember(request: HttpRequest, profile: Profile) -> None:
    """Let this session find the page again, for as long as we keep a visitor's words."""
    if not request.user.is_authenticated:
        request.session[VISITORS_PAGE] = profile.key
        request.session.set_expiry(timedelta(days=settings.GUEST_DAYS))


def with_page(
    view: Callable[Concatenate[HttpRequest, Profile, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give the view the visitor's page; somebody who has none is asked to start one."""

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        profile = page_of(request)
        if profile is None:
            return redirect("answers:start")
        return view(request, profile, *args, **kwargs)

    return opened
