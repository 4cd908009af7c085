"""The standing schedule of a client: all its lines, and for each the contact that comes, given those already made.

Whoever has a line and meets the client has made its contact. A colleague without one has made the contact that has
waited longest: so somebody who stands in leaves nobody waiting, and the doctor's visit is not made by the nurse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from factboard.domain import calendar, roster, signs
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.planned_care import lines
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.state import Client, StandingLine

RAREST = 366  # days between two contacts
RESUMED = timedelta(days=7)  # after a return, by when a contact is made that the time on the board passed over


@dataclass(frozen=True, slots=True)
class NextContact:
    """A planned contact: who, on which local day; `own` is its line's own day, before it was moved from a day off."""

    who: str
    day: date
    where: str = ""
    own: date | None = None
    line: StandingLine | None = None

    @property
    def moved(self) -> bool:
        return self.own is not None and self.own != self.day


@dataclass(frozen=True, slots=True)
class InShort:
    """A line as it is said in short: of several weekdays, about every how many days."""

    who: str
    every_days: int


def set_planned_contact(case: Case, *, who: str, every_days: int, next: date) -> list[e.Entry]:
    """The standing schedule in short: `who` meets the client every so many days, next on `next` (a local day).

    It stands for every line of theirs in a plan, until a plan is written that says otherwise of them.
    """
    client = case.enrolled()
    if case.meanwhile(e.PlannedContactSet, e.IntensityChanged):
        raise Conflict("plan_changed_meanwhile")
    goes = case.member(who, "who")
    if goes.role not in roster.CLINICAL:
        raise Invalid("unknown_member", "who")
    if not 1 <= every_days <= RAREST:
        raise Invalid("number_out_of_range", "every_days", low=1, high=RAREST)
    if not case.today <= next <= case.today + timedelta(days=RAREST):
        raise Invalid("day_out_of_range", "next")
    known = client.planned
    if known and (known.who, known.every_days, known.next) == (goes.user, every_days, next):
        return []
    return [case.about(e.PlannedContactSet(goes.user, every_days, next))]


def schedule(client: Client) -> tuple[StandingLine, ...]:
    """The lines that hold: those of the plans in force, and what was set in short since."""
    short = (*([client.planned] if client.planned else []), *client.own_pace)
    own = [StandingLine("", None, one.who, one.every_days, (), "", one.next, one.set_at) for one in short]
    people = {one.who for one in short}
    return (*own, *(line for line in client.lines if line.who not in people))


def next_of_each(client: Client, settings: e.Settings) -> tuple[NextContact, ...]:
    """The contact that each line waits for, also one whose day has passed; the earliest first.

    While a client is on the board the schedule waits under it: what it passed over is due anew after the return.
    """
    waiting = {line: lines.first_day(line, settings) for line in schedule(client)}
    for day, people in _made(client, settings, min(line.since for line in waiting)) if waiting else ():
        due = [line for line, own in waiting.items() if _is_by(line, own, day, settings)]
        theirs = [line for line in due if line.who in people]
        has_one = any(line.who in people for line in waiting)
        for line in theirs or ([] if has_one else sorted(due, key=lambda one: (waiting[one], one.id))[:1]):
            waiting[line] = lines.day_after(line, waiting[line], day, settings)
    back = calendar.local_day(client.left_board, settings) if client.left_board else None
    found = (_planned(line, _resumed(line, own, back, settings), settings) for line, own in waiting.items())
    return tuple(sorted(found, key=lambda one: (one.day, one.who, one.line.id if one.line else "")))


def next_contact(client: Client, settings: e.Settings) -> NextContact | None:
    """The contact that the schedule waits for first: one whose day has passed, as long as nobody has made it."""
    return next(iter(next_of_each(client, settings)), None)


def in_short(planned: NextContact | None) -> InShort | None:
    """Who meets the client every how many days, by the line of a planned contact."""
    line = planned.line if planned else None
    return InShort(line.who, max(1, lines.interval(line).days // (len(line.weekdays) or 1))) if line else None


def upcoming(client: Client, settings: e.Settings, today: date) -> NextContact | None:
    """The next contact that is still to come; where there is none, the one that was missed last."""
    each = next_of_each(client, settings)
    return next((one for one in each if one.day >= today), each[-1] if each else None)


def coming(client: Client, settings: e.Settings, first: date, many: int) -> tuple[NextContact, ...]:
    """All planned contacts of so many days from `first` on, in order, were each made on its day; one that nobody has
    made is due on the first of them.
    """
    return tuple(sorted(planned_contacts(client, settings, first, many), key=lambda one: (one.day, one.who)))


def planned_contacts(client: Client, settings: e.Settings, first: date, many: int) -> Iterator[NextContact]:
    """The same, line by line."""
    last = first + timedelta(days=many - 1)
    for one in next_of_each(client, settings):
        if one.line is None or one.own is None:
            continue
        own = one.own
        if one.day < first:
            yield replace(one, day=first)
            own = lines.day_after(one.line, own, first, settings)
        for each in lines.days(one.line, own, settings):
            if each > last + lines.interval(one.line):  # one after it may have been moved before it
                break
            planned = _planned(one.line, each, settings)
            if first <= planned.day <= last:
                yield planned


def _planned(line: StandingLine, own: date, settings: e.Settings) -> NextContact:
    return NextContact(line.who, lines.planned_for(line, own, settings), line.where, own, line)


def _is_by(line: StandingLine, own: date, met: date, settings: e.Settings) -> bool:
    """Is a contact on this day the one of the day `own`? From that day on, or from the earlier one it was moved to."""
    return met >= own or met >= lines.planned_for(line, own, settings)


def _resumed(line: StandingLine, own: date, back: date | None, settings: e.Settings) -> date:
    """The line's day after a return on the local day `back`, where its own day passed while they were on the board."""
    if back is None or own >= back:
        return own
    return lines.day_after(line, own, back - calendar.DAY, settings) if line.weekdays else back + RESUMED


def _made(client: Client, settings: e.Settings, since: datetime) -> list[tuple[date, set[str]]]:
    """The contacts made since about then (UTC), in order, on local days, and by whom; of each person the newest,
    however long ago.
    """
    kept = [(one.happened_at, {one.by, *one.others}) for one in signs.contacts(client)]
    oldest = kept[0][0] if kept else None
    before = [(at, {who}) for who, at in client.met_by.items() if oldest is None or at < oldest]
    ordered = sorted((one for one in [*before, *kept] if one[0] > since - calendar.DAY), key=lambda one: one[0])
    return [(calendar.local_day(at, settings), people) for at, people in ordered]
