"""Arranges what was said into a Sheet: by the parts of a layout, in a size, with pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from profiles.core.names import CALL_ME, with_name_alone
from profiles.sheet.beside import PICTURES
from profiles.sheet.sheet import Entry, Section, Sheet, SheetAnswer, SheetPhoto
from profiles.sheet.sizes import A4, Size
from profiles.sheet.themes import NOTEBOOK, Theme
from profiles.sheet.voices import ME

if TYPE_CHECKING:
    from profiles.sheet.layouts import Group, Layout
    from profiles.topics.load import Topics


def build(
    *,
    answers: Iterable[SheetAnswer],
    layout: Layout,
    topics: Topics,
    made_on: date,
    photo: SheetPhoto | None = None,
    edition: int | None = None,
    full_name: str = "",
    updated_on: date | None = None,
    language: str = "en",
    helped_by: Sequence[str] = (),
    checked_on: date | None = None,
    checked_by_person: bool = True,
    size: Size = A4,
    theme: Theme = NOTEBOOK,
    ask_me: bool = False,
    pictures: str = "usual",
) -> Sheet:
    """Arrange what was said into a page. The only place a Sheet is made."""
    entries = {said.topic: entry for said in answers if (entry := _entry(said, topics))}
    if called := entries.get(CALL_ME):
        called = replace(called, lines=with_name_alone(called.lines))
    whole = Sheet(
        name=called.lines[0] if called else "",
        called=called,
        full_name=" ".join(full_name.split()),
        strip=tuple(entries[key] for key in layout.strip if key in entries),
        part_titles=tuple(_title(group, topics) for group in layout.parts),
        sections=tuple(_sections(entries, layout.parts, topics)),
        photo=photo,
        edition=edition,
        made_on=made_on,
        updated_on=updated_on,
        language=language,
        helped_by=tuple(helped_by),
        checked_on=checked_on,
        checked_by_person=checked_by_person,
        layout=layout,
        theme=theme,
        ask_me=ask_me,
        chosen_pictures=PICTURES[pictures].key if pictures in PICTURES else "usual",
    )
    return whole.on(size)


def _entry(said: SheetAnswer, topics: Topics) -> Entry | None:
    """One answer as it stands on the page; None when nothing is said in it."""
    lines = tuple(line.strip() for line in said.text.splitlines() if line.strip())
    if not lines:
        return None
    from profiles.topics.pictures import picture  # not above: where pages are printed is no site

    topic = topics.topic(said.topic)
    photo = said.photo if said.topic != CALL_ME else None  # there is one beside the name already
    shown = None if photo else picture(topic.picture if said.picture is None else said.picture)
    return Entry(
        topic=said.topic,
        title=topic.title,
        label=topic.label or topic.title,
        lines=lines,
        picture=shown.code if shown else "",
        picture_from=shown.credit if shown else "",
        photo=photo,
        said_by="" if said.said_by == ME else said.said_by,
        language=said.language or "en",
        only_me=said.only_me,
    )


def _sections(
    entries: dict[str, Entry], groups: Iterable[Group], topics: Topics
) -> Iterator[Section]:
    for group in groups:
        topics_of = (*group.topics, *group.pair)
        found = tuple(entries[key] for key in topics_of if key in entries)
        if found:
            yield Section(key=group.key, title=_title(group, topics), entries=found)


def _title(group: Group, topics: Topics) -> str:
    return group.title or topics.part(group.key).title
