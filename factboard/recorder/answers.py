"""The same request twice is one answer: each id keeps the answer that it had, in the transaction that made it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from sqlalchemy import insert, select

from factboard.domain.refusal import Invalid
from factboard.recorder.desk import Desk, Receipt, Rule
from factboard.storage import tables
from factboard.storage.codec import instant_from_text, instant_to_text


async def answered(
    desk: Desk, request_id: str | None, rule: Rule, client: str | None, what: dict[str, object]
) -> Receipt | None:
    """The answer that this very request already had. Raises `Refused` when the id was for another one."""
    if request_id is None:
        return None
    c = tables.request.c
    query = select(c.digest, c.answer).where(c.actor == desk.actor, c.request_id == request_id)
    found = (await desk.connection.execute(query)).first()
    if found is None:
        return None
    if found.digest != _digest(desk.team, rule, client, what):
        raise Invalid("request_id_used", "request_id")
    answer = json.loads(found.answer)
    answer |= {"at": instant_from_text(answer["at"]), "kinds": tuple(answer["kinds"]), "repeated": True}
    return Receipt(**answer)


async def remember(
    desk: Desk, request_id: str | None, rule: Rule, client: str | None, what: dict[str, object], receipt: Receipt
) -> None:
    if request_id is None:
        return
    answer = asdict(receipt) | {"at": instant_to_text(receipt.at)}
    await desk.connection.execute(
        insert(tables.request).values(
            actor=desk.actor,
            request_id=request_id,
            digest=_digest(desk.team, rule, client, what),
            team=desk.team,
            answer=json.dumps(answer),
        )
    )


def _digest(team: str, rule: Rule, client: str | None, what: dict[str, object]) -> str:
    asked = json.dumps([team, rule.__name__, client, what], default=str, sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()
