"""Which sentence tells a fact: the same kind of fact has several where what it says is another thing."""

from __future__ import annotations

from datetime import datetime

from factboard.domain import events as e
from factboard.domain.louder import TO_THE_LEAD, Louder
from factboard.web.sentences.table import NOTICED, TELLINGS, Telling


def noticed(row: e.Recorded) -> Telling | None:
    """The sentence for whoever is told of it, where the history says to whom."""
    step = getattr(row.fact, "step", None)
    return NOTICED.get(step) if isinstance(step, e.Step) else None


def telling_of(row: e.Recorded) -> Telling:
    """The sentence for this fact."""
    kind = row.fact.kind
    match row.fact:
        case e.ContactLogged(contact=e.ContactKind.TRIED):
            return TELLINGS[f"{kind}/tried"]
        case e.AnchoringAnswered(answer=e.Answer.OBJECTS):
            return TELLINGS[f"{kind}/objects"]
        case e.AnchoringAnswered(answer=e.Answer.TALK):
            return TELLINGS[f"{kind}/talk"]
        case e.ActionAdded(task=e.Task()) | e.ActionDone(task=e.Task()):
            return TELLINGS[f"{kind}/task"]
        case e.AttendanceNoted(present=True):
            return TELLINGS[f"{kind}/present"]
        case e.ChairChanged(chair=chair) if chair == row.actor:
            return TELLINGS[f"{kind}/taken"]
        case e.FocusMoved(focus=None):
            return TELLINGS[f"{kind}/round"]
        case e.MeetingNoteCorrected(text=""):
            return TELLINGS[f"{kind}/removed"]
        case e.MeetingNoted() | e.MeetingNoteCorrected() if row.client is None:
            return TELLINGS[f"{kind}/general"]
        case e.MeetingClosed(held=False):
            return TELLINGS[f"{kind}/not_held"]
        case e.MoveWithdrawn() | e.MoveDeclined() if row.client is None:
            return TELLINGS[f"{kind}/of_the_team"]
        case e.DutySet(user=None):
            return TELLINGS[f"{kind}/nobody"]
        case e.CategoryChanged(category=e.Category(policy=e.Policy(mode=e.Mode.BY_HAND))):
            return TELLINGS[f"{kind}/by_hand"]
        case e.CareModelSet(model=e.CareModel(used=False)):
            return TELLINGS[f"{kind}/unused"]
        case e.IntensityChanged() if row.fact.every_days < row.fact.before:
            return TELLINGS[f"{kind}/up"]
        case e.CaseManagerChanged(previous=None):
            return TELLINGS[f"{kind}/first"]
        case e.PutOnBoard(back=True):
            return TELLINGS[f"{kind}/back"]
        case e.ReturnAnnounced(mode=e.Mode.AUTOMATIC):
            return TELLINGS[f"{kind}/meeting"]
        case e.Returned(agreed_with=str()):
            return TELLINGS[f"{kind}/declined"]
        case e.Returned(due=datetime()):
            return TELLINGS[f"{kind}/by_itself"]
        case e.ReturnsPaused(why=e.Pause.CLOCK):
            return TELLINGS[f"{kind}/clock"]
        case e.ReturnsPaused(why=e.Pause.PEOPLE):
            return TELLINGS[f"{kind}/people"]
        case e.ReturnsReleased(meeting=str()):
            return TELLINGS[f"{kind}/meeting"]
        case e.FlagUntaken(step=e.Step.TONIGHT):
            return TELLINGS[f"{kind}/tonight"]
        case fact if isinstance(fact, Louder):
            return TELLINGS[f"{kind}/lead" if fact.step in TO_THE_LEAD else kind]
    return TELLINGS[kind]
