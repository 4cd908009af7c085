"""The demo's SQLite file: the one that is there, or a new one made beside it and moved into its place whole."""

from __future__ import annotations

import asyncio
import os
from datetime import date
from pathlib import Path

from factboard.demo.database import made_by_demo
from factboard.demo.making import make
from factboard.storage.engine import Store
from factboard.storage.migrations import migrate


async def prepared(path: Path, today: date, *, fresh: bool = False) -> str:
    """The URL of a demo database in this file, made if it is missing, made anew if `fresh` is asked for.

    Raises `NotADemo` where the file is somebody else's, and `Serving` where a demo that runs would be replaced.
    """
    url = _url(path)
    if await asyncio.to_thread(path.exists):
        there = Store(url)
        try:
            if await made_by_demo(there) and not fresh:
                await migrate(there)
                return url
            with there.serving():
                pass
        finally:
            await there.close()
    beside = path.with_name(f"{path.name}.new")
    for leftover in (beside, *(beside.with_name(beside.name + end) for end in ("-wal", "-shm"))):
        leftover.unlink(missing_ok=True)
    store = Store(_url(beside))
    try:
        await migrate(store)
        await make(store, today)
    finally:
        await store.close()
    os.replace(beside, path)
    return url


def _url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"
