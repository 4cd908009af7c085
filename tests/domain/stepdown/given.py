"""A client's time on the board told in one sentence, for the tables of the rule.

    on_board(days_ago=20).rated("anna", days_ago=9).rated("lars", days_ago=2).world()

Everything is as the rule wants it but for the ratings, unless said otherwise: contacts, crisis plan, case manager, next
planned contact. `ready()` has the ratings too. Told in any order, it happens in the order of the days; "now" is `NOW`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from factboard.domain import events as e
from factboard.domain.events import Need
from factboard.domain.stepdown import Finding, State, Wishes
from tests.domain.stepdown.watched import Watched
from tests.domain.stepdown.world import CATEGORIES, DAY, NOW, SETTINGS, World

TODAY = date(2026, 11, 23)
CLIENT = "stina"
WORSE, UNCHANGED, BETTER, USUAL, NOT_ASSESSED = e.Rating
SEEN, SPOKEN_WITH, TOLD, NO_BASIS = e.Basis

Told = tuple[datetime, str, e.Fact, bool]  # when it was written down, by whom, what; about the client, or the team


@dataclass(frozen=True)
class Life:
    """What was written down about one client, and about the team for their sake."""

    told: tuple[Told, ...] = ()
    now: datetime = NOW

    def then(self, fact: e.Fact, *, days_ago: float = 0, by: str = "lars", team: bool = False) -> Life:
        return replace(self, told=(*self.told, (self.now - days_ago * DAY, by, fact, not team)))

    def rated(
        self, by: str, rating: e.Rating = USUAL, basis: e.Basis = SEEN, *, days_ago: float = 0, hours_late: float = 0
    ) -> Life:
        """`by` was with the client so long ago, and it was written down so much later."""
        fact = e.Rated(rating, basis, by, self.now - days_ago * DAY)
        return self.then(fact, days_ago=days_ago - hours_late / 24, by=by)

    def met(
        self, by: str, kind: e.ContactKind = e.ContactKind.HOME, *, days_ago: float = 0, hours_late: float = 0
    ) -> Life:
        fact = e.ContactLogged(kind, by, self.now - days_ago * DAY)
        return self.then(fact, days_ago=days_ago - hours_late / 24, by=by)

    def flagged_again(self, *, days_ago: float = 0) -> Life:
        return self.then(e.FlaggedAgain("Ringde i natt"), days_ago=days_ago)

    def moved_to(self, category: str, *, days_ago: float = 0) -> Life:
        return self.then(e.Recategorised(category, "stable"), days_ago=days_ago)

    def admitted(self, *, days_ago: float = 0) -> Life:
        return self.then(e.Admitted("Avd 5", self.day(-days_ago)), days_ago=days_ago)

    def discharged(self, *, days_ago: float = 0) -> Life:
        return self.then(e.Discharged(self.day(-days_ago), "Avd 5"), days_ago=days_ago)

    def planned(self, who: str = "lars", *, in_days: int = 3, every: int = 7, days_ago: float = 0) -> Life:
        return self.then(e.PlannedContactSet(who, every, self.day(in_days)), days_ago=days_ago)

    def reviewed(self, *, days_ago: float = 0, with_client: bool = True) -> Life:
        return self.then(e.CrisisPlanReviewed(self.day(-days_ago), with_client), days_ago=days_ago)

    def kept(self, *, until_in: int, days_ago: float = 0) -> Life:
        return self.then(e.ReturnHeld(self.day(until_in), "Vi vill se en vecka till"), days_ago=days_ago)

    def away(self, user: str, *, from_in: int = 0, to_in: int = 0, days_ago: float = 0.01) -> Life:
        fact = e.AbsenceNoted(f"{user}{from_in}", user, self.day(from_in), self.day(to_in))
        return self.then(fact, days_ago=days_ago, team=True)

    def knows(self, **details: object) -> Life:
        """Other details of the client: case manager, substitute."""
        fact = e.ClientCorrected(e.Details("Exempel", "Stina", **details), tuple(details))  # type: ignore[arg-type]
        return self.then(fact, days_ago=0.01)

    def member(self, user: str, **changed: object) -> Life:
        role = changed.pop("role", e.Role.CLINICIAN)
        fact = e.MemberChanged(e.Member(user, user, f"{user.title()} Test", role, **changed))  # type: ignore[arg-type]
        return self.then(fact, days_ago=0.01, team=True)

    def policy(self, code: str = "stable", *, contacts: int | None = None, **changed: object) -> Life:
        """The category's policy, as it was changed a moment ago."""
        known = next(one for one in CATEGORIES if one.code == code)
        policy = replace(known.policy, **changed)  # type: ignore[arg-type]
        many = known.contacts_a_week if contacts is None else contacts
        fact = e.CategoryChanged(replace(known, policy=policy, contacts_a_week=many))
        return self.then(fact, days_ago=0.005, team=True)

    def undone(self) -> Life:
        """What was told last was undone half a minute later."""
        at, by, fact, about = self.told[-1]
        return replace(self, told=(*self.told, (at + timedelta(seconds=30), by, e.Undone(0, fact.kind), about)))

    def day(self, ahead: float) -> date:
        return TODAY + timedelta(days=ahead)

    def at(self, now: datetime) -> Life:
        """The same life at another time of the year."""
        days = timedelta(days=(now.date() - NOW.date()).days)
        return Life(tuple((when + days, by, _later(fact, days), about) for when, by, fact, about in self.told), now)

    def world(self, settings: e.Settings = SETTINGS) -> World:
        return together(settings, **{CLIENT: self})

    def watched(self) -> Watched:
        """In a world in which every instant is judged from now on."""
        world = Watched(min(at for at, *_ in self.told) - DAY)
        _tell(world, {CLIENT: self})
        world.wakes()
        return world

    def finding(self, need: Need) -> Finding:
        found = self.world().standing(CLIENT).finding(need)
        assert found, f"{need} is not asked"
        return found

    def missing(self) -> set[Need]:
        return {one.need for one in self.world().standing(CLIENT).missing}


def on_board(
    category: str = "stable", *, days_ago: float = 20, contacts: bool = True, plan: bool = True, crisis: bool = True
) -> Life:
    """On the board, and nobody has rated them."""
    life = (
        Life().then(e.PutOnBoard(category, "Sover inte"), days_ago=days_ago).then(e.Taken(), days_ago=days_ago - 0.01)
    )
    if contacts:
        life = life.met("lars", days_ago=min(3, days_ago)).met("anna", days_ago=min(1, days_ago))
    if plan:
        life = life.planned(days_ago=min(2, days_ago))
    return life.reviewed(days_ago=min(2, days_ago)) if crisis else life


def ready(category: str = "stable", **known: bool) -> Life:
    """Three ratings by two people over eight days, and everything else."""
    return on_board(category, **known).rated("anna", days_ago=9).rated("lars", days_ago=5).rated("anna", days_ago=1)


def together(settings: e.Settings = SETTINGS, **lives: Life) -> World:
    """These clients of one team, at `NOW`."""
    world = World(min((at for one in lives.values() for at, *_ in one.told), default=NOW) - DAY, settings)
    _tell(world, lives)
    return world


def _tell(world: World, lives: Mapping[str, Life]) -> None:
    for client in lives:
        world.enrol(client)
    told = [(*told, client) for client, one in lives.items() for told in one.told]
    for at, by, fact, about, client in sorted(told, key=lambda one: one[0]):
        world.now = at
        if isinstance(fact, e.Undone):
            last = next(row for row in reversed(world.rows) if row.fact.kind == fact.undone_kind)
            fact = replace(fact, seq=last.seq)
        world.tell(fact, by=by, client=client if about else None)
    world.now = max(one.now for one in lives.values())


def _later(fact: e.Fact, by: timedelta) -> e.Fact:
    match fact:
        case e.Rated() | e.ContactLogged():
            return replace(fact, happened_at=fact.happened_at + by)
        case e.CrisisPlanReviewed():
            return replace(fact, on=fact.on + by)
        case e.PlannedContactSet():
            return replace(fact, next=fact.next + by)
    return fact


def announced(category: str = "stable") -> World:
    """Announced this morning by a meeting, and nobody has kept them on."""
    world = ready(category).world()
    world.meet(wishes=Wishes(announce=[CLIENT]))
    assert world.state(CLIENT) is State.ANNOUNCED
    return world


def returning(category: str = "stable") -> World:
    """Announced, and upheld by the next day's meeting: it is ten to ten, and they return at one."""
    world = announced(category)
    world.to(NOW + DAY)
    world.meet()
    assert world.state(CLIENT) is State.RETURNING
    return world
