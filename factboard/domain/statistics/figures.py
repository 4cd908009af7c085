"""Every figure of a team and period, in the order of the definitions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from factboard.domain.statistics import care, contacts, fidelity, flow, hospital, meetings, speed, stays, why
from factboard.domain.statistics.keys import Key
from factboard.domain.statistics.material import Material
from factboard.domain.statistics.shapes import Figure

FIGURES: Mapping[Key, Callable[[Material], Figure]] = MappingProxyType(
    {
        Key.PUT_ON: flow.put_on,
        Key.ENDED: flow.ended,
        Key.OVER_TIME: flow.over_time,
        Key.ON_BOARD: flow.on_board,
        Key.CASELOAD_SHARE: flow.caseload_share,
        Key.BY_CATEGORY: flow.by_category,
        Key.TIME_ON_BOARD: stays.time_on_board,
        Key.TIME_SO_FAR: stays.time_so_far,
        Key.TIME_BY_CATEGORY: stays.time_by_category,
        Key.REASONS: why.reasons,
        Key.WARNING_SIGNS: why.warning_signs,
        Key.FLAG_SOURCES: why.flag_sources,
        Key.ENDINGS: stays.endings,
        Key.KEPT_ON: stays.kept_on,
        Key.AGAIN_30: stays.again_30,
        Key.AGAIN_90: stays.again_90,
        Key.FLAG_TO_TAKEN: speed.flag_to_taken,
        Key.FLAG_TO_CONTACT: speed.flag_to_contact,
        Key.FLAG_TO_SEEN: speed.flag_to_seen,
        Key.CONTACTS_ON_BOARD: contacts.contacts_on_board,
        Key.CONTACTS_OFF_BOARD: contacts.contacts_off_board,
        Key.SEEN_BY_TWO: contacts.seen_by_two,
        Key.MEETINGS_HELD: meetings.meetings_held,
        Key.MEETING_LENGTH: meetings.meeting_length,
        Key.CLIENTS_DISCUSSED: meetings.clients_discussed,
        Key.CRISIS_PLAN: care.crisis_plan,
        Key.INFORMED: care.informed,
        Key.INFORMED_HOW: care.informed_how,
        Key.REVIEWS_OVERDUE: care.reviews_overdue,
        Key.OVERDUE_TIME: care.overdue_time,
        Key.ADMISSIONS: hospital.admissions,
        Key.ADMITTED_CLIENTS: hospital.admitted_clients,
        Key.BED_DAYS: hospital.bed_days,
        Key.WITHOUT_CONTACT_ON: contacts.without_contact_on,
        Key.WITHOUT_CONTACT_OFF: contacts.without_contact_off,
        Key.DACTS_H1: fidelity.clients_a_staff,
        Key.DACTS_H2: fidelity.team_approach,
        Key.DACTS_H3: fidelity.programme_meeting,
        Key.DACTS_H5: fidelity.turnover,
        Key.DACTS_S1: fidelity.in_community,
        Key.DACTS_S2: fidelity.retention,
        Key.DACTS_S5: fidelity.contacts_a_week,
    }
)


def figures(material: Material) -> dict[Key, Figure]:
    """All of them; one that there is nothing to count from has the value None, or no values."""
    return {key: make(material) for key, make in FIGURES.items()}
