"""What is to come, or is late, by what is written about planned care: days on which somebody has something to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from factboard.domain import events as e
from factboard.domain.events.contents import (
    Advocacy,
    Content,
    Education,
    GroupMeeting,
    Kind,
    ResourceGroup,
    Sip,
    Supervision,
)


class Coming(StrEnum):
    """Late, once its day has passed: it stands until somebody has written what came of it."""

    GROUP_MEETING = "group_meeting"  # of the resource group
    CONSENT_ENDS = "consent_ends"  # of a member of the group: from the next day on they may be told nothing
    EDUCATION = "education"  # a session
    EDUCATION_FOLLOW_UP = "education_follow_up"
    REVIEW = "review"  # its own `review_by`: of one of a kind, and of an advocacy of which nothing has come yet
    SIP_START = "sip_start"  # a SIP is needed, and nobody has been called to a meeting
    SIP_MEETING = "sip_meeting"
    SIP_COPIES = "sip_copies"  # not everybody has a copy
    SIP_FOLLOW_UP = "sip_follow_up"
    SUPERVISION_BACK = "supervision_back"  # colleagues' ideas are taken back to the client


SIP_BEGINS = timedelta(days=7)  # "started without delay", the law says; the first contacts within days (domain page)
SIP_COPIED = timedelta(days=7)  # after the meeting


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
            return (*_without(known, ref), *_dated(content, ref), *_of_advocacy(row.fact))
        case e.DocumentWithdrawn(ref=ref):
            return _without(known, ref)
    return known


def _of_advocacy(fact: e.DocumentWritten) -> Iterator[Dated]:
    """Whoever spoke for the client sees by its day what has come of it, while nobody has written that."""
    if isinstance(fact.content, Advocacy) and fact.review_by and not fact.content.came_of_it:
        yield Dated(Coming.REVIEW, fact.review_by, fact.ref, fact.document, fact.content.spoke)


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
        case Sip(ended_on=None):
            yield from _of_sip(content, ref)
        case Supervision(brought_by=who, back_by=back_by, came_of_it=""):
            if back_by:
                yield Dated(Coming.SUPERVISION_BACK, back_by, ref, kind, who)


def _of_sip(sip: Sip, ref: str) -> Iterator[Dated]:
    held, called = any(one.came for one in sip.parties), any(one.invited for one in sip.parties)
    begins = sip.needed_since or sip.consent_on
    if not held and sip.meeting_on:
        yield Dated(Coming.SIP_MEETING, sip.meeting_on, ref, sip.document)
    elif not held and not called and begins:
        yield Dated(Coming.SIP_START, begins + SIP_BEGINS, ref, sip.document)
    if held and sip.meeting_on and any(one.copy_on is None for one in sip.parties):
        yield Dated(Coming.SIP_COPIES, sip.meeting_on + SIP_COPIED, ref, sip.document)
    if sip.follow_up_on:
        yield Dated(Coming.SIP_FOLLOW_UP, sip.follow_up_on, ref, sip.document)
