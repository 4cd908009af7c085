"""A team whose clients are on their way back, brought there by the recorder, and the hands of its clocks.

    house = House(store, Hands(...)); await house.team(); ids = await house.ready(3); await house.announced(ids)

`easy` is a category whose policy is soon met, so that a story is short: two ratings on two days, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from factboard.domain import enrolment, meeting, placement, stepdown, team
from factboard.domain import events as e
from factboard.domain.state import Client, Team
from factboard.recorder import Recorder
from factboard.scheduler import Scheduler
from factboard.storage import history, projections
from factboard.storage.codec import recorded
from factboard.storage.engine import Store
from factboard.watchman import Watchman
from tests.conftest import TEAM, Clock

SOON = e.Policy(stable_ratings=2, raters=1, stable_days=1, blockers=())
EASY = e.Category("easy", "Lätt", "blue", "circle", 9, 60, False, 0, 90, SOON)
KUSTEN = e.Settings("Team Kusten", public_holidays=False)
LATEST = timedelta(seconds=60)  # how late a return may be, counted from when nothing holds it back


class Hands(Clock):
    """Two clocks: what time it is (UTC), and how long the machine has run."""

    def __init__(self, now: datetime, ran: float = 10_000.0) -> None:
        super().__init__(now)
        self.ran = ran

    def forward(self, **by: float) -> datetime:
        """Time passes."""
        self.ran += timedelta(**by).total_seconds()
        return super().forward(**by)

    def until(self, then: datetime) -> None:
        """Time passes until then."""
        self.forward(seconds=(then - self.now).total_seconds())

    def put(self, **by: float) -> None:
        """Somebody sets the clock, and no time passes."""
        self.now += timedelta(**by)


class House:
    """A team in its database, with its people anna and lars, and a scheduler that goes by the same hands."""

    def __init__(self, store: Store, hands: Hands, id: str = TEAM, settings: e.Settings = KUSTEN) -> None:
        self.store, self.hands, self.id, self.settings = store, hands, id, settings
        self.recorder = Recorder(store, hands)

    async def team(self, *categories: e.Category) -> House:
        async with self.recorder.store.reading() as connection:
            there = await projections.team(connection, self.id)
        if there is None:
            await self.recorder.found_team("command_line", self.id, self.settings)
        async with self.recorder.together(self.id, "command_line") as desk:
            for user, role in (("anna", e.Role.CLINICIAN), ("lars", e.Role.LEAD), ("elin", e.Role.CLINICIAN)):
                await desk.decide(team.set_member, member=e.Member(user, user, user.title(), role))
            for category in categories or (EASY,):
                await desk.decide(team.set_category, category=category)
        return self

    def scheduler(self, recorder: Recorder | None = None) -> Scheduler:
        """As a process that has just started has it."""
        own = recorder or self.recorder
        return Scheduler(own, own.store, watchman=Watchman(own, own.store, lambda: self.hands.ran))

    async def do(self, actor: str, rule: Any, /, client: str | None = None, **what: Any) -> Any:
        return await self.recorder.change(self.id, actor, rule, client=client, **what)

    async def ready(self, many: int = 1, categories: Sequence[str] = ("easy",), bystanders: int = 0) -> list[str]:
        """So many clients whose policy is met: rated yesterday and the day before; two days pass.

        `bystanders` are on the board too, and far from ready.
        """
        now = self.hands.now
        self.hands.now = now - timedelta(days=3)
        ids = await self.put_on(many + bystanders, categories)
        for days in (2, 1):
            self.hands.now = now - timedelta(days=days)
            await self.rated(ids[:many])
        self.hands.now = now
        return ids[:many]

    async def put_on(self, many: int, categories: Sequence[str] = ("easy",)) -> list[str]:
        """So many new clients on the board, taken, and rated by nobody."""
        ids = []
        async with self.recorder.together(self.id, "anna") as desk:
            for number in range(many):
                made = await desk.decide(enrolment.enrol, details=e.Details(f"Exempel{number:03d}", "Stina"))
                code = categories[number % len(categories)]
                await desk.decide(placement.put_on_board, client=made.client, category=code, reason="Sover inte")
                await desk.decide(placement.take, client=made.client)
                ids.append(str(made.client))
        return ids

    async def rated(self, ids: Iterable[str], level: e.Rating = e.Rating.USUAL) -> None:
        async with self.recorder.together(self.id, "anna") as desk:
            for id in ids:
                await desk.decide(placement.rate, client=id, rating=level, basis=e.Basis.SEEN)

    async def meets(self, *, present: Sequence[str] = ("anna", "lars"), agree: Sequence[str] = (), **how: Any) -> None:
        """A meeting that thinks of everybody, now. `agree` say in it that returns may go on."""
        async with self.recorder.together(self.id, "lars") as desk:
            await desk.decide(meeting.open_meeting, with_all=True, present=present)
            id = (await desk.state()).meeting
            assert id
            while focus := (await desk.meeting(id)).focus:  # type: ignore[union-attr]
                await desk.decide(meeting.no_change, of_meeting=id, with_all=True, of=focus)
            for user in agree:
                await desk.decide(stepdown.agree_to_release, of_meeting=id, actor=user)
            await desk.decide(meeting.close, of_meeting=id, with_all=True, reason="Ingen har tagit den", **how)

    async def upheld(self, many: int = 1, **how: Any) -> list[str]:
        """So many clients who return today at the return time: announced yesterday, and up this morning.

        It is a moment after today's meeting then.
        """
        morning = self.hands.now
        self.hands.now -= timedelta(days=1)
        ids = await self.ready(many, **how)
        await self.meets()
        self.hands.now = morning
        await self.meets()
        return ids

    # --- what is there ------------------------------------------------------------------------------------

    async def state(self) -> Team:
        async with self.store.reading() as connection:
            state = await projections.team(connection, self.id)
        assert state
        return state

    async def client(self, id: str) -> Client:
        async with self.store.reading() as connection:
            state = await projections.client(connection, self.id, id)
        assert state
        return state

    async def rows(self, *kinds: str, client: str | None = None, team: str | None = None) -> list[e.Recorded]:
        """The facts of these kinds, in order."""
        async with self.store.reading() as connection:
            found = [row async for row in history.rows(connection, team or self.id)]
        return [recorded(row) for row in found if row.kind in kinds and client in (None, row.client)]

    def at(self, day: date, clock: time) -> datetime:
        """The UTC instant of a local time that is there once."""
        return datetime.combine(day, clock, ZoneInfo(self.settings.time_zone)).astimezone(UTC)

    async def set(self, **settings: Any) -> None:
        """The lead changes how the team works."""
        now = (await self.state()).settings
        await self.do("lars", team.change_settings, settings=replace(now, **settings))
