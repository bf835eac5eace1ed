"""The page as a file to keep: as text, or as data."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse

from profiles.exports.plain import plain
from profiles.sheet.sheet import Sheet


def as_text(sheet: Sheet, name: str) -> HttpResponse:
    """The page as plain text, to look at or to keep under this name."""
    return HttpResponse(
        plain(sheet),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def as_data(data: Mapping[str, Any], name: str) -> JsonResponse:
    """Data as a file that other programs can read, kept under this name."""
    return JsonResponse(
        dict(data),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
