"""Who is told at once of what, as a grid of ticks: each tick is one value, "flag on_duty"."""

from __future__ import annotations

from collections.abc import Iterable

from factboard.domain.events import Audience, News, Told
from factboard.domain.refusal import Invalid


def as_ticked(told: Told) -> list[str]:
    return [f"{what} {one}" for what in News for one in getattr(told, what.value)]


def told(ticked: Iterable[str]) -> Told:
    """Raises `Invalid`."""
    asked: dict[str, tuple[Audience, ...]] = {what.value: () for what in News}
    for tick in ticked:
        what, _, who = tick.partition(" ")
        if what not in asked or who not in {one.value for one in Audience}:
            raise Invalid("unknown_choice", "told")
        asked[what] = (*asked[what], Audience(who))
    return Told(**asked)
