"""The way back to planned care, and what has gone on for too long.

What nobody clicked is told without an actor; what rests on evidence tells it: who rated when, and by which rule.
"""

from factboard.web.language import N_
from factboard.web.sentences.table.telling import ANCHORED, INFORMED, MADE, telling

RATINGS = N_("Rated as usual: %(ratings)s.")
CONTACTS = N_("Contacts that counted: no. %(contacts)s.")
OBJECTS = N_("%(The_client)s does not want to go back.")
VIEW = N_("%(The_client)s thinks: %(view)s")
VERSIONS = N_("Rule %(rule)s, policy no. %(policy)s, factboard %(software)s.")
FOLLOW_UP = N_("Follow-up at the latest %(follow_up)s.")
WHO = N_("%(who)s makes it.")
IN_FORCE = N_("In force: %(plans)s.")

ANNOUNCED = {
    "planned": N_("Planned for %(planned)s."),
    "who": N_("Planned contact: %(who)s."),
    "next": N_("Next contact: %(next)s."),
    "informed": INFORMED,
    "objects": OBJECTS,
    "view": VIEW,
    "ratings": RATINGS,
    "contacts": CONTACTS,
    "grounds": VERSIONS,
}

STEPDOWN = {
    "planned_contact_set": telling(
        N_("%(actor)s set the planned contact with %(client)s: %(who)s, every %(every_days)s, next on %(next)s."),
        anchored=ANCHORED,
    ),
    "return_announced": telling(N_("%(actor)s announced the return of %(client)s to planned care."), **ANNOUNCED),
    "return_announced/meeting": telling(
        N_("The board meeting announced the return of %(client)s to planned care; %(actor)s was in the chair."),
        **ANNOUNCED,
    ),
    "return_told": telling(
        N_("%(actor)s noted what %(client)s knows of the planned return."),
        informed=INFORMED,
        objects=OBJECTS,
        view=VIEW,
    ),
    "return_upheld": telling(
        N_("The board meeting upheld the return of %(client)s on %(due)s; %(actor)s was in the chair.")
    ),
    "return_postponed": telling(
        N_("The return of %(client)s on %(due)s waits for the next board meeting that is held: %(why)s.")
    ),
    "announcement_withdrawn": telling(
        N_("The return of %(client)s was called off: %(lost)s."),
        due=N_("Since %(due)s."),
        cause=N_("See no. %(cause)s."),
        rule=VERSIONS,
    ),
    "return_held": telling(N_("%(actor)s kept %(client)s on the board to the end of %(until)s: %(reason)s"), made=MADE),
    "returned": telling(
        N_("%(actor)s returned %(client)s to planned care: %(reason)s"),
        plans=IN_FORCE,
        follow_up=FOLLOW_UP,
        who=WHO,
        anchored=ANCHORED,
    ),
    "returned/declined": telling(
        N_("%(actor)s returned %(client)s, who declined to be on the board, to planned care: %(reason)s"),
        agreed_with=N_("%(agreed_with)s agreed."),
        plans=IN_FORCE,
        follow_up=FOLLOW_UP,
        who=WHO,
        anchored=ANCHORED,
    ),
    "returned/by_itself": telling(
        N_("%(client)s returned to planned care on %(due)s, as board meetings had announced and upheld."),
        ratings=RATINGS,
        contacts=CONTACTS,
        grounds=VERSIONS,
        plans=IN_FORCE,
        follow_up=FOLLOW_UP,
        who=WHO,
    ),
    "returns_paused": telling(
        N_(
            "The team's returns are paused: %(many)s of %(of)s on the board would have gone back at once. They go on "
            "when the lead says so, or two people at a board meeting."
        )
    ),
    "returns_paused/clock": telling(
        N_(
            "The team's returns are paused: the clock jumped %(jump)s. They go on when the lead says so, or two people "
            "at a board meeting."
        )
    ),
    "returns_paused/people": telling(N_("%(actor)s paused the team's returns: %(reason)s")),
    "release_agreed": telling(N_("%(actor)s said at the board meeting that returns may go on; it takes two.")),
    "returns_released": telling(N_("%(actor)s let the team's returns go on: %(reason)s")),
    "returns_released/meeting": telling(N_("The board meeting let the team's returns go on, said by %(by)s.")),
    "service_was_down": telling(
        N_("Nobody was served from %(since)s to %(until)s, as far as factboard can tell: returns due then wait.")
    ),
    # louder, never quieter
    "review_fell_due": telling(N_("The review of %(client)s is overdue, from %(due)s on.")),
    "review_fell_due/lead": telling(N_("The review of %(client)s is still overdue: from %(due)s on the lead is told.")),
    "unseen_too_long": telling(
        N_(
            "Nobody has seen %(client)s for longer than the category allows, from %(due)s on: the meeting decides "
            "what is done."
        )
    ),
    "unseen_too_long/lead": telling(
        N_("Nobody has seen %(client)s for twice as long as the category allows: from %(due)s on the lead is told.")
    ),
    "flag_untaken": telling(N_("By %(due)s nobody had taken %(client)s.")),
    "flag_untaken/tonight": telling(
        N_(
            "Who acts tonight for %(client)s? By %(due)s, when the team is not here, nobody had taken it. The lead "
            "and whoever is on duty are told."
        )
    ),
    "flag_untaken/lead": telling(
        N_("By %(due)s, twice as long as it should take, nobody had taken %(client)s: the lead is told.")
    ),
    "planned_contact_missed": telling(
        N_("The contact with %(client)s that was planned for %(who)s on %(day)s was not made.")
    ),
    "planned_contact_missed/lead": telling(
        N_(
            "The contact with %(client)s that was planned for %(who)s on %(day)s is still not made: from %(due)s on "
            "the lead is told."
        )
    ),
    "follow_up_missed": telling(
        N_("By %(due)s nobody had met %(client)s since the return: the follow-up comes first at the next meeting.")
    ),
    "follow_up_missed/lead": telling(
        N_("By %(due)s still nobody had met %(client)s since the return: the lead is told.")
    ),
}
