"""The gate: which parts of a client a reader sees today. Everything that shows a client asks here, and nowhere else.

A team that has not said whose its records are (`Team.employer`) has one employer: nothing is hidden. From then on staff
of that employer see everything but what is locked for them; staff of others what the client has agreed to, less what is
locked. An auditor reads by the audit's own right, behind codes and reasons of its own (`domain/masking`).
"""

from __future__ import annotations

from datetime import date, datetime

from factboard.domain import calendar
from factboard.domain.consent.parts import EVERYTHING
from factboard.domain.consent.readers import Reader, of_others, reader_of
from factboard.domain.events import LockedFor, Part, Role, Sharing
from factboard.domain.state import Client, Lock, Team
from factboard.domain.text import folded

NOTHING: frozenset[str] = frozenset()


def sees(reader: Reader, client: Client, team: Team, today: date) -> frozenset[str]:
    """The parts of this client that the reader may see on the local day `today`. Without `Part.IDENTITY`, none."""
    if not team.employer or reader.role is Role.AUDITOR:
        return EVERYTHING
    others, opened = of_others(reader.employer, team), client.id in reader.opened
    if opened and (not others or team.sharing is Sharing.EMERGENCY):
        return EVERYTHING
    parts = _agreed(reader, client, team, today) if others else EVERYTHING
    for lock in client.shared.locks:
        if holds_for(lock, reader, others=others):
            parts = parts - set(lock.parts)
    return parts if Part.IDENTITY in parts else NOTHING


def in_force(client: Client, employer: str, today: date) -> bool:
    """Does what the client agreed to towards this employer hold today?"""
    consent = client.shared.consents.get(folded(employer))
    return consent is not None and (consent.until is None or today <= consent.until)


def holds_for(lock: Lock, reader: Reader, *, others: bool) -> bool:
    """Does this lock keep the reader out? `others`: they are of another employer than the team's."""
    if lock.locked_for is LockedFor.OTHERS:
        return others
    return reader.user not in lock.named


def told_of(team: Team, client: Client, user: str, at: datetime) -> bool:
    """May this person be told what happens around the client (at `at`, UTC)?"""
    return Part.BOARD in sees(reader_of(team, user), client, team, calendar.local_day(at, team.settings))


def _agreed(reader: Reader, client: Client, team: Team, today: date) -> frozenset[str]:
    if team.sharing is Sharing.CLOSED or not in_force(client, reader.employer, today):
        return NOTHING
    return EVERYTHING & {*client.shared.consents[folded(reader.employer)].parts}
