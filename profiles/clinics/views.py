"""Where a hospital's or clinic's computer takes a page.

These answer programs, in the words of HL7's SMART Health Links: 404 for whatever opens nothing, and
nothing else about it.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from profiles.access.actions import Reader
from profiles.access.models import Channel, Happened
from profiles.clinics.asked import Asked, Unreadable, asked, recipient
from profiles.clinics.encryption import FHIR_JSON, JOSE
from profiles.clinics.files import SMALLEST, File, files_of, last_updated
from profiles.clinics.links import AT_ONCE, BY_PASSCODE, open_link
from profiles.clinics.tickets import read_ticket, ticket_for
from profiles.core import codes, security_log
from profiles.core.rate_limits import count
from profiles.core.security_log import Event
from profiles.door import door, paper_codes
from profiles.door.door import Opened
from profiles.door.files import file_not_made
from profiles.door.models import Paper
from profiles.pages.gone import PageIsGone, while_it_is_there
from profiles.pdf import printing
from profiles.reading.actions import try_passcode
from profiles.reading.decorators import LogIsFull
from profiles.reading.passcodes import Guess
from profiles.sharing.clinic import ClinicLink, Taking
from profiles.sharing.models import MOST_TRIES

P = ParamSpec("P")

# By internet address, wrong passcodes only, counted together with those at the doorstep; and by
# link, each time that something is taken through it.
LIMITS: Final = {"passcode": "20/h/ip", "take": "60/h/key"}
AN_HOUR: Final = 3_600  # seconds
SOON: Final = 5
NOTHING: Final = "This link opens nothing now. Ask the person for a new one.\n"
TOO_OFTEN: Final = "That was too often. Try again later.\n"
NOT_NOW: Final = "The page could not be made just now. Try again soon.\n"
CANNOT: Final = "The page could not be made. The person was told so. Ask them for it on paper.\n"


def for_computers(
    *methods: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """An address that programs ask, on whatever page they stand (any_page.py). Nobody keeps it."""

    def decorated(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @login_not_required
        @never_cache
        @csrf_exempt  # no cookie says who asks here, so nobody can be made to ask in another's name
        @wraps(view)
        def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed([*methods, "OPTIONS"])
            request.session.modified = False  # whoever is signed in, was not here
            try:
                return view(request, *args, **kwargs)
            except LogIsFull:
                return _too_often()
            except PageIsGone:
                return _nothing(request)

        return answered

    return decorated


@for_computers("GET", "HEAD", "POST")
def take(request: HttpRequest, key: str) -> HttpResponse:
    """The page: at once by GET, or as a manifest by POST where it also needs a passcode."""
    return _manifest(request, key) if request.method == "POST" else _at_once(request, key)


@for_computers("GET", "HEAD")
def file(request: HttpRequest, key: str, ticket: str) -> HttpResponse:
    """One file of a manifest, for whom the manifest was made for."""
    link = open_link(key, BY_PASSCODE)
    read = read_ticket(ticket, link.share) if link else None
    paper = link.share.papers.handed_with(read.code) if link and read else None
    if link is None or read is None or paper is None or paper.look is None:
        return _nothing(request)
    if request.method == "HEAD":
        return file_not_made(JOSE, {})
    paper.look.profile = link.share.profile
    return _taken(
        request,
        link,
        Reader(name=paper.look.reader_said),
        wanted=[read.file],
        before=paper,
        then=lambda opened, paper, files: HttpResponse(files[read.file], content_type=JOSE),
    )


def _at_once(request: HttpRequest, key: str) -> HttpResponse:
    link = open_link(key, AT_ONCE)
    if link is None:
        return _nothing(request)
    if request.method == "HEAD":
        return file_not_made(JOSE, {})
    return _taken(
        request,
        link,
        Reader(name=recipient(request.GET.get("recipient", ""))),
        wanted=[File.COLLECTION],
        then=lambda opened, paper, files: HttpResponse(files[File.COLLECTION], content_type=JOSE),
    )


def _manifest(request: HttpRequest, key: str) -> HttpResponse:
    # What was sent is looked at first: so the answer to it says nothing of the link.
    if request.content_type != "application/json":
        return _plain("Send application/json.\n", 415)
    try:
        said = asked(request.body)
    except Unreadable:
        return _plain('Send {"recipient": "who you are", "passcode": "…"}.\n', 400)
    link = open_link(key, BY_PASSCODE)
    if link is None or link.share.is_locked:
        return _nothing(request)
    reader = Reader(name=said.recipient)
    with while_it_is_there(link.share.profile):
        refused = _passcode_refused(request, link, said.passcode, reader)
    if refused:
        return refused
    return _taken(
        request,
        link,
        reader,
        wanted=[each for each in File if said.embedded_most >= SMALLEST[each]],
        then=lambda opened, paper, files: _listed(link, said, opened, paper, files),
    )


def _passcode_refused(
    request: HttpRequest, link: ClinicLink, typed: str, reader: Reader
) -> HttpResponse | None:
    """The answer to a passcode that is not the right one; None to the right one."""
    share = link.share
    paid = count(request, "passcode", LIMITS)
    if paid is None:
        return _too_often()
    match try_passcode(share=share, typed=typed, reader=reader):
        case Guess.LOCKED:
            return _nothing(request)
        case Guess.WRONG | Guess.AGAIN:
            event = Event.PASSCODE_LOCKED if share.is_locked else Event.PASSCODE_WRONG
            security_log.note(event, request, share=share.pk)
            return JsonResponse({"remainingAttempts": MOST_TRIES - share.wrong_tries}, status=401)
    paid.take_back()
    return None


def _listed(
    link: ClinicLink, said: Asked, opened: Opened, paper: Paper, files: Mapping[File, str]
) -> HttpResponse:
    changed = last_updated(opened).isoformat(timespec="seconds")
    rows = [
        {"contentType": FHIR_JSON, "lastUpdated": changed, "status": "can-change"}
        | _where(link, said, paper, each, files.get(each))
        for each in File
    ]
    answer = JsonResponse({"files": rows})
    if link.taking == Taking.UPDATED:
        answer["Retry-After"] = str(AN_HOUR)
    return answer


def _where(
    link: ClinicLink, said: Asked, paper: Paper, each: File, made: str | None
) -> dict[str, str]:
    """The file itself, where it is no longer than the computer takes; or where it is fetched."""
    if made is not None and len(made) <= said.embedded_most:
        return {"embedded": made}
    share = link.share
    address = reverse("clinics:file", args=[share.key, ticket_for(paper, share, each)])
    return {"location": settings.SITE_ADDRESS + address}


def _taken(
    request: HttpRequest,
    link: ClinicLink,
    reader: Reader,
    *,
    wanted: Sequence[File],
    then: Callable[[Opened, Paper, Mapping[File, str]], HttpResponse],
    before: Paper | None = None,
) -> HttpResponse:
    """Make what is wanted, write down who takes it, and only then let go of it.

    With `before`, it is more of what was begun with that paper: one look for as long as the page
    stays the same.
    """
    share = link.share
    if count(request, "take", LIMITS, key=share.ref) is None:
        return _too_often()
    asked_at = timezone.now()  # before the door: once it is closed, nobody has asked after the stop
    with while_it_is_there(share.profile):
        opened = door.open_through(share, reader=reader, channel=Channel.RECORD)
        if opened is None:
            return _nothing(request)
        code = paper_codes.code_after(opened, before) if before else codes.new_code()
        try:
            with printing.place() if File.COLLECTION in wanted else nullcontext():
                files = files_of(opened, link, code=code, wanted=wanted) if wanted else {}
                paper = paper_codes.hand_over(
                    opened, reader=reader, code=code, happened=Happened.TOOK_RECORD
                )
            if paper:
                return then(opened, paper, files)
            still_opens = open_link(share.key, (Taking(link.taking),)) is not None
            # Then the page says less since: that is made for who asks again.
            refused = _later(NOT_NOW, 503, SOON) if still_opens else _nothing(request)
        except (printing.Busy, printing.NotMade):
            refused = _later(NOT_NOW, 503, SOON)
        except (printing.DoesNotFit, printing.TooHard):
            refused = _plain(CANNOT, 409)
        paper_codes.note_none(
            opened,
            reader=reader,
            browser=reader.name,
            asked_at=asked_at,
            happened=Happened.NO_RECORD,
        )
        return refused


def _nothing(request: HttpRequest) -> HttpResponse:
    """The one answer for every link that shows nothing, whatever the reason."""
    security_log.note(Event.DOOR_REFUSED, request)
    return _plain(NOTHING, 404)


def _too_often() -> HttpResponse:
    return _later(TOO_OFTEN, 429, AN_HOUR)


def _later(words: str, status: int, seconds: int) -> HttpResponse:
    answer = _plain(words, status)
    answer["Retry-After"] = str(seconds)
    return answer


def _plain(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
