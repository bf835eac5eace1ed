"""Where a reader reads the page and prints it; and where anybody checks whether paper is new."""

from dataclasses import replace
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from profiles.access.actions import Reader
from profiles.access.models import Channel
from profiles.accounts.signed_in import account_of
from profiles.core import codes
from profiles.core.http import form_page, jpeg_address, posted, too_many
from profiles.core.rate_limits import count
from profiles.door import door, paper_codes
from profiles.door.files import as_file, busy, not_made, pdf_not_made
from profiles.door.hello import mentioned_by_both
from profiles.door.in_sizes import in_size
from profiles.door.own_pages import on_paper
from profiles.door.paper_codes import Standing
from profiles.pdf import printing
from profiles.reading.decorators import browser_of, closed, for_readers, open_share, with_share
from profiles.reading.forms import TypedCodeForm
from profiles.sharing import rules
from profiles.sharing.models import Share
from profiles.sharing.sentences import shared_by_keeper, until
from profiles.sheet.sheet import Sheet
from profiles.workers.forms import nothing_said_yet
from profiles.workers.models import HelloCard

BETWEEN: Final = SafeString("<!-- between -->")  # nobody's words: those are escaped

LIMITS = {"check": "60/h/ip", "print": "30/h/key"}


@require_safe
@with_share
def read(request: HttpRequest, share: Share, reader: Reader) -> HttpResponse:
    """The page: what is most urgent first, then the rest, and what the reader may say back."""
    opened = door.open_through(share, reader=reader, channel=Channel.SCREEN)
    if opened is None:
        return closed(request)
    worker = account_of(request)
    card = HelloCard.objects.shown_through_share(opened.share).of(worker) if worker else None
    return render(
        request,
        "door/read.html",
        {
            "sheet": opened.sheet,
            "page_parts": on_screen(opened.sheet),
            "reader": reader,
            "key": share.key,
            "until": until(opened.share),
            "by_keeper": shared_by_keeper(opened.share, name=opened.sheet.name),
            "may_print": rules.may_print(opened.share),
            "both": mentioned_by_both(card.enjoys, [opened.sheet]) if card else (),
            "to_say": nothing_said_yet(can_remind=worker is not None),
        },
    )


@require_safe
@with_share
def read_pdf(request: HttpRequest, share: Share, reader: Reader) -> HttpResponse:
    """The page on paper, if that was agreed to. Each paper has a code by which it is checked."""
    paid = count(request, "print", LIMITS, key=share.ref)
    if paid is None:
        return too_many(request)
    asked_at = timezone.now()  # before the door: once it is closed, nobody has asked after the stop
    opened = door.open_through(share, reader=reader, channel=Channel.PAPER)
    if opened is None:
        return not_to_take(request, share)
    opened = replace(opened, sheet=in_size(opened.sheet, request.GET.get("size", "")))
    if request.method == "HEAD":
        return pdf_not_made("page.pdf")
    browser = browser_of(request)
    code = paper_codes.code_for(opened, browser)
    try:
        with printing.place():
            made = printing.make_pdf(on_paper(opened.sheet, code, opened.share))
            # It took a while to make. If sharing has stopped since, nobody gets it.
            if paper_codes.hand_over(opened, reader=reader, code=code):
                return as_file(made.pdf, "page.pdf")
        now = open_share(share.key)
        if now and rules.may_print(now):  # it shows less since: that is made for them
            return redirect(request.get_full_path())
        refused = not_to_take(request, share)
    except printing.NotMade:
        refused = not_made(request)
    except (printing.DoesNotFit, printing.TooHard):
        refused = render(request, "door/read_too_long.html", {"key": share.key}, status=409)
    except printing.Busy:
        refused = busy(request)
    paper_codes.note_none(opened, reader=reader, browser=browser, asked_at=asked_at)
    return refused


def not_to_take(request: HttpRequest, share: Share) -> HttpResponse:
    """For a reader who may not take the page along: where they may read it, if it still opens."""
    if open_share(share.key) is None:
        return closed(request)
    return render(request, "door/not_to_take.html", {"key": share.key}, status=403)


@for_readers
@require_http_methods(["GET", "HEAD", "POST"])
def type_check_code(request: HttpRequest) -> HttpResponse:
    """Somebody has a printed page, and types the code that is on it.

    What was typed is shown back before anything is said of it: one wrong letter would tell somebody
    that their paper is over. An address that was pasted has no such slip in it.
    """
    asked = codes.typed(request.GET.get("typed", ""))
    if asked and request.method != "POST":
        return render(request, "door/is_this_the_code.html", {"code": codes.shown(asked)})
    again = codes.typed(request.GET.get("again", ""))
    form = TypedCodeForm(posted(request), initial={"code": codes.shown(again) if again else ""})
    if form.is_valid():
        code = form.typed()
        if code and form.holds_an_address():
            return redirect("door:check", code=codes.shown(code))
        if code:
            return redirect(reverse("door:type_check_code", query={"typed": codes.shown(code)}))
        form.add_error("code", "That is not a code from a page. Check it, and type it again")
    return form_page(request, "door/type_check_code.html", {"form": form})


@for_readers
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Is this paper the newest? It tells that, and nothing else about anybody."""
    paid = count(request, "check", LIMITS)
    if paid is None:
        return too_many(request)
    typed = codes.typed(code)
    standing = paper_codes.standing_of(typed)
    if standing in (Standing.NEWEST, Standing.NEWER):
        paid.take_back()
    context = {"standing": standing.value, "code": codes.shown(typed) if typed else ""}
    return render(request, "door/check.html", context)


def on_screen(sheet: Sheet) -> tuple[SafeString, SafeString]:
    """The page itself, as readers see it on a screen: what is urgent, and the rest.

    What is told of this reader's share stands between the two. It is drawn once, as long as it
    stays the same.
    """
    return printing.made_once.of(sheet, _on_screen)


def _on_screen(sheet: Sheet) -> tuple[SafeString, SafeString]:
    drawn = render_to_string(
        "layouts/sheet-body.html",
        {
            "sheet": sheet,
            "photo_address": photo_in(sheet),
            "for_reader": True,
            "between": BETWEEN,
        },
    )
    urgent, _, rest = drawn.partition(BETWEEN)
    return SafeString(urgent), SafeString(rest)


def photo_in(sheet: Sheet) -> str:
    """The photo as an address that holds it: a reader's page asks for nothing more."""
    return jpeg_address(sheet.photo.data) if sheet.photo else ""
