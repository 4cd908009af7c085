"""Random stories of one or two clients: what people do and leave, well and badly timed, each step a few small numbers.

A refusal is part of a story. Some steps are whole good days, so that stories reach a return and what comes after it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Any

from hypothesis import strategies as st

from factboard.domain import calendar, care, crisis_plan, enrolment, meeting, placement, planned_care, roster, stepdown
from factboard.domain import events as e
from factboard.domain.refusal import Conflict, Refused
from factboard.domain.stepdown import Keeping, Told, Wishes
from tests.domain.stepdown.acts import PEOPLE, Acts
from tests.domain.stepdown.watched import Watched
from tests.domain.stepdown.world import CATEGORIES, DAY, HOUR, MEMBERS, MINUTE, local

CLIENTS = ("stina", "omar")
STARTS = ("2026-11-23", "2026-10-19", "2027-03-22", "2026-12-14", "2028-02-24", "2027-03-15")


@dataclass(frozen=True)
class Step:
    """`verb` of VERBS, by one of PEOPLE, about one of the clients; `a` and `b` choose among what can be typed."""

    verb: int
    who: int
    client: int
    a: int
    b: int


class Walk(Acts):
    """Plays steps in a watched world; `refused` are the reasons that it met."""

    def __init__(self, start: int = 0) -> None:
        self.world = Watched(local(f"{STARTS[start % len(STARTS)]} 07:00"))
        self.refused: set[str] = set()
        for client in CLIENTS:
            self.world.enrol(client, case_manager="anna", substitute="lars" if client == "omar" else None)
            self.world.flag(client, "quick" if client == "stina" else "confirm")
            self._care_for(client)
        self.world.wakes()

    def play(self, step: Step) -> None:
        self.who, self.client = PEOPLE[step.who % 3], CLIENTS[step.client % 2]
        self.other = PEOPLE[(step.who + 1 + step.b % 2) % 3]
        try:
            VERBS[step.verb % len(VERBS)](self, step.a, step.b)
        except Refused as refusal:
            self.refused.add(refusal.key)

    def _care_for(self, client: str) -> None:
        """A next contact, and the crisis plan of these days."""
        known, day = self.world.clients[client], self.world.today + timedelta(days=9)
        if known.planned is None or known.planned.next < day - 3 * DAY:
            self.world.do(planned_care.set_planned_contact, client, who="lars", every_days=6, next=day)
        if known.crisis_plan is None or known.crisis_plan.on < day - 12 * DAY:
            self.world.do(crisis_plan.review_crisis_plan, client, with_client=True)

    # --- whole days ---------------------------------------------------------------------------------------

    def good_day(self, a: int, b: int) -> None:
        """Seen and as usual, everything planned, a meeting that thinks of everybody; then the afternoon."""
        world = self.world
        if a % 2:
            self._mend(b)
        world.to(self._morning((a + b) % 5 == 0))
        for n, client in enumerate(CLIENTS):
            known = world.clients[client]
            if known.stay is None and a % 3 == n:
                world.flag(client, CATEGORIES[b % 5].code)
            if known.enrolled:
                world.meets(client, PEOPLE[(n + world.today.day) % 3], e.Rating.USUAL if known.stay else None)
                self._care_for(client)
            self.client = client
            if known.stay and (a + n) % 3 == 0:  # hearsay, and a door that nobody opens
                heard = e.Rating.WORSE if b == 0 else (e.Rating.USUAL, e.Rating.BETTER)[b % 2]
                self.do(placement.rate, rating=heard, basis=e.Basis.TOLD, by="fatima")
                self.do(placement.log_contact, contact=e.ContactKind.TRIED, by="fatima")
        if not world.here.meeting:
            over = [CLIENTS[a % 2]] if b == 5 else []
            world.meet(PEOPLE, over=over, wishes=Wishes(announce=[*CLIENTS], told={"omar": Told(e.Informed.YES)}))
            if b == 4:  # another one on the same day
                world.to(HOUR)
                world.meet(PEOPLE)
        world.to((7 * HOUR, 4 * HOUR, MINUTE)[b % 3])

    def poor_meeting(self, a: int, b: int) -> None:
        """Somebody is passed over, or kept on, or too few are there."""
        world = self.world
        world.to(self._morning(a % 3))
        present = (("anna", "lars"), ("anna",), PEOPLE, ("lars", "maria"))[a % 4]
        keep = {self.client: Keeping("Vänta", world.today + timedelta(days=b))} if b % 3 == 0 else {}
        over = [CLIENTS[b % 2]] if a % 3 == 0 else []
        world.meet(present, over=over, wishes=Wishes(keep=keep, announce=[CLIENTS[a % 2]]))

    def _morning(self, ahead: int) -> Any:
        """Half past eight on the next working day, or one after it."""
        day = self.world.today
        for _ in range(1 + ahead):
            day = calendar.next_working_day(day, self.world.here.settings)
        return calendar.instant(day, time(8, 30), self.world.here.settings)

    def _mend(self, b: int) -> None:
        """Much of what keeps clients on the board is put right: stories go on."""
        world = self.world
        if world.here.meeting and world.meetings[world.here.meeting].opened < world.now - DAY:
            world.closes(world.here.meeting)
        if world.here.paused:
            world.do(stepdown.release, by="lars", reason="Genomgången")
        for absence in [*world.here.absences]:
            world.do(roster.remove_absence, absence=absence)
        for member in (one for one in MEMBERS if one.user in PEOPLE and world.here.members[one.user] != one):
            world.tell(e.MemberChanged(member))
        for category in (one for one in CATEGORIES if world.here.categories[one.code] != one):
            world.tell(e.CategoryChanged(category))
        for client in (one for one in world.clients.values() if one.enrolled):
            self.client = client.id
            if client.admission:
                self.do(care.discharge)
            for action in client.stay.actions if client.stay else client.actions_left:
                if not action.done_by:
                    self.do(placement.tick_action, action=action.id)
            if client.details.case_manager != "anna":
                self.do(enrolment.correct, details=replace(client.details, case_manager="anna", substitute="lars"))
            if client.stay and client.stay.category != "quick" and b % 2:
                self.do(placement.recategorise, category="quick")

    # --- a meeting in pieces --------------------------------------------------------------------------------

    def opens(self, a: int, b: int) -> None:
        self.world.opens((PEOPLE, ("anna", "lars"), ("fatima",))[a % 3])

    def discusses(self, a: int, b: int) -> None:
        self.world.discusses(self._meeting(), self.client)

    def nothing_changes(self, a: int, b: int) -> None:
        id = self._meeting()
        held = self.world.meetings[id]
        self.do(meeting.no_change, False, by=held.chair, of_meeting=id, of=held.focus or "nobody")

    def closes(self, a: int, b: int) -> None:
        self.world.closes(self._meeting(), Wishes(announce=[self.client] if a % 2 else []))

    def agrees(self, a: int, b: int) -> None:
        self.do(stepdown.agree_to_release, False, of_meeting=self._meeting())

    def _meeting(self) -> str:
        if self.world.here.meeting is None:
            raise Conflict("nobody_meets")
        return self.world.here.meeting


RARE: tuple[Callable[[Walk, int, int], None], ...] = (
    Walk.poor_meeting, Walk.opens, Walk.discusses, Walk.nothing_changes, Walk.closes, Walk.agrees, Walk.rates,
    Walk.meets, Walk.flags, Walk.put_back, Walk.takes, Walk.moves, Walk.hospital, Walk.law, Walk.acts, Walk.plans,
    Walk.reviews, Walk.sets_review, Walk.keeps_on, Walk.announces, Walk.tells, Walk.returns, Walk.errs, Walk.leaves,
    Walk.undoes, Walk.away, Walk.stands_in, Walk.member, Walk.policy, Walk.settings, Walk.pauses, Walk.waits,
    Walk.until_due, Walk.is_down, Walk.is_down_before_it_is_due,
)  # fmt: skip
VERBS = (Walk.good_day, *RARE)

steps = st.builds(
    Step,
    verb=st.one_of(st.just(0), st.just(0), st.integers(0, len(VERBS) - 1)),
    who=st.integers(0, 2),
    client=st.integers(0, 1),
    a=st.integers(0, 11),
    b=st.integers(0, 11),
)


def a_long_one(seed: int, many: int = 120) -> list[Step]:
    """What generated stories, which are short, seldom reach; the same in each run."""
    pick = random.Random(seed)
    verbs = (lambda: 0, lambda: pick.randrange(len(VERBS)))
    return [
        Step(
            verbs[pick.random() < 0.35](), pick.randrange(3), pick.randrange(2), pick.randrange(12), pick.randrange(12)
        )
        for _ in range(many)
    ]
