"""What a phone shows: what has happened, in its reader's language. Nobody's name, no reason, nothing that leads to a
client: a locked phone shows it to whoever stands beside it.
"""

from __future__ import annotations

import hashlib
import json

from factboard.domain.events import News
from factboard.domain.state import Team
from factboard.web.language import N_, catalogue

TEST = "test"

SAID = {
    News.FLAG: N_("There is a new worry on the board."),
    News.UNTAKEN: N_("Nobody has taken a new worry yet."),
    News.ANNOUNCED: N_("A return to planned care has been announced."),
    News.RETURNED: N_("Somebody has gone back to planned care."),
    TEST: N_("It works: notifications reach this phone."),
}


def topic(kind: str, team: str) -> str:
    """What a push service tells messages apart by: of those with one it keeps the newest, until the phone is reached.

    One for each kind and team, as the `tag` is; no longer than RFC 8030 lets it be, whatever the team is called.
    """
    return hashlib.blake2b(f"{kind} {team}".encode(), digest_size=16).hexdigest()


def payload(kind: str, team: Team, language: str) -> bytes:
    """What static/worker-push.js reads. Of those with one `tag` a phone shows the newest; `stays`: until touched."""
    return json.dumps(
        {
            "title": team.settings.name,
            "body": catalogue(language).gettext(SAID[kind]),
            "lang": language,
            "tag": f"{kind} {team.id}",
            "url": "/phone" if kind == TEST else "/notices",
            "stays": kind == News.UNTAKEN,
        }
    ).encode()
