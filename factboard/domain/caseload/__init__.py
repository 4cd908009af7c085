"""Caseloads: by which model of case management each client is met, who carries how much, how often each is met.

`models` are the models and who is met by which, `weighing` what each case manager carries, `rhythm` a client's contacts
week by week, `pacing` and `handing` the rules that thin out, step up and hand over. All of it warns; none of it stops
anybody.
"""

from factboard.domain.caseload.handing import hand_over
from factboard.domain.caseload.models import DEFAULT, STANDARD, model_of, models, offered, set_client_model, set_model
from factboard.domain.caseload.pacing import PACES, change_pace
from factboard.domain.caseload.rhythm import Rhythm, Week, rhythm
from factboard.domain.caseload.weighing import Load, load, loads

__all__ = [
    "DEFAULT", "PACES", "STANDARD", "Load", "Rhythm", "Week", "change_pace", "hand_over", "load", "loads", "model_of",
    "models", "offered", "rhythm", "set_client_model", "set_model",
]  # fmt: skip
