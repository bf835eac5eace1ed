"""Signing in keeps a visitor's words: their page moves into the account."""

import logging
from contextlib import nullcontext
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse, RateLimited
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse

from profiles.accounts import pressed_twice, tries
from profiles.accounts.actions import end_sessions, hold_account
from profiles.accounts.after_restore import note_address
from profiles.accounts.browsers import in_words
from profiles.accounts.models import User
from profiles.accounts.sessions import BROWSER, row_of
from profiles.core import addresses, security_log
from profiles.core.busy import PLACES, NoPlace
from profiles.core.mails import site_for_emails
from profiles.core.security_log import Event
from profiles.core.sent_before import TOKEN
from profiles.pages import actions, rules
from profiles.pages.decorators import VISITORS_PAGES
from profiles.pages.models import Profile

LOGIN_CODE: Final = "account/email/login_code"  # what allauth calls that email
# What is sent because somebody asks for a code, whether or not the address has an account that can
# be entered: the answer is the same. To ask again is to send the same form again.
ASKED_FOR: Final = frozenset(
    [LOGIN_CODE, "account/email/unknown_account", "account/email/email_confirmation"]
)

SENT_A_FEW: Final = "We have just sent a few. Look in your junk or spam folder too. "

logger = logging.getLogger(__name__)


class KeepWordsAdapter(DefaultAccountAdapter):
    """allauth's own doings, in our words, and then the visitor's page."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": "That code did not match. Check the email and try again",
        "too_many_login_attempts": "That was a lot of tries in a short time. "
        "Wait a while, then try again. Nothing is lost",
        "rate_limited": f"{SENT_A_FEW}You can ask again in 15 minutes",
        # Strangers may have asked, who know the address: see accounts/tries.py.
        "code_rate_limited": f"{SENT_A_FEW}You can ask again in 15 minutes, or use a passkey, or a "
        "device that you signed in on before",
        "duplicate_email": "That is the address you use now. Enter another one",
        "email_taken": "That address has an account already. Sign out, and sign in with it",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send an email; where the mail server will not take it, say so, and log no address."""
        request = allauth_context.request
        is_another = template_prefix == LOGIN_CODE and request.POST.get("action") == "resend"
        if is_another and tries.send_code(request, email) is None:  # the form counted the first
            raise RateLimited
        is_asked_for = template_prefix in ASKED_FOR
        try:
            with PLACES.to_email() if is_asked_for else nullcontext():
                super().send_mail(template_prefix, email, site_for_emails() | context)
        except NoPlace:
            tries.none_was_sent(request)
            raise ImmediateHttpResponse(_not_sent(request, again=True, is_busy=True)) from None
        except OSError as error:  # smtplib's own errors are of this kind too, and name the address
            logger.error("An email could not be sent: %s", type(error).__name__)
            raise ImmediateHttpResponse(_not_sent(request, again=is_asked_for)) from None

    @transaction.atomic
    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, and move what this session has written into the account."""
        keys, waited = request.session.get(VISITORS_PAGES, []), request.session.session_key
        if isinstance(user, User):
            hold_account(user=user)
            if first := pressed_twice.began(waited, user):
                request.session, request.user = first, user
                first.modified = True  # so that the browser is told of it
                rotate_token(request)
                return
        super().login(request, user)
        request.session[BROWSER] = in_words(request.headers.get("User-Agent", ""))
        request.session.pop(VISITORS_PAGES, None)
        request.session.set_expiry(None)  # a visitor's few days do not bind an account
        if isinstance(user, User):
            pages = Profile.objects.unclaimed().filter(key__in=keys)
            security_log.note(Event.SIGNED_IN, request, account=user.pk)
            moved = [actions.adopt(profile=page, by=user) for page in pages]
            if any(moved):
                self._say_if_full(request, user)
        request.session.save()  # another press, which waits for the account, is given this one
        pressed_twice.remember(waited, request.session.session_key)

    def _say_if_full(self, request: HttpRequest, user: User) -> None:
        """Tell somebody for whom more pages came along than an account can begin."""
        if told := rules.over_the_most(Profile.objects.of(user).count()):
            messages.info(request, told)

    def pre_login(self, request: HttpRequest, user: User, **given: Any) -> HttpResponse | None:
        """Let nobody in by a code that went to an address which is not the account's any more."""
        email = given["email"]
        if email and addresses.settled(email) != addresses.settled(user.email):
            clear_login(request)
            self.add_message(request, messages.ERROR, message=self.error_messages["incorrect_code"])
            return redirect("account_login")
        refused: HttpResponse | None = super().pre_login(request, user, **given)
        return refused

    def post_login(self, request: HttpRequest, user: User, **given: Any) -> HttpResponse:
        """Where they go now; and this browser is known to their address from now on."""
        response: HttpResponse = super().post_login(request, user, **given)
        tries.remember(request, response, user.email)
        return response

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Change the address that somebody signs in with, and sign them out everywhere else."""
        changed: bool = super().confirm_email(request, email_address)
        if changed:
            note_address(User.objects.get(pk=email_address.user_id))
            end_sessions(user=email_address.user, but=row_of(request.session))
        return changed

    def is_safe_url(self, url: str) -> bool:
        """Is this an address of ours? What is no address at all is not."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:  # it cannot be taken apart
            return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the page; or, where the account now has two, to the choice between them."""
        if Profile.objects.of(request.user).count() > 1:
            return reverse("pages:choose")
        return reverse("house:me")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """As after signing in: a first sign-in makes the account."""
        return self.get_login_redirect_url(request)


def _not_sent(request: HttpRequest, *, again: bool, is_busy: bool = False) -> HttpResponse:
    """No email went out. What was typed is there, to be sent again in one press."""
    sent = request.POST.lists() if again else []
    fields = [(name, each) for name, values in sent if name != TOKEN for each in values]
    context = {"fields": fields, "typed": request.POST.get("email", ""), "is_busy": is_busy}
    context["address"] = request.get_full_path()
    return render(request, "account/email_not_sent.html", context, status=503)
