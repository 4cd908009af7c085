"""A push service on this machine, and a phone's browser that subscribes at it: what comes in is checked as a push
service checks it (the signature of RFC 8292) and read as a browser reads it (RFC 8291), with keys that only the phone
has.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import http_ece
import httpx2
import uvicorn
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from factboard.server import listening_socket


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def data(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass(frozen=True)
class Message:
    """One that came in. `said` is what the phone's worker reads; `claims` what the sender has signed."""

    to: str
    headers: dict[str, str]
    sealed: bytes
    claims: dict[str, Any]
    signed_by: str
    said: dict[str, Any]


@dataclass
class Phone:
    """A browser's subscription, with the keys that never leave it."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))
    messages: list[Message] = field(default_factory=list)

    @property
    def subscription(self) -> dict[str, str]:
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {"endpoint": self.endpoint, "p256dh": text(point), "auth": text(self.secret)}

    def read(self, body: bytes) -> dict[str, Any]:
        opened = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        return dict(json.loads(opened))

    async def subscribe(self, browser: httpx2.AsyncClient, **more: str) -> httpx2.Response:
        return await browser.post("/phone/push", data=self.subscription | more, headers={"Accept": "application/json"})


@dataclass
class PushService:
    """`answers` says how the next ones to a phone are answered, in turn: a status, with headers; then always 201.

    One that `hangs` answers nothing until it is let go.
    """

    url: str = ""
    phones: dict[str, Phone] = field(default_factory=dict)
    answers: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    hangs: asyncio.Event | None = None
    tries: int = 0
    key: str = ""  # of the sender whom the phones have subscribed for

    def phone(self) -> Phone:
        path = f"/push/{len(self.phones)}"
        self.phones[path] = Phone(f"{self.url}{path}")
        return self.phones[path]

    def answer(self, phone: Phone, *statuses: int, **headers: str) -> None:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[phone.endpoint] = [(status, sent) for status in statuses]

    async def handle(self, request: Request) -> Response:
        self.tries += 1
        phone = self.phones[request.url.path]
        body = await request.body()
        claims, signer = verified(request.headers["authorization"])
        if claims["aud"] != self.url:
            return Response(status_code=403)
        if self.hangs:
            await self.hangs.wait()
            return Response(status_code=504)  # to nobody: who asked has gone
        if waiting := self.answers.get(phone.endpoint):
            status, headers = waiting.pop(0)
            return Response(status_code=status, headers=headers)
        said = phone.read(body)
        phone.messages.append(Message(phone.endpoint, dict(request.headers), body, claims, signer, said))
        return Response(status_code=201)


def verified(header: str) -> tuple[dict[str, Any], str]:
    """The claims of a `vapid t=..., k=...` header and the key that signed them; raises where it did not."""
    scheme, _, rest = header.partition(" ")
    assert scheme == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    signed, _, signature = parts["t"].rpartition(".")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data(parts["k"]))
    raw = data(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    head, claims = (json.loads(data(part)) for part in signed.split("."))
    assert head["alg"] == "ES256"
    return claims, parts["k"]


@contextlib.asynccontextmanager
async def a_push_service() -> AsyncIterator[PushService]:
    service = PushService()
    app = Starlette(routes=[Route("/push/{phone}", service.handle, methods=["POST"])])
    listener = listening_socket("127.0.0.1", 0)
    service.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign]
    task = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started and not task.done():
        await asyncio.sleep(0.01)
    try:
        yield service
    finally:
        if service.hangs:
            service.hangs.set()
        server.should_exit = True
        await task
