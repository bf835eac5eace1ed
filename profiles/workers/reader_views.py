"""What a reader says back when they have read: one thing they will do, and a promise."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from profiles.access.actions import Reader
from profiles.accounts.signed_in import account_of
from profiles.core.http import form_page, posted
from profiles.reading.decorators import with_share
from profiles.reading.said import remember_said
from profiles.sharing.models import Share
from profiles.workers import promise_actions, rules
from profiles.workers.forms import HaveReadForm


@require_http_methods(["GET", "HEAD", "POST"])
@with_share
def have_read(request: HttpRequest, share: Share, reader: Reader) -> HttpResponse:
    """ "I have read this", one thing the reader will do because of it, and a promise with a day."""
    worker = account_of(request)
    form = HaveReadForm(posted(request), can_remind=worker is not None)
    if form.is_valid():
        promised = form.promise_made()
        if promised and not (verdict := rules.may_promise(share)):
            form.add_error("promised", verdict.reason)
        elif answer := _said(request, share, reader, form, promised):
            return answer
    context = {"form": form, "key": share.key, "is_keepers": share.by_keeper}
    return form_page(request, "workers/have_read.html", context)


def _said(
    request: HttpRequest,
    share: Share,
    reader: Reader,
    form: HaveReadForm,
    promised: promise_actions.Promised | None,
) -> HttpResponse | None:
    """Keep what was said; None if others have promised too much meanwhile, and the form says so."""
    try:
        said = promise_actions.say_read_and_promise(
            share=share,
            reader=reader,
            one_thing=form.cleaned_data["promise"],
            promised=promised,
            worker=account_of(request),
        )
    except promise_actions.NoMorePromises as full:
        form.add_error("promised", str(full))
        return None
    remember_said(request, said)
    return redirect("reading:thanks", key=share.key)
