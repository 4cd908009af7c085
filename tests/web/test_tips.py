"""A tip on the pages: written down, told, answered once; a flag may come of it."""

from __future__ import annotations

import httpx2

from tests.service import Service
from tests.web.reading import facts, seq, words

STINA = "Stina Exempel"  # lars is her case manager
TIP = {"text": "Hon svarar inte", "said_by": "Eva Exempel", "reach": "070-174 06 05", "relation": "relative"}


async def told(service: Service, anna: httpx2.AsyncClient) -> tuple[str, str]:
    """(the client's address, the id of a tip that anna has just written down)."""
    at, before = f"/clients/{service.clients[STINA]}", await seq(service)
    assert (await anna.post(f"{at}/tip", data=TIP)).status_code == 303
    [noted] = await facts(service, before)
    return at, noted.fact.tip  # type: ignore[attr-defined]


async def test_the_case_manager_is_told_and_answers_it_once(
    service: Service, anna: httpx2.AsyncClient, lars: httpx2.AsyncClient
) -> None:
    at, tip = await told(service, anna)
    assert f'href="{at}/tip-answer"' in (await lars.get("/notices")).text
    for page in (at, "/today"):
        assert "Hon svarar inte" in words(await lars.get(page)), page
    nothing = await lars.post(f"{at}/tip-answer", data={"tip": tip, "ending": "nothing"})
    assert nothing.status_code == 422  # that there is nothing to do needs a word why
    answer = {"tip": tip, "ending": "talked", "told_back": "yes"}
    assert (await lars.post(f"{at}/tip-answer", data=answer)).status_code == 303
    assert "Någon har redan besvarat tipset" in words(await anna.post(f"{at}/tip-answer", data=answer))
    assert "Tips att besvara" not in words(await lars.get("/today"))
    assert "ledde till" in words(await anna.get("/notices"))  # whoever wrote it down is told what came of it


async def test_a_flag_begins_with_the_tip_and_answers_it(service: Service, anna: httpx2.AsyncClient) -> None:
    at, tip = await told(service, anna)
    form = (await anna.get("/flag", params={"client": service.clients[STINA], "tip": tip})).text
    assert f'name="tip" value="{tip}"' in form
    assert "Hon svarar inte" in form
    before = await seq(service)
    flag = {"client": service.clients[STINA], "category": "short_intensive", "reason": "Svarar inte", "tip": tip}
    assert (await anna.post("/flag", data=flag | {"request_id": "r1", "source": "relative"})).status_code == 303
    assert [one.fact.kind for one in await facts(service, before)][:2] == ["put_on_board", "tip_answered"]
    assert "väntar på svar" not in words(await anna.get(at))


async def test_another_team_learns_nothing_of_it(
    service: Service, anna: httpx2.AsyncClient, bo: httpx2.AsyncClient
) -> None:
    at, tip = await told(service, anna)
    assert (await bo.post(f"{at}/tip-answer", data={"tip": tip, "ending": "talked"})).status_code == 404
    assert "Hon svarar inte" not in (await bo.get("/flag", params={"client": service.clients[STINA], "tip": tip})).text
