"""What was promised: for the person it was promised to, and for whoever promised."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.accounts.models import User
from profiles.accounts.signed_in import account_of
from profiles.core.given_back import see_now
from profiles.core.http import form_page, posted
from profiles.pages.decorators import with_page
from profiles.pages.gone import PageIsGone, while_it_is_there
from profiles.pages.models import Profile
from profiles.sharing.decorators import with_my_page
from profiles.workers import promise_actions, rules, sentences
from profiles.workers.forms import SorryForm
from profiles.workers.models import Promise, PromiseEvent


@require_safe
@with_page
def promises(request: HttpRequest, page: Profile) -> HttpResponse:
    """Everything that somebody promised, and what became of each."""
    return render(request, "workers/promises.html", {"page": page, **sentences.to(page)})


@require_POST
@with_my_page
def answer(request: HttpRequest, page: Profile, person: User, ref: str) -> HttpResponse:
    """It was done, it was done late, or it was not done. The person may change their mind."""
    found = page.promises.named(ref).with_profile(page)
    said = request.POST.get("say")
    if not found or said not in PromiseEvent.ANSWERS:
        raise Http404
    promise_actions.say_what_became(promise=found[0], by=person, said=PromiseEvent.Kind(said))
    return redirect("workers:promises")


@require_safe
@never_cache
@login_required
def promised(request: HttpRequest) -> HttpResponse:
    """What this worker promised, by which day, and what became of it."""
    worker = account_of(request)
    return render(
        request, "workers/promised.html", {"rows": sentences.by(worker) if worker else []}
    )


@require_POST
@login_required
def remind_me(request: HttpRequest) -> HttpResponse:
    """Email this worker the day before something they promised, or stop doing that."""
    if worker := account_of(request):
        promise_actions.remind_by_email(worker=worker, wanted=request.POST.get("wanted") == "yes")
    return redirect("workers:promised")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def sorry(request: HttpRequest, ref: str) -> HttpResponse:
    """A promise that was not kept, and room for a sorry in the worker's own words."""
    worker = account_of(request)
    promise = Promise.objects.named(ref).with_page().first()
    if worker is None or promise is None:
        raise Http404
    if promise.sorry and rules.has_promised(worker, promise):
        return _said_sorry(request, sentences.told(worker, promise)["row"].sorry)
    if not rules.may_say_sorry(worker, promise):
        raise Http404
    form = SorryForm(posted(request))
    if form.is_valid():
        words = form.cleaned_data["words"]
        try:
            with while_it_is_there(promise.profile):
                promise_actions.say_sorry(promise=promise, worker=worker, words=words)
        except PageIsGone:
            return see_now(request, reverse("workers:promised"))
        return redirect("workers:promised")
    context = {"form": form, "promise": sentences.told(worker, promise)}
    return form_page(request, "workers/sorry.html", context)


def _said_sorry(request: HttpRequest, said: str) -> HttpResponse:
    """Pressed twice, or the way back of a browser: it is said once. Other words are given back."""
    form = SorryForm(posted(request))
    if form.is_valid() and form.cleaned_data["words"] == said:
        return redirect("workers:promised")
    return see_now(request, reverse("workers:promised"))
