"""Is it still right? A page is gone through topic by topic, in any number of sittings."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.accounts.signed_in import account_of
from profiles.core.http import sent_as
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile
from profiles.review import actions, rules
from profiles.review.actions import WordsChanged
from profiles.review.course import FLAG, Course, address_of, blanks, course_of
from profiles.review.models import Review
from profiles.topics.load import load
from profiles.topics.lookup import write_url
from profiles.topics.topic import Topic


@require_safe
@with_page
def review(request: HttpRequest, page: Profile) -> HttpResponse:
    """When the page was last checked, and the buttons that begin to check it again."""
    begun = page.reviews.now_open(timezone.now())
    context = {
        "page": page,
        "may_review": rules.may_review(page),
        "last": page.reviews.finished().first(),
        "begun": begun,
        "course": course_of(begun, page) if begun else None,
        "changes": load().changes,
        "may_be_reminded": rules.may_be_reminded(account_of(request), page),
    }
    return render(request, "review/review.html", context)


@require_POST
@with_page
def begin(request: HttpRequest, page: Profile) -> HttpResponse:
    """Begin, for one of the reasons we know; or go on with what was begun."""
    why = sent_as(request, "why")
    if why and load().change(why) is None:
        raise Http404
    begun = actions.begin(profile=page, why=why)
    actions.end_if_through(review=begun, page=page)
    return redirect(address_of(course_of(begun, page).first()))


@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def topic(request: HttpRequest, page: Profile, topic: str) -> HttpResponse:
    """One topic, as it stands: still right, change, or not now."""
    asked = load().by_key.get(topic)
    if asked is None:
        raise Http404
    begun = page.reviews.now_open(timezone.now())
    if begun is None:
        return redirect("review:review")
    if request.method == "POST":
        return _said(request, page, begun, asked)
    return _topic_page(request, page, course_of(begun, page), asked)


@require_safe
@with_page
def end(request: HttpRequest, page: Profile) -> HttpResponse:
    """What was checked, what was put off, and what the page says of it."""
    begun = page.reviews.now_open(timezone.now())
    course = course_of(begun, page) if begun else None
    last = page.reviews.finished().first()
    if course.left if course else last is None:
        return redirect("review:review")
    context = {"page": page, "last": last, "course": course, "blanks": blanks(page)}
    return render(request, "review/end.html", context)


@require_POST
@with_page
def later(request: HttpRequest, page: Profile) -> HttpResponse:
    """Not now: home asks again in a month."""
    actions.put_off(profile=page)
    return redirect("house:me")


@require_POST
@with_page
def emails(request: HttpRequest, page: Profile) -> HttpResponse:
    """Email the person when it is time to check their page, or stop doing that."""
    rules.may_be_reminded(account_of(request), page).or_refuse()
    actions.remind_by_email(profile=page, wanted=request.POST.get("wanted") == "yes")
    return redirect("review:review")


def _said(request: HttpRequest, page: Profile, begun: Review, asked: Topic) -> HttpResponse:
    """What was pressed under a topic; then the next."""
    number = request.POST.get("number", "")
    match request.POST.get("say"):
        case "right" if number.isdecimal():
            try:
                actions.still_right(review=begun, page=page, topic=asked, number=int(number[:9]))
            except WordsChanged:
                course = course_of(begun, page)
                return _topic_page(request, page, course, asked, has_changed=True)
        case "later":
            actions.not_now(review=begun, page=page, topic=asked)
        case _:
            raise Http404
    return redirect(address_of(course_of(begun, page).after(asked)))


def _topic_page(
    request: HttpRequest, page: Profile, course: Course, asked: Topic, has_changed: bool = False
) -> HttpResponse:
    answer = page.answers.about(asked.key).first()
    if answer is None or asked not in course.topics:
        return redirect("review:review")
    answer.profile = page
    context = {
        "page": page,
        "topic": asked,
        "part": load().part(asked.part),
        "answer": answer,
        "place": course.place_of(asked),
        "count": len(course.topics),
        "has_draft": page.drafts.about(asked.key).exists(),
        "change_url": f"{write_url(asked)}?{FLAG}=yes",
        "has_changed": has_changed,
    }
    status = 409 if has_changed else 200
    return render(request, "review/topic.html", context, status=status)
