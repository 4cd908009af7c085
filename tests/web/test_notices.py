"""Notices: the case manager learns what others did, and nobody else does."""

from __future__ import annotations

import httpx2

from factboard.domain import placement, undo
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web import way_back
from tests.web.reading import FRAGMENT, JSON, facts, looks, seq, words


async def test_each_notice_is_a_sentence_and_leaves_when_it_was_read(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    flag = (await service.put_on("Stina Exempel", "anna", reason="Har slutat äta")).seq
    page = words(await lars.get("/notices"))
    assert "Anna Test satte upp Stina Exempel" in page
    assert "Har slutat äta" in page
    assert "mån 23 nov 09:40" in page
    assert "Stina" not in words(await anna.get("/notices"))
    assert (await anna.post(f"/notices/{flag}/read")).status_code == 303  # not hers: nothing happens
    assert (await lars.get("/notices/count", headers=JSON)).json() == {"unread": 1}
    assert (await lars.post(f"/notices/{flag}/read")).headers["location"] == "/notices"
    assert (await lars.get("/notices/count", headers=JSON)).json() == {"unread": 0}
    assert [fact.fact.kind for fact in await facts(service, flag)] == ["notice_read"]
    before = await seq(service)
    await lars.post(f"/notices/{flag}/read")
    assert await seq(service) == before


async def test_the_count_stands_in_the_link_for_eyes_and_ears(service: Service, lars: httpx2.AsyncClient) -> None:
    none = await lars.get("/notices/count", headers=FRAGMENT)
    assert words(none) == "Inga aviseringar"
    await service.put_on("Stina Exempel", "anna")
    one = await lars.get("/notices/count", headers=FRAGMENT)
    assert words(one) == "1 1 avisering"


async def test_what_was_undone_is_told_to_nobody(service: Service, lars: httpx2.AsyncClient) -> None:
    flag = await service.put_on("Stina Exempel", "anna")
    await service.recorder.change(OWN, "anna", undo.undo, client=flag.client, seen=flag.seq - 1, seq=flag.seq)
    assert (await lars.get("/notices/count", headers=JSON)).json() == {"unread": 0}


async def test_taking_and_returning_are_told_too(service: Service, lars: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel", "lars")
    stina = service.clients["Stina Exempel"]
    await service.recorder.change(OWN, "anna", placement.take, client=stina)
    await service.recorder.change(OWN, "anna", placement.return_to_planned_care, client=stina, reason="Lugnt nu")
    page = words(await lars.get("/notices"))
    assert "Anna Test tog sig an" in page
    assert "Lugnt nu" in page


async def test_another_team_and_the_signed_out_read_nothing(
    service: Service, bo: httpx2.AsyncClient, nobody: httpx2.AsyncClient
) -> None:
    flag = (await service.put_on("Stina Exempel", "anna")).seq
    assert "Stina" not in (await bo.get("/notices")).text
    assert (await bo.post(f"/notices/{flag}/read")).status_code == 303
    assert await seq(service) == flag + 1  # the task to write a crisis plan came with it
    assert (await nobody.get("/notices")).headers["location"] == "/login?next=/notices"
    assert (await nobody.get("/notices/count", headers=FRAGMENT)).status_code == 401
    assert (await nobody.post(f"/notices/{flag}/read")).status_code == 401
    async with service.person("admin") as admin:
        assert (await admin.get("/notices")).status_code == 403


async def test_whom_the_notices_name_stands_in_the_access_log(service: Service, lars: httpx2.AsyncClient) -> None:
    await service.put_on("Stina Exempel", "anna")
    await lars.get("/notices")
    assert ("lars", "read", "notices", service.clients["Stina Exempel"]) in await looks(service)


async def test_an_announcement_is_short_and_its_evidence_stands_apart(service: Service, clock: Clock) -> None:
    await way_back.announced(service, clock, "Stina Exempel")
    async with service.person("lars", "en") as lars:
        page = (await lars.get("/notices")).text
    told = next(part for part in page.split('<li class="box">') if "announced the return" in part)
    short, _, evidence = told.partition("<details>")
    assert "Planned for" in short
    assert not [word for word in ("Rated as usual", "policy no.", "Contacts that counted") if word in short]
    assert "Rated as usual: Anna Test" in evidence
    assert "policy no." in evidence


async def test_the_lead_is_told_what_goes_on_too_long_and_can_act_at_once(service: Service, clock: Clock) -> None:
    await service.put_on("Stina Exempel", "anna")
    stina = service.clients["Stina Exempel"]
    clock.forward(hours=2)
    await service.app.state.scheduler.run_all()
    async with service.person("lars", "en") as lars:
        page = await lars.get("/notices")
        assert "Nobody has taken Stina Exempel" in words(page)
        assert "the lead" not in words(page)
        for act in ("take", "visit"):
            assert f'href="/clients/{stina}/{act}"' in page.text
            assert (await lars.get(f"/clients/{stina}/{act}")).status_code == 200
        await service.recorder.change(OWN, "anna", placement.take, client=stina)
        assert f'href="/clients/{stina}/take"' not in (await lars.get("/notices")).text


async def test_a_new_worry_can_be_taken_from_its_notice_until_somebody_has(service: Service) -> None:
    first = await service.put_on("Stina Exempel", "anna")
    stina, take = first.client, f'href="/clients/{first.client}/take"'
    async with service.person("lars", "en") as lars:
        assert take in (await lars.get("/notices")).text
        await service.recorder.change(OWN, "anna", placement.take, client=stina)
        assert take not in (await lars.get("/notices")).text
        await service.put_on("Stina Exempel", "anna", reason="Rädd igen")
        assert (await lars.get("/notices")).text.count(take) == 1  # from the newest worry, not from the first
