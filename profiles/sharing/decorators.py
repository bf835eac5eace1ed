"""The pages on which a page is shared: who may come in, and which share it is about."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from profiles.accounts.models import User
from profiles.accounts.signed_in import account_of
from profiles.core.given_back import give_back, see_now
from profiles.core.http import sent_as
from profiles.core.verdict import Verdict
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile
from profiles.sharing import endings, new_actions, rules
from profiles.sharing.clinic import ClinicLink
from profiles.sharing.models import Share

P = ParamSpec("P")


def with_my_page(
    view: Callable[Concatenate[HttpRequest, Profile, User, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give the view the page and the person it is about. Nobody else may come here."""
    return _with(rules.is_its_person, view)


def with_page_to_share(
    view: Callable[Concatenate[HttpRequest, Profile, User, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give the view the page and who may share it: its person, or before them its keeper."""
    return _with(rules.may_share, view)


def _with(
    may: Callable[[User | None, Profile], Verdict],
    view: Callable[Concatenate[HttpRequest, Profile, User, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    @with_page
    @wraps(view)
    def opened(
        request: HttpRequest, page: Profile, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        person = account_of(request)
        verdict = may(person, page)
        if person is None or not verdict:
            return not_yet(request, page, verdict.reason)
        return view(request, page, person, *args, **kwargs)

    return opened


def with_any_share(
    view: Callable[Concatenate[HttpRequest, Share, User, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Give the view one of the shares of this page, by the name it has in its person's addresses;
    also one that a keeper made, and that its person has not said yes to.
    """

    @with_page_to_share
    @wraps(view)
    def opened(
        request: HttpRequest, page: Profile, person: User, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        share = page.shares.given().named(str(kwargs.pop("ref"))).first()
        if share is None:
            raise Http404
        share.profile = page
        endings.note_endings([share])
        return view(request, share, person, *args, **kwargs)

    return opened


def with_my_share(
    view: Callable[Concatenate[HttpRequest, Share, User, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """The same. But whether one that a keeper made goes on is asked before anything is done to it.

    One that is over, or was stopped, is no more to be asked about.
    """

    @with_any_share
    @wraps(view)
    def opened(
        request: HttpRequest, share: Share, person: User, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if share.waits_for_yes and share.is_current():
            return redirect("sharing:keep", ref=share.ref)
        return view(request, share, person, *args, **kwargs)

    return opened


def with_share_being_made(
    view: Callable[Concatenate[HttpRequest, Share, User, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give the view the share that this person is thinking about; else the first question.

    Whoever presses yes twice is led to what they have just shared.
    """

    @with_page_to_share
    @wraps(view)
    def opened(
        request: HttpRequest, page: Profile, person: User, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        share = being_made(page)
        if share is None or not share.reader_name:
            shown = sent_as(request, "shown")
            if shown and new_actions.is_given(profile=page, shown=shown):
                return redirect("sharing:ready")
            return see_now(request, reverse("sharing:who"))
        try:
            return view(request, share, person, *args, **kwargs)
        except Share.DoesNotExist:  # another window has said yes to it meanwhile
            return see_now(request, reverse("sharing:ready"))

    return opened


def being_made(page: Profile) -> Share | None:
    """The share that is only being made, with its page in hand.

    What was typed for a clinic more than a day ago is shown no more, also where `tidy` did not run.
    """
    share = page.shares.being_made().first()
    if share:
        share.profile = page
        is_clinics = share.kind == Share.Kind.CLINIC
        if is_clinics and ClinicLink.objects.left().filter(share=share).exists():
            new_actions.forget_typed(share=share)
    return share


def not_yet(request: HttpRequest, page: Profile, reason: str) -> HttpResponse:
    """Why this page cannot be shared, and what to do about it. What was typed is given back."""
    words = give_back(request, reason, (reverse("sharing:home"), _("Carry on")), status=403)
    return words or render(
        request, "sharing/not_yet.html", {"page": page, "reason": reason}, status=403
    )
