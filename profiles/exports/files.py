"""The page as a file to keep: as text, or as data."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse

from profiles.exports.markdown import markdown
from profiles.exports.plain import plain
from profiles.sheet.sheet import Sheet

FHIR: Final = "application/fhir+json"


def as_text(sheet: Sheet, name: str) -> HttpResponse:
    """The page as plain text, to look at or to keep under this name."""
    return HttpResponse(
        plain(sheet),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def as_markdown(sheet: Sheet, name: str) -> HttpResponse:
    """The page as Markdown, to be kept under this name."""
    return _to_keep(markdown(sheet).encode(), "text/markdown; charset=utf-8", name)


def as_data(
    data: Mapping[str, Any], name: str, content_type: str = "application/json"
) -> HttpResponse:
    """Data as a file that other programs can read, kept under this name."""
    return _to_keep(written(data), content_type, name)


def written(data: Mapping[str, Any]) -> bytes:
    """Data as JSON that people can read too."""
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def _to_keep(file: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        file,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
