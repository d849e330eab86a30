"""The logo of the office as it is kept: a picture drawn anew, small enough for a tablet."""

from feedback_service.web.pictures import Frame, small

LOGO = Frame(width=480, height=240, least=48)
"""Twice the points that the largest tablet shows."""


def logo(content: bytes) -> bytes:
    """Return a picture as the logo that is kept; raises Refused."""
    return small(content, LOGO)
