"""Answers that are no web pages: the PDF as a file, and "try again soon"."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def as_file(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to look at, to print, or to keep under this name."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def busy(request: HttpRequest) -> HttpResponse:
    """Too many pages are being made just now."""
    response = render(request, "house/busy.html", status=503)
    response["Retry-After"] = "5"
    return response
