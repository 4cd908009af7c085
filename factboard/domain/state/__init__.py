"""What the facts add up to: a client's state and a team's, folded one fact at a time.

The projections that the screens read are these states, stored; rebuilt from the history they must come out
equal. The fold never refuses: a fact in the history has happened.
"""

from factboard.domain.state.fold import KEPT, evolve_client, evolve_team, fold_client
from factboard.domain.state.shapes import Action, Client, Contact, CrisisPlan, PastStay, Rating, Stay, Team, Visit

__all__ = [
    "KEPT",
    "Action",
    "Client",
    "Contact",
    "CrisisPlan",
    "PastStay",
    "Rating",
    "Stay",
    "Team",
    "Visit",
    "evolve_client",
    "evolve_team",
    "fold_client",
]
