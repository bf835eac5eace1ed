"""Writing side by side at one screen: which question, the words, and the yes to them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods, require_safe

from profiles.accounts.models import User
from profiles.answers import raising
from profiles.answers.actions import Conflict
from profiles.answers.models import YesBy
from profiles.core import kept_forms
from profiles.core.form_fields import carried
from profiles.core.http import form_page, posted
from profiles.core.kept_forms import KeptForm
from profiles.supporters import actions, rules, suggestion_actions, top_actions, top_views
from profiles.supporters.choosing import choices
from profiles.supporters.decorators import with_supporter
from profiles.supporters.forms import SaidYesForm, TogetherForm
from profiles.supporters.models import Supporter
from profiles.topics.load import load
from profiles.topics.lookup import asked_for
from profiles.topics.topic import Part, Topic

BOTH = ["GET", "HEAD", "POST"]
HERE = "supporters:write_together"


@require_safe
@with_supporter
def together(request: HttpRequest, supporter: Supporter, user: User) -> HttpResponse:
    """Which question shall it be? As pictures, which somebody can point at."""
    rules.may_write_together(supporter).or_refuse()
    context = {
        "supporter": supporter,
        "name": supporter.profile.name_on_page,
        "parts": choices(supporter, load().parts, HERE),
    }
    return render(request, "supporters/together.html", context)


@require_http_methods(BOTH)
@with_supporter
def write_together(
    request: HttpRequest, supporter: Supporter, user: User, part: str, topic: str
) -> HttpResponse:
    """One question in big letters; then only the words, to say yes to, and how the yes was said.

    Then, if a line of them warns of danger, whether it should stand at the top too.
    """
    asked = _Asked(supporter, *asked_for(part, topic))
    verdict = rules.may_write_together(supporter)
    if request.method != "POST" or "top" in request.GET:
        verdict.or_refuse()
    if "top" in request.GET:
        return top_views.top(request, supporter, asked.topic)
    if "yes" in request.GET:
        kept = kept_forms.kept(request, asked.about, request.GET["yes"])
        return _ask_for_yes(request, asked, kept)
    form = _form(request, asked)
    if not verdict:
        form.add_error("words", verdict.reason)
    if form.is_valid():
        kept_as = kept_forms.keep(request, asked.about, form.fields)
        return redirect(f"{request.path}?yes={kept_as}")
    return _question(request, asked, form)


@dataclass(frozen=True)
class _Asked:
    """The question that two people look at."""

    supporter: Supporter
    part: Part
    topic: Topic

    @cached_property
    def name(self) -> str:
        """What the person likes to be called, as far as they show it."""
        return self.supporter.profile.name_on_page

    @property
    def about(self) -> str:
        """What a form that is kept is about."""
        return f"together {self.supporter.ref} {self.topic.key}"

    @property
    def context(self) -> dict[str, Any]:
        """What every one of its screens shows."""
        return {
            "supporter": self.supporter, "part": self.part, "topic": self.topic, "name": self.name,
        }  # fmt: skip


def _form(request: HttpRequest, asked: _Asked) -> TogetherForm:
    """What was typed; else what was typed and left; else the words that stand there.

    What was left comes by itself only while the same words stand there (see actions.mark), and
    then without whose words they were: that is asked again.
    """
    if request.method == "POST":
        return TogetherForm(request.POST, topic=asked.topic, name=asked.name)
    seen = actions.look_at(asked.supporter, topic=asked.topic.key)
    mark = actions.mark(asked.supporter, seen)
    said = {"words": seen.text if seen else "", "started_from": mark}
    again = kept_forms.kept(request, asked.about, request.GET.get("again", ""))
    left = again or kept_forms.newest(request, asked.about)
    typed = left.typed.dict() if left else {}
    if not again:
        typed.pop("whose", None)
        typed = typed if typed.get("started_from") == mark else {}
    if "called" in typed:
        typed["words"] = f"{typed['called']}\n{typed['words']}"
    return TogetherForm(topic=asked.topic, name=asked.name, initial=said | typed)


def _ask_for_yes(request: HttpRequest, asked: _Asked, kept: KeptForm | None) -> HttpResponse:
    """Only the words that were typed, and yes and no. With a yes they are kept."""
    supporter = asked.supporter
    if kept is None and "words" in request.POST:  # signed out meanwhile, and in again
        again = TogetherForm(request.POST, topic=asked.topic, name=asked.name)
        return _question(request, asked, again)
    if kept is None:
        return redirect(request.path)
    if kept.made:  # they came back to it, or pressed twice
        return redirect(kept.made)
    form = TogetherForm(kept.typed, topic=asked.topic, name=asked.name)
    if not form.is_valid():
        return _question(request, asked, form)
    said_yes = SaidYesForm(posted(request), name=asked.name)
    if not said_yes.is_valid():
        seen = actions.visible(supporter, profile=supporter.profile, topic=asked.topic.key)
        context = {"form": said_yes, "said": form.said, "kept": kept.name}
        context["typed"] = carried(form)
        context["picture_code"] = (seen.picture if seen else "") or asked.topic.picture
        return form_page(request, "supporters/say_yes.html", asked.context | context)
    try:
        suggestion_actions.write_together(
            supporter=supporter,
            topic=asked.topic,
            words=form.said,
            started_from=form.cleaned_data["started_from"],
            mine=form.cleaned_data["whose"] == "mine",
            yes_by=YesBy(said_yes.cleaned_data["yes_by"]),
        )
    except Conflict:
        return _moved(request, asked, form)
    except PermissionDenied as refused:  # since they pressed the button
        form.add_error("words", str(refused))
        return _question(request, asked, form)
    messages.success(request, f"Kept: {asked.topic.title}.")
    found = top_actions.asking(supporter, asked.topic)
    to_list = reverse("supporters:together", kwargs={"ref": supporter.ref})
    brought_up = raising.bring_up(profile=supporter.profile, found=found)
    made = f"{request.path}?top=yes" if brought_up else to_list
    kept_forms.now_made(request, asked.about, kept.name, made)
    return redirect(made)


def _question(request: HttpRequest, asked: _Asked, form: TogetherForm, **more: Any) -> HttpResponse:
    """The question, and the other questions of its part."""
    supporter = asked.supporter
    form.typed_in(supporter.profile.language)
    if supporter.may_write:
        [(_, more["rows"])] = choices(supporter, [asked.part], HERE)
        if actions.sees_something(supporter):
            seen = reverse("door:helping_picture", kwargs={"ref": supporter.ref})
            more["picture_address"] = seen
    context = asked.context | more | {"form": form}
    answer = form_page(request, "supporters/write_together.html", context)
    if not supporter.may_write:
        answer.status_code = 403  # what they wrote is still in the box
    return answer


def _moved(request: HttpRequest, asked: _Asked, form: TogetherForm) -> HttpResponse:
    """The words that stand there now, beside those that were typed before they did."""
    now = actions.look_at(asked.supporter, topic=asked.topic.key)
    form.start_from(actions.mark(asked.supporter, now))
    answer = _question(request, asked, form, moved=True, now=now)
    answer.status_code = 409
    return answer
