"""How long what is known of a client is kept: the team's rule, and the legal hold that stops it.

A team sets after how many years from the end of an enrolment the content of a client's facts is taken away; it is off
until a team sets it. In Sweden a patient record is kept for at least ten years after its last entry (Patientdatalagen
ch. 3 s. 17); whether factboard is part of one is the care provider's to say. What is taken away is what the facts say;
that they happened, when and by whom, stays, and so does the chain.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Unknown
from factboard.domain.state import Client, Team
from factboard.domain.text import REASON, clean

LONGEST = 100  # years
TOGETHER = 500  # rows that one fact names


def redaction_due(team: Team, client: Client) -> datetime | None:
    """When (UTC) what is known of the client is taken away: with the end of the day so many years after the one on
    which they left. None: never, as things stand. A record that was merged into another goes with that one.
    """
    years = team.settings.retention_years
    if not years or client.enrolled or client.ended is None or client.legal_hold or client.merged_into:
        return None
    last = _years_after(calendar.local_day(client.ended, team.settings), years)
    return calendar.instant(last + timedelta(days=1), time(0), team.settings)


def redact(case: Case) -> list[e.Entry]:
    """Take away what the client's facts say, where that is due now. `case.since_seen` must be all of them."""
    client = case.client
    due = redaction_due(case.team, client) if client else None
    if client is None or client.ended is None or due is None or due > case.now:
        return []
    ended, years = calendar.local_day(client.ended, case.team.settings), case.team.settings.retention_years
    found: list[e.Entry] = []
    for record in reversed(client.records):
        rows = tuple(row.seq for row in case.since_seen if row.client == record)
        parts = [rows[start : start + TOGETHER] for start in range(0, len(rows), TOGETHER)]
        found += [e.Entry(e.Redacted(part, len(part), ended, years), record) for part in parts]
    return found


def place_hold(case: Case, *, reason: str) -> list[e.Entry]:
    """Let nothing of this client's be taken away, until somebody lifts it. Also of one who has left the team."""
    if _known(case).legal_hold:
        raise Conflict("held_already")
    return [e.Entry(e.LegalHoldPlaced(clean(reason, "reason", limit=REASON, required=True)), _known(case).id)]


def lift_hold(case: Case, *, reason: str) -> list[e.Entry]:
    """The team's rule holds again for this client."""
    if not _known(case).legal_hold:
        raise Conflict("not_held")
    return [e.Entry(e.LegalHoldLifted(clean(reason, "reason", limit=REASON, required=True)), _known(case).id)]


def _known(case: Case) -> Client:
    if case.client is None:
        raise Unknown("unknown_client", "client")
    return case.client


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, in a year without one
        return date(day.year + years, 3, 1)
