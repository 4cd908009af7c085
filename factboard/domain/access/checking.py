"""The rules by which a routine check draws looks: what is seldom needed for one's work, and what nobody wants to find.

HSLF-FS 2016:40 ch. 4 s. 9 asks for systematic and recurring checks of the log, and the supervising authority for a
written routine that draws by system and by chance (domain page, section 8). A look that is drawn is a question, never
an accusation: most have their reason. Each rule is a function of a look and of what was so then.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from factboard.domain import calendar, roster
from factboard.domain.access.known import Known, of_the_whole_team
from factboard.domain.access.looks import EXPORTS, Look
from factboard.domain.events import Because, Member
from factboard.domain.people import full_name
from factboard.domain.text import folded

OPENED = 3  # a look at so few is a look at somebody, not at a list
MANY, WITHIN = 12, timedelta(minutes=10)  # so many people opened one by one in so short a time: ours, not a source's
EARLY, LATE = timedelta(hours=1), timedelta(hours=2)  # around the team's working hours: still an ordinary day

Rule = Callable[[Look, Known], bool]


def opened(look: Look) -> bool:
    """Is it a look at one or a few, and not at a list on which everybody stands?"""
    return 0 < len(look.clients) <= OPENED


def not_own(look: Look, known: Known) -> bool:
    """A clinician opened somebody whom only the case manager has to do with, without anything done for them by the
    one who looked, two weeks before or after.
    """
    return opened(look) and known.clinical(look.actor) and any(_stranger(look, one, known) for one in look.clients)


def _stranger(look: Look, id: str, known: Known) -> bool:
    client = known.client(id, look.at)
    if client is None or not client.enrolled or of_the_whole_team(client):
        return False
    own = look.actor in (client.details.case_manager, client.details.substitute)
    return not own and not known.acted(look.actor, id, look.at)


def same_surname(look: Look, known: Known) -> bool:
    """Opened somebody with the same surname: perhaps a relative."""
    own = _names(known.team.members[look.actor])[1:] if look.actor in known.team.members else []
    states = (known.client(one, look.at) for one in look.clients) if opened(look) else ()
    return any(set(own) & set(folded(one.details.surname).replace("-", " ").split()) for one in states if one)


def colleague(look: Look, known: Known) -> bool:
    """Opened somebody who has the same name as one of the staff, or as the reader: perhaps a colleague, or oneself."""
    staff = {folded(one.name) for one in known.team.members.values()}
    states = (known.client(one, look.at) for one in look.clients) if opened(look) else ()
    return any(folded(full_name(one.details)) in staff for one in states if one)


def protected(look: Look, known: Known) -> bool:
    """Opened a protected identity, or had one shown."""
    states = [known.client(one, look.at) for one in look.clients] if opened(look) else []
    return look.action == "revealed" or any(one.details.protected for one in states if one)


def ended(look: Look, known: Known) -> bool:
    """Opened somebody who had left the team's care."""
    states = [known.client(one, look.at) for one in look.clients] if opened(look) else []
    return any(not one.enrolled for one in states if one)


def odd_hours(look: Look, known: Known) -> bool:
    """Looked outside the team's working hours, and was not on duty."""
    settings, day = known.team.settings, known.day(look.at)
    duty = roster.on_duty(known.team, day)
    if (duty and duty.user == look.actor) or not look.clients:
        return False
    begins, ends = (calendar.instant(day, at, settings) for at in (settings.day_begins, settings.day_ends))
    return not calendar.is_working_day(day, settings) or not begins - EARLY <= look.at < ends + LATE


def taken_out(look: Look, _: Known) -> bool:
    """Took something out on paper or as a file."""
    return look.action in EXPORTS


RULES: Mapping[Because, Rule] = {
    Because.NOT_OWN: not_own,
    Because.SURNAME: same_surname,
    Because.COLLEAGUE: colleague,
    Because.PROTECTED: protected,
    Because.ENDED: ended,
    Because.ODD_HOURS: odd_hours,
    Because.TAKEN_OUT: taken_out,
}


def many(looks: Iterable[Look]) -> set[int]:
    """The looks by which somebody had opened too many different people in a short time, one for each such run.

    `looks` are in order of time.
    """
    found, recent = set[int](), dict[str, deque[tuple[datetime, str]]]()
    for look in looks:
        if not opened(look):
            continue
        run = recent.setdefault(look.actor, deque())
        run.extend((look.at, one) for one in look.clients)
        while run and look.at - run[0][0] > WITHIN:
            run.popleft()
        if len({one for _, one in run}) >= MANY:
            found.add(look.id)
            run.clear()
    return found


def _names(member: Member) -> list[str]:
    return folded(member.name).replace("-", " ").split()
