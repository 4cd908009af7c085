"""Every table. What each is for, its file says."""

from factboard.storage.tables.beside import (
    device,
    draft,
    meta,
    opening,
    push,
    push_subscription,
    request,
    session,
    user,
)
from factboard.storage.tables.metadata import metadata
from factboard.storage.tables.read import (
    CLOCKS,
    client,
    contact,
    document,
    episode,
    keyframe,
    mark,
    meeting,
    membership,
    notice,
    said,
    team,
)
from factboard.storage.tables.truth import access_log, checkpoint, history, stream

__all__ = [
    "CLOCKS",
    "access_log",
    "checkpoint",
    "client",
    "contact",
    "device",
    "document",
    "draft",
    "episode",
    "history",
    "keyframe",
    "mark",
    "meeting",
    "membership",
    "meta",
    "metadata",
    "notice",
    "opening",
    "push",
    "push_subscription",
    "request",
    "said",
    "session",
    "stream",
    "team",
    "user",
]
