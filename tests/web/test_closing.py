"""The page that closes a meeting: who returns, who is announced, who is kept on and why; nothing typed is ever lost."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from time import monotonic
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from factboard.domain import events as e
from factboard.domain import meeting, placement, stepdown
from factboard.domain.state import Client
from factboard.storage import checkpoints, projections
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web import way_back
from tests.web.reading import words
from tests.web.way_back import announced, begun, discussed, rated, ready, the_client, the_meeting, the_team

STINA, AKE, VILMA = "Stina Exempel", "Åke Provström", "Vilma Skyddsson"
WEDNESDAY = datetime(2026, 11, 25, 7, 40, tzinfo=UTC)  # 08:40 in Stockholm


@pytest.fixture
def clock() -> Clock:
    return Clock(WEDNESDAY)


@pytest_asyncio.fixture
async def held(service: Service, clock: Clock) -> str:
    """Stina was announced yesterday, Åke is ready by himself, Vilma where a person announces; all were up: its id."""
    await announced(service, clock, STINA)
    await ready(service, clock, AKE)
    await ready(service, clock, VILMA, category="asked")
    id = await begun(service)
    await discussed(service, id, *(service.clients[name] for name in (STINA, AKE, VILMA)))
    return id


async def page_of(who: httpx2.AsyncClient, meeting: str, **more: str) -> str:
    answer = await who.get(f"/meeting/{meeting}/close?lang=en", **more)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return answer.text


def row(page: str, client: str) -> str:
    """What the page says of one client on the way back."""
    return page.partition(f'id="row-{client}"')[2].partition("</li>")[0]


def under(page: str, heading: str) -> set[str]:
    """The clients whose rows stand under this heading."""
    part = page.partition(heading)[2].partition("<h3>")[0].partition("</section>")[0]
    return set(re.findall(r'id="row-([\w-]+)"', part))


def value(page: str, name: str) -> str:
    """What stands in a field."""
    field = re.search(rf'<input id="f-{re.escape(name)}"[^>]*value="([^"]*)"', page)
    assert field, name
    return unescape(field.group(1))


def seen_on(page: str) -> list[str]:
    return re.findall(r'name="seen" value="([\w-]*)"', page)


async def close(who: httpx2.AsyncClient, id: str, **fields: str | list[str]) -> httpx2.Response:
    return await who.post(f"/meeting/{id}/close", data={"request_id": "close"} | fields)


async def newest(service: Service, client: str) -> Client:
    return await the_client(service, client)


async def test_it_lists_who_returns_who_is_announced_and_whom_a_person_announces(
    service: Service, anna: httpx2.AsyncClient, held: str
) -> None:
    page = await page_of(anna, held)
    stina, ake, vilma = (service.clients[name] for name in (STINA, AKE, VILMA))
    assert under(page, "1 returns today") == {stina}
    assert under(page, "1 is announced as the meeting closes") == {ake}
    assert under(page, "1 is ready: a named person") == {vilma}
    assert "today 13:00" in row(page, stina)
    assert "tomorrow 13:00" in row(page, ake)
    assert "Vilma" not in page, "a protected identity has its code here too"
    assert sorted(seen_on(page)) == sorted(["", stina, ake])
    assert f'name="announce-{vilma}"' in page
    assert "checked" not in row(page, vilma).partition(f'name="announce-{vilma}"')[2].partition(">")[0]


async def test_only_the_chair_is_offered_to_close_it_and_another_can_take_over(
    anna: httpx2.AsyncClient, lars: httpx2.AsyncClient, held: str
) -> None:
    """Who learned it by a refusal had written first why it may end."""
    mine, theirs = await page_of(anna, held), await page_of(lars, held)
    closes = '<button class="button primary">Close the meeting</button>'
    assert closes in mine
    assert 'id="take-over"' not in mine
    assert closes not in theirs
    assert 'name="reason"' in mine
    assert "<textarea" not in theirs
    assert "Only who is in the chair closes the meeting: Anna Test." in theirs
    assert theirs.index('id="take-over"') < theirs.index('id="returns"'), "before all that there is to read"
    form = theirs.partition('id="take-over"')[2].partition("</form>")[0]
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert (await lars.post(f"/meeting/{held}/chair", data=typed)).status_code == 303
    assert closes in await page_of(lars, held)
    assert closes not in await page_of(anna, held)


async def test_whoever_waits_is_listed_with_the_reason(
    service: Service, anna: httpx2.AsyncClient, clock: Clock
) -> None:
    stina, ake = await announced(service, clock, STINA, AKE)
    id = await begun(service)
    await discussed(service, id, stina)
    page = await page_of(anna, id)
    assert under(page, "1 is announced and waits") == {ake}
    assert "not up in this meeting" in row(page, ake)
    assert "tomorrow 13:00" in row(page, ake)
    clock.now = WEDNESDAY + timedelta(hours=5)
    late = await page_of(anna, id)
    assert "the time has passed" in row(late, stina)


async def test_before_days_off_nobody_returns_and_it_says_so(
    service: Service, anna: httpx2.AsyncClient, clock: Clock
) -> None:
    clock.now = WEDNESDAY + timedelta(days=2)
    stina, ake = await announced(service, clock, STINA, AKE)
    id = await begun(service)
    await discussed(service, id, stina, ake)
    page = await page_of(anna, id)
    assert under(page, "2 are announced and wait") == {stina, ake}
    assert "days off follow" in row(page, stina)
    assert "Mon 30 Nov 13:00" in row(page, stina)


async def test_a_rating_that_will_be_too_old_is_marked(
    service: Service, anna: httpx2.AsyncClient, clock: Clock
) -> None:
    [stina] = await announced(service, clock, STINA)
    clock.now = WEDNESDAY + timedelta(days=1)  # rated on Monday: today it is three working days old
    id = await begun(service)
    await discussed(service, id, stina)
    assert "needs a rating" not in row(await page_of(anna, id), stina)
    clock.now = WEDNESDAY + timedelta(days=5)
    await service.recorder.change(OWN, "anna", meeting.move_focus, to=None, of_meeting=id, with_all=True)
    assert "needs a rating today" in row(await page_of(anna, id), stina)
    await rated(service, stina)
    assert "needs a rating" not in row(await page_of(anna, id), stina)


async def test_closing_announces_lets_go_and_leaves_whom_nobody_ticked(
    service: Service, anna: httpx2.AsyncClient, held: str
) -> None:
    stina, ake, vilma = (service.clients[name] for name in (STINA, AKE, VILMA))
    page = await page_of(anna, held)
    at = {f"told-{ake}": "yes", f"view-{ake}": "Glad", f"told-{vilma}": "no"}
    answer = await close(anna, held, seen=seen_on(page), **at)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/meetings/{held}")
    of_ake, of_stina = (await newest(service, ake)).stay, (await newest(service, stina)).stay
    assert of_ake
    assert of_ake.announced
    assert (of_ake.announced.informed, of_ake.announced.view) == (e.Informed.YES, "Glad")
    assert of_ake.announced.planned == datetime(2026, 11, 26, 12, tzinfo=UTC), "as the page said"
    assert of_stina
    assert of_stina.announced
    assert of_stina.announced.due == datetime(2026, 11, 25, 12, tzinfo=UTC), "as the page said"
    assert of_stina.announced.informed is e.Informed.NO, "nobody said anything else"
    of_vilma = (await newest(service, vilma)).stay
    assert of_vilma
    assert of_vilma.announced is None


async def test_the_notes_then_bear_a_signature_that_holds_the_meeting(
    service: Service, anna: httpx2.AsyncClient, held: str
) -> None:
    page = await page_of(anna, held)
    assert (await close(anna, held, seen=seen_on(page))).status_code == 303
    deadline = monotonic() + 5
    while "Signed: " not in (said := words(await anna.get(f"/meetings/{held}?lang=en"))):  # it is made after the answer
        assert "No signature holds this meeting yet" in said
        assert monotonic() < deadline
    async with service.recorder.store.reading() as connection:
        [signed] = await checkpoints.newest(connection, OWN)
        kept = await projections.meeting(connection, OWN, held)
    assert kept
    assert signed.seq >= (kept.last_seq or 0) > 0
    assert f"Signed: the history up to no. {signed.seq}, " in said
    assert f"Code: {signed.code}" in said


async def test_a_person_announces_by_a_tick_and_says_who_was_told(
    service: Service, anna: httpx2.AsyncClient, held: str
) -> None:
    stina, vilma = service.clients[STINA], service.clients[VILMA]
    fields = {f"announce-{vilma}": "yes", f"told-{vilma}": "not_possible", f"told-{stina}": "yes"}
    assert (await close(anna, held, **fields)).status_code == 303
    of_vilma, of_stina = (await newest(service, vilma)).stay, (await newest(service, stina)).stay
    assert of_vilma
    assert of_vilma.announced
    assert (of_vilma.announced.by, of_vilma.announced.informed) == ("anna", e.Informed.NOT_POSSIBLE)
    assert of_stina
    assert of_stina.announced
    assert (of_stina.announced.told_by, of_stina.announced.informed) == ("anna", e.Informed.YES)


async def test_somebody_is_kept_on_with_a_reason_and_a_day(
    service: Service, anna: httpx2.AsyncClient, held: str
) -> None:
    stina, ake = service.clients[STINA], service.clients[AKE]
    fields = {
        f"keep-{stina}": "yes",
        f"reason-{stina}": "Flyttar på lördag",
        f"until-{stina}": "2026-12-04",
        f"keep-{ake}": "yes",
        f"reason-{ake}": "Vi väntar en vecka",
        f"told-{ake}": "no",
    }
    assert (await close(anna, held, **fields)).status_code == 303
    for client, until, reason in (
        (stina, "2026-12-04", "Flyttar på lördag"),
        (ake, "2026-12-02", "Vi väntar en vecka"),
    ):
        stay = (await newest(service, client)).stay
        assert stay
        assert stay.kept
        assert (stay.kept.until.isoformat(), stay.kept.reason, stay.announced) == (until, reason, None)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"keep": "yes"}, "reason"),
        ({"keep": "yes", "reason": "x" * 501}, "reason"),
        ({"keep": "yes", "reason": "Flytt", "until": "2026-12-24"}, "until"),
        ({"keep": "yes", "reason": "Flytt", "until": "2026-11-24"}, "until"),
        ({"keep": "yes", "reason": "Flytt", "until": "på lördag"}, "until"),
        ({"reason": "Flytt"}, "keep"),
        ({"told": "kanske"}, "told"),
        ({"view": "Glad"}, "told"),
        ({"told": "yes", "view": "x" * 2001}, "view"),
        ({"told": "yes", "view": "\u0007"}, "view"),
    ],
)
async def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    service: Service, anna: httpx2.AsyncClient, held: str, typed: dict[str, str], field: str
) -> None:
    stina, ake = service.clients[STINA], service.clients[AKE]
    mine = {f"{name}-{stina}": text for name, text in typed.items()}
    answer = await close(anna, held, reason="Slut på tid", **mine, **{f"view-{ake}": "Annat", f"told-{ake}": "yes"})
    assert answer.status_code == 422
    assert f'href="#f-{field}-{stina}"' in answer.text, "the summary leads there"
    assert f'id="e-{field}-{stina}"' in answer.text
    assert value(answer.text, f"view-{ake}") == "Annat"
    if "reason" in typed:
        assert value(answer.text, f"reason-{stina}") == typed["reason"]
    if "keep" in typed:
        assert " checked" in answer.text.partition(f'name="keep-{stina}"')[2].partition(">")[0]
    assert not (await the_meeting(service, held)).closed


async def test_what_is_said_of_a_return_is_not_dropped_for_want_of_the_tick(
    service: Service, anna: httpx2.AsyncClient, held: str
) -> None:
    vilma = service.clients[VILMA]
    page = await page_of(anna, held)
    asked = {f"asks-{vilma}": "yes"}
    assert f'name="asks-{vilma}" value="yes"' in page
    for said in ({f"told-{vilma}": "yes"}, {f"told-{vilma}": "no", f"view-{vilma}": "Glad"}):
        answer = await close(anna, held, **asked, **said)
        assert answer.status_code == 422
        assert f'id="e-announce-{vilma}"' in answer.text
    assert "Vilma" not in answer.text
    assert (await close(anna, held, **asked, **{f"told-{vilma}": "no"})).status_code == 303


async def test_others_who_return_meanwhile_are_shown_before_it_closes(
    service: Service, anna: httpx2.AsyncClient, clock: Clock
) -> None:
    stina, ake = await announced(service, clock, STINA, AKE)
    id = await begun(service)
    await discussed(service, id, stina)
    page = await page_of(anna, id)
    assert seen_on(page) == ["", stina]
    await discussed(service, id, ake)
    fields = {f"keep-{stina}": "yes", f"reason-{stina}": "Flyttar"}
    refused = await close(anna, id, seen=seen_on(page), reason="Slut", **fields)
    assert refused.status_code == 409
    assert "is-new" in refused.text.partition(f'id="row-{ake}"')[2].partition(">")[0]
    assert "is-new" not in refused.text.partition(f'id="row-{stina}"')[2].partition(">")[0]
    assert value(refused.text, f"reason-{stina}") == "Flyttar"
    again = await close(anna, id, seen=seen_on(refused.text), reason="Slut", **fields)
    assert again.status_code == 303
    of_ake = (await newest(service, ake)).stay
    assert of_ake
    assert of_ake.announced
    assert of_ake.announced.due


async def test_a_page_that_showed_nobody_does_not_close_over_somebody(
    service: Service, anna: httpx2.AsyncClient, clock: Clock
) -> None:
    [stina] = await announced(service, clock, STINA)
    id = await begun(service)
    page = await page_of(anna, id)
    assert seen_on(page) == [""]
    await discussed(service, id, stina)
    assert (await close(anna, id, seen=seen_on(page), reason="Slut")).status_code == 409
    assert (await close(anna, id, reason="Slut")).status_code == 303, "a program that shows nobody anything"


async def test_looking_again_closes_nothing_and_keeps_what_was_typed(
    service: Service, anna: httpx2.AsyncClient, held: str
) -> None:
    stina = service.clients[STINA]
    fields = {f"keep-{stina}": "yes", f"reason-{stina}": "Flyttar", "reason": "Tiden är slut", "again": "yes"}
    answer = await close(anna, held, **fields)
    assert answer.status_code == 200
    assert value(answer.text, f"reason-{stina}") == "Flyttar"
    assert "problems" not in answer.text
    assert not (await the_meeting(service, held)).closed


async def test_where_too_few_were_there_nobody_is_announced_and_whom_they_keep_on_stays(
    service: Service, anna: httpx2.AsyncClient, clock: Clock
) -> None:
    [stina] = await announced(service, clock, STINA)
    [ake] = await ready(service, clock, AKE)
    id = await begun(service, present=("anna",))
    await discussed(service, id, stina, ake)
    assert "nobody is announced and nobody returns today" in await page_of(anna, id)
    fields = {f"keep-{stina}": "yes", f"reason-{stina}": "Flyttar"}
    assert (await close(anna, id, reason="Ensam", **fields)).status_code == 303
    of_stina, of_ake = (await newest(service, stina)).stay, (await newest(service, ake)).stay
    assert of_stina
    assert of_stina.kept
    assert of_ake
    assert of_ake.announced is None


async def test_only_the_chair_is_asked_and_others_can_look(
    service: Service, lars: httpx2.AsyncClient, held: str
) -> None:
    page = await page_of(lars, held)
    assert service.clients[STINA] in page
    assert 'name="keep-' not in page
    assert (await close(lars, held)).status_code == 403


async def test_whom_the_page_shows_is_logged(service: Service, anna: httpx2.AsyncClient, held: str) -> None:
    await page_of(anna, held)
    await service.app.state.access.flush()
    seen = await shown_to(service, "anna")
    assert seen >= {service.clients[name] for name in (STINA, AKE, VILMA)}


async def shown_to(service: Service, user: str) -> set[str]:
    from sqlalchemy import select

    from factboard.storage import tables

    c = tables.access_log.c
    async with service.app.state.store.reading() as connection:
        found = await connection.scalars(select(c.client).where(c.actor == user, c.view == "meeting"))
        return {one for one in found if one}


async def test_anything_sent_is_answered(service: Service, anna: httpx2.AsyncClient, held: str) -> None:
    stina = service.clients[STINA]
    odd = {
        "keep-": "yes",
        "keep-nobody": "yes",
        "view-\x00": "\x00",
        "told-" + "x" * 5000: "yes",
        f"until-{stina}": "\ud7ff",
    }
    answer = await close(anna, held, **{f"keep-{stina}": "yes", f"reason-{stina}": "\u202e"}, **odd)
    assert answer.status_code == 422
    files = {"seen": ("a.txt", b"x"), "reason": ("b.txt", b"y")}
    for name, file in files.items():
        sent = await anna.post(f"/meeting/{held}/close", data={"seen": ["", stina]}, files={name: file})
        assert sent.status_code in (409, 422)
    many = {f"view-{number}": "x" for number in range(2_100)}
    assert (await close(anna, held, **many)).status_code == 400
    assert not (await the_meeting(service, held)).closed


# --- what is open -------------------------------------------------------------------------------------------


async def test_whom_nobody_has_met_after_a_return_and_nobody_has_decided_about_is_listed(
    service: Service, anna: httpx2.AsyncClient, clock: Clock
) -> None:
    await way_back.categories(service)
    stina, ake = service.clients[STINA], service.clients[AKE]
    clock.now = WEDNESDAY - timedelta(days=12)
    await service.put_on(STINA, category="easy")
    await service.put_on(AKE, category="long_intensive")
    clock.now = WEDNESDAY - timedelta(days=10)
    await service.recorder.change(OWN, "lars", placement.return_to_planned_care, client=stina, reason="Mår bra")
    clock.now = WEDNESDAY
    id = await begun(service)
    page = await page_of(anna, id)
    assert f'name="to" value="{stina}"' in page, "they come first, and were not up"
    assert f'href="/clients/{ake}/visit" data-dialog' in page.partition('id="undecided"')[2].partition("</ul>")[0]
    refused = await anna.post(
        f"/meeting/{id}/no-change", data={"of": ake, "request_id": "x"}, headers={"Accept": "application/json"}
    )
    assert refused.json()["refused"] == "focus_has_moved"
    await service.recorder.change(OWN, "anna", meeting.move_focus, to=ake, of_meeting=id, with_all=True)
    refused = await anna.post(
        f"/meeting/{id}/no-change", data={"of": ake, "request_id": "y"}, headers={"Accept": "application/json"}
    )
    assert (refused.status_code, refused.json()["refused"]) == (409, "decide_what_is_done")
    assert " " in refused.json()["says"], "in words, for the page to show"
    plain = await anna.post(f"/meeting/{id}/no-change", data={"of": ake})
    assert plain.status_code == 409
    assert refused.json()["says"] in unescape(plain.text), "and without a script"


# --- paused -------------------------------------------------------------------------------------------------


async def paused(service: Service) -> None:
    async with service.recorder.together(OWN, "factboard") as desk:
        await desk.decide(lambda case: [e.Entry(e.ReturnsPaused(e.Pause.MANY, 6, 20))])


async def test_two_in_the_meeting_agree_and_as_it_closes_returns_go_on(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient, held: str
) -> None:
    stina = service.clients[STINA]
    assert "release" not in await page_of(anna, held)
    await paused(service)
    assert "0 of 2 have agreed" in await page_of(anna, held)
    typed = {"from": "closing", f"keep-{stina}": "yes", f"reason-{stina}": "Flyttar"}
    mine = await anna.post(f"/meeting/{held}/release?lang=en", data=typed)
    assert mine.status_code == 200
    assert "1 of 2 have agreed" in mine.text
    assert value(mine.text, f"reason-{stina}") == "Flyttar", "what was typed comes back"
    assert 'name="from" value="closing"' not in mine.text, "once is enough"
    theirs = await lars.post(f"/meeting/{held}/release", data={})
    assert theirs.status_code == 303
    assert "2 of 2 have agreed" in (await lars.get("/meeting?lang=en")).text
    assert (await the_team(service)).paused, "until it is held"
    await close(anna, held)
    assert (await the_team(service)).paused is None


async def test_who_is_not_in_the_meeting_cannot_agree(
    service: Service, lars: httpx2.AsyncClient, bo: httpx2.AsyncClient, clock: Clock
) -> None:
    await ready(service, clock, STINA)
    id = await begun(service, present=("anna",))
    assert (await lars.post(f"/meeting/{id}/release", data={})).status_code == 409, "nothing is paused"
    await paused(service)
    refused = await lars.post(f"/meeting/{id}/release", data={})
    assert refused.status_code == 403
    assert (await bo.post(f"/meeting/{id}/release", data={})).status_code == 404
    state = (await the_team(service)).paused
    assert state
    assert state.agreed == ()


async def test_agreeing_in_place_is_answered_with_a_toast(
    service: Service, anna: httpx2.AsyncClient, held: str
) -> None:
    await paused(service)
    for said in ("toast", "toast"):  # twice is once
        answer = await anna.post(f"/meeting/{held}/release", data={}, headers={"HX-Request": "true"})
        assert (answer.status_code, said in answer.text) == (200, True)
    state = (await the_team(service)).paused
    assert state
    assert state.agreed == ("anna",)


async def test_a_return_that_a_morning_meeting_upheld_can_still_be_stopped_at_the_next_one(
    service: Service, anna: httpx2.AsyncClient, clock: Clock
) -> None:
    [stina] = await announced(service, clock, STINA)
    await way_back.meets(service)
    clock.forward(hours=2)
    id = await begun(service)
    page = await page_of(anna, id)
    assert "today 13:00" in row(page, stina)
    await close(anna, id, reason="Slut", **{f"told-{stina}": "yes", f"view-{stina}": "Bra"})
    stay = (await newest(service, stina)).stay
    assert stay
    assert stay.announced
    assert (stay.announced.informed, stay.announced.view) == (e.Informed.YES, "Bra")
    await service.recorder.change(OWN, "lars", stepdown.keep_on, client=stina, reason="Orolig")
    kept = (await newest(service, stina)).stay
    assert kept
    assert replace(kept, kept=None).announced is None


# --- what the client thinks ---------------------------------------------------------------------------------------


async def closed_in_english(who: httpx2.AsyncClient, id: str, **fields: str) -> httpx2.Response:
    return await who.post(f"/meeting/{id}/close?lang=en", data={"request_id": "close"} | fields)


async def test_who_does_not_want_it_stands_out_and_so_does_who_was_not_told(
    service: Service, anna: httpx2.AsyncClient, held: str
) -> None:
    stina, ake = service.clients[STINA], service.clients[AKE]
    assert "Not told yet: who tells them before 13:00?" in row(await page_of(anna, held), stina)
    said: dict[str, Any] = {"informed": e.Informed.YES, "view": "Vill INTE", "objects": True}
    await service.recorder.change(OWN, "lars", stepdown.tell, client=stina, **said)
    page = await page_of(anna, held)
    assert "Does not want to go back" in row(page, stina)
    assert "Vill INTE" in row(page, stina)
    assert 'class=" is-objected"' in page
    assert "is-objected" not in row(page, ake)


@pytest.mark.parametrize(
    "typed", [{"told": "no", "view": "Vill INTE"}, {"told": "no", "objects": "yes"}, {"view": "x", "keep": "yes"}]
)
async def test_what_is_thought_of_it_without_being_told_is_refused_and_nothing_typed_is_lost(
    service: Service, anna: httpx2.AsyncClient, held: str, typed: dict[str, str]
) -> None:
    ake = service.clients[AKE]
    fields = {"told": "no", "reason": ""} | typed
    if "keep" in typed:
        fields["reason"] = "Vi väntar"
    answer = await closed_in_english(anna, held, **{f"{name}-{ake}": text for name, text in fields.items()})
    assert answer.status_code == 422
    assert "They have said what they think: then they were told." in row(answer.text, ake)
    assert value(answer.text, f"view-{ake}") == typed.get("view", "")
    ticked = row(answer.text, ake).partition(f'id="f-objects-{ake}"')[2].partition(">")[0]
    assert ("checked" in ticked) is ("objects" in typed)
    stay = (await newest(service, ake)).stay
    assert stay
    assert stay.announced is None


async def test_an_objection_is_noted_with_the_announcement_or_with_what_keeps_them_on(
    service: Service, anna: httpx2.AsyncClient, held: str
) -> None:
    stina, ake, vilma = (service.clients[name] for name in (STINA, AKE, VILMA))
    said = {id: {f"told-{id}": "yes", f"view-{id}": "Vill INTE", f"objects-{id}": "yes"} for id in (stina, ake, vilma)}
    wrong = await closed_in_english(
        anna, held, **{f"told-{vilma}": "no", f"objects-{vilma}": "yes", f"asks-{vilma}": "yes"}
    )
    assert "Tick this too" in row(wrong.text, vilma), "an objection is not dropped for want of a tick"
    kept = {f"keep-{stina}": "yes", f"reason-{stina}": "Vill inte", f"keep-{vilma}": "yes", f"reason-{vilma}": "Nej"}
    answer = await close(anna, held, **(said[stina] | said[ake] | said[vilma] | kept))
    assert answer.status_code == 303
    for id, goes in ((stina, False), (ake, True), (vilma, False)):
        stay = (await newest(service, id)).stay
        assert stay
        assert (stay.objects, bool(stay.announced)) == (True, goes)
        assert stay.said
        assert (stay.said.view, stay.said.by) == ("Vill INTE", "anna")
