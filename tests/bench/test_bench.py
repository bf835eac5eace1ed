"""The bench itself: its pages are what it says, and what is not the page does not count."""

import json
import zlib
from xml.etree import ElementTree

import pydyf
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from weasyprint import HTML

from bench import (
    beside,
    clinic,
    copies,
    crowd,
    databases,
    engines,
    figures,
    kept,
    pages,
    picture,
    plain,
    sign_in,
    spreads,
    times,
    visits,
    writing,
)
from bench.__main__ import database_version, on_the_database
from bench.against import slower
from bench.checks import NotThePage, check
from bench.engines import Engine
from bench.rows import Row, ratio
from bench.times import FITS, run
from profiles.access.models import Look
from profiles.accounts.models import User
from profiles.clinics.views import LIMITS
from profiles.pdf.printing import make_pdf_here, renderer_here
from profiles.pdf.shortcuts import shortcuts
from profiles.sheet.catalogue import ONE_PAGE, layouts
from profiles.sheet.sizes import BEDSIDE
from tests.factories import make_user

PLAIN = Engine("plain", plain.once)
FITTING = Engine("fitting", plain.searched, fits_one_page=True)


@pytest.mark.parametrize("words", [200, 450, 700])
def test_a_page_has_exactly_as_many_words_as_was_asked(words: int):
    assert len(list(pages.make(words, 1).sheet.words())) == words


def test_a_page_is_always_the_same_and_never_another():
    assert pages.make(200, 1) == pages.make(200, 1)
    assert pages.make(200, 1).sheet.entries != pages.make(200, 2).sheet.entries
    assert pages.make(200, 1).large_photo != pages.make(200, 2).large_photo


def test_the_longest_raced_page_that_should_fit_does():
    assert make_pdf_here(pages.make(FITS, 7).sheet).pages == 1


def test_plain_weasyprint_is_as_it_was_installed():
    renderer_here()
    page = pages.make(20, 1)
    taken, pressing = plain.as_installed(lambda page: (shortcuts.are_taken, pydyf.zlib))(page)
    assert (taken, pressing) == (False, zlib)
    assert shortcuts.are_taken
    assert pydyf.zlib is not zlib


def test_the_plain_page_is_the_page():
    page = pages.make(200, 3)
    check(PLAIN, page, plain.once(page), may_refuse=False)


def test_a_page_that_lost_a_line_does_not_count():
    page = pages.make(200, 3)
    with pytest.raises(NotThePage, match="lost"):
        check(PLAIN, page, plain.once(pages.make(200, 4)), may_refuse=False)


def test_a_page_without_tags_does_not_count():
    page = pages.make(200, 3)
    with pytest.raises(NotThePage, match="tags"):
        check(PLAIN, page, HTML(string=plain.html(page)).write_pdf(), may_refuse=False)


def test_two_pages_do_not_count_where_one_was_promised():
    page = pages.make(700, 3)
    pdf = plain.once(page)
    check(PLAIN, page, pdf, may_refuse=True)
    with pytest.raises(NotThePage, match="2 pages"):
        check(FITTING, page, pdf, may_refuse=True)


def test_a_refusal_counts_only_where_the_words_do_not_fit():
    page = pages.make(200, 3)
    check(FITTING, page, None, may_refuse=True)
    with pytest.raises(NotThePage, match="nothing"):
        check(FITTING, page, None, may_refuse=False)


def test_every_engine_makes_every_page_in_its_turn():
    seen: list[tuple[str, int]] = []
    made = {number: plain.once(pages.make(20, number)) for number in range(5)}

    def engine(name: str) -> Engine:
        def make(page: pages.Page) -> bytes:
            number = int(page.sheet.name.split()[1])
            seen.append((name, number))
            return made[number]

        return Engine(name, make)

    taken = run([engine("a"), engine("b")], words=20, rounds=2)
    assert {name: len(each) for name, each in taken.items()} == {"a": 2, "b": 2}
    assert seen[:4] == [("a", 0), ("b", 0), ("b", 1), ("a", 1)]
    assert len(set(seen)) == 10


def test_a_ratio_is_of_medians_and_says_whether_it_reached_its_goal():
    row = ratio("ours", [10.0, 20.0, 90.0], [40.0, 40.0, 40.0], goal=0.5, stretch=0.4)
    assert row.value == 0.5
    assert row.met and not row.is_missed
    assert row.as_json()["ratio"] == 0.5
    assert "reached" in str(row)


@pytest.mark.parametrize(
    ("value", "more_is_better", "met", "missed"),
    [
        (1.0, False, True, False),
        (1.05, False, False, False),  # within a tenth
        (1.2, False, False, True),
        (0.95, True, False, False),
        (0.5, True, False, True),
    ],
)
def test_a_goal_is_missed_by_more_than_a_tenth(
    value: float, more_is_better: bool, met: bool, missed: bool
):
    row = Row(name="x", value=value, goal=1, stretch=1, larger_is_better=more_is_better)
    assert (row.met, row.is_missed) == (met, missed)


def test_a_figure_without_a_goal_is_neither():
    row = Row(name="cold", value=5, unit="ms")
    assert row.met is None and not row.is_missed
    assert row.as_json()["value"] == 5


@pytest.fixture
def tables_are_copied(monkeypatch, put_tables) -> None:
    """Databases to measure on get their tables from the one that is kept: it is the same ones."""

    def tables(command: str, **how: int) -> None:
        if not put_tables(connection.settings_dict["NAME"]):
            call_command(command, **how)

    monkeypatch.setattr(databases, "call_command", tables)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("tables_are_copied")
def test_visits_are_answered_on_both_databases_and_logged(monkeypatch):
    monkeypatch.setattr(visits, "LARGE", 3 * visits.SMALL)
    monkeypatch.setattr(visits, "WITH_HER", 2)
    with visits.site_on_two_databases() as site:
        read = site.visits[0]
        for database, looks in [(site.small, visits.EACH), (site.large, 3 * visits.EACH)]:
            databases.use(database)
            before = Look.objects.count()
            assert before >= looks
            assert b"Jo" in visits.ask(site, read)
            assert Look.objects.count() == before + 1
    assert connection.settings_dict["NAME"] not in {site.small, site.large}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("tables_are_copied")
def test_what_is_measured_on_a_database_of_its_own_leaves_no_trace():
    before = connection.settings_dict["NAME"]
    with databases.database_of_its_own() as own:
        first = make_user()
        with databases.copied(own) as copy:
            databases.use(copy)
            databases.settle()
            assert User.objects.get() == first
            make_user()
            databases.use(own)
            assert User.objects.count() == 1
    assert connection.settings_dict["NAME"] == before
    assert not User.objects.exists()
    try:
        for gone in (own, copy):
            databases.use(gone)
            with pytest.raises(OperationalError):
                connection.ensure_connection()
    finally:
        databases.use(before)


@pytest.mark.django_db(transaction=True)
def test_a_figure_of_the_database_says_which_it_was(monkeypatch):
    for module in (visits, writing, sign_in, kept, beside, clinic, crowd, copies):
        monkeypatch.setattr(
            module, "rows", lambda rounds=0, name=module.__name__: [Row(name=name, value=1)]
        )
    names = [row.name for row in on_the_database(2)]
    modules = ("visits", "writing", "sign_in", "kept", "beside", "clinic", "crowd", "copies")
    assert names == [f"bench.{name}, {connection.display_name}" for name in modules]
    assert database_version()[0].isdigit()


def test_a_visit_that_is_turned_away_does_not_count():
    answers = visits.Site(lambda environ, start: [start("302 Found", [])][:0], *[None] * 2, [], {})
    with pytest.raises(RuntimeError, match="302"):
        visits.ask(answers, visits.Visit("x", "/me/", {}))


@pytest.mark.parametrize(
    "ours, others, apart",
    [
        ([1, 2, 3], [1, 2, 3], 0),
        ([1, 1, 1], [2, 2], 1),
        ([1, 2, 3, 4], [3, 4, 5, 6], 0.5),
        ([1, 2], [2, 1, 2, 1], 0),
    ],
)
def test_how_far_apart_two_spreads_are(ours: list[float], others: list[float], apart: float):
    assert spreads.distance(ours, others) == pytest.approx(apart)
    assert spreads.distance(others, ours) == pytest.approx(apart)


@pytest.mark.django_db(transaction=True)
@pytest.mark.once
@pytest.mark.nightly
@pytest.mark.parametrize("what", [sign_in, kept])
def test_both_steps_of_signing_in_and_both_pages_of_a_helper_are_measured(monkeypatch, what):
    monkeypatch.setattr(spreads, "WARM_UPS", 0)
    first, second = what.rows(2)
    assert 0 <= first.value <= 1 and 0 <= second.value <= 1
    assert first.ours_ms and second.other_ms


@pytest.mark.django_db
@pytest.mark.once
def test_a_clinic_gets_the_page_of_the_bench_and_a_refusal_does_not_count(monkeypatch):
    jo = make_user()
    page = clinic._page(jo)
    assert clinic._made_and_answered(page, jo).count(b".") == 4
    clinic._stop_all(page, jo)
    assert not page.shares.current()
    monkeypatch.setitem(LIMITS, "take", "0/h/key")
    with pytest.raises(RuntimeError, match="429"):
        clinic._made_and_answered(page, jo)


def test_the_picture_is_set_beside_its_fit():
    ratio, size = figures.pictures(2)
    assert ratio.value == ratio.ours_ms / ratio.other_ms
    assert 30 < size.value < 100


def test_the_estimate_is_measured_against_the_page(monkeypatch):
    monkeypatch.setattr(figures, "LENGTHS", (200,))
    assert [row.unit for row in figures.layouts_and_estimate()] == ["", "%", "%", "ms"]


def test_every_size_of_every_layout_is_measured():
    names = {f"{key}, {size}" for key, layout in layouts().items() for size in layout.sizes}
    more = figures.more_sides(60)
    one_side = [f"{layout}, {size.key}" for layout, size in times.on_one_side()]
    assert sorted([row.name.partition(":")[0] for row in more] + one_side) == sorted(names)
    assert all(row.value > 0 for row in more)


def test_a_size_is_set_beside_the_same_words_on_one_ordinary_page(monkeypatch):
    monkeypatch.setattr(times, "WARM_UPS", 0)
    monkeypatch.setattr(times, "on_one_side", lambda: [(ONE_PAGE, BEDSIDE)])
    ours = Engine(engines.OURS, lambda page: make_pdf_here(page.sheet).pdf, fits_one_page=True)
    [row] = times.each_size([ours, Engine(engines.PLAIN, plain.once), PLAIN], 2, words=60)
    assert row.name == "one-page, bedside ÷ plain WeasyPrint, the same words on A4"
    assert row.value == pytest.approx(row.ours_ms / row.other_ms, abs=0.01)
    assert row.goal


def test_what_got_slower_since_an_earlier_run_is_told(tmp_path):
    def row(name: str, value: float, **more) -> Row:
        return Row(name=name, value=value, **more)

    earlier = [
        row("same", 1.0, ours_ms=1.0, other_ms=1.0),
        row("slower", 0.2, ours_ms=1.0, other_ms=5.0),
        row("a little slower", 1.0),
        row("fewer", 50, larger_is_better=True),
        row("more", 50, larger_is_better=True),
        row("nothing", 0.0),
        row("gone", 1.0),
    ]
    file = tmp_path / "earlier.json"
    file.write_text(json.dumps({"rows": [each.as_json() for each in earlier]}))
    now = [
        row("same", 1.0, ours_ms=9.0, other_ms=9.0),
        row("slower", 0.3, ours_ms=1.0, other_ms=3.33),
        row("a little slower", 1.09),
        row("fewer", 40, larger_is_better=True),
        row("more", 60, larger_is_better=True),
        row("nothing", 0.1),
        row("another", 1.0),
    ]
    assert list(slower(now, file)) == [
        "slower: 0.2 before, 0.3 now, 1.50 times as much",
        "fewer: 50 before, 40 now, 1.25 times as much",
        "another: new",
        "gone: not measured any more",
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.once
@pytest.mark.nightly  # it starts gunicorn three times
def test_reading_beside_those_who_print_is_measured(monkeypatch):
    monkeypatch.setattr(beside, "PRINTING", 5)
    monkeypatch.setattr(beside, "SETTLED", 0.1)
    monkeypatch.setattr(beside, "STARTS", 2)
    monkeypatch.setattr(crowd, "READERS", 4)
    monkeypatch.setattr(crowd, "SECONDS", 1.0)
    assert all(row.ours_ms > 0 < row.other_ms for row in beside.rows(2))
    errors, differ, pages, slowest = crowd.rows()
    assert (errors.value, differ.value) == (0, 0)
    assert pages.value > 0 < slowest.value


@pytest.mark.django_db(transaction=True)
@pytest.mark.once
@pytest.mark.nightly
def test_backups_are_measured():
    found = copies.rows(people=12, times=1)
    assert [row.unit for row in found] == ["s", "MB/s"] * 2
    assert all(row.value > 0 for row in found)


@pytest.mark.django_db(transaction=True)
@pytest.mark.once
@pytest.mark.nightly
def test_typing_and_printing_again_are_measured():
    found = writing.rows(2)
    assert len(found) == 4
    assert all(row.ours_ms > 0 < row.other_ms for row in found)


@pytest.mark.django_db(transaction=True)
@pytest.mark.once
@pytest.mark.usefixtures("tables_are_copied")
def test_an_autosave_that_kept_nothing_does_not_count():
    with visits.site_on_one_database() as site:
        typist = writing.Typist(site, site.people["jo"])
        typist._token = "x" * 32
        with pytest.raises(RuntimeError, match="403"):
            typist.type()


def a_run(times: dict[int, dict[str, float]]) -> dict:
    rows = [
        ratio(f"{words} words ÷ {name}", [50.0, 50.0], [ms, ms], goal=None, stretch=None)
        for words, others in times.items()
        for name, ms in others.items()
    ]
    return {
        "rows": [row.as_json() for row in [*rows, Row(name="not a race", value=1)]],
        "environment": {"machine": "two & cores"},
    }


@pytest.fixture
def pictures(tmp_path) -> list[ElementTree.Element]:
    others = {engines.PLAIN: 200.0, "plain <b>": 100.0, engines.TYPST: 10.0}
    longer = {name: 2 * ms for name, ms in others.items()}
    file = tmp_path / "run.json"
    file.write_text(json.dumps(a_run({1000: longer, FITS: others})))
    picture.main(str(file), folder=str(tmp_path))
    assert not (tmp_path / "grown.svg").exists()
    return [ElementTree.parse(tmp_path / name).getroot() for name in ("race.svg", "words.svg")]


def drawn_as(kind: str, root: ElementTree.Element) -> list[ElementTree.Element]:
    return [each for each in root.iter() if each.get("class") == kind]


def test_the_race_is_drawn_from_what_was_measured(pictures):
    race, _ = pictures
    bars = drawn_as("bar", race) + drawn_as("bar ours", race)
    widths = sorted(float(bar.get("width")) for bar in bars)
    assert widths[1] / widths[3] == pytest.approx(50 / 200, abs=0.01)
    said = "".join(race.itertext())
    assert "plain <b>: 100 milliseconds" in said and "two & cores" in said


def test_each_way_is_a_line_by_the_number_of_words(pictures):
    _, by_words = pictures
    paths = drawn_as("line", by_words) + drawn_as("line ours", by_words)
    heights = [
        [float(place.split()[1]) for place in each.get("d")[1:].split("L")] for each in paths
    ]
    plain, typst, ours = heights
    assert plain[0] - plain[1] == pytest.approx(typst[0] - typst[1], abs=0.2)  # twice as long
    assert ours[0] == ours[1] and plain[0] < ours[0] < typst[0]  # the quicker, the lower
    assert len(drawn_as("told", by_words)) == 1  # too many words for one side
    said = "".join(by_words.itertext())
    assert "400 milliseconds at 1000 words" in said and "two & cores" in said


def test_what_more_rows_cost_is_drawn_of_both_databases(tmp_path):
    files = []
    for database, took in [("SQLite", 13.0), ("PostgreSQL", 26.0)]:
        name = f"/me/, 1,000,000 rows ÷ 1,000, {database}"
        row = ratio(name, [took, took], [10.0, 10.0], goal=1.2, stretch=1)
        files.append(tmp_path / f"{database}.json")
        files[-1].write_text(json.dumps({"rows": [row.as_json()], "environment": {"machine": "m"}}))
    picture.main(*map(str, files), folder=str(tmp_path))
    drawn = ElementTree.parse(tmp_path / "grown.svg").getroot()
    first, second = (float(bar.get("width")) for bar in drawn_as("bar", drawn))
    assert second == pytest.approx(2 * first)
    [line] = drawn_as("line", drawn)
    promised = float(line.get("d")[1:].split()[0]) - float(drawn_as("bar", drawn)[0].get("x"))
    assert promised == pytest.approx(first)
    assert "/me/, PostgreSQL: 2.60 times as long" in "".join(drawn.itertext())


@pytest.mark.parametrize(("draw", "says"), [(picture.bars, "450"), (picture.lines, "two lengths")])
def test_a_run_without_a_race_is_not_drawn(draw, says):
    with pytest.raises(ValueError, match=says):
        draw(a_run({200: {engines.PLAIN: 10.0}}))
