"""Told at once: messages to people's phones, by the push services of their browsers' makers (Web Push, RFC 8030).

The recorder writes what is to be pushed in the transaction of the fact itself; `Pusher` sends it afterwards, so that no
push service, slow or dead, ever delays a flag. A message says what has happened and never to whom or why: it goes
through other companies' computers, though only the phone can read it. Beside it stands the list of notices, which needs
nobody else.
"""

from factboard.pushing.endpoints import is_push_service
from factboard.pushing.keys import own_key
from factboard.pushing.pusher import Pusher
from factboard.pushing.words import TEST

__all__ = ["TEST", "Pusher", "is_push_service", "own_key"]
