"""A list of shortcuts through WeasyPrint: each can be taken, and left again."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Shortcut:
    """Another way to do what a function or a method of WeasyPrint does, where it may be taken."""

    name: str
    owner: Any
    attribute: str
    instead: Any
    usual: Any


class Shortcuts:
    """Those of this process: taken together, or by name, or not at all."""

    def __init__(self) -> None:
        self._all: list[Shortcut] = []

    def instead_of(self, owner: Any, attribute: str, *, name: str) -> Callable[[Any], Any]:
        """Offer a function instead of this one, wherever WeasyPrint has it by its name."""
        usual = owner.__dict__[attribute]

        def offered(instead: Any) -> Any:
            owners = [owner] if isinstance(owner, type) else _with(attribute, usual)
            for each in owners:
                self.offer(Shortcut(name, each, attribute, instead, usual))
            return instead

        return offered

    def offer(self, shortcut: Shortcut) -> None:
        """One more that may be taken."""
        self._all.append(shortcut)

    @property
    def names(self) -> list[str]:
        """What each is called, the safest first."""
        return list(dict.fromkeys(each.name for each in self._all))

    def take(self, *names: str) -> None:
        """From now on, go these ways; all of them, if none is named."""
        for each in self._all:
            if not names or each.name in names:
                setattr(each.owner, each.attribute, each.instead)

    def leave(self) -> None:
        """From now on, do all as WeasyPrint does."""
        for each in self._all:
            setattr(each.owner, each.attribute, each.usual)

    @property
    def are_taken(self) -> bool:
        """Is any of them taken?"""
        return any(each.owner.__dict__[each.attribute] is each.instead for each in self._all)

    @contextmanager
    def left(self) -> Iterator[None]:
        """Do all as WeasyPrint does, for a while."""
        taken = [each for each in self._all if each.owner.__dict__[each.attribute] is each.instead]
        self.leave()
        try:
            yield
        finally:
            for each in taken:
                setattr(each.owner, each.attribute, each.instead)


def _with(attribute: str, usual: Any) -> Iterator[Any]:
    """The modules of WeasyPrint that have this function."""
    for name, module in [*sys.modules.items()]:
        if name.split(".")[0] == "weasyprint" and vars(module).get(attribute) is usual:
            yield module
