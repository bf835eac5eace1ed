"""A form whose token is old: somebody signed in, or out, in another window, or cleared the cookies.

Nothing is done, since nobody can be sure who sent it. But what was typed is given back.
"""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from profiles.core.given_back import came_from_us, typed_in
from profiles.core.sent_before import TOKEN, is_from_before, note
from profiles.pages.decorators import ABOUT, pages_of

KEEP_WORDS = {"writing:write"}  # where a press of Save keeps words, and does nothing else


@login_not_required
@never_cache
def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Give the words back, if the browser says that the form was one of ours; else nothing.

    They can be saved only by whoever writes the page that they were written for, and only where a
    form does nothing but keep words: a yes, or an email, is not given under the word "Save".
    Autosave, which is a form too, gets a new token with the answer, and tries again.
    """
    if not came_from_us(request):
        return render(request, "403_csrf.html", status=403)
    if "HX-Request" in request.headers:
        return render(request, "pages/new_token.html", status=403)
    words = list(typed_in(request, request.POST))
    if not words or is_from_before(request):
        return render(request, "403_csrf.html", status=403)
    note(request)
    about = request.POST.get(ABOUT, "")
    is_theirs = "\x00" not in about and pages_of(request).filter(key=about).exists()
    keeps_words = request.resolver_match and request.resolver_match.view_name in KEEP_WORDS
    context = {
        "words": words,
        "is_theirs": is_theirs or not about,
        "again": list(_as_it_was_sent(request.POST)) if is_theirs and keeps_words else None,
        "address": request.get_full_path(),
        "for_reader": getattr(
            getattr(request.resolver_match, "func", None), "is_for_readers", False
        ),
    }
    return render(request, "pages/stale_form.html", context, status=403)


def _as_it_was_sent(sent: QueryDict) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, values in sent.lists() if name != TOKEN for value in values)
