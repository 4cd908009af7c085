"""The facts that can happen: frozen, in the past tense, typed, each with its kind and version.

A fact is only its own content. Who, when, about whom and its place in the history stand around it
(`Entry` before it is written, `Recorded` after). Sentences are made when read, in `web/sentences.py`.
"""

from factboard.domain.events.access import AccessChecked, AccessLogShortened, Checked
from factboard.domain.events.anchoring import Anchored, AnchoringAnswered, Answer
from factboard.domain.events.care import (
    AdmissionChanged,
    Admitted,
    Discharged,
    LegalMeasureEnded,
    LegalMeasureProlonged,
    LegalMeasureStarted,
)
from factboard.domain.events.caseload import (
    CareModel,
    CareModelSet,
    CaseManagerChanged,
    ClientModelSet,
    Cover,
    IntensityChanged,
    OnMandate,
    Treats,
)
from factboard.domain.events.documents import Carried, DocumentWithdrawn, DocumentWritten
from factboard.domain.events.fact import (
    KINDS,
    UPCASTERS,
    Entry,
    Fact,
    Recorded,
    UnknownFact,
    upcast,
)
from factboard.domain.events.keeping import LegalHoldLifted, LegalHoldPlaced, Redacted
from factboard.domain.events.meeting import (
    AttendanceNoted,
    ChairChanged,
    ClientDiscussed,
    FocusMoved,
    MeetingClosed,
    MeetingNoteCorrected,
    MeetingNoted,
    MeetingNotHeld,
    MeetingOpened,
    NotDiscussed,
    NotesCopied,
    RecorderChanged,
)
from factboard.domain.events.merging import Merged, MergedInto
from factboard.domain.events.moving import (
    Given,
    HandoverNote,
    MoveAccepted,
    MoveAsked,
    MovedAway,
    MoveDeclined,
    MovedHere,
    MoveOffered,
    MoveWithdrawn,
)
from factboard.domain.events.placement import (
    ActionAdded,
    ActionDone,
    ContactLogged,
    CrisisPlanReviewed,
    EnteredInError,
    FlaggedAgain,
    NoticeRead,
    PutOnBoard,
    Rated,
    Recategorised,
    Returned,
    ReviewSet,
    Taken,
    Undone,
)
from factboard.domain.events.policies import standard
from factboard.domain.events.room import (
    AbsenceNoted,
    AbsenceRemoved,
    DutySet,
    ScreenChanged,
    ScreenPaired,
    ScreenRevoked,
    SheetWritten,
    WallsBlanked,
    WallsShown,
)
from factboard.domain.events.shapes import (
    AGENDA,
    FIRST,
    AgendaItem,
    Category,
    Details,
    Evidence,
    Grounds,
    Member,
    PlanVersion,
    Policy,
    Settings,
    Told,
    Versions,
)
from factboard.domain.events.sharing import (
    Agreed,
    ConsentGiven,
    ConsentRevoked,
    LockedFor,
    LockLifted,
    LockPlaced,
    OpenedInEmergency,
    Part,
    Sharing,
    SharingSet,
)
from factboard.domain.events.stepdown import (
    AnnouncementWithdrawn,
    FlagUntaken,
    FollowUpMissed,
    PlannedContactMissed,
    PlannedContactSet,
    ReleaseAgreed,
    ReturnAnnounced,
    ReturnHeld,
    ReturnPostponed,
    ReturnsPaused,
    ReturnsReleased,
    ReturnTold,
    ReturnUpheld,
    ReviewFellDue,
    ServiceWasDown,
    UnseenTooLong,
)
from factboard.domain.events.team import (
    CategoryChanged,
    ClientCorrected,
    ClientEnrolled,
    EnrolmentEnded,
    HistoryStarted,
    Imported,
    MemberAdded,
    MemberChanged,
    MemberRemoved,
    PasswordSet,
    TeamAdded,
    TeamSettingsChanged,
    UserAdded,
    UserClosed,
    UserReopened,
)
from factboard.domain.events.tips import TipAnswered, TipEnd, TipNoted
from factboard.domain.events.visits import VisitCancelled, VisitChanged, VisitPlanned
from factboard.domain.events.words import (
    AgendaGroup,
    Audience,
    Basis,
    Because,
    Blocker,
    ContactKind,
    EndReason,
    Informed,
    Mode,
    Moved,
    Naming,
    Need,
    News,
    NotePart,
    NotHeld,
    Outcome,
    OutsideMeeting,
    Pause,
    Postponed,
    Rating,
    Role,
    Sheet,
    Source,
    Step,
    Task,
)

__all__ = [
    "AGENDA", "FIRST", "KINDS", "UPCASTERS", "AbsenceNoted", "AbsenceRemoved", "AccessChecked",
    "AccessLogShortened", "ActionAdded", "ActionDone", "AdmissionChanged", "Admitted", "AgendaGroup", "AgendaItem",
    "Agreed", "Anchored", "AnchoringAnswered", "AnnouncementWithdrawn", "Answer", "AttendanceNoted", "Audience",
    "Basis", "Because", "Blocker", "CareModel", "CareModelSet", "Carried", "CaseManagerChanged", "Category",
    "CategoryChanged", "ChairChanged", "Checked", "ClientCorrected", "ClientDiscussed", "ClientEnrolled",
    "ClientModelSet", "ConsentGiven", "ConsentRevoked", "ContactKind", "ContactLogged", "Cover",
    "CrisisPlanReviewed", "Details", "Discharged", "DocumentWithdrawn", "DocumentWritten", "DutySet", "EndReason",
    "EnrolmentEnded", "EnteredInError", "Entry", "Evidence", "Fact", "FlagUntaken", "FlaggedAgain", "FocusMoved",
    "FollowUpMissed", "Given", "Grounds", "HandoverNote", "HistoryStarted", "Imported", "Informed",
    "IntensityChanged", "LegalHoldLifted",
    "LegalHoldPlaced", "LegalMeasureEnded", "LegalMeasureProlonged", "LegalMeasureStarted", "LockLifted",
    "LockPlaced", "LockedFor", "MeetingClosed", "MeetingNotHeld", "MeetingNoteCorrected", "MeetingNoted",
    "MeetingOpened", "Member", "MemberAdded", "MemberChanged", "MemberRemoved", "Merged", "MergedInto", "Mode",
    "MoveAccepted", "MoveAsked", "MoveDeclined", "MoveOffered", "MoveWithdrawn", "Moved", "MovedAway", "MovedHere",
    "Naming", "Need", "News", "NotDiscussed", "NotHeld", "NotePart", "NotesCopied", "NoticeRead",
    "OnMandate", "OpenedInEmergency", "Outcome", "OutsideMeeting", "Part", "PasswordSet", "Pause", "PlanVersion",
    "PlannedContactMissed", "PlannedContactSet", "Policy", "Postponed", "PutOnBoard", "Rated", "Rating",
    "Recategorised", "Recorded", "RecorderChanged", "Redacted", "ReleaseAgreed", "ReturnAnnounced", "ReturnHeld",
    "ReturnPostponed", "ReturnTold", "ReturnUpheld", "Returned", "ReturnsPaused", "ReturnsReleased",
    "ReviewFellDue", "ReviewSet", "Role", "ScreenChanged", "ScreenPaired", "ScreenRevoked", "ServiceWasDown",
    "Settings", "Sharing", "SharingSet", "Sheet", "SheetWritten", "Source", "Step", "Taken", "Task", "TeamAdded",
    "TeamSettingsChanged", "TipAnswered", "TipEnd", "TipNoted", "Told", "Treats", "Undone", "UnknownFact",
    "UnseenTooLong", "UserAdded", "UserClosed", "UserReopened", "Versions", "VisitCancelled", "VisitChanged",
    "VisitPlanned", "WallsBlanked", "WallsShown", "standard", "upcast",
]  # fmt: skip
