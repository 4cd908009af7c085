"""The team, its people and accounts, its day and its screens."""

from factboard.web.language import N_
from factboard.web.sentences.table.telling import NOTE, telling

SAVED = N_("%(actor)s saved the category %(category)s: %(colour)s, %(shape)s, review after %(review_days)s.")
RETIRED = N_("It is no longer in use.")
TARGETS = N_("Contacts a week: %(contacts_a_week)s; unseen at most %(unseen_days)s.")
MODE = N_("Back to planned care: %(mode)s.")

TEAM = {
    # the team
    "history_started": telling(N_("%(actor)s started the history of %(name)s.")),
    "team_settings_changed": telling(
        N_("%(actor)s changed the team's settings."),
        meeting_days=N_("Meetings: %(meeting_days)s at %(meeting_time)s."),
        day_begins=N_("Working hours: %(day_begins)s to %(day_ends)s; a worry is taken within %(taken_minutes)s min."),
        return_time=N_("Returns at %(return_time)s."),
        retention_years=N_("Years after an enrolment until what is known is taken away: %(retention_years)s."),
        flag=N_("Told at once of a new worry: %(flag)s."),
        untaken=N_("Of one that nobody has taken: %(untaken)s."),
        announced=N_("Of an announced return: %(announced)s."),
        returned=N_("Of somebody back in planned care: %(returned)s."),
    ),
    "category_changed": telling(
        SAVED,
        retired=RETIRED,
        unseen_days=TARGETS,
        mode=MODE,
        stable_days=N_(
            "It takes ratings as usual: %(stable_ratings)s, people who rated: %(raters)s, over %(stable_days)s."
        ),
        blockers=N_("Nobody goes back while: %(blockers)s."),
        return_time=N_("Returns at %(return_time)s."),
    ),
    "category_changed/by_hand": telling(SAVED, retired=RETIRED, unseen_days=TARGETS, mode=MODE),
    "member_added": telling(
        N_("%(actor)s added %(name)s to the team as %(role)s."),
        profession=N_("Profession: %(profession)s."),
        employer=N_("Employer: %(employer)s."),
    ),
    "member_changed": telling(
        N_("%(actor)s changed what %(name)s is in the team: %(role)s."),
        profession=N_("Profession: %(profession)s."),
        employer=N_("Employer: %(employer)s."),
    ),
    "member_removed": telling(N_("%(actor)s removed %(user)s from the team.")),
    "imported": telling(
        N_(
            "%(actor)s imported the file %(file)s: lines %(rows)s, new %(enrolled)s, corrected %(corrected)s, "
            "put on the board %(put_on)s."
        )
    ),
    # the access log
    "access_checked": telling(
        N_("%(actor)s checked the access log from %(first)s to %(last)s: looks %(looks)s."),
        drawn=N_("Drawn and judged: %(drawn)s; in order: %(in_order)s."),
        not_explained=N_("Not explained: %(not_explained)s."),
        to_follow_up=N_("To be followed up: %(to_follow_up)s."),
        note=NOTE,
    ),
    "access_log_shortened": telling(
        N_(
            "Rows of the access log from %(first)s to %(last)s had been kept long enough and were taken away: %(rows)s."
        ),
        held_back=N_("Rows about people under a legal hold stay: people %(held_back)s."),
    ),
    # the system
    "team_added": telling(N_("%(actor)s added the team %(name)s (%(team)s).")),
    "user_added": telling(
        N_("%(actor)s added the account %(username)s for %(name)s."), admin=N_("It is an administrator's.")
    ),
    "password_set": telling(N_("%(actor)s set a new password for %(user)s.")),
    "user_closed": telling(N_("%(actor)s closed the account of %(user)s.")),
    "user_reopened": telling(N_("%(actor)s reopened the account of %(user)s.")),
    # the team's day
    "absence_noted": telling(N_("%(actor)s noted that %(user)s is away %(first)s to %(last)s."), note=NOTE),
    "absence_removed": telling(N_("%(actor)s took away the absence of %(user)s %(first)s to %(last)s.")),
    "duty_set": telling(N_("%(actor)s noted that %(user)s is on duty on %(day)s.")),
    "duty_set/nobody": telling(N_("%(actor)s noted that nobody is on duty on %(day)s.")),
    "screen_paired": telling(
        N_("%(actor)s paired the wall screen %(name)s (%(naming)s; outside meetings: %(outside)s).")
    ),
    "screen_changed": telling(
        N_("%(actor)s changed the wall screen %(name)s (%(naming)s; outside meetings: %(outside)s).")
    ),
    "screen_revoked": telling(N_("%(actor)s took the board from the wall screen %(name)s.")),
    "walls_blanked": telling(N_("%(actor)s blanked all wall screens.")),
    "walls_shown": telling(N_("%(actor)s let the wall screens show the board again.")),
    "sheet_written": telling(
        N_("The sheet %(sheet)s for %(day)s was written to the file %(file)s, people on it: %(clients)s.")
    ),
}
