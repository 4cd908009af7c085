"""`/worker.js`, the service worker of the pages that a phone opens, and the manifest of the app."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from factboard.assets import asset_dir
from factboard.web.pages import render, static_url

PARTS = ("outbox-core.js", "worker-push.js")


async def worker(request: Request) -> Response:
    """The service worker, from the root, so that the whole site is its scope.

    It names its parts by their digests: a part that changes is another worker, which browsers see.
    """
    folder = asset_dir("static")
    parts = [static_url(name) for name in PARTS if (folder / name).exists()]
    imports = f"importScripts({', '.join(json.dumps(part) for part in parts)});\n"
    text = imports + (folder / "worker.js").read_text("utf-8")
    return Response(text, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


async def manifest(request: Request) -> Response:
    """What the app is called, how it opens and what it looks like on a phone: the same for every team."""
    text = render("offline/manifest.json", request.state.language)
    headers = {"Cache-Control": "no-cache", "Vary": "Cookie, Accept-Language"}
    return Response(text, media_type="application/manifest+json", headers=headers)
