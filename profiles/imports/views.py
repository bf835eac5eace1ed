"""Where a file is brought back: first what would change is shown, and then it does."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from profiles.core.bodies import takes_files
from profiles.core.http import form_page, jpeg_address
from profiles.imports import actions, brought
from profiles.imports.actions import ChosenPhoto, Moved
from profiles.imports.brought import FileChange, FromFile
from profiles.imports.checking import NotAProfile
from profiles.imports.forms import PHOTO, BringForm, FileForm, WhoMaySeeForm, read_in_time
from profiles.imports.portable import Portable
from profiles.pages.decorators import with_page
from profiles.pages.models import Profile
from profiles.topics.load import load
from profiles.topics.lookup import write_url
from profiles.topics.pictures import picture
from profiles.topics.topic import Topic


@require_http_methods(["GET", "HEAD", "POST"])
@with_page
@takes_files
def bring(request: HttpRequest, page: Profile) -> HttpResponse:
    """Choose a file. To an empty page it comes at once, all of it; else what it would change is
    shown first, and nothing has changed yet.
    """
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        portable, text = form.cleaned_data["file"]
        asked = _form(page, portable, initial={"file": text})
        if not page.is_blank:
            return _choosing(request, page, portable, asked)
        sent = asked.all_of_it(request.POST.get("only_me", ""))
        return _bring(request, page, portable, _form(page, portable, sent), was_told=False)
    context = {"page": page, "form": form}
    if page.is_blank:  # and so it is shared with nobody
        context["who"] = WhoMaySeeForm(request.POST or None, page=page)
    return form_page(request, "imports/bring.html", context)


@require_POST
@with_page
@takes_files
def choose(request: HttpRequest, page: Profile) -> HttpResponse:
    """Put on the page what was chosen: all of it, or nothing, and then look again.

    The file's text came along in the form. It is checked once more, and no less strictly.
    """
    try:
        text = request.POST.get("file", "").encode(errors="surrogatepass")
        portable = read_in_time(text)
    except NotAProfile as reason:
        asked = FileForm({}, {})
        asked.errors["file"] = asked.error_class([str(reason)])
        return render(request, "imports/bring.html", {"page": page, "form": asked}, status=422)
    form = _form(page, portable, request.POST)
    if "all" in request.POST:
        return _choosing(request, page, portable, form.again(with_all=True))
    return _bring(request, page, portable, form)


def _bring(
    request: HttpRequest,
    page: Profile,
    portable: Portable,
    form: BringForm,
    *,
    was_told: bool = True,
) -> HttpResponse:
    """What was chosen, put on the page; and what did not come, if nobody was told of it before."""
    if not form.is_valid():
        return _choosing(request, page, portable, form, status=422)
    try:
        actions.bring(profile=page, words=form.words(), photo=_photo(portable, form))
    except Moved as moved:
        again = form.again(without={*moved.topics, *([PHOTO] if moved.photo else [])})
        return _choosing(request, page, portable, again, moved=moved, status=409)
    except PermissionDenied as refused:  # more photos than a page can hold
        form.add_error(None, str(refused))
        return _choosing(request, page, portable, form, status=422)
    if not was_told:
        changes = brought.changes(page, _said(portable))
        rows = [_row(page, form, change) for change in changes if change.refusal]
        if rows or portable.stays_behind:
            context = {"page": page, "portable": portable, "rows": rows}
            return render(request, "imports/brought.html", context)
    messages.success(request, "It is on the page now. The words from before are kept too.")
    return redirect("door:page")


def _form(page: Profile, portable: Portable, *args: Any, **kwargs: Any) -> BringForm:
    return BringForm(
        *args,
        page=page,
        changes=brought.changes(page, _said(portable)),
        with_photo=portable.photo is not None,
        **kwargs,
    )


def _said(portable: Portable) -> Iterator[FromFile]:
    """What a file says, in the order of our questions."""
    said = {each.topic: each for each in portable.answers}
    for key, topic in load().by_key.items():
        if each := said.get(key):
            yield FromFile(
                topic=topic,
                text=each.text,
                picture=each.picture,
                photo=portable.photos.get(key),
                said_by=each.said_by,
                language=each.language,
                only_me=each.only_me,
            )


def _photo(portable: Portable, form: BringForm) -> ChosenPhoto | None:
    if portable.photo is None or not form.cleaned_data.get(PHOTO):
        return None
    return ChosenPhoto(photo=portable.photo, started_from=form.cleaned_data[f"from-{PHOTO}"])


def _choosing(
    request: HttpRequest,
    page: Profile,
    portable: Portable,
    form: BringForm,
    *,
    moved: Moved | None = None,
    status: int = 200,
) -> HttpResponse:
    """What would change, topic by topic, each with a choice."""
    changes = brought.changes(page, _said(portable))
    differ = [change for change in changes if not change.is_the_same]
    is_there = portable.photo is not None and brought.shows(page, portable.photo)
    photo = portable.photo.cropped.data if portable.photo and not is_there else b""
    context = {
        "page": page,
        "form": form,
        "different": [_row(page, form, each) for each in differ if not each.is_new],
        "new": [_row(page, form, each) for each in differ if each.is_new],
        "same": [each.topic for each in changes if each.is_the_same],
        "not_in_it": _not_in_it(page, changes),
        "portable": portable,
        "photo": jpeg_address(photo),
        "has_photo": page.photos.newest() is not None,
        "moved": [load().topic(key) for key in moved.topics] if moved else [],
        "photo_moved": moved is not None and moved.photo,
    }
    return render(request, "imports/choose.html", context, status=status)


def _row(page: Profile, form: BringForm, change: FileChange) -> dict[str, Any]:
    """One topic: the words now beside the words in the file, and what can be chosen."""
    key, now, words = change.topic.key, change.now, change.words
    row: dict[str, Any] = {
        "topic": change.topic,
        "is_new": change.is_new,
        "words": words,
        "refusal": change.refusal,
        "url": write_url(change.topic),
        "only_me": words.only_me,
        "closes": change.closes,
        "photo": change.photo,
        "photo_now": now.photo if now and change.photo else None,
    }
    if now is not None and not change.is_new:
        title = "On their page now" if page.for_someone else "On my page now"
        same = now.picture == words.picture or bool(change.photo or now.photo)
        row["here"] = _side(title, now.text, now.whose, now.language)
        row["there"] = _side("In the file", words.text, words.said_by, words.language)
        for side, code in (("here", now.picture), ("there", words.picture)):
            row[side]["notes"] += [] if same else [_named(code)]
    if f"words-{key}" in form.fields and not change.is_new:
        row["choice"] = form[f"words-{key}"]
    return row


def _side(title: str, text: str, said_by: str, language: str) -> dict[str, Any]:
    notes = [f"Said by {said_by}"] if said_by else []
    return {"title": title, "text": text, "notes": notes, "language": language}


def _named(code: str) -> str:
    found = picture(code)
    return f"Picture: {found.label.lower()}" if found else "No picture"


def _not_in_it(page: Profile, changes: Iterable[FileChange]) -> list[Topic]:
    """The topics that the file does not name: they stay as they are."""
    named = {change.topic.key for change in changes}
    said = {answer.topic for answer in page.answers.current()}
    return [topic for key, topic in load().by_key.items() if key in said - named]
