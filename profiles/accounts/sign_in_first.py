"""Whoever has to sign in first is led there. What they had typed is given back before: whoever was
signed out in another window, or after a long time, did not know when they wrote.
"""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from profiles.core.given_back import give_back


class SignInFirst(LoginRequiredMiddleware):
    """Middleware: Django's own, which closes every view that does not say it is open."""

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        """To sign in, and then back to the same address; None for whoever is, or need not."""
        there = super().process_view(request, *view)
        if not isinstance(there, HttpResponseRedirect):
            return there
        why = _("You are not signed in here any more.")
        return give_back(request, why, (there.url, _("Sign in")), status=403) or there


def once_more(request: HttpRequest, address: str) -> HttpResponse:
    """To sign in once more, for somebody who did a while ago."""
    why = _("You signed in a while ago. Before you go on, we check that it is you.")
    return give_back(request, why, (address, _("Carry on")), status=403) or redirect(address)
