"""A team and its clients through the real rules, without storage: a desk and a scheduler of a few lines.

What the recorder does in a transaction is `do`, what the scheduler does while nobody clicks is `run`: every fact goes
through the same fold, and what it brings with it follows at once. `to` moves the clock from due instant to due instant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from factboard.domain import events as e
from factboard.domain import meeting, placement, stepdown
from factboard.domain.case import Case
from factboard.domain.meeting.agenda import is_up
from factboard.domain.people import SYSTEM
from factboard.domain.projection import meeting_of, project
from factboard.domain.state import Client, Meeting, Stay, Team
from factboard.domain.stepdown import Standing, State

Rule = Callable[..., list[e.Entry]]
When = datetime | str | timedelta

TEAM = "kusten"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TICK = timedelta(microseconds=1)
MANY = 500  # facts that fall due at one moment: more is a clock that never stops

STABLE = e.Policy(stable_ratings=3, raters=2, stable_days=7)
CATEGORIES = (
    e.Category("stable", "By itself", order=1, contacts_a_week=2, unseen_days=5, policy=STABLE),
    e.Category("confirm", "A person", order=2, contacts_a_week=2, policy=replace(STABLE, mode=e.Mode.CONFIRM)),
    e.Category("by_hand", "By hand", order=3, contacts_a_week=2, policy=replace(STABLE, mode=e.Mode.BY_HAND)),
    e.Category("law", "By law", order=4, contacts_a_week=2, policy=replace(STABLE, blockers=tuple(e.Blocker))),
    e.Category("quick", "Quick", order=5, contacts_a_week=1, policy=replace(STABLE, stable_ratings=2, stable_days=1)),
)
MEMBERS = (
    e.Member("anna", "anna", "Anna Test", e.Role.CLINICIAN),
    e.Member("lars", "lars", "Lars Test", e.Role.LEAD),
    e.Member("fatima", "fatima", "Fatima Test", e.Role.CLINICIAN),
    e.Member("maria", "maria", "Maria Test", e.Role.AUDITOR),
)
PRESENT = ("anna", "lars", "fatima")
SETTINGS = e.Settings("Team Kusten", public_holidays=False)


def local(text: str, zone: str = "Europe/Stockholm") -> datetime:
    """The instant (UTC) of "2026-11-23 08:30" on the team's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


NOW = local("2026-11-23 09:40")  # a Monday


class World:
    """One team. `rows` is its history, `down` are the intervals in which nobody was served."""

    def __init__(self, now: datetime, settings: e.Settings = SETTINGS) -> None:
        self.now = now
        self.team: Team | None = None
        self.clients: dict[str, Client] = {}
        self.meetings: dict[str, Meeting] = {}
        self.rows: list[e.Recorded] = []
        self.stories: dict[str, list[e.Recorded]] = {}
        self.down: list[tuple[datetime, datetime]] = []
        self.ids = count(1)
        changed = (e.CategoryChanged(category) for category in CATEGORIES)
        added = (e.MemberAdded(member) for member in MEMBERS)
        for fact in (e.HistoryStarted("Team Kusten"), e.TeamSettingsChanged(settings), *changed, *added):
            self.tell(fact)

    # --- what is so -------------------------------------------------------------------------------------

    @property
    def here(self) -> Team:
        assert self.team
        return self.team

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.here.settings.time_zone)).date()

    def stay(self, client: str) -> Stay:
        found = self.clients[client].stay
        assert found
        return found

    def standing(self, client: str) -> Standing:
        return stepdown.standing(self.here, self.clients[client], self.now)

    def state(self, client: str) -> State:
        return self.standing(client).state

    def of(self, client: str, *kinds: type[e.Fact]) -> list[e.Fact]:
        """The client's facts, or those of these kinds."""
        return [row.fact for row in self.stories[client] if isinstance(row.fact, kinds or e.Fact)]

    def dues(self) -> list[tuple[datetime, str, str]]:
        """Every stored instant: when, whose, which clock; the first one first."""
        found = ((client, stepdown.dues(self.here, state)) for client, state in self.clients.items())
        return sorted((at, client, clock) for client, clocks in found for clock, at in stepdown.all_of(clocks))

    def case(self, by: str, client: str | None = None, of_meeting: str | None = None, saw: int | None = None) -> Case:
        held = self.meetings.get(of_meeting or "")
        agenda = {item.client for item in held.agenda} if held else set()
        return Case(
            self.here,
            self.clients.get(client or ""),
            by,
            self.now,
            lambda: f"id{next(self.ids)}",
            tuple(row for row in self.stories.get(client or "", ()) if saw is not None and row.seq > saw),
            held,
            tuple(one for id, one in sorted(self.clients.items()) if is_up(one) or id in agenda),
            "test",
        )

    # --- the desk ---------------------------------------------------------------------------------------

    def tell(self, fact: e.Fact, *, by: str = "lars", client: str | None = None) -> list[e.Fact]:
        """A fact as it is, whatever the rules say, and what follows from it."""
        state = self.clients.get(client or "")
        going_on = state.stay.placement if state and state.stay else None
        new = f"p{len(self.rows)}" if isinstance(fact, e.PutOnBoard) else going_on
        return self._written(by, [e.Entry(fact, client, new)])

    def do(
        self,
        rule: Rule,
        client: str | None = None,
        *,
        by: str = "anna",
        of_meeting: str | None = None,
        saw: int | None = None,
        **typed: Any,
    ) -> list[e.Fact]:
        """One question to the rules: its facts, and those that followed. `saw`: up to which one `by` has seen."""
        return self._written(by, rule(self.case(by, client, of_meeting, saw), **typed))

    def _written(self, by: str, entries: Iterable[e.Entry]) -> list[e.Fact]:
        rows = [self._write(by, entry) for entry in entries]
        touched = {row.client for row in rows}
        if rows:
            everyone = [one for id, one in self.clients.items() if id in touched or None in touched]
            called_off = stepdown.follows(self.here, everyone, self.now, "test", rows)
            rows += [self._write(SYSTEM, entry) for entry in called_off]
        return [row.fact for row in rows]

    def _write(self, by: str, entry: e.Entry) -> e.Recorded:
        row = e.Recorded(len(self.rows) + 1, self.now, by, entry.fact, entry.client, entry.placement)
        about = row.client or ""
        self.rows.append(row)
        self.stories.setdefault(about, []).append(row)
        held = self.meetings.get(meeting_of(row.fact) or "")
        story = partial(self.stories.__getitem__, about)
        outcome = project(TEAM, row, self.team, self.clients.get(about), story, held)
        self.team = outcome.team
        if outcome.meeting:
            self.meetings[outcome.meeting.id] = outcome.meeting
        if row.client and outcome.client:
            self.clients[about] = outcome.client
        return row

    # --- the scheduler ----------------------------------------------------------------------------------

    def asked(self, client: str, clock: str) -> list[e.Entry]:
        """What the scheduler would write now for this clock."""
        return stepdown.fall_due(self.case(SYSTEM, client), clock=clock, down=self.down)

    def run(self) -> list[e.Fact]:
        """Do what is due by now, the oldest first, until nothing is."""
        done: list[e.Fact] = []
        while (due := self.dues()) and due[0][0] <= self.now:
            at, client, clock = due[0]
            entries = self.asked(client, clock)
            assert entries, f"{clock} of {client} was due at {at}, and the rule says nothing"
            done += self._written(SYSTEM, entries)
            assert len(done) < MANY
        return done

    def to(self, when: When) -> list[e.Fact]:
        """Let the time pass; what falls due meanwhile is done at its instant."""
        target, done = self.moment(when), self.run()
        while (due := self.dues()) and due[0][0] <= target:
            self.now = max(self.now, due[0][0])
            done += self.run()
        self.now = target
        return done

    def sleep(self, when: When) -> None:
        """Let the time pass while the service is down: nobody looks, nobody is served."""
        since, self.now = self.now, self.moment(when)
        self.down.append((since, self.now))

    def moment(self, when: When) -> datetime:
        """An instant, "13:00" of this day, "2026-11-23 13:00", or so long from now."""
        if isinstance(when, timedelta):
            return self.now + when
        if isinstance(when, datetime):
            return when
        text = when if " " in when else f"{self.today} {when}"
        return local(text, self.here.settings.time_zone)

    # --- people -----------------------------------------------------------------------------------------

    def enrol(self, client: str, **known: Any) -> World:
        self.tell(e.ClientEnrolled(e.Details("Exempel", client.title(), **{"case_manager": "anna", **known})),
                  client=client)  # fmt: skip
        return self

    def flag(self, client: str, category: str = "stable", *, by: str = "anna", taken_by: str = "lars") -> list[e.Fact]:
        done = self.do(placement.put_on_board, client, by=by, category=category, reason="Sover inte")
        return done + (self.do(placement.take, client, by=taken_by) if taken_by else [])

    def meets(
        self, client: str, by: str, rating: e.Rating | None = e.Rating.USUAL, kind: e.ContactKind = e.ContactKind.HOME
    ) -> list[e.Fact]:
        """Somebody meets the client, and says how they are."""
        return self.do(placement.log_contact, client, by=by, contact=kind, rating=rating)

    def opens(self, present: Sequence[str] = PRESENT) -> str:
        """A meeting begins; its id."""
        self.do(meeting.open_meeting, by=present[0], present=present)
        assert self.here.meeting
        return self.here.meeting

    def discusses(self, id: str, client: str) -> list[e.Fact]:
        """The meeting thinks of the client."""
        chair = self.meetings[id].chair
        moved = self.do(meeting.move_focus, by=chair, of_meeting=id, to=client)
        return moved + self.do(meeting.discuss, by=chair, of_meeting=id, of=client)

    def closes(self, id: str, wishes: stepdown.Wishes = stepdown.NOTHING) -> list[e.Fact]:
        chair = self.meetings[id].chair
        return self.do(meeting.close, by=chair, of_meeting=id, reason="Tiden är slut", wishes=wishes)

    def meet(
        self, present: Sequence[str] = PRESENT, *, over: Sequence[str] = (), wishes: stepdown.Wishes = stepdown.NOTHING
    ) -> list[e.Fact]:
        """A whole meeting of ten minutes, that thinks of everybody but those in `over`; what its closing did."""
        id = self.opens(present)
        for item in self.meetings[id].agenda:
            if item.client not in over:
                self.discusses(id, item.client)
        self.to(10 * MINUTE)
        return self.closes(id, wishes)
