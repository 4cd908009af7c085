"""The crisis plan in the rules: a flag without one makes the task to write it, writing it counts as going through it,
and the day of its next review.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from factboard.domain import calendar, planned_care
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.events.contents import Kind, Together
from factboard.domain.offered import Near, Offer
from factboard.domain.refusal import Invalid
from factboard.domain.state import Action, Client, Newest, Team
from factboard.domain.text import REASON, clean
from factboard.domain.versions import Version

LONGEST = timedelta(days=366)  # back to a review, and ahead to the next
WRITTEN_WITHIN = timedelta(days=7)  # of the flag that found none (our own)


@dataclass(frozen=True, slots=True)
class Standing:
    """How it is with a client's crisis plan on a local day. `plan` None: nobody has written one here.

    `review_by` is the day of the next review, as it was said last; `overdue`: it has passed.
    """

    plan: Newest | None
    review_by: date | None
    overdue: bool


def standing(client: Client, today: date) -> Standing:
    plan = client.documents.get(Kind.CRISIS_PLAN)
    day = _review_by(client, plan)
    return Standing(plan, day, day is not None and day < today)


def standing_on(team: Team, client: Client, now: datetime) -> Standing:
    """The same at a moment (UTC)."""
    return standing(client, calendar.local_day(now, team.settings))


def _review_by(client: Client, plan: Newest | None) -> date | None:
    """As the newer of the two says, the version and the review; one that says no day has done what was due by then."""
    reviewed, written = client.crisis_plan, plan.review_by if plan else None
    if reviewed is None or (plan and plan.seq > reviewed.seq):
        return written
    return reviewed.review_by or (written if written and written > reviewed.on else None)


def on_phone(team: Team, offer: Offer) -> bool:
    """May this person's phone keep the plan? Where the team allows it, of whom they go to today, and of their own
    clients on the board; never of a protected identity.
    """
    client = offer.client
    of_the_day = offer.near is Near.TODAY or (offer.near is Near.OWN and client.stay is not None)
    return team.settings.plans_on_phones and of_the_day and not client.details.protected


def to_write(client: Client) -> Action | None:
    """The open task to write one."""
    actions = client.stay.actions if client.stay else client.actions_left
    return next((one for one in actions if one.task is e.Task.CRISIS_PLAN and one.done_by is None), None)


def review_crisis_plan(
    case: Case, *, with_client: bool, on: date | None = None, note: str = "", review_by: date | None = None
) -> list[e.Entry]:
    """The crisis plan was gone through, with the client, or the client declined. It is again by `review_by`."""
    case.enrolled()
    day = on or case.today
    if not case.today - LONGEST <= day <= case.today:
        raise Invalid("day_out_of_range", "on")
    if review_by and not case.today <= review_by <= case.today + LONGEST:
        raise Invalid("day_out_of_range", "review_by")
    return [case.about(e.CrisisPlanReviewed(day, with_client, clean(note, "note", limit=REASON), review_by))]


def follows(
    team: Team, clients: Iterable[Client], rows: Sequence[e.Recorded], now: datetime, new_id: Callable[[], str]
) -> list[e.Entry]:
    """What a flag brings with it: without a written plan, the task to write one, whose the client is (domain page,
    sections 7 and 10: activate the crisis plan, or make one if missing).

    Not for what a file has brought in: nobody has flagged those today.
    """
    flagged = {row.client for row in rows if _is_flag(row.fact)}
    today = calendar.local_day(now, team.settings)
    return [
        e.Entry(_task(team, one, today, new_id()), one.id, one.stay.placement)
        for one in clients
        if one.id in flagged and one.stay and Kind.CRISIS_PLAN not in one.documents and not to_write(one)
    ]


def _is_flag(fact: e.Fact) -> bool:
    return isinstance(fact, e.PutOnBoard | e.FlaggedAgain) and fact.source is not e.Source.IMPORT


def _task(team: Team, client: Client, today: date, id: str) -> e.ActionAdded:
    owner = planned_care.coordinator(team, client, today)
    return e.ActionAdded(id, "", owner, today + WRITTEN_WITHIN, task=e.Task.CRISIS_PLAN)


def brought(case: Case, before: Version | None, fact: e.DocumentWritten) -> list[e.Entry]:
    """Written with the client, read by them, or declined: it has been gone through. Without them it has not. Either
    way the task to write one is done.
    """
    task = to_write(case.enrolled())
    done = [case.about(e.ActionDone(task.id, task.text, task.task))] if task else []
    if fact.together is Together.WITHOUT:
        return done
    with_client = fact.together is not Together.DECLINED
    return [case.about(e.CrisisPlanReviewed(case.today, with_client, review_by=fact.review_by)), *done]
