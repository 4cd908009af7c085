"""From `POST /flag` to what a phone shows, by way of a push service: signed, sealed, and with nobody's name in it."""

from __future__ import annotations

import json
import time

from factboard.domain import placement
from factboard.pushing.words import topic
from tests.conftest import Clock, until
from tests.push.service import PushService
from tests.service import OTHER, OWN, Service

REASON = "Kanariefågeln sjunger inte längre"


async def test_a_flag_is_on_the_leads_phone_at_once(service: Service, pushes: PushService) -> None:
    phone = pushes.phone()
    async with service.person("lars") as lars, service.person("anna") as anna:
        assert (await phone.subscribe(lars)).json() == {"on": True}
        client = service.clients["Stina Exempel"]
        flag = {"client": client, "category": "short_intensive", "reason": REASON, "request_id": "r1"}
        answer = await anna.post("/flag", data=flag, headers={"Accept": "application/json"})
        assert answer.json()["kinds"] == ["put_on_board", "action_added"]
        await until(lambda: phone.messages)
        key = (await lars.get("/phone")).text.split('data-key="')[1].split('"')[0]
    [message] = phone.messages
    assert message.said == {
        "title": "Team Kusten",
        "body": "Det finns en ny oro på tavlan.",
        "lang": "sv",
        "tag": f"flag {OWN}",
        "url": "/notices",
        "stays": False,
    }
    assert message.signed_by == key
    assert message.claims["sub"] == "mailto:factboard@example.org"
    assert time.time() < message.claims["exp"] <= time.time() + 24 * 3600
    assert message.headers["urgency"] == "high"
    assert message.headers["topic"] == topic("flag", OWN)
    assert 0 < int(message.headers["ttl"]) <= 12 * 3600


async def test_what_leaves_the_house_names_nobody_gives_no_reason_and_leads_to_no_client(
    service: Service, pushes: PushService, clock: Clock
) -> None:
    """Each kind, in each language, by every header and byte; the sealed body says nothing to who cannot open it."""
    phones = [pushes.phone() for _ in range(2)]
    client = service.clients["Stina Exempel"]
    async with service.person("lars") as lars, service.person("lars", "en") as english:
        await phones[0].subscribe(lars)
        await phones[1].subscribe(english)
    change = service.recorder.change
    await service.put_on("Stina Exempel", actor="anna", reason=REASON)
    await service.app.state.pusher.run()
    clock.forward(hours=2)
    assert await service.app.state.scheduler.run_all()  # nobody has taken it
    await service.app.state.pusher.run()
    await change(OWN, "anna", placement.return_to_planned_care, client=client, reason=REASON)
    await service.app.state.pusher.run()
    kinds = {message.said["tag"].split()[0] for phone in phones for message in phone.messages}
    assert kinds == {"flag", "untaken", "returned"}
    secret = ("Stina", "Exempel", "1980", client, client[:8], "Kanarie", "Anna", "Lars", "anna", "lars")
    for phone in phones:
        for message in phone.messages:
            sent = (
                json.dumps(message.said, ensure_ascii=False) + json.dumps(message.headers) + json.dumps(message.claims)
            )
            assert [word for word in secret if word in sent] == []
            assert b"Kusten" not in message.sealed
    assert {message.said["lang"] for message in phones[1].messages} == {"en"}
    assert {message.said["stays"] for message in phones[0].messages if "untaken" in message.said["tag"]} == {True}


async def test_of_two_teams_each_is_told_of_its_own(service: Service, pushes: PushService) -> None:
    phone = pushes.phone()
    async with service.person("ingrid") as ingrid:  # leads the other team
        await phone.subscribe(ingrid)
        await service.put_on("Stina Exempel", actor="anna")
        await service.app.state.pusher.run()
        assert phone.messages == []
        await service.put_on("Olle Främling", actor="bo", team=OTHER)
        await service.app.state.pusher.run()
    assert [message.said["title"] for message in phone.messages] == ["Team Skogen"]


async def test_metrics_count_what_was_sent_and_what_waits(service: Service, pushes: PushService) -> None:
    async def counted(name: str) -> float:
        async with service.person(None) as watching:
            lines = (await watching.get("/metrics")).text.splitlines()
            return next((float(line.split()[-1]) for line in lines if line.startswith(name)), 0.0)

    phone = pushes.phone()
    async with service.person("lars") as lars:
        await phone.subscribe(lars)
    before = await counted('factboard_pushes_total{outcome="sent"}')
    failed = await counted('factboard_pushes_total{outcome="failed"}')
    pushes.answer(phone, 500)
    await service.put_on("Stina Exempel", actor="anna")
    await service.put_on("Åke Provström", actor="anna")
    await service.app.state.pusher.run()
    assert await counted('factboard_pushes_total{outcome="failed"}') == failed + 1
    assert await counted('factboard_pushes_total{outcome="sent"}') == before + 1
    assert await counted("factboard_pushes_waiting ") == 1
    async with service.person(None) as watching:
        assert (await watching.get("/readyz")).status_code == 200, "late messages are no reason to take nobody in"
