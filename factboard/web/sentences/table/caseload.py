"""Caseloads: by which model, by whom and how often clients are met."""

from factboard.web.language import N_
from factboard.web.sentences.table.telling import ANCHORED, REASON, telling

CASELOAD = {
    "care_model_set": telling(
        N_("%(actor)s set how the team works by the model %(model)s: %(treats)s, %(cover)s."),
        most=N_("Guidance: %(most)s for one person."),
        mandate=N_("What is changed about somebody is changed on their own mandate."),
        default=N_("It is the team's default."),
    ),
    "care_model_set/unused": telling(N_("%(actor)s set that the team does not offer the model %(model)s.")),
    "client_model_set": telling(
        N_("%(actor)s changed by which model %(client)s is met: from %(previous)s to %(model)s."), reason=REASON
    ),
    "intensity_changed": telling(
        N_(
            "%(actor)s thinned out the contacts with %(client)s: %(who)s meets them every %(every_days)s instead of "
            "every %(before)s, next on %(next)s. Reason: %(reason)s"
        ),
        anchored=ANCHORED,
    ),
    "intensity_changed/up": telling(
        N_(
            "%(actor)s stepped up the contacts with %(client)s: %(who)s meets them every %(every_days)s instead of "
            "every %(before)s, next on %(next)s. Reason: %(reason)s"
        ),
        anchored=ANCHORED,
    ),
    "case_manager_changed": telling(
        N_("%(actor)s handed over %(client)s from %(previous)s to %(case_manager)s."),
        reason=REASON,
        contacts=N_("The planned contacts go along."),
    ),
    "case_manager_changed/first": telling(
        N_("%(actor)s handed over %(client)s, who had nobody, to %(case_manager)s."), reason=REASON
    ),
    "on_mandate": telling(N_("%(actor)s noted that it is on the mandate of %(client)s.")),
}
