"""The staff routes of ratings: what was written, what could not be counted, what is marked."""

from feedback_service.ratings.staff import ballots, codes, desk, keying, marks, papers, settling, surveys
from feedback_service.ratings.staff.blueprint import staff

__all__ = ["ballots", "codes", "desk", "keying", "marks", "papers", "settling", "staff", "surveys"]
