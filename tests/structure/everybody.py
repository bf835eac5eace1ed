"""Everybody who may stand at a door, each with a browser of their own; and whether they got in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from profiles.access.actions import Reader
from profiles.accounts.models import User
from profiles.answers import actions, draft_actions
from profiles.answers.actions import Words
from profiles.core.codes import new_key
from profiles.core.mails import REMINDER, stop_address
from profiles.exports.models import KeptArchive
from profiles.pages import actions as page_actions
from profiles.pages.decorators import VISITORS_PAGES
from profiles.pages.models import Profile
from profiles.permissions import Who
from profiles.photos import actions as photo_actions
from profiles.review import actions as review_actions
from profiles.review.course import course_of
from profiles.sharing import actions as sharing
from profiles.sharing import ask_actions
from profiles.sharing.clinic import Taking
from profiles.sharing.decided import Decided, Mode
from profiles.sharing.models import Share
from profiles.supporters import decision_actions, handing, suggestion_actions
from profiles.supporters.models import Supporter
from profiles.topics.load import load
from profiles.workers import promise_actions
from profiles.workers.models import Promise, PromiseEvent
from tests.clinics.computer import computer
from tests.factories import (
    ask_for_help,
    begin_clinic_share,
    make_card,
    make_page,
    make_promise,
    make_share,
    make_supporter,
    make_user,
    say,
)
from tests.journeys.steps import code_from_email
from tests.photos.photos import as_file, corners

# Where somebody is sent who may not come in; and where these send those who are in already.
SENT_AWAY = {"/start/", "/account/login/", "/account/login/again/", "/account/login/code/"}
IN_ALREADY = {
    "account_request_login_code",
    "account_confirm_login_code",
    "mfa_login_webauthn",
    "account_email_verification_sent",
}
IN_REVIEW = {"review:topic", "review:end"}
LETTERS = {"text": "Milk first.", "picture": "", "only_me": "no", "started_from": 1}
HELPERS = (Who.SEES, Who.SUGGESTS, Who.WRITES)
HELPING = {
    "door:helping",
    "door:helping_picture",
    *(f"supporters:{name}" for name in (
        "what_to_suggest", "suggest", "together", "write_together", "decided", "check_decision",
        "written_down", "hand_over", "leave",
    )),
}  # fmt: skip
SHARED = {  # what is done to one share: a keeper has a share of their own
    *(f"sharing:{name}" for name in (
        "share", "show", "change_what", "change_how_long", "passcode", "speak", "send", "pause",
        "resume", "stop",
    )),
    *(f"door:{name}" for name in ("as_reader", "style_for_reader", "as_reader_pdf")),
    *(f"exports:{name}" for name in ("receipt", "receipt_pdf", "receipt_json", "receipt_fhir")),
}  # fmt: skip
READER = Reader(name="Dee", role="nurse")
TOMORROW = str(timezone.localdate() + timedelta(days=1))
TYPED: dict[str, dict[str, Any]] = {  # what is sent with a POST
    "house:appearance": {
        "size": "usual", "colours": "dark", "spacing": "close", "pictures": "shown",
        "motion": "moving",
    },
    "pages:start": {"who": "me", "language": "en"},
    "moments:carer": {"reader_name": "Priya", "day": TOMORROW, "keeper_name": "Ben"},
    "moments:ready": {"reader_name": "Ward 4", "day": TOMORROW, "keeper_name": "Ben"},
    "moments:changed": {"words": "tea"},
    "writing:write": LETTERS,
    "writing:draft": LETTERS,
    "writing:both": {"choice": "mine", "started_from": 2},
    "writing:line": {"do": "remove", "number": 1, "line": 0},
    "photos:crop": {"crop": "left", "alt": "Me"},
    "review:topic": {"say": "later"},
    "review:emails": {"wanted": "no"},
    "pages:delete": {"sure": "on"},
    "sharing:who": {"reader_name": "Priya", "way": "link", "keeper_name": "Ben"},
    "sharing:clinic": {
        "taking": "U", "family_name": "Ruiz", "birth_date": "1956-03-04", "gender": "other",
    },
    "sharing:what": {"topics": ["important"], "may": "read"},
    "sharing:how_long": {"until": "desk"},
    "sharing:check": {"mode": "me"}, "sharing:keep": {"mode": "me"},
    "sharing:change_what": {"topics": ["important"], "may": "read", "mode": "me"},
    "sharing:change_how_long": {"until": "week", "mode": "me"},
    "sharing:send": {"email": "priya@example.org"},
    "sharing:answer": {"say": "later"},
    "workers:ask": {"code": "7KQ3-M9XT", "name": "Priya", "role": "nurse"},
    "reading:doorstep": {"name": "Priya", "role": "nurse", "place": "Ward 4"},
    "reading:tell": {"words": "The phone number."},
    "supporters:ask": {"name": "Sam", "email": "sam@example.org", "may": "see"},
    "supporters:helper": {"may": "see"},
    "supporters:suggestion": {"say": "keep"},
    "supporters:my_way": {"words": "Tea, strong.", "started_from": 1},
    "supporters:invitation": {"say": "yes"},
    "supporters:suggest": {"words": "Rovers."},
    "supporters:write_together": {
        "words": "Rovers.", "whose": "theirs", "started_from": "0" * 64,
    },
    "supporters:decided": {
        "age": "adult", "about": "This page.", "tried": "Pictures.", "authority": "best_interests",
        "decided_by": "Dr Rees", "asked": "Her sister", "person_showed": "She smiled",
        "can_object": "She turns away", "review_on": str(timezone.localdate() + timedelta(days=9)),
    },
    "supporters:hand_over": {"email": "nan@example.org", "keeper_name": "Ben"},
    "imports:choose": {
        "file": '{"format": "tell-it-once/1", "answers": [{"topic": "calm", "text": "Sit near."}]}',
        "words-calm": "file", "from-calm": 0, "only_me": "no",
    },
    "workers:hello": {"name": "Priya"},
    "workers:answer": {"say": "done"},
    "workers:sorry": {"words": "I am sorry."},
    "door:type_check_code": {"code": "7KQ3-M9XT"},
    "account_request_login_code": {"email": "dee@example.org"},
}  # fmt: skip


@dataclass
class Hall:
    """A page that is shared in every way, and everybody who comes by."""

    browsers: dict[Who, Client] = field(default_factory=dict)
    keys: dict[Who, str] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)

    def ask(self, who: Who, name: str, method: str) -> HttpResponse:
        """Ask for this address as this person, and undo whatever came of it."""
        browser = Client()
        browser.handler = self.browsers[who].handler  # it has set up the middleware already
        browser.cookies.update(self.browsers[who].cookies)
        before = transaction.savepoint()
        try:
            address = reverse(name, kwargs=self.given_to(who, name, method))
            typed = TYPED.get(name, {}) if method == "POST" else {}
            if name == "pages:choose" and method == "POST":
                typed = {"page": self.given["pages"].get(who, "")}
            send = getattr(browser, method.lower())
            if name == "clinics:take" and method == "POST":  # a program, which sends no form
                said = {"recipient": "Ward 4", "passcode": self.given["passcode"]}
                send, typed = partial(send, content_type="application/json"), said
            answer: HttpResponse = send(address, typed) if method == "POST" else send(address)
        finally:
            transaction.savepoint_rollback(before)
        return answer

    def given_to(self, who: Who, name: str, method: str = "") -> dict[str, Any]:
        """What stands in this address, for this person."""
        given = self.given | {"key": self.keys[who]}
        if who is Who.COMPUTER and (name == "clinics:file" or method == "POST"):
            given["key"] = self.given["by_passcode"]
        given["ref"] = self.given["refs"].get(name, self.given["ref"])
        if who is Who.KEEPER and name in SHARED:
            given["ref"] = self.given["kept_ref"]
        if name in HELPING:
            given["ref"] = self.given["helping"].get(who, self.given["helping"][Who.WRITES])
        if name == "supporters:written_down":  # only of what they wrote down themself
            given["decision"] = self.given["decisions"].get(who, new_key())
        if name == "supporters:check_decision":  # only what they have just typed
            given["kept"] = self.given["typed"].get(who, new_key())
        if name in self.given["sent"]:
            given["key"] = new_key() if who is Who.ENDED else self.given["sent"][name]
        if name in IN_REVIEW:
            self._check(who, is_over=name == "review:end")
        if "pk" in PATTERNS[name]:  # only here: allauth cannot read one that no device made
            given["pk"] = _passkey(self.given["owner"]).pk
        return {key: given[key] for key in PATTERNS[name]}

    def _check(self, who: Who, *, is_over: bool) -> None:
        """Let this person have a check of their page open, or through."""
        page = Profile.objects.filter(key=self.given["pages"].get(who, "")).first()
        if page:
            review = review_actions.begin(profile=page)
            for topic in course_of(review, page).topics if is_over else ():
                review_actions.not_now(review=review, page=page, topic=topic)


def got_in(name: str, method: str, answer: HttpResponse) -> bool:
    """Did they get past the door? A refusal, a closed page and being sent away are a no."""
    if method == "GET":
        return answer.status_code == 200
    if answer.status_code == 302:
        path = answer["Location"].partition("?")[0]
        away = SENT_AWAY | ({"/me/", "/account/email/"} if name in IN_ALREADY else set())
        return path not in away and not is_doorstep(path)
    return answer.status_code in {200, 409, 422}


def is_doorstep(path: str) -> bool:
    """Is this where a link leads before the introduction?"""
    return path.startswith("/s/") and path.count("/") == 3


def patterns(
    found: list[URLPattern | URLResolver], space: str = "", above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of every address, and what has to be given to make one."""
    for one in found:
        asked = (*above, *one.pattern.converters)
        if isinstance(one, URLResolver):
            inner = f"{one.namespace}:" if one.namespace else space
            yield from patterns(one.url_patterns, inner, asked)
        else:
            yield f"{space}{one.name}", asked


PATTERNS = dict(patterns(get_resolver().url_patterns))


def hall() -> Hall:
    """Ana's page, shared in every way there is, and a browser for everybody."""
    ana, ben, priya, dee, eve, fay, gus = (
        make_user(f"{name}@example.org")
        for name in ("ana", "ben", "priya", "dee", "eve", "fay", "gus")
    )
    page = _full(make_page(ana, call_me="Ana", important="Tea first."))
    kept = page_actions.start_page(for_someone=True, language="en", user=ben)
    say(kept, "call_me", "Nan")
    say(kept, "important", "My rosary.")
    visited = make_page(call_me="Jo", important="Tea.")
    made = Hall()
    for who, user in _accounts(ana, ben, priya, dee, eve, fay, gus):
        made.browsers[who] = just_signed_in(user)
    for who in (Who.READER, Who.AT_THE_DOOR, Who.COMPUTER, Who.ENDED, Who.NOBODY):
        made.browsers[who] = Client()
    made.browsers[Who.VISITOR] = _visitor(visited)
    handed = make_share(page, reader_name="The school")  # as if a keeper had shared it before
    Share.objects.filter(pk=handed.pk).update(by_keeper=True, paused_at=timezone.now())
    link, over = make_share(page), make_share(page, reader_name="Sam")
    named = make_share(page, reader_name="Priya", email=priya.email)
    made.keys = dict.fromkeys(Who, new_key()) | {
        Who.READER: link.key, Who.AT_THE_DOOR: link.key, Who.ENDED: over.key, Who.WORKER: named.key,
        Who.COMPUTER: computer(page).share.key,
    }  # fmt: skip
    for who in (Who.READER, Who.ENDED, Who.WORKER):
        _come_in(made, who)
    sharing.stop(share=over, by=ana)
    card = make_card(priya)
    missed = _missed(named, ana, priya)
    by_passcode = computer(page, taking=Taking.PASSCODE)
    code = ask_actions.make_ask_code(profile=page, by=ana)
    ask_actions.ask(code=code.code, worker=dee, reader=READER, why="")
    kept_share = make_share(kept)
    for each in (page, kept):  # every page on the way to a yes is there for this kind
        begin_clinic_share(each, reader_name="The day centre")
    helping = [
        make_supporter(page, user, may)
        for user, may in zip((eve, fay, gus), Supporter.May, strict=True)
    ]
    important = load().topic("important")
    offered = suggestion_actions.suggest(
        supporter=helping[2], topic=important, text="Rovers.", why=""
    )
    assert offered
    made.given = {
        "token": stop_address(REMINDER, row=page.pk, account=ana.pk).split("/")[-2],
        "part": "matters", "topic": "important", "number": 1, "rest": "a/b/c", "code": "7KQ3-M9XT",
        "what": "layout", "by_passcode": by_passcode.share.key,
        "passcode": by_passcode.share.passcode,
        "ticket": by_passcode.places()[0].rpartition("/")[2],
        "ref": link.ref, "owner": ana, "kept_ref": kept_share.ref,
        "refs": {
            "sharing:keep": handed.ref,
            "sharing:answer": page.asks.get().ref,
            "door:hello": card.ref, "door:hello_pdf": card.ref,
            "workers:answer": missed.ref, "workers:sorry": missed.ref,
            "supporters:helper": helping[0].ref, "supporters:stop": helping[0].ref,
            "supporters:suggestion": offered.ref, "supporters:my_way": offered.ref,
        },
        "helping": dict(zip(HELPERS, (each.ref for each in helping), strict=True))
        | {Who.KEEPER: kept.key},
        "decisions": {
            Who.KEEPER: _decision(kept, None, ben),
            **{who: _decision(page, each, each.user)
               for who, each in zip(HELPERS, helping, strict=True)},
        },
        "sent": {
            "supporters:invitation": ask_for_help(page, email=dee.email),
            "supporters:handed": handing.offer(
                profile=kept, by=ben, email=dee.email, keeper_name="Ben"
            ),
        },
        "pages": {Who.OWNER: page.key, Who.KEEPER: _full(kept).key,
                  Who.VISITOR: _full(visited).key},
    }  # fmt: skip
    for each, user in ((page, ana), (kept, ben)):
        KeptArchive.objects.create(profile=each, account=user, file=b"PK", made_at=timezone.now())
    made.given["typed"] = {who: _typed(made, who) for who in (Who.KEEPER, *HELPERS)}
    return made


def _accounts(*users: User) -> Iterator[tuple[Who, User]]:
    who = (Who.OWNER, Who.KEEPER, Who.WORKER, Who.OTHER, *HELPERS)
    yield from zip(who, users, strict=True)


def _full(page: Profile) -> Profile:
    """A page with everything on it that some doors need: a photo, an edition, a draft too late."""
    photo_actions.add_photo(profile=page, whole=as_file(corners()), alt="Me")
    actions.freeze_if_changed(page)
    say(page, "important", "Coffee.")
    draft_actions.save_draft(
        profile=page,
        topic=load().topic("important"),
        words=Words(text="Milk first."),
        started_from=1,
        version="",
    )
    return page


def _decision(page: Profile, supporter: Supporter | None, by: User | None) -> str:
    """What names a decision that was written down, in the addresses of whoever wrote it."""
    assert by
    return decision_actions.write_down(
        profile=page, supporter=supporter, by=by, about="This page.", tried="Pictures.",
        decided=Decided(
            mode=Mode.FOR_ME, authority="best_interests", decided_by="Dr Rees", asked="Nobody",
            person_showed="A smile", can_object="By a shake of the head",
        ),
    ).ref  # fmt: skip


def _typed(made: Hall, who: Who) -> str:
    """What names a decision that was filled in, and is still to be checked."""
    address = reverse("supporters:decided", kwargs=made.given_to(who, "supporters:decided"))
    answer = made.browsers[who].post(address, TYPED["supporters:decided"])
    return answer["Location"].rstrip("/").rpartition("/")[2]


def _missed(share: Share, person: User, worker: User) -> Promise:
    """A promise that was not kept."""
    promise = make_promise(share, worker=worker)
    promise_actions.say_what_became(promise=promise, by=person, said=PromiseEvent.Kind.NOT_DONE)
    return promise


def just_signed_in(user: User) -> Client:
    """A browser that has signed in with a code just now, as some doors ask."""
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": user.email})
    browser.post(reverse("account_confirm_login_code"), {"code": code_from_email()})
    return browser


def _visitor(page: Profile) -> Client:
    browser = Client()
    session = browser.session
    session[VISITORS_PAGES] = [page.key]
    session.save()
    browser.cookies["sessionid"] = session.session_key or ""
    return browser


def _come_in(made: Hall, who: Who) -> None:
    """Say at the doorstep who they are."""
    address = reverse("reading:doorstep", kwargs={"key": made.keys[who]})
    answer = made.browsers[who].post(address, TYPED["reading:doorstep"])
    assert answer.status_code == 302


def _passkey(user: User) -> Authenticator:
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "my phone", "credential": {}}
    )
