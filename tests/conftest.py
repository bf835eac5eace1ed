"""The standing cast.

ana (it is her page), her sister (who helps her), cal (holds a link, and has no account), priya (a
worker with an account), dee (a stranger), and a visitor with no account.
"""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from threading import local
from typing import Any

import pytest
from django.conf import settings as settings_of_django
from django.core.cache import caches
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished, request_started
from django.db import connection
from django.template import Context, Template
from django.test import Client, TransactionTestCase
from django.test.signals import template_rendered
from hypothesis import settings

from profiles.accounts.models import User
from profiles.core.busy import Places
from profiles.pages.actions import delete_page
from profiles.pages.decorators import VISITORS_PAGES
from profiles.pages.models import Profile
from profiles.pdf.printing import made_once
from profiles.supporters.models import Supporter
from profiles.topics.load import load
from profiles.topics.topic import Topic
from tests.drawn import NIGHTLY
from tests.factories import make_kept_page, make_page, make_supporter, make_user, signed_in
from tests.migrated import Migrated
from tests.readers import ReaderWithLink

OTHERS_GO = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
END_TO_END = {"test_sharing_a_page", "test_helping"}
# Left to `bin/test --whole`: walks over all there is, and what starts programs of its own. So is
# what a browser shows, but for whole journeys.
LONG = {
    "bench/test_bench", "bench/test_kinds", "clinics/test_taken_by_others", "core/test_server",
    "core/test_templates", "house/test_example_people", "house/test_read_aloud",
    "imports/test_make_page", "notices/test_killed", "notices/test_redis", "pdf/test_every_sign",
    "pdf/test_filled_sheet", "pdf/test_kept_styles", "pdf/test_layouts", "pdf/test_pool",
    "pdf/test_shortcuts", "pdf/test_sizes", "pdf/test_standards", "pdf/test_text_layer",
    "structure/test_deploy", "structure/test_names_in_sentences", "structure/test_settings",
    "topics/test_packs", "workers/test_many_people",
}  # fmt: skip
MANY = bool(os.environ.get("MANY"))
LONGEST = ("test_state_machine", "journeys", "house", "test_one_page_promise")
pytest_plugins = ["tests.browser"]
settings.load_profile("drawn")

# Fifty may knock at the server at once, and Django's own would turn the eleventh away.
ThreadedWSGIServer.request_queue_size = 100


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """What never asks the database is the same on every one, and is run on one alone.

    So is what a browser shows, which takes longest, but for the two journeys from end to end. What
    is long `.ci/run` runs on every change, and `bin/test` does not.
    """
    for item in items:
        given = {*getattr(item, "fixturenames", ())}
        if "browser" in given and item.path.stem not in END_TO_END:
            item.add_marker(pytest.mark.once)
        if is_long(item, in_a_browser="browser" in given):
            item.add_marker(pytest.mark.long)
        asks = {"db", "transactional_db", "live_server"} & given
        if not asks and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.once)
    if not NIGHTLY:
        items[:] = [item for item in items if not item.get_closest_marker("nightly")]
    if not MANY:
        items[:] = [item for item in items if not item.get_closest_marker("many")]
    yield
    items.sort(key=how_early)


def pytest_collection_finish() -> None:
    """What was read in so far stays to the end: the rubbish collector need not go through it again
    and again, nor as often as it does where little memory is at hand.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_unconfigure() -> None:
    """The endings journal of these tests goes with them."""
    Path(settings_of_django.ENDINGS_JOURNAL).unlink(missing_ok=True)


def is_long(item: pytest.Item, *, in_a_browser: bool) -> bool:
    """Does it take too long to be waited for at every change?"""
    if in_a_browser:
        return item.path.stem not in END_TO_END | {"test_making_a_page"}
    return f"{item.path.parent.name}/{item.path.stem}" in LONG


def how_early(item: pytest.Item) -> int:
    """What takes longest begins first, so that at the end no worker is busy alone."""
    names = (item.path.stem, item.path.parent.name)
    return next((at for at, name in enumerate(LONGEST) if name in names), len(LONGEST))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    django_db_blocker: pytest.FixtureRequest,
    django_db_use_migrations: bool,
    request: pytest.FixtureRequest,
) -> Migrated | None:
    """What Django is told before it makes the database: to copy the one that is kept."""
    if not django_db_use_migrations or getattr(request.config, "cache", None) is None:
        return None
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        migrated = Migrated(request.config.cache.mkdir("migrated"))
        migrated.offer()
    return migrated


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_modify_db_settings: Migrated | None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[None]:
    """The database, which nobody holds on to any more when it is to go."""
    if django_db_modify_db_settings:
        with django_db_blocker.unblock():  # type: ignore[attr-defined]
            django_db_modify_db_settings.keep()
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        if connection.vendor == "postgresql":
            # A thread of the live server may hold its connection a moment longer than its browser.
            with connection.cursor() as cursor:
                cursor.execute(OTHERS_GO)


@pytest.fixture(scope="session")
def put_tables(
    django_db_setup: None, django_db_modify_db_settings: Migrated | None
) -> Callable[[str], bool]:
    """Puts a database that was migrated into a file, where migrating is not what is tested.

    It says False where none is kept, so that the test migrates after all.
    """
    kept = django_db_modify_db_settings
    return kept.put if kept else lambda place: False


@pytest.fixture(scope="session", autouse=True)
def pages_go_as_pages_do() -> Iterator[None]:
    """Tests that commit empty every table afterwards, which the database refuses for some rows.

    So each page is deleted first, in the one way that lets them go.
    """
    empty_the_tables = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def teardown(case: TransactionTestCase) -> None:
        for page in Profile.objects.all():
            delete_page(profile=page)
        empty_the_tables(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(scope="session", autouse=True)
def only_what_the_page_itself_was_given_is_kept(django_test_environment: None) -> Iterator[None]:
    """Django keeps a copy of the context for each of the hundred templates that make one page.

    No test looks at more than the page’s own, and to copy the others takes a tenth of the time.
    """

    def render(template: Template, context: Context) -> str:
        if context.template is template:  # and not one that it includes or extends
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(scope="session", autouse=True)
def nobody_prints_within_a_transaction() -> Iterator[None]:
    """Who waits for a turn to print, and holds the database, would hold up who has it and writes.

    Whatever a test asks for, it is watched. What the test itself had begun does not count.
    """
    to_print, begun = Places.to_print, local()

    def depth() -> int:
        return len(connection.atomic_blocks)  # type: ignore[attr-defined]

    def asked(**named: Any) -> None:
        begun.before = depth()

    def answered(**named: Any) -> None:
        begun.before = None

    def watched(places: Places) -> AbstractContextManager[None]:
        before = getattr(begun, "before", None)
        if before is not None and depth() > before:
            raise RuntimeError("It waits to print, and holds the database meanwhile.")
        return to_print(places)

    request_started.connect(asked)
    request_finished.connect(answered)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Places, "to_print", watched)
        yield
    request_started.disconnect(asked)
    request_finished.disconnect(answered)


@pytest.fixture
def ana(db: None) -> User:
    return make_user("ana@example.org")


@pytest.fixture
def dee(db: None) -> User:
    return make_user("dee@example.org")


@pytest.fixture
def anas_page(ana: User) -> Profile:
    return make_page(ana, call_me="Ana", important="Tea first.\nThen we talk.")


@pytest.fixture
def anas_browser(ana: User, anas_page: Profile) -> Client:
    return signed_in(ana)


@pytest.fixture
def cal(db: None) -> ReaderWithLink:
    return ReaderWithLink()


@pytest.fixture
def priya(db: None) -> User:
    return make_user("priya@example.org")


@pytest.fixture
def priyas_browser(priya: User) -> Client:
    return signed_in(priya)


@pytest.fixture
def dees_browser(dee: User) -> Client:
    return signed_in(dee)


@pytest.fixture
def sister(db: None) -> User:
    return make_user("sister@example.org")


@pytest.fixture
def anas_sister(anas_page: Profile, sister: User) -> Supporter:
    """Somebody who may do everything that a supporter may."""
    return make_supporter(anas_page, sister)


@pytest.fixture
def sisters_browser(anas_sister: Supporter, sister: User) -> Client:
    return signed_in(sister)


@pytest.fixture
def visitors_page(db: None) -> Profile:
    return make_page(call_me="Jo")


@pytest.fixture
def visitor(visitors_page: Profile) -> Client:
    """The browser of somebody with no account, who has begun a page."""
    client = Client()
    session = client.session
    session[VISITORS_PAGES] = [visitors_page.key]
    session.save()
    return client


@pytest.fixture
def topic_important() -> Topic:
    return load().topic("important")


@pytest.fixture(autouse=True)
def nothing_made_before() -> None:
    """What one test had made is not given to the next, nor counted for it."""
    made_once.forget()
    caches["here"].clear()


@pytest.fixture(autouse=True)
def no_journal_from_before() -> None:
    """What one test took away is not done again to the people of the next."""
    Path(settings_of_django.ENDINGS_JOURNAL).unlink(missing_ok=True)


@pytest.fixture
def rosa(db: None) -> User:
    """She keeps a page for Jo, who has not taken it over."""
    return make_user("rosa@example.org")


@pytest.fixture
def kept(rosa: User) -> Profile:
    """The page that Rosa keeps for Jo."""
    return make_kept_page(rosa)
