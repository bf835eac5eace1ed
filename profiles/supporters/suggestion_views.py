"""Where a person decides about what a supporter suggests."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from profiles.accounts.models import User
from profiles.answers import draft_actions
from profiles.answers.actions import Conflict, Words
from profiles.answers.models import Answer, lines_under
from profiles.core.given_back import see_now
from profiles.core.http import form_page, posted
from profiles.pages.models import Profile
from profiles.sharing.decorators import with_my_page
from profiles.supporters import sentences, suggestion_actions
from profiles.supporters.forms import MyWayForm
from profiles.supporters.models import Suggestion
from profiles.topics.load import load
from profiles.topics.lookup import write_url
from profiles.topics.topic import Topic

BOTH = ["GET", "HEAD", "POST"]
Reply = Suggestion.Reply


@require_safe
@with_my_page
def suggestions(request: HttpRequest, page: Profile, person: User) -> HttpResponse:
    """Everything that was suggested: what waits for the person first."""
    context = {
        "page": page,
        "waiting": [
            sentences.offered(each) for each in page.suggestions.waiting().with_profile(page)
        ],
        "decided": [
            sentences.offered(each) for each in page.suggestions.decided().with_profile(page)
        ],
    }
    return render(request, "supporters/suggestions.html", context)


@require_http_methods(BOTH)
@with_my_page
def suggestion(request: HttpRequest, page: Profile, person: User, ref: str) -> HttpResponse:
    """A supporter's words beside one's own: use theirs, keep mine, change it, or not now."""
    offered, topic, answer = _offered(page, ref)
    if offered.is_decided:  # pressed twice, or the way back of a browser
        return redirect("supporters:suggestions")
    match request.POST.get("say") if request.method == "POST" else None:
        case "use":
            number = request.POST.get("started_from", "")
            try:
                suggestion_actions.use(
                    suggestion=offered,
                    by=person,
                    topic=topic,
                    started_from=int(number) if number.isdecimal() and len(number) < 11 else 0,
                )
            except Conflict:
                return redirect("supporters:suggestion", ref=ref)  # the page moved on: look again
            return redirect("supporters:suggestions")
        case "keep":
            suggestion_actions.answer(suggestion=offered, by=person, said=Reply.KEPT)
            return redirect("supporters:suggestions")
        case "later":
            suggestion_actions.answer(suggestion=offered, by=person, said=Reply.LATER)
            return redirect("supporters:suggestions")
    return render(request, "supporters/suggestion.html", _beside(page, offered, topic, answer))


@require_http_methods(BOTH)
@with_my_page
def my_way(request: HttpRequest, page: Profile, person: User, ref: str) -> HttpResponse:
    """The suggested words in a box of one's own, to change and to save."""
    offered, topic, answer = _offered(page, ref)
    form = MyWayForm(
        posted(request),
        topic=topic,
        initial={"words": offered.text, "started_from": answer.number if answer else 0},
    )
    form.typed_in(page.language)
    context = _beside(page, offered, topic, answer) | {"form": form}
    if offered.is_decided:
        return _decided_before(request, page, topic, answer, form)
    if form.is_valid():
        try:
            suggestion_actions.write_my_way(
                suggestion=offered,
                by=person,
                topic=topic,
                words=_in_my_words(form, topic, answer),
                started_from=form.cleaned_data["started_from"],
            )
        except Conflict as conflict:
            context |= _beside(page, offered, topic, conflict.theirs) | {"moved": True}
            form.start_from(str(conflict.theirs.number if conflict.theirs else 0))
            return render(request, "supporters/my_way.html", context, status=409)
        return redirect("supporters:suggestions")
    return form_page(request, "supporters/my_way.html", context)


def _offered(page: Profile, ref: str) -> tuple[Suggestion, Topic, Answer | None]:
    """A suggestion, its topic, and what stands there now."""
    found = page.suggestions.named(ref).with_profile(page)
    if not found:
        raise Http404
    topic = load().topic(found[0].topic)
    return found[0], topic, page.answers.about(topic.key).first()


def _decided_before(
    request: HttpRequest, page: Profile, topic: Topic, answer: Answer | None, form: MyWayForm
) -> HttpResponse:
    """Pressed twice, or decided in another window: then these words are kept as half typed.

    Those that cannot be kept are given back.
    """
    if not form.is_valid():
        return see_now(request, reverse("supporters:suggestions"))
    if answer and lines_under(topic.key, form.said) == answer.lines:
        return redirect("supporters:suggestions")
    draft_actions.keep_aside(
        profile=page,
        topic=topic,
        words=_in_my_words(form, topic, answer),
        started_from=form.cleaned_data["started_from"],
        version="",
    )
    return redirect(write_url(topic))


def _in_my_words(form: MyWayForm, topic: Topic, answer: Answer | None) -> Words:
    """What was typed, with the picture that is there, for those who may see it now."""
    return Words(
        text=form.said,
        picture=answer.picture if answer else topic.picture,
        photo_id=answer.photo_id if answer else None,
        only_me=answer.only_me if answer else topic.starts_private,
    )


def _beside(
    page: Profile, offered: Suggestion, topic: Topic, answer: Answer | None
) -> dict[str, Any]:
    if answer:
        answer.profile = page
    who = offered.supporter.name
    # An old suggestion may say more than a name where the name stands: both are shown apart.
    theirs = "\n".join(lines_under(topic.key, offered.text))
    return {
        "page": page,
        "suggestion": offered,
        "who": who,
        "topic": topic,
        "mine": {
            "title": "Your words now",
            "text": answer.text if answer else "",
            "language": answer.language if answer else "",
        },
        "theirs": {"title": f"New words, from: {who}", "text": theirs, "language": page.language},
        "number": answer.number if answer else 0,
        "kept": answer.only_me if answer else topic.starts_private,
    }
