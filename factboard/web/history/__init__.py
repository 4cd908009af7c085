"""The history as people read it: plain sentences, newest first, and what is asked of them."""

from factboard.web.history.choosing import choose, search
from factboard.web.history.look import listing

__all__ = ["choose", "listing", "search"]
