"""What somebody typed and we could not keep: given back to them, to copy it.

Whoever answers a form with something else than that form asks `give_back` first: an answer that
leads away, or says no, would take the words along.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from profiles.core.sent_before import is_from_before

SECRETS: Final = {"passcode"}  # no words, and not to stand on a ward's screen


@dataclass(frozen=True)
class Typed:
    """What somebody wrote in one box, and its label; "" where a question stood above it."""

    label: str
    text: str


def came_from_us(request: HttpRequest) -> bool:
    """Does the browser say that a form stood on our own page? A page elsewhere cannot say so."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def give_back(
    request: HttpRequest, why: str, *ways: tuple[str, str], status: int, for_reader: bool = False
) -> HttpResponse | None:
    """The words of this form to copy, why nothing was done with them, and where to go on from here:
    each an address and what stands on its button. None if nothing was typed.

    To a reader it says nothing of whose pages they have, as whatever they see.
    """
    words = words_of(request)
    if not words:
        return None
    context = {"words": words, "why": why, "ways": ways, "for_reader": for_reader}
    return render(request, "forms/given_back.html", context, status=status)


def see_now(request: HttpRequest, address: str) -> HttpResponse:
    """To how it stands now, for whoever wrote while it changed; first they get their words back."""
    why = _("This changed after you opened it, so nothing was done with them.")
    way = address, _("See it as it is now")
    return give_back(request, why, way, status=409) or redirect(address)


def words_of(request: HttpRequest) -> list[Typed]:
    """What was typed into the form that this request sent, box by box; none if it sent none.

    None either of what a browser kept from somebody who was here before.
    Of what did not pass the check of forms only what the browser says is ours: else a page
    elsewhere could show people its own words as if they had typed them.
    """
    is_form = request.method == "POST" and request.resolver_match is not None
    is_ours = getattr(request, "csrf_processing_done", False) or came_from_us(request)
    words = list(typed_in(request, request.POST)) if is_form and is_ours else []
    return [] if words and is_from_before(request) else words


def typed_in(request: HttpRequest, sent: QueryDict) -> Iterator[Typed]:
    """Whatever somebody wrote, box by box: no choices, and nothing that the form itself carried."""
    forms_of_ours = list(_all(forms.BaseForm))
    boxes = {name for kind in forms_of_ours for name in _boxes(kind, forms.CharField)} - SECRETS
    days = {name for kind in forms_of_ours for name in _boxes(kind, forms.DateField)}
    rows = defaultdict(set)  # of a form with rows, such as ring-0-name: what each has
    for name in sent:
        rows[name.rpartition("-")[0]].add(name.rpartition("-")[2])
    for name, values in sent.lists():
        row, _of, box = name.rpartition("-")
        written = [value for value in values if value.strip()]
        if box in boxes | days and written:
            label = _label(_most_like(rows[row], request, forms_of_ours), row, box)
            shown = _as_written if box in days else str
            yield from (Typed(label, shown(value)) for value in written)


def _as_written(day: str) -> str:
    """A day as people write it. A browser that shows a calendar sends it as "2026-12-31"."""
    try:
        return date_format(date.fromisoformat(day.strip()), "j F Y")
    except ValueError:
        return day  # they typed it


def _most_like(
    names: set[str], request: HttpRequest, kinds: list[type[forms.BaseForm]]
) -> type[forms.BaseForm]:
    """The form that has most of these boxes; of several, one of the room that was asked."""
    match = request.resolver_match
    room = ".".join(match.func.__module__.split(".")[:2]) if match else ""
    return max(
        kinds,
        key=lambda kind: (len(names & _fields(kind).keys()), kind.__module__.startswith(room)),
    )


def _label(kind: type[forms.BaseForm], row: str, box: str) -> str:
    """What stood above this box, with the number of its row."""
    label = str(getattr(_fields(kind).get(box), "label", None) or "")
    number = row.rpartition("-")[2]
    return f"{int(number) + 1}. {label}" if label and number.isdecimal() else label


def _all(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for other in kind.__subclasses__():
        yield other
        yield from _all(other)


def _fields(kind: type[forms.BaseForm]) -> dict[str, Any]:
    return getattr(kind, "base_fields", {})


def _boxes(kind: type[forms.BaseForm], typed_into: type[forms.Field]) -> Iterator[str]:
    """The names of all fields of a form that somebody types into, and that are of this kind."""
    for name, field in _fields(kind).items():
        if isinstance(field, typed_into) and not field.widget.is_hidden:
            yield name
