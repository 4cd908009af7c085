"""What another policy, or other numbers, of a category would do to today's board, asked before it is saved.

Nothing of the rule stands here: it is asked twice, of the team as it is and of the team as it would be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from factboard.domain import events as e
from factboard.domain import louder
from factboard.domain.events import Need
from factboard.domain.louder import Alarm
from factboard.domain.state import Client, Team
from factboard.domain.stepdown.falling import called_off
from factboard.domain.stepdown.standing import Standing, State, standing

COMING = (State.ANNOUNCED, State.RETURNING)


@dataclass(frozen=True, slots=True)
class Effect:
    """What would change for one client at this moment.

    `called_off` is what an announced return would be called off for. `louder` are the alarms that would begin, or
    reach the lead, `quieter` those that would end.
    """

    client: Client
    before: Standing
    after: Standing
    called_off: tuple[Need, ...] = ()
    louder: tuple[Alarm, ...] = ()
    quieter: tuple[Alarm, ...] = ()
    mode: e.Mode | None = None  # how somebody who is ready, and stays so, would be announced from now on

    @property
    def becomes_ready(self) -> bool:
        return self.after.state is State.READY and self.before.state not in (State.READY, *COMING)

    @property
    def ready_no_more(self) -> bool:
        return self.before.state is State.READY and self.after.state is not State.READY

    @property
    def moves(self) -> bool:
        """Does an announced return get another moment?"""
        both = self.before.state in COMING and self.after.state in COMING
        return both and self.before.returns != self.after.returns

    @property
    def changes(self) -> bool:
        moved = self.before.state is not self.after.state
        return bool(moved or self.moves or self.louder or self.quieter or self.mode)

    @property
    def sign(self) -> tuple[object, ...]:
        """What it says: equal where a second look would tell its reader the same."""
        alarms = tuple(tuple((one.step, one.lead) for one in found) for found in (self.louder, self.quieter))
        moment = self.after.returns if self.moves else None
        return self.client.id, self.before.state, self.after.state, self.called_off, alarms, self.mode, moment


@dataclass(frozen=True, slots=True)
class Preview:
    """`effects` are those who change, whose return would be called off first. `of`: how many are in the category on
    the board; `further`: for how many of the others something else would be missing.
    """

    effects: tuple[Effect, ...] = ()
    of: int = 0
    further: int = 0

    @property
    def ready(self) -> int:
        return sum(one.becomes_ready for one in self.effects)

    @property
    def ready_no_more(self) -> int:
        return sum(one.ready_no_more for one in self.effects)

    @property
    def called_off(self) -> int:
        return sum(bool(one.called_off) for one in self.effects)

    @property
    def moved(self) -> int:
        return sum(one.moves for one in self.effects)

    @property
    def announced_otherwise(self) -> int:
        return sum(one.mode is not None for one in self.effects)

    @property
    def louder(self) -> int:
        return sum(bool(one.louder) for one in self.effects)

    @property
    def quieter(self) -> int:
        return sum(bool(one.quieter) for one in self.effects)


def preview(team: Team, category: e.Category, clients: Iterable[Client], now: datetime) -> Preview:
    """What would be so if `category` stood in the team as given, for those of its clients who are on the board."""
    then = replace(team, categories=team.categories | {category.code: category})
    there = [one for one in clients if one.stay and one.stay.category == category.code]
    found = [_effect(team, then, client, now) for client in there]
    changed = sorted((one for one in found if one.changes), key=_first)
    further = sum(_asked(one.before) != _asked(one.after) for one in found if not one.changes)
    return Preview(tuple(changed), len(there), further)


def _effect(team: Team, then: Team, client: Client, now: datetime) -> Effect:
    before = standing(team, client, now)
    lost = called_off(then, client, now) if before.state in COMING else ()
    stay = replace(client.stay, announced=None) if lost and client.stay else client.stay
    after = standing(then, replace(client, stay=stay), now)
    old, new = louder.alarms(team, client, now), louder.alarms(then, client, now)
    return Effect(
        client,
        before,
        after,
        called_off=lost,
        louder=_begins(old, new),
        quieter=_begins(new, old),
        mode=_mode(team, then, client) if before.state is after.state is State.READY else None,
    )


def _begins(old: Iterable[Alarm], new: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """The alarms that are new, or have reached the lead."""
    known = {(one.step, one.lead) for one in old}
    return tuple(one for one in new if (one.step, one.lead) not in known and (one.step, True) not in known)


def _mode(team: Team, then: Team, client: Client) -> e.Mode | None:
    code = client.stay.category if client.stay else ""
    was, will = team.categories[code].policy.mode, then.categories[code].policy.mode
    return will if will is not was else None


def _asked(where: Standing) -> set[tuple[Need, int]]:
    return {(one.need, one.of - one.have) for one in where.missing}


def _first(effect: Effect) -> tuple[bool, ...]:
    """Those come first for whom the most is at stake."""
    order = (effect.called_off, effect.becomes_ready, effect.ready_no_more, effect.moves, effect.louder)
    return tuple(not one for one in order)
