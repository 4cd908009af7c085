"""What the facts add up to: a client's state and a team's, folded one fact at a time.

The projections that the screens read are these states, stored; rebuilt from the history they must come out
equal. The fold never refuses: a fact in the history has happened.
"""

from factboard.domain.state.anchoring import Anchoring
from factboard.domain.state.caseload import Paced
from factboard.domain.state.coming import Coming, Dated
from factboard.domain.state.fold import DECISIONS, evolve_client, fold_client
from factboard.domain.state.fold_team import evolve_team
from factboard.domain.state.legal_hold import LegalHold
from factboard.domain.state.meeting import Copied, Item, Line, Meeting, Reading, evolve_meeting
from factboard.domain.state.moving import Moved, Moves, Offer
from factboard.domain.state.planned_care import FollowUp, Newest, PlannedContact, StandingLine
from factboard.domain.state.shapes import (
    Announced,
    Client,
    Kept,
    PastStay,
    Said,
    Stay,
)
from factboard.domain.state.sharing import Consent, Lock, Shared
from factboard.domain.state.team import Absence, Held, Paused, Screen, Team
from factboard.domain.state.tips import Tip
from factboard.domain.state.visiting import KEPT
from factboard.domain.state.written import Action, Admission, Contact, CrisisPlan, Legal, Rating, Same, Visit

__all__ = [
    "DECISIONS",
    "KEPT",
    "Absence",
    "Action",
    "Admission",
    "Anchoring",
    "Announced",
    "Client",
    "Coming",
    "Consent",
    "Contact",
    "Copied",
    "CrisisPlan",
    "Dated",
    "FollowUp",
    "Held",
    "Item",
    "Kept",
    "Legal",
    "LegalHold",
    "Line",
    "Lock",
    "Meeting",
    "Moved",
    "Moves",
    "Newest",
    "Offer",
    "Paced",
    "PastStay",
    "Paused",
    "PlannedContact",
    "Rating",
    "Reading",
    "Said",
    "Same",
    "Screen",
    "Shared",
    "StandingLine",
    "Stay",
    "Team",
    "Tip",
    "Visit",
    "evolve_client",
    "evolve_meeting",
    "evolve_team",
    "fold_client",
]
