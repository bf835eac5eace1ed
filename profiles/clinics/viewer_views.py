"""The viewer: a page of ours for somebody at a clinic who opens the link in a browser."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from profiles.clinics.forms import ViewerForm
from profiles.reading.decorators import for_readers


@for_readers
@require_safe
def viewer(request: HttpRequest) -> HttpResponse:
    """What stands after the # is read by a script in the browser, and never sent to us.

    So this is the same page for everybody.
    """
    return render(request, "clinics/viewer.html", {"form": ViewerForm()})
