"""Another backend by one setting: tasks in Redis or Valkey, by django-tasks-rq."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from profiles.notices.models import Notice
from profiles.pages.models import Profile
from tests.factories import make_share
from tests.notices.processes import LOOK, run
from tests.servers import RedisServer
from tests.smtp import a_port_where_nobody_listens, mail_server

WORKER = ["manage.py", "rqworker", "default", "--burst", "--job-class", "django_tasks_rq.Job"]
pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    """A Redis of its own, which keeps nothing."""
    server = RedisServer(tmp_path)
    server.start()
    try:
        with Redis.from_url(server.address) as client:
            yield client
    finally:
        server.stop()


def test_a_look_is_told_through_it_and_it_knows_no_word(redis, anas_page, settings):
    where = f"unix://{redis.connection_pool.connection_kwargs['path']}"
    share = make_share(anas_page)
    Profile.objects.update(tells_me=True)
    said = {"TASKS_BACKEND": where}
    assert run("-c", LOOK, str(share.pk), "after", **said) == -signal.SIGKILL
    kept = "".join(str(redis.hgetall(key)) for key in redis.keys("rq:job:*"))
    assert "profiles.access.notices.opened" in kept
    for word in ("example.org", "CNRY", "Cal", "Tea"):
        assert word not in kept
    gone = a_port_where_nobody_listens()
    assert run(*WORKER, mail_port=gone, **said) == 0  # it will be tried again in a minute
    assert redis.zcard("rq:scheduled:default") == 1
    assert Notice.objects.waiting().filter(turn=1).count() == 1
    Notice.objects.update(turn=0)  # as if that had not been
    twice = f"[opened.enqueue({Notice.objects.get().pk}, 0) for _ in range(2)]"
    code = f"import django; django.setup(); from profiles.access.notices import opened; {twice}"
    assert run("-c", code, **said) == 0
    with mail_server(settings) as postbox:
        assert run(*WORKER, mail_port=settings.EMAIL_PORT, **said) == 0
    assert postbox.to == [["ana@example.org"]]
