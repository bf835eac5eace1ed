"""The person's home: everything about their page at a glance."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from profiles.accounts.signed_in import account_of
from profiles.answers.models import answers_now
from profiles.house.landing import lists_here
from profiles.moments import news
from profiles.moments.next_things import next_things
from profiles.pages.decorators import pages_of, with_page
from profiles.pages.models import Profile
from profiles.photos.models import photo_of
from profiles.sharing.endings import note_endings_of
from profiles.sharing.names import name_among, who_helps
from profiles.topics.load import load
from profiles.writing import presenters


@login_not_required
@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """The person's home. Who has no page of their own, but people, is led to those."""
    theirs = lists_here(request)
    if account_of(request) and not theirs.own:
        return redirect(theirs.first)
    return home(request)


@with_page
def home(request: HttpRequest, page: Profile) -> HttpResponse:
    """What has happened, the one next thing, the moments, and the parts."""
    note_endings_of(page)
    now = timezone.now()
    answers = answers_now(page)
    said = {answer.topic: answer for answer in answers}
    drafts = set(page.drafts.values_list("topic", flat=True))
    return render(
        request,
        "house/me.html",
        {
            "page": page,
            "name": name_among(answers),
            "parts": [presenters.part_row(part, said, drafts) for part in load().parts],
            "news": news.newest(page, now),
            "told": news.told(page, now) if page.owner_id else [],
            "helpers": who_helps(page),
            "next_things": next_things(page, said, drafts, now),
            "photo": photo_of(page),
            "kept": request.user.is_authenticated,
            "other_pages": pages_of(request).count() - 1,
        },
    )
