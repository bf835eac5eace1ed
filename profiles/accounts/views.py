"""What somebody signs in with, for them to see and change."""

from allauth.account.utils import get_next_redirect_url
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from profiles.accounts.passkeys import passkeys_of


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """How they sign in: their email address, and their passkeys if they have any."""
    return render(request, "account/account.html", {"passkeys": passkeys_of(request.user)})


@require_safe
@login_required
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """They were signed in a while ago, and want to change how they sign in."""
    target = get_next_redirect_url(request) or reverse("mfa_index")
    return render(request, "account/sign_in_again.html", {"target": target})
