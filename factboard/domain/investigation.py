"""What a case pack is asked for: one client, one period, and why. And what of the team's history belongs to it.

A case pack is taken out for an investigation (in Sweden lex Maria: Patientsäkerhetslagen 2010:659, ch. 3). Whoever
reads it must see by which rules the team worked then, so what was in force when the period began is in it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.refusal import Invalid
from factboard.domain.text import REASON, clean

RULES = (
    e.TeamSettingsChanged.kind,
    e.CategoryChanged.kind,
    e.ReturnsPaused.kind,
    e.ReturnsReleased.kind,
)
MEETINGS = (e.MeetingOpened.kind, e.MeetingClosed.kind, e.MeetingNotHeld.kind)


@dataclass(frozen=True, slots=True)
class Wish:
    """Local days of the team, both in it; the same as instants (UTC, half-open); and why it is taken out."""

    first: date
    last: date
    since: datetime
    until: datetime
    why: str


def wish(first: date | None, last: date | None, why: str, now: datetime, settings: e.Settings) -> Wish:
    """What was asked for. Raises `Invalid` for what cannot be meant."""
    today = calendar.local_day(now, settings)
    if first is None or last is None:
        raise Invalid("required", "first" if first is None else "last")
    if max(first, last) > today:
        raise Invalid("in_the_future", "first" if first > today else "last")
    if last < first:
        raise Invalid("ends_before_it_begins", "last")
    if first.year < 1900:
        raise Invalid("day_out_of_range", "first")
    reason = clean(why, "why", limit=REASON, required=True)
    since, until = calendar.instant(first, time(), settings), calendar.midnight_after(last, settings)
    return Wish(first, last, since, until, reason)


def in_force(rules: Iterable[e.Recorded], since: datetime) -> list[e.Recorded]:
    """Of facts of the kinds in `RULES`, those by which the team worked when the period began, in their order.

    The newest settings, the newest of each category, and the newest pause or release of the returns.
    """
    newest: dict[tuple[str, str], e.Recorded] = {}
    for row in rules:
        if row.at >= since:
            break
        code = row.fact.category.code if isinstance(row.fact, e.CategoryChanged) else ""
        paused = isinstance(row.fact, e.ReturnsPaused | e.ReturnsReleased)
        newest["returns" if paused else row.fact.kind, code] = row
    return sorted(newest.values(), key=lambda row: row.seq)


@dataclass(frozen=True, slots=True)
class Decided:
    """By what automatic facts of the period were written: the rule's version, the fact that set the policy (0: the
    standard), factboard's own version; and their numbers.
    """

    rule: int
    policy: int
    software: str
    facts: tuple[int, ...]


def decided_by(facts: Iterable[e.Recorded]) -> list[Decided]:
    """The versions by which factboard itself acted, each with what was done by it."""
    found: dict[tuple[int, int, str], list[int]] = {}
    for row in facts:
        if by := _versions(row.fact):
            found.setdefault(by, []).append(row.seq)
    return [Decided(rule, policy, software, tuple(seqs)) for (rule, policy, software), seqs in found.items()]


def _versions(fact: e.Fact) -> tuple[int, int, str] | None:
    """What a fact says of the rule, the policy and the software that wrote it: itself, or in a part of it."""
    for part in (fact, getattr(fact, "grounds", None), getattr(fact, "versions", None)):
        if software := getattr(part, "software", ""):
            return getattr(part, "rule", 0), getattr(part, "policy", 0), software
    return None


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting of the period: opened and closed (UTC), or `planned` and not held. `up`: this client was discussed in
    it; `passed_over`: they were on its agenda, and it ended without them.
    """

    at: datetime
    closed: datetime | None = None
    held: bool = False
    chair: str = ""
    up: bool = False
    passed_over: bool = False


def met(meetings: Iterable[e.Recorded], facts: Iterable[e.Recorded]) -> list[Met]:
    """The meetings of the period in their order. `meetings` are facts of the kinds in `MEETINGS`, `facts` the client's.

    One that was opened before the period has no line: its closing alone is none.
    """
    story = list(facts)
    up = {row.fact.meeting for row in story if isinstance(row.fact, e.ClientDiscussed)}
    passed = {row.fact.meeting for row in story if isinstance(row.fact, e.NotDiscussed)}
    found: dict[str, Met] = {}
    opened = set[datetime | None]()  # of these it stands in their own line that they were not held
    for row in meetings:
        match row.fact:
            case e.MeetingOpened(meeting=id, chair=chair, planned=planned):
                opened.add(planned)
                found[id] = Met(row.at, chair=chair, up=id in up, passed_over=id in passed)
            case e.MeetingClosed(meeting=id, held=held) if id in found:
                found[id] = replace(found[id], closed=row.at, held=held)
            case e.MeetingNotHeld(planned=planned) if planned not in opened:
                found[f"not held {planned}"] = Met(planned)
    return sorted(found.values(), key=lambda one: one.at)
