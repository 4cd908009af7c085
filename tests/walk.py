"""A random walk of a team through the real recorder: every verb, by several people, well and badly timed.

A step is a few small numbers, so that hypothesis can make a failing walk shorter. A refusal is part of the walk.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st

from factboard.domain import (
    anchoring,
    back_up,
    care,
    caseload,
    chain,
    crisis_plan,
    documents,
    due,
    enrolment,
    meeting,
    merging,
    notices,
    placement,
    planned_care,
    roster,
    screens,
    stepdown,
    team,
    tips,
    undo,
    visits,
)
from factboard.domain import events as e
from factboard.domain.events.contents import MANY, About, CarePlan, Content, Evaluation, Goal, Kind, Together
from factboard.domain.people import SYSTEM
from factboard.domain.refusal import Refused
from factboard.domain.state import Client, Meeting, Team
from factboard.recorder import Receipt, Recorder
from factboard.storage import documents as stored_documents
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
POLICIES = (  # soon met, so that a walk gets to where it leads; now and then one that is not
    e.Policy(e.Mode.AUTOMATIC, 2, 1, 1, ()),
    e.Policy(e.Mode.CONFIRM, 2, 1, 1, (e.Blocker.URGENT,)),
    e.Policy(e.Mode.AUTOMATIC, 2, 2, 1, (e.Blocker.NEXT_CONTACT, e.Blocker.CASE_MANAGER)),
    e.Policy(e.Mode.BY_HAND),
)
CLOCKS = ("returns", "taken", "review", "unseen", "follow_up", "contact")
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


def _told(number: int, view: str, objects: bool) -> stepdown.Told:
    """Who was not told has said nothing, as a rule: now and then it is tried all the same."""
    informed = list(e.Informed)[number % 4]
    says = informed is not e.Informed.NO or number % 5 == 0
    return stepdown.Told(informed, view if says else "", objects and says)


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
        for known in team.STANDARD_CATEGORIES[:2]:
            easy = replace(known, policy=POLICIES[0], contacts_a_week=0, unseen_days=9)
            await self.change("command_line", team.set_category, category=easy)
        for number in range(clients):
            await self.change("lars", enrolment.enrol, details=details(number, number + 1))

    async def play(self, step: Step) -> None:
        """One step; what it writes is remembered, and so is why it was refused."""
        self.clock.forward(seconds=step.seconds)
        who = PEOPLE[step.who % len(PEOPLE)]
        rule, typed, client = await self._asked(step, who, self.clients[step.client % len(self.clients)])
        if rule in OF_A_MEETING:
            typed |= {"of_meeting": await self._a_meeting(step.a), "with_all": True}
            who = await self._chair(step.who) or who
        if rule is anchoring.answer and client and step.who:  # now and then somebody whom nobody asked
            who = (await self._client(client)).details.case_manager or who
        if rule in BY_ITSELF:
            who, typed = SYSTEM, typed | ({"with_all": True} if client else {})
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
            case visits.change_visit:
                number = await self._a_visit(client, a)
                typed = {"visit": number, "who": other, "day": today + timedelta(days=b), "backup": PEOPLE[a % 3]}
            case visits.cancel_visit:
                typed = {"visit": await self._a_visit(client, a), "reason": ""}
            case care.admit:
                typed = {"ward": f"Avd {a}", "expected": today + timedelta(days=b), "category": (category, "")[b % 2]}
            case care.change_admission:
                typed = {"ward": f"Avd {a}"}
            case care.discharge:
                typed = {"category": (category, "")[b % 2]}
            case care.start_legal_measure:
                typed = {"name": f"ÖPT {a}", "ends": today + timedelta(days=b)}
            case care.prolong_legal_measure:
                typed = {"measure": await self._a_measure(client, b), "ends": today + timedelta(days=30 + a)}
            case care.end_legal_measure:
                typed = {"measure": await self._a_measure(client, b)}
            case roster.note_absence:
                return verb, {"user": other, "first": today + timedelta(days=a)}, None
            case roster.remove_absence:
                return verb, {"absence": next(iter((await self._state()).absences), "none")}, None
            case roster.set_duty:
                return verb, {"day": today + timedelta(days=a % 4), "user": (None, *PEOPLE)[b % 4]}, None
            case screens.pair_screen | screens.change_screen:
                naming, outside = list(e.Naming)[a % 3], list(e.OutsideMeeting)[b % 3]
                what = {"screen": f"s{a % 3}", "name": f"Vägg {a % 3} {b}", "naming": naming, "outside": outside}
                return verb, what, None
            case screens.revoke_screen:
                return verb, {"screen": f"s{a % 3}"}, None
            case screens.blank_walls | screens.show_walls:
                return verb, {}, None
            case due.sheet_written:
                day = today + timedelta(days=a % 3)
                return verb, {"sheet": e.Sheet.MORNING, "day": day, "file": "f", "digest": "d", "clients": b}, None
            case due.not_held:
                return verb, {"planned": now.replace(hour=7, minute=30, second=0) - timedelta(days=b % 2)}, None
            case meeting.open_meeting:
                return verb, {"present": PEOPLE[: a % 4], "recorder": (None, other)[a % 2]}, None
            case meeting.note_attendance:
                return verb, {"user": other, "present": a % 2 == 0}, None
            case meeting.change_chair:
                return verb, {"chair": other}, None
            case meeting.name_recorder:
                return verb, {"recorder": (None, *PEOPLE)[b % 4]}, None
            case meeting.move_focus:
                return verb, {"to": client if a % 4 else None}, None
            case meeting.no_change | meeting.discuss:
                return verb, {"of": await self._in_focus(a) or client}, None
            case meeting.note:
                typed = {"part": list(e.NotePart)[a % 3], "text": f"Rad {a}"}
                return verb, typed, client if b % 3 else None
            case meeting.correct_note:
                line, about = await self._a_line(a)
                return verb, {"line": line, "text": (f"Rad {b}", "")[b % 2]}, about
            case meeting.close:
                told = {client: _told(b, f"Säger {b}", a % 3 == 0)}
                keep = {client: stepdown.Keeping(f"Skäl {a}")} if b % 4 == 0 else {}
                wishes = stepdown.Wishes(keep, [client] if a % 2 else [], told)
                return verb, {"reason": ("Brandlarm", "")[a % 5 == 0], "wishes": wishes}, None
            case stepdown.agree_to_release:
                return verb, {}, None
            case stepdown.release:
                return verb, {"reason": f"Skäl {a}"}, None
            case stepdown.pause_for_clock:
                return verb, {"jump": 700 * (a - 5)}, None
            case stepdown.fall_due:
                clock, at = await self._falls_due(client, b, far=a % 3 == 0)
                typed = {"clock": clock, "down": [(at - timedelta(minutes=30), at)] if a % 4 == 0 else []}
            case stepdown.keep_on:
                typed = {"reason": f"Skäl {a}", "until": today + timedelta(days=b % 3)}
            case stepdown.announce | stepdown.tell:
                told = _told(a, f"Säger {b}", b % 3 == 0)
                typed = {"informed": told.informed, "view": told.view, "objects": told.objects}
            case planned_care.set_planned_contact:
                typed = {"who": other, "every_days": 1 + a, "next": today + timedelta(days=b % 4)}
            case caseload.change_pace:
                typed = {"every_days": 1 + a, "reason": f"Skäl {b}", "mandate": a % 5 > 0}
            case caseload.hand_over:
                before = (await self._client(client)).details.case_manager if b % 5 else other
                typed = {"to": PEOPLE[a % 3], "before": before, "reason": f"Skäl {b}", "mandate": True}
            case caseload.set_client_model:
                typed = {"model": (*caseload.STANDARD,)[-1 - a % 3], "mandate": True}
            case caseload.set_model:
                known_model = (*caseload.STANDARD.values(),)[-1 - b % 3]
                return verb, {"model": replace(known_model, used=True, most=a), "default": b % 5 == 0}, None
            case due.close_left_open:
                return verb, {}, None
            case placement.recategorise:
                typed = {"category": category}
            case placement.rate:
                level = e.Rating.USUAL if a > 2 else list(e.Rating)[a]
                typed = {"rating": level, "basis": e.Basis.SEEN, "by": other, "happened_at": earlier}
            case placement.log_contact:
                typed = {"contact": list(e.ContactKind)[a % 7], "by": other, "happened_at": earlier, "note": "👍"}
                typed |= {"rating": list(e.Rating)[b % 5] if a % 7 != 6 else None, "others": list(PEOPLE[: b % 3])}
            case visits.plan_visit:
                typed = {"who": other, "day": today + timedelta(days=a), "at": time(b % 24) if a % 2 else None}
                return anchoring.asking(verb), typed | {"anchored": list(e.Anchored)[b % 3]}, client
            case anchoring.answer:
                typed = {"of": await self._planned(client, a), "answer": list(e.Answer)[b % 3], "note": f"Skäl {a}"}
                typed |= {"talk_day": today + timedelta(days=a), "talk_at": time(b)}
            case placement.add_action:
                typed = {"text": f"Ring {a}", "owner": (None, *PEOPLE)[b % 4], "due": today, "urgent": a % 2 == 0}
            case placement.tick_action:
                typed = {"action": await self._an_action(client, a)}
            case documents.write:
                kind = (Kind.ABOUT, Kind.CARE_PLAN, Kind.EVALUATION)[a % 3]
                ref = f"{kind.value}.{b % 3}" if kind in MANY else kind.value
                typed = {"of_document": ref, "ref": ref, "content": _content(kind, f"Ord {a} {b}")}
                typed |= {"together": list(Together)[b % 4], "based_on": await self._version(client, ref, a % 5 == 4)}
                return anchoring.asking(verb), typed | {"anchored": list(e.Anchored)[b % 3]}, client
            case documents.withdraw:
                ref = f"{Kind.EVALUATION.value}.{b % 3}"
                typed = {"of_document": ref, "ref": ref, "reason": f"Skäl {a}"}
                typed |= {"based_on": await self._version(client, ref, a % 5 == 4)}
            case tips.note:
                typed = {"text": f"Orolig {a}", "relation": tips.FROM[b % 4], "said_by": f"Anhörig {b}"}
            case tips.answer:
                typed = {"tip": await self._a_tip(client, b), "ending": list(e.TipEnd)[a % 5], "note": f"Svar {a}"}
            case tips.put_on_board:
                typed = {"tip": await self._a_tip(client, b), "category": category, "reason": f"Skäl {b}"}
            case crisis_plan.review_crisis_plan:
                typed = {"with_client": b % 2 == 0, "on": today - timedelta(days=a)}
            case placement.set_review:
                typed = {"review_by": today + timedelta(days=a)}
            case placement.return_to_planned_care:
                typed = {"reason": f"Skäl {a}", "declined": a % 2 == 0, "agreed_with": other if a % 4 else None}
            case placement.enter_in_error:
                typed = {"reason": f"Skäl {a}"}
            case notices.read_notice:
                typed = {"notice": self._recent(a).seq if self.receipts else 1}
            case enrolment.enrol:
                return verb, {"details": details(a, b)}, client if b % 2 == 0 else None
            case enrolment.correct:
                typed = {"details": details(a, b)}
            case enrolment.end_enrolment:
                typed = {"reason": list(e.EndReason)[a % len(e.EndReason)], "note": "x"}
            case merging.merge:
                beside = self.clients[a % len(self.clients)]
                looked = (await self._client(beside)).seq
                typed = {"beside": beside, "looked": looked, "reason": f"Skäl {b}", "take": ["phone"][: b % 2]}
            case merging.separate:
                merged = (await self._client(client)).merged
                typed = {"merge": merged[-1].seq if merged else 1, "reason": f"Skäl {b}", "seen": 0}
            case undo.undo:
                return self._an_undo(who, a)
            case team.set_member:
                return verb, {"member": e.Member(other, other, other.title(), e.Role.CLINICIAN, str(a))}, None
            case team.remove_member:
                return verb, {"user": other}, None
            case team.set_category:
                known = next(known for known in team.STANDARD_CATEGORIES if known.code == category)
                now_so = {"retired": b % 6 == 0, "name": f"K{a}", "policy": POLICIES[b % 4], "contacts_a_week": a % 2}
                return verb, {"category": replace(known, **now_so)}, None
            case team.change_settings:
                return verb, {"settings": e.Settings(f"Team {a}", meeting_days=(b % 7, a % 7))}, None
        return verb, typed, client

    async def _state(self) -> Team:
        async with self.recorder.store.reading() as connection:
            state = await projections.team(connection, self.team)
        assert state
        return state

    async def _client(self, id: str) -> Client:
        async with self.recorder.store.reading() as connection:
            state = await projections.client(connection, self.team, id)
        assert state
        return state

    async def _meetings(self) -> list[Meeting]:
        """Those there were, the newest first."""
        async with self.recorder.store.reading() as connection:
            return await projections.meetings(connection, self.team)

    async def _falls_due(self, client: str, number: int, *, far: bool) -> tuple[str, datetime]:
        """A clock of the client's that has something to be written, and when: the time comes, where it is near."""
        coming = dict(stepdown.all_of(stepdown.dues(await self._state(), await self._client(client))))
        first = CLOCKS[number % len(CLOCKS)]
        clock = next((one for one in (first, *CLOCKS) if one in coming), first)
        at = coming.get(clock, self.clock.now)
        if at - self.clock.now < timedelta(days=30 if far else 1):
            self.clock.now = max(self.clock.now, at)
        return clock, at

    async def _a_meeting(self, number: int) -> str | None:
        """Mostly the newest, now and then an older one."""
        met = await self._meetings()
        return met[(number == 7) % len(met)].id if met else None

    async def _chair(self, number: int) -> str | None:
        """Whoever leads the newest meeting; now and then somebody else acts."""
        met = await self._meetings()
        return met[0].chair if met and number else None

    async def _in_focus(self, number: int) -> str | None:
        met = await self._meetings()
        return met[0].focus if met and number % 4 else None

    async def _a_line(self, number: int) -> tuple[int, str | None]:
        """A line of the newest meeting's notes, and whom it is about."""
        met = (await self._meetings())[:1]
        lines = [(line.seq, None) for one in met for line in one.general]
        lines += [(line.seq, item.client) for one in met for item in one.items.values() for line in item.lines]
        return lines[number % len(lines)] if lines else (1, None)

    async def _a_visit(self, client: str, number: int) -> int:
        visits = (await self._client(client)).visits
        return visits[-1 - number % len(visits)].seq if visits else 1

    async def _a_measure(self, client: str, number: int) -> str:
        legal = (await self._client(client)).legal
        return legal[number % len(legal)].id if legal else "none"

    def _recent(self, back: int) -> Receipt:
        return self.receipts[-1 - back % min(4, len(self.receipts))][1]

    async def _an_action(self, client: str, number: int) -> str:
        stay = (await self._client(client)).stay
        actions = stay.actions if stay else ()
        return actions[number % len(actions)].id if actions else "none"

    async def _planned(self, client: str, number: int) -> int:
        known = (await self._client(client)).anchorings
        return known[number % len(known)].seq if known else 1

    async def _a_tip(self, client: str, number: int) -> str:
        waiting = (await self._client(client)).tips
        return waiting[number % len(waiting)].id if waiting else "none"

    async def _version(self, client: str, ref: str, stale: bool) -> int:
        async with self.recorder.store.reading() as connection:
            known = await stored_documents.newest(connection, self.team, client, ref)
        return max((known.number if known else 0) - stale, 0)

    def _an_undo(self, who: str, back: int) -> tuple[Rule, Given, str | None]:
        """Mostly one's own newest fact; now and then an older one, or somebody else's."""
        mine = [done for actor, done in self.receipts if done.client and (actor == who or back == 3)]
        if not mine:
            return undo.undo, {"seq": 1, "seen": 0}, self.clients[0]
        done = mine[-1 - (back == 5) % len(mine)]
        return undo.undo, {"seq": done.seq, "seen": done.seq - 1}, done.client


def _content(kind: Kind, text: str) -> Content:
    match kind:
        case Kind.ABOUT:
            return About(who_i_am=text)
        case Kind.CARE_PLAN:
            return CarePlan(goals=(Goal(goal=text),))
    return Evaluation(note=text)


OF_A_MEETING: tuple[Rule, ...] = (
    meeting.open_meeting,
    meeting.note_attendance,
    meeting.change_chair,
    meeting.name_recorder,
    meeting.move_focus,
    meeting.no_change,
    meeting.discuss,
    meeting.note,
    meeting.correct_note,
    meeting.copied,
    meeting.close,
    stepdown.agree_to_release,
    due.not_held,
    due.close_left_open,
)
BY_ITSELF: tuple[Rule, ...] = (stepdown.fall_due, stepdown.pause_for_clock)

ON_THE_BOARD: tuple[Rule, ...] = (
    *(4 * (placement.put_on_board,)),
    placement.take,
    placement.recategorise,
    placement.rate,
    placement.log_contact,
    visits.plan_visit,
    *(3 * (placement.add_action, placement.tick_action)),
    crisis_plan.review_crisis_plan,
    placement.set_review,
    placement.return_to_planned_care,
    placement.enter_in_error,
    notices.read_notice,
    enrolment.enrol,
    enrolment.correct,
    enrolment.end_enrolment,
    *(3 * (undo.undo,)),
    team.set_member,
    team.remove_member,
    team.set_category,
    team.change_settings,
)
OF_A_DAY: tuple[Rule, ...] = (
    *(2 * (placement.put_on_board, visits.plan_visit, visits.change_visit)),
    visits.cancel_visit,
    care.admit,
    care.change_admission,
    care.discharge,
    *(2 * (care.start_legal_measure, care.prolong_legal_measure)),
    care.end_legal_measure,
    undo.undo,
    roster.note_absence,
    roster.remove_absence,
    roster.set_duty,
    screens.pair_screen,
    screens.change_screen,
    screens.revoke_screen,
    screens.blank_walls,
    screens.show_walls,
    due.sheet_written,
)
AT_A_MEETING: tuple[Rule, ...] = (
    *(2 * (placement.put_on_board, meeting.open_meeting, meeting.no_change, meeting.note, meeting.correct_note)),
    *OF_A_MEETING,
    placement.take,
    placement.return_to_planned_care,
)
THE_WAY_BACK: tuple[Rule, ...] = (
    *(8 * (placement.rate,)),
    *(3 * (meeting.open_meeting, meeting.close, stepdown.fall_due)),
    *(5 * (meeting.no_change,)),
    *(2 * (placement.put_on_board, placement.take, stepdown.tell, planned_care.set_planned_contact)),
    stepdown.keep_on,
    stepdown.announce,
    stepdown.pause_for_clock,
    stepdown.agree_to_release,
    stepdown.release,
    back_up.put_back,
    placement.return_to_planned_care,
    placement.log_contact,
    team.set_category,
    roster.note_absence,
    undo.undo,
)
OF_PLANNED_CARE: tuple[Rule, ...] = (
    *(6 * (documents.write,)),
    *(3 * (anchoring.answer,)),
    *(2 * (tips.note, tips.answer, tips.put_on_board)),
    *(3 * (documents.withdraw,)),
    placement.put_on_board,
    placement.return_to_planned_care,
    *(2 * (planned_care.set_planned_contact, caseload.change_pace, caseload.hand_over, caseload.set_client_model)),
    caseload.set_model,
)
OF_RECORDS: tuple[Rule, ...] = (
    *(4 * (merging.merge, merging.separate)),
    *(3 * (enrolment.enrol, placement.log_contact, placement.return_to_planned_care)),
    *(2 * (placement.put_on_board, placement.rate, visits.plan_visit, care.admit, care.start_legal_measure)),
    visits.cancel_visit,
    placement.add_action,
    placement.enter_in_error,
    care.discharge,
    care.end_legal_measure,
    planned_care.set_planned_contact,
    enrolment.correct,
    enrolment.end_enrolment,
    notices.read_notice,
    undo.undo,
)
VERBS: tuple[Rule, ...] = (*ON_THE_BOARD, *OF_A_DAY, *AT_A_MEETING, *THE_WAY_BACK, *OF_PLANNED_CARE, *OF_RECORDS)

small = st.integers(0, 11)


def steps_of(verbs: tuple[Rule, ...]) -> st.SearchStrategy[Step]:
    return st.builds(
        Step,
        verb=st.sampled_from([VERBS.index(verb) for verb in verbs]),
        who=st.integers(0, 2),
        client=st.integers(0, 2),
        a=small,
        b=small,
        blind=st.booleans(),
        seconds=st.sampled_from((0, 1, 1, 1, 15, 15, 70, 40_000)),
    )


def walks(shortest: int, longest: int) -> st.SearchStrategy[list[Step]]:
    """Of all verbs, or of some that meet each other more often."""
    some = st.sampled_from((VERBS, ON_THE_BOARD, OF_A_DAY, AT_A_MEETING, THE_WAY_BACK, OF_PLANNED_CARE, OF_RECORDS))
    return some.flatmap(lambda verbs: st.lists(steps_of(verbs), min_size=shortest, max_size=longest))


steps = steps_of(VERBS)


def a_long_one(verbs: tuple[Rule, ...], seed: int) -> list[Step]:
    """Each of these verbs some eight times: what generated walks, which are short, seldom reach."""
    pick = random.Random(seed)
    return [
        Step(
            VERBS.index(verb),
            *(pick.randrange(most) for most in (3, 3, 12, 12)),
            blind=pick.random() < 0.2,
            seconds=pick.choice((0, 1, 1, 15, 70)),
        )
        for verb in pick.choices(verbs, k=8 * len(set(verbs)))
    ]


HOURS = 3_600
NIGHTS = (
    (24, 24, 20),
    (24, 72, 20),
    (24, 24, 20),
    (72, 24, 20),
    (24, 24, 68),
)  # hours: from Monday on, by working days


def a_way_back(seed: int) -> list[Step]:
    """Week after week three clients are rated on two days, announced, upheld, and return; others act in between."""
    pick, taken = random.Random(seed), []

    def now(verb: Rule, client: int = 0, a: int = 1, b: int = 1, hours: int = 0) -> None:
        taken.append(Step(VERBS.index(verb), 1, client, a, b, blind=False, seconds=1 + hours * HOURS))

    def others(chance: float) -> None:
        if pick.random() < chance:
            verb = pick.choice(THE_WAY_BACK)
            taken.append(Step(VERBS.index(verb), *(pick.randrange(most) for most in (3, 3, 12, 12)), False, 1))

    def meets(hours: int) -> None:
        now(meeting.open_meeting, a=3, hours=hours)
        for _ in range(3):
            now(meeting.no_change)
            others(0.1)
        now(meeting.close, pick.randrange(3), pick.choice((1, 3)), pick.choice((1, 1, 2, 3, 4)))

    for first, second, home in NIGHTS:
        for verb in (placement.put_on_board, placement.take, placement.rate):
            for client in range(3):
                now(verb, client, a=3, b=0)
                others(0.1)
        for client in range(3):
            now(placement.rate, client, a=3, b=0, hours=first if client == 0 else 0)
        meets(0)
        others(0.5)
        now(stepdown.announce, pick.randrange(3))
        now(stepdown.tell, pick.randrange(3))
        others(0.3)
        meets(second)
        others(0.3)
        for client in range(3):
            now(stepdown.fall_due, client, a=pick.choice((1, 1, 2, 4)), b=0)
        others(0.5)
        now(stepdown.fall_due, pick.randrange(3), a=pick.choice((1, 1, 3)), b=pick.randrange(5))
        now(notices.read_notice, hours=home)
    return taken


def nobody_comes() -> list[Step]:
    """A contact is planned, and missed: its day passes, and a week."""
    verbs = (planned_care.set_planned_contact, stepdown.fall_due, stepdown.fall_due)
    return [
        Step(VERBS.index(verb), 1, 0, 3, CLOCKS.index("contact") if at else 0, False, 1)
        for at, verb in enumerate(verbs)
    ]


@dataclass
class Reached:
    """Which kinds of facts and which refusals the walks came by: a walk that meets nothing proves nothing."""

    kinds: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    undone: set[str] = field(default_factory=set)
    by_itself: set[str] = field(default_factory=set)

    def by(self, walk: Walk, rows: list[chain.Row]) -> None:
        self.kinds |= {kind for _, receipt in walk.receipts for kind in receipt.kinds}
        self.refused |= set(walk.refused)
        self.by_itself |= {row.kind for row in rows if row.actor == SYSTEM}
        self.undone |= {json.loads(row.payload or "")["undone_kind"] for row in rows if row.kind == "undone"}
