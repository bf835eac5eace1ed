"""A county's site: three machines do what one does, also when one of them, or PostgreSQL, dies."""

import re
import time

import pytest

from tests.at_once import at_once
from tests.many.browser import Answer, Browser, heading_of
from tests.many.crowd import WRITE, Crowd
from tests.many.site import Site

pytestmark = pytest.mark.many
GUESSERS = 200
MOST_TRIES = 10
MOST_FROM_ONE_ADDRESS = 20
# Sessions that PgBouncer has open know nothing of what is set for their role later.
OTHERS_GO = "; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'site'"


@pytest.fixture(scope="module")
def crowd(site: Site) -> Crowd:
    return Crowd.of(site.clerk, site.door, savers=2, readers=3, name="crowd")


def test_nothing_is_missing(site: Site) -> None:
    assert site.clerk.ask("faults") == []


def test_a_role_without_time_outs_is_told(site: Site) -> None:
    site.database.run("ALTER ROLE site RESET lock_timeout" + OTHERS_GO)
    assert [fault for fault in site.clerk.ask("faults") if "lock_timeout" in fault]
    site.database.run("ALTER ROLE site SET lock_timeout = '10s'" + OTHERS_GO)
    assert site.clerk.ask("faults") == []


def test_somebody_shares_and_is_read_from_machine_to_machine(site: Site) -> None:
    person, reader = Browser(site.door), Browser(site.door)
    served: list[str] = []

    def told(answer: Answer) -> Answer:
        served.append(answer.machine)
        return answer

    told(person.fill("/account/login/code/", email="jo@example.org"))
    [mail] = site.mail.iterdir()
    code = re.search(r"\b\d{4}-\d{4}\b", mail.read_text())
    assert code
    told(person.fill("/account/login/code/confirm/", code=code[0]))
    told(person.fill("/start/", by="who", who="me", language="en"))
    told(person.fill(WRITE, by="text", text="CNRY tea first", only_me="no"))
    new = "/me/sharing/new"
    told(person.fill(f"{new}/who/", reader_name="Ward 4", way="passcode"))
    told(person.fill(f"{new}/what/", by="topics", topics="important", may="print"))
    told(person.fill(f"{new}/how-long/", by="until", until="week"))
    told(person.fill(f"{new}/check/", by="mode", mode="me"))
    ready = told(person.get(f"{new}/ready/")).text
    link, passcode = re.search(r"/s/[\w-]{22}/", ready), re.search(r'"spoken">([\d ]+)<', ready)
    assert link and passcode, heading_of(ready)
    door = link[0]
    came = told(reader.fill(door, by="passcode", name="Cal", role="nurse", passcode=passcode[1]))
    assert came.leads_to == f"{door}page/"
    for way in ("page/", "page.txt", "page.json"):
        shown = told(reader.get(f"{door}{way}"))
        assert shown.status == 200 and "CNRY tea first" in shown.text
    assert "Cal" in told(person.get("/me/looked/")).text
    stop = re.search(r"/me/sharing/[\w-]+/stop/", told(person.get("/me/sharing/")).text)
    assert stop
    told(person.fill(stop[0], by="csrfmiddlewaretoken"))
    assert [told(reader.get(f"{door}{way}")).status for way in ("", "page/")] == [410, 410]
    assert {*served} == {f"127.0.0.1:{machine.port}" for machine in site.machines}


def test_of_two_hundred_wrong_passcodes_over_three_machines_ten_are_compared(site: Site) -> None:
    person = site.clerk.ask("person", "guessed@example.org")
    door, right = f"/s/{person['locked']}/", int(person["passcode"])
    first = Browser(site.door)
    carries = first.form(door, "passcode")

    def guess(number: int) -> Answer:
        browser = Browser(site.door, at=f"127.0.1.{number}", cookies={**first.cookies})
        wrong = f"{(right + number) % 1_000_000:06}"
        return browser.post(door, carries | {"name": "Sly", "role": "none", "passcode": wrong})

    came = at_once([lambda number=number: guess(number) for number in range(1, GUESSERS + 1)])
    said = [answer.status for answer in came]
    assert said.count(422) == MOST_TRIES
    assert said.count(410) == GUESSERS - MOST_TRIES
    assert len({answer.machine for answer in came}) == len(site.machines)
    counted = site.clerk.ask("tries", person["locked_share"])
    assert counted == dict.fromkeys(["counted", "told", "kept"], MOST_TRIES)


def test_tries_are_counted_by_the_address_that_the_proxy_saw(site: Site) -> None:
    person = site.clerk.ask("person", "address@example.org")
    door = f"/s/{person['locked']}/"
    wrong = f"{(int(person['passcode']) + 1) % 1_000_000:06}"
    browser = Browser(site.door, at="127.0.2.1")
    said = browser.form(door, "passcode") | {"name": "Sly", "role": "none", "passcode": wrong}
    came = []
    for number in range(MOST_FROM_ONE_ADDRESS + 4):
        browser.says = {"X-Forwarded-For": f"192.0.2.{number}"}  # a stranger's own is not believed
        came.append(browser.post(door, said).status)
    assert came == [422] * MOST_FROM_ONE_ADDRESS + [429] * 4
    assert Browser(site.door, at="127.0.2.2").post(door, {}).status == 403  # no token: it is heard
    other = Browser(site.door, at="127.0.2.3", cookies={**browser.cookies})
    assert other.post(door, said).status == 422


def test_a_key_is_changed_and_all_are_started_again_while_people_write(
    site: Site, crowd: Crowd
) -> None:
    with crowd.at_work():
        crowd.go_on_until(2)
        for step in ("add", "promote"):
            site.rotate_keys(step)
            for machine in site.machines:
                machine.start_again()
        site.rotate_keys("rewrap")
        keys = site.rotate_keys("retire")
        crowd.go_on_until(2)
    assert keys.count(":") == 1
    assert [(answer.status, heading_of(answer.text)) for answer in crowd.refused] == []
    assert site.broken_off() == 0
    crowd.check(site.clerk)


def test_a_machine_is_stopped_for_a_new_version_while_people_write(
    site: Site, crowd: Crowd
) -> None:
    machine, before = site.machines[0], len(crowd.refused)
    with crowd.at_work():
        site.without(machine)
        machine.stop()
        crowd.go_on_until(1)
        machine.start()
        site.without(None)
        crowd.go_on_until(3)
    assert crowd.refused[before:] == []
    assert site.broken_off() == 0
    crowd.check(site.clerk)


def test_a_machine_is_killed_while_people_write(site: Site, crowd: Crowd) -> None:
    killed = site.machines[1]
    before = len(crowd.refused)
    with crowd.at_work():
        crowd.go_on_until(2)
        killed.kill()
        crowd.go_on_until(4)
        killed.start()
        crowd.go_on_until(2)
    # A form is not sent twice: whoever had sent one to it hears that it did not come through.
    assert len(crowd.refused) - before <= len(crowd.savers)
    assert not [reader for reader in crowd.readers if reader.refused]
    crowd.check(site.clerk, site.broken_off())


def test_postgresql_is_killed_while_people_write(site: Site, crowd: Crowd) -> None:
    before = len(crowd.refused)
    with crowd.at_work():
        crowd.go_on_until(2)
        site.database.kill()
        time.sleep(1)
        site.database.start()
        crowd.go_on_until(4)
    assert {answer.status for answer in crowd.refused[before:]} <= {503}
    assert all(int(answer.headers["Retry-After"]) for answer in crowd.refused[before:])
    crowd.check(site.clerk, site.broken_off())
    assert site.clerk.ask("faults") == []


@pytest.mark.nightly
def test_while_postgresql_hangs_words_come_back_and_then_it_goes_on(site: Site) -> None:
    """As on a disk that hangs: it closes nothing, and ends nothing that takes too long."""
    saver = Crowd.of(site.clerk, site.door, savers=1, readers=0, name="hang").savers[0]
    said = saver.browser.form(WRITE, "text") | {"text": "CNRY tea first", "only_me": "no"}
    site.database.hang()
    try:
        answer = saver.browser.post(WRITE, said)  # a browser's own patience is a minute
    finally:
        site.database.go_on()
    assert answer.status == 503, answer
    assert "CNRY tea first" in answer.text
    assert saver.browser.post(WRITE, said).status == 302


def test_a_save_that_is_lost_and_a_look_that_is_missing_are_noticed(
    site: Site, crowd: Crowd
) -> None:
    """Whoever may do everything takes them away, as no failure of ours was seen to do."""
    saver, reader = crowd.savers[0], crowd.readers[0]
    site.database.run(
        "SET session_replication_role = replica; DELETE FROM profiles_answer WHERE id = "
        f"(SELECT max(id) FROM profiles_answer WHERE profile_id = {saver.page});"
        "DELETE FROM profiles_look WHERE id IN (SELECT id FROM profiles_look "
        f"WHERE share_id = {reader.share} ORDER BY id DESC "
        f"LIMIT {site.clerk.ask('looks', reader.share) - reader.read + 1});"
    )
    with pytest.raises(AssertionError, match="Said to be saved, and lost"):
        saver.check(site.clerk)
    with pytest.raises(AssertionError, match="1 pages were shown and are not in the log"):
        reader.check(site.clerk)
