"""Should a line that warns of danger stand at the top of the page too? It is asked once."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from profiles.answers import raising
from profiles.answers.forms import RaiseForm
from profiles.answers.raising import Asking
from profiles.core.http import form_page, posted, sent_as
from profiles.pages.models import Profile
from profiles.topics.load import load
from profiles.topics.topic import Topic
from profiles.writing import presenters


def top(request: HttpRequest, page: Profile, asked: Topic) -> HttpResponse:
    """Lines of one answer, and who sees the top: put them there too, leave them, or not now."""
    found = raising.asking(page, asked)
    if found is None:
        return redirect(_following(request, asked))
    form = RaiseForm(posted(request), found=found, initial={"seen": found.seen})
    is_no = sent_as(request, "say") == "no"
    if is_no or form.is_valid():
        lines, seen = [] if is_no else form.chosen, sent_as(request, "seen")
        try:
            raising.put_at_top(profile=page, topic=asked, lines=lines, seen=seen)
        except raising.NotAsSeen:
            return _look_again(request, page, asked)
        except PermissionDenied as refused:
            form.add_error("lines", str(refused))
        else:
            return redirect(_following(request, asked))
    return form_page(request, "writing/top.html", _context(request, page, found, form))


def _look_again(request: HttpRequest, page: Profile, asked: Topic) -> HttpResponse:
    """The words changed, or who may see them did: the question as it stands now, if it does."""
    found = raising.asking(page, asked)
    if found is None:
        return redirect(_following(request, asked))
    form = RaiseForm(found=found, initial={"seen": found.seen})
    context = _context(request, page, found, form) | {"moved": True}
    return render(request, "writing/top.html", context, status=409)


def _context(request: HttpRequest, page: Profile, found: Asking, form: RaiseForm) -> dict[str, Any]:
    return {
        "page": page,
        "part": load().part(found.topic.part),
        "topic": found.topic,
        "top": raising.top_topic(),
        "asking": found,
        "form": form,
        "next_url": _following(request, found.topic),
    }


def _following(request: HttpRequest, asked: Topic) -> str:
    """Where this leads: back home for whoever came from there, else to the next question."""
    return reverse("house:me") if "home" in request.GET else presenters.after(asked)
