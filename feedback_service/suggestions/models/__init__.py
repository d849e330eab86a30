"""Tables of the box: the case, what is kept with it, what is published, what the office has set."""

from feedback_service.suggestions.models.case import Suggestion, SuggestionStep, SuggestionText, SuggestionWord
from feedback_service.suggestions.models.desk import AnswerTemplate, SavedView, SuggestionDraft, SuggestionReview
from feedback_service.suggestions.models.keeping import BoxOpening, SuggestionContact, SuggestionFile
from feedback_service.suggestions.models.office import BoxSetting, DeadlineRule, SwappedDay
from feedback_service.suggestions.models.publication import AnswerWord, PublishedAnswer

__all__ = [
    "AnswerTemplate",
    "AnswerWord",
    "BoxOpening",
    "BoxSetting",
    "DeadlineRule",
    "PublishedAnswer",
    "SavedView",
    "Suggestion",
    "SuggestionContact",
    "SuggestionDraft",
    "SuggestionFile",
    "SuggestionReview",
    "SuggestionStep",
    "SuggestionText",
    "SuggestionWord",
    "SwappedDay",
]
