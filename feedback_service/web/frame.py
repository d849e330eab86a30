"""What stands around every page: the office, the menu, who is signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

from flask import Flask, current_app, g, request

from feedback_service.web.context import Site

EXTENSION = "menu"


class Person(Protocol):
    """Who is signed in, as far as features below the accounts need to know."""

    @property
    def actor(self) -> str:
        """How the ledger names this person."""

    @property
    def unit_id(self) -> int | None:
        """The unit of the account; None reaches every unit."""

    @property
    def scope(self) -> frozenset[int]:
        """The ids of every unit within reach."""


def person() -> Person:
    """Return who is signed in; only within a staff route, where there is always somebody."""
    return cast("Person", g.staff)


@dataclass(frozen=True)
class MenuItem:
    """One door of the menu: `label` is a message id, `icon` a drawing, `areas` where the addresses behind it begin."""

    endpoint: str
    label: str
    icon: str
    areas: tuple[str, ...]

    def holds(self, path: str) -> bool:
        """Whether an address lies behind this door."""
        return any(path == area or path.startswith(area + "/") for area in self.areas)


@dataclass(frozen=True)
class Frame:
    """What a layout shows besides its page; `staff` is whoever signed in, as the accounts feature describes them."""

    site: Site
    menu: tuple[MenuItem, ...]
    staff: object | None
    current: MenuItem | None
    opens: Callable[[str], bool]
    """Whether a route opens for the person who is signed in, so that no page offers what would be refused."""
    is_refusing: bool
    """Whether the disk or the database has just refused to take anything."""


def install(
    app: Flask,
    site: Callable[[], Site],
    menu: tuple[MenuItem, ...],
    opens: Callable[[str], bool],
    is_refusing: Callable[[], bool],
) -> None:
    """Give every template its `frame`; the desk menu holds only what `opens` for the person who is signed in."""

    def shown() -> tuple[MenuItem, ...]:
        return tuple(item for item in menu if opens(item.endpoint)) if g.get("staff") else ()

    def frame() -> dict[str, Frame]:
        items = shown()
        return {"frame": Frame(site(), items, g.get("staff"), _current(items, request.path), opens, is_refusing())}

    app.extensions[EXTENSION] = shown
    app.context_processor(frame)


def _current(items: tuple[MenuItem, ...], path: str) -> MenuItem | None:
    """Return the item whose area holds this address; None where no door of this person leads."""
    return next((item for item in items if item.holds(path)), None)


def doors() -> tuple[MenuItem, ...]:
    """Return the items of the menu that open for the person who is signed in."""
    shown: Callable[[], tuple[MenuItem, ...]] = current_app.extensions[EXTENSION]
    return shown()
