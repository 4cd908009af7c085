"""What travels: the events of a stream, encoded once and shared by all screens.

Each event has one `data:` line and ends its lines with a bare newline: a network chunk cut inside a two-character
line end makes htmx take one event for two, and swap in half a board.
"""

from __future__ import annotations

import json
from datetime import datetime

from sse_starlette import ServerSentEvent


def frame_event(html: str, version: str) -> bytes:
    """The unnamed event that puts `html` into the view, and under it the version that is then on the screen.

    Line breaks in `html` become a space: text that must keep its own carries them as `&#10;` or `<br>`.
    """
    line = html.replace("\r", " ").replace("\n", " ")
    data = (
        '<hx-partial hx-target="#view" hx-swap="innerMorph">'
        f'<data id="frame" value="{version}" hidden></data>{line}</hx-partial>'
    )
    return ServerSentEvent(data, id=version, sep="\n").encode()


def beat_event(version: str, at: datetime, epoch: str) -> bytes:
    """The named event that says which version is the newest, and when (UTC) the server said so."""
    data = {"version": version, "at": at.isoformat(timespec="seconds"), "epoch": epoch}
    return ServerSentEvent(json.dumps(data, separators=(",", ":")), event="beat", sep="\n").encode()


# The last words of a stream: the server stops, or the reader's right to it has ended.
BYE = ServerSentEvent("bye", event="bye", sep="\n").encode()
REVOKED = ServerSentEvent("revoked", event="revoked", sep="\n").encode()
