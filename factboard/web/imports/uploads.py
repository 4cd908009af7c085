"""Files that wait for a yes: read, and held in memory between the preview and the import; a few, and not for long."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from factboard.bringing_in import File, Prepared
from factboard.domain.refusal import Invalid
from factboard.importing.problems import Unreadable
from factboard.importing.sheets import read_sheets
from factboard.importing.table import MEGABYTE, Limits, Sheet

KEPT = 6  # files of all teams together; a large workbook takes some tens of megabytes
SECONDS = 15 * 60
FORM = 256 * 1024  # bytes that the form itself may add to its file
DRAINED = 400 * MEGABYTE  # a browser that is cut off while it sends shows no answer, so it is heard out this far


Owner = tuple[str, str]  # a session, and the team that it worked in: whoever moves to another leaves the file behind


@dataclass(slots=True)
class Upload:
    """A file as it was read, whose it is, and what it would do. `imported` is the fact, once it came in."""

    owner: Owner
    file: File
    sheets: Sequence[Sheet]
    prepared: Prepared | None = None
    imported: int | None = None
    at: float = field(default_factory=monotonic)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)  # one step at a time: two taps are one import


class Uploads:
    """By a key that opens only in the uploader's own session, for the same team."""

    def __init__(self) -> None:
        self._kept: dict[str, Upload] = {}

    def keep(self, upload: Upload) -> str:
        """Hold a file; an earlier one of the same session goes, and the oldest where there are too many."""
        self._kept = {key: known for key, known in self._fresh().items() if known.owner != upload.owner}
        while len(self._kept) >= KEPT:
            self._kept.pop(next(iter(self._kept)))
        key = secrets.token_urlsafe(16)
        self._kept[key] = upload
        return key

    def find(self, key: str, owner: Owner) -> Upload | None:
        """The file behind the key, if it is this owner's and still here."""
        self._kept = self._fresh()
        known = self._kept.get(key)
        return known if known and known.owner == owner else None

    def _fresh(self) -> dict[str, Upload]:
        return {key: known for key, known in self._kept.items() if monotonic() - known.at < SECONDS}


async def refuse_too_large(request: Request) -> None:
    """Raises `Unreadable` by the length that is announced, before anything is kept; 411 where none is."""
    limit = request.app.state.settings.import_megabytes
    announced = request.headers.get("content-length", "")
    if not announced.isdigit():
        raise HTTPException(411)
    length = int(announced)
    if length <= limit * MEGABYTE + FORM:
        return
    if length <= DRAINED:
        async for _ in request.stream():
            pass
    raise Unreadable("too_large", size=-(-length // MEGABYTE), limit=limit)


async def held(request: Request, data: FormData) -> tuple[str, Upload]:
    """The file that was sent, read and kept, or the one kept before. Raises `Unreadable`, `Invalid`."""
    uploads: Uploads = request.app.state.uploads
    who, sent, key = request.state.who, data.get("file"), data.get("key")
    owner = (who.session, who.team)
    if isinstance(sent, UploadFile) and sent.filename:
        upload = await _read(request, owner, sent)
        return uploads.keep(upload), upload
    if not isinstance(key, str):
        raise Invalid("required", "file")
    found = uploads.find(key, owner)
    if found is None:
        raise Invalid("file_gone", "file")
    return key, found


async def _read(request: Request, owner: Owner, sent: UploadFile) -> Upload:
    content, name = await sent.read(), sent.filename or ""
    limits = Limits(file=request.app.state.settings.import_megabytes * MEGABYTE)
    sheets = await asyncio.to_thread(read_sheets, content, name, limits)
    return Upload(owner, File(name, hashlib.sha256(content).hexdigest()), sheets)
