"""What a picture is drawn from. Times are days as numbers: the whole part is the local day, the rest its hours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A moment on its lane: `kind` is what it is, `label` what is written beside it where there is room.

    `level` is how high it stands in its lane; `rank` who gets room for a label first.
    """

    lane: str
    kind: str
    at: float
    seq: int | None = None
    sign: str = ""
    label: str = ""
    title: str = ""
    level: int = 0
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """What lasts. `goes_on`: its end is not known yet."""

    lane: str
    kind: str
    since: float
    until: float
    seq: int | None = None
    label: str = ""
    title: str = ""
    colour: str = ""
    sign: str = ""
    goes_on: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A local day on the axis: `day` as a number, what is written at it. `strong`: a month begins, or a year."""

    day: int
    label: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """All that is in the picture, and what its lanes are called. `levels` are the words for a rating's height, from the
    lowest; `off` are the days off; `now` is drawn where it falls into the picture.
    """

    first: int
    last: int
    points: tuple[Point, ...] = ()
    bars: tuple[Bar, ...] = ()
    ticks: tuple[Tick, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    levels: tuple[tuple[str, str], ...] = ()
    off: frozenset[int] = frozenset()
    now: float | None = None

    def name(self, lane: str) -> str:
        return dict(self.names).get(lane, "")
