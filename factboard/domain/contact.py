"""After a contact, in one go: that it was, how the client is, and when somebody goes next."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from factboard.domain import events as e
from factboard.domain import placement, visits
from factboard.domain.case import Case
from factboard.domain.events import ContactKind
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.state import Client, Team


def log(
    case: Case,
    *,
    next_day: date | None = None,
    next_at: time | None = None,
    next_who: str | None = None,
    **contact: Any,
) -> list[e.Entry]:
    """What `placement.log_contact` writes, and the next visit on the local day `next_day`: all of it or nothing.

    Whoever asks goes next, unless `next_who` does.
    """
    facts = placement.log_contact(case, **contact)
    if next_day is None:
        if next_at:
            raise Invalid("required", "next_day")
        return facts
    if (where := facts[0].placement) is None:
        raise Conflict("not_on_board")
    if case.late:  # a day that passed on the way is today, where it is seen: "worse" waits for nobody
        next_day = max(next_day, case.today)
    try:
        visit = visits.planned(case, who=next_who or case.actor, day=next_day, at=next_at)
        return [*facts, e.Entry(visit, facts[0].client, where)]  # where a late "worse" has put them back up, too
    except Invalid as refusal:
        refusal.field = f"next_{refusal.field}"  # the form has another day, the contact's
        raise


def kind_to_begin_with(team: Team, client: Client, user: str, last: ContactKind | None, today: date) -> ContactKind:
    """What the form has chosen already: on the ward who is admitted, at home whom they were to visit today, else as
    this person's `last` contact was. An attempt is said each time.
    """
    if client.admission:
        return ContactKind.WARD
    goes = (visits.covered_by(team, one) for one in visits.ahead(client, team.settings, today) if one.day == today)
    if user in goes or last in (None, ContactKind.TRIED):
        return ContactKind.HOME
    return last or ContactKind.HOME
