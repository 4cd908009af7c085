"""The rules beside the sending: what an answer means, which address may be a push service, what a message says."""

from __future__ import annotations

import json
import re
import socket
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from factboard.domain.events import News
from factboard.pushing import TEST, is_push_service
from factboard.pushing.endpoints import origins
from factboard.pushing.outcomes import OUTCOMES, after
from factboard.pushing.sending import PublicOnly, is_public
from factboard.pushing.words import SAID, payload, topic
from factboard.web.phone.pushing import device
from tests.domain.given import TEAM

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("status", "retry_after", "tries", "outcome", "seconds"),
    [
        (201, None, 1, "sent", None),
        (200, None, 1, "sent", None),
        (404, None, 1, "gone", None),
        (410, "60", 1, "gone", None),
        (429, None, 1, "busy", 5),
        (429, "30", 1, "busy", 30),
        (429, "2", 1, "busy", 5),  # no sooner than by itself
        (429, "Mon, 23 Nov 2026 08:41:00 GMT", 1, "busy", 60),
        (429, "Mon, 23 Nov 2026 08:00:00 GMT", 1, "busy", 5),  # has passed
        (429, "Mon, 23 Nov 2026 10:41:00 +0200", 1, "busy", 60),
        (429, "soon", 1, "busy", 5),
        (429, "-5", 1, "busy", 5),
        (429, "", 1, "busy", 5),
        (429, "99999999999999999999", 1, "busy", None),  # longer than it is of use
        (429, "4000", 1, "busy", None),
        (503, "120", 1, "failed", 120),
        (500, None, 2, "failed", 10),
        (500, None, 5, "failed", 80),
        (500, None, 100, "failed", 600),
        (301, None, 1, "failed", 5),
        (401, None, 1, "refused", 5),
        (403, None, 1, "refused", 5),
        (400, None, 1, "failed", None),
        (413, None, 1, "failed", None),
        (None, None, 3, "unreachable", 20),
    ],
)
def test_an_answer_means(
    status: int | None, retry_after: str | None, tries: int, outcome: str, seconds: int | None
) -> None:
    found = after(status, retry_after, tries, NOW, LATER)
    again = NOW + timedelta(seconds=seconds) if seconds else None
    assert (found.outcome, found.again, found.gone) == (outcome, again, status in (404, 410))
    assert found.outcome in OUTCOMES


OWN = origins("http://127.0.0.1:9999, https://push.region.internal/")


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/x",
        "https://web.push.apple.com/QGuQy",
        "https://web.push.apple.com:443/QGuQy",
        "https://wns2-par02p.notify.windows.com/w/?token=x",
        "http://127.0.0.1:9999/push/1",
        "https://push.region.internal/1",
    ],
)
def test_a_push_service_is_at(endpoint: str) -> None:
    assert is_push_service(endpoint, OWN)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "/push",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "ftp://fcm.googleapis.com/x",
        "https://user:pass@fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://127.1/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://0x7f000001/x",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://10.0.0.1/x",
        "https://169.254.169.254/latest",
        "https://localhost/x",
        "https://db.localhost/x",
        "https://metadata.google.internal/x",
        "https://printer.local/x",
        "https://intranet/x",
        "https://push.example.org/\x00x",
        "https://push.example.org/\x7f",
        "https://fcm.googleapis.com\\@10.0.0.1/x",
        "https://fcm.googleapis.com/a b",
        "https://fcm.googleapis.com:99999/x",
        "https://fcm.googleapis.com/" + "x" * 2000,
        "https://fçm.googleapis.com/x",
        "http://127.0.0.1:9998/push",
        "https://127.0.0.1:9999/push",
    ],
)
def test_no_push_service_is_at(endpoint: str) -> None:
    assert not is_push_service(endpoint, OWN)


class Names(AbstractResolver):
    """As whoever owns a name likes it."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=one, port=port, family=family, proto=0, flags=0) for one in self.addresses
        ]

    async def close(self) -> None:
        pass


async def test_a_name_that_leads_into_the_servers_own_network_leads_nowhere() -> None:
    for inside in ("127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "::1", "fd00::1", "::ffff:10.0.0.1"):
        assert not is_public(inside)
        with pytest.raises(OSError, match="not a public address"):
            await PublicOnly(frozenset(), Names(inside)).resolve("push.example.org", 443)
    both = await PublicOnly(frozenset(), Names("10.1.2.3", "93.184.215.14")).resolve("push.example.org", 443)
    assert [one["host"] for one in both] == ["93.184.215.14"]
    own = await PublicOnly(frozenset({"push.region.internal"}), Names("10.1.2.3")).resolve("push.region.internal", 443)
    assert [one["host"] for one in own] == ["10.1.2.3"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_kind_has_its_words_and_only_an_untaken_flag_stays_until_it_is_touched(language: str) -> None:
    said = {kind: json.loads(payload(kind, TEAM, language)) for kind in (*News, TEST)}
    assert set(said) == set(SAID)
    assert len({one["body"] for one in said.values()}) == len(said)
    assert len({one["tag"] for one in said.values()}) == len(said)
    assert [kind for kind, one in said.items() if one["stays"]] == [News.UNTAKEN]
    assert {one["title"] for one in said.values()} == {"Team Kusten"}
    assert {one["url"] for kind, one in said.items() if kind != TEST} == {"/notices"}
    assert max(map(len, (payload(kind, TEAM, language) for kind in said))) < 1_000


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 15; Pixel 7) AppleWebKit/537.36 Chrome/156.0.0.0 Mobile Safari/537.36",
         "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605 Version/18.5 Mobile/15E148 Safari/604",
         "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15; SM-S921B) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537",
         "Samsung Internet, Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0", "Edge, Windows"),
        ("python-httpx2", ""),
    ],
)  # fmt: skip
def test_a_device_has_a_name_that_its_owner_knows(user_agent: str, name: str) -> None:
    assert device(user_agent) == name


def test_a_push_service_keeps_the_newest_of_each_kind_and_team_and_none_takes_the_place_of_another_teams() -> None:
    topics = [topic(kind, team) for kind in (*News, TEST) for team in ("kusten", "skogen", "a-team-with-" + "x" * 60)]
    assert len(set(topics)) == len(topics)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,32}", one) for one in topics)  # RFC 8030, section 5.4
    assert topic("flag", "kusten") == topic("flag", "kusten")
