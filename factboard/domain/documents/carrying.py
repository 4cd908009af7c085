"""Documents carried over, as they stood, from one record to another: of the same person, in this team or the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from factboard.domain import events as e
from factboard.domain.events.contents import MANY
from factboard.domain.state import Client
from factboard.domain.versions import Ref, Version


def carried(
    versions: Iterable[Version],
    team: str,
    names: Mapping[str, str],
    new_id: Callable[[], str],
    to: Client | None = None,
) -> list[e.DocumentWritten]:
    """The newest versions of another record, as the first ones of `to` (None: a new client); but of the documents of
    which there is one and that are there already.

    `team` and `names` (by user) are those of the record that they come from.
    """
    found = []
    for one in sorted(versions, key=lambda one: one.seq):
        if to and one.kind in to.documents:
            continue
        ref = str(Ref(one.kind, new_id() if one.kind in MANY else ""))
        number = 1 + (to.taken_away.get(one.kind, 0) if to else 0)
        origin = e.Carried(team, one.client, one.seq, one.number, names.get(one.by, one.by), one.at)
        written = e.DocumentWritten(one.kind, ref, number, one.content, one.together, one.review_by, carried=origin)
        found.append(written)
    return found
