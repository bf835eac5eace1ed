"""The pages that are nobody's: the front door, the example, help, and how we are."""

import logging
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from profiles.accounts.signed_in import account_of
from profiles.core import mails, security_log
from profiles.core.bodies import LONGEST_FORM
from profiles.core.given_back import give_back
from profiles.core.security_log import Event
from profiles.house import appearance, readiness, watching
from profiles.house import gallery as gallery_pieces
from profiles.house.example_page import example_sheet
from profiles.house.failed import failed
from profiles.pdf.printing import Busy, TooHard, make_pdf

log = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """A page anybody may read, and no cache may keep: its top bar is the visitor's own."""
    return login_not_required(never_cache(view))


def visitors_appearance(request: HttpRequest) -> dict[str, object]:
    """The visitor's text and colours, and whom to ask, for every template (a context processor)."""
    chosen = appearance.Appearance(appearance.read(request))
    return {"appearance": chosen, "contact": settings.CONTACT}


@open_to_all
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, a finished page to look at, and where to begin."""
    return render(request, "house/home.html", {"sheet": example_sheet()})


def longest_form(request: HttpRequest) -> dict[str, Any]:
    """How long a form may be, for every page: a script says so before it is sent."""
    return {"longest_form": LONGEST_FORM}


@open_to_all
@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """A finished page of somebody who does not exist."""
    return render(request, "house/example.html", {"sheet": example_sheet()})


@open_to_all
@require_safe
def example_pdf(request: HttpRequest) -> HttpResponse:
    """The same finished page, as it comes out on paper."""
    try:
        pdf = _example_bytes()
    except (Busy, TooHard):  # nothing is wrong with these words: it only took too long just now
        return render(request, "house/busy.html", status=503)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="jo-one-page.pdf"'},
    )


@cache
def _example_bytes() -> bytes:
    return make_pdf(example_sheet()).pdf


@open_to_all
@require_safe
def help(request: HttpRequest) -> HttpResponse:  # noqa: A001  # named as the page is
    """How to do things here, and how to reach us."""
    return render(request, "house/help.html")


@open_to_all
@require_safe
def help_clinic(request: HttpRequest) -> HttpResponse:
    """What happens when a hospital's computer takes the page, what stays there, and how to stop."""
    return render(request, "house/help_clinic.html")


@open_to_all
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What we keep, where, for how long, and who can read it."""
    return render(request, "house/privacy.html", {"guest_days": settings.GUEST_DAYS})


@open_to_all
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, what does not yet, and whom to tell."""
    return render(request, "house/accessibility.html")


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def change_appearance(request: HttpRequest) -> HttpResponse:
    """Text and colours: five choices, seen at once on the page itself."""
    back = _own_address(request, request.GET.get("back", ""))
    form = appearance.AppearanceForm(request.POST or None, initial=appearance.read(request))
    if form.is_valid():
        query = urlencode({"back": back, "changed": "yes"})
        response = redirect(f"{reverse('house:appearance')}?{query}")
        appearance.write(response, form.cleaned_data)
        return response
    changed = "changed" in request.GET and not form.is_bound
    return render(
        request, "house/appearance.html", {"form": form, "back": back, "is_changed": changed}
    )


def _own_address(request: HttpRequest, address: str) -> str:
    """The address, if it is one of ours; else the front door."""
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
        return address
    return reverse("house:home")


@csrf_exempt
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """The address at the end of an email: one button, and no more emails of that kind.

    Machines open every link in an email, so opening it changes nothing. A mail program that posts
    for its person (RFC 8058) has no cookie and no CSRF token: what we signed is the proof.
    """
    what = mails.read_stop(token)
    if what is None:
        raise Http404
    if request.method == "POST":
        mails.no_more(what)
    context = {"kind": what.kind, "again": reverse(what.kind.again)}
    answer = render(request, "house/stop_mails.html", context | {"done": request.method == "POST"})
    answer.headers["Referrer-Policy"] = "no-referrer"  # its address is a secret of the email
    return answer


@open_to_all
@require_safe
def up(request: HttpRequest) -> HttpResponse:
    """Is this process answering?"""
    return HttpResponse("up\n", content_type="text/plain; charset=utf-8")


@open_to_all
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Can this process do its work? Strangers learn only whether; the log says what is missing.

    So does the answer, to whoever may watch.
    """
    missing = readiness.faults()
    for sentence in missing:
        log.error("Not ready. %s", sentence)
    late = readiness.late()
    for sentence in late:
        log.error("Ready or not: %s", sentence)
    said, status = ("not ready", 503) if missing else ("ready", 200)
    lines = [said, *([*missing, *late] if watching.may_watch(request) else [])]
    text = "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)


@open_to_all
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers for whoever watches over the site. To all others there is no such page."""
    if not watching.may_watch(request):
        raise Http404
    return HttpResponse(watching.numbers(), content_type=CONTENT_TYPE_LATEST)


@open_to_all
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every piece our pages are made of, for whoever builds them. In development only."""
    if not settings.LOCAL:
        raise Http404
    return render(request, "house/gallery.html", gallery_pieces.pieces())


@open_to_all
def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The kind 400. Unlike Django's own it never looks at what was sent: that may be what broke."""
    return render(request, "400.html", status=400)


@open_to_all
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The kind 404. It says nothing about why, and gives back what was typed.

    Whoever is signed in and looks behind doors of others, or of nobody, leaves a line in the log.
    """
    match, account = request.resolver_match, account_of(request)
    if match and account:
        security_log.note(Event.NOT_FOUND, request, account=account.pk, page=match.view_name)
    why = _("We cannot find the page that they were for.")
    words = give_back(request, why, _to_the_first_page(), status=404)
    return words or render(request, "404.html", status=404)


@open_to_all
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The kind 403: the sentence of the rule that says no; and what was typed is given back."""
    reason = str(exception)
    words = give_back(request, reason, _to_the_first_page(), status=403)
    return words or render(request, "403.html", {"exception": reason}, status=403)


def _to_the_first_page() -> tuple[str, str]:
    return reverse("house:home"), _("Go to the first page")


@open_to_all
def went_wrong(request: HttpRequest) -> HttpResponse:
    """The 500 page, or the 503 where the database or the disk is not to be had just now.

    It asks nothing of the database: that may be what broke. What somebody typed is given back.
    """
    return failed(request, sys.exc_info()[1])
