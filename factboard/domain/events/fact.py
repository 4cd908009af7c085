"""What a fact is, where it stands, and how older shapes of it are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

KINDS: dict[str, type[Fact]] = {}


class Fact:
    """What happened. `kind` names it in the history; `version` counts the changes of its shape."""

    __slots__ = ()
    kind: ClassVar[str]
    version: ClassVar[int] = 1

    def __init_subclass__(cls, kind: str = "", version: int = 1) -> None:
        if kind:  # dataclass(slots=True) builds the class twice; the second one is the one kept
            cls.kind, cls.version = kind, version
        KINDS[cls.kind] = cls


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact that a rule asks to have written, and whom it is about."""

    fact: Fact
    client: str | None = None
    placement: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact in its place in a team's history; `at` is UTC."""

    seq: int
    at: datetime
    actor: str
    fact: Fact
    client: str | None = None
    placement: str | None = None


# --- older shapes: how the history outlives a change of shape ----------------------------------------

Payload = Mapping[str, Any]
UPCASTERS: dict[tuple[str, int], Callable[[Payload], Payload]] = {}
"""(kind, old version) -> a function that gives the payload the shape of the next version."""


class UnknownFact(Exception):
    """The history was written by a newer release. Guessing what a fact meant could drop somebody off the board."""

    def __init__(self, kind: str, version: int) -> None:
        super().__init__(
            f"The history holds a fact {kind!r} in version {version}, which this release of factboard does not know. "
            "Run the release that wrote it, or a newer one."
        )


def upcast(kind: str, version: int, payload: Payload) -> Payload:
    """The payload in the shape that `KINDS[kind]` has today."""
    for step in range(version, KINDS[kind].version):
        payload = UPCASTERS[kind, step](payload)
    return payload
