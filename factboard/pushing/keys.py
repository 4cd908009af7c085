"""The key pair by which push services know this service (VAPID, RFC 8292): made at the first start and kept in the
database, so that it is part of the backup. With another one no phone could be reached that was reached before.
"""

from __future__ import annotations

import asyncio
import base64

from factboard.storage import pushes
from factboard.storage.engine import Store


async def own_key(store: Store) -> dict[str, str]:
    """`private` and `public`, base64url."""
    async with store.reading() as connection:
        known = await pushes.key(connection)
    if known:
        return known
    made = await asyncio.to_thread(_make)
    async with store.writing() as connection:
        await pushes.keep_key(connection, made)
        known = await pushes.key(connection)
    assert known
    return known


def _make() -> dict[str, str]:
    from cryptography.hazmat.primitives import serialization  # takes its time, once in the life of a database
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return {"private": _text(key.private_numbers().private_value.to_bytes(32, "big")), "public": _text(public)}


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
