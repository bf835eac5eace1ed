"""How something was decided for a person who could not decide it: asked, checked, written down."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from profiles.accounts.models import User
from profiles.core.http import form_page, posted, sent_as
from profiles.pages.models import Profile
from profiles.supporters import decision_actions, sentences
from profiles.supporters.decorators import with_helped_page
from profiles.supporters.forms import DecisionForm
from profiles.supporters.models import Supporter

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@with_helped_page
def decided(
    request: HttpRequest, page: Profile, supporter: Supporter | None, user: User
) -> HttpResponse:
    """For when somebody cannot decide something now, even with help: how others decided it.

    What was typed is shown whole first, on a page of its own. Only from there is it written down.
    """
    form, do = DecisionForm(posted(request)), sent_as(request, "do")
    context = _about(page, supporter) | {"form": form}
    if do == "change" or not form.is_valid():
        return form_page(request, "supporters/decided.html", context | _before(page, supporter))
    if do != "write":
        checked = decision_actions.to_check(profile=page, supporter=supporter, **form.said())
        context["row"] = sentences.decision(checked)
        return render(request, "supporters/decided_check.html", context)
    try:
        written = decision_actions.write_down(
            profile=page, supporter=supporter, by=user, **form.said()
        )
    except PermissionDenied as refused:  # since they opened this page
        form.add_error("about", str(refused))
        left = {"form": form, "ref": context["ref"], "back": reverse("supporters:home")}
        return render(request, "supporters/decided.html", left, status=403)
    return redirect("supporters:written_down", ref=context["ref"], decision=written.ref)


@require_safe
@with_helped_page
def written_down(
    request: HttpRequest, page: Profile, supporter: Supporter | None, user: User, decision: str
) -> HttpResponse:
    """It is written down: the whole of it, and how something is added to it."""
    for each in page.decisions.by(supporter).with_profile(page):
        if each.ref == decision:
            context = _about(page, supporter) | {"row": sentences.decision(each)}
            return render(request, "supporters/written_down.html", context)
    raise Http404


def _about(page: Profile, supporter: Supporter | None) -> dict[str, Any]:
    """Whose page it is, as far as they show it; and what names it in this account's addresses."""
    if supporter:
        back = reverse("door:helping", kwargs={"ref": supporter.ref})
        return {"ref": supporter.ref, "name": page.name_on_page, "back": back}
    return {"ref": page.key, "name": page.name, "back": reverse("supporters:helpers")}


def _before(page: Profile, supporter: Supporter | None) -> dict[str, Any]:
    """What was written down before: to whoever helps, by them alone."""
    written = page.decisions.by(supporter).latest_first().with_profile(page)
    return {"rows": [sentences.decision(each) for each in written]}
