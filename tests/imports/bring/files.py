"""What the tests beside this have in common."""

import io
import json
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from profiles.pages.decorators import VISITORS_PAGES
from profiles.pages.models import Profile
from tests.imports.pages import make_file

BRING, CHOOSE = reverse("imports:bring"), reverse("imports:choose")


ARCHIVE = reverse("exports:archive")


def answer(topic: str, text: str, **more: Any) -> dict[str, Any]:
    return {"topic": topic, "text": text} | more


def portable(*answers: dict[str, Any], **more: Any) -> bytes:
    return json.dumps(
        make_file(answers=list(answers), person=None, helped_by=None, **more)
    ).encode()


def upload(browser: Client, data: bytes, name: str = "jo.json", **said: str) -> HttpResponse:
    return browser.post(BRING, {"file": SimpleUploadedFile(name, data)} | said)


def carried(shown: HttpResponse) -> dict[str, Any]:
    """What the form on the page sends along, with nothing chosen yet."""
    form = shown.context["form"]
    return {field.html_name: field.value() for field in form.hidden_fields()}


def bring_back(browser: Client, data: bytes, *topics: str, **chosen: str) -> HttpResponse:
    """Choose a file, and then these topics from it."""
    sent = carried(upload(browser, data)) | {f"words-{topic}": "file" for topic in topics}
    return browser.post(CHOOSE, sent | chosen)


def zipped(*members: tuple[str, bytes], how: int = ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", how) as made:
        for name, data in members:
            made.writestr(name, data)
    return file.getvalue()


def newest(page: Profile, topic: str) -> Any:
    return page.answers.about(topic).with_profile(page)[0]


FILE = portable(
    answer("important", "Coffee first.\nThen we talk.", picture="drinks", said_by="my sister Dee"),
    answer("culture", "Dydd Gŵyl Dewi.", language="cy"),
    answer("health", "Asthma."),
)


def open_in(browser: Client, page: Profile) -> None:
    session = browser.session
    session[VISITORS_PAGES] = [page.key]
    session.save()
    browser.cookies["sessionid"] = session.session_key or ""
