"""What is told at /metrics, in the form that Prometheus reads, and to whom."""

import os
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Final

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from profiles.core.http import came_from
from profiles.core.metrics import REQUESTS
from profiles.core.models import Run, ToJournal
from profiles.core.number_files import FOLDER
from profiles.notices.models import Notice

NOBODYS: Final = "none"  # an address that no view answers: it is somebody's typing


def counted(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: count each answer, and how long it took."""
    if not settings.METRICS_FROM:
        raise MiddlewareNotUsed

    def answer(request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = get_response(request)
        page = request.resolver_match.view_name if request.resolver_match else NOBODYS
        REQUESTS.labels(page, response.status_code).observe(perf_counter() - began)
        return response

    return answer


def may_watch(request: HttpRequest) -> bool:
    """Does this come from an address that METRICS_FROM names?"""
    address = came_from(request)
    return address is not None and any(address in network for network in settings.METRICS_FROM)


class FromTheDatabase(Collector):
    """What every process would say alike, asked when somebody wants to know."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """When each thing that is run by the clock was last done whole, and what waits."""
        last = GaugeMetricFamily(
            "tell_it_once_last_success_timestamp_seconds",
            "When this was last done whole.",
            labels=["what"],
        )
        for run in Run.objects.order_by("name"):
            last.add_metric([run.name], run.succeeded_at.timestamp())
        yield last
        owed = Notice.objects.waiting().aggregate(count=Count("pk"), since=Min("owed_at"))
        waited = (timezone.now() - owed["since"]).total_seconds() if owed["since"] else 0
        yield GaugeMetricFamily(
            "tell_it_once_waiting_emails", "Emails that wait for a worker.", value=owed["count"]
        )
        yield GaugeMetricFamily(
            "tell_it_once_oldest_waiting_email_seconds", "How long the oldest waits.", value=waited
        )
        yield GaugeMetricFamily(
            "tell_it_once_waiting_endings",
            "What was taken away, and is not in the endings journal yet.",
            value=ToJournal.objects.count(),
        )


def numbers() -> bytes:
    """Every number there is, of all processes of this machine."""
    database, processes = CollectorRegistry(), REGISTRY
    database.register(FromTheDatabase())
    if os.environ.get(FOLDER):
        processes = CollectorRegistry()
        MultiProcessCollector(processes)  # type: ignore[no-untyped-call]
    return generate_latest(processes) + generate_latest(database)
