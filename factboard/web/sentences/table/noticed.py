"""What has gone on for too long, as it is said to the people who are told of it: the lead, and whoever is on duty."""

from factboard.domain.events import Step
from factboard.web.language import N_
from factboard.web.sentences.table.telling import telling

NOTICED = {
    Step.REVIEW_LEAD: telling(N_("The review of %(client)s is still overdue.")),
    Step.UNSEEN_LEAD: telling(N_("Nobody has seen %(client)s for twice as long as the category allows.")),
    Step.TONIGHT: telling(N_("Who acts tonight for %(client)s? When the team went home nobody had taken it.")),
    Step.UNTAKEN_LEAD: telling(N_("Nobody has taken %(client)s, after twice as long as it should take.")),
    Step.CONTACT_LEAD: telling(N_("Still nobody has made the contact with %(client)s that was planned for %(day)s.")),
    Step.FOLLOW_UP_LEAD: telling(N_("Still nobody has met %(client)s since the return.")),
}
