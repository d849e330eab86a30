"""XLSForm (xlsform.org): which of its forms ask what our questionnaires can ask, and every row that does not."""

from feedback_service.questionnaires.rules.xlsforms.columns import FACE, KIND, SOURCE
from feedback_service.questionnaires.rules.xlsforms.forms import read_form

__all__ = ["FACE", "KIND", "SOURCE", "read_form"]
