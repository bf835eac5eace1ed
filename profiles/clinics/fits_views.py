"""Before somebody says yes to a clinic's computer: would it get the page at all?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from profiles.accounts.models import User
from profiles.door import door
from profiles.door.measure import fit_of
from profiles.sharing.decorators import with_share_being_made
from profiles.sharing.models import Share


@require_safe
@with_share_being_made
def fits(request: HttpRequest, share: Share, person: User) -> HttpResponse:
    """On to the check, if what they chose fits on its paper; else what is too long, and what to do.

    It stands here, above the room of sharing, which cannot measure a page. Where the engine is busy
    nobody waits for it: then the computer is told, and its person sees that it asked.
    """
    fit = fit_of(door.rehearse_for(share)) if share.kind == Share.Kind.CLINIC else None
    if fit is None or fit.fits:
        return redirect("sharing:check")
    context = {"page": share.profile, "share": share, "reader": share.reader_name, "fit": fit}
    return render(request, "clinics/too_long.html", context)
