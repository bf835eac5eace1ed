"""Writing side by side at one screen: which question, the words, and the yes to them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from profiles.accounts.models import User
from profiles.answers import raising
from profiles.answers.actions import Conflict
from profiles.answers.models import YesBy
from profiles.core.http import form_page, sent_as
from profiles.supporters import actions, rules, suggestion_actions, top_actions, top_views
from profiles.supporters.choosing import choices
from profiles.supporters.decorators import with_supporter
from profiles.supporters.forms import SaidYesForm, TogetherForm
from profiles.supporters.models import Supporter
from profiles.topics.load import load
from profiles.topics.lookup import asked_for
from profiles.topics.topic import Topic

BOTH = ["GET", "HEAD", "POST"]
HERE = "supporters:write_together"


@require_safe
@with_supporter
def together(request: HttpRequest, supporter: Supporter, user: User) -> HttpResponse:
    """Which question shall it be? As pictures, which somebody can point at."""
    rules.may_write_together(supporter).or_refuse()
    context = _about(supporter) | {"parts": choices(supporter, load().parts, HERE)}
    return render(request, "supporters/together.html", context)


@require_http_methods(BOTH)
@with_supporter
def write_together(
    request: HttpRequest, supporter: Supporter, user: User, part: str, topic: str
) -> HttpResponse:
    """One question in big letters; then only the words, to say yes to, and how the yes was said.

    Then, if a line of them warns of danger, whether it should stand at the top too.
    """
    asked_in, asked = asked_for(part, topic)
    verdict = rules.may_write_together(supporter)
    if not verdict and ("top" in request.GET or request.method != "POST"):
        verdict.or_refuse()
    if "top" in request.GET:
        return top_views.top(request, supporter, asked)
    context = _about(supporter) | {"part": asked_in, "topic": asked}
    form = _form(request, supporter, asked, context["name"])
    if not verdict:
        form.add_error("words", verdict.reason)
    do = sent_as(request, "do")
    if do == "change" or not form.is_valid():
        return _question(request, supporter, context, form)
    said_yes = SaidYesForm(request.POST if do == "keep" else None, name=context["name"])
    if not said_yes.is_valid():
        return _to_say_yes_to(request, supporter, context, form, said_yes)
    try:
        suggestion_actions.write_together(
            supporter=supporter,
            topic=asked,
            words=form.said,
            started_from=form.cleaned_data["started_from"],
            mine=form.cleaned_data["whose"] == "mine",
            yes_by=YesBy(said_yes.cleaned_data["yes_by"]),
        )
    except Conflict:
        now = actions.look_at(supporter, topic=asked.key)
        form.start_from(actions.mark(supporter, now))
        answer = _question(request, supporter, context | {"moved": True, "now": now}, form)
        answer.status_code = 409
        return answer
    except PermissionDenied as refused:  # since they pressed the button
        form.add_error("words", str(refused))
        return _question(request, supporter, context, form)
    messages.success(request, f"Kept: {asked.title}.")
    found = top_actions.asking(supporter, asked)
    if raising.bring_up(profile=supporter.profile, found=found):
        return redirect(f"{request.path}?top=yes")
    return redirect("supporters:together", ref=supporter.ref)


def _form(request: HttpRequest, supporter: Supporter, asked: Topic, name: str) -> TogetherForm:
    """What was typed; else the words that stand there, as far as this supporter sees them."""
    if request.method == "POST":
        return TogetherForm(request.POST, topic=asked, name=name)
    seen = actions.look_at(supporter, topic=asked.key)
    said = {"words": seen.text if seen else "", "started_from": actions.mark(supporter, seen)}
    return TogetherForm(topic=asked, name=name, initial=said)


def _question(
    request: HttpRequest, supporter: Supporter, context: dict[str, Any], form: TogetherForm
) -> HttpResponse:
    """The question, and the other questions of its part."""
    if supporter.may_write:
        [(_, rows)] = choices(supporter, [context["part"]], HERE)
        context |= {"rows": rows}
        if actions.sees_something(supporter):
            seen = reverse("door:helping_picture", kwargs={"ref": supporter.ref})
            context |= {"picture_address": seen}
    answer = form_page(request, "supporters/write_together.html", context | {"form": form})
    if not supporter.may_write:
        answer.status_code = 403  # what they wrote is still in the box
    return answer


def _to_say_yes_to(
    request: HttpRequest,
    supporter: Supporter,
    context: dict[str, Any],
    form: TogetherForm,
    said_yes: SaidYesForm,
) -> HttpResponse:
    """Only the words, and yes and no."""
    seen = actions.visible(supporter, profile=supporter.profile, topic=form.topic.key)
    context |= {
        "said": form.said,
        "carried": form.carried,
        "picture_code": (seen.picture if seen else "") or form.topic.picture,
    }
    return form_page(request, "supporters/say_yes.html", context | {"form": said_yes})


def _about(supporter: Supporter) -> dict[str, Any]:
    return {"supporter": supporter, "name": supporter.profile.name_on_page}
