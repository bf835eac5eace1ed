"""Where a page is begun, chosen among others, and deleted."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from profiles.accounts.models import User
from profiles.accounts.signed_in import account_of
from profiles.core.headers import forget_here
from profiles.core.http import form_page, posted, sent_as
from profiles.core.rate_limits import may_visitor
from profiles.pages import actions
from profiles.pages.decorators import ABOUT, begin, forget_visitor, page_of, pages_of, with_page
from profiles.pages.forms import DeleteForm, StartForm
from profiles.pages.models import Profile

TOO_MANY = "A lot of pages were begun from here just now. Wait a while, then try again"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Who is this page for? The first question, and the only one before writing begins."""
    page = page_of(request)
    form = StartForm(posted(request))
    if form.is_valid():
        if not may_visitor(request, "begin"):
            form.add_error("who", TOO_MANY)
            context = {"form": form, "page": page}
            return render(request, "pages/start.html", context, status=429)
        try:
            begin(
                request,
                for_someone=form.cleaned_data["who"] == "someone",
                language=form.cleaned_data["language"],
            )
        except actions.TooManyPages as refused:
            form.add_error("who", str(refused))
        except User.DoesNotExist:  # deleted in another window meanwhile
            return redirect("house:home")
        else:
            if "bring" in request.POST:
                return redirect("imports:bring")
            return redirect("writing:write", part="name", topic="call_me")
    context = {"form": form, "page": page}
    return form_page(request, "pages/start.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """What goes when a page is deleted, what we cannot fetch back, and the button that does it.

    The last page takes the account with it; an account that has no page can be deleted too.
    """
    page, account = page_of(request), account_of(request)
    if page is None and (about := sent_as(request, ABOUT)):
        return _deleted_before(request, about)
    if page is None and account is None:
        return redirect("pages:start")
    form = DeleteForm(posted(request))
    if form.is_valid():
        try:
            gone = actions.leave(profile=page, account=account)
        except Profile.DoesNotExist:
            return _deleted_before(request, page.key if page else "")
        if gone:
            logout(request)
        elif account is None:
            gone = forget_visitor(request)
        answer = render(request, "pages/deleted.html", {"page": page})
        return forget_here(answer) if gone else answer
    context = {
        "form": form,
        "page": page,
        "last": pages_of(request).count() <= 1,
        "shares": page is not None and page.shares.current().exists(),
        "helps": account is not None and account.helping.helping().exists(),
    }
    return form_page(request, "pages/delete.html", context)


def _deleted_before(request: HttpRequest, key: str) -> HttpResponse:
    """For whoever pressed twice, or went back and pressed again: it is done, and says so.

    A page that is there is not theirs to delete.
    """
    if Profile.objects.called(key).exists():
        raise Http404
    return render(request, "pages/deleted.html", {"before": True})


@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def choose(request: HttpRequest, page: Profile) -> HttpResponse:
    """Somebody with more than one page: which to open? All of them stay."""
    pages = list(pages_of(request))
    if request.method == "POST":
        chosen = next((p for p in pages if p.key == request.POST.get("page")), None)
        if chosen is None:
            raise Http404
        actions.choose(profile=chosen)
        return redirect("house:me")
    rows = [{"page": one, "name": one.name, "is_open": one.pk == page.pk} for one in pages]
    return render(request, "pages/choose.html", {"pages": rows})
