"""How long the pages that ask the database take, beside a bare view and beside a larger database.

Both sides go through Django's own WSGI handler and the same middleware, in one process and on the
database that DATABASE_URL names.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection, transaction
from django.test import Client, RequestFactory, override_settings

from bench import bare
from bench.databases import copied, database_of_its_own, settle, use
from bench.rows import Row
from bench.turns import Way, in_turns, ratios
from profiles.access.models import Look
from profiles.accounts.actions import make_account
from profiles.answers import actions
from profiles.answers.models import Answer
from profiles.house.example_people import WORKER, Made, make_everybody, share_with
from profiles.pages import actions as page_actions
from profiles.pages.models import Profile
from profiles.reading import actions as reading_actions
from profiles.reading.decorators import COOKIE
from profiles.topics.load import load

Written = Callable[[bytes], object]
WARM_UPS = 5
EACH = 500  # answers on each page of other people, and as many looks
SMALL, LARGE = 1_000, 1_000_000  # answers and looks of other people, together
WITH_HER = 200  # people who share their pages with the worker
REPLIES = 40  # in the log of the page that is visited, in both databases


@dataclass(frozen=True)
class Visit:
    """Somebody asks for an address."""

    name: str
    address: str
    cookies: dict[str, str]


@dataclass(frozen=True)
class Site:
    """The site on two databases, the same but for other people's pages; and who visits it."""

    handler: WSGIHandler
    small: str
    large: str
    visits: list[Visit]
    people: dict[str, Made]


def rows(rounds: int) -> list[Row]:
    """A shared page beside a bare view; and each page beside itself with a thousand times more."""
    with site_on_two_databases() as site:
        found = []
        for visit in site.visits:
            ways = [_visited(site, database, visit) for database in (site.large, site.small)]
            name = f"{visit.name}, {LARGE:,} rows ÷ {SMALL:,}"
            taken = in_turns(ways, rounds, warm_ups=WARM_UPS)
            found += ratios(name, *taken, goal=1.2, stretch=1.1)
        read = site.visits[0]
        use(site.small)
        bare.BYTES[0] = ask(site, read)
        sides = [read, Visit("a bare view", "/bare/", {})]
        ways = [_visited(site, site.small, visit) for visit in sides]
        name = "a shared page read ÷ a bare view with one row"
        taken = in_turns(ways, rounds, warm_ups=WARM_UPS)
        return [*found, *ratios(name, *taken, goal=3, stretch=2.5)]


def _visited(site: Site, database: str, visit: Visit) -> Way:
    def ready() -> None:
        use(database)
        ask(site, visit)  # the connection may be new: what it reads first does not count

    return Way(partial(ask, site, visit), ready)


def ask(site: Site, visit: Visit) -> bytes:
    """The page that is answered; anything else is an error."""
    cookies = "; ".join(f"{name}={value}" for name, value in visit.cookies.items())
    status, body = answered(site, RequestFactory().get(visit.address, HTTP_COOKIE=cookies))
    if status != "200 OK":
        raise RuntimeError(f"{visit.name} answers {status}")
    return body


def answered(site: Site, request: WSGIRequest) -> tuple[str, bytes]:
    """What the site answers as a server would hear it: the status line, and what follows."""
    said: list[str] = []
    written: list[bytes] = []

    def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Written:
        said.append(status)
        return written.append

    body = b"".join(site.handler(request.environ, start))
    [status] = said
    return status, body


@contextmanager
def site_on_one_database() -> Iterator[Site]:
    """The site on the small database alone."""
    with override_settings(ROOT_URLCONF="bench.bare"), database_of_its_own() as small:
        people = make_everybody(canaries=False)
        visits = _visits(people)
        yield Site(WSGIHandler(), small, small, visits, people)


@contextmanager
def site_on_two_databases() -> Iterator[Site]:
    """The site, with other people's pages in both its databases."""
    with site_on_one_database() as site:
        _are_with(site.people["priya"], model=site.people["tom"])
        model = page_of_somebody_else()
        settle()
        with copied(site.small) as large:
            use(large)
            add_pages_like(model, LARGE // (2 * EACH) - 1)
            others = Answer.objects.count() + Look.objects.count()
            if others < LARGE:
                raise RuntimeError(f"The larger database has {others:,} rows, not {LARGE:,}.")
            settle()
            yield replace(site, large=large)


def _visits(people: dict[str, Made]) -> list[Visit]:
    jo, priya, dee = people["jo"], people["priya"], people["dee"]
    share = jo.shares["ward"]
    _, key = reading_actions.introduce(share=share, reader=WORKER)
    for _ in range(REPLIES):
        reading_actions.say_read(share=share, reader=WORKER, promise="I will knock.")
    return [
        Visit("a shared page read", f"/s/{share.key}/page/", {COOKIE: key}),
        Visit("/me/", "/me/", signed_in(jo)),
        Visit("/me/looked/", "/me/looked/", signed_in(jo)),
        Visit(f"/with-me/, {WITH_HER} people", "/with-me/", signed_in(priya)),
        Visit("/helping/", "/helping/", signed_in(dee)),
    ]


@transaction.atomic
def _are_with(worker: Made, model: Made) -> None:
    """So many more people share their pages with this worker."""
    for number in range(WITH_HER - 1):
        user = make_account(email=f"person-{number}@example.org")
        page = page_actions.start_page(for_someone=False, language="en", user=user)
        words = actions.Words(text=f"Person {number}")
        actions.save_answer(
            profile=page, topic=load().topic("call_me"), words=words, started_from=0
        )
        person = replace(model, user=user, shares={})
        share_with(person, "worker", "Priya", topics=("call_me",), email=worker.who.email)


def signed_in(somebody: Made) -> dict[str, str]:
    """The cookies of somebody who signed in."""
    client = Client()
    client.force_login(somebody.user)
    return {name: cookie.value for name, cookie in client.cookies.items()}


@transaction.atomic
def page_of_somebody_else(each: int = EACH) -> Profile:
    """A page with so many answers, and as many looks."""
    page = page_actions.start_page(for_someone=False, language="en", user=None)
    topic = load().topic("important")
    for number in range(each):
        words = actions.Words(text=f"Tea first, {number}.\nThen we talk.")  # the same are no row
        actions.save_answer(profile=page, topic=topic, words=words, started_from=number)
        Look.objects.create(profile=page, happened="html", reader_said="Sam", reader_role="nurse")
    return page


@transaction.atomic
def add_pages_like(model: Profile, count: int) -> None:
    """Their rows are copied inside the database, seals and all: nobody will read them."""
    for _ in range(count):
        page = page_actions.start_page(for_someone=False, language="en", user=None)
        for table in (Answer, Look):
            columns = [
                field.column for field in table._meta.concrete_fields if not field.primary_key
            ]
            names = ", ".join(columns)
            others = ", ".join("%s" if name == "profile_id" else name for name in columns)
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {table._meta.db_table} ({names}) "  # noqa: S608
                    f"SELECT {others} FROM {table._meta.db_table} WHERE profile_id = %s",
                    [page.pk, model.pk],
                )
