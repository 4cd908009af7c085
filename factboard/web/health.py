"""Is it alive, is it ready, and what does it count about itself. No names anywhere in here."""

from __future__ import annotations

import hmac

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from factboard.storage.migrations import at_head

LOOPBACK = frozenset({"127.0.0.1", "::1"})


async def healthz(_request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok")


async def readyz(request: Request) -> Response:
    """The database answers, its tables are this release's, and looks are being logged."""
    try:
        migrated = await at_head(request.app.state.store)
    except Exception:
        return JSONResponse({"ready": False, "why": "database unavailable"}, 503)
    if not migrated:
        return JSONResponse({"ready": False, "why": "database not migrated"}, 503)
    failing, due = request.app.state.access.failing, request.app.state.scheduler
    return JSONResponse(
        {
            "ready": not failing,
            "why": "access log not writable" if failing else "",
            "scheduler": {"age_seconds": round(due.age), "failed": due.failed},  # late is no reason to take nobody in
        },
        503 if failing else 200,
    )


async def metrics(request: Request) -> Response:
    token = request.app.state.settings.metrics_token.get_secret_value()
    if token:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        allowed = hmac.compare_digest(given.encode(), token.encode())
    else:
        allowed = request.client is not None and request.client.host in LOOPBACK
    if not allowed:
        return PlainTextResponse("not allowed", 403)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
