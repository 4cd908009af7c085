"""A world in which every instant is judged: is what the rule says what was written down, and is it lawful?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from factboard.domain import events as e
from factboard.domain import louder, stepdown
from factboard.domain.louder import Alarm
from factboard.domain.state.ratings import MOST
from factboard.domain.stepdown import Standing, State
from factboard.domain.stepdown.falling import CLOCKS
from factboard.domain.stepdown.states import WAYS
from tests.domain.stepdown.lawful import wrongs
from tests.domain.stepdown.plain import Plain
from tests.domain.stepdown.world import TICK, When, World

Way = tuple[State, type[e.Fact] | None, State]
TABLE: set[Way] = {(way.start, way.by, way.end) for way in WAYS}
DOES = (  # which of several facts at once is the one that moves the client, the first that is there
    e.EnrolmentEnded, e.EnteredInError, e.Returned, e.PutOnBoard, e.ReturnHeld, e.ReturnUpheld, e.ReturnAnnounced,
    e.ReturnPostponed, e.AnnouncementWithdrawn,
)  # fmt: skip
COMING = (State.ANNOUNCED, State.RETURNING)
OFF = (State.RETURNED, State.PLANNED_CARE)
TURNS = 3  # of what is said by time alone, looked at closely between two things that happen


class Watched(World):
    """`seen` collects the ways between states that were gone, `facts` the kinds of facts."""

    def __init__(self, now: datetime) -> None:
        self.asleep = True  # nobody looks while the service is down, or before it has begun
        self.running = False
        self.judged = 0  # rows
        self.states: dict[str, State] = {}
        self.promised: dict[str, tuple[Standing, tuple[Alarm, ...], datetime]] = {}
        self.plain: dict[str, Plain] = {}
        self.of_team: list[e.Recorded] = []
        self.seen: set[Way] = set()
        super().__init__(now)

    def wakes(self) -> None:
        """The service is there again: it does what is due, and is judged from here on."""
        self.run()
        self.asleep, self.states = False, {}
        self.judge()

    def sleep(self, when: When) -> None:
        self.asleep = True
        super().sleep(when)

    def _written(self, by: str, entries: Iterable[e.Entry]) -> list[e.Fact]:
        found = super()._written(by, entries)
        if found and not self.asleep and not self.running:
            self.judge(in_the_same_step=True)
            self.run()
        return found

    def run(self) -> list[e.Fact]:
        """What falls due at one instant is judged when all of it is done."""
        self.running = True
        done = super().run()
        self.running = False
        if done and not self.asleep:
            self.judge()
        return done

    # --- time -------------------------------------------------------------------------------------------

    def to(self, when: When) -> list[e.Fact]:
        """From due instant to due instant, stopping at each, a microsecond before and one after; and where what is
        said turns by time alone.
        """
        target, done, turned = self.moment(when), self.run(), 0
        while self.now < target:
            due = min(self.dues(), default=None)
            turn = min(self._turns()) if turned < TURNS and self._turns() else target
            stop = min(turn, target, due[0] if due else target)
            if due and due[0] == stop:
                self._before(stop - TICK, *due[1:])
                self.now = stop
                assert self.asked(*due[1:]), f"{due} is due, and the rule says nothing"
                done += self.run()
                self._at(min(stop + TICK, target))
            else:
                self._at(stop - TICK)
                self._at(stop)
            turned += stop == turn
        return done

    def _turns(self) -> list[datetime]:
        found = (stepdown.turns(self.here, client, self.now) for client in self.clients.values())
        return [turn for turns in found for turn in turns]

    def _before(self, when: datetime, client: str, clock: str) -> None:
        """A microsecond before it falls due."""
        if clock == "returns":
            self._at(when)
        elif when > self.now:
            self.now = when
            assert self.asked(client, clock) == [], f"{clock} of {client} before its stored instant"

    def _at(self, when: datetime) -> None:
        """An instant at which nothing falls due."""
        if when <= self.now:
            return
        self.now = when
        for client in self.clients:
            for clock in ("returns", *CLOCKS):
                assert self.asked(client, clock) == [], f"{clock} of {client} before its stored instant"
        self.judge()

    # --- what has to be so at every instant -------------------------------------------------------------

    def judge(self, *, in_the_same_step: bool = False) -> None:
        """`in_the_same_step`: what somebody did is written, and nobody has looked yet at what it makes due."""
        new, self.judged = self.rows[self.judged :], len(self.rows)
        if new:
            self.of_team += [row for row in new if row.client is None]
            about = {row.client for row in new}
            for client in self.clients:
                if client in about or None in about:
                    self.plain[client] = Plain([*self.of_team, *self.stories[client]], client)
        self._judge_returns(new)
        left = [due for due in self.dues() if due[0] <= self.now]
        assert in_the_same_step or not left, f"left undone: {left}"
        for id in self.clients:
            self._judge(id, [row.fact for row in new if row.client == id], any_new=bool(new))

    def _judge_returns(self, new: list[e.Recorded]) -> None:
        """Nobody returns by itself without the evidence that the policy asks, unannounced, or too early."""
        for row in new:
            if isinstance(row.fact, e.Returned) and row.actor == "factboard":
                assert [*wrongs(self.rows[: row.seq - 1], row, self.down)] == []

    def _judge(self, id: str, facts: list[e.Fact], *, any_new: bool) -> None:
        client, plain, said = self.clients[id], self.plain[id], self.standing(id)
        stay = client.stay
        assert (stay is not None) is (plain.put_on is not None)
        if stay:
            assert {one.need.value for one in said.missing} == plain.missing(self.now)
            if len(stay.ratings) < MOST:
                assert [(one.by, one.happened_at) for one in said.ratings] == plain.stable(self.now)
            assert len(said.contacts) == plain.contacts(self.now)
            announced, upheld = plain.announced(), plain.upheld()
            assert (stay.announced.seq if stay.announced else None) == (announced.seq if announced else None)
            assert (said.state in COMING) is (announced is not None)
            assert (said.state is State.RETURNING) is (upheld is not None)
        else:
            assert said.state in OFF
        self._judge_promise(id, said, any_new=any_new)
        self._judge_way(id, said.state, facts)

    def _judge_promise(self, id: str, said: Standing, *, any_new: bool) -> None:
        """What is said stays so until the instant at which it was told to turn."""
        client, alarms = self.clients[id], louder.alarms(self.here, self.clients[id], self.now)
        if (promise := self.promised.get(id)) and not any_new and self.now < promise[2]:
            assert (said, alarms) == promise[:2], f"turned before {promise[2]}"
            return
        turns = (*stepdown.turns(self.here, client, self.now), *louder.turns(self.here, client, self.now))
        self.promised[id] = said, alarms, min(turns, default=datetime.max.replace(tzinfo=self.now.tzinfo))

    def _judge_way(self, id: str, state: State, facts: list[e.Fact]) -> None:
        """Every change of state is a way in the table; an undo goes one back."""
        before, self.states[id] = self.states.get(id), state
        enrolled = self.clients[id].enrolled or (before not in OFF)
        if before is None or before is state or not enrolled:
            return
        by = next((kind for kind in DOES for fact in facts if isinstance(fact, kind)), None)
        way = before, by, state
        if any(isinstance(fact, e.Undone) for fact in facts) and way not in TABLE:
            assert any((start, end) == (state, before) for start, _, end in TABLE), f"{way} was undone"
            return
        assert way in TABLE, f"{before} -> {state} by {[fact.kind for fact in facts]}"
        self.seen.add(way)
