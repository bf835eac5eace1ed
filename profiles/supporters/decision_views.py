"""How something was decided for a person who could not decide it: asked, checked, written down."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from profiles.accounts.models import User
from profiles.core import kept_forms
from profiles.core.form_fields import carried
from profiles.core.http import form_page, posted
from profiles.language.forms import AS_IT_IS
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

    What was typed and left, or is to be changed, stands there again.
    """
    whose = _whose(page, supporter)
    form = DecisionForm(posted(request))
    if form.is_valid():
        kept = kept_forms.keep(request, whose.about, (*form.ASKED, AS_IT_IS))
        return redirect("supporters:check_decision", ref=whose.ref, kept=kept)
    if request.method != "POST":
        again = kept_forms.kept(request, whose.about, request.GET.get("again", ""))
        left = again or kept_forms.newest(request, whose.about)
        form = DecisionForm(initial=left.typed.dict() if left else None)
    return _ask(request, page, supporter, form)


@require_http_methods(BOTH)
@with_helped_page
def check_decision(
    request: HttpRequest, page: Profile, supporter: Supporter | None, user: User, kept: str
) -> HttpResponse:
    """The whole of it, as it will stand. Only from here it is written down."""
    whose = _whose(page, supporter)
    found = kept_forms.kept(request, whose.about, kept)
    if found is None and "about" in request.POST:  # signed out meanwhile, and in again
        return _ask(request, page, supporter, DecisionForm(request.POST))
    if found is None:
        return redirect("supporters:decided", ref=whose.ref)
    if found.made:  # they came back to it, or pressed twice
        return redirect("supporters:written_down", ref=whose.ref, decision=found.made)
    form = DecisionForm(found.typed)
    if not form.is_valid():  # since then: the day on which it is looked at again has come
        return _ask(request, page, supporter, form)
    said = {"profile": page, "supporter": supporter} | form.said()
    if request.method != "POST":
        row = sentences.decision(decision_actions.to_check(**said))
        context = {"whose": whose, "row": row, "kept": kept, "typed": carried(form)}
        return render(request, "supporters/decided_check.html", context)
    try:
        written = decision_actions.write_down(by=user, **said)
    except PermissionDenied as refused:  # since they opened this page
        form.add_error("about", str(refused))
        stopped = {"form": form, "whose": _Whose(ref=whose.ref, back=reverse("supporters:home"))}
        return render(request, "supporters/decided.html", stopped, status=403)
    kept_forms.now_made(request, whose.about, kept, written.ref)
    return redirect("supporters:written_down", ref=whose.ref, decision=written.ref)


@require_safe
@with_helped_page
def written_down(
    request: HttpRequest, page: Profile, supporter: Supporter | None, user: User, decision: str
) -> HttpResponse:
    """It is written down: the whole of it, and how something is added to it."""
    for each in page.decisions.by(supporter).with_profile(page):
        if each.ref == decision:
            context = {"whose": _whose(page, supporter), "row": sentences.decision(each)}
            return render(request, "supporters/written_down.html", context)
    raise Http404


def _ask(
    request: HttpRequest, page: Profile, supporter: Supporter | None, form: DecisionForm
) -> HttpResponse:
    """The form, and what was written down before: to whoever helps, by them alone."""
    written = page.decisions.by(supporter).latest_first().with_profile(page)
    rows = [sentences.decision(each) for each in written]
    context = {"form": form, "rows": rows, "whose": _whose(page, supporter)}
    return form_page(request, "supporters/decided.html", context)


@dataclass(frozen=True, kw_only=True)
class _Whose:
    """What names the page in this account's addresses, and the person, as far as they show it."""

    ref: str
    back: str
    name: str = ""

    @property
    def about(self) -> str:
        return f"decided {self.ref}"


def _whose(page: Profile, supporter: Supporter | None) -> _Whose:
    if supporter:
        back = reverse("door:helping", kwargs={"ref": supporter.ref})
        return _Whose(ref=supporter.ref, back=back, name=page.name_on_page)
    return _Whose(ref=page.key, back=reverse("supporters:helpers"), name=page.name)
