"""A client's whole story, and one time on the board: a picture, its numbers, and the same in words.

A long story is some hundred milliseconds of work: it is put together in a thread, and no screen waits for it.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar
from factboard.domain.course import Counts, Course, Kind, Lane, TimeOnBoard, counts, course
from factboard.domain.refusal import Unknown
from factboard.storage import history, projections
from factboard.web.labels import LONGEST_ID, this_client
from factboard.web.pages import page
from factboard.web.sight import STORY, eyes, require
from factboard.web.story.telling import Story, story_of

BEFORE, AFTER = timedelta(days=3), timedelta(days=8)  # shown around a time on the board: what led to it, the follow-up


async def of_client(request: Request) -> Response:
    """Everything, from the day on which they came to the team."""
    client = await this_client(request)
    request.app.state.access.saw(request.state.who, "story", [client.id])
    async with request.app.state.store.reading() as connection:
        story = await story_of(connection, request, client)
    return await asyncio.to_thread(_whole, request, story)


async def of_time(request: Request) -> Response:
    """One time on the board, day by day, with the days before and after it."""
    who, placement = request.state.who, request.path_params["placement"]
    async with request.app.state.store.reading() as connection:
        known = placement.isprintable() and len(placement) <= LONGEST_ID
        id = await history.whose(connection, who.team, placement) if known else None
        client = await projections.person(connection, who.team, id) if id else None
        if client is None:
            raise Unknown("unknown_stay")
        require(request, client, *STORY)
        client = eyes(request).see(client)
        story = await story_of(connection, request, client)
    request.app.state.access.saw(who, "stay", [client.id])
    return await asyncio.to_thread(_one, request, story, placement)


def _whole(request: Request, story: Story) -> Response:
    now, settings = request.app.state.clock(), request.state.who.here.settings
    known = course(story.facts, settings)
    begun = [one.since for one in known.times] + [one.since for one in known.spans]
    turns = {mark.row.seq for mark in known.marks if mark.lane is Lane.KEY} | {one.row.seq for one in known.spans}
    return _page(
        request,
        "story/client.html",
        story,
        drawn=story.pictures(request, known, min(begun, default=now), _end(known, now), closely=False),
        counts=counts(known),
        times=[(one, _counted(known, one, now)) for one in known.times],
        days=story.in_words([row for row in story.rows if row.seq in turns], settings),
    )


def _one(request: Request, story: Story, placement: str) -> Response:
    now, settings = request.app.state.clock(), request.state.who.here.settings
    known = course(story.facts, settings)
    time = known.time(placement)
    if time is None:  # undone as soon as it was written
        raise Unknown("unknown_stay")
    since, until = time.since - BEFORE, min(now, (time.ended or now) + AFTER)
    shown = {mark.row.seq for mark in known.between(since, until).marks}
    rows = [row for row in story.rows if row.placement == placement or row.seq in shown]
    place = known.times.index(time)
    return _page(
        request,
        "story/time.html",
        story,
        drawn=story.pictures(request, known, since, until, closely=True),
        time=time,
        days_there=calendar.days_between(time.since, time.ended or now, settings),
        counts=_counted(known, time, now),
        previous=known.times[place - 1] if place else None,
        following=known.times[place + 1] if place + 1 < len(known.times) else None,
        days=story.in_words(rows, settings),
    )


def _page(request: Request, template: str, story: Story, **context: Any) -> Response:
    client = story.client
    about: dict[str, Any] = {
        "client": client,
        "name": story.teller.client(client.id),
        "label": story.teller.labels.get(client.id),
    }
    return page(request, template, **about, **context)


def _counted(known: Course, time: TimeOnBoard, now: datetime) -> Counts:
    return counts(known.between(time.since, time.ended or now))


def _end(known: Course, now: datetime) -> datetime:
    """Now, or when the client left the team for good."""
    enrolled = [one for one in known.spans if one.kind is Kind.ENROLLED]
    return max((one.until or now for one in enrolled), default=now)
