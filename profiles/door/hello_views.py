"""The hello card of a worker who reads a page, for the person whose page it is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from profiles.accounts.models import User
from profiles.door import door
from profiles.door.files import pdf_or_why
from profiles.door.hello import card_for_paper, mentioned_by_both
from profiles.pages.models import Profile
from profiles.pdf import printing
from profiles.pdf.made_once import First
from profiles.sharing.decorators import with_my_page
from profiles.sheet.sheet import SheetPhoto
from profiles.workers.models import HelloCard


@require_safe
@with_my_page
def hello(request: HttpRequest, page: Profile, person: User, ref: str) -> HttpResponse:
    """Who somebody is who looked, in their own words, and what they and the person both mention."""
    card = _shown(page, ref)
    context = {"page": page, "card": card, "both": _both(page, card)}
    return render(request, "door/hello.html", context)


@require_safe
@with_my_page
def hello_pdf(request: HttpRequest, page: Profile, person: User, ref: str) -> HttpResponse:
    """The same as a small card on paper."""
    card = _shown(page, ref)
    photo = SheetPhoto(data=card.photo, alt=card.photo_alt) if card.photo else None
    paper = card_for_paper(
        card.about, both=_both(page, card), photo=photo, made_on=timezone.localdate()
    )

    def make(first: First) -> bytes:
        first()
        made = printing.make_card(paper)
        now = _shown(page, ref)
        if card.photo and not now.photo:  # taken off while it was made
            raise Http404
        return made

    return pdf_or_why(
        request,
        make,
        name="hello.pdf",
        refusal="door/hello_too_long.html",
        context={"page": page, "card": card},
    )


def _shown(page: Profile, ref: str) -> HelloCard:
    """A card that its worker showed to this person. Every other is as if there were none."""
    card = HelloCard.objects.shown_to(page).named(ref).first()
    if card is None:
        raise Http404
    return card


def _both(page: Profile, card: HelloCard) -> tuple[str, ...]:
    """What both mention, of what this worker may read today."""
    shares = card.shares_with(page).with_profile(page)
    return mentioned_by_both(card.enjoys, [door.as_reader(share) for share in shares])
