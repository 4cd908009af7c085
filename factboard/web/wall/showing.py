"""`/wall`: the wall for a paired screen, a code for any other; `/wall/here` in the session of whoever is signed in."""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from factboard.assets import asset_dir
from factboard.web.pages import page
from factboard.web.sessions import renew_screen, wall_audience
from factboard.web.wall.past import as_it_was
from factboard.web.wall.waiting import waiting


async def page_of_wall(request: Request) -> Response:
    if "at" in request.query_params:
        return await as_it_was(request)
    who = request.state.who
    if who is None or not who.screen:
        return await waiting(request)
    response = await _wall(request)
    renew_screen(request, response)
    return response


async def here(request: Request) -> Response:
    """The wall in the reader's own session: it ends when they are signed out, which a paired screen never is."""
    if request.state.who.screen:
        return RedirectResponse("/wall", 303)
    return await _wall(request)


async def _wall(request: Request) -> Response:
    who = request.state.who
    frame = await request.app.state.wall.frame(who.team, request.state.language, wall_audience(who))
    request.app.state.access.saw(who, "wall", frame.clients)
    return page(request, "wall/page.html", view=Markup(frame.marked), screen=who.screen, shell=False)


async def shell(request: Request) -> Response:
    """The wall's page without anybody in it: what a paired screen keeps for the time when no server answers."""
    return page(request, "wall/page.html", view="", screen="", shell=True)


async def worker(request: Request) -> Response:
    """The service worker that keeps a paired screen's shell: served from here, so that `/wall` is its scope."""
    headers = {"Service-Worker-Allowed": "/wall", "Cache-Control": "no-cache"}
    return FileResponse(asset_dir("static") / "wall-worker.js", media_type="text/javascript", headers=headers)
