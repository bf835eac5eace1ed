"""What was typed on one page, kept until it is checked on the next: sealed, in the session alone.

So no address bears a word of it, the way back shows it again, and what is done in the end is what
was shown. It is named by a key that opens nothing in any other browser.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, QueryDict

from profiles.core import codes

KEPT: Final = "kept_forms"  # in the session: by name, the oldest first
MOST: Final = 5  # of one browser, at one time


@dataclass(frozen=True, kw_only=True)
class KeptForm:
    """A form as it was sent; or, once that is done, what was made of it."""

    name: str
    typed: QueryDict
    made: str = ""


def keep(request: HttpRequest, about: str, fields: Iterable[str]) -> str:
    """Keep what this request sent in these fields, which were looked at, and say how it is named.

    `about` says which form of what.
    """
    typed = QueryDict(mutable=True)
    for field in fields:
        typed.setlist(field, request.POST.getlist(field))
    name = codes.new_key()
    _put(request, name, {"about": about, "typed": typed.urlencode()})
    return name


def kept(request: HttpRequest, about: str, name: str) -> KeptForm | None:
    """The form that is kept under this name; None if there is none about this."""
    row = request.session.get(KEPT, {}).get(name)
    if row is None or row["about"] != about:
        return None
    typed = QueryDict(row.get("typed", ""))
    return KeptForm(name=name, typed=typed, made=row.get("made", ""))


def newest(request: HttpRequest, about: str) -> KeptForm | None:
    """What was typed last and left: nothing was made of it yet."""
    for name in reversed(request.session.get(KEPT, {})):
        found = kept(request, about, name)
        if found and not found.made:
            return found
    return None


def now_made(request: HttpRequest, about: str, name: str, made: str) -> None:
    """Let the words go, and remember what was made of them."""
    _put(request, name, {"about": about, "made": made})


def _put(request: HttpRequest, name: str, row: dict[str, Any]) -> None:
    others = {key: value for key, value in request.session.get(KEPT, {}).items() if key != name}
    request.session[KEPT] = dict([*others.items(), (name, row)][-MOST:])
