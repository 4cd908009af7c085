"""A team's file, carried out: what `importing` has planned becomes facts, all of them in one transaction or none.

The rules are asked before the transaction, line by line, in a thread. Where nothing has happened in the team since,
their facts are written as they are, so that others wait as short as can be; otherwise all is planned anew on what is,
and only what was planned before comes in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain import calendar, enrolment, placement
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.people import Right, may
from factboard.domain.refusal import Refused, Unknown
from factboard.domain.state import Client, Team, evolve_client
from factboard.importing import model
from factboard.importing.layout import Layout
from factboard.importing.matching import Known
from factboard.importing.plan import OnBoardOutcome, Outcome, Plan, Planned, make_plan
from factboard.importing.problems import shown
from factboard.importing.rows import Progress, read_rows
from factboard.recorder import Receipt, Recorder
from factboard.storage import history, projections
from factboard.web.language import LANGUAGES
from factboard.web.words import words_for

AT_ONCE = 500  # facts written in one go; between two the event loop answers others


@dataclass(frozen=True, slots=True)
class File:
    """Where the lines came from; `digest` is the SHA-256 of its bytes."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file held against a team as it was after its fact `seq`; `entries` is what the rules say to its lines."""

    team: Team
    layout: Layout
    plan: Plan
    entries: Sequence[e.Entry]
    clients: Mapping[str, Client]
    seq: int
    at: datetime

    def holds(self, seq: int, now: datetime) -> bool:
        """Is the team still as it was then, and the day the same?"""
        day = calendar.local_day(now, self.team.settings)
        return self.seq == seq and calendar.local_day(self.at, self.team.settings) == day


class LineRefused(Exception):
    """A line that could be read, and that a rule says no to."""

    def __init__(self, line: int, refusal: Refused) -> None:
        super().__init__(refusal.key)
        self.line, self.refusal = line, refusal


class NotOk(Exception):
    """The file does not fit the team as it is now, or would do something else than planned: `prepared.plan` says
    what. Nothing was written.
    """

    def __init__(self, prepared: Prepared) -> None:
        super().__init__("the plan has problems, or has changed")
        self.prepared = prepared


async def prepare(
    recorder: Recorder, team: str, actor: str, layout: Layout, progress: Progress | None = None
) -> Prepared:
    """Hold a file against the team as it is now; writes nothing.

    Raises `Unknown` for no such team, `Unreadable` for a layout without names or lines, `LineRefused`.
    """
    async with recorder.store.reading() as connection:
        return await _prepare(connection, recorder, team, actor, layout, progress)


async def bring_in(
    recorder: Recorder, actor: str, file: File, prepared: Prepared, progress: Progress | None = None
) -> tuple[Receipt | None, Plan]:
    """Carry the plan out. No receipt: the file changes nothing, and nothing was written.

    Raises `NotOk` where the team has changed so that the file would do something else, and what `prepare` raises.
    """
    team = prepared.team.id
    async with recorder.together(team, actor) as desk:
        seq = (await history.heads(desk.connection, [team]))[team]
        if not prepared.holds(seq, recorder.clock()):
            planned, prepared = (
                prepared.plan,
                await _prepare(desk.connection, recorder, team, actor, prepared.layout, None),
            )
            if prepared.plan != planned:
                raise NotOk(prepared)
        if not prepared.plan.ok:
            raise NotOk(prepared)
        if prepared.plan.changes_nothing:
            return None, prepared.plan
        desk.know(prepared.clients)
        for start in range(0, len(prepared.entries), AT_ONCE):
            entries = prepared.entries[start : start + AT_ONCE]
            await desk.decide(_as_planned, entries=entries)
            if progress:
                progress(start + len(entries), len(prepared.entries))
        receipt = await desk.decide(_as_planned, entries=[e.Entry(_imported(file, prepared.plan))])
    return replace(receipt, screens=desk.screens), prepared.plan


def against(team: Team, now: datetime) -> model.Team:
    """The team as a file is read against it: who may be case manager, and its categories by every name they have."""
    return model.Team(
        staff={
            one.user: (one.username, one.name)
            for one in team.members.values()
            if not one.left and may(one.role, Right.CARE)
        },
        categories={one.code: _names(team, one) for one in team.categories.values() if not one.retired},
        today=calendar.local_day(now, team.settings),
        country=team.settings.country,
    )


async def _prepare(
    connection: AsyncConnection, recorder: Recorder, id: str, actor: str, layout: Layout, progress: Progress | None
) -> Prepared:
    now = recorder.clock()
    seq = (await history.heads(connection, [id])).get(id, 0)
    team = await projections.team(connection, id)
    if team is None:
        raise Unknown("unknown_team")
    clients = {client.id: client async for client in projections.everyone(connection, id)}
    case = Case(team, None, actor, now, recorder.ids)

    def think() -> Prepared:
        reading = read_rows(layout, against(team, now), progress)
        plan = make_plan(reading, [_known(team, client) for client in clients.values()])
        entries = list(_entries(case, plan.rows, clients)) if plan.ok else []
        touched = {row.client: clients[row.client] for row in plan.rows if row.client}
        return Prepared(team, layout, plan, entries, touched, seq, now)

    return await asyncio.to_thread(think)


def _entries(case: Case, rows: Iterable[Planned], clients: Mapping[str, Client]) -> Iterable[e.Entry]:
    for row in rows:
        try:
            yield from _line(case, row, clients.get(row.client or ""))
        except Refused as refusal:
            raise LineRefused(row.row.line, refusal) from None


def _line(case: Case, row: Planned, client: Client | None) -> Iterable[e.Entry]:
    """What one line does, in the words of the rules."""
    if row.details and row.outcome is Outcome.NEW:
        (entry,) = enrolment.enrol(case, details=row.details, source=e.Source.IMPORT)
        yield entry
        new = e.Recorded(0, case.now, case.actor, entry.fact, entry.client)
        client = evolve_client(entry.client or "", None, new)
    case = replace(case, client=client)
    if row.details and row.outcome is Outcome.CORRECTED:
        yield from enrolment.correct(case, details=row.details, source=e.Source.IMPORT)
    if row.put_on:
        yield from placement.put_on_board(
            case,
            category=row.put_on.category,
            reason=row.put_on.reason,
            source=e.Source.IMPORT,
            since=row.put_on.since,
            review_by=row.put_on.review_by,
        )


def _known(team: Team, client: Client) -> Known:
    def day(at: datetime) -> date:
        return calendar.local_day(at, team.settings)

    past = tuple((day(stay.since), day(stay.ended)) for stay in client.past)
    return Known(client.id, client.details, client.stay is not None, past, ended=not client.enrolled)


def _names(team: Team, category: e.Category) -> tuple[str, ...]:
    """The team's own name first, then the standard one in every language."""
    both = (category, replace(category, name=""))
    names = (words_for(team.settings, language).category(one) for one in both for language in LANGUAGES)
    return tuple(dict.fromkeys(names))


def _as_planned(_case: Case, *, entries: Sequence[e.Entry]) -> list[e.Entry]:
    return list(entries)


def _imported(file: File, plan: Plan) -> e.Imported:
    counts = plan.counts
    return e.Imported(
        file=shown(file.name),
        digest=file.digest,
        rows=len(plan.rows),
        enrolled=counts[Outcome.NEW],
        corrected=counts[Outcome.CORRECTED],
        put_on=counts[OnBoardOutcome.PUT_ON],
    )
