"""`/sight`: what an open page asks every few seconds in a team that not everybody sees all of.

Is something gone that it may show? The page says since when it asks (`seq`: the newest fact it can show; `was`: the
local day, and whom the session had opened then) and is told whom it must let go of, or that all may have changed. What
somebody types in it stays where it is as long as the page need not let go.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from factboard.domain import events as e
from factboard.domain.chain import Row
from factboard.domain.consent import EVERYTHING
from factboard.storage import history, projections
from factboard.storage.codec import readable
from factboard.storage.history import Filter
from factboard.web.forms import seq_in_text
from factboard.web.sight import is_limited, sees, was_then

TAKES = (  # about a client; two records that become one have both records' locks
    e.ConsentGiven.kind, e.ConsentRevoked.kind, e.LockPlaced.kind, e.Merged.kind, e.MergedInto.kind
)  # fmt: skip
CHANGES = (e.SharingSet.kind, e.MemberChanged.kind)  # about who sees what
MOST = 50  # facts looked at; of more, all may have changed


async def still(request: Request) -> Response:
    """Whom the page must let go of (`gone`), and from where it asks next (`seq`); `all`: it must be loaded anew."""
    who = request.state.who
    if not is_limited(who):
        return JSONResponse({"seq": 0, "gone": [], "all": False})
    after, rows = seq_in_text(request.query_params.get("seq")), list[Row]()
    async with request.app.state.store.reading() as connection:
        if after is not None and after < who.head:
            asked = Filter(kinds=(*TAKES, *CHANGES))
            rows = await history.onward(connection, who.team, asked, after=after, limit=MOST)
        about = {row.client for row in rows if row.client}
        clients = await projections.clients(connection, who.team, about) if about else []
    everything = (
        after is None
        or len(rows) == MOST
        or any(_moves(fact.fact, who.user) for fact in readable(rows))
        or _ended(request.query_params.get("was", ""), was_then(request))
    )
    gone = [client.id for client in clients if not sees(request, client, *EVERYTHING)]
    return JSONResponse({"seq": who.head, "gone": gone, "all": everything})


def _moves(fact: e.Fact, user: str) -> bool:
    """Does this change what the reader sees of everybody?"""
    return isinstance(fact, e.SharingSet) or (isinstance(fact, e.MemberChanged) and fact.member.user == user)


def _ended(was: str, now: str) -> bool:
    """Has a consent run out with its day, or an opening in an emergency with its half hour?"""
    then, today = was.split(), now.split()
    return then[:1] != today[:1] or not {*then[1:]} <= {*today[1:]}
