"""Who looked at whom: rows of the access log put together to looks, and which of them a routine check draws."""

from factboard.domain.access.looks import EXPORTS, STREAMS, WATCHING, Look, Row, gathered

__all__ = ["EXPORTS", "STREAMS", "WATCHING", "Look", "Row", "gathered"]
