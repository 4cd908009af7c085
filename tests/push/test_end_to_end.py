"""From `POST /flag` to what a phone shows, by way of a push service: signed, sealed, and with nobody's name in it."""

from __future__ import annotations

import time

from tests.conftest import until
from tests.push.service import PushService
from tests.service import OWN, Service

REASON = "Kanariefågeln sjunger inte längre"


async def test_a_flag_is_on_the_leads_phone_at_once(service: Service, pushes: PushService) -> None:
    phone = pushes.phone()
    async with service.person("lars") as lars, service.person("anna") as anna:
        assert (await phone.subscribe(lars)).json() == {"on": True}
        client = service.clients["Stina Exempel"]
        flag = {"client": client, "category": "short_intensive", "reason": REASON, "request_id": "r1"}
        answer = await anna.post("/flag", data=flag, headers={"Accept": "application/json"})
        assert answer.json()["kinds"] == ["put_on_board"]
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
    assert message.headers["topic"] == "flag"
    assert 0 < int(message.headers["ttl"]) <= 12 * 3600
