"""One fact opened, a client's whole story, and one time on the board: each as a person would look at it."""

from factboard.web.story.fact import of_fact
from factboard.web.story.look import of_client, of_time

__all__ = ["of_client", "of_fact", "of_time"]
