"""A client's whole story, and one time on the board: a picture, its numbers, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar
from factboard.domain.chain import Row
from factboard.domain.course import Course, TimeOnBoard, counts, course
from factboard.domain.events import NoticeRead, Recorded, Undone
from factboard.domain.refusal import Unknown
from factboard.domain.state import Client
from factboard.storage import accounts, history, projections
from factboard.storage.codec import instant_from_text, recorded
from factboard.web.labels import LONGEST_ID, labels_of, this_client
from factboard.web.pages import page
from factboard.web.sentences import Teller
from factboard.web.story.picture import Given, Picture, draw
from factboard.web.story.saying import Drawn
from factboard.web.words import words_for

WIDE, NARROW = 1120.0, 348.0  # of a picture: a desk's screen or A4 across, a phone
BEFORE, AFTER = timedelta(days=3), timedelta(days=8)  # shown around a time on the board: what led to it, the follow-up


@dataclass(frozen=True, slots=True)
class Said:
    """One fact in words; `undone`: it counts no longer. `at` is UTC."""

    seq: int
    at: datetime
    sentence: str
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """A client, all rows about them, and who can tell them to this reader."""

    client: Client
    rows: Sequence[Row]
    facts: Sequence[Recorded]
    teller: Teller


async def of_client(request: Request) -> Response:
    """Everything, from the day on which they came to the team: one line a year."""
    who, now = request.state.who, request.app.state.clock()
    client = await this_client(request)
    request.app.state.access.saw(who, "story", [client.id])
    async with request.app.state.store.reading() as connection:
        told = await _story(connection, request, client)
    settings, known = who.here.settings, course(told.facts, who.here.settings)
    begun = [one.since for one in known.times] + [one.since for one in known.spans]
    began = min(begun, default=now)
    first, last = (calendar.local_day(at, settings) for at in (began, _end(known, now)))
    turns = {mark.row.seq for mark in known.marks if mark.lane.value == "key"} | {one.row.seq for one in known.spans}
    return _page(
        request,
        "story/client.html",
        told,
        drawn=_pictures(request, told, known, first, last, closely=False),
        times=[(one, _counted(known, one, now)) for one in known.times],
        days=_in_words([row for row in told.rows if row.seq in turns], told, settings),
        course=known,
        counts=counts(known),
    )


async def of_time(request: Request) -> Response:
    """One time on the board, day by day, with the days before and after it."""
    who, now, placement = request.state.who, request.app.state.clock(), request.path_params["placement"]
    async with request.app.state.store.reading() as connection:
        known = placement.isprintable() and len(placement) <= LONGEST_ID
        id = await history.whose(connection, who.team, placement) if known else None
        client = await projections.client(connection, who.team, id) if id else None
        if client is None:
            raise Unknown("unknown_stay")
        told = await _story(connection, request, client)
    request.app.state.access.saw(who, "stay", [client.id])
    whole = course(told.facts, who.here.settings)
    time = whole.time(placement)
    if time is None:
        raise Unknown("unknown_stay")
    since, until = time.since - BEFORE, min(now, (time.ended or now) + AFTER)
    settings = who.here.settings
    shown = {mark.row.seq for mark in whole.between(since, until).marks}
    rows = [row for row in told.rows if row.placement == placement or row.seq in shown]
    place = [one.placement for one in whole.times].index(placement)
    return _page(
        request,
        "story/time.html",
        told,
        drawn=_pictures(
            request, told, whole, calendar.local_day(since, settings), calendar.local_day(until, settings), closely=True
        ),
        time=time,
        days_there=_days(time, now, who.here.settings),
        counts=_counted(whole, time, now),
        previous=whole.times[place - 1] if place else None,
        following=whole.times[place + 1] if place + 1 < len(whole.times) else None,
        place=place + 1,
        many=len(whole.times),
        days=_in_words(rows, told, settings),
    )


async def _story(connection: AsyncConnection, request: Request, client: Client) -> Story:
    who = request.state.who
    rows = [row for row in await history.about(connection, who.team, client.id) if row.kind != NoticeRead.kind]
    strangers = {row.actor for row in rows} - who.here.members.keys()
    labels = {} if who.masked else await labels_of(connection, who.team, [client])
    teller = Teller(request.state.language, who.here, labels, await accounts.names(connection, strangers))
    return Story(client, rows, [recorded(row) for row in rows if row.payload is not None], teller)


def _page(request: Request, template: str, told: Story, **context: Any) -> Response:
    return page(
        request,
        template,
        client=told.client,
        name=told.teller.client(told.client.id),
        label=told.teller.labels.get(told.client.id),
        **context,
    )


def _pictures(
    request: Request, told: Story, known: Course, first: date, last: date, *, closely: bool
) -> list[tuple[str, Picture]]:
    """The picture twice: for a desk or paper, and for a phone. The page shows the one for which there is room."""
    team = request.state.who.here
    words = words_for(team.settings, request.state.language)
    drawn = Drawn(told.teller, team, words, request.app.state.clock())
    given: Given = drawn.given(known, first, last, closely=closely)
    return [(name, draw(given, width, closely=closely)) for name, width in (("wide", WIDE), ("narrow", NARROW))]


def _in_words(rows: Sequence[Row], told: Story, settings: Any) -> list[tuple[date, list[Said]]]:
    undone = {fact.fact.seq for fact in told.facts if isinstance(fact.fact, Undone)}
    said = [Said(row.seq, instant_from_text(row.at), told.teller.tell_row(row), row.seq in undone) for row in rows]
    return [(day, list(of_day)) for day, of_day in groupby(said, lambda one: calendar.local_day(one.at, settings))]


def _counted(known: Course, time: TimeOnBoard, now: datetime) -> Any:
    return counts(known.between(time.since, time.ended or now))


def _days(time: TimeOnBoard, now: datetime, settings: Any) -> int:
    return calendar.days_between(time.since, time.ended or now, settings)


def _end(known: Course, now: datetime) -> datetime:
    """Now, or when the client left the team for good."""
    ends = [one.until for one in known.spans if one.kind.value == "enrolled"]
    last = ends[-1] if ends else None
    return last or now
