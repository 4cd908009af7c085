"""What a picture is made of. Each shape says what it is (`kind`, a class in the stylesheet), and of which fact."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle. `colour` is a category's; without `seq` it leads nowhere."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    seq: int | None = None
    title: str = ""
    colour: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A sign in its place: `sign` is its picture, `size` its whole width."""

    x: float
    y: float
    size: float
    sign: str
    kind: str
    seq: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


@dataclass(frozen=True, slots=True)
class Trace:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Text:
    x: float
    y: float
    text: str
    kind: str
    anchor: str = "start"


Shape = Box | Dot | Rule | Trace | Text


@dataclass(slots=True)
class Strip:
    """One line of the picture; what was added later lies on top."""

    width: float
    height: float = 0.0
    shapes: list[Shape] = field(default_factory=list)

    def add(self, *shapes: Shape) -> None:
        self.shapes += shapes


@dataclass(frozen=True, slots=True)
class Picture:
    """Its lines from the top. `near`: days can be told apart."""

    strips: tuple[Strip, ...]
    near: bool
