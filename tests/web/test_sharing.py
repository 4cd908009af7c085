"""Consent and locks on every address: what a reader may not see of a client stands in no answer that they get.

Generated: each address of the table, for staff of another employer (a clinician, a lead, a manager), by what the client
has agreed to. In make test each set of parts is asked of some addresses, with --full of all.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from sqlalchemy import func, select, update

from factboard.addresses import ROUTES, Address
from factboard.domain import consent, documents, enrolment, meeting, team, tips
from factboard.domain import events as e
from factboard.domain.consent import PARTS
from factboard.domain.events.contents import CONTENTS, MANY, CarePlan, Goal, Kind, Together
from factboard.domain.people import alias, code
from factboard.storage import documents as stored
from factboard.storage import projections
from factboard.storage.codec import instant_to_text
from factboard.storage.tables import history, opening
from factboard.web.live import VIEWS
from tests.service import OWN
from tests.web.test_access_complete import CHANGES, HELPS, OUTSIDE, STINA, House, read
from tests.web.test_access_complete import house as house  # the fixture

REGION, TOWN = "Regionen", "Kommunen"
WHO, BOARD, STORY, PLACE = map(str, e.Part)
OTHERS = ("anna", "ingrid", "monika")  # who work for the town: a clinician, a lead, a manager
STREET, PASSING, REASON = "Kanariegatan", "Kanarieflytt", "Kanarieskäl"
MARKS: Mapping[str, tuple[str, ...]] = {  # what stands of Stina in these parts and in no other
    "Exempel": (WHO,),
    HELPS: (BOARD,),
    REASON: (BOARD, STORY),
    PASSING: (STORY,),
    STREET: (PLACE,),
}
SETS: Sequence[tuple[str, ...]] = ((), (WHO,), *((WHO, one) for one in PARTS if one != WHO), (WHO, BOARD, STORY), PARTS)


def written(kind: Kind) -> str:
    return f"Kanarie {kind.value.replace('_', ' ')}"


def content(kind: Kind) -> Any:
    """A document of this kind that says the kind's mark: in its first free text, or in one of a row."""
    shape = CONTENTS[kind]
    for one in documents.asked(shape):
        if one.asks in ("text", "line"):
            return shape(**{one.name: written(kind)})
        if one.asks == "rows" and one.row:
            first = next(field for field in documents.asked(one.row) if field.asks in ("text", "line"))
            return shape(**{one.name: (one.row(**{first.name: written(kind)}),)})
    raise AssertionError(kind)


class Shared:
    """The house of all addresses, shared by region and town."""

    def __init__(self, house: House) -> None:
        self.house, self.stina = house, house.service.clients[STINA]

    async def do(self, rule: Any, actor: str = "lars", client: str | None = None, **what: Any) -> Any:
        return await self.house.service.recorder.change(OWN, actor, rule, client=client, **what)

    async def about(self, rule: Any, actor: str = "lars", **what: Any) -> Any:
        return await self.do(rule, actor, self.stina, **what)

    async def agree(self, *parts: str, employer: str = TOWN) -> None:
        if parts:
            await self.about(consent.give, employer=employer, parts=parts, agreed=e.Agreed.SPOKEN)
        elif (await self.client()).shared.consents:
            await self.about(consent.revoke, employer=employer)

    async def write(self, kind: Kind) -> None:
        """A document of this kind, or a new version of the one that is there."""
        ref = f"{kind.value}.a1" if kind in MANY else kind.value
        async with self.house.store.reading() as connection:
            known = await stored.newest(connection, OWN, self.stina, ref)
        number = known.number + 1 if known else 1
        fact = e.DocumentWritten(kind, ref, number, content(kind), Together.WITHOUT)
        await self.about(lambda case: [case.about(fact)])  # whatever the kind's own rules ask for besides

    async def client(self) -> Any:
        async with self.house.store.reading() as connection:
            return await projections.client(connection, OWN, self.stina)

    async def written_by(self, user: str) -> int:
        """How many facts; what falls due by itself is somebody else's."""
        async with self.house.store.reading() as connection:
            query = select(func.count()).where(history.c.team == OWN, history.c.actor == user)
            return await connection.scalar(query) or 0

    def told(self, text: str, parts: Sequence[str]) -> set[str]:
        """What of Stina stands in the text that these parts do not hold."""
        marks = {**MARKS, **{written(kind): (kind.value,) for kind in Kind}}
        return {mark for mark, held_by in marks.items() if mark in text and not {*held_by} & {*parts}}


@pytest_asyncio.fixture(scope="module")
async def shared(house: House) -> AsyncIterator[Shared]:
    found = Shared(house)
    members = {
        "lars": (REGION, e.Role.LEAD),
        "bo": (REGION, e.Role.CLINICIAN),
        "anna": (TOWN, e.Role.CLINICIAN),
        "ingrid": (TOWN, e.Role.LEAD),
        "monika": (TOWN, e.Role.MANAGER),
        "maria": (REGION, e.Role.AUDITOR),
    }
    for user, (employer, role) in members.items():
        member = e.Member(user, user, f"{user.title()} Test", role, employer=employer)
        await found.do(team.set_member, "command_line", member=member)
    whole = (await found.client()).details
    moved = e.Details(**{name: getattr(whole, name) for name in e.Details.__slots__} | {"address": STREET})
    await found.about(enrolment.correct, details=moved)
    await found.about(enrolment.end_enrolment, reason=e.EndReason.MOVED, note=PASSING)
    await found.about(enrolment.enrol, details=moved)
    await house.service.put_on(STINA, reason=REASON)
    for kind in Kind:
        await found.write(kind)
    await found.do(consent.set_sharing, employer=REGION, sharing=e.Sharing.CONSENT)
    async with house.store.reading() as connection:
        here = await projections.team(connection, OWN)
    stay = (await found.client()).stay
    house.things |= {"{placement}": [stay.placement], "{lock}": ["none"]}
    assert here
    assert here.employer == REGION
    yield found


def places(house: House, address: Address, full: bool) -> list[str]:
    return house.concrete(address, full) if full else house.concrete(address, full=False)[-2:]


def some(number: int, full: bool) -> list[Address]:
    """The addresses that are asked with the set of this number: all of them with --full."""
    asked = [one for one in ROUTES if one.method == "GET" and one.path not in OUTSIDE]
    if full and number:  # a screen that is not paired gets a new code each time, and of those there are only so many
        return [one for one in asked if one.path != "/wall"]
    return asked if full or number == 0 else asked[number % 7 :: 7]


async def leaks(
    shared: Shared, person: httpx2.AsyncClient, asked: Sequence[Address], parts: Sequence[str], full: bool
) -> list[str]:
    found = []
    for address in asked:
        for path in places(shared.house, address, full):
            _, said = await read(person, "GET", path, {}, None)
            if told := shared.told(said, parts):
                found.append(f"{path}: {sorted(told)}")
    return found


@pytest.mark.parametrize("number", range(len(SETS)), ids=lambda number: "-".join(SETS[number]) or "nothing")
async def test_no_address_tells_of_a_part_that_was_not_agreed_to(shared: Shared, number: int, full: bool) -> None:
    parts = SETS[number]
    await shared.agree(*parts)
    users = OTHERS if full else ("ingrid",) if number == 0 else OTHERS[number % 3 : number % 3 + 1]
    for user in users:
        async with shared.house.service.person(user) as person:
            assert await leaks(shared, person, some(number, full), parts, full) == [], user


async def test_what_was_agreed_to_is_there_and_what_not_is_a_code(shared: Shared) -> None:
    """Else the test above would be kept by pages that show nothing."""
    await shared.agree()
    async with shared.house.service.person("anna") as anna:
        board = (await anna.get("/board")).text
        assert alias(shared.stina) in board
        assert "Exempel" not in board
        page = await anna.get(f"/clients/{shared.stina}")
        assert page.status_code == 403
        assert code(shared.stina) in page.text
        await shared.agree(*PARTS)
        for path in ("/board", "/visits", f"/clients/{shared.stina}", f"/clients/{shared.stina}/rate"):
            assert "Exempel" in (await anna.get(path)).text, path
        assert {*MARKS} <= shared.told((await anna.get(f"/clients/{shared.stina}")).text, ())
        await shared.agree(WHO)
        page = await anna.get(f"/clients/{shared.stina}")
        assert (page.status_code, "Exempel" in page.text, HELPS in page.text) == (200, True, False)
    await shared.agree()


@pytest.mark.parametrize("user", ["anna", "ingrid"])
async def test_nobody_writes_about_whom_they_may_not_see(shared: Shared, user: str) -> None:
    await shared.agree()
    before = await shared.written_by(user)
    async with shared.house.service.person(user) as person:
        for address in ROUTES:
            if address.method != "POST" or "{client}" not in address.path or address.path.endswith("/emergency"):
                continue
            for path in places(shared.house, address, full=False):
                data = CHANGES.get(f"POST {address.path}", {"reason": "x", "text": "x", "rating": "better"})
                answer = await person.post(path, data=data)
                assert answer.status_code in (403, 404), f"{path} {answer.status_code}"
                assert shared.told(answer.text, ()) == set(), path
        flag = {"client": shared.stina, "category": "short_intensive", "reason": "x", "request_id": "r-1"}
        assert (await person.post("/flag", data=flag)).status_code == 422
        for path in ("/clients", "/flag/clients", "/contact"):
            assert "Exempel" not in re.sub('value="[^"]*"', "", (await person.post(path, data={"q": "Exempel"})).text)
    assert await shared.written_by(user) == before


# --- open streams and pages -------------------------------------------------------------------------------------


@asynccontextmanager
async def watching(person: httpx2.AsyncClient, path: str) -> AsyncIterator[AsyncIterator[str]]:
    """The frames of a stream as they come, each whole."""
    async with person.stream("GET", path) as answer:
        assert answer.status_code == 200, path

        async def frames() -> AsyncIterator[str]:
            async for line in answer.aiter_lines():
                if line.startswith("data: <hx-partial"):
                    yield line

        yield frames()


STREAMS = [view for view in sorted(VIEWS) if view != "wall"]


@pytest.mark.parametrize("how", ["taken back", "locked for others", "the team's setting", "locked for all but one"])
async def test_what_is_taken_back_is_gone_from_every_open_stream_within_five_seconds(shared: Shared, how: str) -> None:
    own = how == "locked for all but one"
    await shared.agree(*PARTS)
    async with shared.house.service.person("bo" if own else "anna") as person:
        for view in STREAMS:
            path = f"/live/{view}" if view != "today" else "/live/today?person=lars"
            async with watching(person, path) as frames, asyncio.timeout(10):
                first = await anext(frames)
                if "Exempel" not in first:
                    assert view == "today", f"{view} must show her, or it proves nothing"
                    continue
                began = perf_counter()
                if how == "taken back":
                    await shared.agree()
                elif how == "the team's setting":
                    await shared.do(consent.set_sharing, employer=REGION, sharing=e.Sharing.CLOSED)
                else:
                    for_whom = e.LockedFor.ALL_BUT if own else e.LockedFor.OTHERS
                    named = ["lars"] if own else []
                    await shared.about(consent.place, parts=[WHO], locked_for=for_whom, named=named)
                async for frame in frames:
                    if "Exempel" not in frame:
                        break
                assert perf_counter() - began < 5
            await shared.do(consent.set_sharing, employer=REGION, sharing=e.Sharing.CONSENT)
            for lock in (await shared.client()).shared.locks:
                await shared.about(consent.lift, lock=lock.id, reason="Klart")
            await shared.agree(*PARTS)
    await shared.agree()


async def test_who_works_for_another_from_now_on_sees_no_longer_what_the_house_sees(shared: Shared) -> None:
    def member(employer: str) -> e.Member:
        return e.Member("bo", "bo", "Bo Test", e.Role.CLINICIAN, employer=employer)

    async with shared.house.service.person("bo") as bo, bo.stream("GET", "/live/board") as answer:
        began = perf_counter()
        lines = answer.aiter_lines()
        async with asyncio.timeout(8):
            await shared.do(team.set_member, member=member(TOWN))
            async for line in lines:
                if line == "event: moved":
                    break
        assert perf_counter() - began < 5
        assert "Exempel" not in (await bo.get("/board")).text
    await shared.do(team.set_member, member=member(REGION))


async def test_an_open_page_is_told_whom_to_let_go_of(shared: Shared) -> None:
    await shared.agree(*PARTS)
    async with shared.house.service.person("anna") as anna:
        page = (await anna.get(f"/clients/{shared.stina}")).text
        since = re.search(r'<data id="sight" value="(\d+)" data-was="([^"]+)"', page)
        assert since
        assert "sight.js" in page
        asked = {"seq": since[1], "was": since[2]}
        nothing = (await anna.get("/sight", params=asked)).json()
        assert (nothing["gone"], nothing["all"]) == ([], False)
        await shared.agree()
        told = (await anna.get("/sight", params=asked)).json()
        assert (told["gone"], told["all"]) == ([shared.stina], False)
        later = (await anna.get("/sight", params=asked | {"seq": told["seq"]})).json()
        assert (later["gone"], later["all"]) == ([], False)
        yesterday = (await anna.get("/sight", params={"seq": told["seq"], "was": "2026-11-22"})).json()
        assert yesterday["all"]
        assert (await anna.get("/sight")).json()["all"]


async def test_a_wall_shows_what_everybody_may_see_and_codes_of_the_others(shared: Shared) -> None:
    await shared.agree()
    async with shared.house.service.person("lars") as lars:
        wall = (await lars.get("/wall/here")).text
        assert "Stina" not in wall
        assert alias(shared.stina) in wall
        await shared.agree(WHO, BOARD)
        assert "Stina" in (await lars.get("/wall/here")).text
    await shared.agree()


# --- locks and emergencies --------------------------------------------------------------------------------------


@asynccontextmanager
async def locked(shared: Shared, *parts: str, named: str = "lars") -> AsyncIterator[None]:
    await shared.about(consent.place, parts=parts, locked_for=e.LockedFor.ALL_BUT, named=[named])
    yield
    for lock in (await shared.client()).shared.locks:
        await shared.about(consent.lift, lock=lock.id, reason="Klart")


@pytest.mark.parametrize("part", [WHO, BOARD, STORY, PLACE, Kind.CARE_PLAN.value])
async def test_no_address_tells_the_own_staff_of_what_is_locked_for_them(shared: Shared, part: str, full: bool) -> None:
    seen = () if part == WHO else [one for one in PARTS if one != part]
    number = [WHO, BOARD, STORY, PLACE, Kind.CARE_PLAN.value].index(part)
    async with locked(shared, part, named="bo"), shared.house.service.person("lars") as lars:
        assert await leaks(shared, lars, some(number, full), seen, full) == []


async def test_a_lock_is_opened_in_an_emergency_with_a_reason_that_is_logged_and_told(shared: Shared) -> None:
    page = f"/clients/{shared.stina}"
    async with locked(shared, WHO), shared.house.service.person("bo") as bo, shared.house.service.person("bo") as other:
        closed = await bo.get(page)
        assert closed.status_code == 403
        assert f"{page}/emergency" in closed.text
        assert (await bo.post(f"{page}/emergency", data={"reason": " "})).status_code == 422
        assert (await bo.get(page)).status_code == 403
        before = await shared.house.newest()
        assert (await bo.post(f"{page}/emergency", data={"reason": "Hittad medvetslös"})).status_code == 303
        assert shared.stina in await shared.house.seen(before, "bo")
        assert "Exempel" in (await bo.get(page)).text
        assert (await other.get(page)).status_code == 403  # in that browser only
        async with shared.house.service.person("lars") as lars:
            assert "Hittad medvetslös" in (await lars.get("/notices")).text
    async with shared.house.service.person("anna") as anna:  # of another employer, where the team lets none
        assert (await anna.post(f"{page}/emergency", data={"reason": "Fara"})).status_code == 403
        assert (await anna.get(page)).status_code == 403


async def test_an_opening_ends_with_its_half_hour_and_the_page_is_told(shared: Shared) -> None:
    page = f"/clients/{shared.stina}"
    async with locked(shared, WHO), shared.house.service.person("bo") as bo:
        await bo.post(f"{page}/emergency", data={"reason": "Fara"})
        since = re.search(r'<data id="sight" value="(\d+)" data-was="([^"]+)"', (await bo.get(page)).text)
        assert since
        asked = {"seq": since[1], "was": since[2]}
        assert not (await bo.get("/sight", params=asked)).json()["all"]
        async with shared.house.store.writing() as connection:
            past = instant_to_text(datetime.now(UTC) - timedelta(seconds=1))
            await connection.execute(update(opening).values(until=past))
        assert (await bo.get("/sight", params=asked)).json()["all"]
        assert (await bo.get(page)).status_code == 403


# --- what stands beside ------------------------------------------------------------------------------------------

BESIDE = "Kanariemål"


async def test_an_evaluation_says_no_goal_of_a_plan_that_its_reader_may_not_see(shared: Shared) -> None:
    fact = e.DocumentWritten(Kind.CARE_PLAN, "care_plan", 2, CarePlan(goals=(Goal("g1", BESIDE),)), Together.WITHOUT)
    await shared.about(lambda case: [case.about(fact)])
    new = f"/clients/{shared.stina}/plans/evaluation.b2/edit"  # begins with the goals that there are
    for may in (False, True):
        await (shared.agree(*PARTS) if may else shared.agree(WHO, Kind.EVALUATION))
        async with shared.house.service.person("anna") as anna:
            answer = await anna.get(new)
            assert (answer.status_code, BESIDE in answer.text) == (200, may)
    await shared.agree()


@pytest.mark.parametrize("page", ["/notices", "/today"])
async def test_a_notice_of_a_tip_tells_nobody_what_they_may_not_see_of_the_story(shared: Shared, page: str) -> None:
    before = (await shared.client()).details
    await shared.about(enrolment.correct, details=replace(before, case_manager="anna"))
    await shared.agree(WHO, BOARD, STORY)
    await shared.about(tips.note, text="Kanarietips", relation=e.Source.RELATIVE)
    async with shared.house.service.person("anna") as anna:
        assert "Kanarietips" in (await anna.get(page)).text
        await shared.agree(WHO, BOARD)
        assert "Kanarietips" not in (await anna.get(page)).text
    await shared.about(enrolment.correct, details=before)
    await shared.agree()


@pytest.mark.parametrize("kind", ["text/html", "application/json"])
async def test_what_others_did_meanwhile_is_told_as_far_as_the_story_may_be(shared: Shared, kind: str) -> None:
    await shared.write(Kind.CARE_PLAN)
    path, sent = f"/clients/{shared.stina}/take", {"seen": "1"}
    await shared.agree(*PARTS)
    async with shared.house.service.person("anna") as anna:
        await anna.post(path, data=sent)
        for parts, told in ((PARTS, True), ((WHO, BOARD), False)):
            await shared.agree(*parts)
            answer = await anna.post(path, data=sent, headers={"Accept": kind})
            assert (answer.status_code, PASSING in answer.text) == (409, told)
    await shared.agree()


# --- the pages themselves ---------------------------------------------------------------------------------------


async def test_a_consent_is_noted_and_taken_back_on_its_page(shared: Shared) -> None:
    page = f"/clients/{shared.stina}/consent"
    async with shared.house.service.person("lars") as lars:
        wrong = await lars.post(page, data={"employer": TOWN, "note": "Vid hembesök"})
        assert wrong.status_code == 422
        assert "Vid hembesök" in wrong.text
        given = {"employer": TOWN, "parts": [BOARD, "care_plan"], "agreed": "written", "until": "2026-12-31"}
        assert (await lars.post(page, data=given)).status_code == 303
        stands = (await shared.client()).shared.consents["kommunen"]
        assert (stands.parts, stands.agreed) == ((WHO, BOARD, "care_plan"), e.Agreed.WRITTEN)
        again = (await lars.get(page)).text  # who adds a part takes none away
        assert re.search(r'value="care_plan"[^>]* checked', again)
        assert 'value="2026-12-31"' in again
        assert (await lars.post(f"{page}/revoke", data={"employer": TOWN})).status_code == 303
        assert (await lars.post(f"{page}/revoke", data={"employer": TOWN})).status_code == 409
        assert (await shared.client()).shared.consents == {}
        lock = {"locked": [STORY], "locked_for": "all_but_named", "named": ["lars", "bo"], "why": "Så vill hon"}
        assert (await lars.post(f"/clients/{shared.stina}/locks", data=lock)).status_code == 303
        [placed] = (await shared.client()).shared.locks
        assert (placed.parts, placed.named) == ((STORY,), ("bo", "lars"))
        empty = {"locked": [STORY], "locked_for": "all_but_named"}
        assert (await lars.post(f"/clients/{shared.stina}/locks", data=empty)).status_code == 422
        lift = f"/clients/{shared.stina}/locks/{placed.id}/lift"
        assert (await lars.post(lift, data={"reason": ""})).status_code == 422
        assert (await lars.post(lift, data={"reason": "Så vill hon"})).status_code == 303
        assert (await lars.get(f"{page}/paper")).status_code == 200


@pytest.mark.parametrize("path", ["/clients/{}", "/clients/{}/plans", "/flag/clients/{}"])
async def test_of_what_is_not_shown_nobody_is_told_that_it_is_not_written(shared: Shared, path: str) -> None:
    """A crisis plan that the client has not agreed to show is no missing one: whoever is at the door asks for it."""
    await shared.agree(WHO, BOARD)
    async with shared.house.service.person("anna") as anna:
        text = (await anna.get(path.format(shared.stina), params={"lang": "en"})).text
        assert "not shown to you" in text or "Not all that may be written is shown" in text
        for said in ("one written here", "not written yet", "own words yet", "/plans/about/edit", "/consent", "/merge"):
            assert said not in text, said
    await shared.agree()


async def test_a_meeting_says_of_a_crisis_plan_that_is_not_shown_that_it_is_not(shared: Shared) -> None:
    await shared.agree(WHO, BOARD)
    async with shared.house.store.reading() as connection:
        here = await projections.team(connection, OWN)
        held = await projections.meeting(connection, OWN, here.meeting) if here and here.meeting else None
    assert held
    what = {"of_meeting": held.id, "with_all": True}
    await shared.do(meeting.move_focus, held.chair, to=None, **what)
    await shared.do(meeting.move_focus, held.chair, to=shared.stina, **what)
    for user, told in (("anna", "the plan is not shown to you"), ("lars", "")):
        async with shared.house.service.person(user) as person:
            focus = (await person.get("/meeting", params={"lang": "en"})).text.partition(f'id="focus-{shared.stina}"')[
                2
            ]
            assert focus
            assert told in focus
            assert "none written here" not in focus
    await shared.agree()


async def test_the_setting_says_what_is_missing_and_is_kept_from_others(shared: Shared) -> None:
    async with shared.house.service.person("lars") as lars, shared.house.service.person("ingrid") as ingrid:
        assert REGION in (await lars.get("/settings/sharing")).text
        other = await lars.post("/settings/sharing", data={"employer": TOWN, "sharing": "closed"})
        assert other.status_code == 422
        assert (await ingrid.get("/settings/sharing")).status_code == 403
        assert (await ingrid.post("/settings/sharing", data={"employer": TOWN, "sharing": "closed"})).status_code == 403
        member = {"username": "nytt.namn", "name": "Nina Ny", "password": "ett långt lösenord", "role": "clinician"}
        without = await lars.post("/settings/members", data=member)
        assert without.status_code == 422
        assert 'id="e-employer"' in without.text
