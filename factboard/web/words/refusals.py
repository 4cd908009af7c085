"""What is said when a rule says no: one sentence a key, which names what to do where there is something to do.

The rules raise keys with parameters (`domain.refusal`); a test finds the key that has no sentence here.
"""

from factboard.web.language import N_

REFUSALS = {
    # beside the field
    "required": N_("Fill this in."),
    "choose_one": N_("Choose one."),
    "choose_client": N_("Search, and choose the right %(client)s."),
    "too_long": N_("At most %(limit)s characters fit here; this is %(length)s. Nothing was cut away."),
    "too_many": N_("Choose at most %(limit)s."),
    "control_characters": N_("There are characters here that cannot be seen. Type the text again."),
    "last_category": N_("This is the last category in use. Without one nobody can be put on the board."),
    "unknown_choice": N_("This is not one of the choices."),
    "unknown_category": N_("Choose one of the team's categories."),
    "unknown_member": N_("Choose somebody who works in the team."),
    "same_category": N_("It is in this category already. Choose another."),
    "day_out_of_range": N_("This day is too early or too late."),
    "in_the_future": N_("This is in the future. Give a time that has passed."),
    "not_a_date": N_("This is not a day. Write it as year-month-day: 2026-11-23."),
    "not_a_time": N_("This is not a time of day. Write it as hours and minutes: 13:30."),
    "not_a_number": N_("Give a whole number."),
    "not_understood": N_("This could not be understood."),
    "number_out_of_range": N_("Give a number between %(low)s and %(high)s."),
    "not_a_national_id": N_("This is not a valid national id. Look at each digit."),
    "birth_dates_differ": N_("The national id says another birth date. One of the two is wrong."),
    "national_id_taken": N_("Somebody in the team's list has this national id already. Search for them first."),
    "known_already": N_("Somebody of this name is in the team's list already. Look whether it is the same person."),
    "rating_needs_basis": N_(
        "A rating rests on a contact. Say how you know, or choose “not assessed” and “no contact”."
    ),
    "attempt_is_no_evidence": N_("An attempt that reached nobody cannot carry a rating."),
    "ends_before_it_begins": N_("This is before it begins."),
    "backup_is_the_same": N_("Choose somebody else: this is who goes."),
    # it fitted the board that was seen, not the board that is
    "unknown_meeting": N_("There is no such meeting."),
    "already_absent": N_("It is noted already that %(by)s is away then."),
    "unknown_absence": N_("This absence has been taken away already."),
    "unknown_visit": N_("This visit is not planned any more."),
    "visit_was_made": N_("This visit has been made."),
    "visit_changed_meanwhile": N_("Somebody changed this visit while you had it open. Look again."),
    "meeting_is_over": N_("This meeting is closed. What is missing in its notes can be corrected there."),
    "already_enrolled": N_("%(The_client)s is already with the team."),
    "enrolment_has_ended": N_("%(The_client)s is no longer with the team."),
    "not_on_board": N_("%(The_client)s is no longer on the board."),
    "already_yours": N_("You have already taken this."),
    "already_taken": N_("%(by)s has already taken this."),
    "already_done": N_("%(by)s has already done this."),
    "unknown_action": N_("This action is not on the board any more."),
    "category_changed_meanwhile": N_("Somebody changed the category while you had this open. Look again."),
    "review_changed_meanwhile": N_("Somebody set a new review day while you had this open. Look again."),
    "corrected_meanwhile": N_("Somebody corrected these details while you had them open. Look again."),
    "flagged_meanwhile": N_("There is a new worry about %(the_client)s since you opened this. Read it first."),
    "worse_meanwhile": N_("%(The_client)s was rated worse since you opened this. Read it first."),
    "member_has_left": N_("This person no longer works in the team."),
    "cannot_be_undone": N_("This cannot be undone."),
    "already_undone": N_("This has already been undone."),
    "undo_too_late": N_("It is too late to undo this: more than a minute has passed."),
    "something_rests_on_it": N_("This cannot be undone: something that was done later rests on it."),
    # not theirs to do, or not there
    "undo_own_only": N_("Only the person who did this can undo it."),
    "not_allowed": N_("You may not see or do this."),
    "signed_out": N_("You are signed out, so nothing was saved. Sign in, then do it again."),
    "storage_unavailable": N_("The database cannot be reached. Nothing was saved. Try again in a moment."),
    "failed": N_("Something went wrong here, and it has been noted. Go back and look whether what you did is there."),
    "wrong_password": N_("The user name or the password is not right."),
    "wrong_old_password": N_("This is not your password."),
    "too_many_attempts": N_("Too many attempts. Wait a quarter of an hour, then try again."),
    "changed_meanwhile": N_("Somebody else changed this while you had it open. Look again."),
    "not_own_account": N_("You cannot close your own account. Ask another administrator."),
    "not_own_role": N_("You cannot change your own place in the team. Ask another lead."),
    "team_exists": N_("There is a team with this id already."),
    "request_id_used": N_(
        "This form was sent before with something else in it, and saved. Look at the board before you send it again."
    ),
    "not_a_username": N_("A user name has 2 to 60 letters (a to z), digits, dots, hyphens or underscores."),
    "username_taken": N_("There is an account with this user name already."),
    "not_a_team_id": N_("A team's id has 2 to 40 letters (a to z), digits or hyphens."),
    "password_too_short": N_("A password has at least %(limit)s characters. A sentence is easy to remember."),
    "password_is_username": N_("The password cannot be the user name."),
    "not_for_a_team": N_("This account cannot work in a team: it is closed, or an administrator's."),
    "already_member": N_("This person works in the team already."),
    "unknown_user": N_("There is no such account."),
    "file_gone": N_("The file is no longer held here. Choose it again."),
    "unknown_team": N_("There is no such team."),
    "unknown_fact": N_("This is not in the team's history."),
    "unknown_page": N_("There is no such page."),
    "unknown_client": N_("There is no such %(client)s in this team."),
}

UNNAMED = N_("This could not be done. Nothing was changed.")
