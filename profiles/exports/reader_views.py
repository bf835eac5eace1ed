"""The page as text or data, for a reader who may keep a copy."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from profiles.access.actions import Reader
from profiles.access.models import Channel
from profiles.door import door
from profiles.door.reader_views import not_to_take
from profiles.exports.files import as_data, as_text
from profiles.exports.portable import as_portable
from profiles.reading.decorators import with_share
from profiles.sharing.models import Share
from profiles.sheet.sheet import Sheet


@require_safe
@with_share
def read_txt(request: HttpRequest, share: Share, reader: Reader) -> HttpResponse:
    """The page as plain text."""
    sheet = _taken(share, reader, Channel.TEXT)
    return as_text(sheet, "page.txt") if sheet else not_to_take(request, share)


@require_safe
@with_share
def read_json(request: HttpRequest, share: Share, reader: Reader) -> HttpResponse:
    """The page as a file that another place can read."""
    sheet = _taken(share, reader, Channel.DATA)
    return as_data(as_portable(sheet), "page.json") if sheet else not_to_take(request, share)


def _taken(share: Share, reader: Reader, channel: Channel) -> Sheet | None:
    """The page, if a copy of it may be kept."""
    opened = door.open_through(share, reader=reader, channel=channel)
    return opened.sheet if opened else None
