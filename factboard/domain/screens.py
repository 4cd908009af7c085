"""Wall screens: paired by a lead, named, set to what they may show, revoked; and all of them blanked at once.

Anybody in the team may blank the walls, and a wall may blank itself and the others; only a person shows them again,
because whoever stands at the door may press a key too.
"""

from __future__ import annotations

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Invalid, Unknown
from factboard.domain.state import Screen
from factboard.domain.text import clean, folded

LONGEST_NAME = 60
MOST = 40  # screens of one team


def pair_screen(case: Case, *, screen: str, name: str, naming: e.Naming, outside: e.OutsideMeeting) -> list[e.Entry]:
    """A device becomes this team's wall screen `screen`."""
    if len(_in_use(case)) >= MOST:
        raise Invalid("too_many", "name", limit=MOST)
    return [e.Entry(e.ScreenPaired(screen, _name(case, name, screen), naming, outside))]


def change_screen(case: Case, *, screen: str, name: str, naming: e.Naming, outside: e.OutsideMeeting) -> list[e.Entry]:
    """Another name, another way to name clients, something else outside the meeting."""
    known = _known(case, screen)
    called = _name(case, name, screen)
    if (called, naming, outside) == (known.name, known.naming, known.outside):
        return []
    return [e.Entry(e.ScreenChanged(screen, called, naming, outside))]


def revoke_screen(case: Case, *, screen: str) -> list[e.Entry]:
    """It shows this team's wall no more."""
    known = _known(case, screen)
    return [e.Entry(e.ScreenRevoked(screen, known.name))]


def blank_walls(case: Case) -> list[e.Entry]:
    """Every wall is blank, until somebody says otherwise. Blank already, it is no fact."""
    return [] if case.team.blank else [e.Entry(e.WallsBlanked())]


def show_walls(case: Case) -> list[e.Entry]:
    """The walls show again what they are set to."""
    return [e.Entry(e.WallsShown())] if case.team.blank else []


def _in_use(case: Case) -> list[Screen]:
    return [one for one in case.team.screens.values() if not one.revoked]


def _known(case: Case, screen: str) -> Screen:
    known = case.team.screens.get(screen)
    if known is None:
        raise Unknown("unknown_screen")
    if known.revoked:
        raise Conflict("screen_is_revoked")
    return known


def _name(case: Case, name: str, screen: str) -> str:
    """Its name; no two screens of the team share one, or nobody could tell which to revoke."""
    called = clean(name, "name", limit=LONGEST_NAME, required=True)
    if any(one.id != screen and folded(one.name) == folded(called) for one in _in_use(case)):
        raise Invalid("screen_name_taken", "name")
    return called
