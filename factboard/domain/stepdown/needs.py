"""What the rule of step-down asks of a client, each by itself: is it so, how far is it, and who could do it.

A pure function of the client's facts of this time on the board, the category's policy, the team's calendar and the
moment (design 5). Nobody is judged here: it is counted what people have seen, said and planned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from factboard.domain import calendar, planned_care, signs
from factboard.domain import events as e
from factboard.domain.events import Blocker, Need
from factboard.domain.roster import CLINICAL, present
from factboard.domain.state import Client, Contact, Rating, Stay, Team
from factboard.domain.state.ratings import EVIDENCE as EVIDENCE
from factboard.domain.state.ratings import LATE as LATE

RULE = 1  # the version of this rule, which each automatic fact names: raise it with every change of its meaning
AT_HOME = 14  # local days since the discharge
FRESH = 3  # working days that the newest stable rating may be old when the client returns


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the rule asks. `have` of `of`; `day` is until or since when it is not so (a local day); `who` has
    done it so far, `could` do what is missing.
    """

    need: Need
    met: bool
    have: int = 0
    of: int = 0
    day: date | None = None
    who: tuple[str, ...] = ()
    could: tuple[str, ...] = ()


def findings(team: Team, client: Client, stay: Stay, now: datetime) -> tuple[Finding, ...]:
    """All that the category's policy asks, in the order in which one would mend it."""
    return tuple(asked(team, client, stay, now))


def asked(team: Team, client: Client, stay: Stay, now: datetime) -> Iterator[Finding]:
    """The findings one by one, for whoever stops at the first that is not met."""
    category = team.categories[stay.category]
    today = calendar.local_day(now, team.settings)
    yield Finding(Need.BY_ITSELF, category.policy.mode is not e.Mode.BY_HAND)
    yield Finding(Need.AT_HOME, client.admission is None, day=client.admission.expected if client.admission else None)
    yield _settled(client, today)
    yield _kept(stay, today)
    here = _here(team, today)
    yield from _evidence(team, client, stay, category.policy, now, here)
    yield _contacts(team, client, stay, category, now, here)
    yield from _blockers(team, client, stay, category.policy, today)


def evidence_begins(team: Team, client: Client, stay: Stay) -> datetime:
    """From when on a rating can be evidence: this time on the board, its category, its newest flag, the discharge.

    A new worry begins it anew like a rating "worse": what was seen before it says nothing of it.
    """
    begins = [stay.since, stay.flagged_at, *([stay.category_since] if stay.category_since else [])]
    if client.discharged:
        begins.append(calendar.midnight_after(client.discharged, team.settings))
    return max(begins)


def stable(team: Team, client: Client, stay: Stay, now: datetime) -> tuple[Rating, ...]:
    """The ratings that are evidence: at usual level, seen or spoken with, written down in time, and nothing "worse"
    since the first of them. Oldest first.
    """
    begins = evidence_begins(team, client, stay)
    worse = (one.happened_at for one in stay.ratings if one.rating is e.Rating.WORSE)  # ahead of a clock set back too
    last_worse = max(worse, default=calendar.FIRST)
    return tuple(
        one
        for one in stay.ratings
        if one.rating is e.Rating.USUAL
        and one.basis in EVIDENCE
        and one.recorded_at - one.happened_at <= LATE
        and begins <= one.happened_at <= now
        and one.happened_at > last_worse
    )


def counted_contacts(team: Team, client: Client, now: datetime) -> tuple[Contact, ...]:
    """Contacts of the last seven days that were written down in time."""
    begins = signs.week_begins(now, team.settings)
    return tuple(
        one
        for one in signs.contacts(client)
        if begins <= one.happened_at <= now and one.recorded_at - one.happened_at <= LATE
    )


def judged_from(stay: Stay) -> datetime:
    """From when on the contacts of a week are judged: not in the first seven days."""
    return signs.known_since(stay) + signs.WEEK


def is_fresh(team: Team, client: Client, stay: Stay, now: datetime) -> bool:
    """Is the newest stable rating at most three working days old?"""
    found = stable(team, client, stay, now)
    return bool(found) and _age(team, found[-1], now) <= FRESH


def versions(team: Team, client: Client | None, software: str) -> e.Versions:
    """By what an automatic fact about this client, or about the team, is written."""
    last = client.past[-1:] if client else ()
    category = client.stay.category if client and client.stay else last[0].category if last else ""
    return e.Versions(RULE, team.policies.get(category, 0), software)


def grounds(team: Team, client: Client, stay: Stay, now: datetime, software: str) -> e.Grounds:
    """What an automatic fact about this client rests on at this moment."""
    return e.Grounds(
        rule=RULE,
        policy=team.policies.get(stay.category, 0),
        software=software,
        ratings=tuple(
            e.Evidence(one.seq, one.by, one.happened_at, one.basis) for one in stable(team, client, stay, now)
        ),
        contacts=tuple(one.seq for one in counted_contacts(team, client, now)),
    )


def _age(team: Team, rating: Rating, now: datetime) -> int:
    first, last = (calendar.local_day(at, team.settings) for at in (rating.happened_at, now))
    return calendar.working_days(first, last, team.settings)


def _settled(client: Client, today: date) -> Finding:
    if client.discharged is None:
        return Finding(Need.SETTLED, met=True, of=AT_HOME)
    days = (today - client.discharged).days
    until = client.discharged + timedelta(days=AT_HOME)
    return Finding(Need.SETTLED, days >= AT_HOME, have=min(days, AT_HOME), of=AT_HOME, day=until)


def _kept(stay: Stay, today: date) -> Finding:
    kept = stay.kept
    is_kept = kept is not None and today <= kept.until
    return Finding(Need.NOT_KEPT, not is_kept, day=kept.until if kept and is_kept else None)


def _evidence(
    team: Team, client: Client, stay: Stay, policy: e.Policy, now: datetime, here: tuple[str, ...]
) -> Iterator[Finding]:
    found = stable(team, client, stay, now)
    raters = tuple(dict.fromkeys(one.by for one in found))
    days = calendar.days_between(found[0].happened_at, found[-1].happened_at, team.settings) if found else 0
    others = tuple(user for user in here if user not in raters)
    short = len(raters) < policy.raters
    yield Finding(
        Need.RATINGS,
        len(found) >= policy.stable_ratings,
        have=len(found),
        of=policy.stable_ratings,
        who=raters,
        could=others if short else here,
    )
    yield Finding(Need.RATERS, not short, have=len(raters), of=policy.raters, who=raters, could=others)
    yield Finding(Need.DAYS, days >= policy.stable_days, have=days, of=policy.stable_days, could=here)


def _contacts(
    team: Team, client: Client, stay: Stay, category: e.Category, now: datetime, here: tuple[str, ...]
) -> Finding:
    have, of = len(counted_contacts(team, client, now)), category.contacts_a_week
    judged = judged_from(stay) <= now
    return Finding(Need.CONTACTS, have >= of or not judged, have=have, of=of, could=here)


def _blockers(team: Team, client: Client, stay: Stay, policy: e.Policy, today: date) -> Iterator[Finding]:
    settings = team.settings
    answers = planned_care.coordinator(team, client, today)
    manager = (answers,) if answers else ()
    urgent = [one for one in stay.actions if one.urgent and one.done_by is None]
    owners = tuple(dict.fromkeys(one.owner for one in urgent if one.owner))
    began = calendar.local_day(stay.since, settings)
    reviewed = client.crisis_plan is not None and client.crisis_plan.on >= began
    plan = planned_care.upcoming(client, settings, today)
    planned = plan is not None and plan.day >= today and _sees_clients(team, plan.who)
    found = {
        Blocker.LEGAL: Finding(Need.LEGAL, not client.legal, have=len(client.legal)),
        Blocker.URGENT: Finding(Need.URGENT, not urgent, have=len(urgent), could=owners or manager),
        Blocker.CRISIS_PLAN: Finding(Need.CRISIS_PLAN, reviewed, could=manager),
        Blocker.CASE_MANAGER: Finding(Need.CASE_MANAGER, answers is not None, who=manager),
        Blocker.NEXT_CONTACT: Finding(Need.NEXT_CONTACT, planned, day=plan.day if plan else None, could=manager),
    }
    return (finding for blocker, finding in found.items() if blocker in policy.blockers)


def _sees_clients(team: Team, user: str) -> bool:
    member = team.members.get(user)
    return member is not None and not member.left and member.role in CLINICAL


def _here(team: Team, today: date) -> tuple[str, ...]:
    """Who could meet the client: by name, whoever is not away."""
    here = [one for one in team.members.values() if present(team, one.user, today)]
    return tuple(one.user for one in sorted(here, key=lambda one: (one.name, one.user)))


def times_of_loss(team: Team, client: Client, stay: Stay) -> list[datetime]:
    """The instants (UTC) at which a need that is met may cease to be so by time alone, in order."""
    settings, known = team.settings, client.details
    days = {calendar.local_day(one.happened_at, settings) for one in client.contacts}
    found = {judged_from(stay), *(calendar.midnight_after(day + signs.WEEK, settings) for day in days)}
    planned = planned_care.next_of_each(client, settings)
    found |= {calendar.midnight_after(one.day, settings) for one in planned}
    answers = {known.case_manager, known.substitute}
    away = (one.first for one in team.absences.values() if one.user in answers)
    found |= {calendar.instant(day, time(0), settings) for day in away}
    return sorted(found)
