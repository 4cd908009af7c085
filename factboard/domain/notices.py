"""Who is told of a fact in the app: the case manager, when somebody else acts on their client's place or plans what is
for them, and whoever planned it, of the answer; the lead, when something has gone on for twice as long as it should, a
client does not want to go back, or was opened in an emergency, or two records were merged; whoever is to meet a client
who has returned; both, where one is handed over; who wrote down a tip, of what became of it; and whomever the team
wants told at once (`telling`): what a phone showed stands in its list of notices. Nobody is told of what they may not
see (`consent`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from factboard.domain import anchoring, calendar, consent, roster, telling
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.louder import TO_THE_LEAD
from factboard.domain.state import Client, Team

TOLD_TO_CASE_MANAGER = (
    e.PutOnBoard, e.FlaggedAgain, e.Taken, e.Returned, e.EnteredInError, e.EnrolmentEnded,
    e.Merged, e.MergedInto, e.MoveDeclined, e.MovedAway, e.MovedHere,
    e.ReturnAnnounced, e.AnnouncementWithdrawn, e.ReturnHeld, e.ReturnPostponed, e.FlagUntaken, e.FollowUpMissed,
    e.PlannedContactMissed, e.OpenedInEmergency, e.TipNoted,
    e.ConsentGiven, e.ConsentRevoked, e.LockPlaced, e.LockLifted, e.DocumentWithdrawn, e.ClientModelSet,
)  # fmt: skip
LOUDER = (e.ReviewFellDue, e.UnseenTooLong, e.FlagUntaken, e.FollowUpMissed, e.PlannedContactMissed)


@dataclass(frozen=True, slots=True)
class Notice:
    """To `user`, about the fact `seq` of this client."""

    user: str
    seq: int
    client: str


def notices(team: Team, client: Client, row: e.Recorded) -> list[Notice]:
    """The notices that this fact makes, given the client as they are after it. Nobody is told of what they did."""
    if isinstance(row.fact, e.PutOnBoard) and row.fact.source is e.Source.IMPORT:
        return []  # the file tells what the team knows already
    at_once = telling.told(team, client, row)
    told = dict.fromkeys(user for user in (*_told(team, client, row), *at_once) if user != row.actor)
    opened = isinstance(row.fact, e.OpenedInEmergency)
    return [Notice(user, row.seq, client.id) for user in told if opened or consent.told_of(team, client, user, row.at)]


def _told(team: Team, client: Client, row: e.Recorded) -> Iterator[str]:
    fact, manager = row.fact, client.details.case_manager
    if isinstance(fact, e.OpenedInEmergency):
        yield from _leads(team)
    if manager and isinstance(fact, TOLD_TO_CASE_MANAGER):
        yield manager
    if isinstance(fact, e.TipNoted) and not manager:
        yield from _leads(team)
    if isinstance(fact, e.TipAnswered) and fact.noted_by:
        yield fact.noted_by
    if isinstance(fact, e.Returned) and fact.who:
        yield fact.who
    if getattr(fact, "anchored", None):
        yield from anchoring.asked(team, client, calendar.local_day(row.at, team.settings))
    if isinstance(fact, e.AnchoringAnswered):
        yield fact.asked_by
    if isinstance(fact, e.PlannedContactMissed):
        yield fact.who
    if isinstance(fact, e.FollowUpMissed) and client.follow_up and client.follow_up.who:
        yield client.follow_up.who
    if isinstance(fact, e.CaseManagerChanged):
        yield from filter(None, (fact.case_manager, fact.previous))
    if isinstance(fact, e.MoveDeclined | e.MovedAway):
        yield fact.asked_by
    objects = isinstance(fact, e.ReturnAnnounced | e.ReturnTold) and fact.objects
    if manager and objects:
        yield manager
    if objects or isinstance(fact, e.Merged) or (isinstance(fact, LOUDER) and fact.step in TO_THE_LEAD):
        yield from _leads(team)
    if isinstance(fact, e.FlagUntaken) and fact.step is e.Step.TONIGHT:
        duty = roster.on_duty(team, calendar.local_day(row.at, team.settings))
        yield from ([duty.user] if duty else [])


def _leads(team: Team) -> Iterator[str]:
    yield from (one.user for one in team.members.values() if one.role is e.Role.LEAD and not one.left)


def read_notice(case: Case, *, notice: int) -> list[e.Entry]:
    """The person has seen the notice about this fact."""
    client = case.client
    return [e.Entry(e.NoticeRead(notice), client.id if client else None)]
