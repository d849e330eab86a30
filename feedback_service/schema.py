"""Every table of the service and the witness of every table that the ledger speaks of."""

from feedback_service.accounts import models as accounts_models
from feedback_service.accounts import queries as accounts
from feedback_service.audit import models as audit_models
from feedback_service.audit.queries import Witness
from feedback_service.challenges import models as challenges_models
from feedback_service.db import Base
from feedback_service.dossiers import models as dossiers_models
from feedback_service.dossiers import queries as dossiers
from feedback_service.kiosks import models as kiosks_models
from feedback_service.kiosks import queries as kiosks
from feedback_service.notices import models as notices_models
from feedback_service.notices import queries as notices
from feedback_service.polls import models as polls_models
from feedback_service.polls import queries as polls
from feedback_service.procedures import models as procedures_models
from feedback_service.procedures import queries as procedures
from feedback_service.questionnaires import models as questionnaires_models
from feedback_service.questionnaires import queries as questionnaires
from feedback_service.ratings import models as ratings_models
from feedback_service.ratings import queries as ratings
from feedback_service.reports import models as reports_models
from feedback_service.reports.queries import editions, inspections, officers, schedules, scores
from feedback_service.suggestions import models as suggestions_models
from feedback_service.suggestions import queries as suggestions
from feedback_service.units import models as units_models
from feedback_service.units import queries as units

MODELS = (
    audit_models,
    units_models,
    procedures_models,
    accounts_models,
    kiosks_models,
    challenges_models,
    polls_models,
    dossiers_models,
    questionnaires_models,
    notices_models,
    ratings_models,
    suggestions_models,
    reports_models,
)
metadata = Base.metadata
WITNESSES: tuple[Witness, ...] = (
    *units.WITNESSES,
    *procedures.WITNESSES,
    *accounts.WITNESSES,
    *kiosks.WITNESSES,
    *polls.WITNESSES,
    *questionnaires.WITNESSES,
    *notices.WITNESSES,
    *ratings.WITNESSES,
    *dossiers.WITNESSES,
    *suggestions.WITNESSES,
    *scores.WITNESSES,
    *officers.WITNESSES,
    *inspections.WITNESSES,
    *editions.WITNESSES,
    *schedules.WITNESSES,
)
