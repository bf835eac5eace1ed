"""The person's side: who helps them, what each may do, and what each suggests."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.accounts.models import User
from profiles.accounts.signed_in import account_of
from profiles.core.http import form_page, posted, sent_as, too_many
from profiles.core.mails import sayable, send
from profiles.core.rate_limits import count
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile
from profiles.sharing.decorators import with_my_page
from profiles.sharing.rules import is_its_person
from profiles.supporters import actions, rules, sentences
from profiles.supporters.forms import AskForHelpForm, ChangeHelpForm, MayForm
from profiles.supporters.models import Supporter
from profiles.supporters.wording import wording_for

BOTH = ["GET", "HEAD", "POST"]
NO_MORE = "They do not help you any more. Nothing was changed."
MAILS = {"ask_for_help": "20/d/user,5/h/key"}  # of one account, and to one address


@require_safe
@with_page
def helpers(request: HttpRequest, page: Profile) -> HttpResponse:
    """Everybody who helps with this page, and the button to ask somebody new."""
    verdict = is_its_person(account_of(request), page)
    actions.note_not_answered(page.supporters.all())
    supporters = page.supporters.latest_first().with_profile(page)
    context: dict[str, Any] = {
        "page": page,
        "may_ask": bool(verdict),
        "keeps": account_of(request) is not None and not verdict,
        "rows": [
            sentences.row(supporter) for supporter in supporters if supporter.ended_at is None
        ],
        "before": [sentences.row(supporter) for supporter in supporters if supporter.ended_at],
        "decisions": [
            sentences.decision(each) for each in page.decisions.latest_first().with_profile(page)
        ],
    }
    return render(request, "supporters/helpers.html", context)


@require_http_methods(BOTH)
@with_my_page
def ask(request: HttpRequest, page: Profile, person: User) -> HttpResponse:
    """Who shall help, and what may they do? Then only that, in whole sentences, to say yes to."""
    if request.method != "POST":
        rules.may_ask_for_help(person, page).or_refuse()
    form = AskForHelpForm(posted(request), page=page)
    shown = _shown(form)
    if shown and sent_as(request, "do") != "change":
        if form.cleaned_data["shown"] != shown.fingerprint:
            context = {"form": form, "wording": shown, "who": form.cleaned_data["name"]}
            return render(request, "supporters/ask_check.html", context)
        email = form.cleaned_data["email"]
        paid = count(request, "ask_for_help", MAILS, key=email)
        if paid is None:
            return too_many(request)
        try:
            key = actions.ask(profile=page, by=person, **form.chosen())
        except PermissionDenied as refused:  # too many help, or they were asked meanwhile
            form.add_error("email", str(refused))
            context = {"page": page, "form": form}
            return form_page(request, "supporters/ask.html", context)
        link = settings.SITE_ADDRESS + reverse("supporters:invitation", kwargs={"key": key})
        who = sayable(page.name_on_page) if form.cleaned_data["names_in_emails"] else ""
        if send("help", email, link=link, who=who):
            return redirect("supporters:helpers")
        # Nobody has its link: else it would be said of them that they did not answer.
        actions.stop(supporter=page.supporters.current().with_address(email).get(), by=person)
        form.add_error("email", "The email could not be sent, so nobody was asked. Try it later")
    return form_page(request, "supporters/ask.html", {"page": page, "form": form})


@require_http_methods(BOTH)
@with_my_page
def helper(request: HttpRequest, page: Profile, person: User, ref: str) -> HttpResponse:
    """One helper: what they may do, and only that in whole sentences before it changes."""
    supporter = _named(page, ref)
    if supporter.ended_at is not None:  # stopped in another window, or the way back of a browser
        messages.info(request, NO_MORE)
        return redirect("supporters:helpers")
    now = {
        "may": supporter.may,
        "kept_topics": supporter.shown_though_kept,
        "names_in_emails": supporter.names_in_emails,
    }
    form = ChangeHelpForm(posted(request), page=page, initial=now if supporter.given_at else None)
    shown = _shown(form)
    if shown and sent_as(request, "do") != "change":
        if form.cleaned_data["shown"] != shown.fingerprint:
            context = {"form": form, "wording": shown, "who": supporter.name, "is_change": True}
            return render(request, "supporters/ask_check.html", context)
        try:
            actions.change(supporter=supporter, by=person, **form.chosen())
        except Supporter.DoesNotExist:
            messages.info(request, NO_MORE)
        return redirect("supporters:helpers")
    context = {"page": page, "row": sentences.row(supporter), "form": form}
    return form_page(request, "supporters/helper.html", context)


@require_POST
@with_my_page
def stop(request: HttpRequest, page: Profile, person: User, ref: str) -> HttpResponse:
    """Stop somebody's help, in this one step."""
    actions.stop(supporter=_named(page, ref), by=person)
    return redirect("supporters:helpers")


def _named(page: Profile, ref: str) -> Supporter:
    """Somebody who helps, or did: what is pressed twice is not lost, and changes nothing."""
    supporter = page.supporters.named(ref).first()
    if supporter is None:
        raise Http404
    supporter.profile = page
    return supporter


def _shown(form: MayForm) -> Any:
    """What the person is to say yes to, once everything is chosen."""
    if not form.is_valid():
        return None
    chosen = form.chosen()
    return wording_for(Supporter.May(chosen["may"]), chosen["kept_topics"])
