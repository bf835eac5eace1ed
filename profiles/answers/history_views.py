"""Earlier words, earlier pages, and letting go of all of it."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.answers import actions, changes
from profiles.answers.asked import asked_for
from profiles.answers.forms import DeleteForm
from profiles.answers.models import Answer, Profile
from profiles.answers.whose import ABOUT, account_of, page_of, pages_of, with_page
from profiles.topics.load import load


@require_safe
@with_page
def earlier_words(request: HttpRequest, page: Profile, part: str, topic: str) -> HttpResponse:
    """Everything ever saved under one question, newest first."""
    asked_in, asked = asked_for(part, topic)
    rows = page.answers.about(asked.key).in_hand(page)
    context = {"page": page, "part": asked_in, "topic": asked, "rows": rows}
    return render(request, "answers/earlier_words.html", context)


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
        return redirect("answers:earlier_words", part=part, topic=topic)
    return redirect(f"{reverse('answers:part', kwargs={'part': part})}#{topic}")


@require_safe
@with_page
def earlier(request: HttpRequest, page: Profile) -> HttpResponse:
    """The pages as they stood before, and what changed each time."""
    context = {"page": page, "editions": changes.by_edition(page)}
    return render(request, "answers/earlier.html", context)


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
        return redirect("answers:earlier")  # another window saved: nothing has been brought back
    return redirect("door:page")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """What goes when a page is deleted, what we cannot fetch back, and the button that does it.

    The last page takes the account with it; an account that has no page can be deleted too.
    """
    page, account = page_of(request), account_of(request)
    if page is None and request.POST.get(ABOUT):
        raise Http404  # the page that was to be deleted is gone already, or is not theirs
    if page is None and account is None:
        return redirect("answers:start")
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if actions.leave(profile=page, account=account):
            logout(request)
        return render(request, "answers/deleted.html", {"page": page})
    context = {"form": form, "page": page, "last": pages_of(request).count() <= 1}
    return render(request, "answers/delete.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def choose(request: HttpRequest, page: Profile) -> HttpResponse:
    """Somebody with more than one page: which to open? All of them stay."""
    pages = list(pages_of(request))
    if request.method == "POST":
        chosen = next((p for p in pages if p.key == request.POST.get("page")), None)
        if chosen is None:
            raise Http404
        actions.choose(profile=chosen)
        return redirect("answers:home")
    rows = [{"page": one, "name": one.name, "is_open": one.pk == page.pk} for one in pages]
    return render(request, "answers/choose.html", {"pages": rows})
