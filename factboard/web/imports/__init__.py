"""A team's own file, in three steps on one address: choose it, see line by line what it would do, bring it in.

Between the steps the file is held in memory for its uploader. What was chosen by hand (sheet, columns) comes with
each step, and everything is planned anew where it differs.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from factboard.bringing_in import LineRefused, NotOk, bring_in, prepare
from factboard.domain.refusal import Invalid
from factboard.importing.layout import Layout, choose
from factboard.importing.messages import sentence
from factboard.importing.problems import Problem, Unreadable
from factboard.storage import history
from factboard.web.answers import saved
from factboard.web.forms import MOST_FIELDS, seq_in_text
from factboard.web.imports.preview import place_of, preview
from factboard.web.imports.uploads import Upload, Uploads, held, refuse_too_large
from factboard.web.imports.wish import Wish, wish_in
from factboard.web.language import catalogue
from factboard.web.pages import page
from factboard.web.security import wants_json
from factboard.web.sentences import Teller
from factboard.web.words import words_for

__all__ = ["Uploads", "form", "submit"]


async def form(request: Request) -> Response:
    """Choose a file; after an import, what it did."""
    who, number, told = request.state.who, seq_in_text(request.query_params.get("saved")), ""
    if number is not None:
        async with request.app.state.store.reading() as connection:
            row = await history.row(connection, who.team, number)
        told = Teller(request.state.language, who.here).tell_row(row) if row and row.kind == "imported" else ""
    return page(request, "import/form.html", error="", told=told)


async def submit(request: Request) -> Response:
    """A new file, or what is to be done with the one that is held."""
    try:
        await refuse_too_large(request)
        async with request.form(max_files=1, max_fields=MOST_FIELDS) as data:
            key, upload = await held(request, data)
            wish = wish_in(data)
    except Unreadable as no:
        return _choose_again(request, no.key, sentence(no, catalogue(request.state.language).gettext))
    except Invalid as no:
        words = words_for(request.state.who.here.settings, request.state.language)
        return _choose_again(request, no.key, words.refusal(no))
    async with upload.lock:
        if upload.imported is None:
            return await _step(request, key, upload, wish)
    return RedirectResponse(f"/import?saved={upload.imported}", 303)


async def _step(request: Request, key: str, upload: Upload, wish: Wish) -> Response:
    who, recorder = request.state.who, request.app.state.recorder
    words, gettext = words_for(who.here.settings, request.state.language), catalogue(request.state.language).gettext
    layout, error, status = None, "", 422
    try:
        layout = choose(upload.sheets, wish.mapping, wish.sheet)
        seen = upload.prepared is not None and upload.prepared.layout == layout
        if upload.prepared is None or not seen:
            upload.prepared = None
            upload.prepared = await prepare(recorder, who.team, who.user, layout)
        if wish.go and seen and upload.prepared.plan.ok:  # nothing comes in that its reader has not seen
            receipt, _ = await bring_in(recorder, who.user, upload.file, upload.prepared)
            if receipt:
                upload.imported, upload.sheets, upload.prepared = receipt.seq, (), None
                return saved(request, receipt, "/import")
        status = 200 if upload.prepared.plan.ok else 422
    except Unreadable as no:
        upload.prepared, error = None, sentence(no, gettext)
        layout = layout or _as_recognised(upload, wish)
    except LineRefused as no:
        upload.prepared, error = None, f"{place_of(Problem(no.line, '', ''), gettext)}: {words.refusal(no.refusal)}"
    except NotOk as no:
        upload.prepared, error, status = no.prepared, words.problem("changed_meanwhile"), 409
    return preview(request, key, upload, layout, wish, error, status)


def _as_recognised(upload: Upload, wish: Wish) -> Layout | None:
    """The layout without what was chosen by hand and did not fit, to choose anew from."""
    try:
        return choose(upload.sheets, None, wish.sheet)
    except Unreadable:
        return None


def _choose_again(request: Request, key: str, error: str) -> Response:
    if wants_json(request):
        return JSONResponse({"saved": False, "errors": {"file": key}}, 422)
    return page(request, "import/form.html", status=422, error=error, told="")
