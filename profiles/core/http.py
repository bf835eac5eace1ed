"""How our views answer: a page with a form, data in an address, and "that was a lot of tries"."""

import base64
from collections.abc import Callable, Mapping
from functools import wraps
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from profiles.core.given_back import words_of

P = ParamSpec("P")


def came_from(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The internet address that a request came from, behind the proxies; None if none is told."""
    try:
        return ip_address(get_adapter().get_client_ip(request))
    except (ImproperlyConfigured, PermissionDenied, ValueError):  # it passed fewer proxies, or none
        return None


def head_keeps_nothing(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Answer HEAD as GET is answered, and keep nothing of it: nobody was shown anything.

    Else a program that only asks whether a page is there would stand in the log as somebody who
    read it. The headers are the same; what the view has written is taken back.
    """

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "HEAD":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            response = view(request, *args, **kwargs)
            transaction.set_rollback(True)
        return response

    return answered


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None while it is only shown."""
    return request.POST if request.method == "POST" else None


def sent_as(request: HttpRequest, name: str) -> str:
    """What was sent under this name, in no form of ours; without NUL, which no database takes."""
    return (request.POST.get(name) or "").replace("\x00", "")


def form_page(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """A page with a form, the context's `form`. Its status is 422 where something is to be mended.

    So a screen reader's user, a script and a test all hear that nothing was kept yet.
    """
    status = 422 if context["form"].errors else 200
    return render(request, template, dict(context), status=status)


def too_many(request: HttpRequest) -> HttpResponse:
    """That was more than we let anybody do in a while; it asks them to wait.

    What they had typed is given back.
    """
    return render(request, "429.html", {"words": words_of(request)}, status=429)


def jpeg_address(photo: bytes) -> str:
    """A photo as an address that holds it: the page it is on asks for nothing more."""
    return address_holding(photo, "image/jpeg") if photo else ""


def address_holding(data: bytes, media_type: str) -> str:
    """An address that holds all of this itself."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
