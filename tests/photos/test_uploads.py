"""Uploaded files are held in memory, up to a bound, and never on the disk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.test import RequestFactory

from profiles.photos.uploads import InMemory


def sent(**fields: object) -> WSGIRequest:
    """A request as it comes in from a browser."""
    return RequestFactory().post("/", fields)


def file(size: int, name: str = "jo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, bytes(size), content_type="image/jpeg")


def test_files_are_received_by_this_handler():
    assert [type(handler) for handler in HttpRequest().upload_handlers] == [InMemory]


def test_a_file_within_the_bound_is_kept_whole(settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100_000
    request = sent(photo=file(100_000), alt="Jo")
    assert request.FILES["photo"].size == len(request.FILES["photo"].read()) == 100_000
    assert request.POST["alt"] == "Jo"


@pytest.mark.parametrize("size", [100_001, 1_000_000])
def test_of_a_file_beyond_the_bound_only_its_size_is_kept(settings, size):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100_000
    request = sent(photo=file(size), alt="Jo")
    assert request.FILES["photo"].size == size
    assert request.FILES["photo"].read() == b""
    assert request.POST["alt"] == "Jo"


def test_many_files_share_one_bound(settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100_000
    request = sent(a=file(60_000), b=file(60_000), c=file(40_000))
    assert [len(request.FILES[name].read()) for name in "abc"] == [60_000, 0, 40_000]


def test_an_empty_file_is_received_as_one():
    request = sent(photo=file(0))
    assert request.FILES["photo"].size == 0
