"""The pages on which a person puts a photo on their page, crops it and takes it off."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from profiles.core.bodies import takes_files
from profiles.core.given_back import see_now
from profiles.core.http import form_page, jpeg_address
from profiles.core.rate_limits import may_visitor
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile
from profiles.photos import actions
from profiles.photos.actions import PhotoMoved
from profiles.photos.forms import CropForm, PhotoForm
from profiles.photos.images import PRINT_SIDE, Crop
from profiles.photos.images import crop as cropped
from profiles.photos.models import Photo
from profiles.photos.worker_process import BUSY

SIDES = {"small": 192, "": PRINT_SIDE}


@require_http_methods(["GET", "HEAD", "POST"])
@with_page
@takes_files
def photo(request: HttpRequest, page: Profile) -> HttpResponse:
    """The photo on the page now, if there is one, and a way to choose another."""
    if request.method == "POST":
        refusal = "" if may_visitor(request, "photo") else BUSY
        usual = actions.usual_words(page)
        form = PhotoForm(request.POST, request.FILES, usual=usual, refusal=refusal)
        if form.is_valid():
            actions.add_photo(
                profile=page, whole=form.cleaned_data["photo"], alt=form.cleaned_data["alt"]
            )
            return redirect("photos:crop")
    else:
        form = PhotoForm(usual=actions.usual_words(page))
    context = {"page": page, "name": page.name, "photo": _photo(page), "form": form}
    context["chosen"] = jpeg_address(form.chosen)
    return form_page(request, "photos/photo.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_page
def crop(request: HttpRequest, page: Profile) -> HttpResponse:
    """Five squares of the photo. Which one is best?"""
    shown = _photo(page)
    if shown is None:
        return redirect("photos:photo")
    form = CropForm(request.POST or None, photo=shown, number=page.photos.count())
    if form.is_valid():
        try:
            actions.crop_photo(
                profile=page,
                how=form.cleaned_data["crop"],
                alt=form.cleaned_data["alt"],
                started_from=form.cleaned_data["started_from"],
            )
        except PhotoMoved:
            if "alt" in form.changed_data:
                return see_now(request, reverse("photos:photo"))
            messages.info(request, "The photo was changed in another window. Here it is now.")
            return redirect("photos:photo")
        return redirect("house:me")
    context = {"page": page, "name": page.name, "photo": shown, "form": form}
    return form_page(request, "photos/crop.html", context)


@require_safe
@with_page
def file(request: HttpRequest, page: Profile) -> HttpResponse:
    """The visitor's own photo, or one of the squares it could be. Nobody else's is ever here."""
    shown = _photo(page)
    side = SIDES.get(request.GET.get("size", ""))
    how = request.GET.get("crop", "")
    if shown is None or side is None or how not in ["", *Crop]:
        raise Http404
    if how or side != PRINT_SIDE:
        data = cropped(shown.whole, Crop(how or shown.crop), side)
    else:
        data = shown.data
    headers = {"Content-Disposition": 'inline; filename="photo.jpg"'}
    return HttpResponse(data, content_type="image/jpeg", headers=headers)


@require_POST
@with_page
def remove(request: HttpRequest, page: Profile) -> HttpResponse:
    """Take the photo off the page."""
    actions.remove_photo(profile=page)
    whose = "their" if page.for_someone else "your"
    messages.success(request, f"The photo is off {whose} page.")
    return redirect("photos:photo")


def _photo(page: Profile) -> Photo | None:
    """The photo now, with its key in hand."""
    shown = page.photos.newest()
    if shown is not None:
        shown.profile = page
    return shown
