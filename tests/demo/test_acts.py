"""The staff's acts fit the client as they are when the act comes; where it no longer fits, nothing is written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from factboard.demo import acts, roster
from factboard.demo.clock import Hands
from factboard.demo.day import Day
from factboard.domain import enrolment, placement, stepdown, visits
from factboard.domain import events as e
from factboard.domain import team as rules
from factboard.domain.state import Client, Visit
from factboard.domain.stepdown import State
from factboard.recorder import Recorder
from tests.demo.conftest import TODAY, Demo


@asynccontextmanager
async def a_day(demo: Demo) -> AsyncIterator[Day]:
    hands = Hands(demo.clock())
    async with Recorder(demo.store, hands).together("kusten", "lars") as desk:
        clients = [client.id for client in await demo.clients()]
        yield Day(desk, hands, 1, await desk.state(), TODAY, clients, demo.clock())


async def on_board(demo: Demo, *, taken: bool = True) -> Client:
    return next(
        client
        for client in await demo.clients()
        if client.stay
        and bool(client.stay.taken_by) is taken
        and client.details.case_manager
        and not client.admission
        and not client.legal
    )


async def at_home(demo: Demo) -> Client:
    return next(client for client in await demo.clients() if client.enrolled and not client.stay)


async def retire(day: Day, used: set[str]) -> None:
    """One category is left in use, and it is none of these."""
    left = next(code for code in day.team.categories if code not in used)
    for category in day.team.categories.values():
        if category.code != left:
            await day.do("lars", rules.set_category, category=replace(category, retired=True))
    day.team = await day.desk.state()


async def _after_midnight(day: Day, id: str) -> None:
    day.hands.now += timedelta(days=1)
    await acts.plan_visit(day, id, "anna", 0, besides=True)


UNFIT: dict[str, Callable[[Day, str], Awaitable[None]]] = {
    "put on, who is on": lambda day, id: acts.put_on(day, id, "short_intensive"),
    "take, which is taken": acts.take,
    "tick, which there is not": lambda day, id: acts.tick(day, id, "none"),
    "the category they are in": lambda day, id: acts.recategorise(day, id, "nowhere", "worse"),
    "an end, who is on the board": acts.end,
    "a mistake, which is taken": lambda day, id: acts.in_error(day, id, "anna"),
    "a discharge, who is at home": acts.discharge,
    "a longer stay, who is at home": acts.stays_longer,
    "an end of what there is not": lambda day, id: acts.end_legal(day, id, "anna"),
    "a visit today, when it went past midnight": _after_midnight,
    "a visit by nobody": lambda day, id: acts.visit(day, id, Visit(1, "nobody", TODAY, None, ""), day.hands.now),
}


@pytest.mark.parametrize("act", UNFIT)
async def test_on_the_board_what_does_not_fit_is_not_done(demo: Demo, act: str) -> None:
    client = await on_board(demo)
    async with a_day(demo) as day:
        await UNFIT[act](day, client.id)
        assert day.desk.written == 0


@pytest.mark.parametrize(
    "act", [acts.take, acts.flag_again, acts.set_review, acts.give_back], ids=lambda act: act.__name__
)
async def test_in_planned_care_there_is_nothing_to_take_or_give_back(
    demo: Demo, act: Callable[[Day, str], Awaitable[None]]
) -> None:
    client = await at_home(demo)
    async with a_day(demo) as day:
        await act(day, client.id)
        assert day.desk.written == 0


async def test_a_category_out_of_use_takes_nobody(demo: Demo) -> None:
    there, home = await on_board(demo), await at_home(demo)
    async with a_day(demo) as day:
        await retire(day, {there.stay.category, "short_intensive", "long_intensive"})
        before = day.desk.written
        await acts.flag_again(day, there.id)
        await acts.put_on(day, home.id, "short_intensive")
        await acts.recategorise(day, there.id, "short_intensive", "worse")
        await acts.recategorise(day, there.id, "long_intensive", "long")
        assert day.desk.written == before


async def test_who_has_left_the_team_is_left_alone(demo: Demo) -> None:
    client = await at_home(demo)
    async with a_day(demo) as day:
        await day.do("lars", enrolment.end_enrolment, client.id, reason=e.EndReason.MOVED)
        before = day.desk.written
        await acts.put_on(day, client.id, "short_intensive")
        await acts.contact(day, client.id, "anna")
        await acts.review_crisis_plan(day, client.id)
        assert day.desk.written == before


async def test_somebody_goes_when_a_visit_is_ahead_and_not_when_it_is_made(demo: Demo) -> None:
    client = await on_board(demo)
    async with a_day(demo) as day:
        for visit in (known for known in client.visits if known.day >= TODAY):
            await day.do("anna", placement.log_contact, client.id, contact=e.ContactKind.HOME, by=visit.who)
        await day.do("anna", visits.plan_visit, client.id, who="anna", day=TODAY)
        planned = await day.state(client.id)
        assert planned
        assert acts.someone_goes(day, planned)
        await acts.contact(day, client.id, "anna")
        made = await day.state(client.id)
        assert made
        assert acts.someone_goes(day, made) == any(visit.day > TODAY for visit in made.visits)


async def test_nobody_is_admitted_twice_and_home_is_home(demo: Demo) -> None:
    client = await on_board(demo)
    async with a_day(demo) as day:
        for _ in range(2):
            await acts.admit(day, client.id, "anna")
        assert day.desk.written == 1
        await acts.discharge(day, client.id)
        home = await day.state(client.id)
        assert home
        assert home.admission is None
        assert home.discharged == TODAY


async def test_who_is_ill_makes_no_visit_and_the_backup_does(demo: Demo) -> None:
    client = await on_board(demo)
    async with a_day(demo) as day:
        for visit in client.visits:
            if visit.day >= TODAY and not visits.is_made(client, visit, day.team.settings):
                await day.do("lars", visits.cancel_visit, client.id, visit=visit.seq)
        goes = next(user for user in day.here() if user != "henrik")
        await day.do("lars", visits.plan_visit, client.id, who="henrik", day=TODAY, backup=goes)
        await roster.ill(day, "henrik", 1, leave=client.id)
        known = await day.state(client.id)
        assert known
        await acts.visit(day, client.id, known.visits[-1], day.hands.now)
        after = await day.state(client.id)
        assert after
        assert [contact.by for contact in after.contacts[len(known.contacts) :]] == [goes]


async def test_a_visit_that_nobody_can_make_is_given_to_somebody_who_is_here(demo: Demo) -> None:
    client = await on_board(demo)
    async with a_day(demo) as day:
        for visit in client.visits:
            if visit.day >= TODAY and not visits.is_made(client, visit, day.team.settings):
                await day.do("lars", visits.cancel_visit, client.id, visit=visit.seq)
        await day.do("lars", visits.plan_visit, client.id, who="henrik", day=TODAY)
        await roster.ill(day, "henrik", 1, leave=client.id)
        await acts.cover(day, client.id, "lars")
        known = await day.state(client.id)
        assert known
        assert known.visits[-1].who in day.here()
        assert known.visits[-1].who != "henrik"


async def test_who_is_on_the_way_home_gets_no_new_review_day(demo: Demo) -> None:
    """Their review day moved with "better, but not steadily yet", and the client goes back at one all the same."""
    team, now = await demo.team(), demo.clock()
    home = {State.READY, State.ANNOUNCED, State.RETURNING}
    there = [one for one in await demo.clients() if one.enrolled and stepdown.standing(team, one, now).state in home]
    assert len({stepdown.standing(team, one, now).state for one in there}) > 1
    async with a_day(demo) as day:
        for client in there:
            await acts.set_review(day, client.id)
        assert day.desk.written == 0
        await acts.set_review(day, next(one.id for one in await demo.clients() if one.stay and one not in there))
        assert day.desk.written == 1


async def test_over_what_a_visitor_has_written_nobody_writes_what_a_client_was_told(demo: Demo) -> None:
    client = next(one for one in await demo.clients() if one.stay and one.stay.announced)
    async with a_day(demo) as day:
        await day.do("anna", stepdown.tell, client.id, informed=e.Informed.YES, view="Det är hon som säger det.")
        before = day.desk.written
        await acts.tell(day, client.id)
        assert day.desk.written == before
        day.touched = frozenset((client.id,))
        for act in (acts.tell, acts.set_review, acts.keep_on, acts.give_back):
            await act(day, client.id)
        assert day.desk.written == before
