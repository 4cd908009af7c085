"""A random walk of a team through the real recorder: every verb, by several people, well and badly timed.

A step is a few small numbers, so that hypothesis can make a failing walk shorter. A refusal is part of the walk.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st

from factboard.domain import chain, enrolment, placement, team, undo, visits
from factboard.domain import events as e
from factboard.domain.refusal import Refused
from factboard.recorder import Receipt, Recorder
from factboard.storage import projections
from tests.conftest import TEAM, Clock

Given = dict[str, Any]
Rule = Callable[..., list[e.Entry]]


@dataclass(frozen=True)
class Step:
    """`verb` of VERBS, by one of PEOPLE, about one of the clients; `a` and `b` choose among what can be typed."""

    verb: int
    who: int
    client: int
    a: int
    b: int
    blind: bool  # acts on what they saw two facts ago
    seconds: int


PEOPLE = ("anna", "lars", "maria")
CATEGORIES = ("short_intensive", "crisis_prevention", "admitted")
NAMES = ("Stina", "Åsa", "محمد", "👍 Kim")


def details(a: int, b: int) -> e.Details:
    return e.Details(
        f"Exempel{a % 3}",
        NAMES[b % len(NAMES)],
        birth_date=date(1980, 1, 1 + a % 3) if b % 2 else None,
        case_manager=(None, *PEOPLE)[a % 4],
        protected=b % 5 == 0,
        phone=str(a),
    )


class Walk:
    """Plays steps and remembers what was acknowledged."""

    def __init__(self, recorder: Recorder, clock: Clock, team: str = TEAM) -> None:
        self.recorder, self.clock, self.team = recorder, clock, team
        self.clients: list[str] = []
        self.receipts: list[tuple[str, Receipt]] = []
        self.refused: list[str] = []
        self._requests = count(1)

    async def begin(self, clients: int = 2) -> None:
        await self.recorder.found_team("command_line", self.team, e.Settings("Team Kusten"))
        for user in PEOPLE:
            role = e.Role.LEAD if user == "lars" else e.Role.CLINICIAN
            await self.change("command_line", team.set_member, member=e.Member(user, user, user.title(), role))
        for number in range(clients):
            await self.change("lars", enrolment.enrol, details=details(number, number + 1))

    async def play(self, step: Step) -> None:
        """One step; what it writes is remembered, and so is why it was refused."""
        self.clock.forward(seconds=step.seconds)
        who = PEOPLE[step.who % len(PEOPLE)]
        rule, typed, client = await self._asked(step, who, self.clients[step.client % len(self.clients)])
        seen = typed.pop("seen", None)
        if step.blind and seen is None and client:
            newest = [receipt.seq for _, receipt in self.receipts]
            seen = max(newest[-3:-2], default=0)
        try:
            await self.change(who, rule, client=client, seen=seen, **typed)
        except Refused as refusal:
            self.refused.append(refusal.key)

    async def change(self, who: str, rule: Rule, /, **what: Any) -> Receipt:
        request = f"{self.team}-{next(self._requests)}"
        receipt = await self.recorder.change(self.team, who, rule, request_id=request, **what)
        if receipt.kinds:
            self.receipts.append((who, receipt))
        if receipt.client and receipt.client not in self.clients:
            self.clients.append(receipt.client)
        return receipt

    async def _asked(self, step: Step, who: str, client: str) -> tuple[Rule, Given, str | None]:
        """The rule, what is typed, and about whom: the step's client, another one, or the team itself."""
        verb, a, b, now = VERBS[step.verb % len(VERBS)], step.a, step.b, self.clock.now
        today, category, other = now.date(), CATEGORIES[a % 3], PEOPLE[b % 3]
        earlier = now - timedelta(hours=b)
        typed: Given = {}
        match verb:
            case placement.put_on_board:
                typed = {"category": category, "reason": f"Skäl {b}", "warning_signs": ["sömn", "oro"][: b % 3]}
            case placement.recategorise:
                typed = {"category": category}
            case placement.rate:
                typed = {"rating": list(e.Rating)[a % 4], "basis": e.Basis.SEEN, "by": other, "happened_at": earlier}
            case placement.log_contact:
                typed = {"contact": list(e.ContactKind)[a % 7], "by": other, "happened_at": earlier, "note": "👍"}
                typed |= {"rating": list(e.Rating)[b % 5] if a % 7 != 6 else None, "others": list(PEOPLE[: b % 3])}
            case visits.plan_visit:
                typed = {"who": other, "day": today + timedelta(days=a), "at": time(b % 24) if a % 2 else None}
            case placement.add_action:
                typed = {"text": f"Ring {a}", "owner": (None, *PEOPLE)[b % 4], "due": today, "urgent": a % 2 == 0}
            case placement.tick_action:
                typed = {"action": await self._an_action(client, a)}
            case placement.review_crisis_plan:
                typed = {"with_client": b % 2 == 0, "on": today - timedelta(days=a)}
            case placement.set_review:
                typed = {"review_by": today + timedelta(days=a)}
            case placement.return_to_planned_care | placement.enter_in_error:
                typed = {"reason": f"Skäl {a}"}
            case placement.read_notice:
                typed = {"notice": self._recent(a).seq if self.receipts else 1}
            case enrolment.enrol:
                return verb, {"details": details(a, b)}, client if b % 2 == 0 else None
            case enrolment.correct:
                typed = {"details": details(a, b)}
            case enrolment.end_enrolment:
                typed = {"reason": list(e.EndReason)[a % len(e.EndReason)], "note": "x"}
            case undo.undo:
                return self._an_undo(who, a)
            case team.set_member:
                return verb, {"member": e.Member(other, other, other.title(), e.Role.CLINICIAN, str(a))}, None
            case team.remove_member:
                return verb, {"user": other}, None
            case team.set_category:
                known = next(known for known in team.STANDARD_CATEGORIES if known.code == category)
                return verb, {"category": replace(known, retired=b % 3 == 0, name=f"K{a}")}, None
            case team.change_settings:
                return verb, {"settings": e.Settings(f"Team {a}", meeting_days=(b % 7, a % 7))}, None
        return verb, typed, client

    def _recent(self, back: int) -> Receipt:
        return self.receipts[-1 - back % min(4, len(self.receipts))][1]

    async def _an_action(self, client: str, number: int) -> str:
        async with self.recorder.store.reading() as connection:
            state = await projections.client(connection, self.team, client)
        actions = state.stay.actions if state and state.stay else ()
        return actions[number % len(actions)].id if actions else "none"

    def _an_undo(self, who: str, back: int) -> tuple[Rule, Given, str | None]:
        """Mostly one's own newest fact; now and then an older one, or somebody else's."""
        mine = [done for actor, done in self.receipts if done.client and (actor == who or back == 3)]
        if not mine:
            return undo.undo, {"seq": 1, "seen": 0}, self.clients[0]
        done = mine[-1 - (back == 5) % len(mine)]
        return undo.undo, {"seq": done.seq, "seen": done.seq - 1}, done.client


VERBS: tuple[Rule, ...] = (
    *(4 * (placement.put_on_board,)),
    placement.take,
    placement.recategorise,
    placement.rate,
    placement.log_contact,
    visits.plan_visit,
    *(3 * (placement.add_action, placement.tick_action)),
    placement.review_crisis_plan,
    placement.set_review,
    placement.return_to_planned_care,
    placement.enter_in_error,
    placement.read_notice,
    enrolment.enrol,
    enrolment.correct,
    enrolment.end_enrolment,
    *(3 * (undo.undo,)),
    team.set_member,
    team.remove_member,
    team.set_category,
    team.change_settings,
)

small = st.integers(0, 11)
steps = st.builds(
    Step,
    verb=st.integers(0, len(VERBS) - 1),
    who=st.integers(0, 2),
    client=st.integers(0, 2),
    a=small,
    b=small,
    blind=st.booleans(),
    seconds=st.sampled_from((0, 1, 1, 1, 15, 15, 70, 40_000)),
)


@dataclass
class Reached:
    """Which kinds of facts and which refusals the walks came by: a walk that meets nothing proves nothing."""

    kinds: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    undone: set[str] = field(default_factory=set)

    def by(self, walk: Walk, rows: list[chain.Row]) -> None:
        self.kinds |= {kind for _, receipt in walk.receipts for kind in receipt.kinds}
        self.refused |= set(walk.refused)
        self.undone |= {json.loads(row.payload or "")["undone_kind"] for row in rows if row.kind == "undone"}
