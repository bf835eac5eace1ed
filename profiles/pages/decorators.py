"""Which page a request is about, of those that this visitor may write."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from profiles.accounts.actions import hold_session
from profiles.accounts.signed_in import account_of
from profiles.core.given_back import give_back
from profiles.core.http import sent_as
from profiles.pages import actions, rules
from profiles.pages.gone import PageIsGone, while_it_is_there
from profiles.pages.models import Profile, ProfileQuerySet, chosen_page

P = ParamSpec("P")
ABOUT = "about_page"  # where a form says which page it is about
VISITORS_PAGES = "pages"  # where a session remembers the pages begun without an account


def pages_of(request: HttpRequest) -> ProfileQuerySet:
    """The pages this visitor may write: their account's, or those this session began."""
    if request.user.is_authenticated:
        pages = Profile.objects.of(request.user)
    else:
        keys = request.session.get(VISITORS_PAGES, [])
        pages = Profile.objects.unclaimed().filter(key__in=keys)
    return pages.select_related("data_key").order_by("-chosen_at")


def page_of(request: HttpRequest) -> Profile | None:
    """The page this visitor is writing: of theirs, the one they chose or began last.

    What was typed for one page goes on that page, even if another was opened in between: each
    form says which page it is about. So do the addresses in our emails: they tell of one page.
    """
    account = account_of(request)
    found = chosen_page.first(account.pk) if account else pages_of(request).first()
    about = sent_as(request, ABOUT)
    named = about or (request.GET.get(ABOUT, "") if request.method == "GET" else "")
    if named and (found is None or found.key != named):
        other = pages_of(request).filter(key=named).first()
        if other and "HX-Request" not in request.headers:  # autosave opens nothing
            actions.choose(profile=other)
        found = other if about else other or found
    if found and found.opened_at < timezone.now() - timedelta(hours=1):
        Profile.objects.filter(pk=found.pk).update(opened_at=timezone.now())
        request.session.modified = True  # the days that we keep it start again
    return found


@transaction.atomic
def begin(request: HttpRequest, *, for_someone: bool, language: str) -> Profile:
    """A new page of whoever is here, and how they find it again.

    Raises TooManyPages if they have as many as we can keep. A visitor's session is held while they
    are counted, so that no two windows find room for the last one.
    """
    account = account_of(request)
    session = request.session
    held = None if account else hold_session(key=session.session_key)
    if held is not None:
        session[VISITORS_PAGES] = held.get(VISITORS_PAGES, [])
        actions.ask_for_another(pages_of(request).count(), most=rules.MOST_VISITORS)
    page = actions.start_page(for_someone=for_someone, language=language, user=account)
    remember(request, page)
    if held is not None:
        session.save()  # while it is held
    return page


def remember(request: HttpRequest, profile: Profile) -> None:
    """Let this session find the page again, for as long as we keep a visitor's words."""
    if not request.user.is_authenticated:
        request.session[VISITORS_PAGES] = [
            *request.session.get(VISITORS_PAGES, []),
            profile.key,
        ]
        # In seconds, which count from the last visit. A timedelta would count from the first.
        request.session.set_expiry(settings.GUEST_DAYS * 24 * 60 * 60)


@transaction.atomic
def forget_visitor(request: HttpRequest) -> bool:
    """End the session of a visitor whose last page is deleted. True if it was ended.

    It is held while we look: what another window began meanwhile, nobody would find again.
    """
    held = hold_session(key=request.session.session_key)
    keys = held.get(VISITORS_PAGES, []) if held else []
    if held is None or Profile.objects.unclaimed().filter(key__in=keys).exists():
        return False
    request.session.flush()
    return True


def with_page(
    view: Callable[Concatenate[HttpRequest, Profile, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give the view the visitor's page; somebody who has none is asked to start one."""

    @login_not_required
    @never_cache  # a shared computer must not show it to whoever comes next
    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        profile = page_of(request)
        if profile is None:
            return _without_page(request)
        try:
            with while_it_is_there(profile):
                return view(request, profile, *args, **kwargs)
        except PageIsGone:
            return _without_page(request)

    return opened


def _without_page(request: HttpRequest) -> HttpResponse:
    """For somebody whose page is gone, or who never began one.

    Whoever is not signed in may have one: an email leads here, and its reader is to see what it
    tells of, and not to begin a second page.
    """
    if request.method in {"GET", "HEAD"} and not request.user.is_authenticated:
        context = {"target": request.get_full_path()}
        return render(request, "pages/none_open.html", context, status=403)
    why = _("This page is not open in this browser any more.")
    ways = (reverse("account_login"), _("Sign in")), (reverse("pages:start"), _("Start a page"))
    return give_back(request, why, *ways, status=410) or redirect("pages:start")
