"""JSON Lines: a history row a line, for programs. The schema is a promise: docs/export.md."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from factboard.domain import masking
from factboard.domain.chain import Row
from factboard.exporting.telling import Lines
from factboard.web.sentences import Teller

COLUMNS = tuple(name for name in Row.__slots__ if name != "salt")


async def json_pages(lines: Lines, found: AsyncIterator[list[Row]]) -> AsyncIterator[bytes]:
    """The file, a page of the history at a time. Who a client is stands where the sentences name them, and only there:
    not for a masked reader, and of a protected identity for nobody.
    """
    async for rows in found:
        yield await asyncio.to_thread(_page, await lines.teller(rows), rows, lines.masked)


def _page(teller: Teller, rows: list[Row], masked: bool) -> bytes:
    return "".join(json_line(row, masked=masked or not teller.names_client(row.client)) for row in rows).encode()


def json_line(row: Row, *, masked: bool = False, salted: bool = False) -> str:
    """A history row as one line. `payload` is an object, null where it was taken away; what is no JSON, since somebody
    has changed it, stands as it is, as a string.

    A masked reader's payload says nothing of who a client is (`domain.masking`); the line has `"masked": true` where
    something is left out for that. `salted`: with all that its digest is made of, the salt and the content's own text,
    where nothing is left out.
    """
    columns = {name: getattr(row, name) for name in COLUMNS}
    payload = _content(row)
    columns["payload"] = masking.masked(payload) if masked and isinstance(payload, dict) else payload
    if columns["payload"] != payload:
        columns["masked"] = True
    elif salted:
        columns |= {"salt": row.salt, "text": row.payload}
    return json.dumps(columns, ensure_ascii=False) + "\n"


def _content(row: Row) -> Any:
    try:
        return json.loads(row.payload) if row.payload is not None else None
    except ValueError:
        return row.payload
