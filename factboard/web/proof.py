"""Is the history whole? Checked while its reader waits, and held against checkpoints: ours, and one they bring."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.checkpoints import NoCopy, NotWhole, file_name
from factboard.domain.checkpoint import DIGITS, Checkpoint, read, same_on_paper
from factboard.domain.events import Redacted
from factboard.domain.refusal import Invalid, Refused, Unknown
from factboard.signing import NoKey, fingerprint, signed
from factboard.storage import checkpoints as stored
from factboard.storage import history
from factboard.storage.codec import instant_from_text
from factboard.storage.verifying import Verdict, verdict
from factboard.web.answers import blank, not_saved, seq_in
from factboard.web.forms import LAST_SEQ, Form, Typed, parse, seq_in_text

SHOWN = 30  # checkpoints on the page
LARGEST = 10_000  # bytes of a checkpoint's file

_one_at_a_time = asyncio.Lock()  # it takes a processor for as long as it lasts


class ProofForm(Form):
    """A checkpoint off paper: the number, and the code beside it."""

    seq: int | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What the reader compared with: a file, or a number off paper."""

    seq: int
    agrees: bool
    of: Checkpoint | None = None
    key: str = ""  # its fingerprint, where it is not this service's own


async def page_of_proof(request: Request) -> Response:
    """What there is to check by, and what checking can find."""
    return blank(request, "history/proof.html", {}, **await _context(request))


async def check(request: Request) -> Response:
    """Follow the whole chain now."""
    async with request.form(max_files=1, max_fields=20, max_part_size=LARGEST) as data:
        typed, sent = parse(data, ProofForm), data.get("checkpoint")
        text = await _text(sent) if isinstance(sent, UploadFile) and sent.filename else ""
    if typed.form is None:
        return not_saved(request, "history/proof.html", typed, **await _context(request))
    try:
        found, brought = await _checked(request, typed.form, text)
    except Refused as refusal:
        return not_saved(request, "history/proof.html", typed, refusal=refusal, **await _context(request))
    return blank(request, "history/proof.html", typed.values, **await _context(request, found, brought))


async def sign(request: Request) -> Response:
    """A checkpoint of the history as it is now; where it is not whole, or nothing can be signed, what is wrong."""
    team = request.state.who.team
    try:
        made = await request.app.state.checkpoints.make(team)
    except NotWhole as wrong:
        found = Verdict(team, wrong.broken.seq - 1, "", wrong.broken)
        return not_saved(request, "history/proof.html", Typed({}, None), **await _context(request, found))
    except (NoKey, NoCopy) as wrong:
        typed = Typed[Any]({}, None)
        typed.errors[""] = "no_signing_key" if isinstance(wrong, NoKey) else "no_copy", {}
        return not_saved(request, "history/proof.html", typed, **await _context(request))
    return RedirectResponse(f"/history/proof?made={made.seq}", 303)


async def file(request: Request) -> Response:
    """One checkpoint, to be kept elsewhere. Raises `Unknown`."""
    seq, team = seq_in(request), request.state.who.team
    async with request.app.state.store.reading() as connection:
        found = await stored.covering(connection, team, seq)
    if found is None or found.seq != seq:
        raise Unknown("unknown_page")
    headers = {"Content-Disposition": f'attachment; filename="{file_name(found)}"'}
    return Response(found.file, media_type="text/plain; charset=utf-8", headers=headers)


async def _text(sent: UploadFile) -> str:
    data = await sent.read(LARGEST)
    return io.TextIOWrapper(io.BytesIO(data), "utf-8", errors="replace").read()


async def _checked(request: Request, form: ProofForm, text: str) -> tuple[Verdict, Brought | None]:
    """Raises `Invalid` for what is no checkpoint of this team's."""
    own, team = request.app.state.checkpoints, request.state.who.team
    given = _given(text, team)
    if (form.seq is None) != (not form.code.strip()):
        raise Invalid("required", "code" if form.seq is not None else "seq")
    if form.code and len([sign for sign in form.code if sign.isalnum()]) < DIGITS:
        raise Invalid("code_too_short", "code", digits=DIGITS)
    copies = await own.copies(team)
    async with _one_at_a_time, request.app.state.store.reading() as connection:
        here = await stored.all_of(connection, team)
        known = await asyncio.to_thread(lambda: [one for one in {*here, *copies} if own.ours(one)])
        found = await verdict(connection, team, [*known, *([given] if given else [])])
        row = await history.row(connection, team, form.seq) if form.seq and form.seq <= LAST_SEQ else None
    if given:
        stands = found.broken is None or given.seq <= found.seq
        key = "" if own.ours(given) else fingerprint(given.key)
        return found, Brought(given.seq, stands, given, key)
    if form.seq is not None:
        return found, Brought(form.seq, row is not None and same_on_paper(form.code, row.hash))
    return found, None


def _given(text: str, team: str) -> Checkpoint | None:
    """The checkpoint in a file. Raises `Invalid` where it is none, was changed, or is another team's."""
    if not text:
        return None
    try:
        one = read(text)
    except ValueError:
        raise Invalid("no_checkpoint", "checkpoint") from None
    if not signed(one.key, one.text, one.signature):
        raise Invalid("checkpoint_changed", "checkpoint")
    if one.team != team:
        raise Invalid("checkpoint_of_another_team", "checkpoint")
    return one


async def _context(request: Request, found: Verdict | None = None, brought: Brought | None = None) -> dict[str, Any]:
    own, team = request.app.state.checkpoints, request.state.who.team
    async with request.app.state.store.reading() as connection:
        newest: Sequence[Checkpoint] = await stored.newest(connection, team, limit=SHOWN)
        end = await history.head(connection, team)
        redactions = await history.of_kind(connection, team, Redacted.kind, limit=1)
    return {
        "found": found,
        "brought": brought,
        "checkpoints": newest,
        "end": end[0] if end else 0,
        "redactions": redactions,
        "key": fingerprint(own.signer.public) if own.able else "",
        "elsewhere": own.folder is not None,
        "made": seq_in_text(request.query_params.get("made", "")),
        "when": instant_from_text,
    }
