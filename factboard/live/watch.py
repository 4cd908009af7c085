"""One screen's watch on a view: what it does not show yet, then the newest only, then a word of farewell."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Self

from factboard.domain.consent import lens_of
from factboard.live import metrics
from factboard.live.channel import Channel, Key, Seat
from factboard.live.frame import Frame

if TYPE_CHECKING:
    from factboard.live.hub import Hub


class Watch:
    """Enter it (`async with`) to be counted and to have a frame; iterate it for the bytes to send.

    Entering raises `UnavailableError` where no frame can be had. `shown` is the version that the screen says it shows:
    that one it is not sent again. `frame` is the newest one that it was handed or is known to show.
    """

    frame: Frame

    def __init__(self, hub: Hub, key: Key, session: str, shown: str = "") -> None:
        self.key = key
        self.seat = Seat(session, key.team, key.view, lens_of(key.audience)[1])
        self._hub = hub
        self._shown = shown
        self._channel: Channel
        self._farewell: bytes | None = None

    async def __aenter__(self) -> Self:
        self._channel = self._hub.join(self)
        metrics.OPEN_STREAMS.labels(self.key.view).inc()
        try:
            self.frame = await self._hub.first_frame(self._channel)
        except BaseException:
            self._leave()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        self._leave()

    def end(self, farewell: bytes) -> None:
        """End this watch: what it yields next, and last, is `farewell`."""
        self._farewell = farewell
        self._channel.wake()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        channel = self._channel
        body, beat = channel.body, b""
        assert channel.frame is not None
        self.frame = channel.frame
        if self._shown != channel.version:
            yield body
        if self._hub.sure:
            channel.make_beat()  # the newcomer's first beat is of this moment, not the last one that went round
        while self._farewell is None:
            if channel.body is not body:
                body, beat = channel.body, channel.chunk_beat
                self.frame = channel.frame
                yield channel.chunk
            elif channel.beat is not beat and self._hub.sure:
                beat = channel.beat
                self.frame = channel.frame
                yield beat
            else:
                await channel.news()
        yield self._farewell

    def _leave(self) -> None:
        self._hub.leave(self)
        metrics.OPEN_STREAMS.labels(self.key.view).dec()
