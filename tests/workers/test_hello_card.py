"""A worker's hello card: theirs to keep, shown to those whose page they look at, and sealed."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from profiles.accounts.actions import forget_unentered
from profiles.accounts.models import DataKey, User
from profiles.core import crypto
from profiles.pages import actions
from profiles.sharing import actions as sharing
from profiles.sharing.models import Share
from profiles.sharing.sentences import cards
from profiles.workers.actions import delete_card
from profiles.workers.models import HelloCard
from tests.factories import make_card, make_page, make_share, make_user, say
from tests.photos.photos import as_file, corners
from tests.readers import ReaderWithLink

pytestmark = pytest.mark.django_db
HELLO = reverse("workers:hello")
LOOKED = reverse("access:looked")
SAID = {
    "name": "Priya",
    "role": "support worker",
    "place": "Sunrise Home Care",
    "enjoys": "Gardening, and the Rovers.",
    "works": "I sit down first.",
    "thanked": "I am on time.",
}


@pytest.fixture
def share(anas_page, priya) -> Share:
    cache.clear()
    return make_share(anas_page, email=priya.email, reader_name="Priya from Sunrise")


@pytest.fixture
def worker(priyas_browser) -> ReaderWithLink:
    return ReaderWithLink(name="Priya", role="support worker", browser=priyas_browser)


def at(card: HelloCard, name: str = "hello") -> str:
    return reverse(f"door:{name}", kwargs={"ref": card.ref})


# ---- keeping it


def test_a_worker_says_who_they_are_and_sees_what_people_see(priyas_browser, priya):
    assert priyas_browser.post(HELLO, SAID).status_code == 302
    page = priyas_browser.get(HELLO)
    assertContains(page, "What people see")
    for words in SAID.values():
        assertContains(page, words)
    assert HelloCard.objects.of(priya).enjoys == SAID["enjoys"]


def test_everything_but_the_name_can_be_skipped(priyas_browser, priya):
    assert priyas_browser.post(HELLO, {"name": "Priya"}).status_code == 302
    assertNotContains(priyas_browser.get(HELLO), "<h3>What I enjoy</h3>")
    nameless = priyas_browser.post(HELLO, {"enjoys": "Rovers"})
    assertContains(nameless, "Tell people your name", status_code=422)
    assertContains(nameless, "Rovers", status_code=422)


def test_changing_it_keeps_one_card_and_its_address(priyas_browser, priya):
    card = make_card(priya)
    priyas_browser.post(HELLO, SAID | {"name": "Priya K"})
    changed = HelloCard.objects.get()
    assert (changed.ref, changed.name) == (card.ref, "Priya K")
    assert DataKey.objects.filter(hello_card=changed).count() == 1


@pytest.mark.parametrize("field, most", [("name", 40), ("role", 60), ("place", 80), ("works", 140)])
def test_too_long_is_said_and_nothing_is_cut(priyas_browser, field, most):
    typed = "a" * (most + 1)
    answer = priyas_browser.post(HELLO, SAID | {field: typed})
    assertContains(answer, f"Use {most} letters or fewer", status_code=422)
    assertContains(answer, typed, status_code=422)


def test_one_card_is_nobody_elses(dees_browser, priya):
    make_card(priya, **SAID)
    assertNotContains(dees_browser.get(HELLO), "Rovers")


def test_its_words_and_photo_are_sealed_under_a_key_of_its_own(priyas_browser, priya, anas_page):
    card = make_card(priya, **SAID)
    priyas_browser.post(reverse("workers:photo"), {"photo": photo_file()})
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, enjoys, photo, photo_alt FROM profiles_hellocard")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    for plain in (b"Priya", b"Rovers", b"\xff\xd8\xff", b"photo of"):
        assert plain not in stored
    assert card.data_key_id != anas_page.data_key_id


# ---- the photo


def photo_file():
    return SimpleUploadedFile("me.jpg", as_file(corners()), "image/jpeg")


def test_a_photo_goes_on_the_card_remade_and_square(priyas_browser, priya):
    make_card(priya)
    answer = priyas_browser.post(reverse("workers:photo"), {"photo": photo_file(), "alt": ""})
    assert answer.status_code == 302
    card = HelloCard.objects.of(priya)
    assert bytes(card.photo).startswith(b"\xff\xd8\xff")
    assert card.photo_alt == "A photo of Priya"
    assertContains(priyas_browser.get(HELLO), "data:image/jpeg;base64,")


def test_a_file_that_is_no_photo_is_refused_in_a_sentence(priyas_browser, priya):
    make_card(priya)
    bad = SimpleUploadedFile("me.jpg", b"MZ no photo", "image/jpeg")
    answer = priyas_browser.post(reverse("workers:photo"), {"photo": bad})
    assertContains(answer, "We could not open that file", status_code=422)


def test_the_photo_can_be_taken_off(priyas_browser, priya):
    make_card(priya)
    priyas_browser.post(reverse("workers:photo"), {"photo": photo_file()})
    priyas_browser.post(reverse("workers:photo_remove"))
    assert HelloCard.objects.of(priya).photo == b""


@pytest.mark.parametrize("name", ["photo", "delete"])
def test_without_a_card_there_is_no_photo_and_nothing_to_delete(priyas_browser, name):
    assert priyas_browser.get(reverse(f"workers:{name}")).status_code == 404


# ---- who is shown it


def test_the_person_reads_it_from_the_log_once_its_worker_has_looked(
    anas_browser, share, worker, priya
):
    card = make_card(priya, **SAID)
    assert anas_browser.get(at(card)).status_code == 404
    worker.read(share)
    log = anas_browser.get(LOOKED)
    assertContains(log, "Read Priya’s hello card")
    assertContains(log, at(card))
    page = anas_browser.get(at(card))
    for words in SAID.values():
        assertContains(page, words)


def test_a_card_that_is_made_later_is_shown_too(anas_browser, share, worker, priya):
    worker.read(share)
    card = make_card(priya)
    assert anas_browser.get(at(card)).status_code == 200


def test_it_is_on_the_page_of_the_share(anas_browser, share, worker, priya):
    make_card(priya)
    worker.read(share)
    assertContains(
        anas_browser.get(reverse("sharing:share", kwargs={"ref": share.ref})),
        "Read Priya’s hello card",
    )


@pytest.mark.parametrize("verb", ["pause", "stop"])
def test_whoever_looked_stays_introduced_when_sharing_ends(
    anas_browser, ana, share, worker, priya, verb
):
    card = make_card(priya)
    worker.read(share)
    getattr(sharing, verb)(share=share, by=ana)
    assert anas_browser.get(at(card)).status_code == 200


@pytest.mark.parametrize("name", ["hello", "hello_pdf"])
def test_nobody_else_finds_it(
    dees_browser, dee, priyas_browser, visitor, share, worker, priya, name
):
    card = make_card(priya)
    worker.read(share)
    make_page(dee, call_me="Dee")
    assert dees_browser.get(at(card, name)).status_code == 404
    make_page(priya, call_me="Priya")
    assert priyas_browser.get(at(card, name)).status_code == 404
    assert visitor.get(at(card, name)).status_code == 403


def test_a_worker_who_only_holds_a_link_is_not_shown(anas_browser, anas_page, worker, priya):
    card = make_card(priya)
    link = make_share(anas_page)
    worker.read(link)
    assert anas_browser.get(at(card)).status_code == 404
    assertNotContains(anas_browser.get(LOOKED), "hello card")


def test_through_a_link_they_can_choose_to_be(anas_browser, anas_page, worker, priya):
    card = make_card(priya)
    link = make_share(anas_page)
    assertContains(worker.open(link.key), "Show the person my hello card")
    worker.come_in(link, show_card="on")
    worker.ask(link)
    assert anas_browser.get(at(card)).status_code == 200
    assertContains(
        anas_browser.get(reverse("sharing:share", kwargs={"ref": link.ref})),
        "Read Priya’s hello card",
    )


def test_a_name_that_is_typed_at_a_link_leads_to_nobodys_card(
    anas_browser, anas_page, worker, priya
):
    make_card(priya)
    link = make_share(anas_page)
    worker.come_in(link, show_card="on")
    ReaderWithLink(name="Priya").read(link)
    assertNotContains(anas_browser.get(LOOKED), "hello card")


def test_the_doorstep_asks_only_those_who_keep_a_card(anas_page, cal, worker, share, priya):
    link = make_share(anas_page)
    for reader in (cal, worker):
        assertNotContains(reader.open(link.key), "hello card")
    make_card(priya)
    assertNotContains(worker.open(share.key), "hello card")


def test_a_tick_of_somebody_without_a_card_shows_nothing(anas_page, cal):
    link = make_share(anas_page)
    assert cal.come_in(link, show_card="on").status_code == 302
    assert not link.hello_cards.exists()


def test_the_card_says_at_the_doorstep_who_they_are(worker, share, priya):
    make_card(priya, **SAID)
    page = worker.open(share.key)
    for words in ("Priya", "support worker", "Sunrise Home Care"):
        assertContains(page, f'value="{words}"')
    worker.come_in(share, role="night worker")
    assertContains(worker.open(share.key), 'value="night worker"')


def test_a_look_still_points_to_nobody(share, worker, priya):
    make_card(priya)
    worker.read(share)
    look = share.looks.get()
    users = [f for f in look._meta.get_fields() if getattr(f, "related_model", None) is type(priya)]
    assert not users


# ---- what both mention


def test_what_both_mention_is_one_line_for_the_person_and_for_the_worker(
    anas_browser, anas_page, share, worker, priya
):
    card = make_card(priya, **SAID)
    say(anas_page, "important", "The Rovers, and gardening.")
    assert "You both mention: Gardening, Rovers." in worker.read(share)
    assertContains(anas_browser.get(at(card)), "You both mention: Gardening, Rovers.")


def test_a_topic_that_is_not_shared_is_never_in_it(anas_browser, anas_page, share, worker, priya):
    card = make_card(priya, **SAID)
    say(anas_page, "interests", "Gardening, and the Rovers.")  # only "important" is shared
    say(anas_page, "important", "Gardening.", only_me=True)
    assert "both mention" not in worker.read(share)
    assertNotContains(anas_browser.get(at(card)), "both mention")


def test_other_topics_than_interests_are_not_searched(anas_page, priya, worker):
    make_card(priya, **SAID)
    say(anas_page, "bad_day", "When the Rovers lose.")
    share = make_share(anas_page, email=priya.email, topics=["important", "bad_day"])
    assert "both mention" not in worker.read(share)


def test_once_sharing_ends_nothing_is_compared_any_more(
    anas_browser, ana, anas_page, share, worker, priya
):
    card = make_card(priya, **SAID)
    say(anas_page, "important", "The Rovers.")
    worker.read(share)
    sharing.stop(share=share, by=ana)
    assertNotContains(anas_browser.get(at(card)), "both mention")


def test_a_reader_who_shows_no_card_is_compared_with_nobody(anas_page, worker, priya):
    make_card(priya, **SAID)
    say(anas_page, "important", "The Rovers.")
    assert "both mention" not in worker.read(make_share(anas_page))


# ---- letting go of it


def test_deleting_the_card_destroys_its_key_and_nobody_is_shown_it(
    anas_browser, priyas_browser, share, worker, priya
):
    card = make_card(priya, **SAID)
    key = card.data_key_id
    worker.read(share)
    assertContains(priyas_browser.get(reverse("workers:delete")), "the key that unlocks them")
    assert priyas_browser.post(reverse("workers:delete")).status_code == 302
    assert not HelloCard.objects.exists()
    assert not DataKey.objects.filter(pk=key).exists()
    assert anas_browser.get(at(card)).status_code == 404
    assertNotContains(anas_browser.get(LOOKED), "hello card")
    assert share.looks.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_card_that_is_deleted_while_they_come_in_is_shown_to_nobody(
    anas_page, worker, priya, monkeypatch
):
    link, card = make_share(anas_page), make_card(priya)
    first(monkeypatch, "profiles.reading.actions.introduce", lambda: delete_card(card=card))
    assert worker.come_in(link, show_card="on").url == reverse("door:read", args=[link.key])
    assert worker.ask(link).status_code == 200
    assert not link.hello_cards.exists()


@pytest.mark.django_db(transaction=True)
def test_an_account_that_is_deleted_while_it_comes_in_opens_nothing(
    share, worker, priya, monkeypatch
):
    first(
        monkeypatch,
        "profiles.sharing.actions.claim",
        lambda: actions.leave(profile=None, account=User.objects.get(pk=priya.pk)),
    )
    assert worker.come_in(share).status_code == 410
    share.refresh_from_db()
    assert share.worker is None


def test_a_card_that_is_deleted_while_the_doorstep_is_shown_is_no_error(
    anas_page, worker, priya, monkeypatch
):
    link, card = make_share(anas_page), make_card(priya)
    first(monkeypatch, "profiles.reading.views._said_before", lambda: delete_card(card=card))
    assertContains(worker.open(link.key), "Before you read")


def test_a_card_that_is_deleted_while_its_share_is_shown_is_no_error(share, worker, priya):
    card = make_card(priya)
    worker.come_in(share)
    shown = cards(Share.objects.get(pk=share.pk))
    delete_card(card=card)
    assert [each.name for each in shown] == ["Priya"]


def first(monkeypatch, name, do):
    """Do something just before what has this name is called."""
    module, _, function = name.rpartition(".")
    called = getattr(import_module(module), function)

    def after(*given, **named):
        do()
        return called(*given, **named)

    monkeypatch.setattr(name, after)


def test_deleting_the_account_destroys_it_too(priya, share, worker, anas_page):
    key = make_card(priya, **SAID).data_key_id
    worker.read(share)
    assert actions.leave(profile=None, account=priya)
    assert not HelloCard.objects.exists()
    assert not DataKey.objects.filter(pk=key).exists()
    assert anas_page.looks.count() == 1


def test_deleting_a_page_takes_no_card_along(anas_page, share, worker, priya):
    link = make_share(anas_page)
    card = make_card(priya)
    worker.come_in(link, show_card="on")
    actions.delete_page(profile=anas_page)
    card.refresh_from_db()
    assert not card.shown_through.exists()
    assert card.name == "Priya"


def test_an_account_that_keeps_a_card_is_not_tidied_away():
    kept, left = make_user("kept@example.org"), make_user("left@example.org")
    make_card(kept)
    assert forget_unentered(before=timezone.now() + timedelta(days=2)) == 1
    assert not type(left).objects.filter(pk=left.pk).exists()


def test_a_new_guarding_key_opens_the_card_as_before(priya, settings):
    card = make_card(priya, **SAID)
    settings.FIELD_KEYS = {"new": crypto.new_key(), **settings.FIELD_KEYS}
    call_command("rewrap_keys", verbosity=0)
    settings.FIELD_KEYS = {"new": settings.FIELD_KEYS["new"]}
    assert HelloCard.objects.get(pk=card.pk).enjoys == SAID["enjoys"]


def test_signed_out_nobody_keeps_a_card(client: Client):
    assert client.get(HELLO).status_code == 302
