"""A receipt for the person: as a page, on paper and as data."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from profiles.accounts.models import User
from profiles.door.files import as_file, busy
from profiles.exports.fhir.consent import consent
from profiles.exports.files import FHIR, as_data
from profiles.exports.receipt import as_data as receipt_as_data
from profiles.pdf import printing
from profiles.sharing.decorators import with_any_share
from profiles.sharing.models import Share
from profiles.sharing.receipts import receipt_for
from profiles.sharing.sentences import shared_by_keeper


@require_safe
@with_any_share
def receipt(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """What was decided about this share, each time, and the words that were shown."""
    context = {"share": share} | _about(share)
    return render(request, "exports/receipt.html", context)


@require_safe
@with_any_share
def receipt_pdf(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """The same on paper."""
    context = {"made_on": timezone.localdate()} | _about(share)
    try:
        made = printing.make_leaflet(render_to_string("exports/receipt_paper.html", context))
    except (printing.Busy, printing.TooHard):
        return busy(request)
    return as_file(made, "receipt.pdf")


def _about(share: Share) -> dict[str, Any]:
    return {
        "page": share.profile,
        "receipt": receipt_for(share),
        "by_keeper": shared_by_keeper(share),
    }


@require_safe
@with_any_share
def receipt_json(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """The same as data, for another program to read."""
    data = receipt_as_data(receipt_for(share), site=settings.SITE_ADDRESS, contact=settings.CONTACT)
    return as_data(data, "receipt.json")


@require_safe
@with_any_share
def receipt_fhir(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """The same in the form that health records have for it."""
    data = consent(receipt_for(share), site=settings.SITE_ADDRESS)
    return as_data(data, "receipt.fhir.json", FHIR)
