"""Tables of ratings: what was given, what it comes to day by day, and where it is asked outside the lobby."""

from feedback_service.ratings.models.asking import (
    Ballot,
    BallotInvitation,
    BallotUse,
    QrCode,
    QrScan,
    Survey,
    SurveyCount,
)
from feedback_service.ratings.models.paper import PaperBatch, PaperSheet
from feedback_service.ratings.models.stored import (
    CHANNELS,
    TIERS,
    Rating,
    RatingComment,
    RatingLabel,
    RatingQuarantine,
)
from feedback_service.ratings.models.sums import (
    LaneChoiceTally,
    LaneDayTally,
    LaneHourTally,
    MonthTally,
    ProcedureMonthTally,
    WeekdayTally,
)
from feedback_service.ratings.models.tallies import (
    ChoiceTally,
    HourTally,
    MarkTally,
    ProcedureTally,
    RatingTally,
)

__all__ = [
    "CHANNELS",
    "TIERS",
    "Ballot",
    "BallotInvitation",
    "BallotUse",
    "ChoiceTally",
    "HourTally",
    "LaneChoiceTally",
    "LaneDayTally",
    "LaneHourTally",
    "MarkTally",
    "MonthTally",
    "PaperBatch",
    "PaperSheet",
    "ProcedureMonthTally",
    "ProcedureTally",
    "QrCode",
    "QrScan",
    "Rating",
    "RatingComment",
    "RatingLabel",
    "RatingQuarantine",
    "RatingTally",
    "Survey",
    "SurveyCount",
    "WeekdayTally",
]
