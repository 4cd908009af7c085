"""What a client's state says of their planned care."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from factboard.domain import events as e
from factboard.domain.events.contents import CarePlan, Kind, SocialPlan, StandingContact, Together
from factboard.domain.versions import digest


@dataclass(frozen=True, slots=True)
class PlannedContact:
    """The standing schedule of planned care: who meets the client how often, and the day set for the next time."""

    who: str
    every_days: int
    next: date
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class StandingLine:
    """A line of the standing schedule. `plan` is where it stands, None for one set in short; `id` its row there.

    `who` meets the client every so many days, counted from the local day `first`, or on these weekdays (Monday is 0).
    Since `since` (UTC) it says what it says, in however many versions of its plan.
    """

    id: str
    plan: Kind | None
    who: str
    every_days: int | None
    weekdays: tuple[int, ...]
    where: str
    first: date | None
    since: datetime

    def says_as(self, other: StandingLine) -> bool:
        return replace(self, since=other.since) == other


@dataclass(frozen=True, slots=True)
class FollowUp:
    """After a return: `who` meets the client by the local day `due`. `done` None: nobody has yet."""

    due: date
    who: str | None
    since: datetime
    done: datetime | None = None
    done_by: str | None = None


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest version of a document, and who wrote it when (UTC); what stands in it is read apart."""

    number: int
    seq: int
    at: datetime
    by: str
    together: Together
    review_by: date | None = None
    digest: str = ""


def met_by(known: dict[str, datetime], fact: e.ContactLogged) -> dict[str, datetime]:
    """Who has met or spoken with the client, when last (UTC)."""
    if fact.contact is e.ContactKind.TRIED:
        return known
    at = fact.happened_at
    return known | {user: max(at, known.get(user, at)) for user in (fact.by, *fact.others)}


def written(
    documents: dict[Kind, Newest],
    lines: tuple[StandingLine, ...],
    short: PlannedContact | None,
    paces: tuple[PlannedContact, ...],
    row: e.Recorded,
    fact: e.DocumentWritten,
) -> dict[str, Any]:
    """What a new version changes in a client's state."""
    found = digest(fact.content)
    newest = Newest(fact.number, row.seq, row.at, row.actor, fact.together, fact.review_by, found)
    changed: dict[str, Any] = {"documents": documents | {fact.document: newest}}
    if isinstance(fact.content, CarePlan | SocialPlan):
        now = lines_of(fact.content, lines, row.at)
        stand = tuple(one for one in paces if short_after(one, now, row.at))
        changed |= {"lines": now, "planned": short_after(short, now, row.at), "own_pace": stand}
    return changed


def lines_of(plan: CarePlan | SocialPlan, known: tuple[StandingLine, ...], at: datetime) -> tuple[StandingLine, ...]:
    """The schedule's lines when a plan was written at this instant (UTC): the other plan's, and this one's."""
    others = tuple(line for line in known if line.plan is not plan.document)
    return (*others, *(_line(plan.document, row, known, at) for row in plan.contacts if _holds(row)))


def short_after(short: PlannedContact | None, plan: tuple[StandingLine, ...], at: datetime) -> PlannedContact | None:
    """What was set in short stands until a plan says something new of that person's contacts."""
    anew = short is not None and any(line.who == short.who and line.since == at for line in plan)
    return None if anew else short


def _line(plan: Kind, row: StandingContact, known: tuple[StandingLine, ...], at: datetime) -> StandingLine:
    weekdays = tuple(sorted({int(one) for one in row.weekdays}))
    new = StandingLine(row.id, plan, row.who, row.every_days, weekdays, row.where, row.first, at)
    return next((line for line in known if line.says_as(new)), new)


def _holds(row: StandingContact) -> bool:
    return bool(row.who and (row.every_days or row.weekdays))
