"""Fill the database with people who do not exist."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management.base import BaseCommand
from django.urls import reverse

from profiles.accounts.models import User
from profiles.accounts.sessions import SessionStore
from profiles.house.example_people import Made, canary, make_everybody
from profiles.sharing.clinic import clinic_link_of
from profiles.sharing.links import link_of
from profiles.sharing.models import Share
from profiles.sharing.sentences import state
from profiles.sharing.shlink import viewer_link
from profiles.supporters.models import Supporter


class Command(BaseCommand):
    """Makes the people of our examples anew: what they had before is deleted.

    It refuses where other people's pages may be: it needs LOCAL, and with --canaries DEBUG.
    """

    help = "Fill this machine's database with people who do not exist, and say how to meet them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")
        parser.add_argument(
            "--canaries",
            action="store_true",
            help="Let every answer hold a word of its own, CNRY-<person>-<topic>, by which a test "
            "finds it. Only with DEBUG=on.",
        )

    def handle(self, *args: Any, json: bool, canaries: bool, **options: Any) -> None:
        if not settings.LOCAL:
            self._stop("This is for your own machine: it needs LOCAL=on. Nothing was done.")
        if canaries and not settings.DEBUG:
            self._stop("--canaries needs DEBUG=on. Nothing was done.")
        people = [_told(made, canaries) for made in make_everybody(canaries=canaries).values()]
        if json:
            self._print({"site": settings.SITE_ADDRESS, "people": people})
            return
        for person in people:
            self.stdout.write(f"\n{person['email']}: sign in with this address.")
            for share in person["shares"]:
                self.stdout.write(f"  {share['reader']} ({share['state']}): {share['address']}")
                if share["passcode"]:
                    self.stdout.write(f"    passcode: {share['passcode']}")
            for helper in person["helpers"]:
                self.stdout.write(
                    f"  {helper['name']}@example.org helps ({helper['may']}): {helper['address']}"
                )
        self.stdout.write(f"\nThe code to sign in comes by email: {_where_emails_go()}.")

    def _print(self, data: Any) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))

    def _stop(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(2)


def _told(made: Made, canaries: bool) -> dict[str, Any]:
    """One person: how to sign in as them, what is on their page, and what they share."""
    said = [topic for topic, _ in (*made.who.said, *made.who.with_help)]
    return {
        "name": made.who.key,
        "email": made.who.email,
        "sign_in": {
            "address": f"{settings.SITE_ADDRESS}/account/login/code/",
            "code": _where_emails_go(),
            **({"cookie": _cookie(made.user)} if settings.DEBUG else {}),
        },
        "page_about": made.who.about if said else None,
        "only_me": list(made.who.only_me),
        "canaries": {topic: canary(made.who, topic) for topic in said} if canaries else {},
        "shares": [_share(share) for share in made.shares.values()],
        "helpers": [_helper(name, each) for name, each in made.helpers.items()],
    }


def _helper(name: str, supporter: Supporter) -> dict[str, Any]:
    path = reverse("door:helping", kwargs={"ref": supporter.ref})
    return {
        "name": name,
        "may": supporter.may,
        "kept_topics": supporter.shown_though_kept,
        "address": f"{settings.SITE_ADDRESS}{path}",
    }


def _share(share: Share) -> dict[str, Any]:
    share.refresh_from_db()
    clinic = clinic_link_of(share)
    return {
        "reader": share.reader_name,
        "address": viewer_link(share, clinic) if clinic else link_of(share),
        "kind": share.kind,
        "worker": share.worker_email,
        "state": state(share)["word"],
        "is_open": share.is_open(),
        "topics": share.topics,
        "may_print": share.may_print,
        "passcode": share.passcode,
    }


def _cookie(user: User) -> dict[str, str]:
    """A session of theirs, for a test that has no mailbox. Only while DEBUG is on."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key)}


def _where_emails_go() -> str:
    return settings.EMAIL_FILE_PATH or "it is printed where the site runs"
