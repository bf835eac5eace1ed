"""What changes how somebody signs in is asked of a person who is there, not of an open window."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from profiles.accounts.sign_in_first import once_more
from profiles.core.clock import APART

RECENTLY = 30 * 60  # seconds: long enough to find one's way, short enough for a shared computer
Asked = ParamSpec("Asked")


def recent_login_required(
    view: Callable[Concatenate[HttpRequest, Asked], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Asked], HttpResponse]:
    """Open only to somebody who signed in a short while ago. Others are asked to do so again.

    allauth has such a check of its own, but it can ask only for a password or a passkey.
    """

    @login_required
    @wraps(view)
    def asked(request: HttpRequest, /, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponse:
        if not _was_here(request):
            return _again(request, request.path)
        return view(request, *args, **kwargs)

    return asked


def recent_login_if_signed_in(
    then: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Asked], HttpResponse]],
    Callable[Concatenate[HttpRequest, Asked], HttpResponse],
]:
    """Whoever has an account must have signed in a short while ago; then they go on from `then`.

    A visitor has none: this browser is all there is to know them by.
    """

    def ask(
        view: Callable[Concatenate[HttpRequest, Asked], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, Asked], HttpResponse]:
        @wraps(view)
        def asked(
            request: HttpRequest, /, *args: Asked.args, **kwargs: Asked.kwargs
        ) -> HttpResponse:
            if request.user.is_authenticated and not _was_here(request):
                return _again(request, reverse(then))
            return view(request, *args, **kwargs)

        return asked

    return ask


def _again(request: HttpRequest, target: str) -> HttpResponse:
    return once_more(request, reverse("account_reauthenticate", query={"next": target}))


def _was_here(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    ahead, now = APART.total_seconds(), time.time()
    return any(-ahead <= now - record["at"] < RECENTLY for record in records)
