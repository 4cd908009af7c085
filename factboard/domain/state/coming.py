"""What is to come, or is late, by what is written about planned care: days on which somebody has something to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from factboard.domain import events as e
from factboard.domain.events.contents import Content, Education, GroupMeeting, Kind, ResourceGroup


class Coming(StrEnum):
    """Late, once its day has passed: it stands until somebody has written what came of it."""

    GROUP_MEETING = "group_meeting"  # of the resource group
    CONSENT_ENDS = "consent_ends"  # of a member of the group: from the next day on they may be told nothing
    EDUCATION = "education"  # a session
    EDUCATION_FOLLOW_UP = "education_follow_up"
    REVIEW = "review"  # of a document of which there is one: its own `review_by`


@dataclass(frozen=True, slots=True)
class Dated:
    """On this local day, by the document `ref`. `who` is the colleague whose it is; empty: the case manager's."""

    what: Coming
    day: date
    ref: str
    kind: Kind
    who: str = ""


def coming(known: tuple[Dated, ...], row: e.Recorded) -> tuple[Dated, ...]:
    """The days after one more fact: those of a document are the ones that its newest version names."""
    match row.fact:
        case e.DocumentWritten(ref=ref, content=content):
            return (*_without(known, ref), *_dated(content, ref))
        case e.DocumentWithdrawn(ref=ref):
            return _without(known, ref)
    return known


def _without(known: tuple[Dated, ...], ref: str) -> tuple[Dated, ...]:
    return tuple(one for one in known if one.ref != ref)


def _dated(content: Content, ref: str) -> Iterator[Dated]:
    kind = content.document
    match content:
        case ResourceGroup(members=members):
            ends = {one.consent_until for one in members if one.consent_until and one.last is None}
            yield from (Dated(Coming.CONSENT_ENDS, day, ref, kind) for day in sorted(ends))
        case GroupMeeting(on=on, people=people, decided=decided):
            if on and not decided and not any(one.came for one in people):
                yield Dated(Coming.GROUP_MEETING, on, ref, kind)
        case Education(on=on, led_by=led_by, practised=practised, follow_up=follow_up, followed_up=done):
            if on and not practised:
                yield Dated(Coming.EDUCATION, on, ref, kind, led_by)
            if follow_up and not done:
                yield Dated(Coming.EDUCATION_FOLLOW_UP, follow_up, ref, kind, led_by)
