"""Answers that are no web pages: the PDF as a file, and "try again soon"."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from profiles.core.busy import PLACES
from profiles.core.http import too_many
from profiles.core.rate_limits import may_print
from profiles.pdf.fit import Busy, DoesNotFit, NotMade, TooHard


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
    make: Callable[[], bytes],
    *,
    name: str,
    refusal: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """What `make` prints, as a file; or the page, by its template, that says why there is none.

    That template has the `fit` of a page that is too long, or the `reason` for any other refusal.
    """
    if request.method == "HEAD":
        return pdf_not_made(name)
    if PLACES.are_taken():
        return busy(request)
    try:
        return as_file(make(), name)
    except DoesNotFit as too_long:
        return render(request, refusal, {**context, "fit": too_long.fit}, status=409)
    except NotMade:
        return not_made(request)
    except TooHard as reason:
        return render(request, refusal, {**context, "reason": str(reason)}, status=409)
    except Busy:
        return busy(request)


def no_print_now(request: HttpRequest) -> HttpResponse | None:
    """The answer where nothing is printed now: too much is, or by them. Else it counts as one more.

    It comes before a page is opened for it: whoever is told to come back takes nobody's time.
    """
    if PLACES.are_taken():
        return busy(request)
    return None if may_print(request) else too_many(request)


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
