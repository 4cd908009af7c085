"""Whether something is anchored with the case manager, and what they answer."""

from factboard.domain.events import Anchored, Answer
from factboard.web.language import N_

ANCHORED = {
    Anchored.YES: N_("yes, talked through"),
    Anchored.ASKED: N_("asked"),
    Anchored.URGENT: N_("not yet, it was urgent"),
    Anchored.TOLD: N_("told of it"),
}

ANSWERS = {
    Answer.AGREES: N_("agrees"),
    Answer.OBJECTS: N_("does not agree"),
    Answer.TALK: N_("wants to talk of it"),
}
