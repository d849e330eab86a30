"""Every table of the service: importing this module fills the metadata for migrations and tests."""

from feedback_service.audit import models as audit_models
from feedback_service.db import Base

MODELS = (audit_models,)
metadata = Base.metadata
