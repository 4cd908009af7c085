"""SIP, the coordinated individual plan (HSL 16:4 and the social services act; domain page, section 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from factboard.domain.events.contents.fields import choice, day, known, line, lines, rows, text, tick
from factboard.domain.events.contents.kinds import Kind
from factboard.domain.events.contents.words import Principal


@dataclass(frozen=True, slots=True)
class SipIntervention:
    id: str = known()
    what: str = text(500)
    principal: Principal | None = choice()
    who: str = line()
    by: date | None = day()


@dataclass(frozen=True, slots=True)
class SipParty:
    """Somebody who is invited, comes, and gets a copy."""

    id: str = known()
    name: str = line(personal=True)
    organisation: str = line()
    invited: date | None = day()
    came: bool = tick()
    copy_on: date | None = day()


@dataclass(frozen=True, slots=True)
class Sip:
    document: Literal[Kind.SIP] = Kind.SIP
    consent_on: date | None = day()
    consent_to: str = line()
    wish: str = text()  # what is important to the client
    needed_since: date | None = day()
    meeting_on: date | None = day()
    place: str = line()
    goals: tuple[str, ...] = lines()
    interventions: tuple[SipIntervention, ...] = rows()
    responsible: str = line()  # who has the overall responsibility
    parties: tuple[SipParty, ...] = rows()
    follow_up_on: date | None = day()
    follow_up_who: str = line()
    ended_on: date | None = day()
