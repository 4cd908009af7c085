"""Where a client is, and what the law says."""

from factboard.web.language import N_
from factboard.web.sentences.table.telling import ENDS, EXPECTED, NOTE, telling

CARE = {
    "admitted": telling(
        N_("%(actor)s noted that %(client)s was admitted on %(on)s: %(ward)s."), expected=EXPECTED, note=NOTE
    ),
    "admission_changed": telling(
        N_("%(actor)s changed the admission of %(client)s: %(ward)s."), expected=EXPECTED, note=NOTE
    ),
    "discharged": telling(N_("%(actor)s noted that %(client)s was discharged from %(ward)s on %(on)s."), note=NOTE),
    "legal_measure_started": telling(
        N_("%(actor)s noted a legal measure for %(client)s from %(on)s: %(name)s."), ends=ENDS, note=NOTE
    ),
    "legal_measure_prolonged": telling(
        N_("%(actor)s noted a new end of a legal measure for %(client)s: %(name)s."), ends=ENDS, note=NOTE
    ),
    "legal_measure_ended": telling(
        N_("%(actor)s noted that a legal measure for %(client)s ended on %(on)s: %(name)s."), note=NOTE
    ),
}
