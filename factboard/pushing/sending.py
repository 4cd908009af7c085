"""One message to one phone, by way of its push service. Imported when the first one is sent: it takes a second to.

pywebpush encrypts and signs. The call is our own: pywebpush's follows redirects, wherever to, and reads an answer
however long it is.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from py_vapid import Vapid
from pywebpush import WebPusher

from factboard.pushing.endpoints import is_push_service, origin
from factboard.storage.phones import Subscription

PATIENCE = aiohttp.ClientTimeout(total=10, connect=5)  # seconds
UNREACHED = (aiohttp.ClientError, OSError, TimeoutError)


class Unusable(Exception):
    """Nothing can be sent to this subscription: its keys are none, or it is at no push service."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    retry_after: str | None = None


class PublicOnly(AbstractResolver):
    """A name that leads into the server's own network leads nowhere; the operator's own hosts may."""

    def __init__(self, own: frozenset[str], inner: AbstractResolver | None = None) -> None:
        self._inner = inner or ThreadedResolver()
        self._own = own

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        public = [one for one in found if host in self._own or is_public(one["host"])]
        if not public:
            raise OSError("not a public address")
        return public

    async def close(self) -> None:
        await self._inner.close()


def is_public(address: str) -> bool:
    known = ip_address(address)
    if isinstance(known, IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    return known.is_global and not known.is_multicast


class Sender:
    """Keeps the connections to push services open. `private` signs for `contact`; `own` are services that need not be
    public.
    """

    def __init__(self, private: str, contact: str, own: frozenset[str], proxy: str = "") -> None:
        self._key, self._contact, self._own, self._proxy = Vapid.from_raw(private.encode()), contact, own, proxy
        hosts = frozenset(one.split("://")[-1].partition(":")[0] for one in own)
        resolver = None if proxy else PublicOnly(hosts)  # a proxy finds the names itself
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=resolver, limit=100),
            timeout=PATIENCE,
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    async def send(self, to: Subscription, payload: bytes, *, ttl: int, urgent: bool, topic: str) -> Answer:
        """Raises `Unusable`, or one of `UNREACHED`. `ttl` is for how many seconds the push service keeps it; of those
        with one `topic` it keeps the newest.
        """
        body, headers = self._sealed(to, payload)
        headers |= {"TTL": str(ttl), "Urgency": "high" if urgent else "normal", "Topic": topic}
        async with self._session.post(
            to.endpoint, data=body, headers=headers, allow_redirects=False, proxy=self._proxy or None
        ) as answer:
            return Answer(answer.status, answer.headers.get("Retry-After"))

    def _sealed(self, to: Subscription, payload: bytes) -> tuple[bytes, dict[str, str]]:
        """The payload as only the phone can read it (RFC 8291), and who sends it (RFC 8292)."""
        if not is_push_service(to.endpoint, self._own):
            raise Unusable("no push service")
        try:
            keys = {"p256dh": to.p256dh, "auth": to.auth}
            body: bytes = WebPusher({"endpoint": to.endpoint, "keys": keys}).encode(payload)["body"]
        except Exception as error:  # of whichever of three libraries
            raise Unusable(type(error).__name__) from None
        signed: dict[str, Any] = self._key.sign({"aud": origin(to.endpoint), "sub": self._contact})
        return body, {**signed, "Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream"}

    async def close(self) -> None:
        await self._session.close()
