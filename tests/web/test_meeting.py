"""The meeting's addresses: begin, join, lead, note, hand over, close; who may, and what a refusal says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from sqlalchemy import select

from factboard.domain import events as e
from factboard.domain import placement, roster, stepdown, team, visits
from factboard.domain.state import Meeting
from factboard.storage import projections, tables
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web import way_back

ON_BOARD = ("Stina Exempel", "Åke Provström", "Vilma Skyddsson")
JSON = {"Accept": "application/json"}
FRAGMENT = {"HX-Request": "true"}


async def state(service: Service, of: str | None = None) -> Meeting:
    """The meeting that is open, or that one."""
    async with service.app.state.store.reading() as connection:
        here = await projections.team(connection, OWN)
        assert here
        found = await projections.meeting(connection, OWN, of or here.meeting or "")
    assert found
    return found


@pytest_asyncio.fixture
async def board(service: Service) -> Service:
    """Three on the board, all taken."""
    for name in ON_BOARD:
        await service.put_on(name)
        await service.recorder.change(OWN, "lars", placement.take, client=service.clients[name])
    return service


@pytest_asyncio.fixture
async def morning(board: Service, anna: httpx2.AsyncClient, clock: Clock) -> str:
    """Anna leads a meeting, Lars is there: its id."""
    clock.forward(minutes=5)
    answer = await anna.post("/meeting", data={"present": ["anna", "lars"], "request_id": "begin"}, headers=JSON)
    assert answer.status_code == 200, answer.text
    id: str = answer.json()["meeting"]
    return id


async def lead(who: httpx2.AsyncClient, meeting: str, what: str, **values: str) -> httpx2.Response:
    return await who.post(f"/meeting/{meeting}/{what}", data=values, headers=JSON)


async def test_the_form_knows_who_works_today(service: Service, anna: httpx2.AsyncClient, clock: Clock) -> None:
    await service.recorder.change(OWN, "lars", roster.note_absence, user="lars", first=clock.now.date())
    page = (await anna.get("/meeting")).text
    assert 'value="anna" checked' in page
    assert 'value="lars" checked' not in page
    assert 'name="present" value="lars"' in page, "who came in all the same can be ticked"


async def test_who_begins_leads_and_everybody_joins_the_same_page(
    board: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    answer = await anna.post("/meeting", data={"chair": "anna", "present": ["anna", "lars"], "request_id": "1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/meeting")
    mine, theirs = (await anna.get("/meeting")).text, (await lars.get("/meeting")).text
    assert "is-chair" in mine.partition("<body")[2].partition(">")[0]
    assert "is-chair" not in theirs.partition("<body")[2].partition(">")[0]
    frame = mine.partition('<div id="view">')[2].partition('<p id="lead-says"')[0]
    assert frame in theirs, "the frame is the same for all"


async def test_the_board_says_so_to_everybody_alike_while_a_meeting_is_open(
    board: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    assert 'id="under-way"' not in (await lars.get("/board")).text
    await anna.post("/meeting", data={"chair": "anna", "present": ["anna", "lars"], "request_id": "1"})
    for one in (anna, lars):
        assert '<a class="under-way" id="under-way" href="/meeting">' in (await one.get("/board")).text
    await anna.post(f"/meeting/{(await state(board)).id}/close", data={"reason": "Tiden är slut"})
    assert 'id="under-way"' not in (await lars.get("/board")).text


async def test_beginning_twice_joins(board: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient) -> None:
    await anna.post("/meeting", data={"request_id": "1"})
    first = await state(board)
    again = await lars.post("/meeting", data={"request_id": "2"})
    assert (again.status_code, again.headers["location"]) == (303, "/meeting")
    assert await state(board) == first
    refused = await lars.post("/meeting", data={}, headers=JSON)
    assert (refused.status_code, refused.json()["refused"]) == (409, "meeting_is_open")


async def test_a_chair_who_cannot_lead_is_said_beside_the_field(board: Service, anna: httpx2.AsyncClient) -> None:
    answer = await anna.post("/meeting", data={"chair": "maria", "request_id": "1"})
    assert answer.status_code == 422
    assert 'class="problems"' in answer.text


async def test_one_press_no_change_and_on_to_the_next(board: Service, anna: httpx2.AsyncClient, morning: str) -> None:
    order = [item.client for item in (await state(board)).agenda]
    assert len(order) == 3
    for client in order:
        assert (await lead(anna, morning, "no-change", of=client, request_id=f"n-{client}")).status_code == 200
    done = await state(board)
    assert done.focus is None
    assert all(done.item(client).no_change for client in order)


async def test_a_double_tap_skips_nobody(board: Service, anna: httpx2.AsyncClient, morning: str) -> None:
    first, second, _ = [item.client for item in (await state(board)).agenda]
    answers = [await lead(anna, morning, "no-change", of=first, request_id="same") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200], "the same request has the same answer"
    another = await lead(anna, morning, "no-change", of=first, request_id="another")
    assert (another.status_code, another.json()["refused"]) == (409, "focus_has_moved")
    assert " " in another.json()["says"], "in words, for the page to show"
    assert (await state(board)).focus == second


async def test_only_the_chair_leads(board: Service, lars: httpx2.AsyncClient, morning: str) -> None:
    before = await state(board)
    for what, values in (("focus", {"to": ""}), ("no-change", {"of": before.focus}), ("close", {"reason": "x"})):
        answer = await lead(lars, morning, what, **values)  # type: ignore[arg-type]
        assert (answer.status_code, answer.json()["refused"]) == (403, "not_in_the_chair")
        page = await lars.post(f"/meeting/{morning}/{what}", data=values)
        assert page.status_code == 403
    assert await state(board) == before


async def test_the_focus_is_moved_by_plain_forms_too(board: Service, anna: httpx2.AsyncClient, morning: str) -> None:
    last = (await state(board)).agenda[-1].client
    answer = await anna.post(f"/meeting/{morning}/focus", data={"to": last})
    assert (answer.status_code, answer.headers["location"]) == (303, "/meeting")
    assert (await state(board)).focus == last
    await anna.post(f"/meeting/{morning}/focus", data={})
    assert (await state(board)).focus is None
    page = (await anna.get("/meeting")).text
    assert "/flag?client=" in page, "the round offers those who are not on the board"


async def test_without_script_next_and_back_lead_where_they_say(
    board: Service, anna: httpx2.AsyncClient, morning: str
) -> None:
    order = [item.client for item in (await state(board)).agenda]
    for button, place in (("next", 1), ("next", 2), ("back", 1)):
        tag = (await anna.get("/meeting")).text.partition(f'id="{button}"')[2]
        to = tag.partition('value="')[2].partition('"')[0]
        await anna.post(f"/meeting/{morning}/focus", data={"to": to})
        assert (await state(board)).focus == order[place]


async def test_a_line_shows_who_wrote_it_and_stays_with_its_client(
    board: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient, morning: str
) -> None:
    first, second, _ = [item.client for item in (await state(board)).agenda]
    await lead(anna, morning, "focus", to=second)
    answer = await lead(lars, morning, "note", client=first, part="situation", text="Systern ringde", request_id="l")
    assert answer.status_code == 200
    await lead(lars, morning, "note", client=first, part="situation", text="Systern ringde", request_id="l")
    [line] = (await state(board)).item(first).lines
    assert (line.text, line.by) == ("Systern ringde", "lars")
    await lead(anna, morning, "focus", to=first)
    page = (await anna.get("/meeting")).text
    assert "Systern ringde" in page
    whole = await lead(lars, morning, "note", part="decision", text="Vi slutar i tid")
    assert whole.status_code == 200
    assert [known.text for known in (await state(board)).general] == ["Vi slutar i tid"]


async def test_a_line_that_cannot_be_saved_comes_back_with_what_was_typed(
    board: Service, lars: httpx2.AsyncClient, morning: str
) -> None:
    client = board.clients["Stina Exempel"]
    answer = await lars.post(f"/meeting/{morning}/note", data={"client": client, "text": "Utan del"})
    assert answer.status_code == 422
    assert "Utan del" in answer.text
    assert "Stina Exempel" in answer.text
    long = await lead(lars, morning, "note", client=client, part="decision", text="x" * 501)
    assert (long.status_code, long.json()["refused"]) == (422, "too_long")
    nobody = await lead(lars, morning, "note", client=board.clients["Olle Främling"], part="decision", text="x")
    assert nobody.status_code == 404, "a client of another team is nobody here"


async def test_another_takes_over_the_chair_and_goes_on(
    board: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient, morning: str
) -> None:
    await lead(anna, morning, "no-change", of=(await state(board)).focus or "")
    before = await state(board)
    assert (await lead(lars, morning, "chair", chair="lars", previous="anna")).status_code == 200
    after = await state(board)
    assert replace(after, chair="anna", seq=0) == replace(before, seq=0), "nothing is lost"
    assert (await lead(anna, morning, "no-change", of=after.focus or "")).status_code == 403
    assert (await lead(lars, morning, "no-change", of=after.focus or "")).status_code == 200


async def test_who_is_here_is_ticked_one_by_one(
    board: Service, lars: httpx2.AsyncClient, clock: Clock, morning: str
) -> None:
    karin = e.Member("karin", "karin", "Karin Test", e.Role.CLINICIAN)
    await board.recorder.change(OWN, "command_line", team.set_member, member=karin)
    ticked = await lars.post(
        f"/meeting/{morning}/attendance", data={"user": "karin", "present": "yes"}, headers=FRAGMENT
    )
    assert ticked.status_code == 200
    assert "Karin Test" in ticked.text
    assert (await state(board)).present == ("anna", "lars", "karin")
    refused = await lars.post(
        f"/meeting/{morning}/attendance", data={"user": "anna", "present": "no"}, headers=FRAGMENT
    )
    assert refused.status_code == 422
    assert (await lars.post(f"/meeting/{morning}/recorder", data={"recorder": "karin"})).status_code == 303
    assert (await state(board)).recorder == "karin"


async def test_who_puts_somebody_on_during_a_meeting_is_led_back_to_it(
    board: Service, anna: httpx2.AsyncClient, morning: str
) -> None:
    flag = {"client": board.clients["Stina Exempel"], "category": "short_intensive", "reason": "Sover inte"}
    sent = await anna.post("/flag", data=flag | {"request_id": "f"})
    back = 'class="button primary" href="/meeting"'
    assert back in (await anna.get(sent.headers["location"])).text
    await lead(anna, morning, "close", reason="Slut")
    assert back not in (await anna.get(sent.headers["location"])).text


async def test_closing_shows_what_is_open_and_takes_a_reason(
    board: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient, morning: str
) -> None:
    page = (await anna.get(f"/meeting/{morning}/close")).text
    assert "Stina Exempel" in page
    assert "Vilma" not in page, "a protected identity has its code here too"
    stina = board.clients["Stina Exempel"]
    assert f'form="back-to" name="to" value="{stina}"' in page, "the chair goes back to whom they passed over"
    theirs = (await lars.get(f"/meeting/{morning}/close")).text
    assert f'href="/clients/{stina}"' in theirs
    assert 'form="back-to"' not in theirs
    refused = await anna.post(f"/meeting/{morning}/close", data={"reason": ""})
    assert refused.status_code == 422
    assert not (await state(board)).closed
    answer = await anna.post(f"/meeting/{morning}/close", data={"reason": "Tiden är slut", "request_id": "c"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/meetings/{morning}")
    closed = await state(board, morning)
    assert (closed.held, closed.reason) == (True, "Tiden är slut")
    assert all(closed.item(item.client).passed_over for item in closed.agenda)


async def test_between_meetings_the_frame_leads_to_the_last_ones_notes(
    board: Service, anna: httpx2.AsyncClient, morning: str
) -> None:
    await lead(anna, morning, "close", reason="Slut")
    page = (await anna.get("/meeting")).text
    assert f'href="/meetings/{morning}"' in page
    assert 'name="present"' in page


async def test_another_teams_meeting_is_as_unknown_as_none(
    board: Service, bo: httpx2.AsyncClient, morning: str
) -> None:
    for address in (f"/meeting/{morning}/people", f"/meeting/{morning}/close", "/meeting/none/people"):
        assert (await bo.get(address)).status_code == 404
    for what in ("focus", "no-change", "note", "chair", "attendance", "recorder", "close"):
        answer = await lead(bo, morning, what, of="x", chair="bo", user="bo", present="yes", part="decision", text="x")
        assert answer.status_code == 404, what
    assert "Stina" not in (await bo.get("/meeting")).text


async def test_looking_at_the_meeting_is_logged(board: Service, lars: httpx2.AsyncClient, morning: str) -> None:
    await lars.get("/meeting")
    await board.app.state.access.flush()
    c = tables.access_log.c
    async with board.app.state.store.reading() as connection:
        seen = set(await connection.scalars(select(c.client).where(c.actor == "lars", c.view == "meeting")))
    assert seen == {board.clients[name] for name in ON_BOARD}


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_a_frame_holds_nothing_of_one_reader(board: Service, morning: str, language: str) -> None:
    view = board.app.state.meeting
    frame = await view.frame(OWN, language)
    assert "request_id" not in frame.html
    assert frame.clients == {board.clients[name] for name in ON_BOARD}


# --- the way back -------------------------------------------------------------------------------------------


async def focus_on(service: Service, who: httpx2.AsyncClient, meeting: str, client: str) -> str:
    """What the meeting's page says in English of the client before everybody."""
    await lead(who, meeting, "focus", to=client)
    page = (await who.get("/meeting?lang=en")).text
    return page.partition(f'id="focus-{client}"')[2].partition('id="agenda"')[0]


async def test_of_one_who_is_ready_it_says_what_closing_does_and_offers_to_keep_them_on(
    service: Service, anna: httpx2.AsyncClient, clock: Clock
) -> None:
    [stina] = await way_back.ready(service, clock, "Stina Exempel")
    [ake] = await way_back.ready(service, clock, "Åke Provström", category="asked")
    id = await way_back.begun(service)
    by_itself, asked = await focus_on(service, anna, id, stina), await focus_on(service, anna, id, ake)
    for said in (by_itself, asked):
        assert "Ready to return" in said
        assert "tomorrow 13:00" in said
        assert "/keep" in said
    assert "As this meeting closes the return is announced" in by_itself
    assert "A named person announces each return" in asked


async def test_of_one_who_is_announced_it_says_when_and_whether_they_were_told(
    service: Service, anna: httpx2.AsyncClient, clock: Clock
) -> None:
    clock.now += timedelta(days=2)
    [stina] = await way_back.announced(service, clock, "Stina Exempel")
    told: dict[str, Any] = {"informed": e.Informed.YES, "view": "Glad men orolig"}
    await service.recorder.change(OWN, "anna", stepdown.tell, client=stina, **told)
    id = await way_back.begun(service)
    said = await focus_on(service, anna, id, stina)
    for part in ("Return planned: today 13:00", "Patient informed", "Glad men orolig", "/keep", "/told"):
        assert part in said, part
    frame = (await service.app.state.meeting.frame(OWN, "en")).html
    assert frame.index("Return planned") < frame.index(f'id="turn-{stina}"')
    assert 'id="group-announced"' in frame


async def test_of_one_who_is_not_ready_it_says_what_is_missing_and_who_could_do_it(
    board: Service, anna: httpx2.AsyncClient, morning: str
) -> None:
    said = await focus_on(board, anna, morning, board.clients["Stina Exempel"])
    assert "Not ready to return yet:" in said
    assert "crisis plan not reviewed" in said
    assert "Anna or Lars" in said


async def test_who_was_unseen_for_too_long_is_said_loudly_before_no_change_is_pressed(
    service: Service, anna: httpx2.AsyncClient, clock: Clock
) -> None:
    clock.now -= timedelta(days=20)
    await service.put_on("Stina Exempel", category="long_intensive")
    clock.now += timedelta(days=20)
    id = await way_back.begun(service)
    stina = service.clients["Stina Exempel"]
    said = await focus_on(service, anna, id, stina)
    assert "“No change” needs a visit first, or an action with a person and a day." in said.partition("must")[2]
    what: dict[str, Any] = {"who": "anna", "day": clock.now.date() + timedelta(days=1)}
    await service.recorder.change(OWN, "lars", visits.plan_visit, client=stina, **what)
    await lead(anna, id, "focus", to="")
    assert "“No change”" not in await focus_on(service, anna, id, stina)
    assert (await lead(anna, id, "no-change", of=stina)).status_code == 200


async def test_whom_nobody_met_after_a_return_comes_first_and_can_be_put_back_up(
    service: Service, anna: httpx2.AsyncClient, clock: Clock
) -> None:
    stina = service.clients["Stina Exempel"]
    clock.now -= timedelta(days=12)
    await service.put_on("Stina Exempel")
    await service.recorder.change(OWN, "lars", placement.return_to_planned_care, client=stina, reason="Mår bra")
    clock.now += timedelta(days=12)
    await service.put_on("Åke Provström")
    id = await way_back.begun(service)
    assert (await state(service)).focus == stina
    page = (await anna.get("/meeting?lang=en")).text
    said = page.partition(f'id="focus-{stina}"')[2].partition('id="agenda"')[0]
    for part in ("Back in planned care", "Not met yet", "Lars", f"/clients/{stina}/contact", f"/clients/{stina}/back"):
        assert part in said, part
    assert "0 of 2" in page
    await service.recorder.change(OWN, "lars", placement.log_contact, client=stina, contact=e.ContactKind.HOME)
    after = (await anna.get("/meeting?lang=en")).text
    assert "1 of 2" in after
    assert ">met<" in after.partition(f'id="turn-{stina}"')[2].partition("</li>")[0]
    assert id


async def test_everybody_in_the_meeting_sees_that_returns_are_paused_and_can_agree(
    board: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient, morning: str
) -> None:
    async with board.recorder.together(OWN, "factboard") as desk:
        await desk.decide(lambda case: [e.Entry(e.ReturnsPaused(e.Pause.CLOCK, jump=3600))])
    for one in (anna, lars):
        page = (await one.get("/meeting?lang=en")).text
        assert "Automatic returns are paused" in page
        assert f'form="post" formaction="/meeting/{morning}/release"' in page
