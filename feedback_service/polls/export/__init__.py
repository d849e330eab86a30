"""A poll for programs, spreadsheets and other portals."""

from feedback_service.polls.export.embedding import OEMBED_FORMATS, Snippet, oembed, snippets
from feedback_service.polls.export.results import HEADINGS, as_csv, as_json, cell_of
from feedback_service.polls.export.votes import VOTE_FORMATS, VOTE_HEADINGS, written

__all__ = [
    "HEADINGS",
    "OEMBED_FORMATS",
    "VOTE_FORMATS",
    "VOTE_HEADINGS",
    "Snippet",
    "as_csv",
    "as_json",
    "cell_of",
    "oembed",
    "snippets",
    "written",
]
