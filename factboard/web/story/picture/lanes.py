"""The lanes that are no bands: ratings by height, contacts heaped on their day, meetings, alarms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from factboard.web.story.picture.given import Given, Point
from factboard.web.story.picture.scale import WEEK, Line
from factboard.web.story.picture.shapes import Box, Dot, Rule, Strip, Text, Trace

STEP, FAR_STEP = 15.0, 8.0  # between two levels of the ratings
SMALL, FAR_SMALL = 9.0, 4.0
ROOM = 13.0  # of a sign
NEAR_DAY = 6.0  # as wide as a day is where days are told apart
HIGH = 24.0  # a week with as many contacts as any
HIGHEST = 4  # contacts heaped on one day; more than that overlap


def ratings(strip: Strip, line: Line, given: Given, y: float) -> float:
    """The higher, the nearer to how they usually are. What could not be assessed stands under the lowest."""
    near = line.day >= NEAR_DAY
    step, size = (STEP, SMALL) if near else (FAR_STEP, FAR_SMALL)
    top = len(given.levels)
    known = [one for one in given.points if one.lane == "ratings"]
    unsaid = any(one.level == 0 for one in known)
    bottom = y + step * (top - (not unsaid)) + step

    def height(level: float) -> float:
        return round(y + step * (top - level) + step / 2, 1)

    strip.add(Box(line.left, y, round(line.right - line.left, 1), step, "goal"))
    for place, (_, words) in enumerate(given.levels, 1):
        strip.add(Rule(line.left, height(place), line.right, height(place), "level"))
        if near and line.left:
            strip.add(Text(0, height(place) + 4, words, "lane"))
    if line.left and not near:
        strip.add(Text(0, height((top + 1) / 2) + 4, given.name("ratings"), "lane"))
    for run, known_well in _traces(known, line):
        points = [(line.x(at), height(level)) for at, level in run]
        if known_well:
            usual = ((points[-1][0], height(top)), (points[0][0], height(top)))
            strip.add(Trace((*points, *usual), "away"))
        strip.add(Trace(tuple(points), "ratings" if known_well else "gap"))
    for one in known:
        if line.has(one.at):
            strip.add(Dot(line.x(one.at), height(one.level), size, one.sign, one.kind, one.seq, one.title))
    if near and not line.left:  # on the lane itself, so over all that is drawn in it
        for place in (1, top):
            strip.add(Text(2, height(place) + 4, given.levels[place - 1][1], "level"))
    return bottom


def _traces(points: Sequence[Point], line: Line) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """From rating to rating within one time on the board (told apart by `rank`), cut at the edges of the line.

    False where nobody had rated for longer than a week: what is between is not known.
    """
    times: dict[int, list[Point]] = defaultdict(list)
    for one in points:
        if one.level:
            times[one.rank].append(one)
    for time in times.values():
        for known_well, pairs in groupby(pairwise(time), lambda pair: pair[1].at - pair[0].at <= WEEK):
            drawn = [end for one, other in pairs for end in _within(one, other, line)]
            if drawn:
                yield list(dict.fromkeys(drawn)), known_well


def _within(one: Point, other: Point, line: Line) -> list[tuple[float, float]]:
    """What of the way from one rating to the other stands on the line; nothing, where none does."""
    if other.at < line.first or one.at >= line.end or one.at == other.at:
        return []
    rise = (other.level - one.level) / (other.at - one.at)
    return [(at, one.level + rise * (at - one.at)) for at in (max(one.at, line.first), min(other.at, line.end))]


def contacts(strip: Strip, line: Line, given: Given, y: float) -> float:
    """Each contact a sign on its day; several on one day are heaped."""
    days: dict[int, list[Point]] = defaultdict(list)
    for one in given.points:
        if one.lane == "contacts" and line.has(one.at):
            days[int(one.at)].append(one)
    many = min(HIGHEST, max(map(len, days.values()), default=1))
    step = SMALL + 1
    bottom = y + many * step + 2
    for day, found in days.items():
        up = step if len(found) <= HIGHEST else step * (HIGHEST - 1) / (len(found) - 1)
        x = line.x(day + 0.5)
        for place, one in enumerate(found):
            at = round(bottom - 1 - step / 2 - place * up, 1)
            strip.add(Dot(x, at, SMALL, one.sign, one.kind, one.seq, one.title))
    strip.add(Rule(line.left, bottom, line.right, bottom, "level"))
    return bottom


def meetings(strip: Strip, line: Line, given: Given, y: float, lane: str = "meetings") -> float:
    for one in given.points:
        if one.lane == lane and line.has(one.at):
            strip.add(Dot(line.x(int(one.at) + 0.5), y + ROOM / 2, SMALL, one.sign, one.kind, one.seq, one.title))
    return y + ROOM


def alarms(strip: Strip, line: Line, given: Given, y: float) -> float:
    return meetings(strip, line, given, y, "alarms")


def weeks(strip: Strip, line: Line, given: Given, y: float) -> float:
    """How many contacts a week had, as bars; attempts are not contacts. The most of any week stands at its height."""
    met = [int(one.at) for one in given.points if one.lane == "contacts" and one.kind != "tried"]
    most = max(Counter((day - 1) // WEEK for day in met).values(), default=1)
    many = Counter((day - 1) // WEEK for day in met if line.has(day))
    bottom = y + HIGH
    for week, count in sorted(many.items()):
        x, end = line.x(week * WEEK + 1), line.x(week * WEEK + 1 + WEEK)
        tall = round(HIGH * count / most, 1)
        strip.add(Box(x, round(bottom - tall, 1), max(round(end - x - 1, 1), 1.0), tall, "met", title=f"{count}"))
    for height in (y, bottom):
        strip.add(Rule(line.left, height, line.right, height, "level"))
    if met:
        x, down, anchor = (line.left - 4, 5, "end") if line.left else (2.0, 10, "start")  # under the lane's name
        strip.add(Text(x, y + down, f"{most}", "level", anchor))
    return bottom
