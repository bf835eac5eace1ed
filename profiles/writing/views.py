"""The screens on which a person writes: the parts and their questions."""

import re
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.answers import actions, draft_actions, raising
from profiles.answers.actions import Conflict, Unseen, Words
from profiles.answers.draft_actions import DraftMoved
from profiles.answers.models import Answer, Draft, answers_now
from profiles.core.http import form_page, posted, sent_as
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile
from profiles.photos.models import AnswerPhoto, photos_beside
from profiles.review import actions as review_actions
from profiles.review import course
from profiles.sharing.sentences import readers_by_topic
from profiles.topics import lookup
from profiles.topics.coach import follow_up
from profiles.topics.load import load
from profiles.topics.lookup import asked_for, part_called
from profiles.topics.topic import Part, Topic
from profiles.writing import photo_views, presenters, top_views, ward
from profiles.writing.forms import OWN, BothForm, WriteForm, looked_for, looks_for_picture
from profiles.writing.photo_views import may_have_photo, wants_photo
from profiles.writing.presenters import STEPS, MovedLine, SeenBy

CHOSEN: Final = re.compile("[0-9a-f]{18}")  # the next version of a draft, as a script chooses it


@require_safe
@with_page
def part(request: HttpRequest, page: Profile, part: str) -> HttpResponse:
    """One part: a row for each topic, which opens it. In order mode, each line can be moved."""
    shown = part_called(part)
    said = {answer.topic: answer for answer in answers_now(page)}
    drafts = set(page.drafts.values_list("topic", flat=True))
    readers = readers_by_topic(page)
    moved = MovedLine.read(request.GET.get("moved", ""))
    rows = [
        presenters.topic_row(
            topic,
            answer := said.get(topic.key),
            topic.key in drafts,
            seen_by=SeenBy.of(answer, readers.get(topic.key, ()), theirs=page.for_someone),
            moved=moved,
        )
        for topic in shown.topics
        if not topic.retired or topic.key in said
    ]
    context = {
        "page": page,
        "part": shown,
        "topics": rows,
        "said": [row for row in rows if row["lines"]],
        "blank": [row for row in rows if not row["lines"]],
        "undo": _undo(page, request.GET.get("undo", "")),
    }
    return render(request, f"writing/{'order' if 'order' in request.GET else 'part'}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def write(request: HttpRequest, page: Profile, part: str, topic: str) -> HttpResponse:
    """One question, with what was said before and a box for what to say now.

    Then, if a line of it warns of danger, whether it should stand at the top too.
    """
    asked_in, asked = asked_for(part, topic)
    if "top" in request.GET:
        return top_views.top(request, page, asked)
    answer, draft = _said(page, asked)
    if request.method != "POST":
        form = WriteForm.first_shown(asked, answer, draft, _photos(page, asked))
        return _write_page(request, page, asked_in, asked, form, answer, draft)
    if looks_for_picture(request.POST):
        form = _kept_half_typed(request, page, asked)
        return _write_page(request, page, asked_in, asked, form, answer, draft)
    if wants_photo(request.POST, asked):
        form = _kept_half_typed(request, page, asked, aside=True)
        if form.is_valid():
            return redirect(photo_views.address(request, asked))
        return _write_page(request, page, asked_in, asked, form, answer, draft)
    form = WriteForm(request.POST, topic=asked, photos=_photos(page, asked))
    form.ask_about(page)  # before what is wrong is said
    if not form.is_valid():
        return _write_page(request, page, asked_in, asked, form, answer, draft)
    words, version = form.words(), form.cleaned_data["draft_stamp"]
    number = form.cleaned_data["started_from"]
    try:
        saved = actions.save_answer(
            profile=page, topic=asked, words=words, started_from=number, draft_version=version
        )
    except Conflict:
        draft_actions.keep_aside(
            profile=page, topic=asked, words=words, started_from=number, version=version
        )
        both_url = reverse("writing:both", kwargs={"part": part, "topic": topic})
        return redirect(f"{both_url}{course.query(request) or ward.query(request)}")
    except PermissionDenied as refused:  # more photos than a page can hold
        form.add_error("picture", str(refused))
        return _write_page(request, page, asked_in, asked, form, answer, draft)
    following = _following(request, page, asked, saved, number)
    return redirect("house:me" if "later" in request.POST else following)


def _following(
    request: HttpRequest, page: Profile, topic: Topic, saved: Answer | None, started_from: int
) -> str:
    """Where it goes on once words are saved: in the check or on the way to the ward; else to a
    question about these very words, if there is one for whoever goes on writing, or to the next.
    """
    if course.query(request):
        review_actions.written(page=page, topic=topic, saved=saved, started_from=started_from)
        return course.next_address(page, topic)
    if ward.query(request) or "later" in request.POST:
        return _after(request, page, topic)
    if raising.bring_up(profile=page, found=raising.asking(page, topic)):
        return f"{request.path}?top=yes"
    if actions.ask_back(profile=page, topic=topic, saved=saved, started_from=started_from):
        return reverse("writing:more", kwargs={"part": topic.part, "topic": topic.key})
    return presenters.after(topic)


@require_safe
@with_page
def more(request: HttpRequest, page: Profile, part: str, topic: str) -> HttpResponse:
    """One question back, about words that are saved already. It can be skipped."""
    asked_in, asked = asked_for(part, topic)
    answer, _draft = _said(page, asked)
    ask = _asked_back(asked, answer)
    if not ask:
        return redirect(presenters.after(asked))
    context = {"page": page, "part": asked_in, "topic": asked, "answer": answer}
    context |= {"ask": ask, "next_url": presenters.after(asked)}
    return render(request, "writing/more.html", context)


@require_POST
@with_page
def draft(request: HttpRequest, page: Profile, part: str, topic: str) -> HttpResponse:
    """Keep half-typed words, and say so in the status line. Nobody else sees them.

    Who is leaving hears nothing more: whatever was typed elsewhere, these words are kept as well.
    """
    _, asked = asked_for(part, topic)
    photos = _photos(page, asked)
    form = WriteForm(request.POST, topic=asked, photos=photos, half_typed=True)
    context: dict[str, Any] = {"page": page, "topic": asked, "form": form}
    if not form.is_valid():
        return render(request, "writing/draft.html", context, status=422)
    words = form.words()
    context["words"] = words
    typed: dict[str, Any] = {
        "words": words,
        "started_from": form.cleaned_data["started_from"],
        "version": form.cleaned_data["draft_stamp"],
    }
    try:
        if "leaving" in request.POST:
            draft_actions.keep_aside(profile=page, topic=asked, **typed)
            return HttpResponse(status=204)
        fresh = CHOSEN.fullmatch(sent_as(request, "next_stamp"))
        context["version"] = draft_actions.save_draft(
            profile=page, topic=asked, fresh=fresh[0] if fresh else "", **typed
        )
    except DraftMoved:
        return render(request, "writing/draft.html", context | {"moved": True}, status=409)
    return render(request, "writing/draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def both(request: HttpRequest, page: Profile, part: str, topic: str) -> HttpResponse:
    """Two windows wrote: here are both texts. Which is right?"""
    asked_in, asked = asked_for(part, topic)
    theirs, mine = _said(page, asked)
    query, here = course.query(request), {"part": part, "topic": topic}
    if theirs is None or mine is None:
        return redirect(f"{reverse('writing:write', kwargs=here)}{query}")
    texts: dict[str, Answer | Draft] = {"mine": mine, "theirs": theirs}
    blank = [which for which, said in texts.items() if not (said.text.strip() or said.photo_id)]
    form = BothForm(
        posted(request),
        blank=blank,
        initial={"started_from": theirs.number, "draft_stamp": mine.version},
    )
    if form.is_valid():
        if form.cleaned_data["draft_stamp"] != mine.version:
            return redirect(request.get_full_path())  # typed on since: look again
        try:
            actions.settle(
                profile=page,
                topic=asked,
                mine=Words.typed(mine),
                choice=form.cleaned_data["choice"],
                started_from=form.cleaned_data["started_from"],
            )
        except (Conflict, Unseen):
            return redirect(request.get_full_path())
        except PermissionDenied as refusal:
            form.add_error("choice", str(refusal))
        else:
            draft_actions.throw_away(profile=page, topic=asked, version=mine.version)
            if query:  # what was chosen is shown once more, to be said right
                return redirect(course.address_of(asked))
            return redirect("writing:part", part=part)
    context = {"page": page, "part": asked_in, "topic": asked, "form": form}
    context |= {"mine": mine, "theirs": theirs, "blank": blank}
    return form_page(request, "writing/both.html", context)


@require_POST
@with_page
def line(request: HttpRequest, page: Profile, part: str, topic: str) -> HttpResponse:
    """Move one line up or down, or take it off. Taking off can be undone."""
    _, asked = asked_for(part, topic)
    how = request.POST.get("do", "")
    given = [request.POST.get(name, "") for name in ("number", "line")]
    if how not in {*STEPS, "remove"} or not all(value.isdecimal() for value in given):
        raise Http404
    number, at = (int(value[:9]) for value in given)
    try:
        changed = actions.change_line(profile=page, topic=asked, number=number, line=at, how=how)
    except Conflict:
        changed = None  # the page has moved on: show it as it is now, and let them look again
    address = f"{reverse('writing:part', kwargs={'part': part})}?order=yes"
    if changed and how == "remove":
        return redirect(f"{address}&undo={topic}.{number}#{topic}")
    if changed:  # no "#": with one, the keyboard would not go to the button in the moved line
        moved = MovedLine(topic, changed.number, at + STEPS[how], how)
        return redirect(f"{address}&moved={moved.as_asked}")
    return redirect(f"{address}#{topic}")


@require_POST
@with_page
def throw_away(request: HttpRequest, page: Profile, part: str, topic: str) -> HttpResponse:
    """Let go of words that were typed and not saved."""
    _, asked = asked_for(part, topic)
    draft_actions.throw_away(profile=page, topic=asked, version=sent_as(request, "draft_stamp"))
    return redirect(f"{lookup.write_url(asked)}{course.query(request)}")


def _kept_half_typed(
    request: HttpRequest, page: Profile, topic: Topic, *, aside: bool = False
) -> WriteForm:
    """What was typed so far, kept as a draft, and in its box again.

    Where another window has a draft, that stays, and these words are in the box; unless they are to
    be kept `aside`, as the box will be gone: then the other words are put into the history.
    """
    photos = _photos(page, topic)
    form = WriteForm(request.POST, topic=topic, photos=photos, half_typed=True)
    if not form.is_valid():
        return form
    data = request.POST.copy()
    typed: dict[str, Any] = {
        "words": form.words(),
        "started_from": form.cleaned_data["started_from"],
        "version": form.cleaned_data["draft_stamp"],
    }
    try:
        data["draft_stamp"] = draft_actions.save_draft(profile=page, topic=topic, **typed)
    except DraftMoved:
        if aside:
            draft_actions.keep_aside(profile=page, topic=topic, **typed)
    return WriteForm(data, topic=topic, photos=photos, half_typed=True)


def _write_page(
    request: HttpRequest,
    page: Profile,
    part: Part,
    topic: Topic,
    form: WriteForm,
    answer: Answer | None,
    draft: Draft | None,
) -> HttpResponse:
    form.ask_about(page)
    number = answer.number if answer else 0
    context = {
        "page": page,
        "part": part,
        "topic": topic,
        "form": form,
        "words": form.words() if form.is_bound and form.is_valid() else None,
        "answer": None if answer is None or answer.is_clear else answer,
        "draft": draft,
        "draft_is_older": bool(draft and draft.started_from != number),
        "earlier_count": number,
        "next_url": _after(request, page, topic),
        "step": _("A ward will ask this") if ward.query(request) else part.title,
        "looked_for": looked_for(request.POST),
        "picture_is_open": looks_for_picture(request.POST) or bool(form["picture"].errors),
        "can_have_photo": may_have_photo(topic),
        "new_photo": _new_photo(form, answer, draft),
        "in_review": course.query(request),
        "for_ward": ward.query(request),
        "ask": _asked_back(topic, answer) if "more" in request.GET else "",
    }
    return form_page(request, "writing/write.html", context)


def _after(request: HttpRequest, page: Profile, topic: Topic) -> str:
    """Where it goes on without saving: to the next question, or on the way to the ward."""
    if ward.query(request):
        return ward.address_after(ward.ward_of(page), topic)
    return presenters.after(topic)


def _asked_back(topic: Topic, answer: Answer | None) -> str:
    """The question back about these words; "" if they say enough."""
    question = follow_up(topic, answer.text) if answer else None
    return question.ask if question else ""


def _said(page: Profile, topic: Topic) -> tuple[Answer | None, Draft | None]:
    """The newest answer and the draft under a topic, with their key in hand."""
    answer = page.answers.about(topic.key).first()
    draft = page.drafts.about(topic.key).first()
    return answer, draft


def _new_photo(form: WriteForm, answer: Answer | None, draft: Draft | None) -> AnswerPhoto | None:
    """The photo that waits with half-typed words, if it does not stand on the page already."""
    if draft is None or (answer and draft.photo_id == answer.photo_id):
        return None
    return form.photos.get(f"{OWN}{draft.photo_id}")


def _photos(page: Profile, topic: Topic) -> list[AnswerPhoto]:
    """The photos of one's own that were chosen for a topic, newest first."""
    return photos_beside(page, topic.key)


def _undo(page: Profile, asked: str) -> dict[str, Any] | None:
    """What the Undo button after a removal would bring back."""
    key, _, number = asked.partition(".")
    if not number.isdecimal() or key not in load().by_key:
        return None
    if not page.answers.about(key).numbered(int(number[:9])).exists():
        return None
    topic = load().topic(key)
    return {
        "url": reverse(
            "writing:bring_back",
            kwargs={"part": topic.part, "topic": key, "number": int(number[:9])},
        ),
        "topic": topic,
    }
