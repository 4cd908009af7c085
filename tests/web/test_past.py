"""`/board?at=` and `/wall?at=`: the past, shown to those who may read the history, with nothing to press on it."""

from __future__ import annotations

import re
import sqlite3

import httpx2
import pytest

from factboard.domain import events as e
from factboard.domain import placement
from factboard.domain.case import Case
from factboard.domain.people import alias
from factboard.recorder import Rule
from factboard.storage import history
from tests.conftest import Clock
from tests.service import OWN, Service
from tests.web.reading import looks, typed, words

FIRST, THEN = "Ringer om nätterna", "Äter inte"
HALF_PAST = "2026-11-23T10:30:00"  # in Stockholm


def says(*facts: e.Fact) -> Rule:
    """A rule that writes these facts, whatever is so: other tests ask how they come about."""

    def rule(_: Case) -> list[e.Entry]:
        return [e.Entry(fact) for fact in facts]

    return rule


async def two_flags(service: Service, clock: Clock) -> tuple[int, int]:
    """Stina is put on at 09:40 and flagged again, for another reason, two hours later."""
    first = await service.put_on("Stina Exempel", reason=FIRST)
    clock.forward(hours=2)
    again = await service.put_on("Stina Exempel", reason=THEN)
    clock.forward(hours=1)
    return first.seq, again.seq


async def test_a_moment_shows_what_stood_there_then(service: Service, lars: httpx2.AsyncClient, clock: Clock) -> None:
    first, again = await two_flags(service, clock)
    for at, shown in ((HALF_PAST, FIRST), (str(first), FIRST), (str(again), THEN), ("", THEN), ("2026-11-23", "")):
        answer = await lars.get("/board", params={"at": at})
        assert [text for text in (FIRST, THEN) if text in answer.text.partition('id="view"')[2]] == [shown][
            : bool(shown)
        ]
        assert answer.status_code == (200 if shown else 422)
    wall = await lars.get("/wall", params={"at": HALF_PAST})
    assert "Stina" in words(wall)
    early = await lars.get("/wall", params={"at": str(first - 1)})
    assert "Stina" not in words(early)


async def test_the_past_looks_like_the_past_and_offers_nothing_to_do(
    service: Service, lars: httpx2.AsyncClient, clock: Clock
) -> None:
    await two_flags(service, clock)
    for path in ("/board", "/wall"):
        text = (await lars.get(path, params={"at": HALF_PAST})).text
        assert re.search(r"<title>DÅTID: mån 23 nov 2026 10:30", text)
        assert 'class="past-bar"' in text
        assert "is-past" in text
        forms = re.findall(r"<form[^>]*>", text)
        own = ("/language", "/logout")  # what the menu of the reader holds, and touches nothing of the team
        assert [form for form in forms if 'method="get"' not in form and not any(way in form for way in own)] == []
        for gone in ("formaction", "hx-sse", "data-dialog", "primary flag", "data-menu", "data-blank"):
            assert gone not in text, (path, gone)
        assert re.findall('href="/clients/', text) == []


async def test_only_who_may_read_the_history_sees_the_past(service: Service) -> None:
    for username, now, then in (("anna", 200, 403), ("lars", 200, 200), ("maria", 403, 200), ("monika", 403, 200)):
        async with service.person(username) as person:
            assert (await person.get("/board")).status_code == now, username
            for path in ("/board", "/wall"):
                assert (await person.get(path, params={"at": ""})).status_code == then, (username, path)
    async with service.person(None) as nobody:
        assert (await nobody.get("/wall", params={"at": ""})).status_code == 303


async def test_a_masked_auditor_sees_codes_and_no_name(service: Service, clock: Clock) -> None:
    await two_flags(service, clock)
    async with service.person("maria") as maria:
        for path in ("/board", "/wall"):
            answer = await maria.get(path, params={"at": HALF_PAST})
            assert alias(service.clients["Stina Exempel"]) in words(answer)
            for told in ("Stina", "Exempel", "1980"):
                assert told not in answer.text, (path, told)
            assert FIRST in answer.text or path == "/wall"
            assert "kan innehålla ett namn" in answer.text
            assert f"/unmask?next={path}%3Fat%3D" in answer.text
        await maria.post("/unmask", data={"reason": "Avvikelse 12", "next": f"/wall?at={HALF_PAST}"})
        for path in ("/board", "/wall"):
            answer = await maria.get(path, params={"at": HALF_PAST})
            assert "Stina" in words(answer)
            assert 'action="/mask"' in answer.text


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("imorgon", "Det här är inte en dag och en tid."),
        ("9" * 200, "Det här är inte en dag och en tid."),
        ("2026-11-23T10:30:00+99:00", "Det här är inte en dag och en tid."),
        ("2026-12-24T08:00", "Den tidpunkten har inte varit än."),
        ("9999-12-31T23:59:59-23:59", "Det här är inte en dag och en tid."),
        ("0001-01-01T00:00", "Teamets historik hade inte börjat då."),
        ("99999", "Det finns ingen händelse med det numret"),
        ("0", "Det finns ingen händelse med det numret"),
    ],
)
async def test_a_moment_that_cannot_be_shown_is_answered_beside_its_field(
    lars: httpx2.AsyncClient, at: str, said: str
) -> None:
    for path in ("/board", "/wall"):
        answer = await lars.get(path, params={"at": at})
        assert answer.status_code == 422
        assert said in answer.text
        assert typed(answer, "at") == at
        assert 'aria-describedby="e-at"' in answer.text
        assert "<title>DÅTID – " in answer.text
        assert "?at=" not in answer.text.partition('class="past-out"')[2], "the moment is not offered again"
        assert path == "/wall" or "/logout" in answer.text


async def test_steps_lead_to_the_facts_and_days_beside_a_moment(
    service: Service, lars: httpx2.AsyncClient, clock: Clock
) -> None:
    first, again = await two_flags(service, clock)
    clock.forward(days=2)

    async def steps(at: object) -> list[str]:
        text = (await lars.get("/board", params={"at": str(at)})).text
        return re.findall(r'class="step" href="/board\?at=([^"#&]*)', text)

    task = first + 1  # to write a crisis plan, which the flag brought with it
    assert await steps(first) == [str(first - 1), str(task), "2026-11-24T09%3A40%3A00"]
    assert await steps(HALF_PAST) == [str(task), str(again), "2026-11-24T10%3A30%3A00"]
    assert await steps("2026-11-24T10:30") == [str(again), "2026-11-23T10%3A30%3A00", "2026-11-25T10%3A30%3A00"]
    await service.recorder.change(OWN, "lars", placement.take, client=service.clients["Stina Exempel"])
    assert (await steps(again))[1] == str(again + 1)


async def test_who_was_shown_stands_in_the_access_log_with_the_moment(
    service: Service, lars: httpx2.AsyncClient, clock: Clock
) -> None:
    await two_flags(service, clock)
    for path, view in (("/board", "board"), ("/wall", "wall")):
        await lars.get(path, params={"at": HALF_PAST})
        assert ("lars", "replay", view, service.clients["Stina Exempel"]) in await looks(service)


async def test_a_wall_can_be_seen_as_a_screen_of_then_was_set(
    service: Service, lars: httpx2.AsyncClient, clock: Clock
) -> None:
    screen = e.ScreenPaired("s1", "Köket", e.Naming.INITIALS, e.OutsideMeeting.BOARD)
    changed = e.ScreenChanged("s1", "Köket", e.Naming.FIRST, e.OutsideMeeting.BOARD)
    await service.recorder.change(OWN, "lars", says(screen))
    await two_flags(service, clock)
    await service.recorder.change(OWN, "lars", says(changed))
    seen = {}
    for id, at in (("s1", HALF_PAST), ("s1", ""), ("nowhere", "")):
        answer = await lars.get("/wall", params={"at": at, "screen": id})
        seen[id, at] = "Stina" in answer.text.partition('id="view"')[2]
        assert ("Köket" in answer.text, answer.status_code) == (True, 200)
    assert seen == {("s1", HALF_PAST): False, ("s1", ""): True, ("nowhere", ""): False}


async def test_a_fact_that_somebody_changed_is_left_out_and_said_to_be(
    service: Service, lars: httpx2.AsyncClient, clock: Clock
) -> None:
    first, again = await two_flags(service, clock)
    with sqlite3.connect(str(service.app.state.store.url.database)) as plain:
        plain.execute("DROP TRIGGER history_refuses_update")
        plain.execute("UPDATE history SET payload = '{' WHERE seq = ? AND team = ?", (again, OWN))
    whole, torn = [await lars.get("/board", params={"at": str(seq)}) for seq in (first, again)]
    assert (whole.status_code, torn.status_code) == (200, 200)
    assert "kan inte läsas" not in words(whole)
    assert "1 händelse kan inte läsas och är utelämnad" in torn.text
    assert FIRST in torn.text


async def test_whose_facts_were_redacted_is_not_there_and_is_counted(
    service: Service, lars: httpx2.AsyncClient, clock: Clock
) -> None:
    _, again = await two_flags(service, clock)
    stina = service.clients["Stina Exempel"]
    async with service.app.state.store.reading() as connection:
        rows = tuple(row.seq for row in await history.story(connection, OWN, stina))

    def gone(_: Case) -> list[e.Entry]:
        return [e.Entry(e.Redacted(rows, len(rows), clock.now.date(), 10), stina)]

    await service.recorder.change(OWN, "lars", gone)
    for path in ("/board", "/wall"):
        answer = await lars.get(path, params={"at": str(again)})
        assert "1 patient som fanns i teamet då visas inte" in answer.text
        assert FIRST not in answer.text
        assert THEN not in answer.text
    assert "visas inte" not in (await lars.get("/board", params={"at": str(rows[0] - 1)})).text
