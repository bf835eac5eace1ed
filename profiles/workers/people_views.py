"""A worker's side: the people who share with them, and asking to be shared with."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from profiles.accounts.signed_in import account_of
from profiles.core.http import form_page, posted, too_many
from profiles.core.rate_limits import count
from profiles.sharing import ask_actions
from profiles.workers.forms import AskToReadForm
from profiles.workers.models import HelloCard
from profiles.workers.people import people_of

LIMITS = {"ask": "10/d/user"}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def with_me(request: HttpRequest) -> HttpResponse:
    """The people who share with this worker, and what is new on their pages."""
    context = people_of(request.user, request)
    return render(request, "workers/with_me.html", context, status=context["listed"].status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """Ask somebody to share with you, if they have given you their code.

    The answer is the same whether there is such a code or not. What their hello card says of them
    stands there already.
    """
    worker = account_of(request)
    card = HelloCard.objects.of(worker) if worker else None
    known = {"name": card.name, "role": card.role, "place": card.place} if card else {}
    form = AskToReadForm(posted(request), initial=known)
    if form.is_valid() and worker:
        if count(request, "ask", LIMITS) is None:
            return too_many(request)
        ask_actions.ask(
            code=form.typed(), worker=worker, reader=form.reader(), why=form.cleaned_data["why"]
        )
        return redirect("workers:asked")
    return form_page(request, "workers/ask.html", {"form": form})


@require_safe
@never_cache
@login_required
def asked(request: HttpRequest) -> HttpResponse:
    """What happens now: if the code was right, the person decides."""
    return render(request, "workers/asked.html")
