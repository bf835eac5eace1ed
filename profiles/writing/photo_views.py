"""Where a photo of one's own is put beside an answer. It is on the page once that is saved."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from profiles.answers import draft_actions
from profiles.core.bodies import takes_files
from profiles.core.http import form_page, jpeg_address
from profiles.core.names import CALL_ME
from profiles.core.rate_limits import may_visitor
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile
from profiles.photos.forms import BesideForm
from profiles.photos.images import printed
from profiles.photos.models import AnswerPhoto
from profiles.photos.worker_process import BUSY
from profiles.review import course
from profiles.topics.lookup import asked_for, write_url
from profiles.topics.topic import Topic


@require_http_methods(["GET", "HEAD", "POST"])
@with_page
@takes_files
def photo(request: HttpRequest, page: Profile, part: str, topic: str) -> HttpResponse:
    """Choose a photo, and say what it shows; or change the words for the one that is there."""
    _, asked = asked_for(part, topic)
    if not may_have_photo(asked):
        return redirect("photos:photo")
    now = _photo_now(page, asked)
    if request.method == "POST":
        refusal = "" if may_visitor(request, "photo") else BUSY
        form = BesideForm(request.POST, request.FILES, now=now, refusal=refusal)
    else:
        form = BesideForm(now=now)
    back = f"{write_url(asked)}{course.query(request)}"
    if form.is_valid():
        try:
            draft_actions.put_photo(
                profile=page,
                topic=asked,
                whole=form.cleaned_data["photo"],
                alt=form.cleaned_data["alt"],
            )
        except PermissionDenied as refused:
            form.add_error("photo", str(refused))
        else:
            return redirect(back)
    context = {
        "page": page,
        "topic": asked,
        "photo": now,
        "form": form,
        "chosen": jpeg_address(printed(form.chosen)) if form.chosen else "",
        "back": back,
    }
    return form_page(request, "writing/photo.html", context)


def may_have_photo(topic: Topic) -> bool:
    """Can a photo stand beside this? Beside the name is the portrait."""
    return topic.key != CALL_ME


def wants_photo(sent: QueryDict, topic: Topic) -> bool:
    """Was the button pressed that leads here, with words half typed?"""
    return "photo" in sent and may_have_photo(topic)


def address(request: HttpRequest, topic: Topic) -> str:
    """Where a photo is put beside this, and back to a review if that is where they come from."""
    there = reverse("writing:photo", kwargs={"part": topic.part, "topic": topic.key})
    return f"{there}{course.query(request)}"


def _photo_now(page: Profile, topic: Topic) -> AnswerPhoto | None:
    """The photo beside what is half typed, or else beside what stands there."""
    shown = page.drafts.about(topic.key).first() or page.answers.about(topic.key).first()
    if shown is None or shown.photo is None:
        return None
    shown.photo.profile = page
    return shown.photo
