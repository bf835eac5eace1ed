"""Where everything is taken along in one file."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from profiles.accounts.recent_login import recent_login_if_signed_in
from profiles.accounts.signed_in import account_of
from profiles.core.http import too_many
from profiles.core.rate_limits import count, may_print
from profiles.door.files import busy, file_not_made
from profiles.exports import actions, making
from profiles.exports import archive as zipped
from profiles.exports.models import KeptArchive
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile
from profiles.pdf import printing

LIMITS: Final = {"archive": "20/h/key"}  # a PDF in every layout, each time
HEADERS: Final = {"Content-Disposition": f'attachment; filename="{zipped.NAME}"'}


@require_safe
@with_page
@recent_login_if_signed_in(then="exports:copy")
def archive(request: HttpRequest, page: Profile) -> HttpResponse:
    """The page in every form, all that was said, what was decided and who looked, as a zip file.

    Where that takes long, whoever has an account is emailed when it is ready to be fetched.
    """
    if request.method == "HEAD":
        return file_not_made("application/zip", HEADERS)
    paid = count(request, "archive", LIMITS, key=page.key)
    if paid is None or not may_print(request):
        return too_many(request)
    by = account_of(request)
    try:
        made = making.make_archive(page, by=by, within=settings.ARCHIVE_WAIT if by else None)
    except printing.Busy:
        return busy(request)
    except making.TakesLong:
        if by is None:  # who has none waits
            raise
        actions.ask_for_archive(page=page, by=by)
        said = _("This takes a while. We email you when your file is ready. Then fetch it here.")
        messages.info(request, said)
        return redirect("exports:copy")
    return HttpResponse(made, content_type="application/zip", headers=HEADERS)


@require_safe
@with_page
@recent_login_if_signed_in(then="exports:copy")
def kept_archive(request: HttpRequest, page: Profile) -> HttpResponse:
    """The same, made by a worker, for whoever asked for it."""
    mine = KeptArchive.objects.of(page, account_of(request)).ready(timezone.now()).first()
    if mine is None:
        raise Http404
    mine.profile = page
    return HttpResponse(mine.file, content_type="application/zip", headers=HEADERS)
