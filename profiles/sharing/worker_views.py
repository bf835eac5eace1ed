"""A worker's side: the people who share with them, and asking to be shared with."""

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.accounts.models import User
from profiles.accounts.signed_in import account_of
from profiles.pages.models import Profile
from profiles.sharing import ask_actions, rules
from profiles.sharing.mine import not_yet, with_my_page
from profiles.sharing.models import Ask
from profiles.sharing.people import people_of
from profiles.sharing.reader_forms import AskForm

LIMITS = {"ask": "10/d/user"}


@require_safe
@never_cache
@login_required
def with_me(request: HttpRequest) -> HttpResponse:
    """The people who share with this worker, what is new on their pages, and what has ended."""
    return render(request, "sharing/with_me.html", people_of(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """Ask somebody to share with you, if they have given you their code.

    The answer is the same whether there is such a code or not.
    """
    form = AskForm(request.POST if request.method == "POST" else None)
    worker = account_of(request)
    if form.is_valid() and worker:
        if ratelimit.consume(request, app="profiles", action="ask", config=LIMITS) is None:
            return render(request, "429.html", status=429)
        ask_actions.ask(
            code=form.typed(), worker=worker, reader=form.reader(), why=form.cleaned_data["why"]
        )
        return redirect("sharing:asked")
    return render(request, "sharing/ask.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@never_cache
@login_required
def asked(request: HttpRequest) -> HttpResponse:
    """What happens now: if the code was right, the person decides."""
    return render(request, "sharing/asked.html")


@require_http_methods(["GET", "HEAD", "POST"])
@with_my_page
def answer(request: HttpRequest, page: Profile, person: User, ref: str) -> HttpResponse:
    """Who asks, and why; and yes, no, or not now. A no needs no reason, and is not told."""
    asking = next((ask for ask in page.asks.waiting().in_hand(page) if ask.ref == ref), None)
    if asking is None:
        raise Http404
    match request.POST.get("say") if request.method == "POST" else None:
        case "yes":
            if not (verdict := rules.may_begin(person, page)):
                return not_yet(request, page, verdict.reason)
            ask_actions.say_yes(ask=asking, by=person)
            return redirect("sharing:who")
        case "no":
            ask_actions.answer(ask=asking, by=person, said=Ask.Answer.NO)
            return redirect("sharing:home")
        case "later":
            ask_actions.answer(ask=asking, by=person, said=Ask.Answer.LATER)
            return redirect("sharing:home")
    return render(request, "sharing/answer.html", {"page": page, "ask": asking})


@require_POST
@with_my_page
def ask_code(request: HttpRequest, page: Profile, person: User) -> HttpResponse:
    """Make a code by which workers may ask, or let nobody ask any more."""
    if request.POST.get("wanted") == "no":
        ask_actions.drop_ask_code(profile=page, by=person)
    else:
        ask_actions.make_ask_code(profile=page, by=person)
    return redirect("sharing:home")
