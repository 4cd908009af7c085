"""What people do about clients and their team, one act a method: typed well and badly by a few small numbers."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from factboard.domain import care, crisis_plan, enrolment, placement, planned_care, roster, stepdown, team, undo
from factboard.domain import events as e
from factboard.domain.back_up import put_back
from factboard.domain.refusal import Refused
from tests.domain.stepdown.watched import Watched
from tests.domain.stepdown.world import CATEGORIES, DAY, HOUR, MINUTE, TICK

PEOPLE = ("anna", "lars", "fatima")
DELAYS = (timedelta(), HOUR, 20 * HOUR, 71 * HOUR, 73 * HOUR, 6 * DAY)
WAITS = (MINUTE, HOUR, 5 * HOUR, DAY, 2 * DAY, 5 * DAY, 16 * DAY)


class Acts:
    """`who` acts, on `client`; `other` is somebody else."""

    world: Watched
    who: str
    other: str
    client: str

    def do(self, rule: Any, client: bool = True, **typed: Any) -> list[e.Fact]:
        return self.world.do(rule, self.client if client else None, by=typed.pop("by", self.who), **typed)

    # --- what people see and do -----------------------------------------------------------------------------

    def rates(self, a: int, b: int) -> None:
        rating = (*e.Rating, e.Rating.USUAL)[a % 6]
        basis = e.Basis.NONE if rating is e.Rating.NOT_ASSESSED else (*e.Basis,)[b % 3]
        self.do(placement.rate, rating=rating, basis=basis, by=self.other, happened_at=self._earlier(a + b))

    def meets(self, a: int, b: int) -> None:
        kind, rating = (*e.ContactKind,)[a % 7], (None, *e.Rating)[b % 5]
        self.do(placement.log_contact, contact=kind, rating=rating, happened_at=self._earlier(a + b))

    def _earlier(self, number: int) -> Any:
        return self.world.now - DELAYS[number % len(DELAYS)]

    def flags(self, a: int, b: int) -> None:
        self.do(placement.put_on_board, category=CATEGORIES[a % 5].code, reason="Ringde i natt")

    def put_back(self, a: int, b: int) -> None:
        self.do(put_back)

    def takes(self, a: int, b: int) -> None:
        self.do(placement.take, over=a % 2 == 0)

    def moves(self, a: int, b: int) -> None:
        self.do(placement.recategorise, category=CATEGORIES[a % 5].code)

    def hospital(self, a: int, b: int) -> None:
        rule: Any = care.discharge if self.world.clients[self.client].admission else care.admit
        self.do(rule, **({} if rule is care.discharge else {"ward": "Avd 5"}))

    def law(self, a: int, b: int) -> None:
        if legal := self.world.clients[self.client].legal:
            self.do(care.end_legal_measure, measure=legal[0].id)
        else:
            self.do(care.start_legal_measure, name="ÖPT")

    def acts(self, a: int, b: int) -> None:
        known = self.world.clients[self.client]
        opened = [one.id for one in (known.stay.actions if known.stay else known.actions_left) if not one.done_by]
        if opened and a % 2:
            self.do(placement.tick_action, action=opened[0])
        else:
            self.do(placement.add_action, text="Ring", owner=self.other, due=self.world.today, urgent=b % 2 == 0)

    def plans(self, a: int, b: int) -> None:
        day = self.world.today + timedelta(days=b)
        self.do(planned_care.set_planned_contact, who=self.other, every_days=1 + a, next=day)

    def reviews(self, a: int, b: int) -> None:
        self.do(crisis_plan.review_crisis_plan, with_client=a % 2 == 0, on=self.world.today - timedelta(days=b))

    def sets_review(self, a: int, b: int) -> None:
        self.do(placement.set_review, review_by=self.world.today + timedelta(days=a))

    def keeps_on(self, a: int, b: int) -> None:
        self.do(stepdown.keep_on, reason="Vänta", until=self.world.today + timedelta(days=b))

    def announces(self, a: int, b: int) -> None:
        self.do(stepdown.announce, informed=(*e.Informed,)[a % 4])

    def tells(self, a: int, b: int) -> None:
        self.do(stepdown.tell, informed=(*e.Informed,)[a % 3], view="Bra" if b % 2 else "", objects=a % 2 == 0)

    def returns(self, a: int, b: int) -> None:
        self.do(placement.return_to_planned_care, reason="Flyttar", declined=a % 2 == 0, agreed_with=self.other)

    def errs(self, a: int, b: int) -> None:
        self.do(placement.enter_in_error, reason="Fel person")

    def leaves(self, a: int, b: int) -> None:
        if a == b:
            self.do(enrolment.end_enrolment, reason=e.EndReason.MOVED)

    def undoes(self, a: int, b: int) -> None:
        """The client's newest fact, or the one before it, by whoever did it."""
        story = [row for row in self.world.stories[self.client] if row.actor != "factboard"]
        row = story[-1 - (b % 4 == 0)]
        self.do(undo.undo, by=row.actor, seq=row.seq, saw=row.seq - 1)

    # --- the team -------------------------------------------------------------------------------------------

    def away(self, a: int, b: int) -> None:
        known = [*self.world.here.absences]
        if known and a % 2:
            self.do(roster.remove_absence, False, absence=known[0])
        else:
            first = self.world.today + timedelta(days=a - 4)
            self.do(roster.note_absence, False, user=self.other, first=first, last=first + timedelta(days=b % 4))

    def stands_in(self, a: int, b: int) -> None:
        people = (None, *PEOPLE)
        known = replace(self.world.clients[self.client].details, case_manager=people[a % 4], substitute=people[b % 4])
        self.do(enrolment.correct, details=known)

    def member(self, a: int, b: int) -> None:
        role = e.Role.AUDITOR if a % 4 == 0 else e.Role.CLINICIAN
        self.do(team.set_member, False, member=e.Member(self.other, self.other, self.other.title(), role))

    def policy(self, a: int, b: int) -> None:
        known = self.world.here.categories[CATEGORIES[a % 5].code]
        policy = replace(
            known.policy, mode=(*e.Mode,)[b % 3], stable_ratings=2 + a % 3, stable_days=1 + b % 5,
            blockers=tuple(e.Blocker)[a % 4 :], return_time=(None, time(14, 30))[b % 2],
        )  # fmt: skip
        self.do(team.set_category, False, category=replace(known, policy=policy, contacts_a_week=b % 4))

    def settings(self, a: int, b: int) -> None:
        closed = tuple(self.world.today + timedelta(days=n) for n in range(b % 4))
        zone = ("Europe/Stockholm", "Europe/London", "America/St_Johns")[a % 3 if b % 3 == 0 else 0]
        known = replace(
            self.world.here.settings, closed_days=closed, meeting_days=((0, 1, 2, 3, 4), (0, 2, 5))[a % 2],
            return_time=time(12 + b % 3), public_holidays=a % 2 == 0, time_zone=zone,
        )  # fmt: skip
        self.do(team.change_settings, False, settings=known)

    def pauses(self, a: int, b: int) -> None:
        if self.world.here.paused:
            self.do(stepdown.release, False, by="lars", reason="Genomgången")
        else:
            self.do(stepdown.pause_for_clock, False, by="factboard", jump=900)

    # --- time -----------------------------------------------------------------------------------------------

    def waits(self, a: int, b: int) -> None:
        self.world.to(WAITS[a % len(WAITS)])

    def until_due(self, a: int, b: int) -> None:
        """To the very instant of what falls due for the next return, or for the first of all; or to one beside it."""
        dues = self.world.dues()
        mine = [due for due in dues if due[2] == "returns"] or dues
        if mine:
            self.world.to(max(self.world.now, mine[0][0] + (a % 3 - 1) * TICK))

    def is_down(self, a: int, b: int) -> None:
        """Nobody is served; and as it wakes, it may be that somebody is quicker than the scheduler."""
        self.world.sleep(WAITS[a % 6])
        if b % 2:
            with suppress(Refused):
                (self.meets, self.away, self.plans, self.keeps_on, self.moves)[b % 5](a, 2 * b)
        self.world.wakes()

    def is_down_before_it_is_due(self, a: int, b: int) -> None:
        due = [due for due in self.world.dues() if due[2] == "returns"]
        if due and due[0][0] - self.world.now < 3 * DAY:
            self.world.to(max(self.world.now, due[0][0] - 2 * HOUR + a * 15 * MINUTE))
            self.world.sleep((MINUTE, HOUR, 3 * HOUR, 12 * HOUR)[b % 4])
            self.world.wakes()
