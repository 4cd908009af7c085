"""What the service says about itself while it runs: one line an event, for people or as JSON, on standard error.

No names: an exception is told by its kind and by where in the code it arose, never by its message, which may
hold what somebody typed; and nothing prints the values of variables.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, MutableMapping
from types import TracebackType
from typing import Any, Literal

import structlog
from structlog.typing import Processor

ExcInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


def set_up(form: Literal["console", "json"] | str, level: str) -> None:
    """Send our own events and those of the libraries the same way. Raises ValueError for an unknown level."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        where_it_arose,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    to_people = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    render: Processor = structlog.processors.JSONRenderer(ensure_ascii=False) if form == "json" else to_people
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render]
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells each of its steps
    for talkative in ("aiosqlite", "python_multipart", "sse_starlette"):
        logging.getLogger(talkative).setLevel(logging.INFO)  # at DEBUG they tell all that passes through, names and all


def where_it_arose(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put an exception's kind and places where its traceback would stand."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(line for one in _chain(error) for line in _places(one))
    return event


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, then what it came from."""
    seen: set[int] = set()
    step: BaseException | None = error
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        yield step
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)


def _places(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        yield f"  {code.co_filename}:{step.tb_lineno} {code.co_qualname}"
        step = step.tb_next
