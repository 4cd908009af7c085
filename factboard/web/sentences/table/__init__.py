"""One row a kind: its sentence, and what is added where the fact says more.

The names in a sentence are the fact's own fields, already put into words; `actor`, `client` and `The_client`
stand around every fact. A row whose name goes on after a slash is told where the same kind says another thing.
"""

from factboard.web.sentences.table.anchoring import ANCHORING
from factboard.web.sentences.table.board import BOARD
from factboard.web.sentences.table.care import CARE
from factboard.web.sentences.table.caseload import CASELOAD
from factboard.web.sentences.table.documents import DOCUMENTS
from factboard.web.sentences.table.keeping import KEEPING
from factboard.web.sentences.table.meeting import MEETING
from factboard.web.sentences.table.moving import MOVING
from factboard.web.sentences.table.named import ASKED_OF, DETAILS, UNDONE, WITH_CLIENT
from factboard.web.sentences.table.noticed import NOTICED
from factboard.web.sentences.table.sharing import SHARING
from factboard.web.sentences.table.stepdown import STEPDOWN
from factboard.web.sentences.table.team import TEAM
from factboard.web.sentences.table.telling import Telling
from factboard.web.sentences.table.tips import TIPS

__all__ = ["ASKED_OF", "DETAILS", "NOTICED", "TELLINGS", "UNDONE", "WITH_CLIENT", "Telling"]

TELLINGS = {
    **TEAM,
    **BOARD,
    **CARE,
    **MEETING,
    **STEPDOWN,
    **KEEPING,
    **SHARING,
    **DOCUMENTS,
    **ANCHORING,
    **CASELOAD,
    **TIPS,
    **MOVING,
}
