"""Put a client on the board: `choosing` finds whom, `beside` says what to know of them, `sending` puts them there."""

from factboard.web.flag.beside import beside, reveal
from factboard.web.flag.choosing import search
from factboard.web.flag.sending import form, receipt, submit, taken

__all__ = ["beside", "form", "receipt", "reveal", "search", "submit", "taken"]
