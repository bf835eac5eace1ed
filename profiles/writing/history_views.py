"""Earlier words and earlier pages, and how they are brought back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from profiles.answers import actions, changes
from profiles.answers.models import Answer
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile
from profiles.topics.load import load
from profiles.topics.lookup import asked_for


@require_safe
@with_page
def earlier_words(request: HttpRequest, page: Profile, part: str, topic: str) -> HttpResponse:
    """Everything ever saved under one question, newest first."""
    asked_in, asked = asked_for(part, topic)
    rows = page.answers.about(asked.key).with_profile(page)
    context = {"page": page, "part": asked_in, "topic": asked, "rows": rows}
    return render(request, "writing/earlier_words.html", context)


@require_POST
@with_page
def bring_back(
    request: HttpRequest, page: Profile, part: str, topic: str, number: int
) -> HttpResponse:
    """Say again what was said before."""
    _, asked = asked_for(part, topic)
    answer = get_object_or_404(Answer, profile=page, topic=asked.key, number=number)
    answer.profile = page
    newest = page.answers.about(asked.key).values_list("number", flat=True).first()
    try:
        actions.bring_back(profile=page, topic=asked, answer=answer, started_from=newest or 0)
    except actions.Conflict:
        return redirect("writing:earlier_words", part=part, topic=topic)
    address = reverse("writing:part", kwargs={"part": part})
    order = "?order=yes" if "order" in request.POST else ""  # where a line was just taken off
    return redirect(f"{address}{order}#{topic}")


@require_safe
@with_page
def earlier(request: HttpRequest, page: Profile) -> HttpResponse:
    """The pages as they stood before, and what changed each time."""
    context = {"page": page, "editions": changes.by_edition(page)}
    return render(request, "writing/earlier.html", context)


@require_POST
@with_page
def bring_back_edition(request: HttpRequest, page: Profile, number: int) -> HttpResponse:
    """Make the page say again what it said in an earlier edition."""
    edition = page.editions.numbered(number).first()
    if edition is None:
        raise Http404
    topics = tuple(load().by_key.values())
    try:
        actions.bring_back_edition(profile=page, edition=edition, topics=topics)
    except actions.Conflict:
        return redirect("writing:earlier")  # another window saved: nothing has been brought back
    return redirect("door:page")
