"""How often a client is met in planned care: thinned out when they do well, stepped up at will, and why."""

from __future__ import annotations

import builtins
from datetime import date, timedelta

from factboard.domain import events as e
from factboard.domain import planned_care
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.text import REASON, clean

PACES = (1, 2, 3, 4, 7, 10, 14, 21, 28, 42, 56, 84)  # days between two contacts, as they are offered


def change_pace(
    case: Case, *, every_days: int, reason: str, who: str | None = None, next: date | None = None
) -> list[e.Entry]:
    """`who` (None: whoever is next by the plan) meets the client every so many days from now on; next on `next` (a
    local day), else as soon as that pace has it. It stands until a plan says something new of their contacts.
    """
    client = case.enrolled()
    if case.meanwhile(e.PlannedContactSet, e.IntensityChanged, e.CaseManagerChanged):
        raise Conflict("plan_changed_meanwhile")
    each = planned_care.next_of_each(client, case.team.settings)
    ahead = builtins.next((one for one in each if who in (None, one.who)), None)
    known = planned_care.in_short(ahead)
    if known is None or ahead is None:
        raise Conflict("no_planned_contact")
    if not 1 <= every_days <= planned_care.RAREST:
        raise Invalid("number_out_of_range", "every_days", low=1, high=planned_care.RAREST)
    if every_days == known.every_days:
        raise Invalid("same_pace", "every_days")
    why = clean(reason, "reason", limit=REASON, required=True)
    day = next or next_day(ahead.day, known.every_days, every_days, case.today)
    if not case.today <= day <= case.today + timedelta(days=planned_care.RAREST):
        raise Invalid("day_out_of_range", "next")
    return [case.about(e.IntensityChanged(known.who, every_days, known.every_days, day, why))]


def next_day(planned: date, before: int, every_days: int, today: date) -> date:
    """The next contact at the new pace, counted from the one before `planned`; what is overdue then is due today."""
    return max(today, planned + timedelta(days=every_days - before))
