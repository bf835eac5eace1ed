"""What is about to happen: a new carer, a stay in hospital, something that has changed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from profiles.accounts.models import User
from profiles.accounts.signed_in import account_of
from profiles.answers.models import answers_now
from profiles.core.given_back import see_now
from profiles.core.http import form_page, posted, sent_as
from profiles.door import door
from profiles.moments import news
from profiles.moments.changed import find
from profiles.moments.forms import CarerForm, ChangedForm, ComingForm, WardForm
from profiles.pages.actions import read_what_was_told
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile
from profiles.sharing import new_actions, rules
from profiles.sharing.days import end_of
from profiles.sharing.decorators import being_made, not_yet, with_my_page, with_page_to_share
from profiles.sharing.models import Share
from profiles.supporters import sentences
from profiles.supporters.models import Decision
from profiles.writing.ward import WARD, address_after, ward_of

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@with_my_page
def told(request: HttpRequest, page: Profile, person: User) -> HttpResponse:
    """What those who help did, whole; and at its end the button that says it was read."""
    rows = news.told(page, timezone.now())
    if request.method == "POST":
        last = next((row for row in rows if str(row.number) == sent_as(request, "last")), None)
        if last:
            read_what_was_told(profile=page, until=last.row.at)
        return redirect("house:me")
    context = {"page": page, "rows": _with_decisions(page, rows)}
    return render(request, "moments/told.html", context)


@require_http_methods(BOTH)
@with_page_to_share
def carer(request: HttpRequest, page: Profile, person: User) -> HttpResponse:
    """A new carer is coming: who, and when. Then what they may see, and the check before a yes."""
    if not (verdict := rules.may_begin(person, page)):
        return not_yet(request, page, verdict.reason)
    form = CarerForm(posted(request), page=page)
    if not form.is_valid():
        return form_page(request, "moments/carer.html", {"page": page, "form": form})
    return _think_about(request, page, person, form)


@require_safe
@with_page
def hospital(request: HttpRequest, page: Profile) -> HttpResponse:
    """Going into hospital: what a ward asks first, as it stands, before the blanks are asked."""
    ward = ward_of(page)
    context = {"page": page, "ward": ward, "carry_on": address_after(ward, None)}
    return render(request, "moments/hospital.html", context)


@require_http_methods(BOTH)
@with_page
def ready(request: HttpRequest, page: Profile) -> HttpResponse:
    """The page for the ward: to print, or to share, with who and until when half filled in."""
    person = account_of(request)
    may = rules.may_begin(person, page)
    form = WardForm(posted(request), page=page)
    if form.is_valid():
        if person is None or not may:
            return not_yet(request, page, may.reason)
        return _think_about(request, page, person, form)
    can_be_drawn = not door.try_on(page, layout=WARD).is_empty
    private = [topic.title for topic in ward_of(page).private]
    context = {
        "page": page,
        "form": form,
        "may_share": bool(may),
        "layout": WARD,
        "can_be_drawn": can_be_drawn,
        "is_blank": not can_be_drawn and not private,
        "private": private,
    }
    return form_page(request, "moments/ready.html", context)


@require_http_methods(BOTH)
@with_page
def changed(request: HttpRequest, page: Profile) -> HttpResponse:
    """Something has changed: the answer is found by one's own words, which stand in no address."""
    form = ChangedForm(posted(request))
    context: dict[str, Any] = {"page": page, "form": form}
    if form.is_valid():
        context["found"] = find(form.cleaned_data["words"], answers_now(page))
    return form_page(request, "moments/changed.html", context)


def _with_decisions(page: Profile, rows: list[news.Told]) -> list[dict[str, Any]]:
    """Each with the decision that it tells of, whole: it is written down just before its line."""
    written = page.decisions.latest_first().with_profile(page) if rows else []
    found = []
    for row in rows:
        its = next((each for each in written if _tells_of(row, each)), None)
        found.append({"told": row, "decision": sentences.decision(its) if its else None})
    return found


def _tells_of(told: news.Told, decision: Decision) -> bool:
    said = (told.row.who, told.row.words)
    return said == (decision.written_by, decision.about) and decision.written_at <= told.row.at


def _think_about(
    request: HttpRequest, page: Profile, person: User, form: ComingForm
) -> HttpResponse:
    """Begin a share with what is known already: next is what they see, and then the check."""
    try:
        share = being_made(page) or new_actions.begin(profile=page, by=person)
        said = {name: form.cleaned_data[name] for name in form.fields if name != "day"}
        new_actions.say_who(share=share, by=person, **said)
        new_actions.say_how_long(share=share, by=person, ends_at=end_of(form.cleaned_data["day"]))
    except Share.DoesNotExist:  # another window has said yes to it meanwhile
        return see_now(request, reverse("sharing:ready"))
    return redirect("sharing:what")
