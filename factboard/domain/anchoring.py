"""The case manager in the middle: whoever plans something for another's client says whether it is anchored with the
case manager, who is told and can answer.

It stops nobody: "it could not wait" is an answer too. A flag is never asked about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any

from factboard.domain import calendar, roster
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.events.contents import Kind
from factboard.domain.refusal import Conflict, Forbidden, Invalid
from factboard.domain.state import Anchoring, Client, Team
from factboard.domain.text import REASON, clean

Rule = Callable[..., list[e.Entry]]

PLANS = frozenset({Kind.CARE_PLAN, Kind.SOCIAL_PLAN, Kind.CRISIS_PLAN, Kind.RESOURCE_GROUP, Kind.SIP})
"""Documents that say what is to be done. Of the others, which tell what is or was, the case manager is told."""
FARTHEST = timedelta(days=60)  # a talk of what somebody has planned
SHOWN = timedelta(days=14)  # an answer, on the client's page


def asked(team: Team, client: Client, day: date) -> list[str]:
    """Who is asked, and told, on this local day: the case manager; while they are away, the substitute too.

    Nobody where neither sees clients in the team any more.
    """
    manager, substitute = (_in_team(team, user) for user in _pair(client))
    away = manager is None or not roster.present(team, manager, day)
    return [user for user in (manager, substitute if away else None) if user]


def answers(client: Client, user: str) -> bool:
    """May this person say whether it is anchored: are they the client's case manager, or the substitute?"""
    return user in _pair(client)


def asks(team: Team, client: Client, user: str, day: date) -> bool:
    """Is this person asked, before what they plan is saved? Not about their own clients."""
    return not answers(client, user) and bool(asked(team, client, day))


def asking(rule: Rule) -> Rule:
    """The rule, which wants to know of what it plans whether that is anchored.

    What comes late from a phone without a word of it asks the case manager: nobody can be asked any more. Of a document
    that plans nothing, they are told.
    """

    @wraps(rule)
    def decide(case: Case, *, anchored: e.Anchored | None = None, **what: Any) -> list[e.Entry]:
        entries = rule(case, **what)
        planned = _planned(case, entries)
        if planned is None:
            return entries
        if isinstance(planned, e.DocumentWritten) and planned.document not in PLANS:
            return _with(entries, planned, e.Anchored.TOLD)
        if anchored is None and case.late is None:
            raise Invalid("choose_one", "anchored")
        return _with(entries, planned, anchored or e.Anchored.ASKED)

    return decide


def telling(rule: Rule) -> Rule:
    """The rule of one touch, which asks nothing: the case manager is told."""

    @wraps(rule)
    def decide(case: Case, **what: Any) -> list[e.Entry]:
        entries = rule(case, **what)
        planned = _planned(case, entries)
        return _with(entries, planned, e.Anchored.TOLD) if planned else entries

    return decide


def answer(
    case: Case,
    *,
    of: int,
    answer: e.Answer,
    note: str = "",
    talk_day: date | None = None,
    talk_at: time | None = None,
) -> list[e.Entry]:
    """What the case manager says to what was planned in the fact `of`; the local day and time of a talk of it.

    An objection says why. Refused where the other of the two has answered meanwhile.
    """
    client = case.enrolled()
    if not answers(client, case.actor):
        raise Forbidden("not_theirs_to_answer")
    known = next((one for one in client.anchorings if one.seq == of), None)
    if known is None:
        raise Conflict("nothing_to_answer")
    if any(one.of == of for one in case.meanwhile(e.AnchoringAnswered)):
        raise Conflict("answered_meanwhile", by=known.answered_by)
    why = clean(note, "note", limit=REASON, required=answer is e.Answer.OBJECTS)
    talk = _talk(case, talk_day, talk_at) if answer is e.Answer.TALK else None
    return [case.about(e.AnchoringAnswered(of, known.kind, known.by, answer, why, talk, known.document))]


def shown(client: Client, now: datetime) -> list[Anchoring]:
    """What stands on the client's page: what waits, the oldest first; then two weeks' answers, the newest first."""
    waits = [one for one in client.anchorings if one.waits]
    recent = [one for one in client.anchorings if not one.waits and one.answered_at and now - one.answered_at <= SHOWN]
    return [*waits, *sorted(recent, key=lambda one: (one.answered_at, one.seq), reverse=True)]


def _talk(case: Case, day: date | None, at: time | None) -> datetime:
    if day is None:
        raise Invalid("required", "talk_day")
    if at is None:
        raise Invalid("required", "talk_at")
    if not case.today <= day <= case.today + FARTHEST:
        raise Invalid("day_out_of_range", "talk_day")
    return calendar.instant(day, at, case.team.settings)


def _planned(case: Case, entries: list[e.Entry]) -> e.Fact | None:
    """What is planned here for somebody else's client, the first where it brings other facts with it."""
    client = case.client
    planned = next((entry.fact for entry in entries if hasattr(entry.fact, "anchored")), None)
    if planned is None or client is None or not asks(case.team, client, case.actor, case.today):
        return None
    return planned


def _with(entries: list[e.Entry], planned: e.Fact, said: e.Anchored) -> list[e.Entry]:
    """The word on what is planned."""
    marked: e.Fact = replace(planned, anchored=said)  # type: ignore[type-var]
    return [replace(entry, fact=marked) if entry.fact is planned else entry for entry in entries]


def _pair(client: Client) -> tuple[str | None, str | None]:
    return client.details.case_manager, client.details.substitute


def _in_team(team: Team, user: str | None) -> str | None:
    member = team.members.get(user or "")
    return member.user if member and not member.left and member.role in roster.CLINICAL else None
