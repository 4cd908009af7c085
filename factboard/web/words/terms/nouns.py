"""What a team calls its clients and its case managers: nouns, in the forms that sentences need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass

from factboard.web.language import N_


@dataclass(frozen=True, slots=True)
class Forms:
    """A noun as sentences need it: "patient", "the patient", "patients", "the patients", "the patient's"."""

    one: str
    the: str
    many: str
    the_many: str
    possessive: str

    def read(self, translate: Callable[[str], str]) -> Forms:
        return Forms(*map(translate, astuple(self)))


CLIENT = {
    "patient": Forms(N_("patient"), N_("the patient"), N_("patients"), N_("the patients"), N_("the patient's")),
    "brukare": Forms(
        N_("service user"),
        N_("the service user"),
        N_("service users"),
        N_("the service users"),
        N_("the service user's"),
    ),
    "klient": Forms(N_("client"), N_("the client"), N_("clients"), N_("the clients"), N_("the client's")),
}

CASE_MANAGER = {
    "case_manager": Forms(
        N_("case manager"),
        N_("the case manager"),
        N_("case managers"),
        N_("the case managers"),
        N_("the case manager's"),
    ),
    "vard_och_stodsamordnare": Forms(
        N_("care and support coordinator"),
        N_("the care and support coordinator"),
        N_("care and support coordinators"),
        N_("the care and support coordinators"),
        N_("the care and support coordinator's"),
    ),
    "fast_vardkontakt": Forms(
        N_("named care contact"),
        N_("the named care contact"),
        N_("named care contacts"),
        N_("the named care contacts"),
        N_("the named care contact's"),
    ),
}
