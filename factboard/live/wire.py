"""What travels: the events of a stream, encoded once and shared by all screens.

Each event has one `data:` line and ends its lines with a bare newline: a network chunk cut inside a two-character
line end makes htmx take one event for two, and swap in half a board.
"""

from __future__ import annotations

import json
from datetime import datetime

from sse_starlette import ServerSentEvent


def frame_event(marked: str, version: str) -> bytes:
    """The unnamed event that puts a frame and its version (`Frame.marked`) into the view.

    Line breaks become a space: text that must keep its own carries them as `&#10;` or `<br>`.
    """
    line = marked.replace("\r", " ").replace("\n", " ")
    data = f'<hx-partial hx-target="#view" hx-swap="innerMorph">{line}</hx-partial>'
    return ServerSentEvent(data, id=version, sep="\n").encode()


def beat_event(version: str, seq: int, at: datetime, epoch: str) -> bytes:
    """The named event that says what is true now: a version, the newest fact in it, and when (UTC) this was said.

    No screen shows the version "": what is true is not known to be on any.
    """
    data = {"version": version, "seq": seq, "at": at.isoformat(timespec="seconds"), "epoch": epoch}
    return ServerSentEvent(json.dumps(data, separators=(",", ":")), event="beat", sep="\n").encode()


# The last words of a stream: the server stops, the reader's right to it has ended, or they see otherwise from now on.
BYE = ServerSentEvent("bye", event="bye", sep="\n").encode()
REVOKED = ServerSentEvent("revoked", event="revoked", sep="\n").encode()
MOVED = ServerSentEvent("moved", event="moved", sep="\n").encode()
