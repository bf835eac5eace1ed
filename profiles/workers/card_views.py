"""Where a worker keeps a hello card: who they are, for the people they work with."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from profiles.accounts.models import User
from profiles.accounts.signed_in import account_of
from profiles.core.bodies import takes_files
from profiles.core.http import form_page, jpeg_address, posted
from profiles.photos.forms import PhotoForm
from profiles.workers import actions
from profiles.workers.forms import CardForm
from profiles.workers.models import HelloCard

P = ParamSpec("P")
BOTH = ["GET", "HEAD", "POST"]


def with_my_card(
    view: Callable[Concatenate[HttpRequest, HelloCard, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give the view the hello card of whoever is signed in."""

    @never_cache
    @login_required
    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        worker = account_of(request)
        card = HelloCard.objects.of(worker) if worker else None
        if card is None:
            raise Http404
        try:
            return view(request, card, *args, **kwargs)
        except (HelloCard.DoesNotExist, User.DoesNotExist):
            raise Http404 from None  # deleted in another window meanwhile

    return opened


@require_http_methods(BOTH)
@never_cache
@login_required
def hello(request: HttpRequest) -> HttpResponse:
    """The card as people see it, and what it says, to change. Only the name is needed."""
    worker: User | None = account_of(request)
    if worker is None:
        raise Http404
    card = HelloCard.objects.of(worker)
    form = CardForm.about(card, posted(request))
    if form.is_valid():
        try:
            actions.save_card(worker=worker, about=form.said(), seen=form.cleaned_data["seen"])
        except actions.CardMoved:
            return _moved(request, worker, form)
        except User.DoesNotExist:
            raise Http404 from None  # the account was deleted in another window meanwhile
        messages.success(request, "Your card is saved.")
        return redirect("workers:hello")
    context = {"form": form, "card": card}
    return form_page(request, "workers/hello.html", context)


def _moved(request: HttpRequest, worker: User, form: CardForm) -> HttpResponse:
    """What the card says now, above what was typed before it did."""
    card = HelloCard.objects.of(worker)
    if card:
        form.start_from(card)
    context = {"form": form, "card": card, "moved": True}
    return render(request, "workers/hello.html", context, status=409)


@require_http_methods(BOTH)
@with_my_card
@takes_files
def photo(request: HttpRequest, card: HelloCard) -> HttpResponse:
    """The photo on the card, if there is one, and a way to choose another."""
    usual = f"A photo of {card.name}"
    if request.method == "POST":
        form = PhotoForm(request.POST, request.FILES, usual=usual)
        if form.is_valid():
            whole, alt = form.cleaned_data["photo"], form.cleaned_data["alt"]
            actions.add_photo(card=card, whole=whole, alt=alt)
            return redirect("workers:hello")
    else:
        form = PhotoForm(usual=usual)
    context = {
        "form": form,
        "card": card,
        "photo_now": jpeg_address(card.photo),
        "chosen": jpeg_address(form.chosen),
    }
    return form_page(request, "workers/photo.html", context)


@require_POST
@with_my_card
def photo_remove(request: HttpRequest, card: HelloCard) -> HttpResponse:
    """Take the photo off the card."""
    actions.remove_photo(card=card)
    return redirect("workers:hello")


@require_http_methods(BOTH)
@never_cache
@login_required
def delete(request: HttpRequest) -> HttpResponse:
    """What goes with the card, and the button that deletes it. Pressed twice, it is done too."""
    worker = account_of(request)
    card = HelloCard.objects.of(worker) if worker else None
    if request.method == "POST":
        if card:
            with suppress(HelloCard.DoesNotExist, User.DoesNotExist):  # another press was faster
                actions.delete_card(card=card)
        messages.success(request, "Your card is deleted.")
        return redirect("workers:with_me")
    if card is None:
        return redirect("workers:with_me")
    return render(request, "workers/delete.html", {"card": card})
