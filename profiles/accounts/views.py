"""What somebody signs in with, and where they are signed in, for them to see and change."""

from allauth.account import views as allauth
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from profiles.accounts import actions
from profiles.accounts.models import Session
from profiles.accounts.passkeys import passkeys_of
from profiles.accounts.sessions import row_of
from profiles.core.headers import forget_here
from profiles.core.http import sent_as


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


@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """allauth's own, and the browser is asked to let go of what it kept of us."""
    answer: HttpResponse = allauth.logout(request)
    return forget_here(answer) if request.method == "POST" else answer


@require_safe
@login_required
def devices(request: HttpRequest) -> HttpResponse:
    """Where they are signed in, and a button for each to end that."""
    sessions = Session.objects.of(request.user).still_open()
    context = {"sessions": sessions, "here": row_of(request.session)}
    return render(request, "account/devices.html", context)


@require_POST
@login_required
def end_device(request: HttpRequest) -> HttpResponse:
    """Sign out on one device, this one or another."""
    row = sent_as(request, "device")
    if row == row_of(request.session):
        return sign_out(request)
    actions.end_session(user=request.user, row=row)
    messages.success(request, _("That device is signed out."))
    return redirect("account_devices")


@require_POST
@login_required
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Sign out on every device but this one."""
    actions.end_sessions(user=request.user, but=row_of(request.session))
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("account_devices")
