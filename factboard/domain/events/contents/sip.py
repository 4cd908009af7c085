"""SIP, the coordinated individual plan (HSL 16:4 and the social services act; domain page, section 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from factboard.domain.events.contents.fields import choice, day, known, line, lines, rows, text, tick, time_of_day
from factboard.domain.events.contents.kinds import Kind
from factboard.domain.events.contents.words import Principal


@dataclass(frozen=True, slots=True)
class SipIntervention:
    """What is done, which principal answers for it, and who there does it."""

    id: str = known()
    what: str = text(500)
    principal: Principal | None = choice()
    who: str = line()
    by: date | None = day()


@dataclass(frozen=True, slots=True)
class SipParty:
    """Somebody who is invited, comes, and gets a copy: of a principal, or somebody near the client."""

    id: str = known()
    name: str = line(personal=True)
    organisation: str = line()
    invited: date | None = day()
    came: bool = tick()
    copy_on: date | None = day()


@dataclass(frozen=True, slots=True)
class Sip:
    """In the order in which it comes about: consent, invitation, meeting, what was decided, how it is followed up."""

    document: Literal[Kind.SIP] = Kind.SIP
    consent_on: date | None = day()
    consent_to: str = line()  # what is told to whom
    needed_since: date | None = day()  # when somebody saw that it is needed
    wish: str = text()  # what is important to the client
    meeting_on: date | None = day()
    meeting_at: time | None = time_of_day()
    place: str = line()
    parties: tuple[SipParty, ...] = rows()
    goals: tuple[str, ...] = lines()
    interventions: tuple[SipIntervention, ...] = rows()
    responsible: str = line()  # who has the overall responsibility
    follow_up_on: date | None = day()
    follow_up_who: str = line()
    followed_up: str = text()
    ended_on: date | None = day()
