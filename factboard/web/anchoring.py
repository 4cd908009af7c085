"""What stands beside a form that plans something for a client: who is to be asked of it, and the plan as it is.

And what waits for the case manager to answer, in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from factboard.domain import anchoring, calendar, planned_care, roster, visits
from factboard.domain.events import Anchored
from factboard.domain.events.contents import CarePlan, Kind, SocialPlan
from factboard.domain.planned_care import NextContact
from factboard.domain.state import Anchoring, Client, CrisisPlan, Newest, Visit
from factboard.storage import documents, history, projections
from factboard.web.forms import Missing
from factboard.web.sentences import Teller

VISITS, CONTACTS = 3, 4  # the next ones
GOALS = 3  # of the newest care plan, else of the social plan; those that are not reached

ASKABLE = frozenset({Anchored.YES, Anchored.ASKED, Anchored.URGENT})
Said = Annotated[Literal[Anchored.YES, Anchored.ASKED, Anchored.URGENT], Missing("choose_one")]
"""What a form may say of the case manager."""


@dataclass(frozen=True, slots=True)
class Beside:
    """`asked` are user ids, the case manager first; empty where nobody is asked. `said` stands in the form already: at
    an open meeting with the case manager there, it is anchored. `away` of those whom it concerns.
    """

    asked: tuple[str, ...]
    away: frozenset[str]
    said: Anchored | None
    contacts: tuple[NextContact, ...]
    visits: tuple[Visit, ...]
    crisis_plan: CrisisPlan | None
    goals: tuple[str, ...]
    written: dict[Kind, Newest]


async def beside(request: Request, client: Client) -> dict[str, Any]:
    """What the form's template is given."""
    who, now = request.state.who, request.app.state.clock()
    team, today = who.here, calendar.local_day(now, who.here.settings)
    asked = anchoring.asked(team, client, today) if anchoring.asks(team, client, who.user, today) else []
    there: set[str] = set()
    if asked and team.meeting:
        async with request.app.state.store.reading() as connection:
            meeting = await projections.meeting(connection, who.team, team.meeting)
        there = set(meeting.present) if meeting and not meeting.closed else set()
    known = Beside(
        asked=tuple(asked),
        away=frozenset(user for user in asked if not roster.present(team, user, today)),
        said=Anchored.YES if there.intersection(asked) else None,
        contacts=planned_care.next_of_each(client, team.settings)[:CONTACTS],
        visits=tuple(visits.ahead(client, team.settings, today)[:VISITS]),
        crisis_plan=client.crisis_plan,
        goals=await _goals(request, client),
        written=client.documents,
    )
    return {"beside": known}


async def _goals(request: Request, client: Client) -> tuple[str, ...]:
    ref = next((kind for kind in (Kind.CARE_PLAN, Kind.SOCIAL_PLAN) if kind in client.documents), None)
    if ref is None:
        return ()
    async with request.app.state.store.reading() as connection:
        plan = await documents.newest(connection, request.state.who.team, client.id, ref)
    content = plan.content if plan else None
    goals = content.goals if isinstance(content, CarePlan | SocialPlan) else ()
    return tuple(one.goal for one in goals if not one.reached)[:GOALS]


async def in_words(
    connection: AsyncConnection, team: str, asked: Iterable[Anchoring], teller: Teller
) -> dict[int, str]:
    """What was planned in each of these, as the history tells it, by its number."""
    rows = await history.some(connection, team, [one.seq for one in asked])
    return {seq: teller.tell_row(row) for seq, row in rows.items()}
