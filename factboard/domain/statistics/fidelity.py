"""The items of DACTS, the parent scale of assertive community treatment, that the history can answer.

FACT has scales of its own, whose anchors were not read: these are held beside the team's own rules, never instead.
What the scale asks that is not written down here stands in `definitions.NOT_COMPUTED`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from factboard.domain import events as e
from factboard.domain.roster import CLINICAL
from factboard.domain.statistics import contacts, meetings, numbers
from factboard.domain.statistics.definitions import BANDS
from factboard.domain.statistics.episodes import InTeam
from factboard.domain.statistics.keys import Key, Kind
from factboard.domain.statistics.material import Material
from factboard.domain.statistics.shapes import Behind, Figure, Number
from factboard.domain.statistics.speed import IN_PERSON

FULL_TIME = 5  # working days a week
COMMUNITY = (e.ContactKind.HOME, e.ContactKind.STREET)
OFFICE = (*COMMUNITY, e.ContactKind.OFFICE)  # what the community is held against: a ward is neither
DROPPED = (e.EndReason.MOVED, e.EndReason.OTHER)  # nothing says that somebody who moved was handed over
WEEK = 7


def _scored(figure: Figure) -> Figure:
    value = figure.value.value if isinstance(figure.value, Number) else None
    return replace(figure, score=BANDS[figure.key].score(value) if value is not None else None)


def _figure(key: Key, part: int | Fraction, whole: int | Fraction, behind: tuple[Behind, ...] = ()) -> Figure:
    return _scored(Figure(key, Number(numbers.ratio(part, whole), Fraction(part), Fraction(whole)), behind))


def clients_a_staff(m: Material) -> Figure:
    """H1, small caseload: clients for each full-time post, when the period ended.

    Formula: clients in the team's care / posts; five working days a week are one post, of clinicians and leads.
    """
    there = [one for one in m.caseload if m.goes_on(one)]
    days = sum(_days(one, m.until) for one in m.in_team if m.goes_on(one))
    clients = tuple(Behind(Kind.CLIENT, one.client, one.client, one.began, one.ended) for one in there)
    return _figure(Key.DACTS_H1, len(there), Fraction(days, FULL_TIME), clients)


def _days(one: InTeam, at: datetime) -> int:
    """The working days a week that somebody's post had then; none for who sees no clients."""
    post = next((post for post in reversed(one.posts) if post.since < at), one.posts[0])
    return post.days if post.role in CLINICAL else 0


def team_approach(m: Material) -> Figure:
    """H2, team approach: the share met in person by more than one of the team in two weeks. For a FACT team, of the
    clients on the board: see `contacts.seen_by_two`.
    """
    return _scored(replace(contacts.seen_by_two(m), key=Key.DACTS_H2))


def programme_meeting(m: Material) -> Figure:
    """H3, programme meeting: days a week with a meeting held. Five points take four days a week and that each client
    on the board came up each time; else there are four at most.

    Formula: local days with a meeting held / days of the period x 7; no value for less than a week.
    """
    many, spent = meetings.held(m), m.days(m.begins, m.until)
    days = len({m.day(one.began) for one in many}) if spent >= WEEK else 0
    shown = tuple(Behind(Kind.MEETING, one.id, "", one.began, one.ended) for one in many)
    found = _figure(Key.DACTS_H3, days, Fraction(spent if spent >= WEEK else 0, WEEK), shown)
    whole = not any(one.not_discussed for one in many)
    return replace(found, score=found.score if whole or found.score is None else min(found.score, 4))


def turnover(m: Material) -> Figure:
    """H5, continuity of staff: how many left in the two years before the period's end, of how many there are.

    Formula: clinicians and leads whose time in the team ended in the two years / the mean of how many there were at
    their beginning and end. No value where the team's history is shorter.
    """
    since = _years_before(m, 2)
    if since is None:
        return replace(_figure(Key.DACTS_H5, 0, 0), too_short=True)
    staff = [one for one in m.in_team if one.posts[-1].role in CLINICAL]
    left = sum(one.ended is not None and since <= one.ended < m.until for one in staff)
    before = sum(one.began < since and (one.ended is None or one.ended >= since) for one in staff)
    return _figure(Key.DACTS_H5, left, Fraction(before + sum(map(m.goes_on, staff)), 2))


def in_community(m: Material) -> Figure:
    """S1, services in the community: of the contacts in person, how many were at the client's home or elsewhere.

    Formula: contacts at home or elsewhere / those and the ones at the office, in the period. A ward is neither.
    """
    part = whole = 0
    found = []
    for client, made in m.made.items():
        here = [one.contact.kind for one in made if one.contact.kind in OFFICE]
        out = sum(kind in COMMUNITY for kind in here)
        part, whole = part + out, whole + len(here)
        if here:
            found.append(Behind(Kind.CLIENT, client, client, value=numbers.ratio(out, len(here)), counts=out > 0))
    return _figure(Key.DACTS_S1, part, whole, tuple(found))


def retention(m: Material) -> Figure:
    """S2, nobody is dropped: of the clients in the team's care twelve months before the period's end, how many the team
    has not lost.

    Formula: clients who were in care then, less those whose care ended meanwhile because they moved or for another
    reason and who did not come back / clients who were in care then. Who died, completed their treatment or went over
    to another team is not lost. No value where the team's history is shorter.
    """
    since = _years_before(m, 1)
    if since is None:
        return replace(_figure(Key.DACTS_S2, 0, 0), too_short=True)
    there = {one.client: one for one in m.caseload if one.began < since and (one.ended is None or one.ended >= since)}
    back = {one.client for one in m.caseload if m.goes_on(one)}
    lost = {
        client
        for client, one in there.items()
        if one.ended and one.ended < m.until and one.reason in DROPPED and client not in back
    }
    clients = tuple(
        Behind(Kind.CLIENT, client, client, one.began, one.ended, counts=client not in lost)
        for client, one in there.items()
    )
    return _figure(Key.DACTS_S2, len(there) - len(lost), len(there), clients)


def contacts_a_week(m: Material) -> Figure:
    """S5, frequency of contact: contacts in person a week, of all clients in the team's care.

    Formula: contacts in person / days in care of all clients x 7, in the period.
    """
    made = {
        client: sum(one.contact.kind in IN_PERSON for one in m.made.get(client, ())) for client in contacts.cared_for(m)
    }
    clients = tuple(Behind(Kind.CLIENT, client, client, value=Fraction(many)) for client, many in made.items())
    return _figure(Key.DACTS_S5, sum(made.values()), Fraction(contacts.days_in_care(m), WEEK), clients)


def _years_before(m: Material, years: int) -> datetime | None:
    """The local midnight so many years before the period's end (UTC); None where nothing is known of then."""
    last = m.day(m.until)
    day = last.replace(year=last.year - years, day=28 if (last.month, last.day) == (2, 29) else last.day)
    since = m.midnight(day)
    return since if m.known_since and m.known_since <= since else None
