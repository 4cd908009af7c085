"""Every address, with the right it needs and what answers it: one aligned table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.requests import Request
from starlette.types import ASGIApp

from factboard.domain.people import Right
from factboard.web import (
    access_log,
    account,
    act,
    admin,
    board,
    caseload,
    client,
    documents,
    files,
    flag,
    health,
    imports,
    live,
    masking,
    notices,
    offline,
    phone,
    proof,
    returns,
    statistics,
    team,
    wall,
)
from factboard.web import case_pack as case_pages
from factboard.web import demo as demo_pages
from factboard.web import history as history_pages
from factboard.web import meeting as meeting_pages
from factboard.web import merging as merge_pages
from factboard.web import moving as moving_pages
from factboard.web import notes as notes_pages
from factboard.web import sheets as sheet_pages
from factboard.web import story as story_pages
from factboard.web import today as today_pages
from factboard.web import visits as visit_pages


class FactNumber(IntegerConvertor):
    """The number of a fact in an address; longer ones no history reaches, and Python refuses to read the longest."""

    regex = "[0-9]{1,10}"


register_url_convertor("seq", FactNumber())

Handler = Callable[[Request], Awaitable[ASGIApp]]  # a Response is one; so is a stream


@dataclass(frozen=True, slots=True)
class Address:
    """One row of the table. `passive` addresses are asked by open pages, and keep nobody signed in.

    `past` is the right that the same page needs as it was once (`?at=`); None: it has no past.
    """

    path: str
    method: str
    handler: Handler
    right: Right
    passive: bool = False
    past: Right | None = None


def at(
    path: str, method: str, handler: Handler, right: Right, *, passive: bool = False, past: Right | None = None
) -> Address:
    return Address(path, method, handler, right, passive, past)


ROUTES = (
    at("/",                                          "GET",  today_pages.start,         Right.SIGNED_IN),
    at("/login",                                     "GET",  account.sign_in_page,      Right.PUBLIC),
    at("/login",                                     "POST", account.sign_in,           Right.PUBLIC),
    at("/logout",                                    "POST", account.sign_out,          Right.PUBLIC),
    at("/language",                                  "POST", account.save_language,     Right.SIGNED_IN),
    at("/password",                                  "GET",  account.password_form,     Right.SIGNED_IN),
    at("/password",                                  "POST", account.change_password,   Right.SIGNED_IN),
    at("/team",                                      "GET",  account.teams,             Right.SIGNED_IN),
    at("/team",                                      "POST", account.change_team,       Right.SIGNED_IN),
    at("/board",                                     "GET",  board.page_of_board,       Right.CARE, past=Right.HISTORY),
    at("/live/{view}",                               "GET",  live.live,                 Right.WALL, passive=True),
    at("/flag",                                      "GET",  flag.form,                 Right.CARE),
    at("/flag",                                      "POST", flag.submit,               Right.CARE),
    at("/flag/clients",                              "POST", flag.search,               Right.CARE),
    at("/flag/clients/{client}",                     "GET",  flag.beside,               Right.CARE),
    at("/flag/clients/{client}",                     "POST", flag.reveal,               Right.CARE),
    at("/flag/{seq:seq}",                            "GET",  flag.receipt,              Right.CARE),
    at("/flag/{seq:seq}/taken",                      "GET",  flag.taken,                Right.CARE, passive=True),
    at("/clients",                                   "GET",  client.listing,            Right.CARE),
    at("/clients",                                   "POST", client.search,             Right.CARE),
    at("/clients/new",                               "GET",  client.new,                Right.CARE),
    at("/clients/new",                               "POST", client.enrol,              Right.CARE),
    at("/clients/{client}",                          "GET",  client.page_of_client,     Right.CARE),
    at("/clients/{client}/name",                     "GET",  client.page_of_client,     Right.CARE),
    at("/clients/{client}/name",                     "POST", client.reveal,             Right.CARE),
    at("/clients/{client}/correct",                  "GET",  client.correct_form,       Right.CARE),
    at("/clients/{client}/correct",                  "POST", client.correct,            Right.CARE),
    at("/clients/{client}/end",                      "GET",  client.end_form,           Right.CARE),
    at("/clients/{client}/end",                      "POST", client.end,                Right.CARE),
    at("/clients/{client}/sheets/{paper}",           "GET",  client.sheet,              Right.CARE),
    at("/clients/{client}/actions/{action}/done",    "POST", act.tick,                  Right.CARE),
    at("/clients/{client}/undo/{seq:seq}",           "POST", act.take_back,             Right.CARE),
    at("/clients/{client}/go",                       "POST", visit_pages.go,            Right.CARE),
    at("/clients/{client}/visits/{visit:seq}",       "GET",  visit_pages.change_form,   Right.CARE),
    at("/clients/{client}/visits/{visit:seq}",       "POST", visit_pages.change,        Right.CARE),
    at("/clients/{client}/visits/{visit:seq}/move",  "POST", visit_pages.move,          Right.CARE),
    at("/clients/{client}/visits/{visit:seq}/done",  "POST", visit_pages.done,          Right.CARE),
    at("/clients/{client}/visits/{visit:seq}/cancel", "GET", visit_pages.cancel_form,   Right.CARE),
    at("/clients/{client}/visits/{visit:seq}/cancel", "POST", visit_pages.cancel,       Right.CARE),
    at("/clients/{client}/legal-hold",               "GET",  client.hold_form,           Right.LEAD),
    at("/clients/{client}/legal-hold",               "POST", client.hold,                Right.LEAD),
    at("/clients/{client}/sheets/members/{member}",  "GET",  documents.member_sheet,    Right.CARE),
    at("/clients/{client}/plans",                    "GET",  documents.page_of_plans,   Right.CARE),
    at("/clients/{client}/plans/{document}",         "GET",  documents.page_of_document, Right.CARE),
    at("/clients/{client}/plans/{document}/versions", "GET", documents.page_of_versions, Right.CARE),
    at("/clients/{client}/plans/{document}/edit",    "GET",  documents.form,            Right.CARE),
    at("/clients/{client}/plans/{document}/edit",    "POST", documents.submit,          Right.CARE),
    at("/clients/{client}/plans/{document}/draft",   "POST", documents.keep_draft,      Right.CARE),
    at("/clients/{client}/plans/{document}/draft/throw-away", "POST", documents.throw_away, Right.CARE),
    at("/clients/{client}/plans/{document}/withdraw", "GET", documents.withdraw_form,   Right.CARE),
    at("/clients/{client}/plans/{document}/withdraw", "POST", documents.withdraw,       Right.CARE),
    at("/clients/{client}/merge",                    "GET",  merge_pages.choose,         Right.CARE),
    at("/clients/{client}/merge",                    "POST", merge_pages.search,         Right.CARE),
    at("/clients/{client}/merge/{other}",            "GET",  merge_pages.compare,        Right.CARE),
    at("/clients/{client}/merge/{other}",            "POST", merge_pages.merge,          Right.CARE),
    at("/clients/{client}/merged/{seq:seq}",         "GET",  merge_pages.separate_form,  Right.LEAD),
    at("/clients/{client}/merged/{seq:seq}",         "POST", merge_pages.separate,       Right.LEAD),
    at("/clients/{client}/move",                     "GET",  moving_pages.ask_form,      Right.CARE),
    at("/clients/{client}/move",                     "POST", moving_pages.ask,           Right.CARE),
    at("/clients/{client}/move/withdraw",            "POST", moving_pages.withdraw,      Right.CARE),
    at("/clients/{client}/before",                   "GET",  moving_pages.page_of_before, Right.CARE),
    at("/clients/{client}/{act}",                    "GET",  act.form,                  Right.CARE),
    at("/clients/{client}/{act}",                    "POST", act.submit,                Right.CARE),
    at("/caseload",                                  "GET",  caseload.page_of_caseloads, Right.CARE),
    at("/caseload/move",                             "POST", caseload.move,             Right.CARE),
    at("/caseload/{user}",                           "GET",  caseload.page_of_caseload, Right.CARE),
    at("/moves",                                     "GET",  moving_pages.listing,       Right.LEAD),
    at("/moves/{move}",                              "GET",  moving_pages.one_move,      Right.LEAD),
    at("/moves/{move}",                              "POST", moving_pages.accept,        Right.LEAD),
    at("/moves/{move}/decline",                      "POST", moving_pages.decline,       Right.LEAD),
    at("/returns",                                   "GET",  returns.page_of_returns,   Right.CARE),
    at("/visits",                                    "GET",  visit_pages.page_of_visits, Right.CARE),
    at("/today",                                     "GET",  today_pages.page_of_today, Right.CARE),
    at("/contact",                                   "GET",  today_pages.choose,        Right.CARE),
    at("/contact",                                   "POST", today_pages.find,          Right.CARE),
    at("/meeting",                                   "GET",  meeting_pages.page_of_meeting, Right.CARE),
    at("/meeting",                                   "POST", meeting_pages.open_,       Right.CARE),
    at("/meeting/{meeting}/people",                  "GET",  meeting_pages.people_form, Right.CARE),
    at("/meeting/{meeting}/attendance",              "POST", meeting_pages.attendance,  Right.CARE),
    at("/meeting/{meeting}/chair",                   "POST", meeting_pages.chair,       Right.CARE),
    at("/meeting/{meeting}/recorder",                "POST", meeting_pages.recorder,    Right.CARE),
    at("/meeting/{meeting}/focus",                   "POST", meeting_pages.focus,       Right.CARE),
    at("/meeting/{meeting}/no-change",               "POST", meeting_pages.no_change,   Right.CARE),
    at("/meeting/{meeting}/note",                    "POST", meeting_pages.note,        Right.CARE),
    at("/meeting/{meeting}/close",                   "GET",  meeting_pages.close_form,  Right.CARE),
    at("/meeting/{meeting}/close",                   "POST", meeting_pages.close,       Right.CARE),
    at("/meeting/{meeting}/release",                 "POST", meeting_pages.release,     Right.CARE),
    at("/meetings",                                  "GET",  notes_pages.listing, Right.CARE),
    at("/meetings/{meeting}",                        "GET",  notes_pages.whole, Right.CARE),
    at("/meetings/{meeting}/clients/{client}",       "GET",  notes_pages.of_client, Right.CARE),
    at("/meetings/{meeting}/clients/{client}/copied", "POST", notes_pages.copied, Right.CARE),
    at("/meetings/{meeting}/lines/{seq:seq}",        "GET",  notes_pages.correct_form, Right.CARE),
    at("/meetings/{meeting}/lines/{seq:seq}",        "POST", notes_pages.correct, Right.CARE),
    at("/sheets/{sheet}",                            "GET",  sheet_pages.show,          Right.CARE),
    at("/notices",                                   "GET",  notices.listing,           Right.CARE),
    at("/notices/count",                             "GET",  notices.count,             Right.CARE, passive=True),
    at("/notices/{seq:seq}/read",                    "POST", notices.mark_read,         Right.CARE),
    at("/wall",                          "GET",  wall.page_of_wall, Right.PUBLIC, passive=True, past=Right.HISTORY),
    at("/wall/here",                                 "GET",  wall.here,                 Right.WALL),
    at("/wall/shell",                                "GET",  wall.shell,                Right.PUBLIC, passive=True),
    at("/wall/worker.js",                            "GET",  wall.worker,               Right.PUBLIC, passive=True),
    at("/wall/paired",                               "GET",  wall.paired,               Right.PUBLIC, passive=True),
    at("/wall/blank",                                "POST", wall.blank,                Right.WALL),
    at("/wall/show",                                 "POST", wall.show,                 Right.CARE),
    at("/pair",                                      "GET",  wall.pair_form,            Right.LEAD),
    at("/pair",                                      "POST", wall.pair,                 Right.LEAD),
    at("/import",                                    "GET",  imports.form,              Right.LEAD),
    at("/import",                                    "POST", imports.submit,            Right.LEAD),
    at("/roster",                                    "GET",  team.page_of_roster,       Right.CARE),
    at("/roster/absences",                           "POST", team.save_absence,         Right.CARE),
    at("/roster/absences/{absence}/remove",          "POST", team.take_absence_back,    Right.CARE),
    at("/roster/duty",                               "POST", team.save_duty,            Right.CARE),
    at("/settings",                                  "GET",  team.page_of_team,         Right.LEAD),
    at("/settings",                                  "POST", team.save,                 Right.LEAD),
    at("/settings/categories",                       "POST", team.save_category,        Right.LEAD),
    at("/settings/categories/{code}",                "GET",  team.category_form,        Right.LEAD),
    at("/settings/models",                           "POST", team.save_model,           Right.LEAD),
    at("/settings/models/{model}",                   "GET",  team.model_form,           Right.LEAD),
    at("/settings/members",                          "POST", team.save_member,          Right.LEAD),
    at("/settings/members/{user}",                   "GET",  team.member_form,          Right.LEAD),
    at("/settings/members/{user}/remove",            "POST", team.remove_member,        Right.LEAD),
    at("/settings/returns/pause",                    "POST", team.pause,                Right.LEAD),
    at("/settings/returns/release",                  "POST", team.release,              Right.LEAD),
    at("/settings/screens/{screen}",                 "GET",  wall.screen_form,          Right.LEAD),
    at("/settings/screens/{screen}",                 "POST", wall.change,               Right.LEAD),
    at("/settings/screens/{screen}/revoke",          "POST", wall.revoke,               Right.LEAD),
    at("/history",                                   "GET",  history_pages.listing,     Right.HISTORY),
    at("/history/{seq:seq}",                         "GET",  story_pages.of_fact,        Right.HISTORY),
    at("/history/clients",                           "GET",  history_pages.choose,      Right.HISTORY),
    at("/history/clients",                           "POST", history_pages.search,      Right.HISTORY),
    at("/history/proof",                             "GET",  proof.page_of_proof,        Right.HISTORY),
    at("/history/proof",                             "POST", proof.check,                Right.HISTORY),
    at("/history/proof/checkpoint",                  "POST", proof.sign,                 Right.HISTORY),
    at("/history/proof/checkpoints/{seq:seq}",       "GET",  proof.file,                 Right.HISTORY),
    at("/history/clients/{client}",                  "GET",  story_pages.of_client,      Right.HISTORY),
    at("/history/stays/{placement}",                 "GET",  story_pages.of_time,        Right.HISTORY),
    at("/statistics",                                "GET",  statistics.page_of_statistics, Right.HISTORY),
    at("/statistics/fidelity.xlsx",                  "GET",  statistics.fidelity_sheet,  Right.HISTORY),
    at("/statistics/{figure}",                       "GET",  statistics.page_of_figure,  Right.HISTORY),
    at("/access-log",                                "GET",  access_log.listing,        Right.AUDIT),
    at("/access-log/check",                          "GET",  access_log.check_form,     Right.AUDIT),
    at("/access-log/check",                          "POST", access_log.check,          Right.AUDIT),
    at("/access-log/checks/{seq:seq}",               "GET",  access_log.one_check,      Right.AUDIT),
    at("/access-log/clients",                        "GET",  access_log.choose,         Right.AUDIT),
    at("/access-log/clients",                        "POST", access_log.search,         Right.AUDIT),
    at("/access-log/clients/{client}",               "GET",  access_log.extract,        Right.AUDIT),
    at("/access-log/clients/{client}/extract.csv",   "GET",  access_log.extract_file,   Right.AUDIT),
    at("/history/case-pack",                         "GET",  case_pages.form,           Right.INQUIRY),
    at("/history/case-pack",                         "POST", case_pages.make,           Right.INQUIRY),
    at("/history.csv",                               "GET",  files.csv_file,            Right.HISTORY),
    at("/history.xlsx",                              "GET",  files.xlsx_file,           Right.HISTORY),
    at("/history.jsonl",                             "GET",  files.json_lines,          Right.HISTORY),
    at("/unmask",                                    "GET",  masking.form,              Right.AUDIT),
    at("/unmask",                                    "POST", masking.unmask,            Right.AUDIT),
    at("/mask",                                      "POST", masking.mask,              Right.AUDIT),
    at("/admin",                                     "GET",  admin.page_of_admin,       Right.ADMIN),
    at("/admin/teams",                               "POST", admin.add_team,            Right.ADMIN),
    at("/admin/teams/new",                           "GET",  admin.team_form,           Right.ADMIN),
    at("/admin/users",                               "POST", admin.add_user,            Right.ADMIN),
    at("/admin/users/{user}",                        "GET",  admin.user_form,           Right.ADMIN),
    at("/admin/users/{user}/password",               "POST", admin.set_password,        Right.ADMIN),
    at("/admin/users/{user}/close",                  "POST", admin.close_user,          Right.ADMIN),
    at("/admin/users/{user}/reopen",                 "POST", admin.reopen_user,         Right.ADMIN),
    at("/admin/users/{user}/team",                   "POST", admin.set_membership,      Right.ADMIN),
    at("/offline",                                   "GET",  offline.form,              Right.CARE, passive=True),
    at("/phone/clients",                             "GET",  offline.clients,           Right.CARE, passive=True),
    at("/phone",                                     "GET",  phone.page_of_phone,       Right.CARE),
    at("/phone/quiet",                               "POST", phone.save_quiet,          Right.CARE),
    at("/phone/push",                                "POST", phone.on,                  Right.CARE),
    at("/phone/push/off",                            "POST", phone.off,                 Right.CARE),
    at("/phone/push/forget",                         "POST", phone.forget,              Right.CARE),
    at("/phone/push/test",                           "POST", phone.test,                Right.CARE),
    at("/waiting",                                   "GET",  phone.waiting,             Right.PUBLIC, passive=True),
    at("/worker.js",                                 "GET",  offline.worker,            Right.PUBLIC, passive=True),
    at("/manifest.webmanifest",                      "GET",  offline.manifest,          Right.PUBLIC, passive=True),
    at("/healthz",                                   "GET",  health.healthz,            Right.PUBLIC),
    at("/readyz",                                    "GET",  health.readyz,             Right.PUBLIC),
    at("/metrics",                                   "GET",  health.metrics,            Right.PUBLIC),
)  # fmt: skip

DEMO_ROUTES = (
    at("/demo/sign-in",      "POST", demo_pages.sign_in_as,   Right.PUBLIC),
    at("/demo/next-morning", "POST", demo_pages.next_morning, Right.PUBLIC),
)  # fmt: skip
