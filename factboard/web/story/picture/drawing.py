"""Draws the lines of a picture, lane under lane: when, what turned it, the time on the board, how it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from factboard.web.story.picture.given import Bar, Given
from factboard.web.story.picture.labels import BESIDE, labelled, signed, wide
from factboard.web.story.picture.lanes import alarms, contacts, meetings, ratings, weeks
from factboard.web.story.picture.scale import Line, far, near
from factboard.web.story.picture.shapes import Box, Dot, Picture, Rule, Strip, Text

GUTTER = 106.0  # for the lanes' names; on a narrow picture they stand above their lanes
NARROW = 600.0
AXIS, ROW, SIGN, BAND, THIN, GAP = 30.0, 15.0, 13.0, 20.0, 14.0, 6.0
CAPTION = 13.0
ALWAYS = {"ratings", "contacts", "meetings"}
BANDS = ("way", "admitted", "legal")  # thin ones, under the time on the board

Lane = Callable[[Strip, Line, Given, float], float]


def draw(given: Given, width: float, *, closely: bool) -> Picture:
    """The picture, so wide. `closely`: day by day, else by months and years."""
    left = 0.0 if width < NARROW else GUTTER
    lines = (near if closely else far)(given.first, given.last, width - 1, left)
    draws = _Drawing(given, width, closely)
    return Picture(tuple(draws.strip(line) for line in lines), closely)


class _Drawing:
    def __init__(self, given: Given, width: float, closely: bool) -> None:
        self.given, self.width, self.closely = given, width, closely
        self.narrow = width < NARROW

    def strip(self, line: Line) -> Strip:
        strip, lanes = Strip(self.width), self._lanes(line)
        y = self._axis(strip, line)
        top = y
        y = self._key(strip, line, y)
        y = self._bars(strip, line, y, "board", BAND, self._caption(strip, line, "board", y))
        for lane in BANDS:
            if lane in lanes:
                y = self._bars(strip, line, y + 2, lane, THIN, self._caption(strip, line, lane, y + 2))
        for lane, drawn in self._others():
            if lane in lanes:
                down = self._caption(strip, line, lane, y + GAP)
                y = drawn(strip, line, self.given, y + GAP + down)
                self._name(strip, lane, y, drawn)
        strip.height = round(y + GAP, 1)
        self._behind(strip, line, top, y + 2)
        return strip

    def _lanes(self, line: Line) -> set[str]:
        """Those on which something stands on this line; what every line has is there without it."""
        found = {one.lane for one in self.given.points if line.has(one.at)}
        found |= {one.lane for one in self.given.bars if line.touches(one.since, one.until)}
        return found | (ALWAYS & {one.lane for one in self.given.points} if self.closely else set())

    def _others(self) -> Sequence[tuple[str, Lane]]:
        if self.closely:
            return (("ratings", ratings), ("contacts", contacts), ("meetings", meetings), ("alarms", alarms))
        return (("ratings", ratings), ("contacts", weeks))

    # --- when -------------------------------------------------------------------------------------------

    def _axis(self, strip: Strip, line: Line) -> float:
        """Months above weeks, or years above months; what a line begins in the middle of is named at its beginning."""
        here = [tick for tick in self.given.ticks if line.has(tick.day)]
        for tick in here:
            strip.add(
                Text(line.x(tick.day) + 2, 11 if tick.strong else 25, tick.label, "month" if tick.strong else "day")
            )
        before = [tick for tick in self.given.ticks if tick.strong and tick.day < line.first]
        first = next((line.x(tick.day) for tick in here if tick.strong), line.right)
        if before and line.left + wide(before[-1].label) + 8 < first:
            strip.add(Text(line.left + 2, 11, before[-1].label, "month"))
        return AXIS

    def _behind(self, strip: Strip, line: Line, top: float, bottom: float) -> None:
        """Days off and the beginnings of weeks and months, under everything else; the moment of looking above it."""
        given, under = self.given, list[Box | Rule]()
        if self.closely:
            off = sorted(day for day in given.off if line.has(day))
            under += [Box(line.x(day), AXIS - 16, round(line.day, 1), bottom - AXIS + 16, "off") for day in off]
        for tick in given.ticks:
            if line.has(tick.day):
                x = line.x(tick.day)
                under.append(Rule(x, 0 if tick.strong else AXIS - 14, x, bottom, "month" if tick.strong else "week"))
        strip.shapes[:0] = under
        if given.now is not None and line.has(given.now):
            self._now(strip, line.x(given.now), bottom)

    def _now(self, strip: Strip, x: float, bottom: float) -> None:
        """The moment of looking, named at its foot, where nothing else is written."""
        name = self.given.name("now")
        strip.add(Rule(x, AXIS - 16, x, bottom, "now"))
        if name:
            strip.add(Text(x, bottom + 10, name, "now", "end" if x + wide(name) > self.width else "middle"))
            strip.height = round(bottom + CAPTION, 1)

    # --- what turned it, and the time on the board ------------------------------------------------------

    def _key(self, strip: Strip, line: Line, y: float) -> float:
        points = [(line.x(one.at), one) for one in self.given.points if one.lane == "key" and line.has(one.at)]
        labels = labelled(points, self.width) if self.closely else []
        rows = 1 + max((one.row for one in labels), default=-1)
        foot = y + rows * ROW + (SIGN if points else 4.0)
        for one in labels:
            base = y + (rows - one.row) * ROW - 4
            strip.add(Rule(one.x, base - 9, one.x, foot, "stem"))
            x, anchor = (one.x - BESIDE, "end") if one.before else (one.x + BESIDE, "start")
            strip.add(Text(x, base, one.point.label, f"label {one.point.kind}", anchor))
        for x, point in signed(points, SIGN):
            strip.add(Dot(x, foot - SIGN / 2, SIGN, point.sign, point.kind, point.seq, point.title))
        return foot

    def _bars(self, strip: Strip, line: Line, y: float, lane: str, height: float, down: float = 0.0) -> float:
        y += down
        bars = [one for one in self.given.bars if one.lane == lane and line.touches(one.since, one.until)]
        strip.add(Box(line.left, y, round(line.right - line.left, 1), height, "bed"))
        for bar in bars:
            strip.add(*self._bar(line, bar, y, height))
        if not self.narrow and (name := self.given.name(lane)):
            strip.add(Text(0, y + height / 2 + 4, name, "lane"))
        return y + height

    def _bar(self, line: Line, bar: Bar, y: float, height: float) -> list[Box | Dot | Text]:
        x, end = line.x(bar.since), line.x(bar.until)
        width = max(round(end - x, 1), 2.0)
        shapes: list[Box | Dot | Text] = [Box(x, y, width, height, bar.kind, bar.seq, bar.title, bar.colour, bar.href)]
        inside, size = x + 4, height - 8
        if bar.sign and width > size + 8:
            shapes.append(Dot(inside + size / 2, y + height / 2, size, bar.sign, f"in {bar.kind}"))
            inside += size + 4
        if bar.label and inside + wide(bar.label) < x + width:
            shapes.append(Text(round(inside, 1), y + height / 2 + 4, bar.label, f"in {bar.kind}"))
        return shapes

    # --- what the lanes are called ----------------------------------------------------------------------

    def _caption(self, strip: Strip, line: Line, lane: str, y: float) -> float:
        """The lane's name above it, where there is no room before it; only on lines on which something stands."""
        name = self.given.name(lane)
        if not self.narrow or not name:
            return 0.0
        strip.add(Text(line.left, y + 10, name, "lane"))
        return CAPTION

    def _name(self, strip: Strip, lane: str, bottom: float, drawn: Lane) -> None:
        if not self.narrow and drawn is not ratings:
            strip.add(Text(0, bottom - 3, self.given.name(lane), "lane"))
