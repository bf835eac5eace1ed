"""What somebody signs in with, and where they are signed in, for them to see and change."""

from allauth.account import views as allauth
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView

from profiles.accounts import actions
from profiles.accounts.after_restore import note_passkey
from profiles.accounts.forms import AskForCode
from profiles.accounts.models import Session
from profiles.accounts.passkeys import passkeys_of
from profiles.accounts.sessions import row_of
from profiles.core.headers import forget_here
from profiles.core.http import sent_as


class _OnlyACodeIsATry(FormView):  # type: ignore[type-arg]  # it takes none when it runs
    """allauth's own counts whatever is sent as a wrong code; we count only what holds a code."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """What they sent again, with a sentence; and one try less, if it was compared."""
        if isinstance(form, AskForCode) and not form.was_compared:
            return FormView.form_invalid(self, form)
        return super().form_invalid(form)


class _ConfirmSignIn(_OnlyACodeIsATry, allauth.ConfirmLoginCodeView):
    """What does the email say? Then they are signed in."""


class _ConfirmNewEmail(_OnlyACodeIsATry, allauth.ConfirmEmailVerificationCodeView):
    """What does the email say? Then their address is changed."""


class _RemovePasskey(webauthn.RemoveWebAuthnView):
    """A passkey is taken away, also for a copy of the database that still has it."""

    def form_valid(self, form: Form) -> HttpResponse:
        """It is written down first: an email goes with the rest, which no transaction waits for."""
        note_passkey(self.object)
        answer: HttpResponse = super().form_valid(form)
        return answer


confirm_sign_in = _ConfirmSignIn.as_view()
remove_passkey = _RemovePasskey.as_view(success_url=reverse_lazy("mfa_index"))
confirm_new_email = login_not_required(_ConfirmNewEmail.as_view())


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
