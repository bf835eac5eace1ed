"""What the tests beside this have in common."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from profiles.sharing.models import Share
from profiles.workers import promise_actions
from profiles.workers.models import Promise, PromiseEvent
from tests.factories import make_promise
from tests.readers import ReaderWithLink, address

MINE = reverse("workers:promises")


PROMISED = reverse("workers:promised")


RING = "I will ring you on Tuesday morning."


Kind = PromiseEvent.Kind


def in_days(days: int) -> str:
    return str(timezone.localdate() + timedelta(days=days))


def have_read(reader: ReaderWithLink, share: Share, **said: str):
    reader.come_in(share)
    return reader._at(share.key).post(address("workers:have_read", share.key), said)


def say(browser: Client, promise: Promise, said: str):
    return browser.post(reverse("workers:answer", kwargs={"ref": promise.ref}), {"say": said})


def sorry_at(promise: Promise) -> str:
    return reverse("workers:sorry", kwargs={"ref": promise.ref})


def missed(ana, share: Share, worker=None, **said) -> Promise:
    promise = make_promise(share, worker=worker, **said)
    promise_actions.say_what_became(promise=promise, by=ana, said=Kind.NOT_DONE)
    return promise
