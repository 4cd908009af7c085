"""What one fact changed: a client, or the team, before it and after it, side by side.

Each change has the name of what changed; the values are the domain's own and are put into words where they are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from factboard.domain import events as e
from factboard.domain.state import Client, Stay, Team

INSIDE = (e.Told, e.Policy)  # told by their own fields
SEVERAL = ("visits", "legal", "actions", "alarms", "tips")  # of these, only those that changed are told
OF_THE_TEAM = ("categories", "members", "absences", "screens", "care_models")  # kept by their ids


@dataclass(frozen=True, slots=True)
class Change:
    """`of` is what it is a change of, where the team has several: a category, a member, a screen."""

    name: str
    before: Any
    after: Any
    of: Any = None


def of_client(before: Client | None, after: Client | None) -> list[Change]:
    """What is otherwise about the client, in the order in which it is read."""
    return list(_differing(_client(before), _client(after)))


def of_team(before: Team | None, after: Team | None) -> list[Change]:
    """What is otherwise about the team: how it works, its categories and people, who is here, its screens."""
    found = list(_differing(_fields(before and before.settings), _fields(after and after.settings)))
    for name in OF_THE_TEAM:
        one, other = (getattr(team, name) if team else {} for team in (before, after))
        for key in dict.fromkeys([*one, *other]):
            if one.get(key) != other.get(key):
                of = other.get(key) or one.get(key)
                found += _differing(_fields(one.get(key)), _fields(other.get(key)), of)
    return found + list(_differing(_day(before), _day(after)))


def _differing(before: Mapping[str, Any], after: Mapping[str, Any], of: Any = None) -> Iterator[Change]:
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        if name in SEVERAL:
            one, other = _without(one, other), _without(other, one)
        if one != other and (one or other):
            yield Change(name, one, other, of)


def _without(some: Any, others: Any) -> tuple[Any, ...]:
    return tuple(one for one in some or () if one not in (others or ()))


def _fields(thing: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for known in fields(thing) if thing is not None else ():
        value = getattr(thing, known.name)
        found |= _fields(value) if isinstance(value, INSIDE) else {known.name: value}
    return found


def _day(team: Team | None) -> dict[str, Any]:
    """What holds for a while."""
    if team is None:
        return {}
    duty = {f"duty {day.isoformat()}": user for day, user in team.duty.items()}
    sharing = {"employer": team.employer, "sharing": team.sharing if team.employer else None}
    paused = team.paused.why if team.paused else None
    return duty | sharing | {"care_model": team.care_model, "blank": team.blank, "paused": paused}


def _client(client: Client | None) -> dict[str, Any]:
    if client is None:
        return {}
    plan, contact = client.planned, client.contacts[-1] if client.contacts else None
    actions = client.stay.actions if client.stay else client.actions_left
    return {
        "enrolled": client.enrolled,
        **_stay(client.stay),
        "actions": tuple(one.task or one.text for one in actions if not one.done_by),
        "contact": contact.kind if contact else None,
        "contact_at": contact.happened_at if contact else None,
        "visits": client.visits,
        "crisis_plan": client.crisis_plan.on if client.crisis_plan else None,
        "ward": client.admission.ward if client.admission else None,
        "expected": client.admission.expected if client.admission else None,
        "discharged": client.discharged,
        "legal": client.legal,
        "who": plan.who if plan else None,
        "every_days": plan.every_days if plan else None,
        "next": plan.next if plan else None,
        "model": client.model,
        "follow_up": client.follow_up.due if client.follow_up else None,
        "follow_up_done": client.follow_up.done if client.follow_up else None,
        "discussed": client.discussed,
        "passed_over": client.passed_over,
        "tips": tuple(one.text for one in client.tips),
        "shared_with": tuple(one.employer for one in client.shared.consents.values()),
        "locked": tuple(dict.fromkeys(part for lock in client.shared.locks for part in lock.parts)),
        **_fields(client.details),
    }


def _stay(stay: Stay | None) -> dict[str, Any]:
    """A time on the board, as far as somebody asks what changed in it."""
    if stay is None:
        return {}
    rating = stay.ratings[-1] if stay.ratings else None
    return {
        "since": stay.since,
        "category": stay.category,
        "reason": stay.reason,
        "warning_signs": stay.warning_signs,
        "needed": stay.needed,
        "informed": stay.informed,
        "source": stay.source,
        "review_by": stay.review_by,
        "taken_by": stay.taken_by,
        "rating": rating.rating if rating else None,
        "rated_at": rating.happened_at if rating else None,
        "kept": stay.kept.until if stay.kept else None,
        "kept_because": stay.kept.reason if stay.kept else None,
        "holds": stay.holds,
        "announced": stay.announced.at if stay.announced else None,
        "planned": stay.announced.planned if stay.announced else None,
        "due": stay.announced.due if stay.announced else None,
        "told": stay.announced.informed if stay.announced else None,
        "view": stay.said.view if stay.said else None,
        "objects": stay.objects,
        "alarms": tuple(stay.told),
    }
