"""A client moves from one team to another: as either team's history says it."""

from factboard.web.language import N_
from factboard.web.sentences.table.telling import REASON, telling

TO_KNOW = N_("To know: %(to_know)s")
TO_DO = N_("Still to be done: %(to_do)s")
PLANNED_FOR = N_("Planned: %(planned_for)s")
AGREED_TO = N_("What was said to the move: %(agreed_to)s")
HISTORY = N_("Of the history they may read: %(history)s.")

MOVING = {
    "move_asked": telling(
        N_("%(actor)s asked %(name)s to take over %(client)s."),
        to_know=TO_KNOW,
        to_do=TO_DO,
        planned_for=PLANNED_FOR,
        agreed_to=AGREED_TO,
        history=HISTORY,
    ),
    "move_offered": telling(N_("%(actor)s of %(name)s asked this team to take over one of theirs.")),
    "move_withdrawn": telling(N_("%(actor)s asks %(name)s no more to take over %(client)s."), reason=REASON),
    "move_withdrawn/of_the_team": telling(N_("%(actor)s of %(name)s asks no more to take over one of theirs.")),
    "move_declined": telling(N_("%(actor)s of %(name)s declined to take over %(client)s."), reason=REASON),
    "move_declined/of_the_team": telling(N_("%(actor)s declined to take over somebody from %(name)s.")),
    "move_accepted": telling(N_("%(actor)s agreed to take over somebody from %(name)s.")),
    "moved_here": telling(
        N_("%(actor)s took over %(client)s from %(name)s, as it asked in its no. %(seq)s."),
        to_know=TO_KNOW,
        to_do=TO_DO,
        planned_for=PLANNED_FOR,
        agreed_to=AGREED_TO,
        history=HISTORY,
    ),
    "moved_away": telling(N_("%(actor)s of %(name)s took over %(client)s, by its no. %(seq)s.")),
}
