"""Where a supporter sees the page of whom they help."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from profiles.accounts.models import User
from profiles.door import door
from profiles.door.reader_views import photo_in
from profiles.supporters import sentences
from profiles.supporters.decorators import with_supporter
from profiles.supporters.models import Supporter


@require_safe
@with_supporter
def helping(request: HttpRequest, supporter: Supporter, user: User) -> HttpResponse:
    """The page as this supporter may see it, what they may do, and what became of their words."""
    sheet = door.open_for_supporter(supporter)
    if sheet is None:
        raise Http404  # stopped between the question and the answer
    suggestions = supporter.suggestions.told().latest_first().with_profile(supporter.profile)
    return render(
        request,
        "door/helping.html",
        {
            "sheet": sheet,
            "photo_address": photo_in(sheet),
            "supporter": supporter,
            "may": sentences.I_MAY[Supporter.May(supporter.may)],
            "suggestions": [sentences.offered(each) for each in suggestions],
        },
    )
