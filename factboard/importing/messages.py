"""The sentence for every key in this room, in English, for gettext; with the names of fields and outcomes."""

from __future__ import annotations

from collections.abc import Callable

from factboard.importing.plan import OnBoardOutcome, Outcome
from factboard.importing.problems import BadCell, Problem, Unreadable

Outcomes = Outcome | OnBoardOutcome


def N_(text: str) -> str:  # noqa: N802  gettext's own name for "translate later"
    return text


FILE = {
    "empty": N_("The file is empty."),
    "too_large": N_("The file has %(size)s MB; at most %(limit)s MB can be read."),
    "unpacks_too_large": N_("The file unpacks to more than %(limit)s MB, so it was not opened."),
    "too_many_rows": N_("The file has more than %(limit)s lines. Split it into several files."),
    "too_many_columns": N_("The file has more than %(limit)s columns."),
    "not_a_spreadsheet": N_("This is not a spreadsheet. Save the list as Excel (.xlsx) or CSV and choose that file."),
    "save_as_xlsx": N_("This kind of spreadsheet cannot be read. Open it and save it as Excel workbook (.xlsx)."),
    "encrypted": N_("The file is protected by a password. Save a copy without one."),
    "damaged": N_("The workbook is damaged. Open it in Excel and save it again as .xlsx."),
    "quotation_marks": N_("The quotation marks in the record that begins on line %(line)s do not pair up."),
    "which_sheet": N_("Choose which sheet to read: %(known)s."),
    "no_such_sheet": N_("There is no sheet called %(sheet)s. The file has: %(known)s."),
    "no_rows": N_("There are no lines below the header."),
    "no_name_column": N_(
        "No column holds the client's name. Line %(line)s was read as the header; say which of its columns "
        "holds the name: %(columns)s."
    ),
    "map_not_a_pair": N_("%(pair)s does not say which column holds what. Write it as Column=field."),
    "map_unknown_column": N_("There is no column called %(column)s. The file has: %(known)s."),
    "map_unknown_field": N_("There is no field called %(field)s. Choose one of: %(known)s."),
    "mapped_twice": N_("Two columns are mapped to %(field)s. Choose one."),
}

CELL = {
    "too_many_cells": N_(
        "The line has %(cells)s cells for %(columns)s columns. A text that holds the separator needs quotation marks."
    ),
    "cell_error": N_("The cell holds the error %(value)s."),
    "formula": N_("%(value)s looks like a formula. Write the value itself."),
    "formula_without_result": N_("The formula's result is not saved in the file. Open it in Excel and save it again."),
    "lost_characters": N_("%(value)s has lost characters. Save the file again as UTF-8 or .xlsx."),
    "control_characters": N_("%(value)s holds characters that cannot be seen. Write the text again."),
    "too_long": N_("The text has %(length)s characters; at most %(limit)s fit."),
    "name_missing": N_("The name is missing."),
    "name_one_part": N_("%(value)s is only part of a name. Write it as Surname, First name."),
    "name_no_comma": N_("%(value)s has no comma, as its title promises. Write it as Surname, First name."),
    "name_commas": N_("%(value)s has more than one comma. Write it as Surname, First name."),
    "not_a_name": N_("%(value)s is not a name."),
    "not_a_date": N_("%(value)s is not a date. Write it as 2026-03-05."),
    "no_such_date": N_("There is no such day as %(value)s."),
    "day_or_month": N_("%(value)s could be either of two days. Write it as 2026-03-05."),
    "year_in_full": N_("%(value)s could be in either of two centuries. Write the year with four digits."),
    "date_too_early": N_("%(value)s is too early; it cannot be before %(limit)s."),
    "date_too_late": N_("%(value)s is too late; it cannot be after %(limit)s."),
    "not_a_national_id": N_("%(value)s is not a valid national id. Check the digits."),
    "birth_dates_differ": N_("The birth date in %(value)s is not the birth date on the line, %(born)s."),
    "not_yes_or_no": N_("%(value)s is neither yes nor no."),
    "unknown_case_manager": N_(
        "Nobody in the team is called %(value)s. The team has: %(known)s. Add the person to the team, or leave the "
        "column out."
    ),
    "unknown_category": N_("The team has no category called %(value)s. It has: %(known)s."),
    "several_have_this_name": N_("%(value)s could be several. Write the username or the code instead."),
    "category_missing": N_("The line says something about the board, but not which category."),
    "reason_missing": N_("The line says that the client is on the board, but not why."),
    "id_of_somebody_else": N_("%(value)s belongs to a client with another name."),
    "same_person_other_id": N_("The team has %(value)s, born on the same day, with another national id."),
    "several_clients_match": N_(
        "%(value)s could be more than one of the team's clients. Add the birth date or national id."
    ),
    "same_person_twice": N_("The same person stands on line %(first)s and on line %(second)s."),
}

FIELDS = {
    "surname": N_("Surname"),
    "first_name": N_("First name"),
    "full_name": N_("Whole name in one cell"),
    "short_name": N_("Short name"),
    "birth_date": N_("Birth date"),
    "national_id": N_("National id"),
    "case_manager": N_("Case manager"),
    "address": N_("Address"),
    "phone": N_("Phone"),
    "protected": N_("Protected identity"),
    "notes": N_("Notes"),
    "category": N_("Category"),
    "reason": N_("Reason"),
    "since": N_("On the board since"),
    "review_by": N_("Review by"),
}

OUTCOMES: dict[Outcomes, str] = {
    Outcome.NEW: N_("New client"),
    Outcome.UNCHANGED: N_("Unchanged"),
    Outcome.CORRECTED: N_("Corrected"),
    Outcome.ENDED: N_("Enrolment has ended; left as it is"),
    Outcome.PROBLEM: N_("Cannot be read"),
    OnBoardOutcome.PUT_ON: N_("Goes on the board"),
    OnBoardOutcome.ALREADY_ON_BOARD: N_("Already on the board; the board's own is kept"),
    OnBoardOutcome.WAS_RETURNED: N_("Has been on the board and come back; not put on again"),
}


def counted(outcome: Outcomes, count: int, ngettext: Callable[[str, str, int], str]) -> str:
    """What stands behind the number of lines with an outcome: 4 "new clients"."""
    return {
        Outcome.NEW: ngettext("new client", "new clients", count),
        Outcome.UNCHANGED: ngettext("client unchanged", "clients unchanged", count),
        Outcome.CORRECTED: ngettext("client corrected", "clients corrected", count),
        Outcome.ENDED: ngettext(
            "with an ended enrolment, left as it is", "with ended enrolments, left as they are", count
        ),
        Outcome.PROBLEM: ngettext("line cannot be read", "lines cannot be read", count),
        OnBoardOutcome.PUT_ON: ngettext("goes on the board", "go on the board", count),
        OnBoardOutcome.ALREADY_ON_BOARD: ngettext("is already on the board", "are already on the board", count),
        OnBoardOutcome.WAS_RETURNED: ngettext(
            "has been on the board and is not put on again", "have been on the board and are not put on again", count
        ),
    }[outcome]


def sentence(wrong: Problem | BadCell | Unreadable, gettext: Callable[[str], str]) -> str:
    """What is wrong, in the reader's language."""
    table = FILE if isinstance(wrong, Unreadable) else CELL
    return gettext(table[wrong.key]) % wrong.params


def place(problem: Problem, gettext: Callable[[str], str]) -> str:
    """Where it is wrong: "Line 12, column Personnummer"."""
    if not problem.column:
        return gettext(N_("Line %(line)s")) % {"line": problem.line}
    return gettext(N_("Line %(line)s, column %(column)s")) % {"line": problem.line, "column": problem.column}
