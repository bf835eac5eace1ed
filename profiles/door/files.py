"""Answers that are no web pages: the PDF as a file, and "try again soon"."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from profiles.core.http import too_many
from profiles.core.rate_limits import may_print
from profiles.pdf.fit import Busy, DoesNotFit, NotMade, TooHard
from profiles.pdf.made_once import First
from profiles.pdf.pool import place


class TooOften(Exception):
    """They had so many pages made lately that they have to wait."""


def as_file(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to look at, to print, or to keep under this name."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def pdf_not_made(name: str) -> HttpResponse:
    """The headers of a PDF, for HEAD: nobody is shown anything, so nothing is printed."""
    headers = as_file(b"", name).headers
    return file_not_made(
        headers["Content-Type"], {"Content-Disposition": headers["Content-Disposition"]}
    )


def file_not_made(content_type: str, headers: Mapping[str, str]) -> HttpResponse:
    """The headers of a file that takes long to make, for HEAD."""
    # Of no stated length: else Django would say that the file is empty.
    answer = StreamingHttpResponse((), content_type=content_type, headers=dict(headers))
    return cast(HttpResponse, answer)


def pdf_or_why(
    request: HttpRequest,
    make: Callable[[First], bytes],
    *,
    name: str,
    refusal: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """What `make` prints, as a file; or the page, by its template, that says why there is none.

    It is given what it does first, where a page has to be made: whoever had too many made lately is
    told so. What is there from before costs nothing, and is no print more.
    That template has the `fit` of a page that is too long, or the `reason` for any other refusal.
    """
    if request.method == "HEAD":
        return pdf_not_made(name)
    try:
        with place():
            return as_file(make(partial(pay_for, request, may_print)), name)
    except TooOften:
        return too_many(request)
    except DoesNotFit as too_long:
        return render(request, refusal, {**context, "fit": too_long.fit}, status=409)
    except NotMade:
        return not_made(request)
    except TooHard as reason:
        return render(request, refusal, {**context, "reason": str(reason)}, status=409)
    except Busy:
        return busy(request)


def pay_for(request: HttpRequest, may: Callable[[HttpRequest], bool]) -> None:
    """Count one more thing that is made for somebody. Raises TooOften where that is too many."""
    if not may(request):
        raise TooOften


def busy(request: HttpRequest) -> HttpResponse:
    """Too many pages are being made just now."""
    return _try_again(request, "house/busy.html")


def not_made(request: HttpRequest) -> HttpResponse:
    """Something of ours broke while a page was made. Nobody is told that it is too long."""
    return _try_again(request, "house/not_made.html")


def _try_again(request: HttpRequest, template: str) -> HttpResponse:
    response = render(request, template, status=503)
    response["Retry-After"] = "5"
    return response
