"""What somebody typed and we could not keep: given back to them, to copy it.

Whoever answers a form with something else than that form asks `give_back` first: an answer that
leads away, or says no, would take the words along.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from profiles.core.sent_before import is_from_before

SECRETS: Final = {"passcode"}  # no words, and not to stand on a ward's screen


def came_from_us(request: HttpRequest) -> bool:
    """Does the browser say that a form stood on our own page? A page elsewhere cannot say so."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def give_back(
    request: HttpRequest, why: str, *ways: tuple[str, str], status: int
) -> HttpResponse | None:
    """The words of this form to copy, why nothing was done with them, and where to go on from here:
    each an address and what stands on its button. None if nothing was typed.
    """
    words = words_of(request)
    if not words:
        return None
    context = {"words": words, "why": why, "ways": ways}
    return render(request, "forms/given_back.html", context, status=status)


def see_now(request: HttpRequest, address: str) -> HttpResponse:
    """To how it stands now, for whoever wrote while it changed; first they get their words back."""
    why = _("This changed after you opened it, so nothing was done with them.")
    way = address, _("See it as it is now")
    return give_back(request, why, way, status=409) or redirect(address)


def words_of(request: HttpRequest) -> list[str]:
    """What was typed into the form that this request sent, box by box; none if it sent none.

    None either of what a browser kept from somebody who was here before.
    Of what did not pass the check of forms only what the browser says is ours: else a page
    elsewhere could show people its own words as if they had typed them.
    """
    is_form = request.method == "POST" and request.resolver_match is not None
    is_ours = getattr(request, "csrf_processing_done", False) or came_from_us(request)
    words = list(typed_in(request.POST)) if is_form and is_ours else []
    return [] if words and is_from_before(request) else words


def typed_in(sent: QueryDict) -> Iterator[str]:
    """Whatever somebody wrote, box by box: no choices, and nothing that the form itself carried."""
    boxes, days = {*_boxes(forms.CharField)} - SECRETS, {*_boxes(forms.DateField)}
    for name, values in sent.lists():
        box = name.rpartition("-")[2]
        if box in days:
            yield from (_as_written(value) for value in values if value.strip())
        elif box in boxes:
            yield from (value for value in values if value.strip())


def _as_written(day: str) -> str:
    """A day as people write it. A browser that shows a calendar sends it as "2026-12-31"."""
    try:
        return date_format(date.fromisoformat(day.strip()), "j F Y")
    except ValueError:
        return day  # they typed it


def _boxes(
    typed_into: type[forms.Field], kind: type[forms.BaseForm] = forms.BaseForm
) -> Iterator[str]:
    """The names of all fields of our forms that somebody types into, and that are of this kind."""
    for name, field in getattr(kind, "base_fields", {}).items():
        if isinstance(field, typed_into) and not field.widget.is_hidden:
            yield name
    for other in kind.__subclasses__():
        yield from _boxes(typed_into, other)
