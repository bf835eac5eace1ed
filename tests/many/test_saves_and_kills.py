"""A server that is killed in the middle of anything has lost nothing that it said was saved.

This comes after the tests of the whole site, which change a key: one who was killed is waited for.
"""

import random
import time
from collections.abc import Iterator

import pytest

from project.make_env import new_keys
from tests.drawn import NIGHTLY
from tests.many.browser import Door
from tests.many.crowd import Crowd
from tests.many.site import NAME, Clerk, Machine, Site

pytestmark = pytest.mark.many
ROUNDS = 100 if NIGHTLY else 10
LONGEST = 0.3  # seconds until it is killed: a save takes a tenth of that


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """One machine, on SQLite."""
    said = new_keys() | {
        "SITE_ADDRESS": f"https://{NAME}",
        "BEHIND_PROXY": "on",
        "TRUSTED_PROXIES": "1",
        "EMAIL_FOLDER": "mail",
    }
    machine = Machine(tmp_path_factory.mktemp("alone") / "machine", said)
    machine.manage("migrate", "--verbosity", "0", "--skip-checks")
    return machine


@pytest.fixture
def clerk(alone: Machine) -> Iterator[Clerk]:
    clerk = alone.clerk()
    yield clerk
    alone.kill()
    clerk.stop()


def kill_again_and_again(machine: Machine, clerk: Clerk, name: str) -> None:
    """Start it, let people write and read, and kill it at any moment of that."""
    moments = random.Random(None if NIGHTLY else 1)
    machine.start()
    door = Door(machine.port, name)
    crowd = Crowd.of(clerk, door, savers=2, readers=1, name="killed", pause=0)
    machine.kill()
    for _ in range(ROUNDS):
        machine.start()
        with crowd.at_work():
            crowd.go_on_until(1)
            time.sleep(moments.uniform(0, LONGEST))
            machine.kill()
        crowd.check(clerk)
        assert clerk.ask("unsound") == []
    assert sum(len(saver.kept) for saver in crowd.savers) >= ROUNDS * len(crowd.savers)
    assert crowd.refused  # it was killed while somebody waited for it


def test_sqlite_has_every_word_that_was_said_to_be_saved(alone: Machine, clerk: Clerk) -> None:
    kill_again_and_again(alone, clerk, NAME)


def test_postgresql_has_every_word_that_was_said_to_be_saved(site: Site) -> None:
    killed = site.machines[2]
    killed.kill()
    kill_again_and_again(killed, site.clerk, site.door.name)


def test_a_site_that_says_saved_too_soon_is_found_out(alone: Machine, clerk: Clerk) -> None:
    alone.serve("tests.many.faulty")
    alone.start()
    crowd = Crowd.of(clerk, Door(alone.port, NAME), savers=1, readers=0, name="faulty")
    [saver] = crowd.savers
    saver.once()
    alone.kill()
    assert len(saver.kept) == 1
    with pytest.raises(AssertionError, match="Said to be saved, and lost"):
        crowd.check(clerk)
