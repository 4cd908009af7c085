"""Consent and the inner lock as people meet them: a client's consents and locks, the opening in an emergency, the
team's setting, and what open pages ask while they stand open.
"""

from factboard.web.sharing.emergency import emergency_form, open_now
from factboard.web.sharing.ofclient import give, lift, page_of_consent, paper, place, revoke
from factboard.web.sharing.ofteam import save_sharing, sharing_form
from factboard.web.sharing.still import still

__all__ = [
    "emergency_form", "give", "lift", "open_now", "page_of_consent", "paper", "place", "revoke", "save_sharing",
    "sharing_form", "still",
]  # fmt: skip
