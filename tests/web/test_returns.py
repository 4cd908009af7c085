"""`/returns`: do automatic returns run, who is announced and when, what each still needs, who is ready."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx2
import pytest

from factboard.domain import events as e
from factboard.domain import meeting, placement, stepdown
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web import way_back
from tests.web.reading import looks, words

STINA, AKE, VILMA = "Stina Exempel", "Åke Provström", "Vilma Skyddsson"
WEDNESDAY = datetime(2026, 11, 25, 7, 40, tzinfo=UTC)  # 08:40 in Stockholm
RELEASE = 'action="/settings/returns/release"'


@pytest.fixture
def clock() -> Clock:
    return Clock(WEDNESDAY)


async def page(service: Service, who: str = "anna") -> httpx2.Response:
    async with service.person(who, "en") as reader:
        return await reader.get("/returns")


def row(page: httpx2.Response, client: str) -> str:
    """What the page says of one client."""
    inside = page.text.partition(f'href="/clients/{client}"')[2].partition("</li>")[0]
    return words(httpx2.Response(200, text=f"<li><a {inside}"))


async def paused(service: Service) -> None:
    def rule(_case: object) -> list[e.Entry]:
        return [e.Entry(e.ReturnsPaused(e.Pause.MANY, 6, 27))]

    await service.recorder.change(OWN, "factboard", rule)


async def test_nobody_is_on_the_way(service: Service) -> None:
    said = words(await page(service))
    for line in ("Automatic returns run", "Nobody's return is planned.", "Nobody is ready yet."):
        assert line in said, line


async def test_who_has_returned_stands_on_it_too_and_the_board_counts_whom_nobody_has_met(
    service: Service, clock: Clock
) -> None:
    ends = clock.now
    clock.forward(days=-30)
    for name in (STINA, AKE):
        await service.put_on(name)
    clock.forward(days=20)
    for name in (STINA, AKE):
        id = service.clients[name]
        await service.recorder.change(OWN, "lars", placement.return_to_planned_care, client=id, reason="Lugnt")
    await service.recorder.change(
        OWN, "anna", placement.log_contact, client=service.clients[AKE], contact=e.ContactKind.HOME
    )
    clock.now = ends
    found = await page(service)
    waiting, folded, met = found.text.partition('id="head-returned"')[2].partition("<details")
    assert f'id="returned-{service.clients[STINA]}" class="is-late"' in waiting
    assert f'formaction="/clients/{service.clients[STINA]}/back"' in waiting
    assert folded
    assert f'id="returned-{service.clients[AKE]}"' in met
    async with service.person("anna", "en") as anna:
        board = await anna.get("/board")
    assert '<a class="late" href="#returned">1 not met since the return</a>' in board.text


async def test_who_is_announced_stands_with_the_moment_and_what_is_needed(service: Service, clock: Clock) -> None:
    stina, ake = await way_back.announced(service, clock, STINA, AKE)
    told = {"informed": e.Informed.YES, "view": "Gärna"}
    await service.recorder.change(OWN, "anna", stepdown.tell, client=ake, **told)
    found = await page(service)
    assert "Return planned 2" in words(found)
    asked = "Not told yet: who tells them before 13:00?"
    assert f"{asked} Still needed: a held meeting that goes through the patient" in row(found, stina)
    assert "Patient informed : Gärna" in row(found, ake)
    assert f'href="/clients/{stina}/told"' in found.text
    assert f'href="/clients/{ake}/told"' not in found.text
    await way_back.meets(service)
    still = "today 13:00 Not told yet: who tells them before 13:00? Still needed: nothing more"
    assert still in row(await page(service), stina)


async def test_a_new_rating_that_is_needed_first_is_said(service: Service, clock: Clock) -> None:
    """Rated on Monday: on Thursday that is new enough, but nobody goes on a Friday, and by Monday it is not."""
    [stina] = await way_back.announced(service, clock, STINA)
    assert "a new rating" not in row(await page(service), stina)
    clock.now = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
    found = row(await page(service), stina)
    assert "Mon 30 Nov 13:00" in found
    assert "a new rating “as usual” before then" in found


async def test_the_soonest_stands_first(service: Service, clock: Clock) -> None:
    later, sooner = sorted(await way_back.announced(service, clock, STINA, AKE))
    id = await way_back.begun(service)
    await way_back.discussed(service, id, sooner)
    how = {"of_meeting": id, "with_all": True, "reason": "Ingen tid"}
    await service.recorder.change(OWN, "anna", meeting.close, **how)
    text = (await page(service)).text
    assert text.index(f'/clients/{sooner}"') < text.index(f'/clients/{later}"')


async def test_who_is_ready_stands_with_what_comes_next(service: Service, clock: Clock) -> None:
    [stina] = await way_back.ready(service, clock, STINA)
    [ake] = await way_back.ready(service, clock, AKE, category="asked")
    found = await page(service)
    assert "Ready to return 2" in words(found)
    assert "The next held meeting announces the return, unless somebody keeps them on." in row(found, stina)
    assert "The next held meeting discusses them; then somebody announces the return." in row(found, ake)
    assert f'href="/clients/{ake}/announce"' not in found.text
    await way_back.meets(service)
    found = await page(service)
    assert "somebody announces the return. Announce the return" in row(found, ake)
    assert f'href="/clients/{ake}/announce"' in found.text


async def test_who_is_neither_is_not_there(service: Service, clock: Clock) -> None:
    await way_back.ready(service, clock, STINA)
    await service.put_on(AKE)
    assert "Åke" not in (await page(service)).text


async def test_a_pause_says_why_what_it_means_and_who_may_end_it(service: Service, clock: Clock) -> None:
    [stina] = await way_back.announced(service, clock, STINA)
    await paused(service)
    found = await page(service)
    for line in (
        "Automatic returns are paused since Wed 25 Nov 08:40",
        "6 of 27 would have gone back at once.",
        "nobody goes back by itself until people have looked",
        "The lead, or two clinicians in a held meeting, can let them go on.",
    ):
        assert line in words(found), line
    assert "that returns go on" in row(found, stina)
    assert RELEASE not in found.text  # a clinician does it in a meeting
    assert "agreed so far" not in words(found)


async def test_who_has_agreed_in_the_meeting_is_named(service: Service, clock: Clock) -> None:
    await paused(service)
    id = await way_back.begun(service)
    await service.recorder.change(OWN, "lars", stepdown.agree_to_release, of_meeting=id)
    said = words(await page(service))
    assert "In the meeting have agreed so far: Lars Test" in said
    assert "Meeting under way" in said


async def test_the_lead_lets_them_go_on(service: Service, clock: Clock) -> None:
    await paused(service)
    async with service.person("lars", "en") as lars:
        assert RELEASE in (await lars.get("/returns")).text
        await lars.post("/settings/returns/release", data={"reason": "Rätt som det är"})
        found = await lars.get("/returns")
        assert "Automatic returns run" in words(found)
        assert RELEASE not in found.text


async def test_another_team_the_signed_out_and_the_wrong_role_see_nobody(
    service: Service, clock: Clock, bo: httpx2.AsyncClient, nobody: httpx2.AsyncClient
) -> None:
    await way_back.announced(service, clock, STINA)
    assert "Stina" not in (await bo.get("/returns")).text
    assert (await nobody.get("/returns")).headers["location"] == "/login?next=/returns"
    for who in ("maria", "admin"):
        assert (await page(service, who)).status_code == 403


async def test_whom_it_names_stands_in_the_access_log_and_a_protected_identity_has_its_code(
    service: Service, clock: Clock
) -> None:
    [vilma] = await way_back.announced(service, clock, VILMA)
    await service.put_on(AKE)
    found = await page(service)
    assert "Vilma" not in found.text
    assert "Protected identity" in row(found, vilma)
    seen = {look for look in await looks(service) if look[2] == "returns"}
    assert seen == {("anna", "read", "returns", vilma)}
